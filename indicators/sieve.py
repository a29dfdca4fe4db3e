"""Tells at one pass over a text which of many patterns may match it, so that the others need not be tried.

A pattern is parted into its alternatives, and each of them names the words that it cannot do without
(:mod:`indicators.needed`). Of the hundreds of alternatives of a section of rules a clause holds the words of one or
two.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from indicators.needed import Needed, ways

if TYPE_CHECKING:
    import regex

_MORE = 2
"""Further words asked for in an alternative whose most telling ones stand in a text."""
_MANY = 80
"""More words than this are hardly told apart sooner than the alternative itself."""


class Way:
    """One alternative of a pattern, compiled when a text holds its words for the first time."""

    def __init__(self, of: int, source: str, needs: Sequence[Needed]):
        self.of = of
        """The pattern's place among those of the sieve."""
        self.words: Needed = needs[0] if needs else frozenset()
        """One of them stands in whatever the alternative matches."""
        self._source = source
        self._more = [words for words in needs[1 : 1 + _MORE] if len(words) < _MANY]

    @cached_property
    def pattern(self) -> regex.Pattern[str]:
        """The alternative alone."""
        import regex  # the number grammar reads rules too, and does without it

        return regex.compile(self._source)

    @cached_property
    def more(self) -> list[re.Pattern[str]]:
        """What stands beside these words in whatever the alternative matches."""
        return [_any_word(words) for words in self._more]


class Sieve:
    """Patterns with the words that they cannot do without."""

    def __init__(self, patterns: Iterable[str]):
        self._ways = [Way(of, *way) for of, pattern in enumerate(patterns) for way in ways(pattern)]
        self.whole = len(self._ways) == 1
        """Whether there is but one alternative."""
        free = frozenset(at for at, way in enumerate(self._ways) if not way.words)
        self._free = [self._ways[at] for at in sorted(free)]
        """The alternatives that may do without any word."""
        by_word: dict[str, set[int]] = defaultdict(set)
        for at, way in enumerate(self._ways):
            for word in way.words:
                by_word[word].add(at)
        self._word = _any_word(by_word)
        self._by_word = {word: free.union(*_of_openings(word, by_word)) for word in by_word}

    def ways(self, text: str, at: int = 0, end: int = sys.maxsize) -> Sequence[Way]:
        """The alternatives whose words stand in ``text``, in the order of the patterns: no other matches anywhere."""
        search, by_word = self._word.search, self._by_word
        found = search(text, at, end)
        if found is None:
            return self._free  # nearly every text
        fit = by_word[found[0]]
        while (found := search(text, found.start() + 1, end)) is not None:
            fit |= by_word[found[0]]
        held = []
        for place in sorted(fit):
            way = self._ways[place]
            for word in way.more:
                if word.search(text, at, end) is None:
                    break
            else:
                held.append(way)
        return held

    def held(self, text: str) -> Iterable[int]:
        """The places of the patterns that may match somewhere in ``text``, in their order."""
        found = self.ways(text)
        return dict.fromkeys([way.of for way in found]) if found else ()


def _any_word(words: Iterable[str]) -> re.Pattern[str]:
    """Any of these words, the longest where several begin at one place; nothing where there are none."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)) or "(?!)")


def _of_openings(word: str, by_word: dict[str, set[int]]) -> Iterator[set[int]]:
    """What is known of ``word`` and of the shorter words that it begins with: where it stands, they stand."""
    return (by_word[word[:size]] for size in range(1, len(word) + 1) if word[:size] in by_word)


class Rare:
    """A phrase that few texts hold: looked for only where the words stand that it cannot do without."""

    def __init__(self, patterns: Sequence[str], behind: str = ""):
        """What any of ``patterns`` matches; ``behind`` must follow whichever does."""
        self._source = f"(?:{'|'.join(patterns)}){behind}" if behind else "|".join(patterns)
        self._sieve = Sieve(patterns)

    @cached_property
    def phrase(self) -> regex.Pattern[str]:
        """The whole of it, compiled when a text holds its words for the first time."""
        import regex  # the number grammar reads rules too, and does without it

        return regex.compile(self._source)

    def search(self, text: str, at: int = 0, end: int = sys.maxsize) -> regex.Match[str] | None:
        """As the phrase itself would."""
        ways = self._sieve.ways(text, at, end)
        if not ways or self._sieve.whole:
            return self.phrase.search(text, at, end) if ways else None
        while found := [match for way in ways if (match := way.pattern.search(text, at, end))]:
            at = min(match.start() for match in found)
            # The whole phrase has the same groups whichever of its alternatives matches, and prefers the first.
            if (whole := self.phrase.match(text, at, end)) is not None:
                return whole
            at += 1  # what must follow does not
        return None

    def match(self, text: str, at: int = 0, end: int = sys.maxsize) -> regex.Match[str] | None:
        """As the phrase itself would."""
        ways = self._sieve.ways(text, at, end)
        if not ways or not (self._sieve.whole or any(way.pattern.match(text, at, end) for way in ways)):
            return None
        return self.phrase.match(text, at, end)

    def cut(self, text: str) -> str:
        """The text without the phrase."""
        ways = self._sieve.ways(text)
        if not ways or not (self._sieve.whole or any(way.pattern.search(text) for way in ways)):
            return text
        return self.phrase.sub("", text)
