"""The alternatives of a pattern with the words that each cannot do without, so that most texts need no search.

力争|确保(?![”"])|(?<!需)要(?:达到|完成): the first needs 力争, the second 确保, the third 要 and one of 达到, 完成.
"""

from __future__ import annotations

import re

Needed = frozenset[str]
Way = tuple[str, list[Needed]]
"""An alternative of a pattern, as written, and what it needs: a word of every one of these, the most telling first."""
_QUANTIFIER = re.compile(r"(?:[*+?]|\{(\d*)(?:,\d*)?\})[?+]?")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_PLAIN_CLASS = re.compile(r"\[([^\^\]\[\\&|~-]+)\]")
_LOOK_AROUND = ("(?=", "(?!", "(?<=", "(?<!")
_PROPERTY = re.compile(r"\\[pP]\{[^}]*\}")
_CONDITION = re.compile(r"\(\?\(\w+\)")
"""(?(name)…|…): what it needs depends on what was matched before."""
_REFERENCE = re.compile(r"\\[1-9g]|\(\?\(")
"""What speaks of a group by number or name, which may stand in another alternative."""
_GROUP = re.compile(r"\((?:\?(?::|>|P<\w+>))?(?!\?)")


def ways(pattern: str) -> list[Way]:
    """The alternatives of ``pattern``; the pattern itself where they are not known or cannot do without one another."""
    try:
        found, end = _alternatives(pattern, 0)
    except ValueError:
        return [(pattern, [])]
    if end < len(pattern):
        return [(pattern, [])]
    return [(pattern, [words] if (words := _any_of(found)) else [])] if _REFERENCE.search(pattern) else found


def _alternatives(pattern: str, at: int) -> tuple[list[Way], int]:
    """The alternatives from ``at`` on, and where they end: at a closing bracket or at the pattern's end."""
    every: list[Way] = []
    while True:
        words, end = _sequence(pattern, at)
        every.append((pattern[at:end], words))
        if pattern[end : end + 1] != "|":
            return every, end
        at = end + 1


def _any_of(found: list[Way]) -> Needed:
    """Words one of which stands in whatever one of these alternatives matches."""
    if not all(needs for _, needs in found):
        return frozenset()
    return frozenset().union(*(needs[0] for _, needs in found))


def _sequence(pattern: str, at: int) -> tuple[list[Needed], int]:
    """What one alternative needs, the most telling first, and where it ends."""
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
    return sorted(filter(None, found), key=lambda words: (-min(map(len, words)), len(words))), at


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
    found, end = _alternatives(pattern, at)
    if pattern[end : end + 1] != ")":
        raise ValueError(pattern)
    return _any_of(found), end + 1


def _closed(found: re.Match[str] | None) -> int:
    if found is None:
        raise ValueError("a pattern written in a way that is not known here")
    return found.end()
