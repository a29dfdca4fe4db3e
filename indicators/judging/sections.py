"""Whether a figure stands where a report plans, looks back on one year, or sums up several."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

import regex

from indicators.rulebook import rare
from indicators.schema.report import Fact, Report
from indicators.tasks.model import Context
from indicators.tasks.sections import heading_tense

_HEADING = regex.compile(
    r"^[ \t\u3000]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])[^。\n]{2,50}$", regex.M
)
_PARAGRAPH_CHARS = 2000


class Sections:
    """The headings of a report's text, each with what it opens."""

    def __init__(self, report: Report):
        self._text = report.text
        until = date.fromisoformat(report.as_of) if report.as_of else None
        context = Context(until.year if until else None, until.month if until else None, until)
        self._starts: list[int] = []
        self._tenses: list[str] = []
        for match in _HEADING.finditer(report.text):
            tense = heading_tense(match.group(), context)
            if tense is not None:
                self._starts.append(match.start())
                self._tenses.append(tense)

    def of(self, fact: Fact) -> str:
        """``plan``, ``several`` or "" (one year under review); figures told under different words do not compare."""
        if fact.start is None:
            return ""
        at = bisect_right(self._starts, fact.start) - 1
        if at >= 0 and self._tenses[at] == "plan":
            return "plan"
        paragraph = self._text[
            max(self._text.rfind("\n", 0, fact.start) + 1, fact.start - _PARAGRAPH_CHARS) : fact.start
        ]
        return "several" if rare("audit", "several_years").search(paragraph) else ""
