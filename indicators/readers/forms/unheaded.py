"""Tables that print no headings: rows of points (数量 培训人次≥300 320 10 10), and names above their figures.

A line of names and below it a line of as many figures belong together where the line above announces them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout.lines import Line
from indicators.readers.layout.pieces import Fragments, cells_of, pieces_of, words_of
from indicators.readers.tables.headings import column_role, is_category
from indicators.rulebook import phrase
from indicators.schema.source import Table

_POINTS = re.compile(r"\d{1,3}(?:\.\d+)?")
_FIGURE = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?[%％]?")
_DIGIT = re.compile(r"\d")
_NAME = re.compile("[\u4e00-\u9fff]{2,7}")
_ANNOUNCES = re.compile(r"[:：]$|[（(][^（）()]{1,12}[)）]$")
_LEAST_ROWS = 3
_LEAST_TOKENS = 5
_LEAST_NAMES = 3
_LONGEST = 120
"""Characters of such a row at most."""


def find_tables(scan: Scan) -> Found:
    """Rows of points, then names above figures."""
    found = scan.tables(lambda at: _points(scan, at), _is_row)
    rest = scan.without(found)
    return found + rest.tables(lambda at: _named(rest, at), _names)


def _is_row(line: Line) -> bool:
    """Whether a line begins with a group of indicators and ends in points, no more earned than may be."""
    words = line.text.split() if len(line.text) <= _LONGEST and line.text[-1:].isdigit() else []
    if len(words) < _LEAST_TOKENS or not is_category(words[0]):
        return False
    most, got = words[-2:]
    return bool(_POINTS.fullmatch(most) and _POINTS.fullmatch(got)) and float(got) <= float(most)


def _points(scan: Scan, at: int) -> tuple[Table, int] | None:
    """The rows from line ``at`` on: between the group and the answer stand a name and the figure promised for it."""
    rows: list[list[Fragments]] = []
    after = at
    while after < len(scan.every) and scan.is_free(after) and _is_row(scan.every[after]):
        line = scan.every[after]
        pieces = pieces_of(line)
        begin, end = pieces[1][0], pieces[-4][1]
        promise = phrase("tables", "ends_in_promise").search(line.text, begin, end)
        at_promise = promise.start() if promise else end
        row = [pieces[0], (begin, at_promise), (at_promise, end), *pieces[-3:]]
        rows.append([cell if a < b else [] for (a, b), cell in zip(row, cells_of(line, row), strict=True)])
        after += 1
    return (scan.build(rows, at, header=0), after) if len(rows) >= _LEAST_ROWS else None


def _names(line: Line) -> bool:
    """Whether a line holds names and nothing else, none of them a heading."""
    words = line.text.split() if not _DIGIT.search(line.text) else []
    if len(words) < _LEAST_NAMES or not all(map(_NAME.fullmatch, words)):
        return False
    return all(column_role(word) == "other" for word in words)


def _named(scan: Scan, at: int) -> tuple[Table, int] | None:
    """The names on line ``at`` with the figures on the next, turned into rows."""
    every = scan.every
    if at + 1 >= len(every) or not at or not _ANNOUNCES.search(every[at - 1].text) or not scan.is_free(at + 1):
        return None
    names, figures = every[at], every[at + 1]
    told = words_of(figures, pieces_of(figures))
    if len(told) != len(pieces_of(names)) or not all(map(_FIGURE.fullmatch, told)):
        return None
    pairs: Sequence[tuple[Fragments, Fragments]] = list(
        zip(cells_of(names, pieces_of(names)), cells_of(figures, pieces_of(figures)), strict=True)
    )
    return scan.build([list(pair) for pair in pairs], at, header=0), at + 2
