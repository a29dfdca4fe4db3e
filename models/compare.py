"""Holds the kinds of scorers against each other on documents not trained on: ``python -m models.compare``.

Prints, and writes to ``models/comparison.json``, how often each kind is right and how long a decision takes it.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from indicators.learning.scorers import from_data

from . import examples
from .dataset import folds, load
from .examples import Example
from .fit import fit
from .train import CONFIG, HERE, model_set_to
from .window import WindowScorer

COMPARISON = HERE / "comparison.json"
FOLDS = 2
"""Folds that are measured, of those that the configuration deals."""


def compare(step: str, found: Sequence[Example], names: Sequence[set[str]], config: dict[str, Any]) -> dict[str, Any]:
    """Share of right decisions and microseconds each, by kind."""
    right: dict[str, int] = {"rules": 0, "linear": 0, "boosted": 0, "spacy": 0}
    spent: dict[str, float] = dict.fromkeys(right, 0.0)
    total = 0
    for held in names[:FOLDS]:
        seen = [e for e in found if e.document not in held]
        unseen = [e for e in found if e.document in held]
        total += len(unseen)
        right["rules"] += sum(e.rules == e.label for e in unseen)
        for kind in ("linear", "boosted"):
            settings = {**config[step][kind], "seed": config["seed"]}
            scorer = from_data(fit(kind, [e.features for e in seen], [e.label for e in seen], settings))
            started = time.process_time()
            chances = [scorer(e.features) for e in unseen]
            spent[kind] += time.process_time() - started
            right[kind] += sum(max(c, key=lambda n: c[n]) == e.label for c, e in zip(chances, unseen, strict=True))
        window = WindowScorer(seen, seed=config["seed"])
        started = time.process_time()
        labels = window(unseen)
        spent["spacy"] += time.process_time() - started
        right["spacy"] += sum(label == e.label for label, e in zip(labels, unseen, strict=True))
    return {
        kind: {"right": round(right[kind] / total, 4), "microseconds": round(1e6 * spent[kind] / total, 1)}
        for kind in right
    } | {"decisions": total}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m models.compare")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    args = parser.parse_args()
    config = json.loads(CONFIG.read_text(encoding="utf-8"))
    documents = load(args.corpus, config["splits"])
    sources, dealt = examples.sources(documents), folds(documents, config["folds"])
    with model_set_to("none"):
        steps = {
            "roles": examples.role_examples(documents, sources),
            "links": examples.pair_examples(documents, sources),
        }
    found = {step: compare(step, told, dealt, config) for step, told in steps.items()}
    COMPARISON.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for step, kinds in found.items():
        print(step, json.dumps(kinds))


if __name__ == "__main__":
    main()
