"""Tables between bars whose rows run over lines: cells are counted, not lines, until a row has all of them.

A blank line, the next row's number, or a bar too many ends a row. What its columns hold tells where a bar was lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations, pairwise

from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout.lines import Line
from indicators.readers.layout.pieces import Fragments
from indicators.readers.tables.heading_row import NAMES, POINTS, HeadingRow
from indicators.readers.tables.headings import ColumnRole
from indicators.schema.source import Table, join

_MARKS = ("｜", "|")
_POINT = re.compile(r"\d{1,3}(?:\.\d+)?分?")
_WORDS = NAMES | {"result", "target"}
_MOST_LOST = 2
"""Bars at most that a row has lost."""
_MOST_PLACES = 30
"""Places at most that a lost bar is looked for at."""
_NUMBER = r"[ \u3000]*\d{1,3}[ \u3000]*"
_WIDE = re.compile(r"[ \u3000]{2,}|\u3000")
_LEAST_COLUMNS = 3
_LEAST_ROWS = 2
_LONGEST = 16
"""Characters of a heading at most."""
_MOST_LINES = 24
"""Lines at most that a row runs over."""
_FEW_MISSED = 3
"""Rows found at least for each that could not be told."""


@dataclass(slots=True)
class _Row:
    """The lines of a row so far, by their places."""

    lines: list[int] = field(default_factory=list)
    bars: int = 0


def find_tables(scan: Scan) -> Found:
    """Tables whose rows run over lines."""
    found: Found = []
    for mark in _MARKS:
        if mark in scan.text:
            rest = scan.without(found)
            found += rest.tables(partial(_table, rest, mark), partial(_may_head, mark))
    return found


def _may_head(mark: str, line: Line) -> bool:
    return line.text.count(mark) >= _LEAST_COLUMNS - 1


def _table(scan: Scan, mark: str, at: int) -> tuple[Table, int] | None:
    """The table headed by line ``at`` and the line behind it."""
    heads = _cells(scan.text, scan.every[at : at + 1], mark)
    words = [join(scan.text, head).text for head in heads]
    if not _head(words):
        return None
    roles = HeadingRow.of(words).roles
    groups = _rows(scan, at + 1, mark, len(heads), numbered=roles[0] == "number")
    if sum(len(row.lines) > 1 for row in groups) * 2 < len(groups):
        return None  # rows on a line each: read by other forms
    rows: list[list[Fragments]] = []
    after = missed = 0
    for row in groups:
        cells = _whole(scan.text, [scan.every[i] for i in row.lines], mark, roles)
        missed += cells is None
        if cells is not None:
            rows.append(cells)
            after = row.lines[-1] + 1
    if len(rows) < _LEAST_ROWS or missed * _FEW_MISSED > len(rows):
        return None
    return scan.build([heads, *rows], at, header=1), after


def _head(words: Sequence[str]) -> bool:
    """Whether these are headings, of which one names or promises and one tells."""
    if len(words) < _LEAST_COLUMNS or any(not word or len(word) > _LONGEST for word in words):
        return False
    heads = HeadingRow.of(words)
    return heads.knows(2, of=3) and (heads.names or heads.promises) and heads.tells


def _rows(scan: Scan, at: int, mark: str, width: int, *, numbered: bool) -> list[_Row]:
    """The rows that begin at line ``at``."""
    opens = re.compile(_NUMBER + re.escape(mark)) if numbered else None
    found = [_Row()]
    for i in range(at, len(scan.every)):
        line = scan.every[i]
        now = found[-1]
        if not scan.is_free(i) or len(now.lines) > _MOST_LINES:
            break
        if not line.text:
            if now.lines and now.bars:
                found.append(_Row())
            elif now.lines:
                break
            continue
        bars = line.text.count(mark)
        if now.lines and (now.bars + bars >= width or (opens is not None and opens.match(line.text))):
            now = _Row()
            found.append(now)
        now.lines.append(i)
        now.bars += bars
    return [row for row in found if row.bars]


def _cells(text: str, lines: Sequence[Line], mark: str) -> list[Fragments]:
    """The cells of a row, each from the stretches of its lines."""
    cells: list[Fragments] = [[]]
    for line in lines:
        edges = [-1, *(found.start() for found in re.finditer(re.escape(mark), line.text)), len(line.text)]
        for i, (a, b) in enumerate(pairwise(edges)):
            if i:
                cells.append([])
            if line.text[a + 1 : b].strip():
                cells[-1].append((line.start + a + 1, line.start + b))
    return cells


def _whole(text: str, lines: Sequence[Line], mark: str, roles: Sequence[ColumnRole]) -> list[Fragments] | None:
    """The cells of a row, as many as there are headings; ``None`` where they do not come out.

    Where bars were lost, a line end or a wide blank parts cells: the one way is taken in which points and numbers stand
    where their headings say, and words elsewhere.
    """
    cells = _cells(text, lines, mark)
    lost = len(roles) - len(cells)
    if not lost:
        return cells
    if not 0 < lost <= _MOST_LOST:
        return None
    parts = [_parts(text, cell) for cell in cells]
    places = [(i, j) for i, own in enumerate(parts) for j in range(1, len(own))][:_MOST_PLACES]
    ways = []
    for chosen in combinations(places, lost):
        made = [cell for i, own in enumerate(parts) for cell in _cut(own, [j for at, j in chosen if at == i])]
        if all(_fits(role, join(text, cell).text) for role, cell in zip(roles, made, strict=True)):
            ways.append(made)
    return ways[0] if len(ways) == 1 else None


def _fits(role: ColumnRole, word: str) -> bool:
    """Whether a cell may stand under a heading of this role."""
    bare = _POINT.fullmatch(word) is not None
    return bare if role in POINTS or role == "number" else bool(word) and not (bare and role in _WORDS)


def _parts(text: str, cell: Fragments) -> Fragments:
    """The stretches of a cell between its line ends and wide blanks."""
    found: Fragments = []
    for start, end in cell:
        at = start
        for blank in _WIDE.finditer(text, start, end):
            found.append((at, blank.start()))
            at = blank.end()
        found.append((at, end))
    return [(a, b) for a, b in found if text[a:b].strip()]


def _cut(parts: Fragments, places: Sequence[int]) -> list[Fragments]:
    """The parts as cells that begin at these places."""
    edges = [0, *places, len(parts)]
    return [parts[a:b] for a, b in pairwise(edges)]
