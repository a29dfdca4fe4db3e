"""Tables laid out by blanks, cells wrapped side by side (``pdftotext -layout``): columns by what is blank in all lines.

Only a clear table is read: as many columns as headings, numbered rows, each cell begun on its row's first line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout.lines import Line, width
from indicators.readers.layout.pieces import Fragments, parts, words_of
from indicators.readers.layout.places import Measure, cells_at, columns_of, ragged
from indicators.readers.tables.heading_row import HeadingRow
from indicators.schema.source import Table

_NUMBER = re.compile(r"\d{1,3}")
_MAX_BLANK_LINES = 2
_MAX_LINES = 2000


def _heads(line: Line) -> bool:
    words = words_of(line, parts(line))
    if len(words) < 3 or any(len(word) > 14 for word in words):
        return False
    heads = HeadingRow.of(words)
    return heads.roles[0] == "number" and len(heads.kinds) >= 3 and heads.knows(2, of=3)


def _body(scan: Scan, first: int) -> list[Line]:
    """The lines below the headings up to one that stands in a single stretch at the left margin, or a wide gap."""
    every = scan.every
    left = every[first].indent
    body: list[Line] = []
    blank = 0
    for at in range(first + 1, min(len(every), first + _MAX_LINES)):
        line = every[at]
        if not scan.is_free(at):
            break
        if not line.text:
            blank += 1
            if blank > _MAX_BLANK_LINES:
                break
            continue
        single = len(parts(line)) == 1
        if single and line.indent <= left + 1 and not _NUMBER.fullmatch(line.text):
            break
        blank = 0
        body.append(line)
    return body


def _rows(text: str, body: Sequence[Line], starts: Sequence[int], measure: Measure) -> list[list[Fragments]] | None:
    """The rows, each begun by its number; ``None`` where a cell begins above or below its row's first line."""
    rows: list[list[Fragments]] = []
    last = 0
    for line in body:
        cells = cells_at(line, starts, measure)
        if cells[0]:
            (start, end), *more = cells[0]
            number = text[start:end]
            if more or not _NUMBER.fullmatch(number) or int(number) <= last:
                return None
            last = int(number)
            rows.append(cells)
            continue
        if not rows or any(cell and not rows[-1][col] for col, cell in enumerate(cells)):
            return None
        for whole, cell in zip(rows[-1], cells, strict=True):
            whole += cell
    return rows


def find_tables(scan: Scan) -> Found:
    """Tables of aligned columns with wrapped cells."""
    return scan.tables(lambda at: _table(scan, at), lambda line: "  " in line.text and _heads(line))


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    """The table headed by line ``at`` and the line after it."""
    every, head = scan.every, scan.every[at]
    words = set(words_of(head, parts(head)))
    body = _body(scan, at)
    printed = [line for line in body if set(words_of(line, parts(line))) != words]
    # Some writers count a Chinese character as one place, others as two.
    for measure in sorted((len, width), key=lambda measure: ragged(printed, measure)):
        starts = columns_of([head, *printed], measure)
        if any(len(cell) != 1 for cell in cells_at(head, starts, measure)):
            continue
        rows = _rows(scan.text, printed, starts, measure)
        if rows is not None and 2 <= len(rows) < len(printed):
            table = scan.build([cells_at(head, starts, measure), *rows], at)
            after = next(i for i in range(at + 1, len(every)) if every[i].start == body[-1].start and every[i].text) + 1
            return table, after
    return None
