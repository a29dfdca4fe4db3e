"""Flattens a known table the way PDF-to-text does, so that the cell of every character is known.

Every column has a width; a cell's text is broken into lines of that width wherever it fills up, and the lines of the
cells follow one another row by row, cell by cell. Drawn by a seed: widths, blank lines between lines, blanks around
figures, page ends with a page number and the headings printed again, row numbers on the line of the next cell.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from indicators.readers.layout.lines import width

WIDTHS = (14, 16, 18, 20, 24, 28, 32, 40, 48)
"""In columns of print: a Chinese character takes two."""
_NARROW = 8
_CLOSING = "，。；、：）)”》%％"


@dataclass(slots=True)
class Flat:
    """The text, and for every line of a cell where it stands and the cell (row, column) that it is of."""

    text: str = ""
    lines: list[tuple[int, int, tuple[int, int]]] = field(default_factory=list)

    def cell_at(self, offset: int) -> tuple[int, int] | None:
        """The cell of a character; ``None`` for titles, headings and page numbers."""
        return next((cell for start, end, cell in self.lines if start <= offset < end), None)

    def _add(self, text: str, gap: str, cell: tuple[int, int] | None) -> None:
        if cell is not None:
            self.lines.append((len(self.text), len(self.text) + len(text), cell))
        self.text += f"{text}\n{gap}"


def broken(text: str, room: int) -> list[str]:
    """The text in lines of at most ``room`` columns; closing punctuation is never the first of a line."""
    lines, line = [], ""
    for char in text:
        if width(line) + width(char) > room and line and char not in _CLOSING:
            lines.append(line.strip())
            line = ""
        line += char
    return [line for line in [*lines, line.strip()] if line]


def flatten(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], dice: random.Random) -> Flat:
    """The table as lines. ``rows`` hold one text for each heading; an empty text leaves no line."""
    rooms = [_room([row[at] for row in rows], dice) for at in range(len(head))]
    gap = dice.choice(("", "", "\n"))
    spaced, joined = dice.random() < 0.5, dice.random() < 0.3
    page = dice.randint(18, 45)
    made = Flat()
    made._add(title, "\n", None)
    _headings(made, head, gap)
    printed, pages = 0, 1
    for number, row in enumerate(rows):
        cells = [_spaced(text) if spaced else text for text in row]
        for at, text in enumerate(cells):
            broken_up = broken(text, rooms[at])
            if joined and at == 1 and broken_up and cells[0].isdigit():
                start, end, _ = made.lines.pop()
                first = f"{made.text[start:end]} {broken_up[0]}"
                made.text = made.text[:start]
                made.lines.append((start, start + len(cells[0]), (number, 0)))
                made.lines.append((start + len(cells[0]) + 1, start + len(first), (number, 1)))
                made.text += f"{first}\n{gap}"
                broken_up = broken_up[1:]
            for line in broken_up:
                if printed >= page:
                    made._add(f"- {pages} -", gap, None)
                    _headings(made, head, gap)
                    printed, pages = 0, pages + 1
                made._add(line, gap, (number, at))
                printed += 1
    return made


def _room(texts: Sequence[str], dice: random.Random) -> int:
    """A column's width: wide enough for short cells as a whole, else drawn."""
    longest = max((width(text) for text in texts), default=_NARROW)
    return longest if longest <= _NARROW else min(longest, dice.choice(WIDTHS))


def _headings(made: Flat, head: Sequence[str], gap: str) -> None:
    for heading in head:
        made._add(heading, gap, None)


def _spaced(text: str) -> str:
    """The text with a blank before every figure that follows Chinese text, as many writers of PDF leave one."""
    return "".join(
        f" {char}" if char.isdigit() and at and "\u4e00" <= text[at - 1] <= "\u9fff" else char
        for at, char in enumerate(text)
    )
