"""Where the quantities of a report stand in its text: what the page and the workbook highlight."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from indicators.schema.report import Assessment, Fact, Report, Task
from indicators.schema.source import Passage

Role = Literal["target", "actual", "rival"]

_LIST_NUMBER = re.compile(r"\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）]|[一二三四五六七八九十]{1,3}、")


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure of row ``row`` (counted from 0 in :func:`assessments` order) at ``text[start:end]``."""

    start: int
    end: int
    row: int
    role: Role
    number: int = 0
    """Which of the row's rivals this is, from 0."""

    @property
    def key(self) -> str:
        """``12t`` for the target of row 12, ``12a`` for its actual, ``12r0`` for the first of its rivals."""
        return f"{self.row}{self.role[0]}{self.number if self.role == 'rival' else ''}"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with the marks that cover all of it; ``keys`` is empty for plain text."""

    text: str
    keys: tuple[str, ...] = ()

    @property
    def roles(self) -> str:
        """``t``, ``a`` or ``ta``; empty for plain text and for what only served as a rival."""
        return "".join(role for role in "ta" if any(key.endswith(role) for key in self.keys))

    @property
    def short(self) -> bool:
        """Short enough to be kept on one line."""
        return len(self.text) <= 9


def assessments(report: Report) -> Iterator[tuple[Task, Assessment]]:
    """Every assessment with its task, in the order of ``Report.rows()``."""
    for task in report.tasks:
        for assessment in task.assessments:
            yield task, assessment


def fact_spans(fact: Fact | None, limit: int) -> list[tuple[int, int]]:
    """The source spans of a fact that lie within a text of ``limit`` characters."""
    if fact is None:
        return []
    spans = fact.spans or ([(fact.start, fact.end)] if fact.start is not None and fact.end is not None else [])
    return [(start, min(end, limit)) for start, end in spans if 0 <= start < min(end, limit)]


def place_in_context(fact: Fact, source_text: str) -> int:
    """Where the fact's text stands in its context (-1: nowhere), told from its twins by what stands before it."""
    first = fact.context.find(fact.text) if fact.text else -1
    if fact.start is None or first < 0:
        return first
    before = "".join(source_text[max(0, fact.start - 200) : fact.start].split())
    at = first
    while at >= 0:
        lead = "".join(fact.context[:at].split())[-12:]
        if before.endswith(lead) and (lead or at == 0):
            return at
        at = fact.context.find(fact.text, at + 1)
    return first


class Marks:
    """The marks in a report's text, or with ``later`` in the later text that a plan was compared with, by place."""

    def __init__(self, report: Report, *, later: bool = False) -> None:
        self.text = report.actual_text if later else report.text
        found = {
            mark
            for row, (_, assessment) in enumerate(assessments(report))
            for mark in _marks(row, assessment, len(self.text))
            if _is_later(report, assessment, mark.role) is later
        }
        self.all = sorted(found, key=lambda mark: (mark.start, mark.end, mark.row, mark.role, mark.number))
        self._starts = [mark.start for mark in self.all]
        self._longest = max((mark.end - mark.start for mark in self.all), default=0)

    def within(self, start: int, end: int) -> list[Mark]:
        """The marks that share a character with ``[start, end)``."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end)
        return [mark for mark in self.all[first:last] if mark.end > start]

    def runs(self, text: str, start: int, end: int) -> list[Run]:
        """``text[start:end]`` as runs, broken wherever a mark begins or ends."""
        covers = [(max(m.start, start) - start, min(m.end, end) - start, m.key) for m in self.within(start, end)]
        return _split(text[start:end], covers)

    def passage_runs(self, passage: Passage, source_text: str) -> list[Run]:
        """A passage as runs; a mark shows where its first character stands.

        A passage may be made of fragments far apart; then the stretch between the ends of a mark holds
        text of other cells, so a mark is never drawn outside the passage in which it begins.
        """
        if not passage.text:
            return []
        offsets = passage.offsets
        covers = []
        nearby = self.within(min(offsets), max(offsets) + 1)
        if nearby:
            at = {offset: index for index, offset in reversed(list(enumerate(offsets)))}
            for mark in nearby:
                if mark.start in at:
                    inside = [index for index, offset in enumerate(offsets) if mark.start <= offset < mark.end]
                    covers.append((inside[0], inside[-1] + 1, mark.key))
        return _with_list_breaks(_split(passage.text, covers), passage, source_text)


def _is_later(report: Report, assessment: Assessment, role: Role) -> bool:
    """Whether a figure stands in the later text of a comparison; what was considered as an actual always does."""
    if report.actual_source is None:
        return False
    fact = assessment.target if role == "target" else assessment.actual if role == "actual" else None
    return role == "rival" or (fact is not None and fact.source == report.actual_source)


def _marks(row: int, assessment: Assessment, limit: int) -> Iterator[Mark]:
    for start, end in fact_spans(assessment.target, limit):
        yield Mark(start, end, row, "target")
    for start, end in fact_spans(assessment.actual, limit):
        yield Mark(start, end, row, "actual")
    for number, rival in enumerate(assessment.rivals):
        if rival.start is not None and rival.end is not None and 0 <= rival.start < min(rival.end, limit):
            yield Mark(rival.start, min(rival.end, limit), row, "rival", number)


def _split(text: str, covers: Sequence[tuple[int, int, str]]) -> list[Run]:
    if not covers:
        return [Run(text)] if text else []
    cuts = sorted({0, len(text), *(cut for start, end, _ in covers for cut in (start, end))})
    runs = []
    for left, right in itertools.pairwise(cuts):
        keys = tuple(dict.fromkeys(key for start, end, key in covers if start <= left and right <= end))
        runs.append(Run(text[left:right], keys))
    return runs


def _with_list_breaks(runs: list[Run], passage: Passage, source_text: str) -> list[Run]:
    """Put a line break back before each numbered item that began a line in the source: layout for the eye only."""
    if "\n" not in source_text[min(passage.offsets) : max(passage.offsets)]:
        return runs
    breaks = {
        index
        for index in range(1, len(passage.text))
        if "\n" in source_text[passage.offsets[index - 1] + 1 : passage.offsets[index]]
        and _LIST_NUMBER.match(passage.text, index)
    }
    if not breaks:
        return runs
    broken = []
    at = 0
    for run in runs:
        chars = "".join("\n" + char if at + n in breaks else char for n, char in enumerate(run.text))
        broken.append(Run(chars, run.keys))
        at += len(run.text)
    return broken
