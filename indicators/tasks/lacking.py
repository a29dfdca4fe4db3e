"""Columns told by what is lacking: 要 | 有 | 缺 over 140 | 116 | 24 are a promise, its answer and their difference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

from indicators.readers.tables.headings import Heading
from indicators.rulebook import phrase

_FIGURE = re.compile(r"(?P<number>[-+－]?\d[\d,]*(?:\.\d+)?)[^\d%％]{0,6}")
_NOTHING = "—–-－/ "
_LEAST_ROWS = 3
_OFF = 0.06
"""How far a difference of rounded figures may lie off."""
_MOST_COLUMNS = 12


def told_by_gaps(headings: list[Heading], cells: Sequence[Sequence[str]]) -> list[Heading]:
    """The headings with promise and answer told by the column of what is lacking between them.

    ``cells``: those of each column, row by row, "" where there is none.
    """
    told = [[_figure(text) for text in column] for column in cells[:_MOST_COLUMNS]]
    for gap in (i for i, h in enumerate(headings[:_MOST_COLUMNS]) if h.role == "gap"):
        for promise, answer in permutations(range(len(told)), 2):
            if gap in (promise, answer) or not _may_be(headings, promise, answer, gap):
                continue
            if _borne_out(told[promise], told[answer], told[gap]):
                group = headings[promise].group or headings[answer].group
                found = list(headings)
                found[promise] = replace(headings[promise], role="target", group=group)
                found[answer] = replace(headings[answer], role="actual", group=group)
                return found
    return headings


def _may_be(headings: Sequence[Heading], promise: int, answer: int, gap: int) -> bool:
    """Whether the roles that are known leave room for it; where none is, the gap must be of something that was due."""
    roles = headings[promise].role, headings[answer].role
    if roles == ("target", "other"):
        return not any(h.role == "actual" and h.group == headings[promise].group for h in headings)
    due = phrase("tables", "lacks").fullmatch(headings[gap].text) is not None and promise < answer
    return due and roles in (("other", "other"), ("other", "actual")) and not any(h.role == "target" for h in headings)


def _borne_out(promises: Sequence[float | None], answers: Sequence[float | None], gaps: Sequence[float | None]) -> bool:
    """Whether nine rows in ten, three at least, have the difference that their figures make."""
    rows = [
        (goal, done, gap)
        for goal, done, gap in zip(promises, answers, gaps, strict=True)
        if goal and done is not None and gap is not None
    ]
    fits = sum(abs(abs(goal - done) - abs(gap)) <= _OFF for goal, done, gap in rows)
    return len(rows) >= _LEAST_ROWS and fits * 10 >= len(rows) * 9


def _figure(text: str) -> float | None:
    bare = text.strip()
    if bare and not bare.strip(_NOTHING):
        return 0.0
    match = _FIGURE.fullmatch(bare)
    return float(match["number"].replace(",", "").replace("－", "-")) if match else None
