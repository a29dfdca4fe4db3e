"""How alike two indicator names are, on their cores: verbs, levels and quotes out, aliases resolved."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from indicators.rulebook import phrase

_HEADLESS = 0.8
_OTHER_THING = 0.6
_A_WORD = 2
"""Characters of a word."""
_NAMES = 2048
"""Names whose pairs of characters are kept, more than most reports hold: each takes 1.5 KiB."""
_PAIRS = 8192
"""Pairs of names whose likeness is kept."""


@lru_cache(maxsize=_NAMES)
def grams(text: str) -> Counter[str]:
    """The pairs of neighbouring characters of a core; names that share none are not alike at all."""
    return Counter(text[i : i + 2] for i in range(len(text) - 1)) or Counter(text)


@lru_cache(maxsize=_PAIRS)
def alike(a: str, b: str) -> float:
    """0..1: how much of the shorter name stands in the longer one, and how much they share in all."""
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    ga, gb = grams(a), grams(b)
    shared = sum((ga & gb).values())
    if not shared:
        return 0.0
    na, nb = sum(ga.values()), sum(gb.values())
    contained = shared / min(na, nb)
    dice = 2 * shared / (na + nb)
    return (0.55 * contained + 0.45 * dice) * _headed(a, b) * _qualified(a, b)


def _headed(a: str, b: str) -> float:
    """The head of a Chinese name stands at its end: names that share no head measure different things."""
    if a[-1] == b[-1]:
        return 1.0
    return 0.9 if a[-2:] in b or b[-2:] in a else 0.75


def one_word_apart(a: str, b: str) -> bool:
    """药品抽检 and 食品抽检: names that differ in a word or two of the same place and no more are two things."""
    return len(a) == len(b) and 0 < sum(x != y for x, y in zip(a, b, strict=True)) <= _A_WORD


def _qualified(a: str, b: str) -> float:
    return _OTHER_THING if one_word_apart(a, b) else 1.0


@lru_cache(maxsize=_PAIRS)
def alike_to_promise(target: str, actual: str) -> float:
    """:func:`alike`, lowered where the actual says nothing of what the target's name ends in (…数字化改造)."""
    score = alike(
        phrase("links", "total").sub("", target) or target, phrase("links", "total").sub("", actual) or actual
    )
    return score if len(target) < 2 or target[-2:] in actual or target[-1] == actual[-1:] else score * _HEADLESS
