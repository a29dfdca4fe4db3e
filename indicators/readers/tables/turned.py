"""Tables turned round: forms (项目名称 | …, 年度目标 | …) that have their headings in the first column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indicators.readers.tables.headings import ColumnRole, column_role
from indicators.rulebook import phrase
from indicators.schema.source import Cell, Table

_TIME = re.compile(r"(?:19|20)\d{2}年?|(?:1[0-2]|[1-9])月?(?:份|底|末)?|[一二三四](?:季度?)?")
_FIGURES: frozenset[ColumnRole] = frozenset(("target", "actual", "completion", "baseline"))
_UNTOLD: frozenset[ColumnRole] = frozenset(("other", "actual", "completion", "indicator"))
"""What a row of figures may be headed as that only the caption calls promised: 开工率, 开工数."""
_LEAST_TIMES = 3


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
    figures = bool({"target", "baseline"} & set(known)) and bool({"actual", "completion"} & set(known)) and not across
    if not _is_series(first_row, first_col, known, table.caption.text):
        if (useful < 3 and not figures) or useful <= across:
            return table
        if sum(role != "other" for role in known) * 3 < sum(map(bool, first_col)) * 2:
            return table
    cells = sorted(
        (Cell(c.col, c.row, c.passage, c.colspan, c.rowspan, header=c.col == 0, place=c.place) for c in table.cells),
        key=lambda cell: (cell.row, cell.col),
    )
    return replace(table, cells=tuple(cells), n_rows=table.n_cols, n_cols=table.n_rows, header_rows=1)


def promised_by_caption(caption: str) -> bool:
    """Whether a caption says that all figures below are promised: 每月结案率不得低于下面的数."""
    return phrase("tables", "caption_promises").search(caption) is not None


def _is_series(first_row: Sequence[str], first_col: Sequence[str], known: Sequence[ColumnRole], caption: str) -> bool:
    """月份 | 3 | 4 | 5 over 线(%) | 18 | 29 | 42: times side by side, below them what is promised for each."""
    times = first_row[1:]
    if len(times) < _LEAST_TIMES or phrase("tables", "time_label").fullmatch(first_col[0]) is None:
        return False
    if not all(map(_TIME.fullmatch, times)):
        return False
    told = "target" in known[1:] and _FIGURES.issuperset(known[1:])
    return told or (_UNTOLD.issuperset(known[1:]) and promised_by_caption(caption))
