"""Flattened documents whose cells are known: copies of the written corpus's tables, generated ones, a real one."""

from __future__ import annotations

import importlib
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from indicators.readers import read
from indicators.schema.source import Source, Table

from .dataset import Document

COPIES = 4
"""Flattened copies of each table, each with widths and page ends of its own."""
_WORDY = 12
"""A table is copied where some cell is longer than this, so that there is something to break."""
_LEAST_ROWS, _LEAST_COLUMNS = 4, 3


CellAt = Callable[[int], tuple[int, int] | None]
"""The cell of a character; ``None`` for titles, headings and page numbers."""
End = tuple[int, int, bool]
"""The end of a line: its last character, the first of the next line, and whether both are of one cell."""


@dataclass(slots=True)
class Known:
    """A flattened document with the truth of its line ends; ``document`` is the one it was made from, if any."""

    name: str
    text: str
    ends: list[End]
    document: Document | None = None


def _generator(name: str) -> Any:
    """A module of ``corpus.generator``, which lies beside ``models`` in a checkout."""
    checkout = str(Path(__file__).resolve().parents[1])
    if checkout not in sys.path:
        sys.path.append(checkout)
    return importlib.import_module(f"corpus.generator.{name}")


def copies(documents: Sequence[Document], sources: Mapping[str, Source]) -> list[Known]:
    """Flattened copies of the tables of documents that are not flattened themselves."""
    flatten = _generator("flatten").flatten
    found = []
    for document in documents:
        if flattened(document):
            continue
        for table in (block for block in sources[document.name].blocks if isinstance(block, Table)):
            rows = _plain(table)
            if rows is None:
                continue
            for number in range(COPIES):
                dice = random.Random(f"{document.name}:{number}")
                title = sources[document.name].title or document.name
                flat = flatten(title, rows[0], rows[1:], dice)
                found.append(Known(document.name, flat.text, line_ends(flat.text, flat.cell_at), document))
    return found


def generated(count: int, seed: int) -> list[Known]:
    """Flattened tables from the generator."""
    flatten, table = _generator("flatten").flatten, _generator("tables").table
    found = []
    for number in range(count):
        dice = random.Random(f"{seed}:{number}")
        flat = flatten(*table(dice), dice)
        found.append(Known(f"generated-{seed}-{number}", flat.text, line_ends(flat.text, flat.cell_at)))
    return found


def flattened(document: Document) -> bool:
    """Whether a document was written as a flattened table."""
    return "flat" in document.form or "flat" in document.name


def _plain(table: Table) -> list[list[str]] | None:
    """The texts of a table with one row of headings and no spans; ``None`` for any other, or for bare figures."""
    if table.header_rows != 1 or table.n_rows < _LEAST_ROWS or table.n_cols < _LEAST_COLUMNS:
        return None
    if any(cell.rowspan > 1 or cell.colspan > 1 for cell in table.cells):
        return None
    rows = [[cell.passage.text if cell else "" for cell in row] for row in table.grid()]
    if not all(rows[0]) or max(len(text) for row in rows[1:] for text in row) < _WORDY:
        return None
    return rows


def real(text: Path, workbook: Path) -> Known:
    """A real flattened report whose table is at hand as a workbook: two lines are of one cell where a cell holds both.

    Lines that no cell holds (headings, page numbers) end nothing.
    """
    table = [block for block in read(workbook).blocks if isinstance(block, Table)]
    cells = {_squashed(cell.passage.text) for each in table for cell in each.cells}
    printed = text.read_text(encoding="utf-8")
    found: list[End] = []
    for (begin, end), (start, stop) in pairwise(_lines(printed)):
        one, two = _squashed(printed[begin:end]), _squashed(printed[start:stop])
        same = any(one + two in cell for cell in cells)
        if same or (any(one in cell for cell in cells) and any(two in cell for cell in cells)):
            found.append((end - 1, start, same))
    return Known(text.stem, printed, found)


def _squashed(text: str) -> str:
    return "".join(text.split())


def _lines(text: str) -> list[tuple[int, int]]:
    """Start and end of every line that is not blank, without the white space around it."""
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((at + len(line) - len(line.lstrip()), at + len(line.rstrip())))
        at += len(line) + 1
    return found


def line_ends(text: str, cell_at: CellAt) -> list[End]:
    """The line ends between lines of cells; those at headings and page numbers are left out."""
    found = []
    for (_, end), (start, _) in pairwise(_lines(text)):
        one, two = cell_at(end - 1), cell_at(start)
        if one is not None and two is not None:
            found.append((end - 1, start, one == two))
    return found


def cells_of(source: Source) -> dict[int, tuple[int, int, int]]:
    """The cell (table, row, column) that a reader put every character in."""
    tables = [block for block in source.blocks if isinstance(block, Table)]
    return {
        offset: (number, cell.row, cell.col)
        for number, table in enumerate(tables)
        for cell in table.cells
        for offset in cell.passage.offsets
    }
