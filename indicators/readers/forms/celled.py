"""Tables whose cells stand on a line each: rows parted by blank lines, cells closed by bars, or nothing at all.

Pages turned into text give all three. Only a table whose cells come out even is read: as many in each row as
headings; where nothing parts the rows, each column must also hold what its heading says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout.lines import Line
from indicators.readers.layout.pieces import cell_of
from indicators.readers.tables.heading_row import NAMES, POINTS, HeadingRow
from indicators.readers.tables.headings import ColumnRole, column_role, is_category, is_unit, squeeze
from indicators.schema.source import Table

_NUMBER = re.compile(r"\d{1,3}")
_BARE = re.compile(r"\d[\d,.]*")
_TOLD = re.compile(r"[≥≤><=＝约]?[+-]?\d|[—–-]+$")
_LEAST_COLUMNS = 3
_LEAST_FIGURES = 2
_LEAST_ROWS = 2
_FIRST: frozenset[ColumnRole] = NAMES | {"number"}
"""What the first of several headings says."""
_ABOVE = 3
_GLANCE = 6
"""Words that are looked at before all others."""
_WIDEST = 16
"""Columns of such a table at most, and one more line."""
FIGURED = POINTS | {"target", "actual", "completion"}
"""Columns that hold a figure in nearly every row; what a change is and where it started from may be left out."""
_MAY_LACK: frozenset[ColumnRole] = frozenset(("remark", "reason"))
"""Last columns that most rows leave blank."""
_TITLES = 3
"""Lines at most that name the table right above its headings."""
_LONGEST = 20
"""Characters of a heading at most."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that follow one another without a blank line between."""

    first: int
    after: int


def find_tables(scan: Scan) -> Found:
    """Tables of cells on lines of their own."""
    return scan.tables(lambda at: _table(scan, at), opens)


def opens(line: Line) -> bool:
    """Whether the line is a heading and nothing else, as the first cell of each of these tables is."""
    return 0 < len(line.text) <= _LONGEST and column_role(line.text.removesuffix("|")) != "other"


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    return _barred(scan, at) or _blocked(scan, at) or _even(scan, at)


def _is_barred(line: Line) -> bool:
    return line.text.endswith("|") and line.text.count("|") == 1


def _barred(scan: Scan, at: int) -> tuple[Table, int] | None:
    """序号 | … 项目名称 | … each on its line: rows of as many cells as there are headings."""
    every = scan.every
    width = len(headings_at(scan, at)) if _is_barred(every[at]) else 0
    if not width:
        return None
    after = block_after(scan, at)
    cells = [cell_of(line) for line in every[at:after]]
    words = [told(line) for line in every[at:after]]
    rows = [cells[i : i + width] for i in range(0, len(cells) - len(cells) % width, width)]
    firsts = words[width::width]
    numbered = column_role(words[0]) == "number"
    if len(rows) <= _LEAST_ROWS or (numbered and not all(_NUMBER.fullmatch(word) for word in firsts if word)):
        return None
    return (scan.build(rows, at), at + len(rows) * width) if _holds_units(words, width) else None


def _holds_units(words: Sequence[str], width: int) -> bool:
    """Whether units stand below the heading of units: where they do not, rows are not all as long as the headings."""
    columns = [[word for word in words[width + col :: width] if word] for col in range(width)]
    units = [cells for cells, word in zip(columns, words, strict=False) if column_role(word) == "unit"]
    return all(sum(map(is_unit, cells)) * 2 >= len(cells) for cells in units)


def headings_at(scan: Scan, at: int) -> list[str]:
    """The headings that a table of cells on lines of their own begins with at line ``at``; none where it does not.

    The table opens its block but for a line or two that name it, or, with bars, stands below another of the same
    block: else every line would be looked at from every one.
    """
    every = scan.every
    before = every[at - _TITLES - 1 : at] if at > _TITLES else []
    barred = _is_barred(every[at])
    amid = before and all(_is_barred(line) if barred else line.text for line in before)
    if amid and (not barred or opens(before[-1])):
        return []
    above = [told(line) for line in every[max(0, at - _ABOVE) : at]]
    if column_role(told(every[at])) not in _FIRST and any(column_role(word) in _FIRST for word in above if word):
        return []  # amid headings of which the lexicon does not know one
    if not _may_head([told(line) for line in every[at : at + _GLANCE]]):
        return []
    heads = _opening([told(line) for line in every[at : at + _WIDEST]])
    return heads if _heads(heads) else []


def _may_head(words: Sequence[str]) -> bool:
    """Whether the first words are headings: behind most words that may head a column, the next already are none."""
    heads = HeadingRow.of(words)
    return all(role != "other" or not word for role, word in zip(heads.roles[:_LEAST_COLUMNS], words, strict=False))


def block_after(scan: Scan, at: int) -> int:
    """The line behind the cells that begin at line ``at``: all closed by bars, or up to a blank line."""
    if not _is_barred(scan.every[at]):
        block = _block(scan, at)
        return block.after if block is not None else at
    after = at
    while after < len(scan.every) and scan.is_free(after) and _is_barred(scan.every[after]):
        after += 1
    return after


def told(line: Line) -> str:
    """What a cell on a line of its own says."""
    return line.text.removesuffix("|").strip()


def _blocked(scan: Scan, at: int) -> tuple[Table, int] | None:
    """Headings on lines of their own, a blank line, and then each row's cells on lines of their own."""
    every = scan.every
    head = _block(scan, at, _WIDEST)
    if head is None or not _heads([line.text for line in every[head.first : head.after]]):
        return None
    width = head.after - head.first
    rows = [[cell_of(line) for line in every[head.first : head.after]]]
    after = head.after
    roles = HeadingRow.of([line.text for line in every[head.first : head.after]]).roles
    least = width - (roles[-1] in _MAY_LACK and width > _LEAST_COLUMNS)
    while (row := _block(scan, scan.next_told(after), width + 1)) is not None:
        if not least <= row.after - row.first <= width:
            break
        rows.append([cell_of(line) for line in every[row.first : row.after]])
        after = row.after
    return (scan.build(rows, at), after) if len(rows) > _LEAST_ROWS else None


def _even(scan: Scan, at: int) -> tuple[Table, int] | None:
    """Headings and cells line by line, no line of a cell broken: the rows come out even to the last."""
    heads = headings_at(scan, at)
    block = _block(scan, at) if heads else None
    if block is None:
        return None
    every = scan.every[block.first : block.after]
    words = [line.text for line in every]
    width = len(heads)
    rows, rest = divmod(len(words), width)
    if rest or rows <= _LEAST_ROWS or not scan.closes(block.after):
        return None
    if not _fits(words, width):
        return None
    cells = [cell_of(line) for line in every]
    return scan.build([cells[i : i + width] for i in range(0, len(cells), width)], at), block.after


def _fits(words: Sequence[str], width: int) -> bool:
    """Whether the columns hold what their headings say: numbers that count up, or figures in two columns at least.

    A cell broken over lines may come out even by chance; then figures stand below words and words below figures.
    """
    figures = 0
    for col, role in enumerate(HeadingRow.of(words[:width]).roles):
        cells = words[width + col :: width]
        bare = [_BARE.fullmatch(cell) is not None for cell in cells]
        if role == "number":
            return cells == [str(i + 1) for i in range(len(cells))]
        if (role in POINTS and not all(bare)) or (role in NAMES and any(bare)):
            return False
        if role in FIGURED:
            figured = sum(_TOLD.match(cell) is not None for cell in cells)
            if figured * 10 < len(cells) * 7:
                return False
            figures += 1
    return figures >= _LEAST_FIGURES


def _opening(words: Sequence[str]) -> list[str]:
    """The headings that the words begin with: up to the first that the lexicon does not know, or a group's name."""
    roles = HeadingRow.of(words).roles
    known = (
        (word and roles[i] == "other") or (i >= _LEAST_COLUMNS and is_category(word)) for i, word in enumerate(words)
    )
    width = next((i for i, ends in enumerate(known) if ends), 0)
    return list(words[:width])


def _block(scan: Scan, at: int, most: int | None = None) -> _Block | None:
    """The lines from ``at`` up to a blank one, ``most`` of them; ``None`` where ``at`` is blank or spoken for."""
    every = scan.every
    after = at
    end = len(every) if most is None else min(len(every), at + most)
    while after < end and every[after].text and scan.is_free(after) and "\t" not in every[after].text:
        after += 1
    return _Block(at, after) if after > at else None


def _heads(words: Sequence[str]) -> bool:
    """Whether the words head columns of which one names, one promises or tells."""
    if len(words) < _LEAST_COLUMNS or any(len(squeeze(word)) > _LONGEST or "。" in word for word in words):
        return False
    heads = HeadingRow.of(words)
    spoken = (heads.names or heads.promises) and (heads.promises or heads.tells)
    return spoken and heads.knows(3, of=4) and len(set(heads.roles)) > 2
