"""Tables read out column by column, a cell a line: each heading with all its cells below, and then the next heading.

The columns of figures and units tell how many rows there are. The column of names may hold lines for sections as well,
which the others have no cells for. Only a table whose columns all come out as long is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from indicators.readers.celled import opens, told
from indicators.readers.heading_row import NAMES, HeadingRow
from indicators.readers.headings import ColumnRole, column_role, is_unit
from indicators.readers.lines import Line, is_layout
from indicators.readers.numbering import numbered
from indicators.readers.pieces import Fragments, cell_of
from indicators.readers.scan import Found, Scan
from indicators.readers.words import is_figure
from indicators.schema.source import Table

_LEAST_COLUMNS = 3
_LEAST_ROWS = 3
_MOST_ROWS = 60
_MOST_COLUMNS = 9
_LONGEST = 40
_CHAPTERS = (2, 3)
"""Ranks of the numbers of sections: 一、 and （一）."""
_SENTENCE = re.compile(r"[。；]|[：:]$")
_BARE = re.compile(r"[≥≤><=＝≧≦＜＞约]?\d[\d,.]*\S{0,6}")
_FIGURED: frozenset[ColumnRole] = frozenset(("target", "actual", "completion", "baseline", "growth", "score", "weight"))
_SURE = 0.7
"""The share of cells that hold what their heading says."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its heading and the cells below, each a line of its own."""

    heading: Line
    cells: Sequence[Line]


def find_tables(scan: Scan) -> Found:
    """Tables printed column by column."""
    return scan.tables(lambda at: _table(scan, at), lambda line: opens(line) and column_role(told(line)) in _FIRST)


_FIRST: frozenset[ColumnRole] = NAMES | {"number"}
"""What the first column holds."""


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    lines = _lines(scan, at)
    for rows in _lengths(lines):
        columns = _columns(lines, rows)
        heads = HeadingRow.of(told(column.heading) for column in columns)
        if len(columns) < _LEAST_COLUMNS or not (heads.names and heads.promises and heads.tells):
            continue
        last = columns[-1].cells[-1]
        grid: list[list[Fragments]] = [[cell_of(column.heading) for column in columns]]
        grid += [[cell_of(column.cells[row]) for column in columns] for row in range(rows)]
        after = next(i for i in range(at, len(scan.every)) if scan.every[i].start == last.start and scan.every[i].text)
        return scan.build(grid, at, header=1), after + 1
    return None


def _lines(scan: Scan, at: int) -> list[Line]:
    """The lines from ``at`` on that may be cells; blank ones and page numbers are none."""
    found: list[Line] = []
    most = at + _MOST_COLUMNS * _MOST_ROWS
    for i, line in enumerate(islice(scan.every, at, most), at):
        if not scan.is_free(i) or len(line.text) > _LONGEST or _SENTENCE.search(line.text) or "\t" in line.text:
            break
        if line.text and (is_figure(line.text) or not is_layout(line)):
            found.append(line)
    return found


def _lengths(lines: Sequence[Line]) -> list[int]:
    """How many rows there may be: as many as stand between two headings of which the first is of figures or units."""
    known = [i for i, line in enumerate(lines) if opens(line)]
    spans = [b - a - 1 for a, b in pairwise(known) if _holds(column_role(told(lines[a])))]
    return [rows for rows in dict.fromkeys(spans[:_MOST_COLUMNS]) if _LEAST_ROWS <= rows <= _MOST_ROWS]


def _holds(role: ColumnRole) -> bool:
    return role == "unit" or role in _FIGURED


def _columns(lines: Sequence[Line], rows: int) -> list[_Column]:
    """The columns of so many rows that the lines begin with."""
    columns: list[_Column] = []
    at = 0
    while at < len(lines) and opens(lines[at]) and len(columns) < _MOST_COLUMNS:
        role = column_role(told(lines[at]))
        cells = list(islice((line for line in lines[at + 1 :] if not (role in NAMES and _is_section(line))), rows))
        if len(cells) < rows or not _fits(role, [told(cell) for cell in cells]):
            break
        columns.append(_Column(lines[at], cells))
        at = lines.index(cells[-1], at) + 1
    return columns


def _is_section(line: Line) -> bool:
    number = numbered(line.text)
    return number is not None and number.rank in _CHAPTERS


def _fits(role: ColumnRole, words: Sequence[str]) -> bool:
    """Whether cells hold what their heading says: units, figures, or names that are neither."""
    if role == "unit":
        fit = sum(map(is_unit, words))
    elif role in _FIGURED:
        fit = sum(is_figure(word) or _BARE.fullmatch(word) is not None for word in words)
    elif role == "number":
        fit = sum(word == str(i) for i, word in enumerate(words, 1))
    elif role in NAMES:
        fit = sum(not is_figure(word) and not is_unit(word) and column_role(word) == "other" for word in words)
    else:
        return True
    return fit >= _SURE * len(words)
