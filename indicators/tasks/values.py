"""Tables of figures: a row an indicator (or a district), columns for target, actual, rate of completion."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from indicators import rulebook
from indicators.quantities import find_quantities
from indicators.quantities.units import unit_kind
from indicators.readers.tables.headings import Heading, parse_heading
from indicators.readers.tables.rates import is_rate_of
from indicators.rulebook import phrase
from indicators.schema.source import EMPTY, Cell, Passage, Table
from indicators.tasks.figure_columns import Column, columns_of
from indicators.tasks.model import Context, Part
from indicators.tasks.rows import Row
from indicators.tasks.units import is_rate, stated_units, unit_in_caption

_DATES = regex.compile(r"\d{1,4}[年月日号]|[(（]\d+[)）]|\b\d+[.、]")
_SHARE = re.compile(r"\d{1,4}(?:\.\d+)?[%％]?")
_BARE = re.compile(r"\d{1,3}(?:\.\d+)?分?")
_DIGIT = re.compile(r"\d")
_BRACKETED = re.compile(r"[(（][^()（）]{1,8}[)）]")
_THING = regex.compile(r"[\p{Han}A-Za-z0-9.“”]{3,16}")
_ROW_MARK = regex.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)|其中[:：]|#)+\s*(?=\p{Han})"
)
"""What numbers a row or says that it is a part, in front of its name: 一、税收收入, 其中：增值税."""
_LEVELS = re.compile(r"\d{1,2}(?:[.．]\d{1,2}){1,3}(?=[^\d.．])")
_OPENING = ("[", "〔", "【")
_RATES = frozenset("%％‰")
_COUNTED = frozenset(("count", "money", "length", "area", "weight", "volume"))
"""Kinds of units that a name may print in brackets."""
_NAME_UNIT = regex.compile(r"[(（][^()（）]{1,12}[)）]\s*$")
_TELLING = frozenset(("target_value", "actual_value", "completion_value"))
"""Parts of which at least one must stand in a row for it to tell anything."""


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
    return bool(_value().fullmatch(text.strip())) or phrase("tables", "all_reached").fullmatch(text.strip()) is not None


def is_share(text: str) -> bool:
    """Whether a cell holds nothing but what may be a share: 93.5%, 0.98."""
    return _SHARE.fullmatch(text) is not None


def tells_figure(text: str) -> bool:
    """Whether the text has a figure that is no date."""
    return _DIGIT.search(_DATES.sub("", text)) is not None


def tells_change(text: str) -> bool:
    """Whether a cell tells a change in front of its figure: 增长6.5%."""
    return phrase("tables", "change_in_cell").match(text) is not None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What stands over all rows of a table of figures."""

    headings: list[Heading]
    columns: list[Column]
    thing: str
    """What the caption or the title says that the figures are of."""
    units_told: str
    """The text that states units for all figures."""
    percent: bool

    def parts(self, row: Row) -> Iterator[Part]:
        """A part for each bare figure of a row."""
        name = row_name(row, self.headings)
        if phrase("tables", "points_row").fullmatch(name):
            return
        row_unit = next((_plain(row[i]) for i, h in enumerate(self.headings) if h.role == "unit"), "")
        operator = next((_plain(row[i]) for i, h in enumerate(self.headings) if h.role == "operator"), "")
        printed = _PrintedUnits(row, self.columns)
        whose = self.thing if self.thing and _is_region(row, self.headings) else ""
        moved = _may_hold_points(name, row, self.headings)
        for column in self.columns:
            cell = row[column.at]
            if cell is None or not is_value(cell.passage.text) or (moved and _BARE.fullmatch(cell.passage.text)):
                continue
            if _answered_in_words(cell, column, row, self.columns):
                continue
            total = self.thing and phrase("tables", "total_row").fullmatch(name)
            called = name if column.heading.group else f"{name}{whose}"
            indicator, named_unit = _indicator(self.thing if total else called, column)
            change = _change_told(cell.passage.text, indicator) or _change_of_all(self.units_told, indicator, column)
            indicator += change
            # 年均增长（%） tells its own unit, whatever the row's figures are in.
            own_unit = column.heading.unit if column.heading.unit in _RATES else ""
            if _is_increment(cell, column, row, self.columns):
                own_unit = row_unit or named_unit
                if own_unit in _RATES or cell.passage.text[-2:-1] in _RATES:
                    continue  # the points by which a share is to rise follow from its two levels
            unit = own_unit or row_unit or column.heading.unit or named_unit or _group_unit(self.columns, column.group)
            unit = unit or _naming_unit(self.headings, indicator)
            rated = column.role == "actual"
            yield Part(
                role=f"{column.role}_value",  # type: ignore[arg-type]
                passage=cell.passage,
                indicator=indicator,
                unit=unit or _unit_of_all(self.units_told, column, indicator, printed),
                group=f"{id(row)}:{column.group}",
                label=column.heading.text,
                operator=operator if column.role == "target" else "",
                completion=_own_rate(row, self.headings, column, self.columns) if rated else EMPTY,
                rates_in_percent=self.percent,
                place=cell.place,
            )


class _PrintedUnits(dict[str, bool]):
    """Whether the figures of a group print a unit of their own in a row; its cells are read when it is first asked."""

    def __init__(self, row: Row, columns: Sequence[Column]) -> None:
        super().__init__()
        self._texts: defaultdict[str, list[str]] = defaultdict(list)
        for column in columns:
            if (cell := row[column.at]) is not None:
                self._texts[column.group].append(cell.passage.text)

    def __missing__(self, group: str) -> bool:
        self[group] = any(q.unit for text in self._texts[group] if is_value(text) for q in find_quantities(text))
        return self[group]


def value_parts(rows: Sequence[Row], headings: list[Heading], table: Table, context: Context) -> list[Part]:
    """Parts of the cells that hold bare figures under a target or actual heading; ``[]`` where there are none."""
    sheet = _Sheet(
        headings,
        columns_of(headings, f"{context.title}{table.caption.text}", 0 if context.is_plan else context.year or 0),
        thing=_caption_thing(table.caption.text) or _caption_thing(context.title),
        units_told=table.caption.text if stated_units(table.caption.text) else context.title,
        percent=_in_percent(headings),
    )
    parts = [part for row in rows for part in sheet.parts(row)]
    return parts if any(part.role in _TELLING for part in parts) else []


def _may_hold_points(name: str, row: Row, headings: list[Heading]) -> bool:
    """Whether a bare number moved under the promises from the points, which its row leaves empty: 合计 | 100."""
    points = [row[i] for i, h in enumerate(headings) if h.role in ("weight", "score")]
    if not points or any(_plain(own) for own in points):
        return False
    return phrase("tables", "points_only").fullmatch(name) is not None


def _unit_of_all(caption: str, column: Column, indicator: str, printed: _PrintedUnits) -> str:
    """The unit that the caption states, save for numbers of things and for rows that print one of their own."""
    unit = "" if _is_number_of(column) else unit_in_caption(caption, column.heading.group, indicator)
    return "" if not unit or printed[column.group] else unit


def _is_number_of(column: Column) -> bool:
    """竣工数, 年内应竣工数: a number of things, whatever unit is stated for the money beside it."""
    group = column.heading.group
    return bool(group) and column.heading.text.endswith(f"{group}数")


def _is_increment(cell: Cell, column: Column, row: Row, columns: Sequence[Column]) -> bool:
    """Whether a bracketed figure under 年均增速 tells how far a level is to rise in all: 88 | 130 | [42]."""
    if not cell.passage.text.startswith(_OPENING) or column.role != "target" or column.at == columns[0].at:
        return False
    levels = [row[c.at] for c in columns if c.role == "target" and c.group != column.group]
    return any(level is not None and is_value(level.passage.text) for level in levels)


def _indicator(name: str, column: Column) -> tuple[str, str]:
    """The indicator's name and the unit that it prints in brackets."""
    group = column.heading.group
    unit = ""
    for piece in (group, name):
        unit = unit or _unit_in(piece)
    name, group = (_NAME_UNIT.sub("", p) if _unit_in(p) else p for p in (name, group))
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


def _answered_in_words(cell: Cell, column: Column, row: Row, columns: Sequence[Column]) -> bool:
    """增长6.5% | 936亿元，增长6.4%: a change that words answer is read as words, too."""
    if not tells_change(cell.passage.text):
        return False
    told = [_plain(row[c.at]) for c in columns if c.group == column.group and c is not column]
    return any(tells_figure(text) and not is_value(text) for text in told)


def _change_told(text: str, indicator: str) -> str:
    """The change that a cell tells in front of its figure where neither row nor heading names it: 降4%."""
    if not tells_change(text) or is_rate(indicator):
        return ""
    return "下降" if phrase("tables", "fall_word").search(text) else "增长"


def _change_of_all(caption: str, indicator: str, column: Column) -> str:
    """主要污染物上半年降了多少（%）: the change that a caption tells for figures in per cent that print no unit."""
    if column.heading.unit or column.role == "growth" or is_rate(indicator):
        return ""
    change = phrase("tables", "change_of_all").search(caption)
    if change is None or not set(stated_units(caption)) <= _RATES or not stated_units(caption):
        return ""
    return "下降" if phrase("tables", "fall_word").search(change.group()) else "增长"


def _unit_in(name: str) -> str:
    """The unit that a name prints in brackets at its end, if it does: 精品课程（门）."""
    behind = _NAME_UNIT.search(name)
    own = behind.group().strip().strip("()（）") if behind is not None else ""
    return parse_heading(name).unit or (own if unit_kind(own.lstrip("万亿")) in _COUNTED else "")


def _plain(cell: Cell | None) -> str:
    return cell.passage.text if cell is not None else ""


def _caption_thing(caption: str) -> str:
    """What a table of regions tells where only its caption says so: 某市2023年一季度公共预算收入进度表."""
    bare = phrase("tables", "caption_without").sub("", caption).strip()
    text = _NAME_UNIT.sub("", bare)
    text = phrase("tables", "caption_front").sub("", phrase("tables", "caption_dated").sub("", text))
    end = phrase("tables", "caption_end").search(text)
    if end is None and (bare == caption.strip() or phrase("tables", "caption_speaks").search(text)):
        return ""  # a line without a unit and without the word for a table may tell anything
    text = _BRACKETED.sub("", text[: end.start()] if end is not None else text)
    return text if _THING.fullmatch(text) else ""


def _is_region(row: Row, headings: list[Heading]) -> bool:
    """Whether the row is named by who reports, and by no indicator or task."""
    named = {h.role for i, h in enumerate(headings) if _plain(row[i])}
    return "region" in named and not named & {"indicator", "task"}


def row_name(row: Row, headings: list[Heading]) -> str:
    """What the row measures: its indicator, task or region; the first column where no heading says."""
    if headings and phrase("tables", "time_label").fullmatch(headings[0].text) and (time := _plain(row[0])):
        return f"{time}{headings[0].text[0]}" if time.isdecimal() and headings[0].text[0] in "年月" else time
    bare = bool(headings) and not headings[0].text and headings[0].role != "category"
    first = _ROW_MARK.sub("", _plain(row[0]), count=1) if bare else ""
    if first and not is_value(first):
        return first  # the title of a card, or names without a heading
    for role in ("indicator", "task", "region"):
        names = [_unnumbered(cell) for i, h in enumerate(headings) if h.role == role and (cell := row[i]) is not None]
        names = [name for name in names if name]
        if names:
            return _ROW_MARK.sub("", names[-1] if role == "indicator" else names[0], count=1)
    for i, heading in enumerate(headings):
        text = _plain(row[i])
        if heading.role in ("other", "category", "label", "responsible") and text and not is_value(text):
            return text
        if heading.role == "number" and phrase("tables", "total_row").fullmatch(text):
            return text  # 合计 where the numbers of the rows stand
    return ""


def _unnumbered(cell: Cell) -> str:
    """The name without the number of several levels that a blank parts from it: 1.1 主编教材."""
    number = _LEVELS.match(cell.passage.text)
    if number is None or cell.passage.offsets[number.end()] == cell.passage.offsets[number.end() - 1] + 1:
        return cell.passage.text
    return cell.passage.text[number.end() :]


def _naming_unit(headings: list[Heading], indicator: str) -> str:
    """资金情况（万元） over the names of the rows: the unit of every figure beside them but the rates."""
    first = headings[0]
    told = first.unit if first.role in ("indicator", "task", "other", "category", "label") else ""
    return "%" if told and is_rate(indicator) else told


def _group_unit(columns: list[Column], group: str) -> str:
    """The unit that another column of the group prints; 全年要动工(项) | 其中10月底前该动 are of one thing, too."""
    thing = next((c.heading.group for c in columns if c.group == group), "")
    own = next((c.heading.unit for c in columns if c.group == group and c.heading.unit), "")
    alike = (c.heading.unit for c in columns if thing and c.heading.group == thing and c.role == "target")
    return own or next(filter(None, alike), "")


def _in_percent(headings: list[Heading]) -> bool:
    """Whether a heading of rates prints the sign, so that 4.4 below it is no share of one."""
    rates = [h.text for h in headings if h.role == "completion"]
    return bool(rates) and all("%" in text or "％" in text for text in rates)


def _own_rate(row: Row, headings: list[Heading], column: Column, columns: Sequence[Column]) -> Passage:
    """The printed rate of an actual; where that answers two promises, for the one only that it is of."""
    promise = next((c for c in columns if c.role == "target" and c.group == column.group), None)
    rate = _completion(row, headings, column, alone=promise is None)
    twice = sum(c.at == column.at for c in columns) > 1
    if not rate or not twice or promise is None:
        return rate
    told = [[_plain(row[promise.at])], [_plain(row[column.at])], [rate.text]]
    return rate if is_rate_of(*told) else EMPTY


def _completion(row: Row, headings: list[Heading], column: Column, *, alone: bool) -> Passage:
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
