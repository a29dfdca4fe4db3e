"""Measures rules alone, model alone and both on documents that were not trained on: ``indicators evaluate``."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from . import examples
from .dataset import Document, read_lines
from .hooks import model_set_to
from .scoring import figures

RESAMPLES = 2000
FORMS_SHOWN = 3
"""A form is shown by itself where it has at least this many targets."""


@dataclass(slots=True)
class Measured:
    """Counts by document, confidences with whether the row was right, and the time it took."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    confidences: list[tuple[float, bool]] = field(default_factory=list)
    seconds: float = 0.0

    def total(self, names: Sequence[str] | None = None) -> Counter[str]:
        """Counts added up."""
        total: Counter[str] = Counter()
        for name in names if names is not None else self.counts:
            total.update(self.counts[name])
        return total


def shared_documents(folder: Path) -> list[Document]:
    """The real reports with gold rows of a shared folder (``reports/``, ``reports/snippets/``, ``gold/``)."""
    found = []
    for path in sorted((folder / "gold").glob("*.gold.jsonl")):
        name = path.name.removesuffix(".gold.jsonl")
        places = [folder / "reports" / f"{name}.txt", folder / "reports" / "snippets" / f"{name}.txt"]
        text = next((place for place in places if place.is_file()), None)
        if text is not None:
            gold = read_lines(path)
            found.append(Document(name, text, "snippet" if text == places[1] else name, "shared", name, None, gold, ()))
    return found


def shared_folder(named: str | None) -> Path | None:
    """The shared folder that is named, or where it usually lies; ``None`` where there is none."""
    for candidate in (named, os.environ.get("INDICATORS_SHARED"), "../shared"):
        if candidate and (Path(candidate) / "gold").is_dir():
            return Path(candidate)
    return None


def measure(documents: Sequence[Document], sources: Mapping[str, Any], model: str, *, alone: bool = False) -> Measured:
    """Scores the documents with ``INDICATORS_MODEL`` set to ``model``."""
    found = Measured()
    with model_set_to(model):
        started = time.perf_counter()
        for document in documents:
            ran = examples.run(document, sources[document.name], alone=alone)
            found.counts[document.name] = ran.comparison.counts
            found.forms[document.name] = document.form
            found.confidences += [(e.info["now"], e.label == "right") for e in ran.examples]
        found.seconds = time.perf_counter() - started
    return found


def interval(measured: Measured, figure: str = "audit_f1") -> tuple[float, float]:
    """95 % of the resamples of whole documents lie in here."""
    names = sorted(measured.counts)
    dice = random.Random(1)
    values = sorted(figures(measured.total(dice.choices(names, k=len(names))))[figure] for _ in range(RESAMPLES))
    return values[int(0.025 * RESAMPLES)], values[int(0.975 * RESAMPLES)]


def difference(one: Measured, two: Measured, figure: str = "audit_f1") -> tuple[float, float, float]:
    """How much more ``one`` has than ``two`` on the same documents, with the 95 % interval of paired resamples."""
    names = sorted(one.counts)
    dice = random.Random(1)
    values = []
    for _ in range(RESAMPLES):
        drawn = dice.choices(names, k=len(names))
        values.append(figures(one.total(drawn))[figure] - figures(two.total(drawn))[figure])
    values.sort()
    point = figures(one.total())[figure] - figures(two.total())[figure]
    return point, values[int(0.025 * RESAMPLES)], values[int(0.975 * RESAMPLES)]


def summary(measured: Measured) -> dict[str, Any]:
    """The figures of one system on one set, as they go into the metadata."""
    total = measured.total()
    low, high = interval(measured)
    return {
        **{name: round(value, 4) for name, value in figures(total).items()},
        "targets": total["t_tp"] + total["t_fn"],
        "actuals": total["a_tp"] + total["a_fn"],
        "documents": len(measured.counts),
        "audit_f1_interval": [round(low, 4), round(high, 4)],
        "seconds": round(measured.seconds, 2),
    }


def by_form(measured: Measured) -> dict[str, dict[str, float]]:
    """Audit F1 and number of targets by form."""
    forms: dict[str, list[str]] = {}
    for name, form in measured.forms.items():
        forms.setdefault(form, []).append(name)
    found = {}
    for form, names in sorted(forms.items()):
        total = measured.total(names)
        if (targets := total["t_tp"] + total["t_fn"]) >= FORMS_SHOWN:
            found[form] = {"targets": targets, "audit_f1": round(figures(total)["audit_f1"], 4)}
    return found


def calibration(confidences: Sequence[tuple[float, bool]]) -> dict[str, Any]:
    """Confidence against what was right, in ten bins, and the rows at 0.9 and above."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(10)]
    for value, good in confidences:
        bins[min(9, int(value * 10))].append((value, good))
    told = [
        {
            "confidence": round(sum(v for v, _ in rows) / len(rows), 4),
            "right": round(sum(g for _, g in rows) / len(rows), 4),
            "rows": len(rows),
        }
        for rows in bins
        if rows
    ]
    top = [good for value, good in confidences if value >= 0.9]
    count = max(1, len(confidences))
    return {
        "rows": len(confidences),
        "bins": told,
        "error": round(sum(b["rows"] * abs(b["confidence"] - b["right"]) for b in told) / count, 4),
        "sure_share": round(len(top) / count, 4),
        "sure_right": round(sum(top) / max(1, len(top)), 4),
        "sure_rows": len(top),
        "date": date.today().isoformat(),
    }
