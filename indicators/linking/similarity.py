"""How alike two indicator names are, on their cores: verbs, levels and quotes out, aliases resolved."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache


@lru_cache(maxsize=65536)
def _grams(text: str) -> Counter[str]:
    return Counter(text[i : i + 2] for i in range(len(text) - 1)) or Counter(text)


@lru_cache(maxsize=65536)
def alike(a: str, b: str) -> float:
    """0..1: how much of the shorter name stands in the longer one, and how much they share in all."""
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    ga, gb = _grams(a), _grams(b)
    shared = sum((ga & gb).values())
    if not shared:
        return 0.0
    na, nb = sum(ga.values()), sum(gb.values())
    contained = shared / min(na, nb)
    dice = 2 * shared / (na + nb)
    # The head of a Chinese name stands at its end: names that end differently measure different things.
    ending = 1.0 if a[-1] == b[-1] else 0.9
    return (0.55 * contained + 0.45 * dice) * ending
