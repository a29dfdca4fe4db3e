"""Period expressions, resolved to ISO 8601 intervals."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left
from collections.abc import Callable
from functools import cache
from typing import Any

from indicators import rulebook
from indicators.quantities.numerals import parse_numeral
from indicators.quantities.years import YEAR
from indicators.schema.quantity import Period

_PARTS = {
    "Y": rf"(?:{YEAR}|[一二][九〇零][〇零一二三四五六七八九]{{2}})",
    "M": r"(?:0?[1-9]|1[0-2]|十[一二]?|[一二三四五六七八九])",
    "D": r"(?:3[01]|[12][0-9]|0?[1-9](?![0-9])|三十一?"
    r"|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])",
    "Q": r"[一二三四1-4]",
    "N": r"(?:[0-9]|1[0-2]|十[一二]?|[一二两三四五六七八九])",
    "R": r"(?:-{1,2}|—{1,2}|~{1,2}|至|到)",
}
_BLANK = r"[ \t]*+(?:\r?\n[ \t]*+)?+"
_SENTENCE_END = re.compile(r"[。；;！？!?]|\n[ \t]*\n")
_CUMULATIVE = re.compile(r"[，,]?(?:全[省市县区国州])?累计")
_COMPARED = frozenset({"same_period_last_year", "previous_period", "than_last_year", "annual_average"})

Reader = Callable[[dict[str, Any], "int | None"], dict[str, Any]]


@cache
def _compiled() -> tuple[re.Pattern[str], dict[str, str], dict[str, dict[str, str]]]:
    """The union of all patterns, how each alternative reads, and its groups' plain names."""
    parts, reads, groups = [], {}, {}
    for number, rule in enumerate(rulebook.load("periods")["period"]):
        pattern = rule["pattern"].replace("_", _BLANK)
        for name, part in _PARTS.items():
            pattern = pattern.replace("{" + name + "}", part)
        names = dict.fromkeys(re.findall(r"\(\?P<(\w+)>", pattern))
        for name in names:
            pattern = pattern.replace(f"(?P<{name}>", f"(?P<{name}{number}>").replace(
                f"(?P={name})", f"(?P={name}{number})"
            )
        key = f"rule{number}"
        parts.append(f"(?P<{key}>{pattern})")
        reads[key] = rule["reads"]
        groups[key] = {name: f"{name}{number}" for name in names}
    # No digit may stand before the first one; a point may: 1.1-11月 is item 1.
    return re.compile(r"(?<![0-9])(?:" + "|".join(parts) + ")"), reads, groups


# What a period may start with: first characters, then what must follow.
_STARTS = (
    ("0123456789", r"[0-9]{0,3}[ \t\r\n]*+[年月\-./—~至到、季]"),
    ("截", "[至止]"),
    ("到至", r"[ \t]*(?:[0-9一二三四五六七八九十第今年岁]|目前)"),
    ("前", r"[ \t]*[0-9一二两三四五六七八九十年几]"),
    ("走过干", r"[完了满][0-9一二两三四五六七八九十]{1,2}个月"),
    ("近", r"[ \t]*[0-9一二两三四五六七八九十几]"),
    ("今", "[年后]"),
    ("比较与", "[上去同]"),
    ("(", "[12]"),
    ("“", "[一六七八九十]"),
    ("第", "[一二三四1-4]"),
    ("一二三四", r"[至到、\-~—]|[一二三四]?季"),
    ("一二三四五六七八九十", r"[一二三四五六七八九十]?[ \t]*[月年]|[一二三四五六七]?五|[九〇零]"),
    ("上", r"[ \t]*(?:半|年|一年|月)"),
    ("下", r"[ \t]*(?:半|一年)"),
    ("年", "[底末初均平]"),
    ("岁", "末"),
    ("本", "[年月]"),
    ("开", "年"),
    ("全", "年"),
    ("当", "[年月]"),
    ("同环", "比"),
    ("去明次来", "年"),
    ("目", "前"),
    ("迄", "今"),
    ("平", "均每年"),
    ("最过此未", "[近去后来]"),
)
# Each alternative begins with a literal: only then does the engine skip to the next first character.
_ANCHOR = re.compile("|".join(f"{re.escape(char)}(?:{rest})" for chars, rest in _STARTS for char in chars))


def _number(text: str) -> int:
    if text.isdigit() and text.isascii():
        return int(text)
    return int(parse_numeral(text.replace("零", "〇")))


def _month(year: int | None, month: int) -> str | None:
    return f"{year:04d}-{month:02d}" if year else None


def _month_end(year: int | None, month: int) -> str | None:
    return f"{year:04d}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}" if year else None


def _day(year: int | None, month: int, day: int) -> str | None:
    if not year or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _months(year: int | None, first: int, last: int, kind: str, **more: Any) -> dict[str, Any]:
    return {"first": _month(year, first), "last": _month(year, last), "kind": kind, **more}


def _point(day: str | None, **more: Any) -> dict[str, Any]:
    return {"first": day, "last": day, "kind": "until", **more}


def _read_days(part: dict[str, Any], year: int | None) -> dict[str, Any]:
    first = _day(year, part["M"], part["D"])
    last = _day(year, part.get("M2") or part["M"], part["D2"])
    return {"first": first, "last": last, "kind": "day"}


def _read_months(part: dict[str, Any], year: int | None) -> dict[str, Any]:
    last_year = part.get("Y2") or year
    first, last = _month(year, part["M"]), _month(last_year, part["M2"])
    return {"first": first, "last": last, "kind": "months", "cumulative": part["M"] == 1 and part["M2"] > 1}


def plan_ends(number: str) -> int:
    """The last year of a five-year plan by its printed number: 十一 (“十一五”) ended in 2010."""
    return 1955 + 5 * _number(number)


def _read_plan(part: dict[str, Any], year: int | None) -> dict[str, Any]:
    last = plan_ends(part["P"])
    if part.get("E") in ("末", "期末"):
        return _point(f"{last}-12-31")
    return _months(last - 4, 1, 12, "plan") | {"last": f"{last}-12"}


_READERS: dict[str, Reader] = {
    "days": _read_days,
    "day": lambda part, year: {"first": (day := _day(year, part["M"], part["D"])), "last": day, "kind": "day"},
    "until_day": lambda part, year: _point(_day(year, part["M"], part["D"])),
    "month": lambda part, year: _months(year, month := part.get("M") or part["Mb"], month, "month"),
    "months": _read_months,
    "first_months": lambda part, year: _months(year, 1, part["N"], "months", cumulative=True),
    "until_month": lambda part, year: _point(_month_end(year, part["M"])),
    "until_quarter": lambda part, year: _point(_month_end(year, part["Q"] * 3)),
    "first_quarters": lambda part, year: _months(year, 1, part["Q"] * 3, "months", cumulative=True),
    "quarters": lambda part, year: _months(
        year, part["Q"] * 3 - 2, part["Q2"] * 3, "months", cumulative=part["Q"] == 1
    ),
    "quarter": lambda part, year: _months(year, part["Q"] * 3 - 2, part["Q"] * 3, "quarter"),
    "half": lambda part, year: _months(year, *((1, 6) if part["H"] == "上" else (7, 12)), "half"),
    "years": lambda part, year: _months(year, 1, 12, "year") | {"last": _month(part["Y2"], 12)},
    "until_year": lambda part, year: _point(_month_end(part.get("Yb") or year, 12)),
    "year": lambda part, year: _months(year, 1, 12, "year"),
    "plan": _read_plan,
    "until_this_year": lambda part, year: _point(_month_end(year, 12), relative="this_year"),
    "this_year_so_far": lambda part, year: (
        _months(year, 1, 12, "relative", relative="this_year", cumulative=True) | {"last": None}
    ),
    "this_year": lambda part, year: _months(year, 1, 12, "year", relative="this_year"),
    "last_year": lambda part, year: _months(year and year - 1, 1, 12, "relative", relative="last_year"),
    "year_before_last": lambda part, year: _months(year and year - 2, 1, 12, "relative", relative="year_before_last"),
    "next_year": lambda part, year: _months(year and year + 1, 1, 12, "relative", relative="next_year"),
    "to_date": lambda part, year: _months(None, 1, 12, "relative", relative="to_date"),
    "relative_month": lambda part, year: _months(None, 1, 12, "relative", relative="month"),
    "recent_years": lambda part, year: _months(None, 1, 12, "relative", relative="some_years"),
}  # fmt: skip


def _compare(reads: str) -> Reader:
    return lambda part, year: {"first": None, "last": None, "kind": "relative", "relative": reads}


_READERS |= {reads: _compare(reads) for reads in _COMPARED}
_RELATIVE_TO_NOW = frozenset(
    {"this_year", "this_year_so_far", "last_year", "year_before_last", "next_year", "until_this_year"}
)


def is_comparison(period: Period) -> bool:
    """同比, 环比, 比上年, 年均: what a figure is compared with, not the period it is of."""
    return period.relative in _COMPARED


def periods_of(raw: str, text: str, year: int | None) -> list[Period]:
    """The periods of a folded text; ``raw`` gives the words as printed."""
    pattern, reads, groups = _compiled()
    found: list[Period] = []
    told: int | None = None  # the last year printed in this sentence
    looked = 0  # up to where the sentence's end was looked for
    position = 0
    while True:
        anchor = _ANCHOR.search(text, position)
        if anchor is None:
            return found
        match = pattern.match(text, anchor.start())
        if match is None:
            position = anchor.start() + 1
            continue
        position = match.end()
        key = match.lastgroup or ""
        reading = reads[key]
        part: dict[str, Any] = {
            name: (value if name in "HEP" else _number(value))
            for name, group in groups[key].items()
            if name != "mark" and (value := match[group])
        }
        if told is not None:
            if _SENTENCE_END.search(text, looked, match.start()):
                told = None
            looked = match.start()
        printed: int | None = part.get("Y") or part.get("Yb")
        basis = printed or (year if reading in _RELATIVE_TO_NOW and year else told or year)
        if printed:
            told, looked = part.get("Y2") or printed, match.end()
        fields = _READERS[reading](part, basis)
        if not fields.get("cumulative") and fields["kind"] != "until" and _CUMULATIVE.match(text, match.end()):
            fields["cumulative"] = True
        found.append(Period(text=raw[match.start() : match.end()], start=match.start(), end=match.end(), **fields))


class PeriodsBefore:
    """Tells, for a place in the text, the period that governs it: the nearest before it in its sentence."""

    def __init__(self, text: str, periods: list[Period]) -> None:
        self._text = text
        # 较2020年 tells the base that a figure is compared with, as 比上年 does.
        self._periods = [
            period
            for period in periods
            if not is_comparison(period) and text[period.start - 1 : period.start] not in ("比", "较", "同")
        ]
        self._ends = [period.end for period in self._periods]

    def __call__(self, place: int) -> Period | None:
        index = bisect_left(self._ends, place + 1) - 1
        if index < 0:
            return None
        period = self._periods[index]
        if place - period.end > 400 or _SENTENCE_END.search(self._text, period.end, place):
            return None
        return period
