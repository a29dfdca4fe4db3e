"""Tables laid out by blanks under headings that take two lines or three: places on the line tell the columns.

The rows say where each column stands; a heading belongs to the column that it stands over, and is put together from
its lines. A heading over several lower ones heads them all. A row may leave cells blank, for places tell which. Where a
cell stands in no column, or a column has no heading, the table is not read here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout.lines import Line, width
from indicators.readers.layout.pieces import Fragments, cells_of, parts, unspread, words_of
from indicators.readers.layout.places import Measure, cells_at, columns_of, printed_at, ragged
from indicators.readers.layout.words import is_figure
from indicators.readers.tables.heading_row import FIGURES, HeadingRow
from indicators.readers.tables.headings import ColumnRole, column_role
from indicators.schema.source import Table

_FIGURE = re.compile(r"[≥≤><=＝约]?[+\-－]?\d[\d,.]*[万亿]?[%％‰元个家户人亩吨套]?|[—–\-/]+|[√×✓▲●]")
_MOST_LINES = 3
"""Lines of headings at most."""
_LEAST_COLUMNS = 3
_LEAST_ROWS = 3
_LEAST_FIGURES = 2
_LONGEST = 24
"""Characters of a heading at most."""
_NEAR = 6
"""Places at most that a heading stands aside of its column."""
_OVER = 2
"""Places at least that an upper heading shares with a lower one that it stands over."""
_BEHIND: frozenset[ColumnRole] = frozenset(("completion", "growth"))
"""Figures that stand behind those that they are of."""
_MOST_ROWS = 400
_Head = list[list[Fragments]]
"""Rows of headings, a cell a column."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a heading line by its places, and where it stands in the text."""

    begin: int
    end: int
    fragment: tuple[int, int]
    level: int


@dataclass(slots=True)
class _Column:
    """Where the cells of a column stand, its headings from the top down, and the heading that it shares."""

    begin: int
    end: int
    own: list[_Piece] = field(default_factory=list)
    over: _Piece | None = None


@dataclass(frozen=True, slots=True)
class _Setting:
    """Where the headings of a table stand: twice the place of a heading or a column, and where upper ones reach."""

    place: Callable[[_Piece | _Column], int]
    of: Callable[[_Column | None, _Column | None], tuple[_Column | None, ...]]
    """Of the columns left and right of one without an upper heading, those whose upper heading may reach it."""


_SETTINGS = (
    _Setting(lambda at: 2 * at.begin, lambda left, _: (left,)),
    _Setting(lambda at: 2 * at.end, lambda _, right: (right,)),
    _Setting(lambda at: at.begin + at.end, lambda left, right: (left, right)),
)


def find_tables(scan: Scan) -> Found:
    """Tables laid out by blanks under headings of several lines."""
    return scan.tables(lambda at: _table(scan, at), lambda line: "  " in line.text and _is_heading_line(line))


def _is_heading_line(line: Line) -> bool:
    words = words_of(line, parts(line))
    return bool(words) and not any(_FIGURE.fullmatch(word) or len(word) > _LONGEST or "。" in word for word in words)


def _is_row(line: Line) -> bool:
    """Whether a line holds a name and figures."""
    words = words_of(line, parts(line))
    figures = [is_figure(word) or _FIGURE.fullmatch(word) is not None for word in words]
    # A row holds figures mostly, and words where a promise has none: 万美元 | 612 | -2.5 | 稳中有进 | 16.
    return len(words) > _LEAST_FIGURES and not figures[0] and sum(figures) >= max(_LEAST_FIGURES, len(words) // 2)


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    body = next((i for i in range(at, min(len(scan.every), at + _MOST_LINES + 1)) if _is_row(scan.every[i])), at)
    heads = scan.every[at:body]
    if len(heads) < 2 or not all(line.text and _is_heading_line(line) for line in heads):
        return None
    after = body
    while after < min(len(scan.every), body + _MOST_ROWS) and scan.is_free(after) and _is_row(scan.every[after]):
        after += 1
    rows = scan.every[body:after]
    if len(rows) < _LEAST_ROWS or not scan.closes(after):
        return None
    # Some writers count a Chinese character as one place, others as two.
    measure = min((width, len), key=lambda measure: ragged(rows, measure))
    full = _in_full(rows)
    starts = columns_of(rows, measure) if full is None else [0] * len(full[0])
    cells = full or [cells_at(line, starts, measure) for line in rows]
    if (
        len(starts) < _LEAST_COLUMNS
        or any(len(cell) > 1 for row in cells for cell in row)
        or not all(r[0] for r in cells)
    ):
        return None
    columns = _columns(rows, starts, measure) if full is None else _columns_in_full(rows, measure)
    head = _headed(scan.text, heads, columns, measure)
    if head is None or not _speaks(scan.text, head, cells):
        return None
    return scan.build([*head, *cells], at, header=len(head)), after


def _in_full(rows: Sequence[Line]) -> list[list[Fragments]] | None:
    """The cells of rows that all print as many, dashes where they tell nothing; ``None`` where they do not."""
    cells = [cells_of(line, parts(line)) for line in rows]
    return cells if len({len(row) for row in cells}) == 1 else None


def _columns_in_full(rows: Sequence[Line], measure: Measure) -> list[_Column]:
    """The columns of such rows, told by the order of their cells."""
    told = [[printed_at(line, piece, measure) for piece in parts(line)] for line in rows]
    return [
        _Column(min(begin for begin, _ in cells), max(end for _, end in cells)) for cells in zip(*told, strict=True)
    ]


def _columns(rows: Sequence[Line], starts: Sequence[int], measure: Measure) -> list[_Column]:
    """The columns, each as wide as its cells."""
    columns = [_Column(start, start) for start in starts]
    for line in rows:
        for piece in parts(line):
            begin, end = printed_at(line, piece, measure)
            column = max((c for c in columns if c.begin <= begin), key=lambda c: c.begin)
            column.end = max(column.end, end)
    return columns


def _headed(text: str, heads: Sequence[Line], columns: Sequence[_Column], measure: Measure) -> _Head | None:
    """The rows of headings; ``None`` where a heading stands over no column or a column under none, or it is not clear.

    A table sets all its headings in one way: at the left of their columns, at the right, or in the middle.
    """
    levels = [_pieces(line, level, measure) for level, line in enumerate(heads)]
    found: list[tuple[int, _Head]] = []
    for setting in _SETTINGS:
        placed = [_places(pieces, columns, setting) for pieces in levels]
        told = [line for line in placed if line is not None]
        if len(told) < len(placed):
            continue
        made = _assembled(text, levels, [places for _, places in told], columns, setting)
        if made is not None:
            found.append((sum(apart for apart, _ in told), _heading_rows(made)))
    if not found:
        return None
    least, head = min(found, key=lambda one: one[0])
    rivals = [apart for apart, other in found if other != head]
    return head if all(apart * 2 >= least * 3 and apart > least for apart in rivals) else None


def _assembled(
    text: str,
    levels: Sequence[Sequence[_Piece]],
    placed: Sequence[Sequence[int]],
    columns: Sequence[_Column],
    setting: _Setting,
) -> list[_Column] | None:
    """The columns with these headings; ``None`` where one has none or lacks an upper one."""
    made = [_Column(column.begin, column.end) for column in columns]
    for pieces, places in zip(levels, placed, strict=True):
        for piece, place in zip(pieces, places, strict=True):
            made[place].own.append(piece)
    if not all(column.own for column in made):
        return None
    return made if _reached(text, made, setting) else None


def _reached(text: str, columns: Sequence[_Column], setting: _Setting) -> bool:
    """Gives each lower heading the upper one that reaches over it; whether that is clear for all.

    First where one stands over the other, then from column to column where 目标 and 完成 are of one thing.
    """
    for step in (_overlapping, _answering):
        found = True
        while found:
            found = False
            for i, column in enumerate(columns):
                if not i or column.over is not None or len(column.own) > 1 or not column.own[0].level:
                    continue
                left, right = (columns[j] if 0 <= j < len(columns) else None for j in (i - 1, i + 1))
                near = step(text, column, left, right, setting)
                if len(near) > 1:
                    return False
                column.over, found = (near[0], True) if near else (None, found)
    return not any(_lacks_upper(text, column) for column in columns) and _differ(text, columns)


def _overlapping(
    text: str, column: _Column, left: _Column | None, right: _Column | None, setting: _Setting
) -> list[_Piece]:
    """The upper headings of the columns beside that stand over a lower heading, too."""
    near = [upper for beside in (left, right) if beside is not None and (upper := _upper(beside)) is not None]
    return [upper for upper in near if upper.level < column.own[0].level and _gap(upper, column.own[0]) <= -_OVER]


def _answering(
    text: str, column: _Column, left: _Column | None, right: _Column | None, setting: _Setting
) -> list[_Piece]:
    """The nearest upper heading beside a lower one of figures, where the one there is of other figures."""
    role = _role(text, column)
    if role not in FIGURES:
        return []
    columns = [beside for beside in setting.of(left, right) if beside is not None]
    near = [
        upper for beside in columns if (upper := _upper(beside)) is not None and _role(text, beside) in FIGURES - {role}
    ]
    least = min((_gap(upper, column.own[0]) for upper in near), default=0)
    return [upper for upper in near if _gap(upper, column.own[0]) == least]


def _upper(column: _Column) -> _Piece | None:
    """The upper heading of a column that has two."""
    return column.over or (column.own[0] if len(column.own) > 1 else None)


def _differ(text: str, columns: Sequence[_Column]) -> bool:
    """Whether each upper heading stands over figures that differ (目标, 完成, 完成率) and begin with no rate.

    Over figures beside something else (家, 目标) it stands over one of them only, and by its length over the other.
    """
    groups: dict[tuple[int, int], list[ColumnRole]] = {}
    for column in columns:
        if (upper := _upper(column)) is not None:
            groups.setdefault(upper.fragment, []).append(_role(text, column))
    several = [roles for roles in groups.values() if len(roles) > 1 and not FIGURES.isdisjoint(roles)]
    return all(
        len(set(roles)) == len(roles) and FIGURES.issuperset(roles) and roles[0] not in _BEHIND for roles in several
    )


def _gap(upper: _Piece, lower: _Piece) -> int:
    """How many places lie between an upper and a lower heading."""
    return max(upper.begin - lower.end, lower.begin - upper.end)


def _lacks_upper(text: str, column: _Column) -> bool:
    """Whether 完成 stands low, with nothing over it that says what is done."""
    return _upper(column) is None and column.own[0].level > 0 and _role(text, column) in FIGURES


def _role(text: str, column: _Column) -> ColumnRole:
    lower = column.own[1:] if len(column.own) > 1 else column.own
    return column_role(_told(text, [piece.fragment for piece in lower]))


def _pieces(line: Line, level: int, measure: Measure) -> list[_Piece]:
    pieces = []
    for a, b in unspread(line):
        pieces.append(_Piece(*printed_at(line, (a, b), measure), (line.start + a, line.start + b), level))
    return pieces


def _places(pieces: Sequence[_Piece], columns: Sequence[_Column], setting: _Setting) -> tuple[int, list[int]] | None:
    """How far the headings of a line stand from their columns in all, and the column of each, in order."""
    best: list[tuple[int, list[int]] | None] = [(0, [])] + [None] * len(columns)
    for piece in pieces:
        step: list[tuple[int, list[int]] | None] = [None] * (len(columns) + 1)
        for place, column in enumerate(columns):
            apart = abs(setting.place(piece) - setting.place(column)) // 2
            before = min((b for b in best[: place + 1] if b is not None), default=None, key=lambda b: b[0])
            if before is not None and apart <= _NEAR:
                step[place + 1] = (before[0] + apart, [*before[1], place])
        best = step
    return min((b for b in best if b is not None), default=None, key=lambda b: b[0])


def _told(text: str, cell: Fragments) -> str:
    return "".join(text[a:b] for a, b in cell)


def _speaks(text: str, head: _Head, cells: _Head) -> bool:
    """Whether the headings, or the names of the rows, say that figures are promised or told."""
    own = [_told(text, head[-1][col] or head[0][col]) for col in range(len(head[0]))]
    names = {column_role(_told(text, row[0])) for row in cells}
    return not (HeadingRow.of(own).kinds | names).isdisjoint(FIGURES - {"growth", "baseline"})


def _heading_rows(columns: Sequence[_Column]) -> _Head:
    """The headings as one row, or as two where some head several columns."""
    shared = {id(column.over) for column in columns if column.over is not None}
    if not shared:
        return [[[piece.fragment for piece in column.own] for column in columns]]
    top: list[Fragments] = []
    low: list[Fragments] = []
    begun: set[int] = set()
    for column in columns:
        heads = id(column.own[0]) in shared
        over = column.own[0] if heads else column.over
        fragments = [piece.fragment for piece in (column.own[1:] if heads else column.own)]
        # A heading of several columns is printed over the first of them.
        first = [over.fragment] if over is not None and id(over) not in begun else []
        top.append(first if over is not None else fragments)
        low.append(fragments if over is not None else [])
        begun |= {id(over)}
    return [top, low]
