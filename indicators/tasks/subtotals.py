"""Rows named by those above: 小计 below 一、续建项目 tells of 续建项目, 其中煤矿 below 死亡人数 of 煤矿死亡人数."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indicators.readers.layout.numbering import numbered
from indicators.readers.tables.heading_row import NAMES
from indicators.readers.tables.headings import Heading
from indicators.rulebook import phrase
from indicators.schema.source import Cell, Passage
from indicators.tasks.rows import Row

_BRACKET = re.compile(r"[（(].*$")
_COUNTED = re.compile(r"[（(][^（()）]*\d[^（()）]*[)）]$")
_DIGIT = re.compile(r"\d")
_WORD = 2
"""Characters of a word that a part's name and its measure both begin with."""
_LONGEST = 20
"""Characters of a section's name at most."""


def name_subtotals(rows: Sequence[Row], headings: Sequence[Heading]) -> Sequence[Row]:
    """The rows, each subtotal named after the section that it closes.

    A row that heads a section and counts what is in it (二、新建项目（3个）) promises nothing and is left out.
    """
    names = [i for i, heading in enumerate(headings) if heading.role in NAMES]
    found: list[Row] = []
    section: Passage | None = None
    whole: Passage | None = None
    for row in rows:
        opened = _section(row)
        section = opened or section
        if opened is not None and row[0] is not None and _COUNTED.search(row[0].passage.text):
            continue
        at = next((i for i in names if _is_subtotal(row[i])), None)
        row = _named(row, at, section) if at is not None and section is not None else row
        part = _part(row, names)
        if part is None:
            whole = next((cell.passage for i in names if (cell := row[i]) is not None and cell.passage.text), whole)
        found.append(_measured(row, part, whole) if part is not None and whole is not None else row)
    return found


def _part(row: Row, names: Sequence[int]) -> int | None:
    """Where a row names a part of what stands above it: 其中道路交通."""
    opens = phrase("tables", "part_row")
    return next((i for i in names if (cell := row[i]) is not None and opens.match(cell.passage.text)), None)


def _measured(row: Row, at: int, whole: Passage) -> Row:
    """A part's row with the bare measure that the row of the whole names: 死亡人数 above 其中道路交通."""
    cell, measure = row[at], phrase("tables", "bare_measure").search(whole.text)
    opens = phrase("tables", "part_row").match(cell.passage.text) if cell is not None else None
    if cell is None or opens is None or measure is None or phrase("tables", "bare_measure").search(cell.passage.text):
        return row
    own, shared = cell.passage.slice(opens.end(), len(cell.passage.text)), whole.slice(*measure.span())
    if shared.text[:_WORD] in own.text:
        shared = shared.slice(_WORD, len(shared.text))  # 人工造林 below 造林面积
    return _renamed(row, cell, Passage(own.text + shared.text, [*own.offsets, *shared.offsets]))


def _section(row: Row) -> Passage | None:
    """What a row heads that holds a numbered name in its first cell, or in all of them, and nothing else."""
    told = {cell.passage.text: cell.passage for cell in row if cell is not None and cell.passage.text}
    passage = row[0].passage if row and row[0] is not None and len(told) == 1 else None
    number = numbered(passage.text) if passage is not None else None
    if passage is None or number is None:
        return None
    bracket = _BRACKET.search(passage.text)
    name = passage.slice(number.end, bracket.start() if bracket else len(passage.text))
    return name if 0 < len(name.text) <= _LONGEST and not _DIGIT.search(name.text) else None


def _is_subtotal(cell: Cell | None) -> bool:
    return cell is not None and phrase("tables", "subtotal_row").fullmatch(cell.passage.text) is not None


def _named(row: Row, at: int, section: Passage) -> Row:
    cell = row[at]
    assert cell is not None
    return _renamed(row, cell, Passage(section.text + cell.passage.text, [*section.offsets, *cell.passage.offsets]))


def _renamed(row: Row, cell: Cell, passage: Passage) -> Row:
    return [replace(own, passage=passage) if own is cell else own for own in row]
