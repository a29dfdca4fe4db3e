"""The words and figures of a line, what a blank broke put together: 8 以上, 2020 年目标值."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from indicators.quantities.years import YEAR
from indicators.readers.layout.lines import Line
from indicators.readers.layout.pieces import Fragments
from indicators.rulebook import phrase, source

_WORD = re.compile(rf"{YEAR} 年\S*|[≥≤><=＝≧≦] ?\S+|\S+")
_PRINTED = r"[≥≤><=＝≧≦＜＞约]{0,2} ?[\[〔【]?[+\-－]?\d[\d,，]*(?:\.\d+)?[%％‰]?[\]〕】]?"
_STROKES = frozenset("─━═┄┈_—–－-")
_DRAWN = re.compile(r"[─━═┄┈_]{2,}|[—–－-]{5,}")
_FRONT = re.compile(r"\d{1,3}")
_ENDS = (re.compile(r"\d{3}"), re.compile(r"\d{3}(?:\.\d+)?"))
"""The end of a figure that a blank or a line end broke at its thousands (16 | 850), the surer one first."""


class Word(NamedTuple):
    """A stretch of the text without blanks, or several that belong together, and the line that it begins on."""

    text: str
    at: tuple[tuple[int, int], ...]
    line: int = 0

    @property
    def cell(self) -> Fragments:
        """It as a cell of a table."""
        return list(self.at)


def words_of(line: Line) -> list[Word]:
    """The words of a line in printed order, drawn lines left out."""
    return [
        Word(found[0], ((line.start + found.start(), line.start + found.end()),), line.number)
        for found in _WORD.finditer(line.text)
        if not is_rule(found[0])
    ]


def is_rule(text: str) -> bool:
    """Whether a word is a line drawn under or between headings; up to four dashes stand for no figure instead."""
    return text[:1] in _STROKES and _DRAWN.fullmatch(text) is not None


@cache
def _figure() -> re.Pattern[str]:
    return re.compile(rf"{_PRINTED}(?:{source('tables', 'figure_tail')})?|[—–\-－/]{{1,4}}")


@lru_cache(maxsize=1024)
def is_figure(text: str) -> bool:
    """Whether a word is a figure with its bound, or the dash that stands for none: asked of a word by every form."""
    return _figure().fullmatch(text) is not None


def joined(words: Sequence[Word]) -> Word:
    """Several words as one."""
    return Word("".join(word.text for word in words), tuple(at for word in words for at in word.at), words[0].line)


def bound(words: Sequence[Word]) -> list[Word]:
    """The words with bounds put to their figures: 8 | 以 | 上 is one."""
    found: list[Word] = []
    at = 0
    while at < len(words):
        size = 1
        if is_figure(words[at].text):
            behind = {n: "".join(word.text for word in words[at + 1 : at + 1 + n]) for n in (2, 1)}
            size += next((n for n in behind if phrase("tables", "figure_tail").fullmatch(behind[n])), 0)
        found.append(joined(words[at : at + size]) if size > 1 else words[at])
        at += size
    return found


def mended(figures: Sequence[Word], count: int) -> list[Word] | None:
    """The figures put together at broken thousands so that they are ``count``; ``None`` where that is not clear."""
    for end in _ENDS:
        broken = [
            i
            for i in range(len(figures) - 1)
            if _FRONT.fullmatch(figures[i].text) and end.fullmatch(figures[i + 1].text)
        ]
        ways = [ways for ways in combinations(broken, len(figures) - count) if _apart(ways)]
        if len(ways) == 1:
            return list(_put_together(figures, ways[0]))
    return None


def _apart(places: Sequence[int]) -> bool:
    return all(b - a > 1 for a, b in pairwise(places))


def _put_together(figures: Sequence[Word], places: Sequence[int]) -> Iterator[Word]:
    for i, figure in enumerate(figures):
        if i in places:
            yield joined(figures[i : i + 2])
        elif i - 1 not in places:
            yield figure
