"""Headings that repeat behind each measure: 尘 | 同比 | 要求 | 天数 | 同比 | 要求 are two groups of columns."""

from __future__ import annotations

import re
from dataclasses import replace

from indicators.readers.tables.headings import ColumnRole, Heading

_BRACKET = re.compile(r"[(（][^()（）]*[)）]$")
_BEHIND: frozenset[ColumnRole] = frozenset(("target", "actual", "growth", "completion", "baseline", "gap"))
"""Columns that tell something of the measure in front of them."""
_LEAST = 2
"""Measures at least that have the same headings behind them."""


def measured_in_front(headings: list[Heading]) -> list[Heading]:
    """Each measure and the headings behind it as a group, where at least two measures have the same ones behind."""
    starts = [i for i, h in enumerate(headings) if i and h.role == "other" and h.text and not h.group]
    runs = [(at, _run(headings, at)) for at in starts]
    runs = [(at, behind) for at, behind in runs if behind]
    if len(runs) < _LEAST or any(own != runs[0][1] for _, own in runs) or "target" not in _roles(headings, runs[0]):
        return headings
    found = list(headings)
    for at, behind in runs:
        group = _BRACKET.sub("", headings[at].text)
        if "actual" not in _roles(headings, (at, behind)):
            found[at] = replace(headings[at], role="actual", group=group)
        for i in range(at + 1, at + 1 + len(behind)):
            found[i] = replace(headings[i], group=group)
    return found


def _run(headings: list[Heading], at: int) -> list[str]:
    """The headings right behind a measure that tell something of it, without what they are measured in."""
    told: list[str] = []
    for heading in headings[at + 1 :]:
        if heading.role not in _BEHIND or heading.group:
            break
        told.append(_BRACKET.sub("", heading.text))
    return told


def _roles(headings: list[Heading], run: tuple[int, list[str]]) -> set[ColumnRole]:
    at, behind = run
    return {h.role for h in headings[at + 1 : at + 1 + len(behind)]}
