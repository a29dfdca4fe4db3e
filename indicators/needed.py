"""Words that a pattern cannot do without, to tell at one look that none of many patterns matches a text.

力争|确保(?![”"])|(?<!需)要(?:达到|完成) needs one of 力争, 确保, 达到, 完成: a text without them needs no search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

Needed = frozenset[str]
_QUANTIFIER = re.compile(r"(?:[*+?]|\{(\d*)(?:,\d*)?\})[?+]?")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_PLAIN_CLASS = re.compile(r"\[([^\^\]\[\\&|~-]+)\]")
_LOOK_AROUND = ("(?=", "(?!", "(?<=", "(?<!")
_PROPERTY = re.compile(r"\\[pP]\{[^}]*\}")
_CONDITION = re.compile(r"\(\?\(\w+\)")
"""(?(name)…|…): what it needs depends on what was matched before."""
_GROUP = re.compile(r"\((?:\?(?::|>|P<\w+>))?(?!\?)")


def gate(patterns: Iterable[str]) -> re.Pattern[str]:
    """Finds a word in every text that one of ``patterns`` matches, and in few others."""
    words = [needed(pattern) for pattern in patterns]
    if not all(words):
        return re.compile("")
    return re.compile("|".join(sorted(map(re.escape, frozenset().union(*words)))))


def needed(pattern: str) -> Needed:
    """Words one of which stands in whatever ``pattern`` matches; none where that is not known."""
    try:
        words, end = _alternatives(pattern, 0)
    except ValueError:
        return frozenset()
    return words if end == len(pattern) else frozenset()


def _alternatives(pattern: str, at: int) -> tuple[Needed, int]:
    """What the alternatives from ``at`` on need, and where they end: at a closing bracket or at the pattern's end."""
    every: list[Needed] = []
    while True:
        words, at = _sequence(pattern, at)
        every.append(words)
        if pattern[at : at + 1] != "|":
            return (frozenset().union(*every) if all(every) else frozenset()), at
        at += 1


def _sequence(pattern: str, at: int) -> tuple[Needed, int]:
    """What one alternative needs: the best of what stands in it one after the other."""
    found: list[Needed] = []
    run = ""
    while at < len(pattern) and pattern[at] not in "|)":
        words, literal, at = _item(pattern, at)
        quantifier = _QUANTIFIER.match(pattern, at)
        if quantifier is not None:
            at = quantifier.end()
            optional = quantifier[0][0] in "*?" or (quantifier[0][0] == "{" and not int(quantifier[1] or 0))
            words, literal = (frozenset() if optional else words | {literal} - {""}), ""
        if literal:
            run += literal
            continue
        found += [frozenset({run} - {""}), words]
        run = ""
    found.append(frozenset({run} - {""}))
    return max(found, key=lambda words: (min(map(len, words), default=0), -len(words))), at


def _item(pattern: str, at: int) -> tuple[Needed, str, int]:
    """The item at ``at``: the words that it needs, or the literal that it is, and where it ends."""
    char = pattern[at]
    if char == "[":
        end = _closed(_CLASS.match(pattern, at))
        plain = _PLAIN_CLASS.fullmatch(pattern, at, end)
        return frozenset(plain[1] if plain else ""), "", end
    if char == "\\":
        braces = _PROPERTY.match(pattern, at)
        literal = "" if pattern[at + 1].isalnum() else pattern[at + 1]
        return frozenset(), literal, braces.end() if braces else at + 2
    if char != "(":
        return frozenset(), "" if char in ".^$" else char, at + 1
    if condition := _CONDITION.match(pattern, at):
        return frozenset(), "", _inside(pattern, condition.end())[1]
    look = next((opening for opening in _LOOK_AROUND if pattern.startswith(opening, at)), None)
    words, end = _inside(pattern, at + len(look) if look else _closed(_GROUP.match(pattern, at)))
    return frozenset() if look else words, "", end


def _inside(pattern: str, at: int) -> tuple[Needed, int]:
    """What the inside of a group, which begins at ``at``, needs, and where the group ends."""
    words, end = _alternatives(pattern, at)
    if pattern[end : end + 1] != ")":
        raise ValueError(pattern)
    return words, end + 1


def _closed(found: re.Match[str] | None) -> int:
    if found is None:
        raise ValueError("a pattern written in a way that is not known here")
    return found.end()
