"""``<table>`` markup inside a plain text: its cells as a table, with offsets into the text as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indicators.readers.files.guard import check_cells
from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout import markup
from indicators.readers.layout.lines import Line
from indicators.readers.tables import grid
from indicators.readers.tables.heading_row import is_heading_row
from indicators.schema.source import Cell, Passage, Place, Table
from indicators.settings import Limits

_TABLE = re.compile(r"<(/?)table\b[^<>]{0,2000}>", re.IGNORECASE)
_PART = re.compile(r"<(/?)(tr|td|th)\b([^<>]{0,2000})>", re.IGNORECASE)
_SPAN = re.compile(r"\b(row|col)span\s*=\s*[\"']?\s*(\d{1,4})", re.IGNORECASE)
_MAX_SPAN = 1000


@dataclass(slots=True)
class _Open:
    start: int
    rowspan: int
    colspan: int
    heading: bool


def find_tables(scan: Scan) -> Found:
    """Tables written as markup. A table inside a cell is that cell's text."""
    text, every = scan.text, scan.every
    if "<" not in text:
        return []
    tables: Found = []
    depth, start = 0, 0
    for tag in _TABLE.finditer(text, every[0].start if every else 0):
        if tag[1]:
            depth = max(0, depth - 1)
            if depth == 0 and start:
                made = _table(text, start, tag.start(), scan.limits, scan.name)
                first, after = _lines(every, start, tag.end())
                if made is not None and first < after and not scan.meets(first, after):
                    tables.append((first, after, made))
                start = 0
        else:
            depth += 1
            if depth == 1:
                start = tag.end()
    return tables or _without_table(scan)


def _without_table(scan: Scan) -> Found:
    """Rows whose ``<table>`` was cut away: from the first ``<tr>`` to the last cell."""
    rows = [tag for tag in _PART.finditer(scan.text) if tag[2].lower() == "tr"]
    if not rows or _TABLE.search(scan.text):
        return []
    *_, last = _PART.finditer(scan.text)
    first, after = _lines(scan.every, rows[0].start(), last.end())
    made = _table(scan.text, rows[0].start(), last.end(), scan.limits, scan.name)
    return [(first, after, made)] if made is not None and first < after else []


def _lines(every: Sequence[Line], start: int, end: int) -> tuple[int, int]:
    """The lines that the stretch touches."""
    inside = [at for at, line in enumerate(every) if line.text and line.start < end and line.end > start]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _spans(attributes: str) -> tuple[int, int]:
    found = {kind.lower(): min(max(int(size), 1), _MAX_SPAN) for kind, size in _SPAN.findall(attributes)}
    return found.get("row", 1), found.get("col", 1)


def _rows(text: str, start: int, end: int) -> list[list[tuple[_Open, int]]]:
    """The cells of each row as (cell, where it ends); end tags may be left out."""
    rows: list[list[tuple[_Open, int]]] = []
    cell: _Open | None = None
    depth = 0
    at = start
    inner = [(tag.start(), tag.end(), tag[1]) for tag in _TABLE.finditer(text, start, end)]
    for part in _PART.finditer(text, start, end):
        while inner and inner[0][0] < part.start():
            depth += -1 if inner[0][2] else 1
            inner.pop(0)
        if depth > 0:
            continue
        if cell is not None:
            rows[-1].append((cell, part.start()))
            cell = None
        closing, kind = part[1], part[2].lower()
        if kind == "tr":
            if not closing:
                rows.append([])
        elif not closing:
            if not rows:
                rows.append([])
            cell = _Open(part.end(), *_spans(part[3]), kind == "th")
        at = part.end()
    if cell is not None and at <= end:
        rows[-1].append((cell, end))
    return [row for row in rows if row]


def _table(text: str, start: int, end: int, limits: Limits, name: str) -> Table | None:
    rows = _rows(text, start, end)
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return None
    check_cells(sum(map(len, rows)), name, limits)
    filled: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    words: list[list[str]] = []
    n_cols = 0
    for r, row in enumerate(rows):
        c = 0
        words.append([])
        for cell, stop in row:
            while (r, c) in filled:
                c += 1
            tall = min(cell.rowspan, len(rows) - r)
            covered = {(r + i, c + j) for i in range(tall) for j in range(cell.colspan)}
            filled |= covered
            check_cells(len(filled), name, limits)
            passage: Passage = markup.passage(text, [(cell.start, stop)])
            place = Place(cell=f"r{r + 1}c{c + 1}")
            cells.append(Cell(r, c, passage, tall, cell.colspan, cell.heading, place))
            words[-1].append(passage.text)
            c += cell.colspan
            n_cols = max(n_cols, c)
    header = _header_rows(cells, words)
    cells = [Cell(c.row, c.col, c.passage, c.rowspan, c.colspan, c.row < header, c.place) for c in cells]
    return Table(tuple(cells), len(rows), n_cols, header)


def _header_rows(cells: Sequence[Cell], words: Sequence[Sequence[str]]) -> int:
    """Heading rows: those of ``<th>``, those that the lexicon knows, and what hangs below by a span."""
    heads = {cell.row for cell in cells if cell.header}
    count = 0
    while count < min(4, len(words) - 1) and (count in heads or is_heading_row(words[count])):
        count += 1
    if count:
        reach = max(cell.row + cell.rowspan for cell in cells if cell.row < count)
        count = max(count, min(reach, 4, len(words) - 1)) if reach <= 4 else count
    return count or grid.header_count(words)
