"""Tables whose rows go in twos, names above their figures: 东河 | 西山 | 南坪 over 76.4 | 28.9 | 58.8, and again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indicators.readers.tables.headings import column_role
from indicators.rulebook import phrase
from indicators.schema.source import Cell, Table

_FIGURE = re.compile(r"\d[\d,.]*\s*[%％‰]?")
_DIGIT = re.compile(r"\d")
_LEAST_NAMES = 3
"""Names side by side at least."""
_ONE_PAIR = 2
"""Rows of a table that has one row of names: it is read so only where its caption says that it tells of each."""


def pair_up(table: Table) -> Table:
    """The table with a row for each name and its figure, without headings; the table itself where none alternate."""
    if table.n_rows % 2 or table.n_cols < _LEAST_NAMES:
        return table
    grid = table.grid()
    each = any(phrase("tables", "each_of").match(piece) for piece in re.split("[。；，,;]", table.caption.text))
    if table.n_rows == _ONE_PAIR and not each:
        return table
    words = [[cell.passage.text if cell else "" for cell in row] for row in grid]
    if not all(_are_names(row) for row in words[::2]) or not all(map(_are_figures, words[1::2], words[::2])):
        return table
    cells: list[Cell] = []
    for names, figures in zip(grid[::2], grid[1::2], strict=True):
        for name, figure in zip(names, figures, strict=True):
            if name is not None and figure is not None and name.passage.text:
                row = len(cells) // 2
                cells.append(replace(name, row=row, col=0, header=False))
                cells.append(replace(figure, row=row, col=1, header=False))
    return replace(table, cells=tuple(cells), n_rows=len(cells) // 2, n_cols=2, header_rows=0)


def _are_names(words: Sequence[str]) -> bool:
    told = [word for word in words if word]
    plain = all(column_role(word) == "other" and not _DIGIT.search(word) for word in told)
    return plain and len(told) >= _LEAST_NAMES - 1 and len(set(told)) == len(told)


def _are_figures(words: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a figure stands below each name and nothing elsewhere."""
    return all(bool(_FIGURE.fullmatch(word)) if name else not word for word, name in zip(words, names, strict=True))
