"""The day up to which a report tells: one that its first words name, or the last of its month."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date

from indicators.tasks.asof.words import time_phrase

_MARCH = 3
_MONTHS = 12
_MIDDLE = 15
"""The day meant by 中旬."""


def day_told(year: int, month: int, opening: str) -> date:
    """The day that the figures of the last month were taken on, where the text tells it, else that month's last."""
    last = _month_end(year, month)
    day = day_of_month(month, opening) or last.day
    return last.replace(day=day) if day <= last.day else last


def day_of_month(month: int, opening: str) -> int | None:
    """The day of the last month that the figures were taken on, which a dispatch may tell without any year."""
    told = time_phrase("up_to_day").search(opening)
    if told is None and time_phrase("at_present").search(opening):
        told = time_phrase("told_on").search(opening)
    return int(told["d"] or _MIDDLE) if told is not None and int(told["m"]) == month else None


def dated(opening: str) -> date | None:
    """The full date up to which the first words say that figures are told: （截至2022年12月31日）, …至2012年2月25日."""
    told = time_phrase("dated").search(opening)
    if told is None or not 0 < int(told["m"]) <= _MONTHS:
        return None
    last = _month_end(int(told["year"]), int(told["m"]))
    return last.replace(day=min(int(told["d"]), last.day)) if told["d"] and int(told["d"]) else last


def annexed_on(openings: Sequence[str]) -> date | None:
    """The month of the last report annexed to a plan: 【2018年6月中期检查】 … 【2020年12月期末总结】."""
    told = [match for text in openings if (match := time_phrase("annexed_month").search(text)) is not None]
    return max((_month_end(int(m["year"]), int(m["m"])) for m in told), default=None)


def season_ends(opening: str) -> date | None:
    """The end of 2019—2020年秋冬季, where the first words name such a season: what was promised for it is over then."""
    season = time_phrase("season").search(opening)
    return _month_end(int(season["year"]), _MARCH) if season is not None else None


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
