"""Whose year a figure tells: that of its section, unless its own sentence says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import regex

from indicators.extract.model import Mention
from indicators.quantities import find_periods
from indicators.quantities.years import YEAR, named_years
from indicators.rulebook import phrase
from indicators.tasks.model import Context, Part, TaskUnit
from indicators.tasks.sections import heading_tense

Told = int | Literal["several"] | None
"""A year, several years together, or unknown."""

_HEADING_CHARS = 60
_OPENING_CHARS = 16
_YEAR = regex.compile(rf"({YEAR})年")
_WALL = regex.compile("[，,；;：:]")
_COLON = regex.compile("[：:]")
_SENTENCE_END = regex.compile(r"[。！？]\p{P}*$")
_RANKS = (
    regex.compile(r"[一二三四五六七八九十]+、"),
    regex.compile(r"[（(][一二三四五六七八九十]+[)）]"),
    regex.compile(r"\d{1,2}[.．、]"),
)


class Years:
    """The years that a document's parts and mentions speak of."""

    def __init__(self, units: Sequence[TaskUnit], context: Context):
        self.year = context.year or _year_of_headings(units)
        """The year that the document reports, or plans where it is a plan."""
        context = replace(context, year=self.year)
        self._context = context
        self._parts, self._ends = _sections(units, context)
        self._speaks_from = _speaks_from(units, context)

    def of(self, mention: Mention) -> Told:
        """The year that a mention tells."""
        year = self._parts.get(id(mention.part), self._context.year)
        text = mention.part.passage.text
        sentence = mention.in_front
        if then := list(phrase("comparing", "by_then").finditer(sentence)):
            return int(then[-1].group("year"))
        reach = _reach(text[: mention.start], mention.sentence[0])
        if reach == "several":
            return "several"
        if year == "several" and (reach or (mention.role != "target" and mention.part.role != "prose")):
            # A table that closes a plan of several years tells where things stand at its date.
            year = self._context.year
        if year is None or year == "several":
            return year
        if reach == "past":
            return self._context.year
        clause = _own_clause(mention)
        if (since := phrase("comparing", "since").search(clause)) and int(since.group(1)) < year - 1:
            return "several"
        if before := list(phrase("comparing", "year_before").finditer(clause)):
            return year if self._is_review_year(before[-1].group(), year) else year - 1
        named = [m for m in _YEAR.finditer(sentence) if not phrase("comparing", "base").search(sentence[: m.start()])]
        return int(named[-1].group(1)) if named else year

    def due(self, target: Mention) -> Told:
        """The year at whose end a target is due; ``"several"`` where a period of several years has no told end."""
        told = self.of(target)
        if told != "several":
            return told
        text = target.part.passage.text[: target.start]
        return _end_of(text) or self._ends.get(id(target.part)) or "several"

    def _is_review_year(self, word: str, year: int) -> bool:
        # A report read out in March calls the year it reviews 去年.
        return "去年" in word and "同期" not in word and self._speaks_from == year + 1


def _own_clause(mention: Mention) -> str:
    return _WALL.split(mention.in_front)[-1]


def _reach(before: str, sentence_start: int) -> Literal["several", "one", "past"] | None:
    """Whether the last word of time in front that reaches this far is one of several years, of one, or of one past."""
    told: list[tuple[int, Literal["several", "one", "past"]]] = []
    for match in phrase("comparing", "several_years").finditer(before):
        # Named in passing inside an earlier sentence, a plan period says nothing of the figures that follow.
        opens = match.start() < _OPENING_CHARS or _SENTENCE_END.search(before, 0, match.start())
        if match.start() >= sentence_start or opens:
            told.append((match.end(), "several"))
    for match in phrase("comparing", "one_year").finditer(before):
        told.append((match.start(), "past" if "过去" in match.group() else "one"))
    return max(told)[1] if told else None


def _rank(text: str) -> int:
    return next((rank for rank, pattern in enumerate(_RANKS, 1) if pattern.match(text)), 0)


def _sections(units: Sequence[TaskUnit], context: Context) -> tuple[dict[int, Told], dict[int, int]]:
    """The year of every part, from the headings above it; and the last year of those that speak of several."""
    found: dict[int, Told] = {}
    ends: dict[int, int] = {}
    heading: Told = "several" if phrase("comparing", "several_years").search(context.title) else None
    end = _end_of(context.title) if heading else None
    set_by = 0
    for unit in units:
        for part in unit.parts:
            text = part.passage.text
            if part.role == "prose" and len(text) < _HEADING_CHARS:
                told = _heading(text)
                rank = _rank(text)
                if told is not None:
                    heading, set_by, end = told, rank, _end_of(text)
                elif rank and rank <= set_by:
                    heading, set_by, end = None, 0, None
            found[id(part)] = heading if heading is not None else _default(part, context)
            if heading == "several" and end:
                ends[id(part)] = end
    return found, ends


def _end_of(text: str) -> int | None:
    """The last year of the last period of several years in a text (“十四五” -> 2025)."""
    for period in reversed(find_periods(text)):
        if period.first and period.last and period.first[:4] < period.last[:4]:
            return int(period.last[:4])
    return None


def _year_of_headings(units: Sequence[TaskUnit]) -> int | None:
    """The year under review where neither title nor dateline told it: the plan's year less one."""
    for unit in units:
        for part in unit.parts:
            text = part.passage.text
            if len(text) < _HEADING_CHARS and _rank(text) and (years := named_years(text)):
                return years[-1] - (part.tense == "plan")
    return None


def _heading(text: str) -> Told:
    if not _rank(text) and "。" in text:
        return None
    if phrase("comparing", "several_years").search(text):
        return "several"
    if years := named_years(text):
        # Only words tell here: a line that dates the report (评价时间：2024年2月) opens no section.
        opens = _rank(text) or (heading_tense(text, Context()) and not _COLON.search(text))
        return years[-1] if opens else None
    return None


def _default(part: Part, context: Context) -> int | None:
    if context.year is None:
        return None
    return context.year + 1 if part.tense == "plan" and not context.is_plan else context.year


def _speaks_from(units: Sequence[TaskUnit], context: Context) -> int | None:
    if context.year is None or context.is_plan:
        return context.year
    ahead = any(
        part.tense == "plan" and phrase("comparing", "speaks_now").search(part.passage.text)
        for unit in units
        for part in unit.parts
    )
    return context.year + 1 if ahead else context.year
