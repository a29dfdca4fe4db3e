"""Rows of a table as its headings name their cells."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.readers.tables.headings import ColumnRole, Heading
from indicators.schema.source import Cell

Row = Sequence[Cell | None]
"""The cells of one row by column; a spanning cell stands in every place that it covers."""


def cell_of(row: Row, headings: list[Heading], role: ColumnRole) -> Cell | None:
    """The first cell with something in it under a heading of this role."""
    for i, heading in enumerate(headings):
        cell = row[i]
        if heading.role == role and cell is not None and cell.passage.text:
            return cell
    return None


def text_of(row: Row, headings: list[Heading], role: ColumnRole) -> str:
    """What that cell says, "" where there is none."""
    cell = cell_of(row, headings, role)
    return cell.passage.text if cell else ""
