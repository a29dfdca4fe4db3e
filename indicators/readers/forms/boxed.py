"""Tables drawn with lines: │ or | between cells, ├──┼──┤ or +---+---+ between rows, cells over several lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout.lines import Line, width
from indicators.readers.layout.pieces import Fragments
from indicators.readers.layout.words import is_figure
from indicators.schema.source import Table

_DOWN = "│┃║┆┇┊┋╎╏|"
_CROSS = "├┝┞┟┠┡┢┣┤┥┦┧┨┩┪┫┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋╠╡╢╣╪╫╬╞╟"
_ACROSS = "[-=_]{2}|[─━═┄┅┈┉╌╍]"
_LEVEL = re.compile(rf"[-=_+|\u2500-\u257f\s]*(?:{_ACROSS})[-=_+|\u2500-\u257f\s]*")
_PARTS = re.compile(f"[{_DOWN}{_CROSS}]")
_DRAWN = re.compile(r"[│┃║┆┇┊┋╎╏]|\+[-=─]{2,}")
_OPENS = re.compile(r"[\u2500-\u257f]|\+[-=─]{2,}")
_LEAST_CELLS = 2
_LEAST_ROWS = 2
_MOST_LINES = 2000
_NEAR = 1
"""Places at most that the same line down the table stands apart from row to row."""
_Cells = list[Fragments]


def find_tables(scan: Scan) -> Found:
    """Tables drawn with lines."""
    return (
        scan.tables(lambda at: _table(scan, at), lambda line: _OPENS.match(line.text) is not None)
        if _DRAWN.search(scan.text)
        else []
    )


def _is_drawn(line: Line) -> bool:
    return bool(line.text) and (line.text[0] in _DOWN or _is_level(line))


def _is_level(line: Line) -> bool:
    """Whether a line is nothing but the rule between rows."""
    return _LEVEL.fullmatch(line.text) is not None


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    """The table that begins at line ``at`` and the line after it."""
    after = at
    while after < min(len(scan.every), at + _MOST_LINES) and scan.is_free(after) and _is_drawn(scan.every[after]):
        after += 1
    lines = scan.every[at:after]
    if not any(_DRAWN.search(line.text) for line in lines):
        return None
    edges = max((_edges(line) for line in lines if not _is_level(line)), key=len, default=[])
    if len(edges) <= _LEAST_CELLS:
        return None
    rows: list[_Cells] = []
    groups = list(_groups(lines))
    ruled = len(groups) > _LEAST_ROWS
    for group in groups:
        dealt = [_deal(line, edges) for line in group]
        if None in dealt:
            return None
        told = [cells for cells in dealt if cells is not None]
        rows += _rows(scan.text, told, whole=ruled or group is not groups[-1])
    return (scan.build(rows, at), after) if len(rows) >= _LEAST_ROWS else None


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of cells between two rules."""
    group: list[Line] = []
    for line in lines:
        if not _is_level(line):
            group.append(line)
        if group and (_is_level(line) or any(char in _CROSS for char in line.text)):
            yield group
            group = []
    if group:
        yield group


def _edges(line: Line) -> list[int]:
    """Where the lines down the table stand, by their places in print."""
    return [_place(line.text[: found.start()]) for found in _PARTS.finditer(line.text)]


def _place(text: str) -> int:
    """Columns in print, a box character taking one."""
    return width(text) - sum("\u2500" <= char <= "\u257f" for char in text)


def _deal(line: Line, edges: Sequence[int]) -> _Cells | None:
    """The cells of a line, one that spans columns in the first of them; ``None`` where they fall into none."""
    cuts = [found.start() for found in _PARTS.finditer(line.text)]
    places = [_place(line.text[:cut]) for cut in cuts]
    if len(cuts) == len(edges):
        columns = list(range(len(edges)))
    else:
        columns = []
        for place in places:
            near = min(range(len(edges)), key=lambda i: abs(edges[i] - place))
            if abs(edges[near] - place) > _NEAR or near in columns:
                return None
            columns.append(near)
    cells: _Cells = [[] for _ in edges[1:]]
    for a, b, col in zip(cuts, cuts[1:], columns, strict=False):
        text = line.text[a + 1 : b]
        if text.strip() and not _LEVEL.fullmatch(text):
            cells[col].append((line.start + a + 1, line.start + b))
    return cells


def _rows(text: str, lines: Sequence[_Cells], *, whole: bool) -> list[_Cells]:
    """The rows of a group: one, its cells over lines, or one for each line that holds figures of its own.

    Without ``whole`` no rules stand between the rows, and each line is one where figures do not tell.
    """
    told = [sum(is_figure("".join(text[a:b].strip() for a, b in cell)) for cell in cells) for cells in lines]
    if sum(count > 1 for count in told) < _LEAST_ROWS:
        return [_joined(lines)] if whole else list(lines)
    begins = [i for i, count in enumerate(told) if count > 1 or not i]
    return [_joined(lines[a:b]) for a, b in zip(begins, [*begins[1:], len(lines)], strict=True)]


def _joined(lines: Sequence[_Cells]) -> _Cells:
    return [[piece for cells in lines for piece in cells[col]] for col in range(len(lines[0]))]
