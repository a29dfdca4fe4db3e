"""A row of words taken for the headings of columns: what they say together, and what is put together or apart again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indicators.readers.headings import ColumnRole, column_role, squeeze
from indicators.readers.lines import Line
from indicators.readers.pieces import Piece, pieces_of
from indicators.rulebook import phrase

NAMES: frozenset[ColumnRole] = frozenset(("task", "indicator", "region"))
"""Columns that say what a row speaks of."""
TOLD: frozenset[ColumnRole] = frozenset(("actual", "result"))
"""Columns that say what became of it."""
FIGURES: frozenset[ColumnRole] = frozenset(("target", "actual", "completion", "baseline", "growth"))
"""Columns that hold figures of what is promised and done."""
POINTS: frozenset[ColumnRole] = frozenset(("score", "weight"))
"""Columns that hold points."""

_THING = 4
"""Characters at least of what two headings share, to be taken for the thing that they measure."""
_LONGEST = 24
"""Characters of a heading at most."""
_HEADING = re.compile(r"(?:19|20)\d{2} 年\S*|\S+")


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """Words that may head the columns of a table, one a column."""

    words: tuple[str, ...]
    roles: tuple[ColumnRole, ...]

    @classmethod
    def of(cls, words: Iterable[str]) -> HeadingRow:
        words = tuple(words)
        return cls(words, _roles(words))

    @property
    def kinds(self) -> frozenset[ColumnRole]:
        """What its columns hold, as far as the lexicon knows."""
        return frozenset(self.roles) - {"other"}

    @property
    def known(self) -> int:
        """How many of its words the lexicon knows."""
        return len(self.roles) - self.roles.count("other")

    def knows(self, most: int, of: int) -> bool:
        """Whether the lexicon knows ``most`` in ``of`` of its words."""
        return self.known * of >= len(self.words) * most

    @property
    def names(self) -> bool:
        """Whether a column says what a row speaks of."""
        return not NAMES.isdisjoint(self.roles)

    @property
    def promises(self) -> bool:
        """Whether a column holds what was promised."""
        return "target" in self.roles

    @property
    def tells(self) -> bool:
        """Whether a column says what became of it."""
        return not TOLD.isdisjoint(self.roles)


@lru_cache(maxsize=1024)
def _roles(words: tuple[str, ...]) -> tuple[ColumnRole, ...]:
    """Kept: each form of table looks at the same lines for headings."""
    roles = [column_role(word) for word in words]
    for promise, told, _ in twins(words, roles):
        roles[promise], roles[told] = "target", "actual"
    return tuple(roles)


def twins(words: Sequence[str], roles: Sequence[ColumnRole]) -> Iterator[tuple[int, int, str]]:
    """能耗降低目标(%) | 能耗降低率(%): the one promises what the other tells; ``(promise, told, thing)`` by place."""
    for i, word in enumerate(words):
        stem = _thing_promised(word) if roles[i] == "other" and len(word) > _THING else ""
        if len(stem) < _THING:
            continue
        told = [j for j, other in enumerate(words) if j != i and roles[j] == "other" and other.startswith(stem)]
        if len(told) == 1:
            yield i, told[0], stem


@lru_cache(maxsize=4096)
def _thing_promised(word: str) -> str:
    """能耗降低 of 能耗降低目标(%); "" where the heading promises nothing."""
    promise = phrase("tables", "promise_of_thing").search(word)
    return word[: promise.start()] if promise else ""


def is_heading_row(row: Sequence[str]) -> bool:
    """Whether a row's cells read as headings: short, most of them known, none a sentence."""
    heads = HeadingRow.of(text for text in row if text.strip())
    count = len(heads.words)
    if not count or any(len(squeeze(word)) > _LONGEST or "。" in word for word in heads.words):
        return False
    alone = count == 1 and len(row) > 1
    return heads.known >= max(1 if alone else 2, (count + 1) // 2) or (heads.known == count and len(row) > 1)


def heading_pieces(line: Line) -> list[Piece]:
    """The headings of a line; one that blanks spread out (单 位, 备  注) or cut (2020 年目标) is put together again."""
    found: list[Piece] = []
    for a, b in pieces_of(line, _HEADING):
        joined = line.text[found[-1][0] : b].split() if found and b - a == 1 else []
        if joined and len(joined[0]) == 1 and column_role("".join(joined)) != "other":
            found[-1] = (found[-1][0], b)
        else:
            found.append((a, b))
    return found


def groups(roles: Sequence[ColumnRole], words: Sequence[str]) -> list[list[int]]:
    """Lower headings (目标 | 完成 | 目标 | 完成) by place: a group starts where a heading comes again."""
    found: list[list[int]] = []
    seen: set[str] = set()
    for i, (role, word) in enumerate(zip(roles, words, strict=True)):
        if not found or role in seen or word in seen:
            found.append([])
            seen = set()
        found[-1].append(i)
        seen |= {role, word}
    return found


def deal(words: Sequence[str], count: int) -> list[int] | None:
    """Where each of ``count`` headings ends that blanks and line ends broke into ``words``.

    Every one is known to the lexicon but the first, and as few as can be are a bare year; ``None`` where the words
    do not come out so.
    """
    best: dict[tuple[int, int], tuple[int, list[int]] | None] = {}

    def rest_of(at: int, left: int) -> tuple[int, list[int]] | None:
        if left == 0:
            return (0, []) if at == len(words) else None
        if (at, left) not in best:
            found = []
            for end in range(at + 1, len(words) - left + 2):
                role = column_role("".join(words[at:end]))
                rest = rest_of(end, left - 1) if role != "other" or left == count else None
                if rest is not None:
                    found.append((rest[0] + (role not in ("other", "period")), [end, *rest[1]]))
            best[at, left] = max(found, default=None, key=lambda one: one[0])
        return best[at, left]

    dealt = rest_of(0, count)
    return dealt[1] if dealt is not None else None
