"""Holds the kinds of scorers against each other on documents not trained on: ``python -m models.compare``.

Prints, and writes to ``models/comparison.json``, how often each kind is right, how long a decision takes it, and, for
the steps that are tried here alone, what it does to the rows.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from . import breaks, examples, extents, flat
from .dataset import Document, folds, load
from .evaluate import shared_folder
from .examples import Example
from .hooks import model_set_to
from .kinds import KINDS, Stopwatch, likeliest, taught
from .train import CONFIG
from .tried import COMPARISON

FOLDS = 2
"""Folds that are measured, of those that the configuration deals."""
REAL = "anqing-2022q4"
"""The report of the shared folder that is there both flattened and as a workbook."""
STEPS = ("roles", "links", "extents", "breaks")


def compare(step: str, found: Sequence[Example], names: Sequence[set[str]], config: dict[str, Any]) -> dict[str, Any]:
    """Share of right decisions and microseconds each, by kind."""
    right: dict[str, int] = dict.fromkeys(("rules", *KINDS), 0)
    spent: dict[str, float] = dict.fromkeys(right, 0.0)
    total = 0
    for held in names:
        seen = [e for e in found if e.document not in held]
        unseen = [e for e in found if e.document in held]
        total += len(unseen)
        right["rules"] += sum(e.rules == e.label for e in unseen)
        for kind in KINDS:
            decider = Stopwatch(taught(kind, seen, config[step], config["seed"]))
            right[kind] += sum(likeliest(c) == e.label for c, e in zip(decider(unseen), unseen, strict=True))
            spent[kind] += decider.seconds
    return {
        kind: {"right": round(right[kind] / total, 4), "microseconds": round(1e6 * spent[kind] / total, 1)}
        for kind in right
    } | {"decisions": total}


def _ways(
    documents: Sequence[Document], sources: dict[str, Any], dealt: Sequence[set[str]], config: dict[str, Any]
) -> dict[str, Callable[[], dict[str, Any]]]:
    """What measures each step."""
    seed = config["seed"]
    return {
        "roles": lambda: compare("roles", examples.role_examples(documents, sources), dealt, config),
        "links": lambda: compare("links", examples.pair_examples(documents, sources), dealt, config),
        "extents": lambda: extents.compare(extents.told(documents, sources), dealt, config["extents"], seed),
        "breaks": lambda: _compare_breaks(documents, sources, config),
    }


def _compare_breaks(documents: Sequence[Document], sources: dict[str, Any], config: dict[str, Any]) -> dict[str, Any]:
    """Where the rows of flattened tables begin: learned from copies of tables, measured on generated and real ones."""
    copies = flat.copies(documents, sources)
    own = [d for d in documents if any(k.document is d for k in copies)]
    count, seed = config["breaks"]["generated"], config["seed"]
    others = {"generated": flat.generated(count, seed + 1)}
    shared = shared_folder(None)
    if shared is not None:
        report = shared / "reports" / REAL
        others["real report"] = [flat.real(report.with_suffix(".txt"), report.with_suffix(".xlsx"))]
    return breaks.compare(
        copies,
        flat.generated(count, seed),
        others,
        [d for d in documents if flat.flattened(d)],
        folds(own, config["folds"]),
        config["breaks"],
        seed,
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m models.compare", description=__doc__.splitlines()[0])
    parser.add_argument("steps", nargs="*", metavar="STEP", help=f"of {', '.join(STEPS)} (default: all)")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    args = parser.parse_args()
    if unknown := sorted({*args.steps} - {*STEPS}):
        parser.error(f"there is no step '{unknown[0]}'")
    config = json.loads(CONFIG.read_text(encoding="utf-8"))
    documents = load(args.corpus, config["splits"])
    sources, dealt = examples.sources(documents), folds(documents, config["folds"])[:FOLDS]

    ways = _ways(documents, sources, dealt, config)
    found = json.loads(COMPARISON.read_text(encoding="utf-8")) if COMPARISON.is_file() else {}
    for step in args.steps or STEPS:
        started = time.perf_counter()
        with model_set_to("none"):
            found[step] = ways[step]()
        found[step]["seconds"] = round(time.perf_counter() - started, 1)
        print(step, json.dumps(found[step]))
        told = {name: found[name] for name in STEPS if name in found}
        COMPARISON.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
