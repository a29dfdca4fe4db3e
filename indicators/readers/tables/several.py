"""One grid that holds several tables, as forms of self-evaluation do: each begins where a row heads columns anew.

资金 | 预算数 | 执行数, then 总体目标 | 预期目标 | 实际完成情况, then 三级指标 | 指标值 | 完成值, all in one frame.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indicators.readers.tables.heading_row import HeadingRow, is_heading_row
from indicators.readers.tables.shape import RawCell, by_rows, compact

_FIGURE = re.compile(r"\d")
_LONGEST = 20
"""Characters of a heading at most."""
_KNOWN = 3
"""Headings of different kinds that a row of headings has at least, unless it only parts promise and answer."""


def tables_of(cells: Sequence[RawCell]) -> list[list[RawCell]]:
    """The cells of each table of the grid, their rows counted from 0; one list where the grid is one table."""
    rows = by_rows(cells)
    words = [[text for cell in row if (text := compact(cell.text))] for row in rows]
    starts = [0]
    for at in range(1, len(rows) - 1):
        told = any(map(_tells, words[starts[-1] : at]))
        if told and words[at] not in words[:at] and _heads_anew(words[at]):
            starts.append(at)
    ends = [*starts[1:], len(rows)]
    return [_cut(cells, first, after) for first, after in zip(starts, ends, strict=True)]


def _tells(words: Sequence[str]) -> bool:
    """Whether a row is no heading: it holds figures or sentences."""
    return not is_heading_row(words) and any(_FIGURE.search(word) or len(word) > _LONGEST for word in words)


def _heads_anew(words: Sequence[str]) -> bool:
    """Whether a row amid a grid heads the columns of what follows."""
    if not is_heading_row(words) or sum(word[:1].isdigit() for word in words) * 3 > len(words):
        return False
    heads = HeadingRow.of(words)
    known = heads.known - heads.roles.count("category")
    if len(words) >= _KNOWN:
        return known >= _KNOWN and len(set(heads.roles)) >= _KNOWN
    return known == len(words) and heads.promises and heads.tells


def _cut(cells: Sequence[RawCell], first: int, after: int) -> list[RawCell]:
    """The cells that begin in these rows; one that spans further ends with them."""
    return [
        replace(cell, row=cell.row - first, rowspan=min(cell.rowspan, after - cell.row))
        for cell in cells
        if first <= cell.row < after
    ]
