"""Whether a heading opens a section that promises or one that looks back."""

from __future__ import annotations

import regex

from indicators.quantities.years import named_years
from indicators.rulebook import phrase
from indicators.tasks.model import Context, Tense

_BLANKS = regex.compile(r"\s+")


def heading_tense(text: str, context: Context) -> Tense | None:
    """``plan`` or ``review`` where the heading says so, else ``None`` (the section above goes on)."""
    plain = _BLANKS.sub("", text)
    if phrase("sections", "review").search(plain):
        return "review"
    if phrase("sections", "plan").search(plain):
        return "plan"
    if context.year and context.as_of and (years := named_years(plain)):
        if min(years) > context.year:
            return "plan"
        if max(years) <= context.year and context.closed:
            return "review"
    return None


def inline_answer(text: str, *, opens: bool) -> int | None:
    """Where, inside an item, what was done begins ("……。完成情况：……"); ``None`` where no label says so.

    ``opens``: the label may stand at the very front, what was promised standing in an earlier paragraph.
    """
    match = phrase("sections", "answer").search(text)
    return match.end() if match and (opens or match.start() > 4) else None
