"""Columns that a layout folded are laid out again: headings of two levels on one line, 目标/完成 in a cell or below."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, takewhile

from indicators.readers.tables.headings import column_role
from indicators.readers.tables.stacked import unstack
from indicators.schema.source import EMPTY, Cell, Passage, Table

_LEAST = 2
_PAIR = 2
"""Rows of a thing whose names say which of them promises."""
_AROUND = " \u3000:：-—（()）"
"""What parts a thing from the word for what its row tells."""


def unfold(table: Table) -> Table:
    """The table with a column for each thing it tells; the table itself where nothing is folded."""
    return unstack(_split_names(_split_cells(_regroup(table))))


def _split_names(table: Table) -> Table:
    """冷库 计划 above 冷库 建成: the rows of each thing go in twos, and what each tells gets a column of its own."""
    grid = table.grid()
    names = [row[0].passage.text if row[0] is not None else "" for row in grid[table.header_rows :]]
    if table.header_rows != 1 or len(names) < _LEAST * _PAIR or len(names) % _PAIR:
        return table
    parted = [_thing_and_kind(*names[at : at + _PAIR]) for at in range(0, len(names), _PAIR)]
    sizes = [size for size in parted if size is not None]
    if len(sizes) < len(parted):
        return table
    cells = [Cell(0, 1, EMPTY, header=True)]
    for cell in table.cells:
        if cell.col or cell.row < table.header_rows:
            cells.append(replace(cell, col=cell.col + 1) if cell.col else cell)
            continue
        thing, kind = sizes[(cell.row - table.header_rows) // _PAIR]
        end = len(cell.passage.text.rstrip(_AROUND))
        cells.append(replace(cell, passage=cell.passage.slice(0, thing)))
        cells.append(replace(cell, col=1, passage=cell.passage.slice(kind, end)))
    return _ordered(table, cells, table.n_rows, table.n_cols + 1, header_rows=1)


def _thing_and_kind(first: str, second: str) -> tuple[int, int] | None:
    """Where the thing of two names ends and what their rows tell begins; ``None`` where they are no such two."""
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))
    shared = first[:alike]
    thing = shared.rstrip(_AROUND)
    kinds = {column_role(name[len(shared) :].strip(_AROUND)) for name in (first, second)}
    return (len(thing), len(shared)) if len(thing) >= _LEAST and kinds == {"target", "actual"} else None


def _regroup(table: Table) -> Table:
    """地区 | 组一 | 组二 | 目标 | 完成 | 目标 | 完成: the groups, which stand over nothing, go above what repeats."""
    if table.header_rows != 1:
        return table
    grid = table.grid()
    heads = [cell.passage.text if cell else "" for cell in grid[0]]
    filled = [any(cell and cell.passage.text for cell in (row[col] for row in grid[1:])) for col in range(table.n_cols)]
    first = next((col for col in range(1, table.n_cols) if heads[col] and not filled[col]), None)
    if first is None:
        return table
    after = next((col for col in range(first, table.n_cols) if filled[col] or not heads[col]), table.n_cols)
    groups, leaves = after - first, table.n_cols - after
    if groups < _LEAST or leaves % groups or leaves // groups < _LEAST:
        return table
    size = leaves // groups
    roles = [column_role(head) for head in heads[after:]]
    if "other" in roles or any(roles[i] != roles[i % size] for i in range(leaves)):
        return table
    cells = []
    for cell in table.cells:
        if first <= cell.col < after:
            if cell.row == 0:
                cells.append(replace(cell, col=first + (cell.col - first) * size, colspan=size))
        elif cell.col >= after:
            cells.append(replace(cell, row=cell.row + 1, col=cell.col - groups))
        else:
            tall = cell.rowspan + 1 if cell.row == 0 else cell.rowspan
            cells.append(replace(cell, row=cell.row + (cell.row > 0), rowspan=tall))
    return _ordered(table, cells, table.n_rows + 1, table.n_cols - groups, header_rows=2)


def _split_cells(table: Table) -> Table:
    """目标/完成/完成率 over 6200/5580/90.0%: a column for each."""
    if not table.header_rows:
        return table
    grid = table.grid()
    sizes = [
        _parts(grid[table.header_rows - 1][col], [row[col] for row in grid[table.header_rows :]])
        for col in range(table.n_cols)
    ]
    if max(sizes) < _LEAST:
        return table
    starts = [0, *accumulate(sizes)]
    cells: list[Cell] = []
    for cell in table.cells:
        size = sizes[cell.col]
        pieces = _pieces(cell.passage) if size > 1 and cell.row >= table.header_rows - 1 else []
        if len(pieces) == size:
            for i, piece in enumerate(pieces):
                cells.append(replace(cell, col=starts[cell.col] + i, colspan=1, passage=piece))
        else:
            wide = starts[cell.col + cell.colspan] - starts[cell.col]
            cells.append(replace(cell, col=starts[cell.col], colspan=wide))
    return _ordered(table, cells, table.n_rows, starts[-1], header_rows=table.header_rows)


def _parts(head: Cell | None, below: list[Cell | None]) -> int:
    """How many columns one holds: as many as its heading has parts, where most of its cells have as many."""
    parts = head.passage.text.split("/") if head is not None else []
    if len(parts) < _LEAST or "other" in [column_role(part) for part in parts]:
        return 1
    told = [cell for cell in below if cell is not None and cell.passage.text]
    even = sum(len(_pieces(cell.passage)) == len(parts) for cell in told)
    return len(parts) if even * 2 > len(told) else 1


def _pieces(passage: Passage) -> list[Passage]:
    found, at = [], 0
    for piece in passage.text.split("/"):
        found.append(passage.slice(at, at + len(piece)))
        at += len(piece) + 1
    return found


def _ordered(table: Table, cells: list[Cell], n_rows: int, n_cols: int, *, header_rows: int) -> Table:
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return replace(
        table,
        cells=tuple(replace(cell, header=cell.row < header_rows) for cell in cells),
        n_rows=n_rows,
        n_cols=n_cols,
        header_rows=header_rows,
    )
