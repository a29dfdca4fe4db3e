"""The part of the model card on the kinds of scorers that were tried, and whether the steps tried alone may ship."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .kinds import KINDS
from .train import CONFIG

COMPARISON = Path(__file__).parent / "comparison.json"
"""Written by :mod:`models.compare`."""
_HEADS = {"linear": "linear", "boosted": "boosted", "spacy": "spaCy"}
Told = Mapping[str, Any]


def section() -> str:
    """The section as Markdown; "" where nothing was compared."""
    if not COMPARISON.is_file():
        return ""
    told = json.loads(COMPARISON.read_text(encoding="utf-8"))
    bars = json.loads(CONFIG.read_text(encoding="utf-8"))["least_gain"]
    parts = [_kinds(told)]
    if "extents" in told:
        parts.append(_extents(told["extents"], bars["extents"]))
    if "breaks" in told:
        parts.append(_breaks(told["breaks"], bars["breaks"]))
    return "\n\n".join(parts)


def _kinds(told: Told) -> str:
    lines = [
        "## Kinds that were tried",
        "",
        "Right decisions on documents not trained on (roles, links, extents: two folds; breaks: all five), and time "
        "for one decision, all candidates of a name together (features left out: they cost all kinds the same). "
        "spaCy: HashEmbedCNN and textcat over the characters of the window. `make compare` measures it again.",
        "",
        "| step | decisions | rules | linear | boosted | spaCy |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for step, kinds in told.items():
        cells = [f"{kinds['rules']['right']:.1%}"]
        cells += [f"{kinds[k]['right']:.1%}, {kinds[k]['microseconds']:.0f} µs" for k in KINDS]
        lines.append(f"| {step} | {kinds['decisions']} | {' | '.join(cells)} |")
    return "\n".join(lines)


def clears_extents(told: Told, bar: float) -> tuple[bool, str, float]:
    """Whether the best kind lifts the rows' name likeness by ``bar`` and costs no audit F1; which, and by how much."""
    best = max(KINDS, key=lambda kind: told[kind]["name"])
    gain = told[best]["name"] - told["rules"]["name"]
    return gain >= bar and told[best]["audit_f1"] >= told["rules"]["audit_f1"], best, gain


def clears_breaks(told: Told, bar: float) -> tuple[bool, str, float, float]:
    """Whether some scorer in the reader lifts the rows' audit F1 by ``bar`` on copies and loses none on written tables.

    Returned with it: the one that gains most on the two together, and what it gains on each.
    """
    rules = told["in_reader"]["rules"]
    gains = {
        name: (f["audit_f1_copies"] - rules["audit_f1_copies"], f["audit_f1_written"] - rules["audit_f1_written"])
        for name, f in told["in_reader"].items()
        if name != "rules"
    }
    good = {name: both for name, both in gains.items() if both[0] >= bar and both[1] >= 0}
    best = max(good or gains, key=lambda name: sum(gains[name]))
    return bool(good), best, *gains[best]


def _extents(told: Told, bar: float) -> str:
    clears, best, gain = clears_extents(told, bar)
    head = told["oracle"]["name"] - told["rules"]["name"]
    lines = [
        "**extents**: how far an indicator's name reaches. Candidates are the rules' name, shortened at either end, "
        "and windows of the clause in front of the figure and of three clauses before it; a decision is right where no "
        "candidate is more like the annotated name. *name*: likeness of the rows' names to the annotated ones (the "
        "contract's `indicator_name`). *oracle*: the best candidate every time; the rest of the way to 1 is words that "
        "annotators put back from elsewhere, such as years in brackets. *from*: the chance from which on a candidate "
        "takes the place of the rules' name, the best of a few on these same rows, which flatters the models a little.",
        "",
        "| | from | right | likeness of every decision | name | audit F1 | µs a decision |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name in ("rules", *KINDS, "oracle"):
        f = told[name]
        spent = f"{f['microseconds']:.0f}" if "microseconds" in f else "—"
        cells = (_HEADS.get(name, name), f.get("from", "—"), f"{f['right']:.1%}", f"{f['alike']:.4f}")
        lines.append(f"| {' | '.join(map(str, cells))} | {f['name']:.4f} | {f['audit_f1']:.4f} | {spent} |")
    word = "It clears the bar" if clears else "The rules ship alone for this step"
    lines += [
        "",
        f"{word}: the best kind, {_HEADS[best]}, changes *name* by {gain:+.4f} of {head:+.4f} that the candidates "
        f"hold; the bar is {bar:+.2f}.",
    ]
    return "\n".join(lines)


def _breaks(told: Told, bar: float) -> str:
    clears, best, copies, written = clears_breaks(told, bar)
    sets = [name for name in told["in_reader"]["rules"] if name.startswith("line_ends_")]
    heads = [name.removeprefix("line_ends_") for name in sets]
    lines = [
        "**breaks**: whether a line of a flattened table goes on with the cell of the line before. The scorer's "
        "log-odds, times a weight, stand in the search of the reader where the rules' evidence of wording stood. "
        "*rules* in the table above is that evidence by itself; here it is the whole reader, which also weighs columns "
        "and widths. Line ends read rightly: on copies of the corpus's tables that were flattened for the purpose "
        "(truth exact, models of the other folds), on generated tables not learned from, and on a real report that is "
        "also at hand as a workbook. Audit F1 of rows: on the copies (one table each, without the rest of its "
        "document, so that only differences tell), and on the documents written as flattened tables, of which no "
        "line end is learned from, but which the rules were written with in view.",
        "",
        f"| evidence × weight | {' | '.join(f'line ends, {head}' for head in heads)} | audit F1, copies "
        "| audit F1, written |",
        "| --- |" + " --- |" * (len(heads) + 2),
    ]
    for name, f in told["in_reader"].items():
        ends = " | ".join(f"{f[each]:.1%}" for each in sets)
        shown = name.replace("spacy", "spaCy")
        lines.append(f"| {shown} | {ends} | {f['audit_f1_copies']:.4f} | {f['audit_f1_written']:.4f} |")
    word = "It clears the bar" if clears else "The rules ship alone for this step"
    shown = best.replace("spacy", "spaCy")
    lines += [
        "",
        f"{word}: {shown}, the best on both together, changes the audit F1 of copies by {copies:+.4f} and that of "
        f"written tables by {written:+.4f}; the bar is {bar:+.2f} on the copies and no loss on the others.",
    ]
    return "\n".join(lines)
