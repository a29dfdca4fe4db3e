"""Trains the learned steps on annotated documents and writes their weights: ``python -m models.train``.

Everything that is chosen or measured here rests on predictions for documents that the model at hand had not seen:
the documents are dealt into folds, family by family, and each fold is predicted by models of the other folds.
The test split is never read.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from indicators._version import __version__
from indicators.learning import store
from indicators.learning.scorers import Steps, from_data

from . import choose, examples
from .dataset import Document, fingerprint, folds
from .examples import Example
from .fit import fit
from .hooks import model_set_to
from .scoring import figures

HERE = Path(__file__).parent
CONFIG = HERE / "configs" / "default.json"
WEIGHTS = HERE / "weights"
Say = Callable[[str], None]
Chances = list[dict[str, float]]


class Trainer:
    """One training run. ``generated`` documents only ever help to fit; nothing is measured on them."""

    def __init__(
        self,
        written: Sequence[Document],
        generated: Sequence[Document],
        config: Mapping[str, Any],
        folder: Path,
        say: Say,
    ):
        self.written, self.generated, self.config, self.folder, self.say = written, generated, config, folder, say
        self.folds = folds(written, config["folds"])
        self.sources = examples.sources([*written, *generated])
        self.metrics: dict[str, Any] = {}
        self.limits: dict[str, dict[str, Any]] = {}

    def run(self) -> dict[str, Any]:
        """Trains all steps and writes them to the folder; returns what was measured."""
        with model_set_to("none"):
            roles = examples.role_examples(self.written, self.sources)
            more_roles = examples.role_examples(self.generated, self.sources)
        self.say(f"roles: {len(roles)} figures of {len(self.written)} documents, {len(more_roles)} generated")
        self._step("roles", roles, more_roles, self._role_settings)

        pairs: list[Example] = []
        for number in range(len(self.folds)):
            with model_set_to(str(self._fold(number))):
                pairs += examples.pair_examples(self._documents(number), self.sources, first=len(pairs))
        with model_set_to("none"):
            more_pairs = examples.pair_examples(self.generated, self.sources)
        self.say(f"links: {len(pairs)} candidate pairs, {len(more_pairs)} generated")
        self._step("links", pairs, more_pairs, self._link_settings)

        rows: dict[str, list[Example]] = {}
        self.metrics["cross_validation"] = {}
        for steps in ("none", "roles", "links", "roles,links"):
            counts, found = self._cross_run(steps)
            self.metrics["cross_validation"][steps] = {k: round(v, 4) for k, v in figures(counts).items()}
            self.say(f"documents not trained on, {steps}: audit F1 {figures(counts)['audit_f1']:.4f}")
            rows[steps] = found
        shipped = worth_shipping(self.metrics["cross_validation"], self.config["least_gain"])
        judged = rows[",".join(shipped) or "none"]
        self.metrics["shipped"] = [*shipped, "confidence"]
        self.say(f"confidence: {len(judged)} rows")
        self._step("confidence", judged, [], self._confidence_settings)
        self._finish()
        return self.metrics

    def _fold(self, number: int) -> Path:
        path = self.folder / f"fold{number}"
        path.mkdir(parents=True, exist_ok=True)
        return path

    def _documents(self, number: int) -> list[Document]:
        return [d for d in self.written if d.name in self.folds[number]]

    def _step(
        self, step: str, own: list[Example], more: list[Example], choose_settings: Callable[..., dict[str, Any]]
    ) -> None:
        """Cross-fits a step, chooses its settings, leaves the models of the folds and of all documents behind."""
        chances, scorers = self._cross_fit(step, own, more)
        chosen = choose_settings(own, chances)
        for number, data in enumerate(scorers):
            write_weights(self._fold(number) / f"{step}.json", data, chosen)
        write_weights(self.folder / f"{step}.json", self._fitted(step, own + more), chosen)
        right = sum(max(c, key=lambda n: c[n]) == e.label for e, c in zip(own, chances, strict=True))
        by_rules = sum(e.rules == e.label for e in own)
        self.metrics[step] |= {
            "kind": self.config[step]["kind"],
            "examples": len(own),
            "generated": len(more),
            "right_by_model": round(right / max(1, len(own)), 4),
            "right_by_rules": round(by_rules / max(1, len(own)), 4) if step != "confidence" else None,
            "bytes": (self.folder / f"{step}.json").stat().st_size,
        }

    def _fitted(self, step: str, seen: Sequence[Example]) -> dict[str, Any]:
        kind = self.config[step]["kind"]
        settings = {**self.config[step][kind], "seed": self.config["seed"]}
        return fit(kind, [e.features for e in seen], [e.label for e in seen], settings)

    def _cross_fit(
        self, step: str, own: Sequence[Example], more: Sequence[Example] = ()
    ) -> tuple[Chances, list[dict[str, Any]]]:
        """What a model of the other folds makes of every example, and the models, a fold each."""
        chances: Chances = [{} for _ in own]
        scorers = []
        dealt = self.folds if step != "confidence" else folds(self.written, self.config["folds"], by_form=True)
        for names in dealt:
            data = self._fitted(step, [*(e for e in own if e.document not in names), *more])
            scorer = from_data(data)
            scorers.append(data)
            for index, example in enumerate(own):
                if example.document in names:
                    chances[index] = scorer(example.features)
        return chances, scorers

    def _loss(self, rows: Sequence[Example], chances: Chances) -> float:
        return round(choose.log_loss([c["right"] for c in chances], [e.label == "right" for e in rows]), 4)

    def _role_settings(self, own: list[Example], chances: Chances) -> dict[str, Any]:
        """How sure the model must be, by what the rules said of documents that they had not been written with."""
        config = self.config["roles"]
        met = [(e, c) for e, c in zip(own, chances, strict=True) if e.info["first_met"]]
        longest = choose.usual_length([e.document for e, _ in met], config["share_of_lengths"])
        margins = choose.role_margins(
            met, config["margins"], config["cost_of_a_harmed_document"], config["least_helped"]
        )
        self.metrics["roles"] = {"margin": margins, "most": longest, "at_first": choose.role_changes(met, margins)}
        return {"margin": margins, "most": longest}

    def _link_settings(self, own: list[Example], chances: Chances) -> dict[str, Any]:
        config = self.config["links"]
        found = choose.link_settings(
            own, chances, config["thresholds"], config["trusts"], config["cost_of_a_wrong_overturn"]
        )
        self.metrics["links"] = dict(found)
        return dict(found)

    def _confidence_settings(self, own: list[Example], chances: Chances) -> dict[str, Any]:
        config = self.config["confidence"]
        if "roles" in self.metrics["shipped"]:
            # Whether right rows are told from wrong ones better where it is known what the words alone say.
            blind = examples.without_second_reading(own)
            losses = self._loss(own, chances), self._loss(blind, self._cross_fit("confidence", blind)[0])
            self.metrics["roles"] |= {"loss_with": losses[0], "loss_without": losses[1]}
            self.say("confidence: log loss {}, without the second reading {}".format(*losses))
        raw = [chance["right"] for chance in chances]
        right = [example.label == "right" for example in own]
        curve = choose.confidence_curve(raw, right, config["sure"], config["least_share"], config["least_rows"])
        steps = Steps(curve["edges"], curve["values"])
        self.metrics["confidence"] = {"curve": curve, **choose.share_sure([steps(value) for value in raw], right)}
        return {"curve": curve}

    def _cross_run(self, steps: str) -> tuple[Counter[str], list[Example]]:
        """The whole chain over every fold, with the models of the other folds."""
        counts: Counter[str] = Counter()
        rows: list[Example] = []
        for number in range(len(self.folds)):
            part = self.folder / "part"
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir()
            for step in steps.split(",") if steps != "none" else ():
                shutil.copy(self._fold(number) / f"{step}.json", part)
            with model_set_to(str(part)):
                for document in self._documents(number):
                    ran = examples.run(document, self.sources[document.name])
                    counts.update(ran.comparison.counts)
                    rows += ran.examples
        return counts, rows

    def _finish(self) -> None:
        for number in range(len(self.folds)):
            shutil.rmtree(self._fold(number))
        shutil.rmtree(self.folder / "part", ignore_errors=True)


def write_weights(path: Path, scorer: Mapping[str, Any], settings: Mapping[str, Any]) -> None:
    """Writes a scorer, with the settings that it was fitted by, as :mod:`indicators.learning.store` reads it."""
    text = json.dumps({"settings": settings, "scorer": scorer}, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text, encoding="utf-8")


def train(
    written: Sequence[Document],
    generated: Sequence[Document] = (),
    *,
    out: Path,
    config: Mapping[str, Any] | None = None,
    say: Say = print,
) -> dict[str, Any]:
    """Trains on ``written`` (and ``generated``) documents, writes weights and ``metrics.json`` to ``out``.

    A step that did not help documents it had not seen is left out, and the metrics say so.
    """
    config = config or json.loads(CONFIG.read_text(encoding="utf-8"))
    if any(document.split == "test" for document in [*written, *generated]):
        raise ValueError("documents of the test split are not trained on")
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "weights"
        metrics = Trainer(written, generated, config, folder, say).run()
        out.mkdir(parents=True, exist_ok=True)
        for step in store.STEPS:
            (out / f"{step}.json").unlink(missing_ok=True)
            if step in metrics["shipped"]:
                shutil.copy(folder / f"{step}.json", out)
    metrics |= {
        "seed": config["seed"],
        "data": fingerprint([*written, *generated]),
        "documents": len(written),
        "generated_documents": len(generated),
        "library": __version__,
        "seconds": round(time.perf_counter() - started, 1),
    }
    (out / "metrics.json").write_text(json.dumps(metrics, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    store.forget()
    return metrics


def worth_shipping(measured: Mapping[str, Mapping[str, float]], least_gain: Mapping[str, float]) -> list[str]:
    """The steps that each gain their ``least_gain`` of audit F1 beside the others; below zero, what each may cost."""
    kept = ["roles", "links"]
    for step in list(kept):
        without = [s for s in kept if s != step]
        gain = measured[",".join(kept) or "none"]["audit_f1"] - measured[",".join(without) or "none"]["audit_f1"]
        if gain < least_gain[step]:
            kept = without
    return kept
