"""What the shape of a table tells without knowing its words: which rows are headings, which name the table."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from indicators.schema.source import Place

MAX_HEADER_ROWS = 4
_MAX_HEADING_CHARS = 24


_NOWHERE = Place()


@dataclass(slots=True)
class RawCell:
    """A cell before its text has a place in ``Source.text``; ``row`` and ``col`` count from 0."""

    row: int
    col: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    header: bool = False
    place: Place = _NOWHERE


# Digits that name a period or a thing (2022年, 1-11月, 5G) may stand in a heading, measured ones may not.
_NAMING_DIGITS = regex.compile(
    r"\d{1,4}\s*(?:[-—–~至]\s*\d{1,2})?\s*(?:年|月|季度|日|号)|[12]\d{3}(?!\d)|\d+(?=\p{Latin})|(?<=\p{Latin})\d+|[(（][^()（）]*[)）]"
)
_NOT_HEADING = regex.compile(r"\d|[。；;√×✓☑■]|^[%‰.,，\-—–/\\]+$")


def compact(text: str) -> str:
    """``text`` without white space: what two cells are compared by."""
    return "".join(text.split())


def _heading_like(text: str) -> bool:
    """Whether ``text`` could head a column: short, without figures and sentences. Empty text could not."""
    bare = compact(text)
    if not bare or len(bare) > _MAX_HEADING_CHARS:
        return False
    return _NOT_HEADING.search(_NAMING_DIGITS.sub("", bare)) is None


def tighten(cells: Sequence[RawCell]) -> list[RawCell]:
    """The cells, changed in place, without rows and columns in which no cell begins: ``colspan=1000`` costs nothing."""
    row_starts, col_starts = sorted({cell.row for cell in cells}), sorted({cell.col for cell in cells})
    if row_starts == list(range(len(row_starts))) and col_starts == list(range(len(col_starts))):
        rows, cols = len(row_starts), len(col_starts)
        for cell in cells:
            cell.rowspan, cell.colspan = min(cell.rowspan, rows - cell.row), min(cell.colspan, cols - cell.col)
        return list(cells)
    for cell in cells:
        row, col = bisect_left(row_starts, cell.row), bisect_left(col_starts, cell.col)
        cell.rowspan = max(1, bisect_left(row_starts, cell.row + cell.rowspan) - row)
        cell.colspan = max(1, bisect_left(col_starts, cell.col + cell.colspan) - col)
        cell.row, cell.col = row, col
    return list(cells)


def by_rows(cells: Sequence[RawCell]) -> list[list[RawCell]]:
    """The cells that begin in each row, from left to right."""
    rows: list[list[RawCell]] = [[] for _ in range(max((cell.row for cell in cells), default=-1) + 1)]
    for cell in cells:
        rows[cell.row].append(cell)
    for row in rows:
        row.sort(key=lambda cell: cell.col)
    return rows


def _names_table(row: list[RawCell], n_cols: int) -> bool:
    filled = [cell for cell in row if compact(cell.text)]
    if any(cell.rowspan > 1 for cell in filled):
        return False
    if len(filled) == 1:
        return True
    # 填报单位：××局 | | | 单位：万元
    return 1 < len(filled) < n_cols and len(filled) <= 3 and all(regex.search("[:：]", c.text) for c in filled)


def naming_rows(cells: Sequence[RawCell]) -> int:
    """How many rows at the top name the table (title, unit, who reports) instead of heading its columns."""
    rows = by_rows(cells)
    n_cols = max((cell.col + cell.colspan for cell in cells), default=0)
    if n_cols < 2:
        return 0
    count = 0
    while count < min(4, len(rows) - 2) and _names_table(rows[count], n_cols):
        count += 1
    if not count or sum(1 for cell in rows[count] if compact(cell.text)) < 2:
        return 0
    return count


def header_rows(cells: Sequence[RawCell]) -> int:
    """How many rows at the top are headings, told from spans and from what figures look like."""
    rows = by_rows(cells)
    if len(rows) < 2:
        return 0
    top = [cell for cell in rows[0] if compact(cell.text)]
    if len(top) < 2 or not all(_heading_like(cell.text) for cell in top):
        return 0
    if any(compact(cell.text).endswith(("：", ":")) for cell in top):
        return 0
    count = 1
    while count < min(MAX_HEADER_ROWS, len(rows) - 1):
        reaches = any(cell.row + cell.rowspan > count for row in rows[:count] for cell in row)
        grouped = any(cell.colspan > 1 for row in rows[:count] for cell in row) and count < 3
        below = [cell for cell in rows[count] if compact(cell.text)]
        if not (reaches or grouped) or not below or not all(_heading_like(cell.text) for cell in below):
            break
        if not reaches and len(below) < 2:
            break
        count += 1
    told = [cell for row in rows[count:] for cell in row if compact(cell.text)]
    if any(not _heading_like(cell.text) for cell in told):
        return count
    full = sum(cell.colspan for cell in top) == max(cell.col + cell.colspan for cell in cells)
    return count if full else 0
