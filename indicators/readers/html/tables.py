"""HTML tables: data told from layout, cells with their spans, tables inside tables."""

from __future__ import annotations

from typing import Any

from indicators.errors import LimitError
from indicators.readers.build import Builder
from indicators.readers.html.text import HEADINGS, flow_text
from indicators.readers.tables.shape import RawCell, compact
from indicators.schema.source import Place

_MAX_SPAN = 1_000
"""What browsers cap ``colspan`` at; more than that is an error or an attack."""


def _own_rows(table: Any) -> list[Any]:
    """The rows of a table itself, in the order of the page: head, bodies, foot; not those of tables inside."""
    return [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]


def _own_cells(row: Any) -> list[Any]:
    """The cells of a row."""
    return [cell for cell in row if cell.tag in ("td", "th")]


class Layouts:
    """Tells tables that hold data from tables that arrange the page; asks each table of a page once."""

    def __init__(self, root: Any):
        self._known: dict[Any, bool] = {}
        self._length: dict[Any, int] = {}
        for element in reversed(list(root.iter())):
            own = len(compact(element.text or "")) if isinstance(element.tag, str) else 0
            self._length[element] = own + sum(self._length[child] + len(compact(child.tail or "")) for child in element)

    def length(self, element: Any) -> int:
        """Characters in an element, without white space."""
        return self._length[element]

    def is_layout(self, table: Any) -> bool:
        """Whether a table only arranges parts of the page: one column, one row, or tables and headings inside."""
        if table not in self._known:
            self._known[table] = self._decide(table)
        return self._known[table]

    def _decide(self, table: Any) -> bool:
        if str(table.get("role") or "").lower() in ("presentation", "none"):
            return True
        rows = [[self._length[cell] for cell in _own_cells(row)] for row in _own_rows(table)]
        rows = [row for row in rows if row]
        if len(rows) < 2 or max(len(row) for row in rows) < 2:
            return True
        told = sum(1 for row in rows if sum(1 for length in row if length) > 1)
        if not told:
            return True
        if table.find("caption") is not None or any(cell.tag == "th" for row in _own_rows(table) for cell in row):
            return False
        if next(table.iter(*HEADINGS), None) is not None:
            return True
        total = self._length[table]
        inner = [one for one in table.iter("table") if one is not table and not self.is_layout(one)]
        if inner:
            return sum(self._length[one] for one in inner) > 0.5 * total
        return told < 2 and total > 400 and max(max(row) for row in rows) > 0.8 * total


def _span(cell: Any, name: str) -> int:
    try:
        return max(1, min(int(str(cell.get(name) or "1").strip()), _MAX_SPAN))
    except ValueError:
        return 1


def _is_heading(row: Any, layouts: Layouts) -> bool:
    """Whether the page marks a row that holds text as headings: it stands in the head, or all that it tells is th."""
    told = [cell for cell in _own_cells(row) if layouts.length(cell)]
    marked = any(cell.tag == "th" for cell in _own_cells(row)) and all(cell.tag == "th" for cell in told)
    return bool(told) and (marked or row.getparent().tag == "thead")


def _spans(cell: Any, rows_left: int) -> tuple[int, int]:
    """How many rows and columns a cell claims; rowspan="0" goes down to the end."""
    down = str(cell.get("rowspan") or "").strip()
    return rows_left if down == "0" else min(_span(cell, "rowspan"), rows_left), _span(cell, "colspan")


def _data_inside(cell: Any, table: Any, layouts: Layouts) -> tuple[Any, ...]:
    """The tables with data in a cell of ``table`` itself, not those in tables inside it."""
    if next(cell.iter("table"), None) is None:
        return ()
    tables = [one for one in cell.iter("table") if next(one.iterancestors("table")) is table]
    return tuple(one for one in tables if not layouts.is_layout(one))


def _check_area(area: int, builder: Builder) -> None:
    if area > 4 * builder.limits.max_cells:
        raise LimitError(
            f"a table of more than {builder.limits.max_cells:,} cells",
            path=builder.name,
            code="R104",
            hint="split the page or raise Limits.max_cells",
        )


def table_cells(
    table: Any, layouts: Layouts, builder: Builder, number: int
) -> tuple[list[RawCell], list[Any], int | None, str | None]:
    """Cells, data tables inside them (left out of their text), heading rows if marked up, and the caption."""
    cells: list[RawCell] = []
    inner: list[Any] = []
    taken: set[tuple[int, int]] = set()
    rows = _own_rows(table)
    header = 0
    area = 0
    for r, row in enumerate(rows):
        builder.deadline.check()
        if header == r and _is_heading(row, layouts):
            header = r + 1
        c = 0
        for cell in _own_cells(row):
            while (r, c) in taken:
                c += 1
            rowspan, colspan = _spans(cell, len(rows) - r)
            area += rowspan * colspan
            _check_area(area, builder)
            # The part of a span that others already take is theirs: browsers overlap, a grid cannot.
            width = next((n for n in range(1, colspan) if (r, c + n) in taken), colspan)
            taken.update((r + down, c + right) for down in range(rowspan) for right in range(width))
            data = _data_inside(cell, table, layouts)
            inner += data
            heads = cell.tag == "th" and header > r
            place = Place(table=number, cell=f"r{r + 1}c{c + 1}")
            cells.append(RawCell(r, c, flow_text(cell, skip=data), rowspan, width, heads, place))
            c += width
    caption = table.find("caption")
    return cells, inner, header or None, flow_text(caption) if caption is not None else None
