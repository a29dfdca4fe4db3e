"""How much of the time that a promise is for has passed when its report speaks."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import regex

from indicators.extract.model import Mention
from indicators.linking.horizon import horizon, years_over
from indicators.linking.model import Pair
from indicators.quantities.years import named_years, printed_years
from indicators.rulebook import phrase
from indicators.tasks.model import Context

_PLAN_YEARS = 5
_QUARTERS = {"一": 1, "二": 2, "三": 3}


def share_passed(pair: Pair, context: Context) -> float:
    """How much of the target's period has passed, 0..1. A milestone's period ends with the report's own."""
    if pair.milestone or any(_tells_year_end(m) for m in pair.actuals) or _own_period_over(pair, context):
        return 1.0
    told = [years_over(pair.target, m) for m in pair.actuals] if pair.target is not None else []
    if told and told[0] is not None:
        return told[0]
    if pair.target is not None and (ahead := horizon(pair.target, context)) is not None:
        return ahead.passed(context)
    if pair.target is not None and pair.target.part.label:
        year = max(printed_years(pair.actuals[0].part.label), default=None) if pair.actuals else None
        return _labelled_share(pair.target.part.label, year, context)
    return context.share


def _tells_year_end(actual: Mention) -> bool:
    """Whether a figure told ahead of its time is the year's: 预计全年…, and not 预计前三季度…."""
    if not actual.forecast:
        return False
    told = actual.in_front
    return not phrase("verdicts", "part_told").search(told) or bool(phrase("verdicts", "year_end").search(told))


def _own_period_over(pair: Pair, context: Context) -> bool:
    """比半年计划少0.6亿元, 一季度目标30万千瓦: a promise for a part of the year that the report closes."""
    lead = pair.target or pair.gap
    if lead is not None and _was_due(lead, context):
        return True
    own = phrase("verdicts", "task_of_year").search(lead.left) if lead is not None else None
    if own is not None and context.year is not None and int(own["year"]) < context.year:
        return True
    match = (
        phrase("verdicts", "part_of_year").search(lead.left) if lead is not None and context.month is not None else None
    )
    if match is None or context.month is None:
        return False
    quarter = match.group("q")
    if quarter:
        return context.month >= 3 * _QUARTERS[quarter]
    return context.month >= 6 or "半年" not in match.group()


def _labelled_share(label: str, told: int | None, context: Context) -> float:
    """A column's own period: a quarter that has its actual is over; of a five-year plan some years are.

    ``told`` is the year that the heading of the actual's column prints.
    """
    if phrase("verdicts", "column_period").search(label):
        return 1.0
    years = printed_years(label)
    now = told or context.year
    if years and told is not None and told >= max(years):
        return 1.0
    if years and now and max(years) > now:
        return max(0.0, min(1.0, 1 - (max(years) - now) / _PLAN_YEARS))
    return context.share


def _was_due(lead: Mention, context: Context) -> bool:
    """市里要求6月底前达到95%: whether a promise of the report's own year names a day that has passed."""
    due = next(reversed(list(phrase("verdicts", "due").finditer(lead.left))), None)
    if due is None or context.month is None or context.is_plan or lead.part.tense == "plan":
        return False
    if context.as_of is None:  # a clipping that names its month and no year: 到9月底的样子
        return not named_years(lead.left) and _is_past(due, context)
    year = next(reversed(named_years(lead.left)), context.as_of.year)
    month = int(due["month"])
    last = monthrange(year, month)[1]
    return date(year, month, min(int(due["day"] or last), last)) <= context.as_of


def _is_past(due: regex.Match[str], context: Context) -> bool:
    """Whether a day of the year is no later than the month, or its day, up to which a report of no year tells."""
    month, day = int(due["month"]), int(due["day"] or 0)
    told = context.month or 0
    return month < told or (month == told and (context.day is None or 0 < day <= context.day))
