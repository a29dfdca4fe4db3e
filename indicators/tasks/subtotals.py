"""Rows that add up those of a section: 小计 below 一、续建项目 tells of 续建项目."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from indicators.readers.layout.numbering import numbered
from indicators.readers.tables.heading_row import NAMES
from indicators.readers.tables.headings import Heading
from indicators.rulebook import phrase
from indicators.schema.source import Cell, Passage
from indicators.tasks.rows import Row

_BRACKET = regex.compile(r"[（(].*$")
_COUNTED = regex.compile(r"[（(][^（()）]*\d[^（()）]*[)）]$")
_DIGIT = regex.compile(r"\d")
_LONGEST = 20
"""Characters of a section's name at most."""


def name_subtotals(rows: Sequence[Row], headings: Sequence[Heading]) -> Sequence[Row]:
    """The rows, each subtotal named after the section that it closes.

    A row that heads a section and counts what is in it (二、新建项目（3个）) promises nothing and is left out.
    """
    names = [i for i, heading in enumerate(headings) if heading.role in NAMES]
    found: list[Row] = []
    section: Passage | None = None
    for row in rows:
        opened = _section(row)
        section = opened or section
        if opened is not None and row[0] is not None and _COUNTED.search(row[0].passage.text):
            continue
        at = next((i for i in names if _is_subtotal(row[i])), None)
        found.append(_named(row, at, section) if at is not None and section is not None else row)
    return found


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
    passage = Passage(section.text + cell.passage.text, [*section.offsets, *cell.passage.offsets])
    return [replace(own, passage=passage) if own is cell else own for own in row]
