"""The rows of a table from its words: what a line end broke put together, blank cells where they can be told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, permutations

from indicators.readers.forms.dealt_headings import Dealt
from indicators.readers.layout.pieces import Fragments
from indicators.readers.layout.words import Word, bound, is_figure, joined, mended
from indicators.readers.tables.headings import is_unit
from indicators.readers.tables.rates import is_rate_of

LEAST_FIGURES = 2
LONGEST = 40
"""Characters of a name at most: what is longer is running text."""
_MOST_PARTS = 12
"""Words at most that a row in pieces has beyond its cells."""
_NUMBER = re.compile(r"\d{1,3}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_RATED = 3
"""A promise, its answer and their rate."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a row looks like: whether it is numbered, how many figures and words behind them it has, and a unit."""

    numbered: bool
    figures: int
    trail: int
    unit: bool = False
    """A unit stands between the name and the figures."""

    @property
    def width(self) -> int:
        """How many words a row has that has all its cells."""
        return self.numbered + 1 + self.unit + self.figures + self.trail


@dataclass(slots=True)
class Rows:
    """The rows found so far, the words that wait for the rest of their row, and how many rows could not be told."""

    shape: Shape
    dealt: Dealt
    found: list[list[Fragments]] = field(default_factory=list)
    pending: list[Word] = field(default_factory=list)
    missed: int = 0

    def take(self, words: Sequence[Word], *, celled: bool) -> bool:
        """Takes words that end in figures; whether they end a row. ``celled``: cells stand on lines of their own."""
        whole = cells_of([*self.pending, *words], self.shape)
        if whole is None and self.pending and (whole := cells_of(words, self.shape)) is not None:
            self.end()
        if whole is None and celled:
            whole = _short(words, self.shape, self.dealt)
        if whole is None:
            self.pending += words
            return False
        self.found.append(whole)
        self.pending = []
        return True

    def end(self) -> bool:
        """Ends the row whose words wait: it leaves cells blank, or is missed; whether it is a row."""
        short = _short(self.pending, self.shape, self.dealt)
        if short is not None:
            self.found.append(short)
        self.missed += short is None and bool(figures_in(self.pending))
        self.pending = []
        return short is not None

    @property
    def is_lost(self) -> bool:
        """Whether more words wait than a row has."""
        return len(self.pending) > self.shape.width + _MOST_PARTS


def figures_in(words: Sequence[Word]) -> range:
    """Where the last run of figures stands."""
    end = len(words)
    while end and not is_figure(words[end - 1].text):
        end -= 1
    begin = end
    while begin and is_figure(words[begin - 1].text):
        begin -= 1
    return range(begin, end)


def has_unit(words: Sequence[Word]) -> bool:
    """Whether a unit stands right before the figures, and a name before it."""
    first = figures_in(words).start
    return first > 1 + is_numbered(words) and is_unit(words[first - 1].text)


def is_numbered(words: Sequence[Word]) -> bool:
    """Whether a row's number stands in front of a name."""
    several = len(words) > 1 and not is_figure(words[1].text)
    return several and _NUMBER.fullmatch(words[0].text) is not None


def cells_of(words: Sequence[Word], shape: Shape) -> list[Fragments] | None:
    """The words as the cells of a row; ``None`` where they are none."""
    words = bound(words)
    number, body = (words[:1], words[1:]) if shape.numbered else ([], words)
    if (shape.numbered and not (number and _NUMBER.fullmatch(number[0].text))) or not body:
        return None
    if len(words) == shape.width and not is_figure(body[0].text) and any(is_figure(word.text) for word in body):
        return [word.cell for word in words]
    told = figures_in(body)
    name, figures, trail = body[: told.start], body[told.start : told.stop], body[told.stop :]
    if len(figures) > shape.figures:
        figures = mended(figures, shape.figures) or []
    if not name or len(figures) != shape.figures or len(trail) != shape.trail:
        return None
    name, unit = (name[:-1], name[-1:]) if shape.unit else (name, [])
    if not name or any(is_figure(word.text) for word in name):
        return None
    whole = joined(name)
    if len(whole.text) > LONGEST or not _HAN.search(whole.text):
        return None
    return [*(word.cell for word in number), whole.cell, *(word.cell for word in [*unit, *figures, *trail])]


def _short(words: Sequence[Word], shape: Shape, dealt: Dealt) -> list[Fragments] | None:
    """A row that leaves cells blank; ``None`` where it is not clear which."""
    told = figures_in(words)
    if shape.numbered or shape.trail or told.start != 1 or told.stop != len(words) or len(told) <= LEAST_FIGURES:
        return None
    gap = _gap(words) or _first_groups([word.text for word in words], dealt)
    blank = shape.figures - len(told)
    if not gap or blank <= 0:
        return None
    cells = [word.cell for word in words]
    return [*cells[:gap], *([] for _ in range(blank)), *cells[gap:]]


def _gap(words: Sequence[Word]) -> int:
    """Before which figure cells are blank: where the lines of a row are furthest apart; 0 where they are not."""
    apart = [b.line - a.line for a, b in pairwise(words)]
    widest = max(apart[1:])
    return apart.index(widest, 1) + 1 if apart[1:].count(widest) == 1 and widest > min(apart) else 0


def _first_groups(row: Sequence[str], dealt: Dealt) -> int:
    """How many cells fill the first groups of columns and no more, where their rates bear that out; 0 otherwise."""
    filled = 1
    for size in dealt.sizes:
        if filled >= len(row):
            break
        if not any(is_rate_of(*([text] for text in own)) for own in permutations(row[filled : filled + size], _RATED)):
            return 0
        filled += size
    return filled if filled == len(row) else 0
