"""Comma-separated values saved as text: line after line with the same number of cells, 10,800 in quotes."""

from __future__ import annotations

from functools import partial

from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout import fields
from indicators.readers.layout.lines import Line
from indicators.readers.layout.pieces import Fragments
from indicators.readers.layout.words import is_figure
from indicators.schema.source import Table, join

_LEAST_COLUMNS = 4
_LEAST_ROWS = 3
_LEAST_HEADS = 2
_LOOK = 20


def find_tables(scan: Scan) -> Found:
    """Tables of cells parted by commas that need no known heading: their lines all have as many cells."""
    return scan.tables(partial(_table, scan), _may_be_row) if scan.text.count(",") >= _LEAST_COLUMNS else []


def _may_be_row(line: Line) -> bool:
    return line.text.count(",") >= _LEAST_COLUMNS - 1 and "。" not in line.text


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    """The table that begins at line ``at`` and the line behind it."""
    rows: list[list[Fragments]] = []
    figures = 0
    after = at
    while after < len(scan.every) and scan.is_free(after) and _may_be_row(scan.every[after]):
        line = scan.every[after]
        told = fields.split(scan.text, line.start, line.end, ",")
        # A line of nothing but commas gives no row and ends the table.
        if len(told) != 1 or (rows and len(told[0]) != len(rows[0])):
            break
        rows.append(told[0])
        figures += any(is_figure(join(scan.text, cell).text) for cell in told[0])
        after += 1
        if len(rows) == _LOOK and figures < _LEAST_ROWS - 1:  # lists of words; they may go on for long
            return None
    if not rows or sum(bool(join(scan.text, cell).text) for cell in rows[0]) < _LEAST_HEADS:  # a title above the table
        return None
    if len(rows) < _LEAST_ROWS or len(rows[0]) < _LEAST_COLUMNS or figures < _LEAST_ROWS - 1:
        return None
    return scan.build(rows, at), after
