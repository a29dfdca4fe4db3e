"""Tables whose cells stand on a line each and whose rows share cells: the text prints a shared cell once.

项目 / 单位 / 目标 / 完成 / 牵头单位 / 养老床位 / 张 / 新增900张 / 910 / 民政局 / 张 / 改造80张 / 75: rows leave out the
heading cell of their group or the office that they share with the row above. The other columns tell where each row
begins: what they hold (units, figures, rates) fits in one way only, or the table is not read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from indicators.readers.forms.celled import FIGURED, block_after, headings_at, opens, told
from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout.pieces import Fragments, cell_of
from indicators.readers.tables import organisations
from indicators.readers.tables.heading_row import BODIES, NAMES, POINTS, HeadingRow
from indicators.readers.tables.headings import ColumnRole, is_unit
from indicators.rulebook import phrase
from indicators.schema.source import Table

_BARE = re.compile(r"[+-]?\d[\d,.]*[%％]?")
_NONE = re.compile(r"[—–/-]+")
_DIGIT = re.compile(r"\d")
_MAY_SHARE: frozenset[ColumnRole] = BODIES | {"number", "category", "label"}
"""Columns whose cells several rows share, beside the first that names."""
_LEAST_ROWS = 3
_LEAST_SURE = 2
"""Columns at least that show where a row begins."""
_MOST_CELLS = 3000
_MOST_SHARED = 4
_LONGEST_RATE = 6
"""Characters of a word at most that stands in place of a rate: 完成, 未达标."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """The best way to deal the cells from one place on: how well they fit, in how many ways, and the first row."""

    fit: int
    ways: int
    row: tuple[int, ...] = ()


def find_tables(scan: Scan) -> Found:
    """Tables of cells on lines of their own in which rows share cells."""
    return scan.tables(lambda at: _table(scan, at), opens)


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    heads = headings_at(scan, at)
    if not heads:
        return None
    roles = HeadingRow.of(heads).roles
    shared = [col for col, role in enumerate(roles) if role in _MAY_SHARE or (col < 2 and role in NAMES)]
    if not shared or len(shared) > _MOST_SHARED or not _shows_rows(roles):
        return None
    after = _after(scan, at + len(heads))
    lines = scan.every[at + len(heads) : after]
    words = [told(line) for line in lines]
    if _is_even(words, roles):
        return None  # read by the forms that know no shared cells
    rows = _deal(words, roles, list(_layouts(len(roles), shared)))
    if len(rows) < _LEAST_ROWS or len(rows[0]) < len(roles):
        return None
    built: list[list[Fragments]] = [[cell_of(line) for line in scan.every[at : at + len(heads)]]]
    place = 0
    for row in rows:
        cells: list[Fragments] = [[] for _ in roles]
        for col in row:
            cells[col] = cell_of(lines[place])
            place += 1
        built.append(cells)
    return scan.build(built, at), after


def _is_even(words: Sequence[str], roles: Sequence[ColumnRole]) -> bool:
    """Whether the cells fall into rows that print every column."""
    width = len(roles)
    starts = range(0, len(words), width)
    return not len(words) % width and all(_fit(roles, words[i : i + width]) is not None for i in starts)


def _shows_rows(roles: Sequence[ColumnRole]) -> bool:
    """Whether enough columns hold something that is told from words: units and figures."""
    return sum(role in FIGURED or role == "unit" for role in roles) >= _LEAST_SURE


def _after(scan: Scan, at: int) -> int:
    """The line behind the last cell: a blank line, a note below the table, or the last bar."""
    every = scan.every
    end = min(block_after(scan, at), at + _MOST_CELLS)
    note = phrase("tables", "note")
    return next((i for i in range(at, end) if note.match(every[i].text)), end)


def _layouts(width: int, shared: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The columns that a row may print, in order: all of them, or all but some that it shares."""
    for count in range(len(shared) + 1):
        for left_out in combinations(shared, count):
            yield tuple(col for col in range(width) if col not in left_out)


def _deal(
    words: Sequence[str], roles: Sequence[ColumnRole], layouts: Sequence[tuple[int, ...]]
) -> list[tuple[int, ...]]:
    """The columns that each row prints; nothing where the cells fall into rows in no way, or in several as good."""
    readings: dict[int, _Reading] = {len(words): _Reading(0, 1)}
    for at in range(len(words) - 1, -1, -1):
        best: _Reading | None = None
        for layout in layouts:
            rest = readings.get(at + len(layout))
            own = _fit([roles[col] for col in layout], words[at : at + len(layout)]) if rest is not None else None
            if rest is None or own is None:
                continue
            fit = own + rest.fit
            if best is None or fit > best.fit:
                best = _Reading(fit, rest.ways, layout)
            elif fit == best.fit:
                best = _Reading(fit, best.ways + rest.ways, best.row)
        if best is not None:
            readings[at] = best
    if 0 not in readings or readings[0].ways != 1:
        return []
    rows: list[tuple[int, ...]] = []
    at = 0
    while at < len(words):
        rows.append(readings[at].row)
        at += len(rows[-1])
    return rows


def _fit(roles: Sequence[ColumnRole], words: Sequence[str]) -> int | None:
    """How well the cells hold what their columns should; ``None`` where one cannot be so."""
    fit = 0
    for role, word in zip(roles, words, strict=True):
        own = _fits(role, word)
        if own is None:
            return None
        fit += own
    return fit


def _fits(role: ColumnRole, word: str) -> int | None:
    """1 where the cell is just what the column holds, 0 where it may be, -1 where it hardly is, ``None`` where not."""
    if role == "unit":
        return 1 if is_unit(word) else None
    if role == "number" or role in POINTS:
        return 1 if _BARE.fullmatch(word) else None
    if role in NAMES or role in BODIES or role in ("category", "label"):
        if _BARE.fullmatch(word) or _NONE.fullmatch(word) or is_unit(word):
            return None
        body = organisations.is_list(word)
        return -int(body == (role not in BODIES))
    if role == "completion":
        if _BARE.fullmatch(word) or _NONE.fullmatch(word):
            return 1
        return 0 if len(word) <= _LONGEST_RATE and not is_unit(word) else None
    if role in FIGURED and is_unit(word):
        return None
    return int(role in FIGURED and (_DIGIT.search(word) is not None or _NONE.fullmatch(word) is not None))
