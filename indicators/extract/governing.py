"""What governs the figures of a passage: a promise or a telling that the words in front of them opened."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import regex

from indicators.extract import lexicon
from indicators.extract.answering import answers_actual
from indicators.extract.model import Mention, Mode
from indicators.extract.told import Told
from indicators.quantities.periods import plan_ends
from indicators.rulebook import phrase
from indicators.tasks.model import Part, Tense

_OPEN = re.compile(r"[（(][^（）()]*$")
_CLOSE = re.compile(r"[）)]")
_SEMICOLON = re.compile("[；;]")
_WALLS = re.compile("[，,；;。：:]")
_NAMED = regex.compile(r"\p{Han}{2}")


def opening_mode(part: Part) -> Mode:
    """The mode in which a passage starts."""
    if part.role in ("target", "schedule"):
        return "target"
    if part.role == "result":
        return "actual"
    if part.tense == "plan":
        return "plan"
    return "actual" if part.tense == "review" else "none"


@dataclass(frozen=True, slots=True)
class Governor:
    """A cue that governs what follows it, to the end of its sentence or up to a semicolon."""

    mode: Mode
    reach: str
    start: int = 0
    touches: bool = False
    """Whether the cue stands right in front of the figure, no name between."""


def governor(text: str, report_year: int | None, tense: Tense | None) -> Governor | None:
    """The last governing cue in ``text``; ``tense`` is that of the section.

    头号任务是：计划办成项目190项，其中…；: the verb of intent does not cut short what the noun opened.
    """
    best: tuple[int, Governor] | None = None
    opened: tuple[int, Mode] | None = None
    for cue in lexicon.governing_in(text, tense):
        mode: Mode = "target" if cue.section == "target" else "actual"
        for match in cue.pattern.finditer(text):
            if best is not None and match.start() < best[0]:
                continue
            if cue.spread == "clause" and _SEMICOLON.search(text, match.end()):
                continue  # 超额完成滚动计划年均任务；森林抚育…: its clause is over
            if _is_past(match, report_year):
                dated = (match.start(), mode) if match.groupdict().get("year") == str(report_year) else None
                opened = opened or dated
                continue
            rest = text[match.end() :]  # 年初要求少3%: the word of change belongs to the figure
            touches = (not rest or rest in lexicon.change_words()) and text[-1] not in "：:"
            best = (match.start(), Governor(mode, cue.spread, match.start(), touches))
            if cue.spread == "sentence" and not touches:
                opened = best[0], mode
    if best is None:
        return None
    last = best[1]
    goes_on = opened is not None and opened[0] < best[0] and opened[1] == last.mode and last.reach == "clause"
    return replace(last, reach="sentence", touches=False) if goes_on else last


def _is_past(match: regex.Match[str], report_year: int | None) -> bool:
    """到2019年 is no promise in a report of 2021."""
    groups = match.groupdict()
    if report_year is not None and (plan := groups.get("plan")) is not None:
        return plan_ends(f"十{plan}") <= report_year
    year = groups.get("year")
    return year is not None and report_year is not None and int(year) <= report_year


class Course:
    """What governs the figures of one sentence, from one to the next."""

    def __init__(self, part: Part, year: int | None, opening: Mode, *, carried: bool):
        self._part = part
        self._year = year
        self._opening = opening
        self.mode: Mode = "target" if carried else opening
        self.reach = ""
        """How far the last cue reaches: ``figure``, ``clause``, ``sentence``; "" where none does."""
        self.anew = False
        """Whether a promise opens the run that repeats things told before: 到2020年，上述指标分别达到…."""
        self._base: Mode = self.mode
        self._outer: tuple[Mode, str] | None = None

    def move_on(self, between: str, *, opens_run: bool) -> None:
        """Goes on to the next figure over the words ``between``; ``opens_run``: it is the first of a run."""
        if self._outer is not None and _CLOSE.search(between):
            # 农业保险（目标：参保率90%）: what a bracket promises ends with it.
            (self.mode, self.reach), self._outer = self._outer, None
        opened = _OPEN.search(between)
        if opened is not None:
            self._follow(between[: opened.start()])
            self._outer, between = (self.mode, self.reach), opened.group()
            told = phrase("figures", "told_year").fullmatch(between)
            if told is not None and self._year is not None and int(told["year"]) <= self._year:
                self.mode, self.reach = "actual", "figure"  # （2022年为63.6%）
                return
        self._follow(between)
        if self.reach == "sentence":
            self._base = self.mode
        if opens_run:
            opens = governor(between, self._year, self._part.tense)
            self.anew = opens is not None and opens.mode == "target"

    def _follow(self, between: str) -> None:
        """Takes up the last cue of ``between``."""
        if self._part.role == "target":
            return
        if self.reach == "clause" and _SEMICOLON.search(between):
            self.mode, self.reach = self._base, ""
        found = governor(between, self._year, self._part.tense)
        if found is None or (self._part.role == "schedule" and found.mode == "actual"):
            return
        # 甲市年初喊12%，做出来7%: the cue speaks of the one figure that it touches, and opens no list.
        alone = found.mode == "target" and found.touches and _NAMED.search(_WALLS.split(between[: found.start])[-1])
        self.mode, self.reach = found.mode, "figure" if alone else found.reach

    def leave(self, mention: Mention, text: str, so_far: Told) -> None:
        """Ends what reached no farther than the figure of ``mention``, or ends with the answer that it is."""
        if self.reach == "figure" and text[mention.end : mention.end + 1] in "：:":
            self.reach = "sentence"  # 任务是48亿元：道路30亿元…: the parts of the promise follow
        elif self.reach == "figure":
            self.mode, self.reach = self._base, ""
        if self.reach and (mention.rule in ("told-again", "kept-whole") or answers_actual(mention, so_far, text)):
            self.mode, self.reach = self._opening, ""
        if self._opening == "plan" and self.mode == "actual" and _keeps_promise(mention, so_far):
            self._base, self.reach = self._opening, "clause"  # 争取8亿元，上半年已争取3亿元；全年还…: the plan goes on


def _keeps_promise(mention: Mention, so_far: Told) -> bool:
    """Whether a mention tells how far a promise of its own sentence came."""
    own = (m for m in so_far.of_topic(mention.topic) if m.sentence == mention.sentence)
    return mention.role == "actual" and any(m.role == "target" for m in own)
