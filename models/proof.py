"""The table that shows whether the learned steps earn their place, and the metadata that the card is made from."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from indicators.learning import store

from . import evaluate, examples
from .dataset import Document, folds
from .evaluate import Measured
from .examples import Example
from .fit import fit
from .hooks import model_set_to
from .train import CONFIG, WEIGHTS, Say, write_weights

SHARES = (0.1, 0.25, 0.5, 1.0)
BLIND = {
    "roles": (
        "rule=", "role=", "ahead_role=", "ahead_rule=", "ahead_alike=", "behind_role=", "behind_rule=", "behind_alike=",
    ),
    "links": (
        "rule_score", "refused", "obstacle=", "target_rule", "actual_rule", "target_rank", "target_margin",
        "target_ties", "actual_rank", "actual_margin", "actual_ties",
    ),
}  # fmt: skip
"""Features that tell what the rules decided; the model that stands alone does without them."""
CHOSEN = {"roles": ("margin", "most"), "links": ("trust", "threshold_task", "threshold_text")}
"""The learned steps and the settings that training chose for them, whether they ship or not."""


class Variants:
    """Trains further models on the same examples, with the settings that the shipped ones chose."""

    def __init__(self, documents: Sequence[Document], generated: Sequence[Document], folder: Path):
        self.config = json.loads(CONFIG.read_text(encoding="utf-8"))
        self.folder, self.documents = folder, documents
        sources = examples.sources([*documents, *generated])
        with model_set_to("none"):
            self.roles = examples.role_examples(documents, sources)
            self.pairs = examples.pair_examples(documents, sources)
            self.all_pairs = examples.pair_examples(documents, sources, alone=True)
            self.more_roles = examples.role_examples(generated, sources)
            self.more_pairs = examples.pair_examples(generated, sources)

    def _made(self, name: str, step: str, seen: Sequence[Example], settings: Mapping[str, Any], **more: Any) -> None:
        kind = self.config[step]["kind"]
        how = {**self.config[step][kind], "seed": self.config["seed"], **more}
        target = self.folder / name
        target.mkdir(exist_ok=True)
        write_weights(
            target / f"{step}.json", fit(kind, [e.features for e in seen], [e.label for e in seen], how), settings
        )

    def part(self, share: float, settings: Mapping[str, Mapping[str, Any]], steps: Sequence[str]) -> Path:
        """Trained on a share of the documents, forms spread evenly; smaller shares lie in larger ones."""
        count = 20
        names = set().union(*folds(self.documents, count)[: round(share * count)])
        name = f"part{share}"
        for step, seen in (("roles", self.roles), ("links", self.pairs)):
            if step in steps:
                self._made(name, step, [e for e in seen if e.document in names], settings[step])
        return self.folder / name

    def with_generated(self, settings: Mapping[str, Mapping[str, Any]], steps: Sequence[str]) -> Path:
        """Trained on written and generated documents."""
        for step, seen in (("roles", self.roles + self.more_roles), ("links", self.pairs + self.more_pairs)):
            if step in steps:
                self._made("generated", step, seen, settings[step])
        return self.folder / "generated"

    def alone(self) -> Path:
        """Trained without what the rules decided, and always followed."""
        self._made("alone", "roles", self.roles, {"margin": {"*": -1.0}, "most": 10**6}, without=BLIND["roles"])
        thresholds = {"threshold_task": 0.5, "threshold_text": 0.5, "trust": 0.0}
        self._made("alone", "links", self.all_pairs, thresholds, without=BLIND["links"])
        return self.folder / "alone"


def prove(
    sets: Mapping[str, Sequence[Document]],
    weights: Path = WEIGHTS,
    *,
    training: Sequence[Document] = (),
    generated: Sequence[Document] = (),
    say: Say = print,
) -> dict[str, Any]:
    """Measures every system on every set; with ``training`` documents also the variants that need training anew."""
    sources = {name: examples.sources(documents) for name, documents in sets.items()}
    found: dict[str, Any] = {"systems": {}, "forms": {}, "differences": {}, "calibration": {}, "curve": {}}
    shipped = [step for step in store.STEPS if (weights / f"{step}.json").is_file()]
    settings = {s: json.loads((weights / f"{s}.json").read_text(encoding="utf-8"))["settings"] for s in shipped}
    chosen = json.loads((weights / "metrics.json").read_text(encoding="utf-8")) if training else {}
    settings |= {s: {k: chosen[s][k] for k in own} for s, own in CHOSEN.items() if s not in settings and s in chosen}
    with tempfile.TemporaryDirectory() as scratch:
        variants = Variants(training, generated, Path(scratch)) if training else None
        alone = str(variants.alone()) if variants else None
        for name, documents in sets.items():
            measured = _systems(documents, sources[name], weights, shipped, alone, Path(scratch))
            found["systems"][name] = {system: evaluate.summary(m) for system, m in measured.items()}
            found["forms"][name] = {system: evaluate.by_form(m) for system, m in measured.items()}
            found["differences"][name] = {
                system: [round(value, 4) for value in evaluate.difference(m, measured["rules"])]
                for system, m in measured.items()
                if system != "rules"
            }
            found["calibration"][name] = {
                system: evaluate.calibration(measured[system].confidences) for system in ("rules", "hybrid")
            }
            for system, figures in found["systems"][name].items():
                say(f"{name}, {system}: audit F1 {figures['audit_f1']:.3f} {figures['audit_f1_interval']}")
        steps = [step for step in CHOSEN if step in settings]
        if variants is not None and steps:
            parts = {f"{share:.0%}": variants.part(share, settings, steps) for share in SHARES}
            if generated:
                parts["100% + generated"] = variants.with_generated(settings, steps)
            for label, folder in parts.items():
                found["curve"][label] = {
                    name: evaluate.summary(evaluate.measure(documents, sources[name], str(folder)))
                    for name, documents in sets.items()
                }
                say(f"{label}: " + ", ".join(f"{n} {f['audit_f1']:.3f}" for n, f in found["curve"][label].items()))
    return found


def _systems(
    documents: Sequence[Document], sources: Mapping[str, Any], weights: Path, shipped: Sequence[str], alone: str | None,
    scratch: Path,
) -> dict[str, Measured]:  # fmt: skip
    found = {"rules": evaluate.measure(documents, sources, "none")}
    if alone is not None:
        found["model"] = evaluate.measure(documents, sources, alone, alone=True)
    found["hybrid"] = evaluate.measure(documents, sources, str(weights))
    for step in shipped:
        if step in CHOSEN:
            folder = scratch / f"only-{step}"
            folder.mkdir(exist_ok=True)
            shutil.copy(weights / f"{step}.json", folder)
            found[f"{step} only"] = evaluate.measure(documents, sources, str(folder))
    return found


def table(found: Mapping[str, Any]) -> str:
    """The proof as a Markdown table."""
    lines = [
        "| set | system | audit F1 | 95 % interval | against rules | target F1 | link | verdict | actual F1 | s |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, systems in found["systems"].items():
        for system, f in systems.items():
            low, high = f["audit_f1_interval"]
            more = found["differences"][name].get(system)
            against = f"{more[0]:+.3f} ({more[1]:+.3f} … {more[2]:+.3f})" if more else "—"
            lines.append(
                f"| {name} | {system} | {f['audit_f1']:.3f} | {low:.3f} … {high:.3f} | {against} "
                f"| {f['target_f1']:.3f} | {f['link']:.3f} | {f['verdict']:.3f} | {f['actual_f1']:.3f} "
                f"| {f['seconds']:.1f} |"
            )
    return "\n".join(lines)


def forms_table(found: Mapping[str, Any]) -> str:
    """Audit F1 by form as a Markdown table."""
    lines = []
    for name, systems in found["forms"].items():
        heads = list(systems)
        lines += [f"| {name}: form | targets | {' | '.join(heads)} |", "| --- | --- |" + " --- |" * len(heads)]
        for form, told in systems["rules"].items():
            cells = " | ".join(f"{systems[head][form]['audit_f1']:.3f}" for head in heads)
            lines.append(f"| {form} | {told['targets']} | {cells} |")
        lines.append("")
    return "\n".join(lines)


def curve_table(found: Mapping[str, Any]) -> str:
    """The learning curve as a Markdown table."""
    sets = list(found["systems"])
    lines = [f"| trained on | {' | '.join(sets)} |", "| --- |" + " --- |" * len(sets)]
    lines += [
        f"| {label} | {' | '.join(format(told[name]['audit_f1'], '.3f') for name in sets)} |"
        for label, told in found["curve"].items()
    ]
    return "\n".join(lines)
