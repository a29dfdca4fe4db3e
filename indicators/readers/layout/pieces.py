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
PART = re.compile(r"\S+(?: \S+)*")
"""A stretch between two blanks or more."""


def pieces_of(line: Line, pattern: re.Pattern[str] = _PIECE) -> list[Piece]:
    """The stretches of a line, in printed order; ``pattern`` says what one is where it is not all without blanks.

    Where the characters of a line stand apart one by one, two blanks part stretches.
    """
    if pattern is not PART and is_spread(line.text):
        pattern = PART
    return [found.span() for found in pattern.finditer(line.text)]


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
