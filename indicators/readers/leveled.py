"""Tables of figures whose cells stand on a line each under headings of two levels.

地区 / 新增就业 / 再就业 / 目标 / 完成 / 目标 / 完成 / 云山县 / 12 / 13 / 4 / 5: the upper headings come first, then the
lower ones, which repeat for each of them, then the rows: a name and as many figures as there are lower headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indicators.readers.heading_row import FIGURES, NAMES, HeadingRow
from indicators.readers.headings import column_role, squeeze
from indicators.readers.lines import Line
from indicators.readers.pieces import Fragments, cell_of
from indicators.readers.scan import Found, Scan
from indicators.schema.source import Table

_FIGURE = re.compile(r"[+-]?\d[\d,.]*[%％]?|[—–/-]+")
_LEAST_GROUPS = 2
_LEAST_ROWS = 2
_LONGEST = 20
"""Characters of a heading or a name at most."""
_WIDEST = 40
"""Headings of both levels at most."""
_PROMISES = FIGURES | {"task"}
"""What one of the lower headings is at least: 目标任务 over figures is a promise, too."""


def find_tables(scan: Scan) -> Found:
    """Tables of cells on lines of their own below headings of two levels."""
    return scan.tables(lambda at: _table(scan, at), _opens)


def _opens(line: Line) -> bool:
    return 0 < len(line.text) <= _LONGEST and column_role(line.text) in NAMES


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    head = _told(scan, at, _WIDEST)
    words = [squeeze(scan.every[i].text) for i in head]
    first = next((i for i in range(1, len(words) - 1) if not _is_figure(words[i]) and _is_figure(words[i + 1])), 0)
    upper = next((i for i in range(1, first) if words[i] in words[i + 1 : first]), first)
    leaves = HeadingRow.of(words[upper:first])
    starts = [i for i, word in enumerate(leaves.words) if word == leaves.words[0]]
    parted = list(pairwise([*starts, len(leaves.words)]))
    if upper - 1 < _LEAST_GROUPS or len(parted) != upper - 1 or any(len(word) > _LONGEST for word in words[:first]):
        return None
    if not leaves.knows(1, of=2) or leaves.kinds.isdisjoint(_PROMISES):
        return None
    rows, after = _rows(scan, head[first - 1] + 1, len(leaves.words))
    if len(rows) < _LEAST_ROWS or not scan.closes(after):
        return None
    if any(line.text == scan.every[at].text for i, line in enumerate(scan.every) if not at <= i < after):
        return None  # headings that come again on each page: the pages are one table
    top: list[Fragments] = [cell_of(scan.every[head[0]])]
    for place, (begin, end) in enumerate(parted):
        top += [cell_of(scan.every[head[1 + place]]), *([] for _ in range(begin + 1, end))]
    below: list[Fragments] = [[], *(cell_of(scan.every[i]) for i in head[upper:first])]
    return scan.build([top, below, *rows], at), after


def _told(scan: Scan, at: int, most: int) -> Sequence[int]:
    """The next lines from ``at`` on that hold something, ``most`` of them."""
    found: list[int] = []
    while at < len(scan.every) and len(found) < most and scan.is_free(at):
        if scan.every[at].text:
            found.append(at)
        at += 1
    return found


def _rows(scan: Scan, at: int, width: int) -> tuple[list[list[Fragments]], int]:
    """The rows from ``at`` on and the line behind the last: a name, and a figure for each lower heading."""
    rows: list[list[Fragments]] = []
    while True:
        told = _told(scan, at, width + 1)
        words = [scan.every[i].text for i in told]
        named = bool(words) and len(words[0]) <= _LONGEST and not _is_figure(words[0])
        if len(words) <= width or not named or not all(map(_is_figure, words[1:])):
            return rows, at
        rows.append([cell_of(scan.every[i]) for i in told])
        at = told[-1] + 1


def _is_figure(word: str) -> bool:
    return _FIGURE.fullmatch(word) is not None
