"""Tables whose cells are parted by a mark of running text: 指标，目标，完成 or 指标/目标/完成, rows in the same way.

Running text uses these marks, too. So the headings must all but one in four be known, and each row has as many cells;
or it is comma-separated values saved as text, line after line with the same number of cells (10,800 in quotes).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout import fields
from indicators.readers.layout.lines import Line
from indicators.readers.layout.pieces import Fragments
from indicators.readers.layout.words import is_figure
from indicators.readers.tables.heading_row import TOLD, HeadingRow, told_anew
from indicators.readers.tables.headings import column_role
from indicators.schema.source import Table, join

_FIRST = re.compile(r'["“]?([^,，;；/／、|｜\t"”]{1,12})["”]?([,，;；/／、｜])')
_LEAST_COLUMNS = 3
_LEAST_ROWS = 2
_LONGEST = 16
"""Characters of a heading at most."""
_MOST_BLANK = 1
"""Blank lines at most between two rows."""
_LEAST_VALUES = 4
"""Columns at least of comma-separated values."""
_LEAST_LINES = 3
_LEAST_HEADS = 2
_LOOK = 20
"""Lines after which values are given up that hold no figures: lists of words may go on for long."""


def find_tables(scan: Scan) -> Found:
    """Tables of cells parted by commas, semicolons, strokes or enumeration commas."""
    found = scan.tables(partial(_headed, scan), _opens)
    if scan.text.count(",") < _LEAST_VALUES:
        return found
    rest = scan.without(found)
    return found + rest.tables(partial(_values, rest), _may_be_values)


def _opens(line: Line) -> bool:
    """Whether a heading and a mark open the line."""
    first = _FIRST.match(line.text)
    return first is not None and line.text.count(first[2]) >= _LEAST_COLUMNS - 1 and column_role(first[1]) != "other"


def _headed(scan: Scan, at: int) -> tuple[Table, int] | None:
    """The table with the known headings of line ``at`` and the line behind it."""
    first = _FIRST.match(scan.every[at].text)
    assert first is not None
    heads = _cells(scan, at, first[2])
    rows = [heads, *_lower(scan, at + 1, first[2], heads)]
    if len(rows) == 1 and not _speak([join(scan.text, head).text for head in heads]):
        return None
    here = after = at + len(rows)
    while here < len(scan.every) and scan.is_free(here) and here - after <= _MOST_BLANK:
        if scan.every[here].text:
            cells = _cells(scan, here, first[2])
            if not len(heads) - 1 <= len(cells) <= len(heads):
                break
            rows.append(cells)
            after = here + 1
        here += 1
    count = None if after == at or len(rows) <= _LEAST_ROWS else 1 if _one_level(scan, rows) else 2
    return (scan.build(rows, at, header=count), after) if count else None


def _one_level(scan: Scan, rows: Sequence[list[Fragments]]) -> bool:
    return all(join(scan.text, head).text for head in rows[0])


def _speak(words: Sequence[str]) -> bool:
    """Whether the words head the columns of a table of promises and answers."""
    if len(words) < _LEAST_COLUMNS or not all(0 < len(word) <= _LONGEST for word in words):
        return False
    known = HeadingRow.of(words)
    tells = known.tells or "completion" in known.kinds
    return known.knows(3, of=4) and (known.names or known.promises) and tells


def _lower(scan: Scan, at: int, mark: str, heads: Sequence[Fragments]) -> list[list[Fragments]]:
    """The line of lower headings, told again under each upper one, where the upper ones leave cells blank."""
    cells = _cells(scan, at, mark) if at < len(scan.every) and scan.every[at].text else []
    told = [[join(scan.text, cell).text for cell in row] for row in (heads, cells)]
    if len(cells) != len(heads) or all(told[0]):
        return []
    upper, leaves = ([word for word in words if word] for words in told)
    if any(len(word) > _LONGEST for word in (*upper, *leaves)) or not told_anew(leaves):
        return []
    roles = HeadingRow.of((*upper, *leaves)).kinds
    return [cells] if "target" in roles and not roles.isdisjoint(TOLD) else []


def _cells(scan: Scan, at: int, mark: str) -> list[Fragments]:
    """The cells of a line; none where it holds nothing but marks."""
    line = scan.every[at]
    rows = fields.split(scan.text, line.start, line.end, mark)
    return rows[0] if rows else []


def _may_be_values(line: Line) -> bool:
    return line.text.count(",") >= _LEAST_VALUES - 1 and "。" not in line.text


def _values(scan: Scan, at: int) -> tuple[Table, int] | None:
    """The table of comma-separated values that begins at line ``at``, known headings or not, and the line behind it."""
    rows: list[list[Fragments]] = []
    figures = 0
    after = at
    while after < len(scan.every) and scan.is_free(after) and _may_be_values(scan.every[after]):
        cells = _cells(scan, after, ",")
        if not cells or (rows and len(cells) != len(rows[0])):
            break
        rows.append(cells)
        figures += any(is_figure(join(scan.text, cell).text) for cell in cells)
        after += 1
        if len(rows) == _LOOK and figures < _LEAST_LINES - 1:
            return None
    if not rows or sum(bool(join(scan.text, cell).text) for cell in rows[0]) < _LEAST_HEADS:  # a title above the table
        return None
    if len(rows) < _LEAST_LINES or len(rows[0]) < _LEAST_VALUES or figures < _LEAST_LINES - 1:
        return None
    return scan.build(rows, at), after
