"""The month up to which a report tells: from its title, else from its first words; December where its year is over."""

from __future__ import annotations

from functools import cache

import regex

from indicators import rulebook
from indicators.quantities.years import YEAR
from indicators.tasks.asof.words import Words, number, time_phrase

_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_DATELINE = regex.compile(rf"({YEAR})(?:年(?:1[0-2]|0?[1-9])月{_DAY}日?|([-/.])(?:1[0-2]|0?[1-9])\2{_DAY}(?!\d))")
"""2024年3月5日, 2024-03-05; but 2025年2.6%的目标 is no date."""

_DAYS = 31
"""Days of a month at most."""

_DATED = regex.compile(rf"({YEAR})年(?:第?[一二三四1-4]季度|[上下]半年|前[二三2-3]个?季度|(?:1[0-2]|[1-9])月)")


@cache
def _spans() -> list[tuple[regex.Pattern[str], int | None]]:
    return [(regex.compile(rule["pattern"]), rule.get("month")) for rule in rulebook.load("periods_of_reports")["span"]]


def last_month(text: str) -> int | None:
    """The last month that a phrase covers ("前三季度" -> 9), or ``None``."""
    best: tuple[int, int] | None = None
    for pattern, month in _spans():
        if match := pattern.search(text):
            groups = match.groupdict()
            if groups.get("q"):
                month = 3 * number(groups["q"])
            elif groups.get("m"):
                month = number(groups["m"])
            if month and (best is None or match.start() < best[0]):
                best = (match.start(), month)
        if best and best[0] == 0:
            break
    return best[1] if best else None


def month_told(words: Words, year: int | None) -> int | None:
    """The month that title or first words name; ``year`` is the title's."""
    month = last_month(words.title) or _single_month(words.title)
    if month is None and year and words.is_report:
        month = _month_of_a_year(words)
    if month is not None:
        return month
    month = last_month(_own_year(words.head, year))
    later = [number(match["m"]) for match in time_phrase("later_month").finditer(words.head)]
    if month is None:
        return _month_of_news(words) or _month_before_rest(words)
    if (explicit := _explicit_before(words.head, month)) is not None:
        return explicit
    return max([month, *later])  # 6月底建成过半，截至10月底已建成89%


def _explicit_before(head: str, month: int) -> int | None:
    """6月底开工率先到100%。截至5月27日，…: a text that says up to when it tells names later months as those to come."""
    told = time_phrase("explicit_month").search(head)
    if told is None or number(told["m"]) >= month:
        return None
    ahead = any(number(m["m"]) == month for m in time_phrase("month_end_named").finditer(head, 0, told.start()))
    return number(told["m"]) if ahead else None


def _own_year(text: str, year: int | None) -> str:
    """A text without the quarters and months that it names of a later year: 缺口顺延至2013年一季度补足."""
    if year is None:
        return text
    return _DATED.sub(lambda match: "" if int(match.group(1)) > year else match.group(), text)


def _single_month(title: str) -> int | None:
    """2023年9月份工业运行情况: a bulletin of one month tells what was reached by its end."""
    match = time_phrase("one_month").search(title)
    return int(next(group for group in match.groups() if group)) if match else None


def _month_of_news(words: Words) -> int | None:
    """记者10月19日获悉，…截至目前…: what a dated piece of news calls the present."""
    told = time_phrase("told_on").match(words.head)
    return number(told["m"]) if told is not None and time_phrase("at_present").search(words.head) else None


def _month_before_rest(words: Words) -> int | None:
    """今年只剩两个月, 离年底还有20天: the last whole month that is over before what is left of the year."""
    left = time_phrase("time_left").search(words.text)
    if left is None:
        return None
    count = number(left["count"])
    months = -(-count // _DAYS) if left["unit"] == "天" else count * (3 if "季" in left["unit"] else 1)
    return 12 - months if 0 < months < 12 else None


def _month_of_a_year(words: Words) -> int | None:
    """December for a report of a whole year, ``None`` where its title speaks of none or its text of less."""
    title = words.title
    # 2016年投资计划执行情况：至10月末，…: what the first words say outweighs the title's word for a year.
    if not time_phrase("whole_year").search(title) or time_phrase("opens_so_far").match(words.text.removeprefix(title)):
        return None
    # 2014年度……督查通报：截至11月底，…: 年度 says whose year it is, not that it is over.
    stands = None if time_phrase("closes_year").search(title) else time_phrase("stands_at").search(words.head)
    return 12 if stands is None else number(stands["m"])


def is_over(words: Words, year: int | None, month: int | None, dateline: str) -> bool:
    """Whether the year is over: no month of it is named, or the text or its dateline tells that it is past."""
    if month is None and year is not None:
        return True
    # 截至6月底，…: what a text opens on is told as far as that, whatever it goes on to promise for the year after.
    so_far = time_phrase("stands_at").match(words.text) is not None
    if month is not None and month < 12 and not so_far and _closes_year(words.text, year):
        return True
    published = _DATELINE.search(dateline)
    # Published in a later year: the year told is over, even where its latest figures stop at November.
    return published is not None and year is not None and int(published.group(1)) > year


def _closes_year(text: str, year: int | None) -> bool:
    """A text that looks back on a year that is past, or promises for the next, tells a year that is over."""
    told = time_phrase("whole_year_told").search(text) and not time_phrase("whole_year_ahead").search(text)
    if told or year is None:
        return bool(told)
    return bool(time_phrase("year_over", year).search(text) or time_phrase("promises_next_year", year + 1).search(text))
