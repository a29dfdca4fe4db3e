"""Words dealt to the columns of a table, row by row, in the way that fits best as a whole.

Words go from column to column and on to the next row. One may be missing, go on on another line, or stand between two
rows and belong to none; each costs something. What is best is found word by word, for every column that it may be in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from indicators.readers.forms.fitted_cells import TELLING, TELLS_NOTHING, Kind, blank, fit, kind_of, unlike
from indicators.readers.layout.numbering import CHAPTERS, numbered
from indicators.readers.layout.words import Word

_GOES_ON, _NEVER = -1.3, -6.0
"""What it costs that a cell goes on on another line, and where it can hardly be so."""
_ROW, _SAME_LINE, _NEW_LINE = 0.3, -2.5, -0.8
"""What a new row is worth, what it costs within a line, and that a row goes on on another line."""
_APART, _PARTED = -3.0, 0.5
"""What it costs that a row goes on behind a blank line, and what it is worth that one begins there."""
_BETWEEN, _SECTION, _AMID = -2.0, -0.2, -2.0
"""What a word costs that stands between rows, the name of a section, and one that does not begin its line."""
_COUNTS, _MISCOUNTS = 2.0, -1.0
"""What it is worth that the number of a row is the next, and what it costs that it is not."""
_NO = -1e9
_WHOLE = frozenset(("number", "unit", "nature", "points", "mark"))
"""Columns whose cells are not broken over lines."""
_FIGURES = frozenset(("promise", "figure", "rate", "year"))
_FIGURED: frozenset[Kind] = frozenset(("bare", "rate", "value", "told", "none", "sign"))


class Token(NamedTuple):
    """A word of the table, the line that it stands on, and what stands before it."""

    word: Word
    at: int
    """The line by its place among the lines."""
    opens: bool
    """Whether it begins its line."""
    apart: bool
    """Whether a blank line stands before it."""


Cells = list[list[Token]]
"""A row: the words of each of its cells."""
_Way = tuple[int, bool]
"""The state that a word comes behind, and whether it begins a row."""


@dataclass(frozen=True, slots=True)
class Dealt:
    """The rows that the words begin with, how well they fit, and how many words they take."""

    score: float
    rows: list[Cells]
    after: int


def deal(tokens: Sequence[Token], sorts: Sequence[str], looks: Sequence[Kind | None] = ()) -> Dealt:
    """The best way to deal the words, or those up to the end of the table, to columns of these sorts.

    ``looks``: what the cells of each column are by themselves, which speaks against figures of another look.
    """
    return _Search(tokens, sorts, looks).best()


class _Search:
    """States are a column and whether the row has told something yet; the last stands for a word between rows."""

    def __init__(self, tokens: Sequence[Token], sorts: Sequence[str], looks: Sequence[Kind | None]) -> None:
        self.tokens, self.sorts, self.looks = tokens, sorts, looks
        self.width = len(sorts)
        self.gaps = [0.0, *accumulate(blank(sort) for sort in sorts)]
        """What it costs that a row has nothing in the first so many columns."""
        self.lined = sum(not token.opens for token in tokens) * 3 > len(tokens)
        self.parted = 0 < sum(token.apart for token in tokens) * 2 < len(tokens)
        self.poured = len({token.at for token in tokens}) * 20 < len(tokens)
        self.counted = self._counted() if "number" in sorts else frozenset()
        self.scores = [_NO] * (2 * self.width + 1)
        self.ended: list[tuple[float, int]] = []
        """The score of each state where the row ends with it."""
        self.ways: list[list[_Way]] = []

    def best(self) -> Dealt:
        """The rows that fit best."""
        score, after, state = 0.0, 0, 0
        for t, token in enumerate(self.tokens):
            self._take(t, token)
            if t + 1 < len(self.tokens) and not (self.tokens[t + 1].opens or self.poured):
                continue
            ended = max(self.ended[:-1])
            if ended[0] > score:
                (score, state), after = ended, t + 1
        return Dealt(score, self._rows(after, state), after)

    def _take(self, t: int, token: Token) -> None:
        """Puts the next word into every column that it may be in."""
        fits = self._fits(t, token)
        outside = 2 * self.width
        start, whence = max(self.ended) if t else (0.0, outside)
        begins = start + (_ROW if token.opens or self.poured else _SAME_LINE)
        apart = token.apart and self.parted
        same = (_NEW_LINE if self.lined and token.opens else 0.0) + _APART * apart
        figure = kind_of(token.word.text) in _FIGURED
        now, came = [_NO] * (outside + 1), [(outside, False)] * (outside + 1)
        # The best of the columns so far that the row may come from: where it told nothing, and where it did.
        reach = [(_NO, 0), (_NO, 0)]
        for c, sort in enumerate(self.sorts):
            told = int(figure and sort in TELLING)
            goes_on = _goes_on(sort, token) if token.opens or self.lined else None
            ways = [(begins + _PARTED * apart + self.gaps[c] + fits[c], told, whence, True)]
            for was, (value, origin) in enumerate(reach):
                ways.append((value + self.gaps[c] + same + fits[c], was or told, origin, False))
                state = 2 * c + was
                if goes_on is not None:
                    ways.append((self.scores[state] + goes_on + _APART * apart, was, state, False))
                reach[was] = max(reach[was], (self.scores[state] - self.gaps[c + 1], state))
            for value, did, origin, new in ways:
                if value > now[2 * c + did]:
                    now[2 * c + did], came[2 * c + did] = value, (origin, new)
        now[outside] = start + (_SECTION if _is_section(token) else _BETWEEN) + (0.0 if token.opens else _AMID)
        came[outside] = (whence, True)
        self.ways.append(came)
        self.scores = now
        self.ended = self._ended()

    def _fits(self, t: int, token: Token) -> list[float]:
        """How well the word fits each column."""
        fits = [fit(sort, token.word.text) for sort in self.sorts]
        for c, sort in enumerate(self.sorts):
            if sort == "number" and fits[c] > 0:
                fits[c] = _COUNTS if t in self.counted else _MISCOUNTS
        for c, look in enumerate(self.looks):
            fits[c] += unlike(look, token.word.text)
        return fits

    def _ended(self) -> list[tuple[float, int]]:
        """The score of each state where the row ends with it: its blanks counted, and that it must tell something."""
        found = [
            (score + self.gaps[-1] - self.gaps[state // 2 + 1] + (0.0 if state % 2 else TELLS_NOTHING), state)
            for state, score in enumerate(self.scores[:-1])
        ]
        return [*found, (self.scores[-1], 2 * self.width)]

    def _counted(self) -> frozenset[int]:
        """The words that count up from 1, each the next of its number that begins a line."""
        found: list[int] = []
        for t, token in enumerate(self.tokens):
            if (token.opens or self.poured) and token.word.text.rstrip("、.．") == str(len(found) + 1):
                found.append(t)
        return frozenset(found)

    def _rows(self, after: int, state: int) -> list[Cells]:
        """The rows of the best way that ends behind so many words in a state."""
        rows: list[Cells] = []
        own: Cells = [[] for _ in self.sorts]
        for t in range(after - 1, -1, -1):
            whence, new = self.ways[t][state]
            if state < 2 * self.width:
                own[state // 2].insert(0, self.tokens[t])
                if new:
                    rows.insert(0, own)
                    own = [[] for _ in self.sorts]
            state = whence
        return rows


def _goes_on(sort: str, token: Token) -> float:
    """What it costs that a word goes on with the cell before it."""
    kind = kind_of(token.word.text)
    if sort in _WHOLE or kind in ("sign", "category", "none"):
        return _NEVER
    if sort in _FIGURES and kind in ("words", "body"):
        return _NEVER / 2
    return _GOES_ON if kind in ("words", "told", "unit", "body") else 2 * _GOES_ON


def _is_section(token: Token) -> bool:
    number = numbered(token.word.text)
    return number is not None and number.rank in CHAPTERS
