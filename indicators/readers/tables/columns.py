"""The headings of a table read column by column: levels joined, bare years placed, roles told by what stands below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import cast

import regex

from indicators import rulebook
from indicators.quantities.years import YEAR, printed_years
from indicators.readers.tables.heading_row import NAMES, verb_twins
from indicators.readers.tables.headings import ColumnRole, Heading, column_role, is_unit, parse_heading, squeeze
from indicators.readers.tables.paired import money_line, paired, things_told, told_so_far
from indicators.readers.tables.parts import surely_told_by_parts
from indicators.readers.tables.repeated import measured_in_front
from indicators.readers.tables.timed import grown, of_last_year, timed
from indicators.schema.source import Table

_LEAST_ALIKE = 2
"""Things at least that promise and answer both tell."""
_NOT_WORD = re.compile(r"\W")
_LINE_ROWS = 2
"""Rows of a line that prints each figure behind its own heading."""
_MINUS = re.compile(r"[-－—]\s*\d")
_DATES = re.compile(
    r"(?:(?:(?:20)?\d{2}年)?(?:\d{1,2}[-—~至])?\d{1,2}月(?:份|\d{1,2}日)?|第?[一二三四1-4]季度|(?:20\d{2}|今|全)?年|[上下]半年)"
    r"(?:底|末|初|内|中旬|上旬|下旬)?(?:之?前)?(?:完成)?"
)
_BARE_SCORE = re.compile(r"\d{1,3}(?:\.\d+)?分?")


def resolve_headings(table: Table) -> list[Heading]:
    """The heading of each column (``table.n_cols`` of them), upper and lower levels read together."""
    grid = table.grid()[: table.header_rows]
    headings = []
    lowest = []
    for col in range(table.n_cols):
        levels: list[str] = []
        seen: set[int] = set()
        for row in grid:
            cell = row[col]
            if cell is not None and cell.passage.text and id(cell) not in seen:
                seen.add(id(cell))
                if not levels or levels[-1] != cell.passage.text:
                    levels.append(cell.passage.text)
        headings.append(_combine(levels))
        lowest.append(levels[-1] if len(levels) > 1 else "")
    headings = _crossed(headings, lowest)
    if table.header_rows == 1 and table.n_rows == _LINE_ROWS:
        headings = money_line(headings, [cell.passage.text if cell else "" for cell in table.grid()[-1]])
    figures = _hold_figures(table, len(headings))
    headings = surely_told_by_parts(things_told(paired(_verbs_alike(measured_in_front(headings)))), figures)
    headings = _resolve_periods(headings, _year_caption(table, headings))
    headings = [_quarter_target(heading, held) for heading, held in zip(headings, figures, strict=True)]
    headings = told_so_far(timed(of_last_year(headings), figures, table.caption.text), figures, table.caption.text)
    headings = grown(headings, figures)
    headings = _resolve_task(_resolve_contents(headings, table), figures)
    return _yearly_rate(_resolve_years(_resolve_growth(headings, table), table.caption.text))


def _verbs_alike(headings: list[Heading]) -> list[Heading]:
    """要巡 | 巡了: the headings whose verb tells that the one promises what the other tells."""
    found = list(headings)
    for promise, told in verb_twins([h.text for h in headings], [h.role for h in headings]):
        if headings[promise].group == headings[told].group:
            found[promise] = replace(headings[promise], role="target")
            found[told] = replace(headings[told], role="actual")
    return found


def _year_caption(table: Table, headings: list[Heading]) -> str:
    """What a table of years says of itself: its caption, or the heading over its names (“十二五”治水 | 2010 | 2015)."""
    first = headings[0] if headings and headings[0].role == "other" else None
    return f"{table.caption.text}{first.text if first is not None else ''}"


def _combine(levels: Sequence[str]) -> Heading:
    """One heading from its levels, top first, repeated levels left out."""
    parts = [parse_heading(level) for level in levels]
    if not parts:
        return Heading("other", "")
    own = parts[-1]
    text = "".join(part.text for part in parts)
    unit = next((part.unit for part in reversed(parts) if part.unit), "")
    period = next((part.period for part in reversed(parts) if part.period), None)
    uppers = [part for part in parts[:-1] if part.role != "period"]
    role = own.role
    if role in ("other", "period"):
        whole = column_role(text)
        role = whole if whole != "other" else next((part.role for part in reversed(uppers)), role)
    elif role == "result" and uppers and uppers[-1].role == "status":
        role = "status"
    group = "".join(part.text for part in uppers if part.role in ("other", "indicator", "task"))
    over = uppers[-1].role if uppers else "other"
    over = "actual" if over == "result" and own.role in ("period", "growth") else over
    if role == "growth" and over in ("target", "actual"):
        # 2016年计划 over 绝对额 | 增长%: the rate that was planned, beside the rate that was reached
        return Heading(over, text, "%", period, group + _NOT_WORD.sub("", own.text))
    if own.role == "period" and over == "actual":
        role = over  # 实现情况 over 2020年 | 年均增速: figures of what was done
    return Heading(role, text, unit, period, group if own.role != "other" else "")


def _kind_of_year() -> regex.Pattern[str]:
    """2020年基数, 2025年目标: a year with the word for what its figures are; the group that matched names the role."""
    return regex.compile(rf"(?P<year>{YEAR})年?(?:度|底|末)?的?(?:{rulebook.source('tables', 'kind_of_year')})")


def _last_year(printed: str | None) -> int:
    """The year that stands last in a heading; 0 where it names none."""
    return next(reversed(printed_years(printed or "")), 0)


def _resolve_periods(headings: list[Heading], caption: str) -> list[Heading]:
    """Columns headed by nothing but a year: the caption says what they hold, else earliest base, latest target."""
    bare = [i for i, heading in enumerate(headings) if heading.role == "period"]
    if not bare:
        return headings
    told: dict[int, ColumnRole] = {}
    for match in _kind_of_year().finditer(squeeze(caption)):
        told[int(match["year"])] = cast(ColumnRole, match.lastgroup)
    roles = {heading.role for heading in headings}
    if (
        len(bare) == 1
        and "target" in roles
        and not roles & {"actual", "result"}
        and (rulebook.phrase("tables", "months").search(headings[bare[0]].text) or _of_promised_year(headings, bare[0]))
    ):
        # 目标 | 1-9月: what the months before the report's date gave; 2021年目标 | 2021年底: what the year did.
        return [replace(heading, role="actual") if i in bare else heading for i, heading in enumerate(headings)]
    if len(bare) > 1 and "target" in roles and not roles & {"actual", "result"}:
        # 2015 | 2018 | 2020目标: the latest year is where the review stands, the earlier ones what it started from.
        latest = max(bare, key=lambda i: _last_year(headings[i].text))
        return [
            replace(heading, role="actual" if i == latest else "baseline") if i in bare else heading
            for i, heading in enumerate(headings)
        ]
    now = [i for i, h in enumerate(headings) if rulebook.phrase("tables", "now").fullmatch(h.text)]
    if "target" not in roles and now and min(bare) > max(now):
        # 现在 | 2030: a year behind what stands today is one to come
        kinds: dict[int, ColumnRole] = {**dict.fromkeys(bare, "target"), **dict.fromkeys(now, "baseline")}
        return [replace(heading, role=kinds.get(i, heading.role)) for i, heading in enumerate(headings)]
    plan = "target" not in roles and (roles & {"nature"} or rulebook.phrase("tables", "plan_caption").search(caption))
    years = {i: _last_year(headings[i].period) for i in bare}
    result = list(headings)
    for i in bare:
        role: ColumnRole = told.get(years[i], "period")
        if role == "period" and plan and len(bare) > 1:
            role = "baseline" if years[i] == min(years.values()) and "baseline" not in roles else "target"
        elif role == "period" and plan:
            role = "target"
        result[i] = replace(headings[i], role=role)
    return result


def _of_promised_year(headings: Sequence[Heading], at: int) -> bool:
    """Whether a column headed by a bare year follows a promise for that year, with others for years to come."""
    promised = {_last_year(h.period) for h in headings if h.role == "target"} - {0}
    own = _last_year(headings[at].period)
    return own in promised and len(promised) > 1


def _crossed(headings: list[Heading], lowest: Sequence[str]) -> list[Heading]:
    """任务 over 小计 | 国税, 入库 over the same: what stands below promise and answer alike is the group of each."""
    told: dict[str, set[ColumnRole]] = {}
    for heading, word in zip(headings, lowest, strict=True):
        if word and not heading.group and column_role(word) == "other":
            told.setdefault(squeeze(word), set()).add(heading.role)
    alike = {word for word, roles in told.items() if {"target", "actual"} <= roles}
    if len(alike) < _LEAST_ALIKE:
        return headings
    total = rulebook.phrase("tables", "total_row")
    return [
        replace(heading, group=thing) if (thing := squeeze(word)) in alike and not total.fullmatch(thing) else heading
        for heading, word in zip(headings, lowest, strict=True)
    ]


def _yearly_rate(headings: list[Heading]) -> list[Heading]:
    """2020年实际 | 2025年目标 | 年均增速: in a plan, of which nothing is told yet, the yearly rate is promised, too."""
    roles = {heading.role for heading in headings}
    if "target" not in roles or roles & {"actual", "result"}:
        return headings
    change = rulebook.phrase("tables", "change_promised")
    falls = [h for h in headings if h.role in ("other", "growth") and not h.group and change.fullmatch(squeeze(h.text))]
    if len(falls) == 1 and "baseline" in roles:
        # 2020年 | 2025年 | 降幅: so is the fall between the two levels
        word = "下降" if rulebook.phrase("tables", "fall_word").search(falls[0].text) else "增长"
        return [replace(h, role="target", group=word, unit="%") if h is falls[0] else h for h in headings]
    yearly = rulebook.phrase("tables", "yearly")
    grown = [h for h in headings if h.role == "growth" and yearly.match(h.text)]
    if len(grown) != 1:
        return headings
    group = "".join(rulebook.phrase("tables", "growth_word").findall(grown[0].text))
    return [replace(h, role="target", group=group, unit="%") if h is grown[0] else h for h in headings]


def _resolve_growth(headings: list[Heading], table: Table) -> list[Heading]:
    """A growth beside a target for it is the actual: 增速目标 | 1-5月增速, 本期（微克） | 同比（%） | 目标（%）."""
    planned = [h for h in headings if h.role == "target" and rulebook.phrase("tables", "growth_word").search(h.text)]
    wanted = {h.group for h in planned} - {h.group for h in headings if h.role == "actual"}
    found = [replace(h, role="actual") if h.role == "growth" and h.group in wanted else h for h in headings]
    grown = [h for h in headings if h.role == "growth"]
    if len(planned) == len(grown) == 1 and planned[0].group == grown[0].group not in wanted:
        # 2015年目标 | 规划年均增长 | 2012年实际 | 前两年年均增长: two promises, and each has its answer
        group = planned[0].group + "".join(rulebook.phrase("tables", "growth_word").findall(planned[0].text))
        # Beside a column of units, which are those of the levels, a rate that prints none is in per cent.
        found = [replace(h, role="actual", group=group, unit=h.unit or "%") if h is grown[0] else h for h in found]
        found = [replace(h, group=group, unit=h.unit or "%") if h is planned[0] else h for h in found]
    for i in _changes_promised(headings):
        word = rulebook.phrase("tables", "change_word").search(headings[i].text)
        group = headings[i].group + (word.group() if word else "下降" if _all_fall(table, i + 1) else "增长")
        found[i] = replace(headings[i], role="actual", group=group)
        found[i + 1] = replace(headings[i + 1], group=group)
    return found


def _all_fall(table: Table, col: int) -> bool:
    """Whether every figure of a column has a minus in front, or a word of a fall: 降4%."""
    texts = [c.passage.text for c in table.cells if c.col == col and c.row >= table.header_rows and c.passage.text]
    fall = rulebook.phrase("tables", "fall_word")
    return bool(texts) and all(_MINUS.match(text) or fall.search(text) for text in texts)


def _changes_promised(headings: list[Heading]) -> set[int]:
    """The changes on the year before that stand right before the target that is set for them, by column.

    The unit tells it in one group at least (a level in 微克, change and target in %); then it holds for all groups.
    """
    beside = [
        i
        for i, (own, target) in enumerate(pairwise(headings))
        if (own.role, target.role) == ("growth", "target") and (own.group, own.unit) == (target.group, target.unit)
    ]
    units = {h.group: h.unit for h in headings if h.role == "actual"}
    told = any(units.get(headings[i].group, headings[i].unit) != headings[i].unit for i in beside)
    return set(beside) if told else set()


def _hold_figures(table: Table, columns: int) -> list[bool | None]:
    """Whether two in three of each column's cells are bare figures; ``None`` for an empty column."""
    told: list[list[str]] = [[] for _ in range(columns)]
    for cell in table.cells:
        if cell.row >= table.header_rows and cell.col < columns and cell.passage.text.strip("—–-－/ "):
            told[cell.col].append(cell.passage.text)
    return [_two_in_three(texts) if texts else None for texts in told]


def _two_in_three(texts: list[str]) -> bool:
    bare = sum(len(text) <= 16 and re.match(r"[≥≤><=约+-]?\d", text) is not None for text in texts)
    return bare * 3 >= len(texts) * 2


def _quarter_target(heading: Heading, figures: bool | None) -> Heading:
    """二季度目标 over words is a schedule; over figures it is the quarter's target."""
    planned = rulebook.phrase("tables", "planned_end")
    if heading.role != "schedule" or not planned.search(heading.text) or not figures:
        return heading
    return replace(heading, role="target", period=heading.period or planned.sub("", heading.text))


@cache
def _marks() -> frozenset[str]:
    return frozenset(squeeze(word) for word in rulebook.words("headings", "mark"))


def _resolve_contents(headings: list[Heading], table: Table) -> list[Heading]:
    """Columns told by what stands below: results that are ticks or status words, points, schedules that are dates."""
    cells: list[list[str]] = [[] for _ in headings]
    for cell in table.cells:
        if cell.row >= table.header_rows and cell.passage.text and cell.col < len(headings):
            cells[cell.col].append(squeeze(cell.passage.text))
    result = list(headings)
    for col, (heading, texts) in enumerate(zip(headings, cells, strict=True)):
        if heading.role == "unit" and texts and not any(is_unit(text) for text in texts):
            result[col] = replace(heading, role="region")  # 单位 over names is who reports
        if not texts or heading.role not in ("result", "schedule"):
            continue
        if heading.role == "schedule":
            if rulebook.phrase("tables", "steps_heading").search(heading.text) and all(map(_is_date, texts)):
                result[col] = replace(heading, role="deadline")
        elif all(text in _marks() for text in texts):
            result[col] = replace(heading, role="status")
        elif rulebook.phrase("tables", "own_points").match(heading.text) and all(map(_BARE_SCORE.fullmatch, texts)):
            result[col] = replace(heading, role="score")
    roles = {heading.role for heading in result}
    if roles & {"status", "done_mark"} and not roles & {"result", "actual"}:
        # Where nothing else tells what was done, the remarks do.
        for col, heading in enumerate(result):
            if heading.role == "remark" and len(cells[col]) * 2 > table.n_rows - table.header_rows:
                result[col] = replace(heading, role="result")
                break
    return result


def _is_date(text: str) -> bool:
    return bool(_DATES.fullmatch(text) or rulebook.phrase("tables", "in_place_of_date").fullmatch(text))


def _resolve_task(headings: list[Heading], figures: Sequence[bool | None]) -> list[Heading]:
    """任务 or 目标 over words, in a table that names its tasks nowhere else, is the task."""
    if any(heading.role in NAMES for heading in headings):
        return headings
    for col, heading in enumerate(headings):
        if heading.role == "target" and figures[col] is False:
            return [*headings[:col], replace(heading, role="task"), *headings[col + 1 :]]
    return headings


def _resolve_years(headings: list[Heading], caption: str) -> list[Heading]:
    """An earlier year's actual beside a later year's figures is what the target starts from.

    Not where a still earlier year stands beside it (2020年 | 2025年目标 | 2023年完成), or the caption says that the
    table tells how far the plan is: then the latest actual is where it stands.
    """
    years = {
        i: year
        for i, heading in enumerate(headings)
        if heading.role in ("target", "actual") and (year := _last_year(heading.period))
    }
    targets = {years[i] for i in years if headings[i].role == "target"}
    based = any(heading.role == "baseline" for heading in headings)
    latest = max(years.values(), default=0)
    told = max((years[i] for i in years if headings[i].role == "actual"), default=0)
    earlier = any(h.role == "period" and _last_year(h.period) for h in headings)
    headings = _overtaken(headings, {i: years[i] for i in years if headings[i].role == "actual"}, targets)
    stands = told if earlier or rulebook.phrase("tables", "reports_progress").search(caption) else 0
    return [
        replace(heading, role="baseline")
        if heading.role == "actual"
        and i in years
        and years[i] < latest
        and years[i] not in targets
        and years[i] != stands
        and not based
        else heading
        for i, heading in enumerate(headings)
    ]


def _overtaken(headings: list[Heading], told: dict[int, int], targets: set[int]) -> list[Heading]:
    """2025年目标 | 2022年实际 | 2023年实际: of one promise for a later year the latest figure tells where it stands."""
    if len(targets) != 1 or max(told.values(), default=0) >= min(targets) or len({headings[i].group for i in told}) > 1:
        return headings
    latest = max(told.values(), default=0)
    return [
        replace(heading, role="other") if told.get(i, latest) < latest else heading
        for i, heading in enumerate(headings)
    ]
