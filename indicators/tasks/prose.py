"""Running text as tasks: a numbered item with what belongs to it, or a stretch of unnumbered paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import regex

from indicators.quantities.years import YEAR, years_in_digits
from indicators.readers.layout.numbering import numbered
from indicators.rulebook import phrase, rare
from indicators.schema.source import Paragraph, Passage
from indicators.tasks.halves import answered_halves
from indicators.tasks.item_rows import answers_behind_colons, as_row, inline_answer, with_answer
from indicators.tasks.line_rows import Line, as_values, lines_as_rows
from indicators.tasks.model import Context, Part, TaskUnit, Tense
from indicators.tasks.sections import heading_tense, states_goals, tells_problems
from indicators.tasks.units import stated_units

_SECTION_CHARS = 1500
"""A numbered heading whose text is longer is a chapter; its sentences are tasks of their own."""
_HEADING_CHARS = 60
_OPENING = 12
"""Characters in which a sentence says what year it speaks of."""
_SENTENCE_END = re.compile("[。！!]")
_LABEL_CHARS = 8
"""Where a label ends at most that opens the answer to the paragraph above: 完成情况："""
_YEAR = regex.compile(rf"({YEAR})年")


def prose_tasks(paragraphs: Sequence[Paragraph], context: Context) -> list[TaskUnit]:
    """Groups paragraphs into units; every unit carries the tense of its section."""
    grouping = _Grouping(context, _last_problems(paragraphs), _last_review(paragraphs, context))
    behind_colon = answers_behind_colons(paragraphs)
    rows = lines_as_rows(paragraphs)
    halves = answered_halves(paragraphs)
    for at, paragraph in enumerate(paragraphs):
        if paragraph.passage.text:
            grouping.take(paragraph, behind_colon.get(at), at, rows.get(at), halves.get(at))
    return [_settle(with_answer(unit)) for unit in grouping.units if unit.parts]


class _Grouping:
    """The units so far, which of them is open, and what the text above says of the paragraphs to come."""

    def __init__(self, context: Context, last_problems: int, last_review: int):
        self.units: list[TaskUnit] = []
        self._context = context
        self._last_problems = last_problems
        self._last_review = last_review
        self._looked_back = False
        self._answered = False
        self._open: TaskUnit | None = None
        self._tense: Tense | None = "plan" if context.is_plan else None
        self._stated: tuple[str, ...] = ()
        self._turned: tuple[str, Tense | None] | None = None
        """The number of the item last read whose end looks ahead, and the tense in which it opened."""

    def take(
        self, paragraph: Paragraph, behind_colon: int | None, at: int, line: Line | None, half: Tense | None
    ) -> None:
        """Puts paragraph ``at`` into its unit; ``behind_colon`` is where its answer begins, if it has one there.

        ``line``: what it says as a row of figures, where its list is written so. ``half``: which half of a report
        that tells the same things twice it heads.
        """
        text = paragraph.passage.text
        self._stated = stated_units(text) or self._stated
        if paragraph.number and self._turned is not None and _is_next(self._turned[0], paragraph.number):
            self._tense = self._turned[1]  # 1.…。2021年不少于317天。 2.…: each item looks ahead for itself
        self._turned = None if paragraph.number else self._turned
        self._tense = _tense_at(paragraph, self._tense, self._context, problems_follow=at < self._last_problems)
        self._looked_back = self._looked_back or self._tense == "review"
        if at < self._last_review and not self._looked_back and states_goals(_heading_of(paragraph)):
            self._tense, self._answered = "plan", True
        if half is not None and not self._context.is_plan:
            self._tense, self._answered = half, half == "plan"
        self._answered = self._answered and self._tense == "plan"
        if line is not None and self._tense != "plan":
            self.units.append(as_values(paragraph, line, self._context.title))
            self._open = None
            return
        if behind_colon is not None and self._tense != "plan":
            row = TaskUnit(paragraph.number, text, form="item")
            self._append(row, paragraph)  # the tense that it ends in is its own
            self.units.append(as_row(row, behind_colon))
            self._open = None
            return
        unit, goes_on = self._unit_of(paragraph)
        if unit is not self._open:
            self.units.append(unit)
        self._open = unit if goes_on else None
        opened, self._tense = self._tense, self._append(unit, paragraph)
        if paragraph.number and self._tense == "plan" and opened != "plan":
            self._turned = paragraph.number, opened

    def _unit_of(self, paragraph: Paragraph) -> tuple[TaskUnit, bool]:
        """The unit that a paragraph belongs to, a new one where it begins one, and whether the next may join it."""
        text, current = paragraph.passage.text, self._open
        if paragraph.number and paragraph.kind in ("heading", "item") and not _answers_above(current, text):
            return TaskUnit(paragraph.number, text, form="item"), True
        if not paragraph.number and _answers_itself(text):
            return TaskUnit(None, text, form="item"), False
        if current is not None and (answered := _answer_to(current, text)):
            return answered, False
        if current is None or paragraph.kind in ("heading", "title") or _opens_anew(text):
            return TaskUnit(None, "", form="prose"), True
        return current, True

    def _append(self, unit: TaskUnit, paragraph: Paragraph) -> Tense | None:
        first = len(unit.parts)
        tense = _append(unit, paragraph, self._tense, self._context, self._stated, turns=not self._answered)
        if self._answered:
            unit.parts[first:] = [replace(part, answered=True) for part in unit.parts[first:]]
        return tense


def _is_next(number: str, then: str) -> bool:
    """Whether an item is the next of its list: 2 behind 1, ② behind ①."""
    if number.isdecimal() and then.isdecimal():
        return int(then) == int(number) + 1
    return len(number) == len(then) == 1 and ord(then) == ord(number) + 1


def _last_review(paragraphs: Sequence[Paragraph], context: Context) -> int:
    """Which paragraph is the last heading that looks back, -1 where there is none."""
    headings = ((i, _heading_of(p)) for i, p in enumerate(paragraphs))
    return max((i for i, text in headings if text and heading_tense(text, context) == "review"), default=-1)


def _last_problems(paragraphs: Sequence[Paragraph]) -> int:
    """Which paragraph is the last heading on problems, -1 where there is none."""
    headings = (i for i, p in enumerate(paragraphs) if _is_heading(p) and tells_problems(p.passage.text))
    return max(headings, default=-1)


def _tense_at(paragraph: Paragraph, tense: Tense | None, context: Context, *, problems_follow: bool) -> Tense | None:
    """The tense that a paragraph opens in, where ``tense`` is that of the text above it."""
    text = years_in_digits(paragraph.passage.text)
    if paragraph.kind == "title":
        # A title names the year of the report; only its sections promise or look back.
        return "plan" if context.is_plan else tense
    if heading := _heading_of(paragraph):
        if tense == "plan" and context.as_of is not None and tells_problems(heading):
            return "review"
        return heading_tense(heading, context, problems_follow=problems_follow) or tense
    shift = _shifted(text, context)
    return shift if shift == "plan" or (shift == "review" and tense == "plan") else tense


def _answers_above(unit: TaskUnit | None, text: str) -> bool:
    """（一）本月进展：… below 一、新建公厕60座: the item tells what was done of the one above it."""
    return unit is not None and unit.form == "item" and phrase("sections", "answer_item").match(text) is not None


def _answers_itself(text: str) -> bool:
    """年度目标：新增学位1万个。完成情况：新增1.1万个: a paragraph that labels its promise and its answer is an item."""
    label = phrase("sections", "promise_label").match(text)
    return label is not None and inline_answer(text[label.end() :], opens=False) is not None


def _answer_to(unit: TaskUnit, text: str) -> TaskUnit | None:
    """完成情况：… below a paragraph of running text: the two are a task of their own, taken out of the unit."""
    label = inline_answer(text, opens=True)
    if unit.number is not None or not unit.parts or label is None or label > _LABEL_CHARS or not text[label:].strip():
        return None
    if phrase("answers", "looks_back").search(unit.parts[-1].passage.text):
        return None  # an introduction that tells what was done is no promise
    promise = unit.parts.pop()
    unit.end = unit.parts[-1].passage.span(0, len(unit.parts[-1].passage.text))[1] if unit.parts else unit.start
    number = phrase("sections", "task_number").match(promise.passage.text)
    start, end = promise.passage.span(0, len(promise.passage.text))
    return TaskUnit(
        number["n"] if number else None, promise.passage.text, parts=[promise], start=start, end=end, form="item"
    )


def _heading_of(paragraph: Paragraph) -> str:
    """What heads the text from this paragraph on, "" where it goes on with what stands above."""
    text = years_in_digits(paragraph.passage.text)
    return text if _is_heading(paragraph) else _heading_in_front(paragraph) or _tag_in_front(text)


def _tag_in_front(text: str) -> str:
    """【2015年期末总结】全县…, 附：实施情况: what a tag, or a line of its own, says of the text behind it."""
    found = phrase("sections", "tag").match(text)
    return found["tag"] if found is not None else ""


def _opens_anew(text: str) -> bool:
    """Whether a paragraph goes on with no item above it: a tag heads it, or whoever speaks from here on is named."""
    return bool(_tag_in_front(text)) or rare("sections", "speaker").match(text) is not None


def _is_heading(paragraph: Paragraph) -> bool:
    """A heading, or a short numbered line without figures that the reader took for an item."""
    text = paragraph.passage.text
    if paragraph.kind == "heading":
        return len(text) < _HEADING_CHARS
    return (
        bool(paragraph.number)
        and len(text) < _HEADING_CHARS // 2
        and not phrase("sections", "heading_figure").search(text)
    )


def _heading_in_front(paragraph: Paragraph) -> str:
    """二、2004年主要目标。生产总值增长25%以上: the heading with which a numbered paragraph opens, "" without one."""
    opening, stop, _ = paragraph.passage.text.partition("。")
    if not stop or not paragraph.number or len(opening) >= _HEADING_CHARS // 2:
        return ""
    told = phrase("sections", "plan").search(opening) or phrase("sections", "review").search(opening)
    return opening if told and not phrase("sections", "heading_figure").search(opening) else ""


def _shifted(text: str, context: Context) -> Tense | None:
    """A paragraph that opens on a later year and promises starts a plan without a heading; 截至10月底，… ends one."""
    if phrase("sections", "opens_told").match(text):
        return "review"
    if phrase("sections", "goals_ahead").match(text) and context.closed and _is_report(context):
        return "plan"
    if not phrase("sections", "opens_year").match(text) or phrase("periods_of_reports", "meeting_year").match(text):
        return None
    opening = text[:60]
    year = _YEAR.match(text)
    if year is None:
        return "plan" if phrase("sections", "promising").search(opening) else None
    if context.year is None:
        return None
    if int(year.group(1)) > context.year and (context.closed or phrase("sections", "promising").search(opening)):
        return "plan"
    if int(year.group(1)) <= context.year and context.as_of is not None and context.closed:
        return "review"
    return None


def _is_report(context: Context) -> bool:
    return phrase("sections", "report_title").search(context.title) is not None


def _append(
    unit: TaskUnit,
    paragraph: Paragraph,
    tense: Tense | None,
    context: Context,
    stated: tuple[str, ...],
    *,
    turns: bool = True,
) -> Tense | None:
    """Adds a paragraph, cut in two where a sentence inside it turns to a later year; returns the tense it ends in.

    Without ``turns`` no sentence does: goals for the year reported name that year.
    """
    passage = _unnumbered(paragraph)
    turned = [(0, tense), *(_turns(passage.text, tense, context) if turns else ())]
    aside = _looks_aside(passage.text) if turned == [(0, "plan")] and context.as_of is not None else None
    if aside is not None:
        first, last = aside
        turned = [(0, tense)] if first else []
        turned += [(first, "review"), *([(last, tense)] if last is not None else [])]
    ends = [*(at for at, _ in turned[1:]), len(passage.text)]
    for (first, own), last in zip(turned, ends, strict=True):
        piece = passage if len(turned) == 1 else passage.slice(first, last)
        if piece:
            unit.parts.append(Part("prose", piece, tense=own, units=stated, place=paragraph.place))
    start, end = passage.span(0, len(passage.text))
    unit.start = start if unit.start is None else min(unit.start, start)
    unit.end = end if unit.end is None else max(unit.end, end)
    return tense if aside is not None else turned[-1][1]


def _unnumbered(paragraph: Paragraph) -> Passage:
    """The text behind a number that only its list tells from a decimal: 2.48个机房 is item 2, and 48 of them.

    A year is read in digits, as every rule and step behind knows it.
    """
    passage, number = paragraph.passage, paragraph.number
    if (text := years_in_digits(passage.text)) != passage.text:
        passage = replace(passage, text=text)
    if number is None or not number.isdecimal() or numbered(passage.text) is not None:
        return passage
    return passage.slice(len(number) + 1, len(passage.text))


def _looks_aside(text: str) -> tuple[int, int | None] | None:
    """Where a paragraph of a plan looks back for a while, and where 今年 ends that: 过去一年，成绩很大."""
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    first = next((at for at in starts if phrase("sections", "year_past").match(text[at : at + _OPENING])), None)
    if first is None:
        return None
    opens = [at for at in starts if at > first and phrase("sections", "this_year").match(text[at : at + _OPENING])]
    return first, next(iter(opens), None)


def _turns(text: str, tense: Tense | None, context: Context) -> list[tuple[int, Tense]]:
    """Where sentences open on a year: on one after the year reported the text promises, on that year or one before
    it, amid promises, the text looks back."""
    found: list[tuple[int, Tense]] = []
    if context.year is None or not (context.closed or context.is_plan):
        return found
    told = context.year - 1 if context.is_plan else context.year
    for match in phrase("sections", "turns_to_year").finditer(text):
        year, at = int(match.group("year")), match.start("turn")
        if year > told and tense != "plan" and at:
            tense = "plan"
            found.append((at, "plan"))
        elif year <= told and tense == "plan" and _tells_back(text, match.end()):
            tense = "review"
            found.append((at, "review"))
    return [turn for turn in found if turn[0]] if not found or found[0][0] else found


def _tells_back(text: str, at: int) -> bool:
    """Whether a sentence that opens on a past year tells more than the base that a promise starts from."""
    end = text.find("。", at)
    return bool(phrase("sections", "tells_back").search(text, at, end if end >= 0 else len(text)))


def _settle(unit: TaskUnit) -> TaskUnit:
    """A long numbered chapter gives its number up: its sentences name themselves."""
    if unit.number is not None and sum(len(part.passage.text) for part in unit.parts) > _SECTION_CHARS:
        unit.number, unit.form = None, "prose"
    return unit
