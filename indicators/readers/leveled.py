"""Tables of figures whose cells stand on a line each under headings of two levels.

地区 / 新增就业 / 再就业 / 目标 / 完成 / 目标 / 完成 / 云山县 / 12 / 13 / 4 / 5: the upper headings come first, then the
lower ones, which repeat for each of them, then the rows: a name and as many figures as there are lower headings. A row
whose lines are further apart in one place has blank cells there. The heading of the names stands first, or below the
upper headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indicators.readers.heading_row import FIGURES, NAMES, HeadingRow
from indicators.readers.headings import column_role, parse_heading, squeeze
from indicators.readers.pieces import Fragments, cell_of
from indicators.readers.scan import Found, Scan
from indicators.schema.source import Table

_FIGURE = re.compile(r"[+-]?\d[\d,.]*[%％]?|[—–/-]+")
_LEAST_GROUPS = 2
_LEAST_ROWS = 2
_LEAST_FIGURES = 3
"""Figures of a row at least that has blank cells."""
_LONGEST = 20
_MOST_UPPERS = 7
"""Upper headings at most that stand above the heading of the names, and that heading."""
_ENDS = ("。", "；", "，", "：", ":")
"""Characters of a heading or a name at most."""
_WIDEST = 40
"""Headings of both levels at most."""
_PROMISES = FIGURES | {"task"}
"""What one of the lower headings is at least: 目标任务 over figures is a promise, too."""


def find_tables(scan: Scan) -> Found:
    """Tables of cells on lines of their own below headings of two levels."""
    begins = _begins(scan)
    return scan.tables(lambda at: _table(scan, at), lambda line: line.start in begins) if begins else []


def _begins(scan: Scan) -> set[int]:
    """Where the lines start that such a table may begin with: a few short lines above the heading of the names.

    Most texts have no such heading, and every short line of the others would be looked at.
    """
    begins: set[int] = set()
    above: list[int] = []
    for line in scan.every:
        if not line.text:
            continue
        if not _may_head(line.text):
            above = []
            continue
        above = [*above[1 - _MOST_UPPERS :], line.start]
        if column_role(line.text) in NAMES:
            begins.update(above)
    return begins


def _may_head(text: str) -> bool:
    return 0 < len(text) <= _LONGEST and not text.endswith(_ENDS) and not _is_figure(text)


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    named = _heading_of_names(scan, at)
    if named is None:
        return None
    head = _told(scan, at, _WIDEST)
    # The heading of the names goes first, wherever it stands.
    head = [head[named], *head[:named], *head[named + 1 :]]
    words = [squeeze(scan.every[i].text) for i in head]
    first = next((i for i in range(1, len(words) - 1) if not _is_figure(words[i]) and _is_figure(words[i + 1])), 0)
    upper = next((i for i in range(1, first) if words[i] in words[i + 1 : first]), first)
    leaves = HeadingRow.of(words[upper:first])
    starts = [i for i, word in enumerate(leaves.words) if word == leaves.words[0]]
    parted = list(pairwise([*starts, len(leaves.words)]))
    over = _over(words[1:upper], len(parted))
    if over is None or (named and upper - 1 != named) or any(len(word) > _LONGEST for word in words[:first]):
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
        top += [cell_of(scan.every[head[1 + over + place]]), *([] for _ in range(begin + 1, end))]
    below: list[Fragments] = [[], *(cell_of(scan.every[i]) for i in head[upper:first])]
    return scan.build([top, below, *rows], at), after


def _heading_of_names(scan: Scan, at: int) -> int | None:
    """Which of the lines told from ``at`` on heads the names of the rows: the first, or one a few short lines below."""
    for place, i in enumerate(_told(scan, at, _MOST_UPPERS)):
        text = scan.every[i].text
        if not _may_head(text):
            return None
        if column_role(text) in NAMES:
            return place
    return None


def _over(uppers: Sequence[str], groups: int) -> int | None:
    """The first of the upper headings that stand over the groups; ``None`` where they are not to be told.

    Where there are more (the programme above, the office below), those that print a unit name what is measured.
    """
    if groups < _LEAST_GROUPS or len(uppers) < groups:
        return None
    if len(uppers) == groups:
        return 0
    told = [i for i, word in enumerate(uppers) if parse_heading(word).unit]
    return told[0] if len(told) == groups == told[-1] - told[0] + 1 else None


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
        if not words or len(words[0]) > _LONGEST or _is_figure(words[0]):
            return rows, at
        own = told[: next((i for i, word in enumerate(words) if i and not _is_figure(word)), len(words))]
        row = _row(scan, own, width)
        if row is None:
            return rows, at
        rows.append(row)
        at = own[-1] + 1


def _row(scan: Scan, own: Sequence[int], width: int) -> list[Fragments] | None:
    """A row's cells, blank ones where its lines are furthest apart; ``None`` where it is no row."""
    cells = [cell_of(scan.every[i]) for i in own]
    missing = width + 1 - len(cells)
    if not missing:
        return cells
    apart = [b - a for a, b in pairwise(own)]
    widest = max(apart[1:], default=0)
    if len(cells) <= _LEAST_FIGURES or apart[1:].count(widest) != 1 or widest <= min(apart):
        return None
    gap = apart.index(widest, 1) + 1
    return [*cells[:gap], *([] for _ in range(missing)), *cells[gap:]]


def _is_figure(word: str) -> bool:
    return _FIGURE.fullmatch(word) is not None
