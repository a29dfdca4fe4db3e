"""The columns of a table that hold figures, and which of them answer one another."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from indicators.quantities.years import printed_years
from indicators.readers.tables.headings import Heading
from indicators.readers.tables.timed import of_later_year
from indicators.rulebook import phrase

_WIDEST = 500
"""Columns read for figures: each looks at all the others, and no table that people read has more."""
_PARTS = re.compile(r"[一二三四1-4]季|(?<!\d)\d{1,2}月|[上下]半年|前三季|序时|时序|[明后来]年|年[之以]?后")
_FAR_YEARS = 2
"""Years at least between two promises of which the later is a plan's, and not that of the year to come."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures and the group whose columns answer one another."""

    at: int
    role: str
    heading: Heading
    group: str


def columns_of(headings: list[Heading], title: str, year: int) -> list[Column]:
    """Columns of figures; a second target column under one heading opens a group of its own (quarters, revisions).

    ``year`` is the year that the report tells, 0 where it tells none: a promise beyond it is answered elsewhere.
    """
    headings = headings[:_WIDEST]
    if rates := _only_rates(headings):
        return rates
    found: list[Column] = []
    opened: dict[str, int] = {}
    has_target: set[str] = set()
    base = {i for i, h in enumerate(headings) if h.role == "actual" and _is_baseline(i, headings, title)}
    for i, heading in enumerate(headings):
        role = "baseline" if i in base else heading.role
        if role not in ("target", "actual", "baseline", "growth"):
            continue
        key = f"{heading.group}:{opened.get(heading.group, 0)}"
        if role == "target" and key in has_target:
            opened[heading.group] = opened.get(heading.group, 0) + 1
            key = f"{heading.group}:{opened[heading.group]}"
        if role == "target":
            has_target.add(key)
        found.append(Column(i, role, heading, f"{key}:growth" if role == "growth" else key))
    found += _gaps(found, headings)
    found = _promised_to_all(found, headings)
    more = _answers_of_other_times(found)
    found = [*_without_moved(found, {c.at for c in more}), *more]
    answered = {c.group for c in found if c.role == "actual"}
    revised = [c for c in found if c.role == "target" and c.group in answered]
    # 年初预算数 beside 全年预算数 and 执行数: the revised promise is the one that is answered.
    times = {_time(c.heading) for c in revised}
    now = max((told for c in found if c.role != "target" for told in printed_years(c.heading.text)), default=year)
    return [
        c
        for c in found
        if c.role != "target"
        or c.group in answered
        or not revised
        or not answered
        or of_later_year(c.heading, [told.heading for told in found if told.role == "actual"])
        or _time(c.heading) not in times  # 全年任务 | 二季度任务 | 二季度完成: what is promised for another time stands
        or (
            now and max(printed_years(c.heading.text), default=0) > now
        )  # 2019年完成 | 2020年计划: the promise of the year to come
    ]


def _time(heading: Heading) -> tuple[str, ...]:
    """The parts of the year that a heading names: none for the whole of it."""
    return tuple(_PARTS.findall(heading.text))


def _gaps(columns: list[Column], headings: list[Heading]) -> list[Column]:
    """死亡 | 比进度少: how far the figures of a group lie from a promise that no column prints, on the side it says."""
    told = {c.heading.group: c.group for c in columns if c.role == "actual"}
    promised = {c.heading.group for c in columns if c.role == "target"}
    return [
        Column(i, "gap", h, told[h.group])
        for i, h in enumerate(headings)
        if h.role == "gap" and h.group in told and h.group not in promised and tells_side(h)
    ]


def tells_side(heading: Heading) -> bool:
    """Whether a heading of distances from a promise says on which side of it they lie: 比进度少, 超计划."""
    return phrase("tables", "gap_side").search(heading.text) is not None


def _only_rates(headings: list[Heading]) -> list[Column]:
    """领域 | 完成规划目标: rates of completion are all that the table tells, and say themselves of what they are."""
    if any(h.role in ("target", "actual", "result", "task", "growth", "schedule") for h in headings):
        return []
    return [
        Column(i, "completion", heading, f"{heading.group}:{i}")
        for i, heading in enumerate(headings)
        if heading.role == "completion" and phrase("tables", "names_promise").search(heading.text)
    ]


def _promised_to_all(columns: list[Column], headings: list[Heading]) -> list[Column]:
    """目标人数 | 甲项完成 | 完成率 | 乙项完成 | 完成率: the one promise is each thing's that has its own rate."""
    promises = [c for c in columns if c.role == "target"]
    told = {c.group: c for c in columns if c.role == "actual"}
    rated = {h.group for h in headings if h.role == "completion" and h.group}
    if len(promises) != 1 or promises[0].heading.group or len(told) < 2:
        return columns
    if any(c.heading.group not in rated for c in told.values()):
        return columns
    promise = promises[0]
    each = [
        replace(promise, group=group, heading=replace(promise.heading, group=c.heading.group))
        for group, c in told.items()
    ]
    return each + [c for c in columns if c is not promise]


def _answers_of_other_times(columns: list[Column]) -> list[Column]:
    """年度计划 | 一季度计划 | 一季度完成, 期满目标 | 中期目标 | 实际值: what is reached answers both promises."""
    promises = [c for c in columns if c.role == "target"]
    found = []
    for told in columns:
        own = [p for p in promises if told.role == "actual" and p.group == told.group]
        for other in promises if own else ():
            alike = other.heading.group == told.heading.group and other.group != told.group
            if alike and _answers_both(own[0].heading, other.heading, told.heading):
                found.append(replace(told, group=other.group))
    return found


def _without_moved(columns: list[Column], elsewhere: set[int]) -> list[Column]:
    """二季度任务 | 二季度完成 | 上半年累计: what answers elsewhere goes, where the group has an answer of its own."""
    own = {c.group for c in columns if c.role == "actual" and c.at not in elsewhere}
    return [c for c in columns if c.role != "actual" or c.at not in elsewhere or c.group not in own]


def _answers_both(own: Heading, other: Heading, told: Heading) -> bool:
    """Whether two promises for one thing differ in nothing but their time, and what is told counts towards both."""
    part_of_year, begins = phrase("tables", "part_of_year"), phrase("tables", "from_january")
    parts = [part_of_year.search(heading.text) is not None for heading in (own, other)]
    if parts[0] != parts[1]:
        part = own if parts[0] else other
        if parts[0] and begins.search(told.text):
            return True  # 全年任务 | 二季度任务 | 上半年累计: what counts from January counts towards the year
        return all(begins.search(h.text) or (h is told and not part_of_year.search(h.text)) for h in (part, told))
    ends = [phrase("tables", "end_of_term").search(heading.text) is not None for heading in (own, other)]
    if ends[0] != ends[1]:
        return True
    years = [max(printed_years(heading.text), default=0) for heading in (own, other)]
    planned = any(phrase("tables", "of_one_year").search(heading.text) for heading in (own, other))
    return 0 not in years and not planned and abs(years[0] - years[1]) >= _FAR_YEARS


def _is_baseline(at: int, headings: list[Heading], title: str) -> bool:
    """Whether an actual column tells the year that the target starts from."""
    if any(h.role == "baseline" for h in headings):
        return False
    own = printed_years(headings[at].text)
    if any(h.role == "target" and h.group == headings[at].group and printed_years(h.text) == own for h in headings):
        return False  # 2022 | 2023, each over 计划 | 建成: it answers the promise of its own year
    targets = [y for h in headings if h.role == "target" for y in printed_years(h.text)]
    others = [y for i, h in enumerate(headings) if h.role == "actual" and i != at for y in printed_years(h.text)]
    if not own or not targets:
        return False
    if others:
        return max(own) < max(others) and max(own) < max(targets)
    return max(own) < min(targets) and not phrase("tables", "reports_progress").search(title)
