"""Tables whose cells are parted by a mark of running text: 指标，目标，完成 or 指标/目标/完成, rows in the same way.

The headings must all but one in four be known, for running text uses these marks, too; and each row has as many cells.
"""

from __future__ import annotations

import re
from functools import partial

from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout import fields
from indicators.readers.layout.lines import Line
from indicators.readers.layout.pieces import Fragments
from indicators.readers.tables.heading_row import HeadingRow
from indicators.readers.tables.headings import column_role
from indicators.schema.source import Table, join

_FIRST = re.compile(r'["“]?([^,，;；/／、|\t"”]{1,12})["”]?([,，;；/／、])')
_LEAST_COLUMNS = 3
_LEAST_ROWS = 2
_LONGEST = 16
"""Characters of a heading at most."""
_MOST_BLANK = 1
"""Blank lines at most between two rows."""


def find_tables(scan: Scan) -> Found:
    """Tables of cells parted by commas, semicolons, strokes or enumeration commas."""
    return scan.tables(partial(_table, scan), _opens)


def _opens(line: Line) -> bool:
    """Whether a heading and a mark open the line."""
    first = _FIRST.match(line.text)
    return first is not None and line.text.count(first[2]) >= _LEAST_COLUMNS - 1 and column_role(first[1]) != "other"


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    """The table headed by line ``at`` and the line behind it."""
    first = _FIRST.match(scan.every[at].text)
    assert first is not None
    heads = _cells(scan, at, first[2])
    words = [join(scan.text, head).text for head in heads]
    if len(words) < _LEAST_COLUMNS or not all(0 < len(word) <= _LONGEST for word in words):
        return None
    known = HeadingRow.of(words)
    if not (known.knows(3, of=4) and (known.names or known.promises) and known.tells):
        return None
    rows = [heads]
    here = after = at + 1
    while here < len(scan.every) and scan.is_free(here) and here - after <= _MOST_BLANK:
        if scan.every[here].text:
            cells = _cells(scan, here, first[2])
            if not len(heads) - 1 <= len(cells) <= len(heads):
                break
            rows.append(cells)
            after = here + 1
        here += 1
    return (scan.build(rows, at, header=1), after) if len(rows) > _LEAST_ROWS else None


def _cells(scan: Scan, at: int, mark: str) -> list[Fragments]:
    line = scan.every[at]
    rows = fields.split(scan.text, line.start, line.end, mark)
    return rows[0] if rows else []
