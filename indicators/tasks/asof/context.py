"""Finds up to when a report tells actuals: from its title, else from its first words.

Whether it tells any is asked in ``plan``; the year, the month and the day have a file each. A dateline only tells
whether the year was over when the report was published.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from indicators.tasks.asof.day import annexed_on, dated, day_of_month, day_told, season_ends
from indicators.tasks.asof.month import is_over, month_told
from indicators.tasks.asof.plan import (
    annexed,
    is_plan,
    middle_year,
    opens_on_plan,
    plan_closed,
    plan_progress,
    season_over,
)
from indicators.tasks.asof.words import Words, first_year, time_phrase
from indicators.tasks.asof.year import told_before_planned, year_closed, year_of_title, year_over, year_stood_at
from indicators.tasks.model import Context, is_nearly_over


def find_context(title: str, paragraphs: Iterable[str], dateline: str = "", as_of: date | None = None) -> Context:
    """What the document says of its own time.

    ``title`` is the document's title, ``paragraphs`` its text in order, ``dateline`` the date of publication
    where the format carries one. ``as_of`` given by the caller overrides everything.
    """
    words = Words.of(title, paragraphs)
    plan = is_plan(words)
    if as_of is not None:
        return Context(as_of.year, as_of.month, as_of, plan, words.title)
    year = year_of_title(words)
    if plan or (year is None and opens_on_plan(words)):
        return _planned(words, year or first_year(words.head))
    month = month_told(words, year)
    progress = 1.0 if season_over(words) else None if plan_closed(words) else plan_progress(words)
    if (over := year_over(words, year)) is not None:
        year, month = over, 12
    elif year is None:
        year, month = _first_named(words, month, amid_plan=bool(progress))
    if is_over(words, year, month, dateline):
        month = 12
    opening = f"{words.title}{words.head}"
    when = day_told(year, month, opening) if year and month else None
    if (day := dated(words.opening) or annexed_on(annexed(words))) is not None:
        year, month, when = day.year, day.month, day
    if (ended := season_ends(opening)) is not None:
        year, month, when = ended.year, 12, ended
    rounded = year is not None or time_phrase("rounds_day").search(words.text)
    told_on = day_of_month(month, opening) if month and not rounded else None
    return Context(year, month, when, False, words.title, progress, told_on)


def _planned(words: Words, year: int | None) -> Context:
    """A plan tells nothing reached, unless a label below it says up to when it does: 到6月底：改造51户."""
    told = time_phrase("told_up_to").search(words.text)
    if told is None or year is None:
        return Context(year, None, None, True, words.title)
    month = int(told["m"])
    when = day_told(year, month, "")
    return Context(year, month, when.replace(day=min(int(told["d"] or when.day), when.day)), True, words.title)


def _first_named(words: Words, month: int | None, *, amid_plan: bool) -> tuple[int | None, int | None]:
    """Year and month of a document that is named after no year: what its first words name."""
    if not amid_plan:
        closed, month = plan_closed(words), month or 12
        if closed is not None:
            return closed, 12  # “十一五”收官……2010年上半年还反弹: a plan that is over is told to its end
    stood, first, middle = year_stood_at(words), first_year(words.head), middle_year(words)
    if stood is None and middle is not None and (month or not first or first > middle):
        return middle, month or 6
    year = stood or first
    if year is not None and told_before_planned(words.text, year, late=is_nearly_over(month)):
        return year - 1, month or 12
    if year is not None and month is not None and month < 12 and year_closed(words.head, year):
        return year + 1, month  # 今年前三季度完成3亿元。截至2022年底，全市有路3万公里
    return year, month
