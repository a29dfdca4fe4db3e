"""Upper headings printed without the columns that they span: 地区 | 就业 | 招商 over 目标 | 完成 | 目标 | 完成.

Where a table lost its spans, its upper headings stand side by side and the lower ones tell how wide each one was:
they start anew under each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from indicators.readers.tables.heading_row import HeadingRow, groups, told_anew
from indicators.readers.tables.headings import column_role, squeeze

T = TypeVar("T")
_LEAST_GROUPS = 2
_LEAST_LEAVES = 3
_MOST_LEAD = 4
"""Columns at the left at most that have no lower heading."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How upper headings lie over lower ones: single columns left and right, and how many each group holds."""

    lead: int
    sizes: tuple[int, ...]
    tail: int

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return self.lead + sum(self.sizes) + self.tail

    def upper(self, heads: Sequence[T], blank: T) -> list[T]:
        """The upper headings, each at the first column of its group."""
        found = list(heads[: self.lead])
        for head, size in zip(heads[self.lead :], self.sizes, strict=False):
            found += [head, *[blank] * (size - 1)]
        return found + list(heads[len(heads) - self.tail :] if self.tail else ())

    def lower(self, leaves: Sequence[T], blank: T) -> list[T]:
        """The lower headings, the columns left and right of them blank."""
        return [blank] * self.lead + list(leaves) + [blank] * self.tail


def spread(upper: Sequence[str], leaves: Sequence[str], *, lead: int | None = None) -> Spread | None:
    """How ``upper`` lies over ``leaves``; ``None`` where the numbers do not come out.

    ``lead``: how many columns at the left have no lower heading, where the table says so itself.
    """
    below = HeadingRow.of(leaves)
    words = [squeeze(leaf) for leaf in leaves]
    if len(leaves) < _LEAST_LEAVES or not (below.knows(1, of=2) or told_anew(words)):
        return None
    sizes = tuple(len(group) for group in groups(below.roles, words))
    single = len(upper) - len(sizes)
    if len(sizes) < _LEAST_GROUPS or single < 1:
        return None
    leads = range(1, min(single, _MOST_LEAD) + 1) if lead is None else [lead] if 0 < lead <= single else []
    roles = [column_role(head) for head in upper]
    told = []
    for n in leads:
        over, alone = roles[n : n + len(sizes)], roles[:n] + roles[n + len(sizes) :]
        # What stands over no lower heading says itself what it holds: 单位 at the left, 排名 at the right.
        fits = len(alone) - alone.count("other")
        told.append((not below.knows(1, of=2) and {"target", "actual"} <= set(over), fits, n))
    if not told:
        return None
    *_, n = max(told)
    return Spread(n, sizes, single - n)


def centred(upper: Sequence[str], leaves: Sequence[str]) -> list[int] | None:
    """Where each upper heading belongs that stands in the midst of its group, over lower headings in every column.

    By place of the printed heading (``upper`` has blanks between them): the first column of its group; ``None`` where
    the headings do not fall into the groups one by one.
    """
    at = [i for i, head in enumerate(upper) if head]
    below = HeadingRow.of(leaves)
    if len(at) < _LEAST_GROUPS or not all(leaves):
        return None
    words = [squeeze(leaf) for leaf in leaves]
    if not (below.knows(1, of=2) or told_anew(words)):
        return None
    for lead in range(1, min(at[0], _MOST_LEAD) + 1):
        grouped = [[lead + i for i in group] for group in groups(below.roles[lead:], words[lead:])]
        if len(grouped) == len(at) and all(i in group for i, group in zip(at, grouped, strict=True)):
            return [group[0] for group in grouped]
    return None
