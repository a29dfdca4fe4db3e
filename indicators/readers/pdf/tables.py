"""Tables of one PDF page: cells of ruled grids filled with text, tables without lines found by their columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from indicators.readers.files.guard import Deadline
from indicators.readers.pdf.lattice import Grid
from indicators.readers.pdf.page import BBox, Char, Edge
from indicators.readers.pdf.text import Line, cell_text, lines_of, rows_of
from indicators.readers.tables.shape import compact


@dataclass(slots=True)
class PdfCell:
    """A cell with its text; ``page`` and ``box`` say where it begins."""

    row: int
    col: int
    rowspan: int
    colspan: int
    text: str
    page: int
    box: BBox


@dataclass(slots=True)
class PdfTable:
    """A table as far as it stands on one page; ``xs`` are the borders of its columns."""

    page: int
    xs: list[float]
    n_rows: int
    cells: list[PdfCell]
    box: BBox
    ruled: bool = True
    header: int | None = None
    doubtful: bool = False
    """Text in a single cell: the rest of a cut row, or a drawing with a word in it."""
    inner: list[PdfTable] = field(default_factory=list)


def loose_lines(table: PdfTable) -> list[Line]:
    """The text of a doubtful table as lines of text."""
    told = [cell for cell in table.cells if compact(cell.text)]
    return [Line(compact(cell.text), *cell.box, base=cell.box[3], size=10.0) for cell in told]


def inside(box: BBox, char: Char) -> bool:
    """Whether the middle of a character lies in ``box``."""
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def fill(
    grids: Sequence[Grid], chars: Sequence[Char], page: int, deadline: Deadline
) -> tuple[list[PdfTable], list[Char]]:
    """The ruled tables with their text, and the characters outside all of them.

    A grid inside a cell of another takes its text for itself. A grid without text, and one of two cells with text
    in one of them, is a picture or a frame, and its characters stay outside.
    """
    left = list(chars)
    # Small grids first: a table inside a cell comes before the table that holds it.
    tables: list[PdfTable] = []
    for grid in sorted(grids, key=lambda g: (g.box[2] - g.box[0]) * (g.box[3] - g.box[1])):
        deadline.check()
        held, rest = _held(grid, left)
        texts = [cell_text(part) for part in held]
        told = sum(1 for text in texts if compact(text))
        if told < (1 if len(grid.cells) > 2 else 2):
            continue
        left = rest
        cells = [
            PdfCell(cell.row, cell.col, cell.rowspan, cell.colspan, text, page, cell.box)
            for cell, text in zip(grid.cells, texts, strict=True)
        ]
        table = PdfTable(page, list(grid.xs), len(grid.ys) - 1, cells, grid.box, doubtful=told < 2)
        table.inner = [other for other in tables if _within(other.box, table.box)]
        tables = [other for other in tables if not _within(other.box, table.box)]
        tables.append(table)
    tables.sort(key=lambda table: (table.box[1], table.box[0]))
    return tables, left


def _held(grid: Grid, chars: Sequence[Char]) -> tuple[list[list[Char]], list[Char]]:
    """The characters that each cell of a grid holds, and those that stand outside it."""
    owner = {
        (cell.row + r, cell.col + c): at
        for at, cell in enumerate(grid.cells)
        for r in range(cell.rowspan)
        for c in range(cell.colspan)
    }
    held: list[list[Char]] = [[] for _ in grid.cells]
    rest: list[Char] = []
    for char in chars:
        if not inside(grid.box, char):
            rest.append(char)
            continue
        x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
        col = min(max(bisect_right(grid.xs, x) - 1, 0), len(grid.xs) - 2)
        row = min(max(bisect_right(grid.ys, y) - 1, 0), len(grid.ys) - 2)
        held[owner[row, col]].append(char)
    return held, _overflow(grid, held, rest)


def _overflow(grid: Grid, held: list[list[Char]], rest: list[Char]) -> list[Char]:
    """Gives cells of the last row what runs over their lower line; browsers print rows cut by a page that way."""
    bottom = grid.ys[-1]
    last = [(at, cell) for at, cell in enumerate(grid.cells) if cell.row + cell.rowspan == len(grid.ys) - 1]
    below = [char for char in rest if bottom - 1 <= char.top + 0.2 * char.size <= bottom + 0.5 * char.size]
    for row in rows_of(below):
        for at, cell in last:
            fits = cell.box[0] <= row[0].x0 and max(char.x1 for char in row) <= cell.box[2]
            if fits and held[at] and row[0].base - max(char.base for char in held[at]) < 2 * row[0].size:
                held[at] += row
                taken = {id(char) for char in row}
                rest = [char for char in rest if id(char) not in taken]
                break
    return rest


def _within(inner: BBox, outer: BBox) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def ruled_rows(
    edges: Sequence[Edge], chars: Sequence[Char], page: int, taken: Sequence[BBox], deadline: Deadline
) -> list[PdfTable]:
    """Tables with lines above, below and under their headings but none between columns (three-line tables)."""
    flat = sorted((edge for edge in edges if edge.horizontal), key=lambda edge: edge.pos)
    groups: list[list[Edge]] = []
    for edge in flat:
        if any(
            box[0] - 5 <= edge.lo and edge.hi <= box[2] + 5 and box[1] - 5 <= edge.pos <= box[3] + 5 for box in taken
        ):
            continue
        if edge.hi - edge.lo < 80:
            continue
        for group in groups:
            if abs(group[-1].lo - edge.lo) <= 6 and abs(group[-1].hi - edge.hi) <= 6:
                if edge.pos - group[-1].pos > 3:
                    group.append(edge)
                break
        else:
            groups.append([edge])
    tables = []
    for group in groups:
        if len(group) < 3:
            continue
        box = (group[0].lo - 2, group[0].pos, group[0].hi + 2, group[-1].pos)
        deadline.check()
        held = [char for char in chars if inside(box, char)]
        table = _from_columns(lines_of(held), box, page, [edge.pos for edge in group])
        if table is not None:
            tables.append(table)
    return tables


def _from_columns(lines: Sequence[Line], box: BBox, page: int, rules: Sequence[float]) -> PdfTable | None:
    rows = _by_baseline(lines)
    if len(rows) < 2:
        return None
    xs = _column_borders(rows, box)
    if len(xs) < 3:
        return None
    bands = [[row for row in rows if rules[at] <= row[0].base < rules[at + 1]] for at in range(len(rules) - 1)]
    # Three lines alone rule off the headings; below them every line of text may be a row.
    split = [[[row] for row in band] if len(rules) == 3 and at else [band] for at, band in enumerate(bands)]
    return _assemble([group for band in split for group in band if group], xs, box, page)


def _by_baseline(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.base, line.x0)):
        if rows and abs(rows[-1][0].base - line.base) <= 0.35 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda line: line.x0)
    return rows


def _column_borders(rows: Sequence[Sequence[Line]], box: BBox) -> list[float]:
    """x of the borders between columns: gaps that no piece of text crosses."""
    pieces = sorted((line for row in rows for line in row), key=lambda line: line.x0)
    size = sorted(line.size for line in pieces)[len(pieces) // 2]
    borders = [box[0]]
    reach = pieces[0].x1
    for piece in pieces[1:]:
        if piece.x0 - reach > 0.6 * size:
            borders.append((piece.x0 + reach) / 2)
        reach = max(reach, piece.x1)
    return [*borders, box[2]]


def _assemble(groups: Sequence[Sequence[Sequence[Line]]], xs: list[float], box: BBox, page: int) -> PdfTable:
    """A table from groups of text lines, one group a row; a line without its first cell goes on with the row above."""
    texts: list[list[list[str]]] = []
    boxes: list[tuple[float, float]] = []
    for group in groups:
        parts: list[list[str]] = [[] for _ in xs[1:]]
        for row in group:
            for line in row:
                parts[min(max(bisect_right(xs, (line.x0 + line.x1) / 2) - 1, 0), len(xs) - 2)].append(line.text)
        extent = min(line.top for row in group for line in row), max(line.bottom for row in group for line in row)
        if texts and not parts[0] and len(group) == 1 and sum(1 for part in parts if part) < max(2, len(parts) // 2):
            for at, part in enumerate(parts):
                texts[-1][at] += part
            boxes[-1] = boxes[-1][0], extent[1]
        else:
            texts.append(parts)
            boxes.append(extent)
    cells = [
        PdfCell(r, c, 1, 1, "\n".join(part), page, (xs[c], top, xs[c + 1], bottom))
        for r, (parts, (top, bottom)) in enumerate(zip(texts, boxes, strict=True))
        for c, part in enumerate(parts)
    ]
    return PdfTable(page, xs, len(texts), cells, box, ruled=False)


def unruled(lines: Sequence[Line], page: int) -> tuple[list[PdfTable], list[Line]]:
    """Tables without any lines: three rows or more whose pieces stand in the same columns. And the other lines."""
    rows = _by_baseline(lines)
    tables: list[PdfTable] = []
    rest: list[Line] = []
    at = failed = 0
    while at < len(rows):
        end = at
        while end < len(rows) and (len(rows[end]) > 1 or (end > at and _continues(rows[end], rows[at:end]))):
            if end > at and rows[end][0].top - rows[end - 1][0].bottom > 2.5 * rows[end][0].size:
                break
            end += 1
        while end > at and len(rows[end - 1]) == 1:
            end -= 1
        table = _unruled_table(rows[at:end], page) if end - at >= 3 else None
        if table is not None:
            tables.append(table)
            at, failed = end, 0
            continue
        # A run that is no table may be one without its first lines; without many it is prose.
        failed = failed + 1 if end - at >= 3 else 0
        to = max(end, at + 1) if failed > 5 else at + 1
        failed = 0 if failed > 5 else failed
        rest += [line for row in rows[at:to] for line in row]
        at = to
    return tables, rest


def _continues(row: Sequence[Line], above: Sequence[Sequence[Line]]) -> bool:
    """Whether a lone piece stands under a column that is not the first: the second line of a cell."""
    starts = [line.x0 for line in above[-1][1:]] if len(above[-1]) > 1 else [line.x0 for line in above[0][1:]]
    return any(abs(row[0].x0 - start) < row[0].size for start in starts)


def _unruled_table(rows: Sequence[Sequence[Line]], page: int) -> PdfTable | None:
    most = max(len(row) for row in rows)
    if sum(1 for row in rows if len(row) == most) < max(2, len(rows) // 2):
        return None
    box = (
        min(line.x0 for row in rows for line in row),
        min(line.top for row in rows for line in row),
        max(line.x1 for row in rows for line in row),
        max(line.bottom for row in rows for line in row),
    )
    xs = _column_borders(rows, box)
    if len(xs) - 1 != most:
        return None
    longest = max(len(line.text) for row in rows for line in row)
    if most == 2 and longest > 16:
        return None  # two columns of running text
    return _assemble([[row] for row in rows], xs, box, page)
