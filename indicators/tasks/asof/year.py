"""The year that a report tells: the one that it is named after, or the one before, which it looks back on."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from indicators.quantities.years import YEAR
from indicators.tasks.asof.words import Words, first_year, time_phrase

_BARE_HEADING = regex.compile(rf"({YEAR})年?")
_ADDRESS = 100
"""Characters in which whoever reads a report out says whose report it is."""
_COLUMN = 16
"""Characters of a column's heading at most."""


def year_of_title(words: Words) -> int | None:
    """The year that the document is named after; who says what is promised (三年行动方案提出) is no name."""
    if time_phrase("plan_says").search(words.title):
        return None
    return max(map(int, time_phrase("actual_year").findall(words.title)), default=None) or first_year(words.title)


def year_stood_at(words: Words) -> int | None:
    """The latest year of a month or of months up to which figures are told: 截至2018年10月底, 2013年上半年.

    A column may be headed so, too: 2022年实际 | 2023年上半年.
    """
    told = [int(match["year"]) for match in time_phrase("stood_at").finditer(words.head)]
    column = time_phrase("column_of_months")
    cells = [int(match["year"]) for text in words.headings if (match := column.fullmatch(text))]
    return max([*told, *cells], default=None)


def year_closed(head: str, year: int) -> bool:
    """Whether all that is told of the one year named stood at its end, so that the months are of a later one."""
    named = {match.group("year") for match in time_phrase("closed_before").finditer(head)}
    return named == {str(year)} and head.count(f"{year}年") == len(time_phrase("closed_before").findall(head))


def year_over(words: Words, year: int | None) -> int | None:
    """The year that the text shows to be over and looked back on; ``year`` is the title's.

    A report of January is named after the new year and looks back on the old one.
    """
    if (review := _reviewed(words)) is not None:
        return review if year is None or review == year - 1 else None
    if (read_in := _read_out_in(words)) is not None:
        return read_in - 1
    if year is not None:
        return year - 1 if _opens_a_year_before(words, year) else None
    if (ahead := _year_ahead(words)) is not None:
        return ahead - 1
    closed = _latest_reached(words) or _latest_told(words.body)
    return closed if closed is None or (year_stood_at(words) or closed) <= closed else None


def _reviewed(words: Words) -> int | None:
    """The year that a heading looks back on: 一、2022年工作回顾."""
    review = next((match for text in words.headings if (match := time_phrase("review_year").search(text))), None)
    return int(review.group(1) or review.group(2)) if review else None


def _read_out_in(words: Words) -> int | None:
    """The year in which a government's work report is read out: at its start, looking back on the year before."""
    head = words.head
    spoken = time_phrase("work_report").search(words.first_line) or time_phrase("reads_out").search(head[:_ADDRESS])
    if not spoken or words.is_report or _latest_reached(words) is not None:
        return None
    if not any(time_phrase("looks_back").search(text) for text in words.headings):
        return None
    if (named := first_year(words.title)) is not None:
        return named
    # 一、去年工作回顾 2015年，…: a year named only behind such a heading is the one looked back on.
    opened = time_phrase("last_year").search(head)
    told = None if opened is None or first_year(head[: opened.start()]) else first_year(head[opened.end() :])
    return told + 1 if told is not None else first_year(head)


def _opens_a_year_before(words: Words, year: int) -> bool:
    """A text named after one year that first tells the year before and then promises for its own."""
    behind = Words(words.title, words.body, words.text.removeprefix(words.title))
    return first_year(behind.head) == year - 1 and bool(time_phrase("promises_own_year", year).search(behind.text))


def _year_ahead(words: Words) -> int | None:
    """The year that a heading plans (三、2011年的工作) in a report of which another heading looks back."""
    if not any(time_phrase("looks_back").search(text) for text in words.headings):
        return None
    found = (match for text in words.headings if (match := time_phrase("plan_year").search(text)))
    return next((int(match.group(1)) for match in found), None)


def _latest_reached(words: Words) -> int | None:
    """The latest year that a review of several years tells figures of: 由2015年的50%提高到2020年的60%."""
    if not any(time_phrase("years_back").search(text) for text in words.headings):
        return None
    return max((int(year) for text in words.body for year in time_phrase("reached_in").findall(text)), default=None)


def _latest_told(cells: Sequence[str]) -> int | None:
    """The latest year that a heading of actuals prints: 2010年实际 | 2015年规划 | 2015年实际; 2015 | 2020目标."""
    short = [text for text in cells if len(text) < _COLUMN]
    years = [int(year) for text in short for year in time_phrase("actual_year").findall(text)]
    ahead = [int(match.group(1)) for text in short if (match := time_phrase("goal_year").fullmatch(text))]
    bare = [int(match.group(1)) for text in short if (match := _BARE_HEADING.fullmatch(text))] if ahead else []
    return max([*years, *(year for year in bare if year < max(ahead))], default=None)


def told_before_planned(text: str, year: int, *, late: bool) -> bool:
    """A text that tells what was reached without a year and names one only where it goes on to promise for it.

    Where it is not ``late`` in the year it may still promise for its own, unless it called that 今年.
    """
    at = [match.start() for match in regex.finditer(rf"{year}年", text)]
    told = "told_first" if late else "told_this_year"
    if not at or not time_phrase(told).search(text, 0, at[0]):
        return False
    return all(time_phrase("planned_for").match(text, place + len(f"{year}年")) for place in at)
