"""Line ends of flattened tables as something to be decided: does the next line go on with the cell, or is it another?

The truth is exact where a known table was flattened (:mod:`corpus.generator.flatten`). The learned scorer takes the
place of the reader's evidence of wording (``goes_on``) in the search that deals lines out to columns.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from unittest import mock

from indicators.readers import read, read_text
from indicators.readers.flattened import cells as flattened_cells
from indicators.readers.flattened.atoms import Atom
from indicators.readers.flattened.fit import Evidence, is_figure, is_terminal
from indicators.readers.tables.headings import is_category, is_unit
from indicators.schema.source import Source

from . import examples, scoring
from .dataset import Document
from .examples import Example
from .flat import Known, cells_of
from .kinds import KINDS, Decider, Stopwatch, likeliest, taught

WEIGHTS = (0.5, 1.0)
"""How many times the log-odds of the scorer are put in place of the rules' evidence."""
_MOST = 6.0
_NEAR = 4
_SHOWN = 14


def break_features(atoms: Sequence[Atom], at: int, evidence: Evidence) -> dict[str, float]:
    """Named features of the break in front of ``atoms[at]``; ``joined`` is what the rules hold of it."""
    before, after = atoms[at - 1], atoms[at]
    a, b = before.text, after.text
    above = atoms[at - 2] if at > 1 else before
    below = atoms[at + 1] if at + 1 < len(atoms) else after
    widest = max(atom.width for atom in atoms[max(0, at - _NEAR) : at + _NEAR])
    return {
        "rules": after.joined,
        f"e1={a[-1:]}": 1.0,
        f"e2={a[-2:]}": 1.0,
        f"s1={b[:1]}": 1.0,
        f"s2={b[:2]}": 1.0,
        f"cut={a[-1:]}{b[:1]}": 1.0,
        f"kinds={before.kind}>{after.kind}": 1.0,
        "terminal": float(is_terminal(a)),
        "seen": float(a[-1] + b[0] in evidence.pairs),
        "body_before": float(before.body),
        "body_after": float(after.body),
        "body_ends": float(before.body_ends),
        "figure_before": float(is_figure(a)),
        "figure_after": float(is_figure(b)),
        "unit_before": float(is_unit(a)),
        "unit_after": float(is_unit(b)),
        "category": float(is_category(a) or is_category(b)),
        "digit_digit": float(a[-1].isdigit() and b[0].isdigit()),
        "list_first": float(after.list_number == 1),
        "list_next": float(after.list_number is not None and after.list_number == before.list_so_far + 1),
        "list_other": float(after.list_number is not None),
        "gap": float(after.gap),
        "alone": float(after.alone),
        "width": before.width / 20,
        "next_width": after.width / 20,
        "fills": before.width / max(1, widest),
        "as_above": float(abs(before.width - above.width) <= 2),
        "next_as_below": float(abs(after.width - below.width) <= 2),
        "next_wider": (after.width - before.width) / 20,
        "above_width": above.width / 20,
        "below_width": below.width / 20,
        "recurs_before": float(evidence.recurring[a] >= 3),
        "recurs_after": float(evidence.recurring[b] >= 3),
        "place": min(at, 20) / 10,
        "left": min(len(atoms) - at, 20) / 10,
    }


@contextmanager
def judged(decider: Decider | None, seen: list[Example] | None = None, weight: float = 1.0) -> Iterator[None]:
    """Reads flattened tables with ``decider`` in place of the rules' evidence of wording at line ends.

    ``decider`` gives the chance that the text goes on in its cell; ``None`` leaves the rules. ``seen`` gathers what
    was to be decided, unlabelled, with the place of the next line's first character as ``info["at"]``.
    """
    weigh = flattened_cells._weigh

    def weighed(atoms: Sequence[Atom], columns: Any, evidence: Evidence, open_to: Any) -> None:
        fresh = bool(atoms) and not atoms[0].fits
        weigh(atoms, columns, evidence, open_to)
        if not fresh:
            return  # a later pass over the same row
        places = [at for at in range(1, len(atoms)) if atoms[at].first and not atoms[at].page]
        breaks = [_unlabelled(atoms, at, evidence) for at in places]
        if seen is not None:
            seen.extend(breaks)
        if decider is not None and breaks:
            for at, chances in zip(places, decider(breaks), strict=True):
                yes = min(max(chances["yes"], 1e-6), 1 - 1e-6)
                atoms[at].joined = weight * max(-_MOST, min(_MOST, math.log(yes / (1 - yes))))

    with mock.patch.object(flattened_cells, "_weigh", weighed):
        yield


def _unlabelled(atoms: Sequence[Atom], at: int, evidence: Evidence) -> Example:
    before, after = atoms[at - 1], atoms[at]
    info = {"window": (before.text[-_SHOWN:], after.text[:_SHOWN]), "at": after.start}
    rules = "yes" if after.joined > 0 else "no"
    return Example(break_features(atoms, at, evidence), "", rules, "", info)


def break_examples(known: Sequence[Known]) -> list[Example]:
    """Every line end that the reader weighs in the documents, once each, with the truth."""
    found: list[Example] = []
    for document in known:
        seen: list[Example] = []
        with judged(None, seen):
            read_text(document.text, f"{document.name}.txt")
        truth = {first: same for _, first, same in document.ends}
        for example in seen:
            same = truth.pop(example.info["at"], None)
            if same is not None:
                example.label = "yes" if same else "no"
                example.document = document.name
                found.append(example)
    return found


def read_right(known: Known, source: Source) -> tuple[int, int]:
    """How many line ends were read rightly, of how many: what no table holds goes on in no cell."""
    cells = cells_of(source)
    right = 0
    for last, first, same in known.ends:
        one, two = cells.get(last), cells.get(first)
        right += (one is not None and one == two) == same
    return right, len(known.ends)


def _read(known: Sequence[Known], decider: Decider | None, weight: float) -> tuple[Counter[str], Counter[str]]:
    """Line ends read rightly, and the counts of the rows of copies held against the gold of their documents."""
    ends: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    for each in known:
        with judged(decider, None, weight):
            source = read_text(each.text, f"{each.name}.txt")
        right, count = read_right(each, source)
        ends.update(right=right, ends=count)
        if each.document is not None:
            rows.update(examples.run(each.document, source).comparison.counts)
    return ends, rows


def _written(documents: Sequence[Document], decider: Decider | None, weight: float) -> Counter[str]:
    """The counts of the rows of documents that were written as flattened tables."""
    rows: Counter[str] = Counter()
    for document in documents:
        with judged(decider, None, weight):
            source = read(document.path)
        rows.update(examples.run(document, source).comparison.counts)
    return rows


def compare(
    copies: Sequence[Known],
    made: Sequence[Known],
    others: Mapping[str, Sequence[Known]],
    written: Sequence[Document],
    held_out: Sequence[set[str]],
    settings: Mapping[str, Any],
    seed: int,
) -> dict[str, Any]:
    """By kind: right decisions and microseconds, line ends that the reader gets right, audit F1 of the rows.

    ``copies`` are read by models that have not seen their documents, ``written`` ones by models of all copies: no line
    end of theirs is learned from. ``made`` are generated and help to learn; ``others`` are only measured, by name.
    """
    mine, more = break_examples(copies), break_examples(made)
    measured = {("rules", 0.0): _effects([(copies, None)], others, written, None, 0.0)}
    right = Counter(rules=sum(e.rules == e.label for e in mine))
    spent: Counter[str] = Counter()
    for kind in KINDS:
        deciders = []
        for names in held_out:
            decider = Stopwatch(taught(kind, [e for e in mine if e.document not in names] + more, settings, seed))
            unseen = [e for e in mine if e.document in names]
            right[kind] += sum(likeliest(c) == e.label for c, e in zip(decider(unseen), unseen, strict=True))
            spent[kind] += round(1e6 * decider.seconds)
            deciders.append(([k for k in copies if k.name in names], decider))
        everything = taught(kind, mine + more, settings, seed)
        for weight in WEIGHTS:
            measured[kind, weight] = _effects(deciders, others, written, everything, weight)
    found: dict[str, Any] = {"decisions": len(mine), "in_reader": {}}
    for kind in ("rules", *KINDS):
        found[kind] = {
            "right": round(right[kind] / max(1, len(mine)), 4),
            "microseconds": round(spent[kind] / max(1, len(mine)), 1),
        }
    for (kind, weight), told in measured.items():
        found["in_reader"][f"{kind} × {weight:g}" if weight else kind] = told
    return found


def _effects(
    copies: Sequence[tuple[Sequence[Known], Decider | None]],
    others: Mapping[str, Sequence[Known]],
    written: Sequence[Document],
    everything: Decider | None,
    weight: float,
) -> dict[str, float]:
    ends: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    for known, decider in copies:
        some_ends, some_rows = _read(known, decider, weight)
        ends.update(some_ends)
        rows.update(some_rows)
    measured = {"copies": ends} | {name: _read(known, everything, weight)[0] for name, known in others.items()}
    return {
        **{f"line_ends_{name}": round(told["right"] / max(1, told["ends"]), 4) for name, told in measured.items()},
        "audit_f1_copies": round(scoring.figures(rows)["audit_f1"], 4),
        "audit_f1_written": round(scoring.figures(_written(written, everything, weight))["audit_f1"], 4),
    }
