"""Words at the end of a text, found without looking through all of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import regex

Pattern = regex.Pattern[str]
Words = re.Pattern[str]
Found = re.Match[str] | regex.Match[str]


@dataclass(frozen=True, slots=True)
class AtEnd:
    """Words at the end of a text, looked for only where the text ends like one, and no farther back than they reach.

    A search for a pattern that ends in ``$`` begins at every character of the text, however short the words are.
    """

    pattern: Words | Pattern
    last: frozenset[str]
    """What the words end with."""
    reach: int | None = None
    """How many characters the words have at most; ``None`` where any number of them may follow one another."""

    def search(self, text: str) -> Found | None:
        """The words that the text ends in."""
        if text[-1:] not in self.last:
            return None
        return self.pattern.search(text, 0 if self.reach is None else max(0, len(text) - self.reach))

    def cut(self, text: str) -> str:
        """The text without these words."""
        found = self.search(text)
        return text[: found.start()] + text[found.end() :] if found else text


def at_end(pattern: str, *parts: Iterable[str], repeated: bool = False) -> AtEnd:
    """``pattern`` matches one of each of ``parts``, or any number of them, up to the end or a closing line end."""
    listed = [list(words) for words in parts]
    longest = sum(max(map(len, words), default=0) for words in listed)
    return AtEnd(re.compile(pattern), last_of(*listed), None if repeated else longest + 1)


def last_of(*parts: Iterable[str]) -> frozenset[str]:
    """What a text may end with that ends in such a word: a line end may close it."""
    return frozenset(word[-1] for words in parts for word in words) | {"\n"}


def alternation(words: Iterable[str]) -> str:
    """A regex alternation that prefers the longest word."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
