"""Where the stretches of a line stand in print, and the columns that they make in a table laid out by blanks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from indicators.readers.layout.lines import Line
from indicators.readers.layout.pieces import Fragments, Piece, parts

Measure = Callable[[str], int]
"""How many places a text takes: some writers count a Chinese character as one (``len``), others as two (``width``)."""


def printed_at(line: Line, piece: Piece, measure: Measure) -> tuple[int, int]:
    """First and last place of a stretch in print."""
    begin = line.indent + measure(line.text[: piece[0]])
    return begin, begin + measure(line.text[piece[0] : piece[1]])


def columns_of(lines: Sequence[Line], measure: Measure) -> list[int]:
    """Where each column begins: the stretches of places that some line fills, parted by places blank in all."""
    filled: set[int] = set()
    for line in lines:
        for piece in parts(line):
            begin, end = printed_at(line, piece, measure)
            filled.update(range(begin, end + 1))
    return sorted(at for at in filled if at - 1 not in filled)


def ragged(lines: Sequence[Line], measure: Measure) -> int:
    """At how many places stretches begin: few where the columns are aligned."""
    return len({printed_at(line, piece, measure)[0] for line in lines for piece in parts(line)})


def cells_at(line: Line, starts: Sequence[int], measure: Measure) -> list[Fragments]:
    """The stretches of a line, each in the column that begins last before it."""
    cells: list[Fragments] = [[] for _ in starts]
    for a, b in parts(line):
        begin, _ = printed_at(line, (a, b), measure)
        col = max((i for i, start in enumerate(starts) if start <= begin), default=0)
        cells[col].append((line.start + a, line.start + b))
    return cells
