"""Columns of one month beside those that count from January on, of last year beside this: 7月投了 | 今年已投.

What a month gave answers no promise for the year where a column beside it counts from January; it tells of itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from indicators.readers.tables.headings import ColumnRole, Heading, column_role
from indicators.rulebook import phrase

_OPEN: frozenset[ColumnRole] = frozenset(("other", "period", "schedule"))
"""What a heading is taken for that no rule knows but for its time."""
_ANSWERS: frozenset[ColumnRole] = frozenset(("actual", "result"))
_BESIDE: frozenset[ColumnRole] = frozenset(("target", "actual", "growth", "baseline", "region", "indicator", "task"))
"""Roles of which one at least must be known: a table of which nothing is known is told by its caption."""
_BARE = 2
"""Characters at most of a thing that is rather the verb of what was done: 1—8月投."""
_UNIT = re.compile(r"[(（].*[)）]$")


def timed(headings: list[Heading], figures: Sequence[bool | None], caption: str) -> list[Heading]:
    """The headings with what one month and what the months since January gave told apart.

    ``figures``: whether each column holds figures. Not where the caption says that the figures of all months run on.
    """
    if phrase("tables", "running_totals").search(caption) or _BESIDE.isdisjoint(h.role for h in headings):
        return headings
    months, since = (_told(headings, figures, rule) for rule in ("month_told", "since_january"))
    found = list(headings)
    for group in sorted({h.group for h in headings}):
        own = [i for i, h in enumerate(headings) if h.group == group]
        roles = {headings[i].role for i in own if i not in months}
        begun = [i for i in own if i in since and headings[i].role in _OPEN]
        answer = _answer(begun, headings, since) if "target" in roles and not roles & _ANSWERS else None
        if answer is not None:
            found[answer] = replace(headings[answer], role="actual")
        if not begun and not ("target" in roles and roles & _ANSWERS):
            continue
        for i in [*begun, *(i for i in own if i in months)]:
            if i != answer and headings[i].role in {*_OPEN, "actual"}:
                alone = i in begun and len(since[i]) >= _BARE and since[i] not in months.values()
                thing = since[i] if alone else _UNIT.sub("", headings[i].text)
                found[i] = replace(headings[i], role="actual", group=thing)
    return found


def grown(headings: list[Heading], figures: Sequence[bool | None]) -> list[Heading]:
    """营收（亿元） | 增长（%） | 利润（亿元） | 增长（%）: in a table that promises nothing, what grew was reached.

    ``figures``: whether each column holds figures.
    """
    if {"target", "actual", "result", "task", "schedule"} & {h.role for h in headings}:
        return headings
    found = list(headings)
    for i, (own, growth) in enumerate(pairwise(headings)):
        if growth.role == "growth" and own.role == "other" and i and figures[i] and not own.group and not growth.group:
            group = _UNIT.sub("", own.text)
            found[i], found[i + 1] = replace(own, role="actual", group=group), replace(growth, group=group)
    return found


def of_last_year(headings: list[Heading]) -> list[Heading]:
    """去年定的 | 去年做到 | 今年打算: last year's figures are a start, but where they answer its promise."""
    named = {i: found for i, h in enumerate(headings) if (found := _relative(h)) is not None and found["before"]}
    promised = any(headings[i].role == "target" for i in named)
    result = list(headings)
    for i, year in named.items():
        rest = _UNIT.sub("", headings[i].text)[year.end() :]
        if promised and headings[i].role == "baseline" and column_role(rest) == "actual":
            result[i] = replace(headings[i], role="actual")
        elif not promised and headings[i].role == "actual":
            result[i] = replace(headings[i], role="baseline")
    return result


def _relative(heading: Heading) -> re.Match[str] | None:
    found: re.Match[str] | None = phrase("tables", "relative_year").match(heading.text)  # type: ignore[assignment]
    return found


def of_later_year(promise: Heading, others: Sequence[Heading]) -> bool:
    """今年打算 beside 去年做到: whether a promise is for a later year than what is told beside it."""
    own = _relative(promise)
    told = [year for h in others if (year := _relative(h)) is not None]
    return own is not None and not own["before"] and any(year["before"] for year in told)


def _told(headings: list[Heading], figures: Sequence[bool | None], rule: str) -> dict[int, str]:
    """What each heading of such a time names besides, by place."""
    match = phrase("tables", rule).match
    return {
        i: found["thing"]
        for i, h in enumerate(headings)
        if figures[i] and (h.role in {*_OPEN, "actual"}) and (found := match(h.text.removeprefix(h.group))) is not None
    }


def _answer(begun: Sequence[int], headings: Sequence[Heading], things: dict[int, str]) -> int | None:
    """Which of the columns that count from January answers the promise: of its unit and of no other thing."""
    promised = next(h for h in headings if h.role == "target")
    alike = [i for i in begun if not {headings[i].unit, promised.unit} - {"", promised.unit}]
    bare = [i for i in alike if len(things[i]) <= _BARE or column_role(things[i]) == "actual"]
    return bare[-1] if len(bare) == 1 else None
