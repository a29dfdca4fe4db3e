"""Cuts a passage into sentences, and a sentence into the text in front of and behind each figure."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

import regex

from indicators.quantities.years import YEAR
from indicators.rulebook import phrase
from indicators.schema.quantity import Quantity

Span = tuple[int, int]

_SENTENCE_END = re.compile(r"[。！？!?](?:[”’」』）)]*)")
_MARKER = regex.compile(
    rf"(?<![\d.A-Za-z])(?P<n>\d{{1,2}})(?:[.．](?:(?={YEAR}年)|(?!\d{{3}}|\d{{1,2}}[%％万亿]))|、|\)|）)"
)
_MAY_MARK = re.compile(r"\d[.．、)）]")
"""Stands in every marker."""
_CHAPTER = regex.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,3}[.．、](?!\d)"
    r"|第(?:[一二三四五六七八九十]{1,3}|\d{1,2})[件项](?!是|为|\p{Han}{0,4}[，,])[、：:．.\s]*)"
)
_BEFORE_MARKER = frozenset("。；;:：！？!?）)，,、 ”位")
_LABEL = re.compile(r"\s*([^，,。；;：:（()）\d]{2,12})[:：]")
_DASH = "——"
"""What parts an aside from the figure in front of it: 实际开了118项——里头11项."""
SEMICOLON = re.compile("[；;]")
AND = ("和", "及", "与", "以及")
"""Words that tie the last item of a list to it."""
HARD = frozenset("，,；;：:。！？!?→⇒】］]")
_OPEN, _CLOSE = "（(", "）)"
_SEPARATORS = HARD | frozenset("、" + _OPEN + _CLOSE)
_LONGEST = 2000
"""Characters of a sentence; the longest of a real report has some four hundred."""
_MARKS = re.compile(f"[{re.escape(''.join(sorted(HARD)))}（(）)]")


def _list_items(text: str) -> list[Span]:
    """The items of a list whose numbers count up ("1.…2.…3.…"), or the whole text.

    A marker only counts where it is the next number, so "2.48个平台" behind item 1 opens item 2.
    """
    if _MAY_MARK.search(text) is None:
        return [(0, len(text))]
    starts: list[int] = []
    bodies: list[int] = []
    expected = 1
    for match in _MARKER.finditer(text):
        number = int(match.group("n"))
        at = match.start()
        if _in_brackets(text, match):
            at -= 1
            if not starts and at == 0:
                expected = number  # （12）…；（13）…: a paragraph that goes on with the list of the one before
        if number != expected and not (number == 1 and expected > 2):
            continue
        if at > 0 and text[at - 1] not in _BEFORE_MARKER and expected != 1:
            continue
        if expected == 1 and at > 0 and text[at - 1] not in _BEFORE_MARKER:
            continue
        starts.append(at)
        bodies.append(match.end())
        expected = number + 1
    if len(starts) < 2 and not (starts and starts[0] == 0):
        return [(0, len(text))]
    spans: list[Span] = []
    if starts[0] > 0:
        spans.append((0, starts[0]))
    ends = [*starts[1:], len(text)]
    spans.extend(zip(bodies, ends, strict=True))
    return spans


def _in_brackets(text: str, marker: regex.Match[str]) -> bool:
    """（12）, not 12）."""
    return marker.start() > 0 and text[marker.start() - 1] in _OPEN and marker.group()[-1] in _CLOSE


def sentences(text: str) -> list[Span]:
    """Sentence spans in reading order, list numbers left out."""
    found: list[Span] = []
    for start, end in _list_items(text):
        marker = _CHAPTER.match(text, start, end)
        at = start = marker.end() if marker else start
        for match in _SENTENCE_END.finditer(text, start, end):
            found.extend(_labelled_parts(text, at, match.end()))
            at = match.end()
        if at < end:
            found.extend(_labelled_parts(text, at, end))
    return [part for s, e in found if text[s:e].strip() for part in _cut_to_length(text, s, e)]


def _cut_to_length(text: str, start: int, end: int) -> list[Span]:
    """What runs on for pages is no sentence: it is cut at a mark, for a figure looks at all of its sentence."""
    found = []
    while end - start > _LONGEST:
        last = max(text.rfind(mark, start, start + _LONGEST) for mark in HARD)
        cut = last + 1 or start + _LONGEST
        found.append((start, cut))
        start = cut
    return [*found, (start, end)]


def _labelled_parts(text: str, start: int, end: int) -> list[Span]:
    """新增床位：目标800张，完成920张；新增护士：目标300名: a sentence of labelled parts is as many sentences."""
    if not _names_thing(_LABEL.match(text, start, end)):
        return [(start, end)]
    cuts = [start]
    for wall in SEMICOLON.finditer(text, start, end):
        if _names_thing(_LABEL.match(text, wall.end(), end)):
            cuts.append(wall.end())
    return list(itertools.pairwise([*cuts, end]))


def _names_thing(label: re.Match[str] | None) -> bool:
    return label is not None and not phrase("names", "no_subject").search(label.group(1))


class Frame:
    """One sentence with its live quantities; answers what stands in front of and behind each.

    Brackets without a live quantity inside are transparent: "5G基站（含室内）200个" is one name.
    """

    def __init__(self, text: str, span: Span, live: Sequence[Quantity]):
        self.text = text
        self.start, self.end = span
        self.live = list(live)
        self._starts = [quantity.start for quantity in self.live]
        self._walls = self._find_walls()
        self._idle: list[Span] | None = None

    def _holds_figure(self, start: int, end: int) -> bool:
        """Whether a live quantity begins at or behind ``start`` and before ``end``."""
        at = bisect_left(self._starts, start)
        return at < len(self._starts) and self._starts[at] < end

    def _find_walls(self) -> list[int]:
        """Offsets of the characters that no name reaches across."""
        walls: list[int] = []
        hard: list[int] = []
        depth: list[int] = []
        for mark in _MARKS.finditer(self.text, self.start, self.end):
            at, char = mark.start(), mark.group()
            if char in _OPEN:
                depth.append(at)
            elif char not in _CLOSE:
                hard.append(at)
            elif depth:
                opened = depth.pop()
                if self._holds_figure(opened + 1, at):
                    walls.extend((opened, at))
                else:
                    # Transparent: what is hard inside is no wall.
                    del hard[bisect_left(hard, opened) :]
        return sorted([*walls, *depth, *hard])

    def left_wall(self, at: int) -> int:
        """Where the clause that holds ``at`` begins."""
        inside = bisect_left(self._walls, at)
        return self._walls[inside - 1] + 1 if inside else self.start

    def right_wall(self, at: int) -> int:
        """Where the clause that holds ``at`` ends."""
        behind = bisect_left(self._walls, at)
        return self._walls[behind] if behind < len(self._walls) else self.end

    def before(self, index: int, consumed: int) -> str:
        """The text in front of quantity ``index``, from its clause's start or from ``consumed`` on."""
        quantity = self.live[index]
        return self.text[max(self.left_wall(quantity.start), consumed) : quantity.start].lstrip("、—")

    def behind(self, index: int) -> Span:
        """The span behind quantity ``index``: to the clause's end, to the next figure, or to a 、 that leads to one."""
        quantity = self.live[index]
        end = self.right_wall(quantity.end)
        following = self.live[index + 1] if index + 1 < len(self.live) else None
        if following is not None and following.start < end:
            end = following.start
            comma = self.text.find("、", quantity.end, end)
            if comma >= 0:
                end = comma
        dash = self.text.find(_DASH, quantity.end, end)
        part = dash >= 0 and phrase("names", "opens_part").match(self.text, dash + len(_DASH))
        return quantity.end, dash if part else end

    def separator(self, index: int) -> str:
        """What stands between quantity ``index - 1`` and this one, reduced to its last wall or comma."""
        return self._separators[index]

    @cached_property
    def _separators(self) -> list[str]:
        """For each quantity; every step on the way of a figure asks."""
        gaps = [self.text[before.end : after.start] for before, after in itertools.pairwise(self.live)]
        return ["", *(next((char for char in reversed(gap) if char in _SEPARATORS), "") for gap in gaps)]

    def clauses_without_figures(self) -> list[Span]:
        """Clauses of the sentence that hold no live quantity."""
        if self._idle is None:
            edges = [self.start, *[w + 1 for w in self._walls], self.end + 1]
            self._idle = [
                (left, min(right - 1, self.end))
                for left, right in itertools.pairwise(edges)
                if right - 1 > left and not self._holds_figure(left, right)
            ]
        return self._idle
