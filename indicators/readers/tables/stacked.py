"""Rows that stand below one another for one thing (计划 / 完成 / 占计划%) are laid side by side, under each column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indicators.readers.tables.heading_row import FIGURES
from indicators.readers.tables.headings import ColumnRole, column_role
from indicators.schema.source import EMPTY, Cell, Table

_LEAST_THINGS = 2
"""Things at least that are told so."""
_KINDS: frozenset[ColumnRole] = FIGURES | {"gap"}
Row = Sequence[Cell | None]


@dataclass(frozen=True, slots=True)
class _Stack:
    """The column that says what each row tells, and the rows of each thing by what they tell."""

    at: int
    things: Sequence[dict[str, Row]]

    @property
    def kinds(self) -> dict[str, Cell | None]:
        """What the rows tell, in printed order, and the cell that first says so."""
        kinds: dict[str, Cell | None] = {}
        for thing in self.things:
            for kind, row in thing.items():
                kinds.setdefault(kind, row[self.at])
        return kinds


def unstack(table: Table) -> Table:
    """The table with a row for each thing; the table itself where its rows do not tell one thing each in turn."""
    grid = table.grid()
    stack = _stack(grid[table.header_rows :], table.n_cols) if table.header_rows else None
    if stack is None:
        return table
    heads, kinds = grid[table.header_rows - 1], stack.kinds
    told = range(stack.at + 1, table.n_cols)
    levels = 1 if len(told) == 1 else 2
    starts = [stack.at + i * len(kinds) for i in range(len(told))]
    cells = [_moved(heads[col], 0, col, tall=levels) for col in range(stack.at)]
    for col, start in zip(told, starts, strict=True):
        if levels > 1:
            cells.append(_moved(heads[col], 0, start, wide=len(kinds)))
        cells += [_moved(cell, levels - 1, start + j) for j, cell in enumerate(kinds.values())]
    for at, thing in enumerate(stack.things, levels):
        cells += [_moved(_shared(thing, col), at, col) for col in range(stack.at)]
        for col, start in zip(told, starts, strict=True):
            cells += [
                _moved(thing[kind][col] if kind in thing else None, at, start + j) for j, kind in enumerate(kinds)
            ]
    placed = sorted((replace(cell, header=cell.row < levels) for cell in cells), key=lambda cell: (cell.row, cell.col))
    width = stack.at + len(told) * len(kinds)
    return replace(table, cells=tuple(placed), n_rows=len(stack.things) + levels, n_cols=width, header_rows=levels)


def _moved(cell: Cell | None, row: int, col: int, *, tall: int = 1, wide: int = 1) -> Cell:
    own = cell if cell is not None else Cell(row, col, EMPTY)
    return replace(own, row=row, col=col, rowspan=tall, colspan=wide)


def _text(row: Row, col: int) -> str:
    cell = row[col]
    return cell.passage.text if cell is not None else ""


def _shared(thing: dict[str, Row], col: int) -> Cell | None:
    """What the rows of a thing share in a column: the first that one of them prints."""
    return next((row[col] for row in thing.values() if _text(row, col)), None)


def _stack(rows: Sequence[Row], n_cols: int) -> _Stack | None:
    """How the rows are stacked; ``None`` where no column says of each row what it tells, a promise or its answer."""
    for at in range(1, n_cols - 1):
        stack = _Stack(at, _things(rows, at))
        roles = {column_role(kind) for kind in stack.kinds}
        named = all(any(_text(row, col) for col in range(at) for row in thing.values()) for thing in stack.things)
        if len(stack.things) >= _LEAST_THINGS and named and "target" in roles and len(roles) > 1:
            return stack
    return None


def _things(rows: Sequence[Row], at: int) -> list[dict[str, Row]]:
    """The rows of each thing: one ends where what is told comes again; none where a row does not say what it tells."""
    things: list[dict[str, Row]] = []
    for row in rows:
        kind = _text(row, at)
        if not kind and not any(_text(row, col) for col in range(at + 1, len(row))):
            continue  # 一、造林: it heads the things below
        if column_role(kind) not in _KINDS:
            return []
        if not things or kind in things[-1]:
            things.append({})
        things[-1][kind] = row
    return things
