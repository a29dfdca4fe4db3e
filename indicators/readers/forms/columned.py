"""Tables read out column by column: each heading with all its cells, a cell a line or all of them on one.

The columns of figures and units tell how many rows there are. The column of names may hold lines for sections as well,
which the others have no cells for. Only a table whose columns all come out as long is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from indicators.readers.forms.celled import opens, told
from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout.lines import Line, is_layout
from indicators.readers.layout.numbering import CHAPTERS, numbered
from indicators.readers.layout.pieces import Fragments, cell_of, cells_of, pieces_of, words_of
from indicators.readers.layout.words import is_figure
from indicators.readers.tables.heading_row import MEASURED, NAMES, HeadingRow
from indicators.readers.tables.headings import ColumnRole, column_role, is_unit
from indicators.schema.source import Table

_LEAST_COLUMNS = 3
_LEAST_ROWS = 3
_MOST_ROWS = 60
_MOST_COLUMNS = 9
_LONGEST = 40
_SENTENCE = re.compile(r"[。；]|[：:]$")
_BARE = re.compile(r"[≥≤><=＝≧≦＜＞约]?\d[\d,.]*\S{0,6}")
_SHORT = 2
_SURE = 0.7
"""The share of cells that hold what their heading says."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its heading and the cells below, each a line of its own."""

    heading: Line
    cells: Sequence[Line]


def find_tables(scan: Scan) -> Found:
    """Tables printed column by column."""
    found = scan.tables(lambda at: _table(scan, at), lambda line: opens(line) and column_role(told(line)) in _FIRST)
    rest = scan.without(found)
    return found + rest.tables(lambda at: _lined(rest, at), _opens_column)


_FIRST: frozenset[ColumnRole] = NAMES | {"number"}
"""What the first column holds."""


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    lines = _lines(scan, at)
    for rows in _lengths(lines):
        columns = _columns(lines, rows)
        heads = HeadingRow.of(told(column.heading) for column in columns)
        if len(columns) < _LEAST_COLUMNS or not (heads.names and heads.promises):
            continue  # what answers may have a heading that the lexicon does not know
        last = columns[-1].cells[-1]
        grid: list[list[Fragments]] = [[cell_of(column.heading) for column in columns]]
        grid += [[cell_of(column.cells[row]) for column in columns] for row in range(rows)]
        after = next(i for i in range(at, len(scan.every)) if scan.every[i].start == last.start and scan.every[i].text)
        return scan.build(grid, at, header=1), after + 1
    return None


def _opens_column(line: Line) -> bool:
    """Whether a line begins with the heading of names, and words follow that are none."""
    words = line.text.split(maxsplit=_LEAST_ROWS)
    if len(words) <= _LEAST_ROWS - 1 or len(words[0]) > _LONGEST or column_role(words[0]) not in _FIRST:
        return False
    return all(column_role(word) == "other" for word in words[1:_LEAST_ROWS])


def _lined(scan: Scan, at: int) -> tuple[Table, int] | None:
    """The table whose columns are lines from ``at`` on, and the line behind it: 目标 40 18 25 / 完成 46 16 25."""
    columns: list[list[Fragments]] = []
    words: list[list[str]] = []
    after = at
    while after < len(scan.every) and scan.is_free(after):
        line = scan.every[after]
        pieces = pieces_of(line)
        if len(pieces) < _LEAST_ROWS or (words and len(pieces) != len(words[0])) or "\t" in line.text:
            break
        columns.append(cells_of(line, pieces))
        words.append(words_of(line, pieces))
        after += 1
    heads = HeadingRow.of(column[0] for column in words)
    if len(columns) < _LEAST_COLUMNS or not (heads.names and heads.promises and heads.tells and heads.knows(3, of=4)):
        return None
    if not all(_fits(role, column[1:]) for role, column in zip(heads.roles, words, strict=True)):
        return None
    return scan.build(list(zip(*columns, strict=True)), at, header=1), after


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
    """How many rows there may be: as many as stand below the first heading, or one of figures or units."""
    known = [i for i, line in enumerate(lines) if opens(line)]
    spans = [b - a - 1 for a, b in pairwise(known) if _holds(column_role(told(lines[a]))) or not a]
    figure = next((i for i, line in enumerate(lines) if is_figure(line.text)), 0)
    spans = [*spans[:_MOST_COLUMNS], figure - 2]  # names, and a heading that the lexicon does not know
    return [rows for rows in dict.fromkeys(spans) if _LEAST_ROWS <= rows <= _MOST_ROWS]


def _holds(role: ColumnRole) -> bool:
    return role == "unit" or role in MEASURED


def _columns(lines: Sequence[Line], rows: int) -> list[_Column]:
    """The columns of so many rows that the lines begin with.

    A heading that the lexicon does not know may stand over figures behind one that it does.
    """
    columns: list[_Column] = []
    at = 0
    while at < len(lines) and len(columns) < _MOST_COLUMNS:
        known = opens(lines[at])
        role = column_role(told(lines[at]))
        cells = list(lines[at + 1 : at + 1 + rows])
        if role in NAMES and at + 1 + rows < len(lines) and not opens(lines[at + 1 + rows]):
            cells = list(islice((line for line in lines[at + 1 :] if not _is_section(line)), rows))
        if len(cells) < rows or not (columns or known) or is_figure(lines[at].text):
            break
        if not _fits(role if known else "target", [told(cell) for cell in cells]):
            break
        columns.append(_Column(lines[at], cells))
        at = lines.index(cells[-1], at) + 1
    return columns


def _is_section(line: Line) -> bool:
    number = numbered(line.text)
    return number is not None and number.rank in CHAPTERS


def _fits(role: ColumnRole, words: Sequence[str]) -> bool:
    """Whether cells hold what their heading says: units, figures, or names that are neither."""
    if role == "unit":
        fit = sum(is_unit(word) or (len(word) <= _SHORT and not is_figure(word)) for word in words)
    elif role in MEASURED:
        fit = sum(is_figure(word) or _BARE.fullmatch(word) is not None for word in words)
    elif role == "number":
        fit = sum(word == str(i) for i, word in enumerate(words, 1))
    elif role in NAMES:
        fit = sum(not is_figure(word) and not is_unit(word) and column_role(word) == "other" for word in words)
    else:
        return True
    return fit >= _SURE * len(words)
