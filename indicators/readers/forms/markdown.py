"""Tables of Markdown: cells between bars, with or without a ruling line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout.lines import Line
from indicators.readers.layout.pieces import Fragments
from indicators.schema.source import Table

_RULE = re.compile(r"\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?")
_BAR = re.compile(r"[|｜](?<!\\[|｜])")
"""A bar without a stroke in front; looked for bar first, as the engine skips to it."""


def _cells(line: Line, *, edged: bool = True, closed: bool = True) -> list[Fragments]:
    """The cells of a line. ``edged``, ``closed``: a bar at that end ends the line only; else it parts an empty cell."""
    bars = [found.start() for found in _BAR.finditer(line.text)]
    edges = [-1, *bars, len(line.text)]
    spans = [(a + 1, b) for a, b in pairwise(edges)]
    if edged and bars and bars[0] == 0:
        spans = spans[1:]
    if closed and bars and bars[-1] == len(line.text) - 1:
        spans = spans[:-1]
    return [[(line.start + a, line.start + b)] for a, b in spans]


def _rows(part: Sequence[Line]) -> list[list[Fragments]]:
    """The cells of each line; below 1 | 甲 | 乙 | a line  | 丙 | 丁 | || without number begins with a blank cell."""
    told = [line for line in part if not _is_rule(line)]
    edged = [_BAR.match(line.text) is not None for line in told]
    opened = sum(edged) * 2 > len(edged)
    closed = opened or not told or _BAR.match(told[0].text[-1:]) is not None
    rows = [_cells(line, edged=opened, closed=closed) for line in told]
    width = max((len(row) for row, bar in zip(rows, edged, strict=True) if bar == opened), default=0)
    for row, line in zip(rows, told, strict=True):
        while len(row) > width and not any(line.text[a - line.start : b - line.start].strip() for a, b in row[-1]):
            row.pop()
    return rows


def find_tables(scan: Scan) -> Found:
    """Tables between bars, with or without a ruling line."""
    return scan.tables(lambda at: _table(scan, at)) if _BAR.search(scan.text) else []


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    """The table that begins at line ``at``, no line of bars before it, and the line after it."""
    every = scan.every
    if not _BAR.search(every[at].text) or (at > 0 and scan.is_free(at - 1) and _BAR.search(every[at - 1].text)):
        return None
    end = at
    while end < len(every) and scan.is_free(end) and _BAR.search(every[end].text):
        end += 1
    part = every[at:end]
    ruled = any(_is_rule(line) for line in part)
    rows = _rows(part)
    bars = [len(row) for row in rows] or [0]
    if len(part) < 2 or max(bars) < 2 or not (ruled or min(bars) == max(bars) > 2):
        return None
    return (scan.build(rows, at), end) if rows else None


def _is_rule(line: Line) -> bool:
    return bool(_RULE.fullmatch(line.text)) and "-" in line.text
