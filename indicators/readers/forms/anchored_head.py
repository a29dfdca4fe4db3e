"""Headings of a laid-out table, which may take several lines, and in which of its columns the cells of a line stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.readers.layout.lines import Line
from indicators.readers.layout.pieces import Fragments, unspread
from indicators.readers.layout.places import Measure, printed_at
from indicators.readers.tables.heading_row import MEASURED, NAMES, HeadingRow
from indicators.readers.tables.headings import column_role, squeeze

_APART = 4
"""How much more it counts that a cell stands aside of its column than that it is not in its middle."""
_LEFT_OUT = 10
"""What it counts to leave a stretch out that stands left of all columns."""
_MOST_APART = 4
"""Places at most between a heading and the rest of it on the next line."""
Cells = list[Fragments]


@dataclass(slots=True)
class Head:
    """The headings and where the cells below them stand."""

    cells: Cells
    columns: list[tuple[int, int]]
    """First and last place of each column."""
    name: int
    """The column of the names."""
    numbered: bool
    measure: Measure
    taken: int
    """Lines that the headings take."""

    @classmethod
    def of(cls, lines: Sequence[Line], anchors: Sequence[Line], measure: Measure) -> Head | None:
        """The headings that begin with the first of these lines; ``None`` where they do not promise and tell."""
        found: list[tuple[int, Head]] = []
        for taken in range(1, len(lines) + 1):
            made = _assembled(lines[:taken], measure)
            if made is None:
                break
            cells, columns, words = made
            heads = HeadingRow.of(words)
            head = _named(cells, columns, heads, anchors, measure, taken) if _speaks(heads) else None
            if head is not None:
                found.append((heads.known, head))
        best = max(reversed(found), key=lambda one: one[0], default=None)
        return best[1] if best is not None else None

    def apart(self, lines: Sequence[Line]) -> int | None:
        """How far the cells of these lines stand from their columns in all; ``None`` where there are too many."""
        found = [
            _places_of([printed_at(line, piece, self.measure) for piece in unspread(line)], self.columns)
            for line in lines
        ]
        return None if None in found else sum(one[0] for one in found if one is not None)

    def widen(self, anchors: Sequence[Line]) -> None:
        """Lets each column reach as far as its cells do."""
        wide = list(self.columns)
        for line in anchors:
            for piece, col in zip(unspread(line), self._places(line) or (), strict=True):
                if col >= 0:
                    begin, end = printed_at(line, piece, self.measure)
                    wide[col] = min(wide[col][0], begin), max(wide[col][1], end)
        self.columns = wide

    def deal(self, line: Line) -> Cells | None:
        """The cells of a line, one for each column; ``None`` where they do not fall into the columns."""
        places = self._places(line)
        if places is None:
            return None
        cells: Cells = [[] for _ in self.columns]
        for (a, b), col in zip(unspread(line), places, strict=True):
            if col >= 0:
                cells[col].append((line.start + a, line.start + b))
        return cells

    def _places(self, line: Line) -> list[int] | None:
        found = self._dealt(line)
        return found[1] if found is not None else None

    def _dealt(self, line: Line) -> tuple[int, list[int]] | None:
        return _places_of([printed_at(line, piece, self.measure) for piece in unspread(line)], self.columns)


def _places_of(pieces: Sequence[tuple[int, int]], columns: Sequence[tuple[int, int]]) -> tuple[int, list[int]] | None:
    """How far the stretches of a line stand from their columns in all, and the column of each, in order.

    -1 left of them all; ``None`` where there are too many.
    """
    best: dict[int, tuple[int, list[int]]] = {-1: (0, [])}
    for begin, end in pieces:
        step: dict[int, tuple[int, list[int]]] = {}
        for before, (cost, places) in best.items():
            for col in range(before + 1, len(columns)):
                left, right = columns[col]
                apart = max(0, left - end, begin - right) * _APART + abs(begin + end - left - right) // 2
                if col not in step or cost + apart < step[col][0]:
                    step[col] = cost + apart, [*places, col]
            if before < 0 and end < columns[0][0]:
                step[-1] = cost + _LEFT_OUT, [*places, -1]
        best = step
    return min(best.values(), key=lambda one: one[0]) if best else None


def _assembled(lines: Sequence[Line], measure: Measure) -> tuple[Cells, list[tuple[int, int]], list[str]] | None:
    """The headings put together from their lines; ``None`` where a part of one stands under none."""
    first, *more = lines
    cells: Cells = [[(first.start + a, first.start + b)] for a, b in unspread(first)]
    words = [squeeze(first.text[a:b]) for a, b in unspread(first)]
    columns = [printed_at(first, piece, measure) for piece in unspread(first)]
    for line in more:
        pieces = unspread(line)
        found = _places_of([printed_at(line, piece, measure) for piece in pieces], columns)
        if found is None or -1 in found[1]:
            return None
        for (a, b), col in zip(pieces, found[1], strict=True):
            begin, end = printed_at(line, (a, b), measure)
            if max(columns[col][0] - end, begin - columns[col][1]) > _MOST_APART:
                return None
            cells[col].append((line.start + a, line.start + b))
            words[col] += squeeze(line.text[a:b])
            if column_role(words[col]) == "other":
                return None
            columns[col] = min(columns[col][0], begin), max(columns[col][1], end)
    return cells, columns, words


def _speaks(heads: HeadingRow) -> bool:
    return heads.promises and heads.tells and heads.knows(2, of=3)


def _named(
    cells: Cells,
    columns: list[tuple[int, int]],
    heads: HeadingRow,
    anchors: Sequence[Line],
    measure: Measure,
    taken: int,
) -> Head | None:
    """The headings with the column of names: so headed, or right before the first column of figures."""
    first = next((i for i, role in enumerate(heads.roles) if role in MEASURED), 0)
    named = [i for i, role in enumerate(heads.roles[:first]) if role in NAMES]
    numbered = heads.roles[0] == "number"
    if first:
        return Head(cells, columns, named[-1] if named else first - 1, numbered, measure, taken)
    # No heading stands over the names: they are what stands left of the first.
    left = []
    for line in anchors:
        own = [at for piece in unspread(line) if 2 * (at := printed_at(line, piece, measure))[1] < sum(columns[0])]
        left += own[-1:]
    if not left:
        return None
    span = min(begin for begin, _ in left), max(end for _, end in left)
    return Head([[], *cells], [span, *columns], 0, False, measure, taken)
