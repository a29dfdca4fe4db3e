"""Cells of a flattened table from its rows of atoms dealt out to columns."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.readers.flattened.atoms import Atom
from indicators.readers.flattened.heads import Column, Head
from indicators.schema.source import Cell, Passage, Place, Table, join


def assemble(
    text: str,
    rows: Sequence[Sequence[Atom]],
    dealt: Sequence[Sequence[int]],
    columns: Sequence[Column],
    head: Head,
    number: int,
) -> Table:
    """Cells in reading order. Cells before the label column span the lines of their task."""
    place_of = [at for at, column in enumerate(head.columns) if column.role != "number"]
    label = next((p for p, column in enumerate(columns) if column.role == "label"), -1)
    marks = [p for p, column in enumerate(columns) if column.role in ("done_mark", "notdone_mark")]
    merged = marks if len(marks) == 2 and marks[1] == marks[0] + 1 else []
    two_levels = any(column.parent is not None for column in head.columns)
    cells = _heading_cells(head, two_levels)
    at_row = 2 if two_levels else 1
    header_rows = at_row
    for row, places in zip(rows, dealt, strict=True):
        lines: list[dict[int, list[tuple[int, int]]]] = [{}]
        lead: dict[int, list[tuple[int, int]]] = {}
        for atom, place in zip(row[1:], places, strict=True):
            if label >= 0 and place < label:
                lead.setdefault(place, []).append((atom.start, atom.end))
                continue
            if place == label and lines[-1]:
                lines.append({})
            target = merged[0] if place in merged else place
            lines[-1].setdefault(target, []).append((atom.start, atom.end))
        tall = len(lines)
        made: list[tuple[int, int, int, int, Passage]] = [
            (at_row, number, tall, 1, join(text, [(row[0].start, row[0].end)]))
        ]
        for p in range(max(label, 0)):
            made.append((at_row, place_of[p], tall, 1, join(text, lead.get(p, []))))
        for i, line in enumerate(lines):
            for p in range(max(label, 0), len(columns)):
                if p in merged[1:]:
                    continue
                wide = 2 if p in merged else 1
                made.append((at_row + i, place_of[p], 1, wide, join(text, line.get(p, []))))
        for r, c, rowspan, colspan, passage in sorted(made, key=lambda one: one[:2]):
            cells.append(Cell(r, c, passage, rowspan, colspan, place=Place(cell=f"r{r + 1}c{c + 1}")))
        at_row += tall
    return Table(tuple(cells), at_row, len(head.columns), header_rows, place=Place(line=head.first + 1))


def _heading_cells(head: Head, two_levels: bool) -> list[Cell]:
    cells: list[Cell] = []
    under: list[Cell] = []
    parent: Passage | None = None
    for at, column in enumerate(head.columns):
        if column.parent is not None:
            under.append(Cell(1, at, column.heading, header=True, place=Place(cell=f"r2c{at + 1}")))
            if column.parent is parent:
                continue
            parent = column.parent
            wide = sum(other.parent is parent for other in head.columns)
            cells.append(Cell(0, at, parent, 1, wide, True, Place(cell=f"r1c{at + 1}")))
        else:
            cells.append(Cell(0, at, column.heading, 2 if two_levels else 1, 1, True, Place(cell=f"r1c{at + 1}")))
    return cells + under
