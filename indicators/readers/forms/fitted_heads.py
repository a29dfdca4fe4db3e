"""The ways in which the first words of a table may be its headings: one a column, broken, or on two levels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from indicators.readers.layout.pieces import Fragments
from indicators.readers.layout.words import Word, joined
from indicators.readers.tables.heading_row import NAMES, HeadingRow, told_anew
from indicators.readers.tables.headings import ColumnRole, column_role, is_listed, squeeze
from indicators.readers.tables.spread import spread

_PIECES = 4
"""Words at most that a heading is broken into."""
_LONGEST = 20
_UNKNOWN, _BROKEN = 3.0, 0.6
"""What a heading costs that the lexicon does not know, and each break in one."""
_LEAST, _MOST = 3, 16
_BRACKETED = re.compile(r"[（(\[【][^()（）]*[)）\]】]")
_MOST_MERGED = 2
_LEADS: frozenset[ColumnRole] = frozenset(("number", "category", "label", "unit", "responsible", "other", "nature"))
"""Columns that may stand left of the names; a caption that reads as 完成情况 may not."""
_TELLS: frozenset[ColumnRole] = frozenset(("actual", "result", "completion"))
_MAY_NAME: tuple[ColumnRole, ...] = ("unit", "other", "category", "label", "responsible")


@dataclass(frozen=True, slots=True)
class Heads:
    """Columns by their roles, and the rows of headings over them."""

    roles: tuple[ColumnRole, ...]
    rows: tuple[tuple[Word | None, ...], ...]
    taken: int
    """Words that they take."""
    cost: float = 0.0
    """How unlikely they are by themselves."""

    def cells(self) -> list[list[Fragments]]:
        """The rows of headings as cells."""
        return [[word.cell if word is not None else [] for word in row] for row in self.rows]


class Readings:
    """The headings that words may be: what is worked out for the longest stretch of them serves the shorter ones."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.own = _bracketed(words)
        self.costs = _costs(self.own)

    def of(self, taken: int) -> Iterator[Heads]:
        """The headings that the first ``taken`` of the words may be."""
        own = _bracketed(self.words[:taken])
        whole = _put_together(own, self.costs if own == self.own[: len(own)] else _costs(own))
        for way in (whole, own) if whole != own else (own,):
            heads = HeadingRow.of(squeeze(word.text) for word in way or ())
            roles = _named(heads.roles)
            if _LEAST <= len(roles) <= _MOST and _speaks(heads, roles):
                yield Heads(roles, (tuple(way or ()),), taken)
        yield from _two_levels(own, taken)


def _named(roles: tuple[ColumnRole, ...]) -> tuple[ColumnRole, ...]:
    """The roles; where no heading names the rows, one of the first does: 单位 | 目标 | 完成, 险种 | 目标 | 完成."""
    if not NAMES.isdisjoint(roles):
        return roles
    at = next((i for i, role in enumerate(roles[:_LEAST]) if role in _MAY_NAME), None)
    return roles if at is None else (*roles[:at], "indicator", *roles[at + 1 :])


def _bracketed(words: Sequence[Word]) -> list[Word]:
    """The words with what stands in brackets on a line of its own put behind what it explains: 浓度 | （μg/m³）."""
    found: list[Word] = []
    for word in words:
        if found and _BRACKETED.fullmatch(word.text):
            found[-1] = joined([found[-1], word])
        else:
            found.append(word)
    return found


def _costs(words: Sequence[Word]) -> list[tuple[float, int]]:
    """What the first words cost as headings broken as little as can be, and of how many words the last one is.

    By how many words they are; it ends where no heading may end.
    """
    texts = [word.text for word in words]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        ways = []
        for size in range(1, min(_PIECES, end) + 1):
            text = squeeze("".join(texts[end - size : end]))
            if len(text) > _LONGEST:
                break
            known = column_role(text) != "other"
            if known or size == 1:
                cost = (size - 1) * _BROKEN + (0.0 if known else _UNKNOWN) - (0.3 if is_listed(text) else 0.0)
                ways.append((best[end - size][0] + cost, size))
        if not ways:
            break
        best.append(min(ways))
    return best


def _put_together(words: Sequence[Word], costs: Sequence[tuple[float, int]]) -> list[Word] | None:
    """The words as headings of which the lexicon knows three in four at least, broken as little as can be."""
    if len(costs) <= len(words):
        return None
    found: list[Word] = []
    end = len(words)
    while end:
        size = costs[end][1]
        found.insert(0, joined(words[end - size : end]) if size > 1 else words[end - 1])
        end -= size
    return found if _LEAST <= len(found) <= _MOST else None


def _speaks(heads: HeadingRow, roles: Sequence[ColumnRole]) -> bool:
    """Whether headings name, promise and tell."""
    told = heads.tells or "completion" in heads.kinds
    named = [i for i, role in enumerate(roles) if role in NAMES]
    promised = heads.promises or (len(named) > 1 and "task" in roles[named[0] + 1 :])
    leads = bool(named) and _LEADS.issuperset(roles[: named[0]])
    return leads and promised and told and heads.knows(2, of=3)


def _two_levels(words: Sequence[Word], taken: int) -> Iterator[Heads]:
    """Upper headings, and behind them the lower ones, which start anew under each."""
    texts = [squeeze(word.text) for word in words]
    if len(set(texts)) == len(texts):
        return  # no heading comes again
    for first in range(2, len(words) - 3):
        leaves = texts[first:]
        if not told_anew(leaves):
            continue
        for upper in _merged(words[:first]):
            laid = spread([squeeze(word.text) for word in upper], leaves)
            if laid is None or not _LEAST <= laid.width <= _MOST:
                continue
            over, below = laid.upper(upper, None), laid.lower(words[first:], None)
            roles = _named(tuple(_roles(over, below)))
            roles = tuple("target" if role == "task" and i > laid.lead else role for i, role in enumerate(roles))
            if "target" in roles and not _TELLS.isdisjoint(roles) and not NAMES.isdisjoint(roles):
                yield Heads(roles, (tuple(over), tuple(below)), taken, _uneven(leaves, laid.sizes))


def _uneven(leaves: Sequence[str], sizes: Sequence[int]) -> float:
    """How many groups of lower headings do not begin as the longest one does."""
    ends = list(accumulate(sizes, initial=0))
    groups = [leaves[a:b] for a, b in pairwise(ends)]
    longest = max(groups, key=len)
    return float(sum(list(group) != list(longest[: len(group)]) for group in groups))


def _merged(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The upper headings, and with one or two of those put together that a line end may have broken."""
    ways = [list(words)]
    for _ in range(_MOST_MERGED):
        yield from ways
        ways = [
            [*way[:i], joined(way[i : i + 2]), *way[i + 2 :]]
            for way in ways
            for i in range(1, len(way) - 1)
            if column_role(way[i].text) == column_role(way[i + 1].text) == "other"
        ][: _MOST * 2]


def _roles(over: Sequence[Word | None], below: Sequence[Word | None]) -> Iterator[ColumnRole]:
    """What each column holds: as its lower heading says, or the upper one where that is silent."""
    upper: Word | None = None
    for above, leaf in zip(over, below, strict=True):
        upper = above or upper
        own = column_role(squeeze(leaf.text)) if leaf is not None else "other"
        yield own if own != "other" else column_role(squeeze(upper.text)) if upper is not None else "other"
