"""Stretches of a line without blanks, and the cells that they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from indicators.readers.layout.lines import Line
from indicators.schema.source import is_spread

Piece = tuple[int, int]
"""Where a stretch begins and ends in its line."""
Fragments = list[tuple[int, int]]
"""A cell: where its parts begin and end in the text."""

_PIECE = re.compile(r"\S+")
_PART = re.compile(r"\S+(?: \S+)*")
"""A stretch between two blanks or more."""


def pieces_of(line: Line, pattern: re.Pattern[str] = _PIECE) -> list[Piece]:
    """The stretches of a line, in printed order; ``pattern`` says what one is where it is not all without blanks.

    Where the characters of a line stand apart one by one, two blanks part stretches.
    """
    if pattern is not _PART and is_spread(line.text):
        pattern = _PART
    return [found.span() for found in pattern.finditer(line.text)]


def parts(line: Line) -> list[Piece]:
    """The stretches of the line parted by two blanks or more."""
    return pieces_of(line, _PART)


def unspread(line: Line) -> list[Piece]:
    """The stretches of the line, one whose characters stand apart (指  标) put together again."""
    found: list[Piece] = []
    for a, b in parts(line):
        before = line.text[found[-1][0] : found[-1][1]].split() if found else []
        spread = not line.text[a:b].isascii() and all(len(part) == 1 and not part.isascii() for part in before)
        if b - a == 1 and before and spread:
            found[-1] = (found[-1][0], b)
        else:
            found.append((a, b))
    return found


def words_of(line: Line, pieces: Iterable[Piece]) -> list[str]:
    """What the stretches say."""
    return [line.text[a:b] for a, b in pieces]


def cell_of(line: Line) -> Fragments:
    """A whole line as one cell, the bar at its end left out; an empty line is an empty cell."""
    text = line.text.removesuffix("|").rstrip()
    return [(line.start, line.start + len(text))] if text else []


def cells_of(line: Line, pieces: Sequence[Piece]) -> list[Fragments]:
    """A cell for each stretch."""
    return [[(line.start + a, line.start + b)] for a, b in pieces]
