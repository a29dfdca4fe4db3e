"""Tables turned round: forms (项目名称 | …, 年度目标 | …) that have their headings in the first column."""

from __future__ import annotations

from dataclasses import replace

from indicators.readers.tables.headings import column_role
from indicators.schema.source import Cell, Table


def turn_round(table: Table) -> Table:
    """The table turned round where headings stand in its first column and none in its first row; else as it is."""
    if table.n_cols < 2 or table.n_rows < 2:
        return table
    grid = table.grid()
    first_col = [row[0].passage.text if row[0] else "" for row in grid]
    first_row = [cell.passage.text if cell else "" for cell in grid[0]]
    known = [column_role(text) for text in first_col]
    useful = len({role for role in known if role not in ("other", "period")})
    across = len({column_role(text) for text in first_row} - {"other", "period"})
    figures = bool({"target", "baseline"} & set(known)) and "actual" in known and not across
    if (useful < 3 and not figures) or useful <= across:
        return table
    if sum(role != "other" for role in known) * 3 < len(known) * 2:
        return table
    cells = sorted(
        (Cell(c.col, c.row, c.passage, c.colspan, c.rowspan, header=c.col == 0, place=c.place) for c in table.cells),
        key=lambda cell: (cell.row, cell.col),
    )
    return replace(table, cells=tuple(cells), n_rows=table.n_cols, n_cols=table.n_rows, header_rows=1)
