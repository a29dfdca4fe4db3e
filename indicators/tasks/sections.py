"""Whether a heading opens a section that promises or one that looks back."""

from __future__ import annotations

from functools import cache

import regex

from indicators import rulebook
from indicators.tasks.model import Context, Tense

_PROMISED_THEN_TOLD = regex.compile(
    r"(?:\d{1,2}[.、．])?(?:全年|年内|今年|年底前|计划)[^。；]*。(?=目前|截至|到\d{1,2}月|上半年|前\S{1,3}个?(?:月|季度)|1[-—至]\d)"
)
"""年内新增泊位5000个。目前已新增2870个: the year's promise, then what was reached."""
_YEAR = regex.compile(r"((?:19|20)\d{2})年")


@cache
def _pattern(section: str) -> regex.Pattern[str]:
    return regex.compile("|".join(rule["pattern"] for rule in rulebook.load("sections")[section]))


def heading_tense(text: str, context: Context) -> Tense | None:
    """``plan`` or ``review`` where the heading says so, else ``None`` (the section above goes on)."""
    plain = regex.sub(r"\s+", "", text)
    if _pattern("review").search(plain):
        return "review"
    if _pattern("plan").search(plain):
        return "plan"
    if context.year and context.as_of and (years := [int(y) for y in _YEAR.findall(plain)]):
        if min(years) > context.year:
            return "plan"
        if max(years) <= context.year and context.closed:
            return "review"
    return None


def inline_answer(text: str, *, opens: bool) -> int | None:
    """Where, inside an item, what was done begins ("……。完成情况：……"); ``None`` where no label says so.

    ``opens``: the label may stand at the very front, what was promised standing in an earlier paragraph.
    """
    if promise := _PROMISED_THEN_TOLD.match(text):
        return promise.end()
    match = _pattern("answer").search(text)
    return match.end() if match and (opens or match.start() > 4) else None
