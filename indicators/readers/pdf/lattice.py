"""Ruling lines to grids: which lines belong together, which of their fields are one merged cell."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from indicators.readers.pdf.page import BBox, Edge

_SNAP = 3.0
"""Lines closer than this are one line drawn twice (borders of neighbouring cells)."""
_COVER = 0.6
"""Share of a field's side that must be drawn for the side to part two cells."""
_LEAST_ROW = 8.0
_MAX_FIELDS = 60_000


@dataclass(slots=True)
class GridCell:
    """A cell of a ruled table, possibly merged; ``box`` is where it lies on the page."""

    row: int
    col: int
    rowspan: int
    colspan: int
    box: BBox


@dataclass(slots=True)
class Grid:
    """A ruled table on a page: heights of its rows' borders, x of its columns' borders, its cells."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]

    @property
    def box(self) -> BBox:
        """The table's outer border."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def snap(values: list[float], tolerance: float = _SNAP) -> list[float]:
    """Positions with those closer than ``tolerance`` to the one before drawn together, in order."""
    out: list[list[float]] = []
    for value in sorted(values):
        if out and value - out[-1][-1] <= tolerance:
            out[-1].append(value)
        else:
            out.append([value])
    return [sum(group) / len(group) for group in out]


def nearest(positions: list[float], value: float) -> int:
    """The index of the position next to ``value``."""
    at = bisect_left(positions, value)
    if at == 0:
        return 0
    if at == len(positions):
        return at - 1
    return at if positions[at] - value < value - positions[at - 1] else at - 1


def _components(edges: list[Edge]) -> list[list[Edge]]:
    """Edges that touch each other, directly or by others; those of one table."""
    parent = list(range(len(edges)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    upright = sorted((edge.pos, at) for at, edge in enumerate(edges) if not edge.horizontal)
    positions = [pos for pos, _ in upright]
    for at, edge in enumerate(edges):
        if not edge.horizontal:
            continue
        first = bisect_left(positions, edge.lo - _SNAP)
        for pos, other in upright[first:]:
            if pos > edge.hi + _SNAP:
                break
            if edges[other].lo - _SNAP <= edge.pos <= edges[other].hi + _SNAP:
                parent[root(at)] = root(other)
    groups: dict[int, list[Edge]] = {}
    for at, edge in enumerate(edges):
        groups.setdefault(root(at), []).append(edge)
    return list(groups.values())


def _covered(edges: list[Edge], lo: float, hi: float) -> bool:
    """Whether edges on one line together draw enough of the stretch from ``lo`` to ``hi``."""
    drawn = 0.0
    reach = lo
    for edge in edges:
        start, end = max(edge.lo, reach), min(edge.hi, hi)
        if end > start:
            drawn += end - start
            reach = end
    return drawn >= _COVER * (hi - lo)


def merge_collinear(edges: list[Edge]) -> list[Edge]:
    """Edges on the same line that touch or overlap as one; dashes and doubled borders disappear."""
    out: list[Edge] = []
    for horizontal in (True, False):
        lines = [edge for edge in edges if edge.horizontal is horizontal]
        positions = snap([edge.pos for edge in lines], 1.0)
        by_line: dict[int, list[Edge]] = {}
        for edge in lines:
            by_line.setdefault(nearest(positions, edge.pos), []).append(edge)
        for at, group in by_line.items():
            group.sort(key=lambda edge: edge.lo)
            current = Edge(horizontal, positions[at], group[0].lo, group[0].hi)
            for edge in group[1:]:
                if edge.lo <= current.hi + _SNAP:
                    current.hi = max(current.hi, edge.hi)
                else:
                    out.append(current)
                    current = Edge(horizontal, positions[at], edge.lo, edge.hi)
            out.append(current)
    return out


def grids(edges: list[Edge]) -> list[Grid]:
    """Every ruled table among the edges of a page, from the top down. One field alone is a frame, no table."""
    found = []
    lines = merge_collinear(edges)
    for group in _components([*lines, *_page_ends(lines)]):
        flat = [edge for edge in group if edge.horizontal]
        upright = [edge for edge in group if not edge.horizontal]
        if len(flat) < 2 or not upright:
            continue
        # A side that is not drawn (open left and right, a row cut by the page) is taken to be where lines end.
        xs = snap([e.pos for e in upright] + [min(e.lo for e in flat), max(e.hi for e in flat)], 4.0)
        ys = snap([e.pos for e in flat] + [min(e.lo for e in upright), max(e.hi for e in upright)], 4.0)
        if not 4 < (len(xs) * len(ys)) <= _MAX_FIELDS:
            continue
        cells = _cells(xs, ys, flat, upright)
        if len(cells) > 1:
            found.append(Grid(xs, ys, cells))
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _page_ends(lines: list[Edge]) -> list[Edge]:
    """Lines across where three or more upright ones end at one height: a row cut by the page has no line there."""
    added = []
    upright = [edge for edge in lines if not edge.horizontal and edge.hi - edge.lo >= _LEAST_ROW]
    for ends in ([(edge.lo, edge.pos) for edge in upright], [(edge.hi, edge.pos) for edge in upright]):
        heights = snap([end for end, _ in ends], 1.0)
        at_height: dict[int, list[float]] = {}
        for end, pos in ends:
            at_height.setdefault(nearest(heights, end), []).append(pos)
        for at, xs in at_height.items():
            if len(xs) >= 3:
                added.append(Edge(True, heights[at], min(xs), max(xs)))
    return added


def _cells(xs: list[float], ys: list[float], flat: list[Edge], upright: list[Edge]) -> list[GridCell]:
    rows, cols = len(ys) - 1, len(xs) - 1
    on_row: list[list[Edge]] = [[] for _ in ys]
    on_col: list[list[Edge]] = [[] for _ in xs]
    for edge in sorted(flat, key=lambda edge: edge.lo):
        on_row[nearest(ys, edge.pos)].append(edge)
    for edge in sorted(upright, key=lambda edge: edge.lo):
        on_col[nearest(xs, edge.pos)].append(edge)
    right_open = [
        [c + 1 < cols and not _covered(on_col[c + 1], ys[r], ys[r + 1]) for c in range(cols)] for r in range(rows)
    ]
    below_open = [
        [r + 1 < rows and not _covered(on_row[r + 1], xs[c], xs[c + 1]) for c in range(cols)] for r in range(rows)
    ]
    taken = [[False] * cols for _ in range(rows)]
    cells: list[GridCell] = []
    for r in range(rows):
        for c in range(cols):
            if taken[r][c]:
                continue
            # The largest rectangle without a line inside, to the right first: headings span columns.
            width = 1
            while right_open[r][c + width - 1] and not taken[r][c + width]:
                width += 1
            height = 1
            while all(below_open[r + height - 1][c + i] and not taken[r + height][c + i] for i in range(width)) and all(
                right_open[r + height][c + i] for i in range(width - 1)
            ):
                height += 1
            for i in range(height):
                for j in range(width):
                    taken[r + i][c + j] = True
            cells.append(GridCell(r, c, height, width, (xs[c], ys[r], xs[c + width], ys[r + height])))
    return cells
