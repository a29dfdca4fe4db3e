"""A row of promises that holds for all rows of its table: 年度目标 | ≥90 | ≥65 above what each district reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indicators.readers.tables.headings import ColumnRole, Heading, column_role
from indicators.schema.source import Cell
from indicators.tasks.rows import Row
from indicators.tasks.values import is_value

_LEAST_ROWS = 2
"""Rows at least that answer the promises."""
_OWN: frozenset[ColumnRole] = frozenset(("other", "actual", "result", "indicator"))
"""What a column may be headed as whose figures answer the row of promises."""
_ANSWERS: frozenset[ColumnRole] = frozenset(("actual", "completion", "result", "growth", "gap"))


def promised_by_row(headings: list[Heading], rows: Sequence[Row]) -> tuple[list[Heading], Sequence[Row]]:
    """Headings and rows with a column of promises more for each that the one row of promises fills.

    Both as they are where there is no such row, or where the rows are not its answers but parts of one (目标, 完成).
    """
    at = [i for i, row in enumerate(rows) if _is_promise(row)]
    others = [row for i, row in enumerate(rows) if i not in at]
    if len(at) != 1 or len(others) < _LEAST_ROWS or any(column_role(_name(row)) in _ANSWERS for row in others):
        return headings, rows
    promises = rows[at[0]]
    columns = [i for i in range(1, len(headings)) if _is_answered(i, promises, headings, others)]
    things = [headings[i].text for i in columns]
    if not columns or len(set(things)) < len(things):
        return headings, rows
    found = [replace(h, role="actual", group=h.text) if i in columns else h for i, h in enumerate(headings)]
    more = [
        Heading("target", f"{h.text}{_name(promises)}", h.unit, None, h.text)
        for h in map(headings.__getitem__, columns)
    ]
    told = [(*row, *(_promise(promises[i], row[i]) for i in columns)) for row in others]
    return [*found, *more], told


def _name(row: Row) -> str:
    return row[0].passage.text if row and row[0] is not None else ""


def _is_promise(row: Row) -> bool:
    """Whether a row is headed as a promise and holds figures."""
    name = _name(row)
    return (
        bool(name) and column_role(name) == "target" and any(cell and is_value(cell.passage.text) for cell in row[1:])
    )


def _is_answered(at: int, promises: Row, headings: Sequence[Heading], others: Sequence[Row]) -> bool:
    """Whether a column holds a promise in the row of promises, and figures that answer it in most others."""
    cell = promises[at]
    if cell is None or not is_value(cell.passage.text) or headings[at].role not in _OWN or headings[at].group:
        return False
    told = [text for row in others if (own := row[at]) is not None and (text := own.passage.text)]
    return bool(told) and all(is_value(text) for text in told)


def _promise(promise: Cell | None, own: Cell | None) -> Cell | None:
    """The promise, for a row that tells a figure of its own."""
    return promise if own is not None and own.passage.text else None
