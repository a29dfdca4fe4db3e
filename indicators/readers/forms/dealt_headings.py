"""Headings put together so that they come out as many as the columns that the rows of a table tell.

Blanks and line ends break headings, and upper ones stand before the lower ones, before or behind the heading of the
names. Only what comes out in full is taken: a heading that the lexicon knows for each column of figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

from indicators.readers.layout.pieces import Fragments
from indicators.readers.layout.words import Word, is_figure, joined
from indicators.readers.tables import organisations
from indicators.readers.tables.heading_row import FIGURES, NAMES, wrapped
from indicators.readers.tables.headings import ColumnRole, column_role, is_listed, parse_heading, squeeze
from indicators.rulebook import phrase

MOST_WORDS = 60
_PIECES = 4
"""Words at most that a heading is broken into."""
_LONGEST = 24
_LEAST_DATED = 2
_LISTED = 0.5
"""How much likelier a heading is that the lexicon lists than one that only fits a pattern, in words put together."""
_UNKNOWN = 6
"""What a heading costs that the lexicon does not know, among those that it does."""
_MOST_KNOWN = 2
"""Headings known at least for each that is not."""
_STAGE = re.compile(r"[\u4e00-\u9fff]{2,4}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_UNIT = re.compile(r"[（(【\[][^()（）]*[)）】\]]")
_GROUP: frozenset[ColumnRole] = frozenset(("category", "label"))
"""Headings of groups, which also head the names where nothing else does."""
_LEAD: frozenset[ColumnRole] = _GROUP | {"number"}
"""Headings that may stand in front of that of the names."""
_TOLD: frozenset[ColumnRole] = FIGURES | {"period", "gap", "task", "result", "rank", "score", "weight", "status"}
"""What the heading of a column of figures says."""


class Columns(Protocol):
    """What the rows tell of the columns: whether they print numbers and units, how many figures and words behind."""

    @property
    def numbered(self) -> bool: ...
    @property
    def unit(self) -> bool: ...
    @property
    def figures(self) -> int: ...
    @property
    def trail(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Dealt:
    """The headings of a table: that of the names, one for each further column, and the upper ones over these."""

    name: Word
    leaves: Sequence[Word]
    upper: Sequence[Word | None]
    """The upper heading that stands over each leaf, if any does."""
    number: Word | None
    printed: Sequence[Word]
    """All words from the first heading on."""
    unit: Word | None = None

    @property
    def sizes(self) -> list[int]:
        """How many columns each heading at the top spans."""
        sizes: list[int] = []
        before: Word | None = None
        for word in self.upper:
            if word is not None and word is before:
                sizes[-1] += 1
            else:
                sizes.append(1)
            before = word
        return sizes

    @property
    def start(self) -> int:
        """Where the first of them begins in the text."""
        return self.printed[0].at[0][0]

    def rows(self) -> list[list[Fragments]]:
        """The rows of headings."""
        lead = [self.number.cell] if self.number else []
        lead.append(self.name.cell)
        lead += [self.unit.cell] if self.unit else []
        if not any(self.upper):
            return [[*lead, *(leaf.cell for leaf in self.leaves)]]
        top: list[Fragments] = [*lead]
        low: list[Fragments] = [[] for _ in lead]
        before: Word | None = None
        for upper, leaf in zip(self.upper, self.leaves, strict=True):
            top.append(leaf.cell if upper is None else [] if upper is before else upper.cell)
            low.append([] if upper is None else leaf.cell)
            before = upper
        return [top, low]


def deal_headings(words: Sequence[Word], columns: Columns, *, named: Word | None = None) -> Dealt | None:
    """The headings that ``words`` end in, for these columns; ``None`` where they do not come out.

    ``named``: the heading of the names of the table right above, which holds on where this one prints none.
    """
    printed = _unspread(words[-MOST_WORDS:])
    if not printed or is_figure(printed[-1].text):
        return None
    words = _dated(printed)
    found: list[tuple[tuple[int, int], Dealt]] = []
    for first, leaves in _leaves(words, columns.figures + columns.trail):
        before = words[:first]
        unit = next((word for word in reversed(before) if column_role(word.text) == "unit"), None)
        if not _tell(leaves[: columns.figures]) or (columns.unit and unit is None):
            continue
        if columns.unit:
            before = [word for word in before if word is not unit]
        dealt = _led(before, leaves, numbered=columns.numbered) or _unnamed(before, leaves, named)
        if dealt is not None:
            start = dealt.printed[0].at[0][0]
            dealt = replace(dealt, printed=[word for word in printed if word.at[0][0] >= start])
            dealt = replace(dealt, unit=unit if columns.unit else None)
            found.append(((len({squeeze(leaf.text) for leaf in leaves}), first), dealt))
    return min(found, key=lambda one: one[0])[1] if found else None


def _dated(words: Sequence[Word]) -> list[Word]:
    """The words with each year put to what stands below it: 2020年 | 2025年 | 性质 over 基期值 | 目标值.

    Headings that a line end broke are put together in the same way: 年度 | 实际 over 目标 | 完成.
    """
    low = [word for word in words if word.line == words[-1].line]
    above = words[: len(words) - len(low)]
    years = [i for i, word in enumerate(above) if word.line == above[-1].line and column_role(word.text) == "period"]
    level = [word for word in above if word.line == above[-1].line] if above else []
    if (places := wrapped([word.text for word in level], [word.text for word in low])) is not None:
        goes_on = [[word for word, place in zip(low, places, strict=True) if place == i] for i in range(len(level))]
        return [*above[: len(above) - len(level)], *(joined([w, *on]) for w, on in zip(level, goes_on, strict=True))]
    if len(years) != len(low) or len(low) < _LEAST_DATED or years[-1] - years[0] >= len(years):
        return list(words)
    if any(column_role(word.text) in ("other", "period") for word in low):
        return list(words)
    dated = [joined(pair) for pair in zip(above[years[0] : years[-1] + 1], low, strict=True)]
    return [*above[: years[0]], *dated, *above[years[-1] + 1 :]]


def _unspread(words: Sequence[Word]) -> list[Word]:
    """The words with those put together that stand a character apart (类 | 别), and units behind what they are of."""
    found: list[list[Word]] = []
    for word in words:
        spread = found and len(word.text) == len(found[-1][-1].text) == 1 and _HAN.fullmatch(word.text)
        if spread or (found and _UNIT.fullmatch(word.text)):
            found[-1].append(word)
        else:
            found.append([word])
    return [joined(run) if len(run) > 1 else run[0] for run in found]


def _leaves(words: Sequence[Word], count: int) -> Iterator[tuple[int, list[Word]]]:
    """Each end of the words that makes ``count`` headings that the lexicon knows: where it begins, and the headings.

    They are as evenly broken as can be.
    """
    # By the place where they begin and by their number: what headings up to the end cost, and where the first one ends.
    best: dict[tuple[int, int], tuple[float, int]] = {(len(words), 0): (0.0, 0)}
    for begin in range(len(words) - 1, max(0, len(words) - _PIECES * count) - 1, -1):
        for end in range(begin + 1, min(len(words), begin + _PIECES) + 1):
            rests = [n for n in range(count) if (end, n) in best]
            text = squeeze("".join(word.text for word in words[begin:end])) if rests else ""
            if not text or len(text) > _LONGEST:
                continue
            if column_role(text) == "other":
                if end - begin > 1 or not _STAGE.fullmatch(text):
                    continue
                own: float = _UNKNOWN
            else:
                own = (end - begin) ** 2 - (_LISTED if is_listed(text) else 0)
            for n in rests:
                cost = own + best[end, n][0]
                best[begin, n + 1] = min(best.get((begin, n + 1), (cost, end)), (cost, end))
    for first in range(1, len(words)):
        leaves: list[Word] = []
        begin = first
        while (begin, count - len(leaves)) in best and len(leaves) < count:
            end = best[begin, count - len(leaves)][1]
            leaves.append(joined(words[begin:end]))
            begin = end
        if len(leaves) == count:
            yield first, leaves


def _tell(leaves: Sequence[Word]) -> bool:
    """Whether they head figures, some of which are promised or told."""
    every = [column_role(leaf.text) for leaf in leaves]
    if every.count("other") * (1 + _MOST_KNOWN) > len(every):
        return False
    roles = set(every) - {"other"}
    return roles <= _TOLD and not roles.isdisjoint({"target", "actual", "completion", "task", "period"})


def _led(words: Sequence[Word], leaves: Sequence[Word], *, numbered: bool) -> Dealt | None:
    """The leaves with the heading of the names and the upper ones that stand before them."""
    groups = _groups(leaves)
    if not groups:
        named = _named(words, len(words), numbered=numbered)
        return Dealt(named[0], leaves, [None] * len(leaves), named[1], words[named[2] :]) if named else None
    named = _named(words, len(words), numbered=numbered)
    if named is not None:  # the upper headings stand above that of the names
        first = named[2] - len(groups)
        over = list(words[first : named[2]]) if first >= 0 else []
    else:
        named, over, first = _named_first(words, len(groups), numbered=numbered)
    if named is None or not _may_head(over, len(groups)):
        return None
    return Dealt(named[0], leaves, _over(leaves, groups, over), named[1], words[first:])


def _unnamed(words: Sequence[Word], leaves: Sequence[Word], name: Word | None) -> Dealt | None:
    """The leaves with the upper headings right before them, under the heading of names of the table above."""
    groups = _groups(leaves)
    first = len(words) - len(groups)
    over = words[max(0, first) :]
    if name is None or not groups or not _may_head(over, len(groups)):
        return None
    if not all(parse_heading(word.text).unit for word in over):
        return None
    return Dealt(name, leaves, _over(leaves, groups, over), None, words[first:])


def _over(leaves: Sequence[Word], groups: Sequence[range], over: Sequence[Word]) -> list[Word | None]:
    """The upper heading of each leaf."""
    upper: list[Word | None] = [None] * len(leaves)
    for word, group in zip(over, groups, strict=True):
        for i in group:
            upper[i] = word
    return upper


def _named(words: Sequence[Word], end: int, *, numbered: bool) -> tuple[Word, Word | None, int] | None:
    """The heading of the names that ends before word ``end``, that of the numbers, and where they begin."""
    for size in range(1, min(_PIECES, end) + 1):
        name = joined(words[end - size : end])
        if column_role(name.text) not in NAMES | _GROUP or phrase("tables", "names_promise").search(name.text):
            continue
        first, number = end - size, None
        while first and column_role(words[first - 1].text) in _LEAD:
            first -= 1
            number = words[first] if column_role(words[first].text) == "number" else number
        return (name, number, first) if numbered == (number is not None) else None
    return None


def _named_first(
    words: Sequence[Word], count: int, *, numbered: bool
) -> tuple[tuple[Word, Word | None, int] | None, list[Word], int]:
    """The heading of the names where upper headings stand behind it, those, and where the headings begin."""
    for end in range(len(words) - count, 0, -1):
        named = _named(words, end, numbered=numbered)
        if named is None:
            continue
        behind = list(words[end:])
        if len(behind) > count:  # a programme above, an office below: what prints a unit is measured
            behind = [word for word in behind if parse_heading(word.text).unit or column_role(word.text) in _TOLD]
        return named, behind, named[2]
    return None, [], 0


def _may_head(over: Sequence[Word], count: int) -> bool:
    """Whether these are the upper headings: each says what is measured."""
    return len(over) == count and not any(
        len(word.text) > _LONGEST or organisations.is_list(word.text) or column_role(word.text) in NAMES
        for word in over
    )


def _groups(leaves: Sequence[Word]) -> list[range]:
    """The leaves under each upper heading: a group starts where the first of one comes again; none where it never does.

    2015年 | 2020年 | 增速 | 2020年 | 增速: what stands before the first group stands alone.
    """
    told = [squeeze(leaf.text) for leaf in leaves]
    for lead in range(min(2, len(told))):
        starts = [i for i in range(lead, len(told)) if told[i] == told[lead]]
        groups = [range(a, b) for a, b in pairwise([*starts, len(told)])]
        if len(groups) > 1 and all(len({told[i] for i in group}) == len(group) for group in groups):
            return groups
    return []
