"""Whether a heading opens a section that promises or one that looks back."""

from __future__ import annotations

import re

import regex

from indicators.quantities.years import named_years
from indicators.rulebook import phrase
from indicators.tasks.model import Context, Tense

_BLANKS = regex.compile(r"\s+")
_YEARS = re.compile(r"(20\d\d)年?(?:-|—|–|~|～|至|到)+(?:20)?\d\d年")


def tells_problems(text: str) -> bool:
    """Whether a heading opens what went wrong, which a report tells behind what it did and before what it plans."""
    plain = _BLANKS.sub("", text)
    promised = phrase("sections", "plan").search(plain)
    return promised is None and phrase("sections", "problems").search(plain) is not None


def states_goals(heading: str) -> bool:
    """一、目标任务: goals, which are of the report's own time where it tells further on what became of them."""
    return bool(heading) and phrase("sections", "goals").search(_BLANKS.sub("", heading)) is not None


def heading_tense(text: str, context: Context, *, problems_follow: bool = False) -> Tense | None:
    """``plan`` or ``review`` where the heading says so, else ``None`` (the section above goes on).

    ``problems_follow``: a section on problems stands further on in the report.
    """
    plain = _BLANKS.sub("", text)
    if phrase("sections", "review").search(plain):
        return "review"
    if phrase("sections", "plan").search(plain):
        return "plan"
    if phrase("sections", "key_work").search(plain) and not (problems_follow and _of_year_told(plain, context)):
        return "plan"
    if context.year and context.as_of and (years := named_years(plain)):
        if min(years) > context.year and not _begun(plain, context.year):
            return "plan"
        if max(years) <= context.year and context.closed:
            return "review"
    return None


def _begun(heading: str, year: int) -> bool:
    """(一)2013—2017年的: whether the years that a heading spans began before the report's year was over."""
    span = _YEARS.search(heading)
    return span is not None and int(span.group(1)) <= year


def _of_year_told(heading: str, context: Context) -> bool:
    """Whether a heading names no year beyond the one that the report tells."""
    years = named_years(heading)
    return context.as_of is not None and (not years or max(years) <= context.as_of.year)
