"""Tables of figures: a row an indicator (or a district), columns for target, actual, rate of completion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from indicators import rulebook
from indicators.quantities.years import printed_years
from indicators.readers.headings import Heading, parse_heading
from indicators.rulebook import phrase
from indicators.schema.source import EMPTY, Cell, Passage, Table
from indicators.tasks.model import Context, Part
from indicators.tasks.rows import Row
from indicators.tasks.units import is_rate, stated_units, unit_for

_UNIT_TOLD = regex.compile(r"[（(]?(?:计量)?单位[:：].*$")
_THING = regex.compile(r"[\p{Han}A-Za-z0-9.“”]{3,16}")
_ROW_MARK = regex.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)|其中[:：])+\s*(?=\p{Han})"
)
"""What numbers a row or says that it is a part, in front of its name: 一、税收收入, 其中：增值税."""
_OPENING = ("[", "〔", "【")
_RATES = frozenset("%％‰")
_NAME_UNIT = regex.compile(r"[(（][^()（）]{1,12}[)）]\s*$")


_TELLING = frozenset(("target_value", "actual_value", "completion_value"))
"""Parts of which at least one must stand in a row for it to tell anything."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of figures and the group whose columns answer one another."""

    at: int
    role: str
    heading: Heading
    group: str


@cache
def _value() -> regex.Pattern[str]:
    """A figure with its bound and unit."""
    return regex.compile(
        rf"(?:[≥≤><＜＞＝=≧≦～~约近超+＋]|{rulebook.source('tables', 'value_bound')}|-|－|[\[〔【])*\s*"
        r"[\d０-９][\d０-９,，.．]*(?:\s*[-—–~～至]\s*[\d０-９.．]+)?\s*(?:多|余)?"
        r"[十百千万亿]*[\p{Han}%％‰/／·•()（）㎡A-Za-z³²μ℃\]〕】]{0,10}"
    )


def is_value(text: str) -> bool:
    """Whether a cell holds nothing but a figure with its bound and unit."""
    return bool(_value().fullmatch(text.strip())) or text.strip().lstrip("已") == "全覆盖"


def value_parts(rows: Sequence[Row], headings: list[Heading], table: Table, context: Context) -> list[Part]:
    """Parts of the cells that hold bare figures under a target or actual heading; ``[]`` where there are none."""
    columns = _columns(headings, f"{context.title}{table.caption.text}", 0 if context.is_plan else context.year or 0)
    thing = _caption_thing(table.caption.text) or _caption_thing(context.title)
    parts: list[Part] = []
    promised = {column.group for column in columns if column.role == "target"}
    for row in rows:
        name = row_name(row, headings)
        if phrase("tables", "points_row").fullmatch(name):
            continue
        row_unit = next((_plain(row[i]) for i, h in enumerate(headings) if h.role == "unit"), "")
        operator = next((_plain(row[i]) for i, h in enumerate(headings) if h.role == "operator"), "")
        for column in columns:
            cell = row[column.at]
            if cell is None or not is_value(cell.passage.text):
                continue
            whose = thing if not column.heading.group and _is_region(row, headings) else ""
            total = thing and phrase("tables", "total_row").fullmatch(name)
            indicator, named_unit = _indicator(thing if total else f"{name}{whose}", column)
            # 年均增长（%） tells its own unit, whatever the row's figures are in.
            own_unit = column.heading.unit if column.heading.unit in _RATES else ""
            if _is_increment(cell, column, row, columns):
                own_unit = row_unit or named_unit
                if own_unit in _RATES or cell.passage.text[-2:-1] in _RATES:
                    continue  # the points by which a share is to rise follow from its two levels
            unit = own_unit or row_unit or column.heading.unit or named_unit or _group_unit(columns, column.group)
            unit = unit or _naming_unit(headings, indicator)
            parts.append(
                Part(
                    role=f"{column.role}_value",  # type: ignore[arg-type]
                    passage=cell.passage,
                    indicator=indicator,
                    unit=unit
                    or ("" if _is_number_of(column) else unit_for(stated_units(table.caption.text), indicator)),
                    group=f"{id(row)}:{column.group}",
                    label=column.heading.text,
                    operator=operator if column.role == "target" else "",
                    completion=_completion(row, headings, column, alone=column.group not in promised)
                    if column.role == "actual"
                    else EMPTY,
                    place=cell.place,
                )
            )
    return parts if any(part.role in _TELLING for part in parts) else []


def _is_number_of(column: _Column) -> bool:
    """竣工数, 年内应竣工数: a number of things, whatever unit is stated for the money beside it."""
    group = column.heading.group
    return bool(group) and column.heading.text.endswith(f"{group}数")


def _is_increment(cell: Cell, column: _Column, row: Row, columns: Sequence[_Column]) -> bool:
    """Whether a bracketed figure under 年均增速 tells how far a level is to rise in all: 88 | 130 | [42]."""
    if not cell.passage.text.startswith(_OPENING) or column.role != "target" or column.at == columns[0].at:
        return False
    levels = [row[c.at] for c in columns if c.role == "target" and c.group != column.group]
    return any(level is not None and is_value(level.passage.text) for level in levels)


def _columns(headings: list[Heading], title: str, year: int) -> list[_Column]:
    """Columns of figures; a second target column under one heading opens a group of its own (quarters, revisions).

    ``year`` is the year that the report tells, 0 where it tells none: a promise beyond it is answered elsewhere.
    """
    if rates := _only_rates(headings):
        return rates
    found: list[_Column] = []
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
        found.append(_Column(i, role, heading, f"{key}:growth" if role == "growth" else key))
    found = _promised_to_all(found, headings)
    answered = {c.group for c in found if c.role == "actual"}
    revised = [c for c in found if c.role == "target" and c.group in answered]
    # 年初预算数 beside 全年预算数 and 执行数: the revised promise is the one that is answered.
    now = max((told for c in found if c.role != "target" for told in printed_years(c.heading.text)), default=year)
    return [
        c
        for c in found
        if c.role != "target"
        or c.group in answered
        or not revised
        or not answered
        or (
            now and max(printed_years(c.heading.text), default=0) > now
        )  # 2019年完成 | 2020年计划: the promise of the year to come
    ]


def _only_rates(headings: list[Heading]) -> list[_Column]:
    """领域 | 完成规划目标: rates of completion are all that the table tells, and say themselves of what they are."""
    if any(h.role in ("target", "actual", "result", "task", "growth", "schedule") for h in headings):
        return []
    return [
        _Column(i, "completion", heading, f"{heading.group}:{i}")
        for i, heading in enumerate(headings)
        if heading.role == "completion" and phrase("tables", "names_promise").search(heading.text)
    ]


def _promised_to_all(columns: list[_Column], headings: list[Heading]) -> list[_Column]:
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


def _is_baseline(at: int, headings: list[Heading], title: str) -> bool:
    """Whether an actual column tells the year that the target starts from."""
    if any(h.role == "baseline" for h in headings):
        return False
    own = printed_years(headings[at].text)
    targets = [y for h in headings if h.role == "target" for y in printed_years(h.text)]
    others = [y for i, h in enumerate(headings) if h.role == "actual" and i != at for y in printed_years(h.text)]
    if not own or not targets:
        return False
    if others:
        return max(own) < max(others) and max(own) < max(targets)
    return max(own) < min(targets) and not phrase("tables", "reports_progress").search(title)


def _indicator(name: str, column: _Column) -> tuple[str, str]:
    """The indicator's name and the unit that it prints in brackets."""
    group = column.heading.group
    unit = ""
    for piece in (group, name):
        if (heading := parse_heading(piece)).unit:
            unit = unit or heading.unit
    name, group = (_NAME_UNIT.sub("", p) if parse_heading(p).unit else p for p in (name, group))
    if is_rate(name) and parse_heading(group).role == "growth":
        group = ""  # PM2.5浓度下降（%） under 增长%: the row is a change by itself
    indicator = "".join(piece for piece in (name, group) if piece) or column.heading.text
    own = column.heading.text.removeprefix(group)
    rate = phrase("tables", "rate_in_heading").search(own) if column.role in ("target", "actual") else None
    if rate is not None and not is_rate(indicator):
        # 工业投资 over 全年增速目标 and 1-5月增速: what is promised is how fast it grows.
        indicator, unit = f"{indicator}{rate.group()}", unit or "%"
    if column.role == "completion":
        unit = "%"
    if column.role == "growth":
        unit = "%"
        if not is_rate(indicator):
            indicator = f"{indicator}增速"
    return indicator, unit


def _plain(cell: Cell | None) -> str:
    return cell.passage.text if cell is not None else ""


def _caption_thing(caption: str) -> str:
    """What a table of regions tells where only its caption says so: 某市2023年一季度公共预算收入进度表."""
    text = _NAME_UNIT.sub("", _UNIT_TOLD.sub("", caption).strip())
    text = phrase("tables", "caption_front").sub("", text)
    end = phrase("tables", "caption_end").search(text)
    text = text[: end.start()] if end is not None else ""
    return text if _THING.fullmatch(text) else ""


def _is_region(row: Row, headings: list[Heading]) -> bool:
    """Whether the row is named by who reports, and by no indicator or task."""
    named = {h.role for i, h in enumerate(headings) if _plain(row[i])}
    return "region" in named and not named & {"indicator", "task"}


def row_name(row: Row, headings: list[Heading]) -> str:
    """What the row measures: its indicator, task or region; the first column where no heading says."""
    if headings and not headings[0].text and _plain(row[0]) and not is_value(_plain(row[0])):
        return _plain(row[0])  # the title of a card
    for role in ("indicator", "task", "region"):
        names = [_plain(row[i]) for i, h in enumerate(headings) if h.role == role and _plain(row[i])]
        if names:
            return _ROW_MARK.sub("", names[-1] if role == "indicator" else names[0], count=1)
    for i, heading in enumerate(headings):
        text = _plain(row[i])
        if heading.role in ("other", "category", "label", "responsible") and text and not is_value(text):
            return text
    return ""


def _naming_unit(headings: list[Heading], indicator: str) -> str:
    """资金情况（万元） over the names of the rows: the unit of every figure beside them but the rates."""
    first = headings[0]
    told = first.unit if first.role in ("indicator", "task", "other", "category", "label") else ""
    return "%" if told and is_rate(indicator) else told


def _group_unit(columns: list[_Column], group: str) -> str:
    return next((c.heading.unit for c in columns if c.group == group and c.heading.unit), "")


def _completion(row: Row, headings: list[Heading], column: _Column, *, alone: bool) -> Passage:
    """The printed rate that belongs to an actual: the next one of the same upper heading.

    ``alone``: no promise stands beside the actual, so that the heading itself must name one (占比 is no completion).
    """
    for i in [*range(column.at + 1, len(headings)), *range(column.at)]:
        cell = row[i]
        if alone and not phrase("tables", "names_promise").search(headings[i].text):
            continue
        if headings[i].role == "completion" and headings[i].group == column.heading.group and cell is not None:
            return Passage(cell.passage.text, cell.passage.offsets)
    return EMPTY
