"""Which cells a row of words leaves blank, told by what the rows that have all their cells look like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from indicators.readers.tables.headings import ColumnRole

FIGURE = re.compile(r"[≥≤><=＝约]?[+\-－]?\d[\d,.]*\S{0,8}|[—–\-/]+|[√×]")
"""A cell that holds a figure, nothing or a tick, and no words."""
_DIGITS = re.compile(r"\d[\d,.]*")
_LEAST_SHAPES = 2
_LEAST_COLUMNS = 4
_MOST_GAPS = 2
"""Blank cells at most that are told by the shapes of the other rows."""
_SHARED = frozenset(("category", "label", "number"))
"""Columns whose cells several rows share."""
Shape = tuple[str, str]
"""Whether a cell holds a figure or words, and what its figure looks like."""


def shapes_of(rows: Sequence[Sequence[str]], width: int) -> list[list[Shape]]:
    """What the rows look like that have all their cells."""
    return [[_shape(word) for word in words] for words in rows if len(words) == width and max(map(len, words)) > 1]


def blank_columns(
    words: Sequence[str], shapes: Sequence[Sequence[Shape]], roles: Sequence[ColumnRole]
) -> frozenset[int] | None:
    """Which columns a short row leaves blank, by what the full rows hold there; ``None`` where that tells nothing."""
    told = [_shape(word) for word in words]
    missing = len(roles) - len(told) if len(shapes) >= _LEAST_SHAPES and len(roles) >= _LEAST_COLUMNS else 0
    if not 0 < missing <= _MOST_GAPS or len(shapes[0]) != len(roles):
        return None
    kinds = [Counter(row[col][0] for row in shapes) for col in range(len(roles))]
    looks = [Counter(row[col] for row in shapes) for col in range(len(roles))]

    def likeness(gaps: Sequence[int]) -> tuple[int, int, Sequence[int]]:
        kept = [col for col in range(len(roles)) if col not in gaps]
        kind = sum(kinds[col][shape[0]] for col, shape in zip(kept, told, strict=True))
        look = sum(looks[col][shape] for col, shape in zip(kept, told, strict=True))
        # A cell that rows share is left out rather than any other.
        return kind + len(shapes) // 2 * sum(roles[col] in _SHARED for col in gaps), look, gaps

    best, _, gaps = max(likeness(gaps) for gaps in combinations(range(len(roles)), missing))
    return frozenset(gaps) if best * 4 >= len(told) * len(shapes) * 3 else None


def _shape(word: str) -> Shape:
    """What a cell looks like: words, or a figure with its sign in front and what stands behind it."""
    if FIGURE.fullmatch(word) is None:
        return "words", ""
    return "figure", _DIGITS.sub("." if "." in word else "0", word)
