"""The stretch of years that a promise is for, where that is not the report's own year alone."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from indicators.extract.model import Mention
from indicators.extract.names import RATES
from indicators.quantities.numerals import chinese_int, small_int
from indicators.quantities.years import named_years
from indicators.rulebook import phrase
from indicators.tasks.model import Context

_PLAN_YEARS = 5
_LONGEST = 12
"""Years that a plan runs, at most."""
_AMID = 0.5
"""Taken for the part that has passed of a stretch whose beginning is not told."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """Years, both inclusive; ``first`` is ``None`` where the text names the end alone (到2025年)."""

    first: int | None
    last: int

    def passed(self, context: Context) -> float:
        """Share of the stretch that lies behind the report's date, 0..1."""
        if context.progress is not None:
            return context.progress
        if self.first is None or context.year is None:
            return min(context.share, _AMID)
        return max(0.0, min(1.0, (context.year - self.first + context.share) / (self.last - self.first + 1)))


def horizon(target: Mention, context: Context) -> Horizon | None:
    """``None`` for a promise of the report's own year, of a year that is over, or of the one that comes next."""
    if context.is_plan:
        return None
    if context.year is None:
        return _of_plan(target)
    found = _of_plan(target) or _of_span(target) or _by_year(target, context.year)
    return found if found and found.last >= context.year else None


def _of_plan(target: Mention) -> Horizon | None:
    period = target.period
    if period is None or period.last is None or "五" not in period.text:
        return None
    last = int(period.last[:4])
    return Horizon(last - _PLAN_YEARS + 1, last)


def _of_span(target: Mention) -> Horizon | None:
    """2021—2025年规划新建学校: the first and the last year told in front of a promise."""
    spans = list(phrase("links", "span_of_years").finditer(target.in_front))
    if not spans or named_years(target.in_front[spans[-1].end() :]):
        return None  # 三年行动方案（2022—2024年）提出：2022年新建…: a year of its own
    first, last = int(spans[-1]["first"]), int(spans[-1]["last"])
    return Horizon(first, last) if first < last < first + _LONGEST else None


def _by_year(target: Mention, now: int) -> Horizon | None:
    """到2025年, 高于2025年目标, 规划要2020年到95%. A bare year ahead is rather that of the next report's promise."""
    years = [int(year) for year in phrase("links", "by_year").findall(target.in_front)]
    period = target.period
    if not years and period is not None and period.last is not None and period.kind in ("until", "year"):
        last = int(period.last[:4])
        if last > now + 1 or phrase("links", "plan_of_years").search(target.in_front):
            years = [last]
    return Horizon(None, years[-1]) if years and years[-1] > now else None


def years_over(target: Mention, actual: Mention) -> float | None:
    """五年规划建设200座，走到第三年建成126座: how much of its years is over, where the words tell both, 0..1."""
    if target.part is not actual.part or actual.start < target.end:
        return None
    length = last_found("plan_length", target.in_front)
    gone = last_found("years_over", target.part.passage.text[target.end : actual.start])
    if length is None or gone is None:
        return None
    if gone["half"]:
        return _AMID
    if gone["tenths"]:
        return (chinese_int(gone["tenths"]) or 0) / 10
    return min(1.0, _count(gone["k"]) / _count(length["n"]))


def last_found(section: str, text: str) -> regex.Match[str] | None:
    """The last place in ``text`` that the rules of ``section`` know."""
    return next(reversed(list(phrase("links", section).finditer(text))), None)


def _count(word: str) -> int:
    return small_int(word) or _PLAN_YEARS


def _of_year_before(target: Mention, actual: Mention, context: Context) -> bool:
    """提高到67%以上（2022年为63.6%）: the bracket tells where the promise of a later year starts from."""
    if actual.wall is None or not actual.in_bracket or actual.sentence != target.sentence:
        return False
    told = phrase("figures", "told_year").match(actual.part.passage.text, actual.wall, actual.start)
    if told is None or context.year is None:
        return False
    return target.part.tense == "plan" or int(told["year"]) < context.year


def beyond_year(target: Mention, actual: Mention, context: Context) -> bool | None:
    """Whether a promise of several years cannot be answered by what is told of one; ``None`` where it is for one year.

    A rate or a stock on its way compares directly; what is to be added over the years needs a sum over years.
    """
    if _of_year_before(target, actual, context):
        return True
    found = horizon(target, context)
    if found is None:
        return None
    if found.first is not None and context.year is not None and found.first > context.year:
        return True  # what was told of the year before a plan begins is its starting point
    if target.quantity.unit in RATES or "flow" not in (target.name.flow, actual.name.flow):
        return False
    told = actual.part.passage.text[actual.sentence[0] : actual.end]
    # A review amid the plan tells sums over its years without saying so.
    summed = context.progress is not None or phrase("links", "over_years").search(told)
    return not summed or bool(phrase("links", "each_year").search(actual.left))
