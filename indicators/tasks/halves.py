"""A report that tells the same things twice, under a heading of what was meant and under one of what came of it.

一、总体部署 新增停车位2000个。…… 三、取得成效 新增停车位1760个。: neither heading says enough alone, both do together.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from indicators.readers.layout.numbering import numbered
from indicators.rulebook import phrase
from indicators.schema.source import Paragraph
from indicators.tasks.model import Tense

_HEADING_CHARS = 18
_STRETCHES = 8
"""Headings behind one of intent among which its answer is looked for."""
_SHARED = 3
"""One in so many figures of the first stretch, at least, is told again in the second."""
_FIGURE = regex.compile(
    r"(?P<thing>[\p{Han}A-Za-z]{3})[\s:：]*(?:达到?|为|是|实现|完成|共|计|增长|下降)?\d[\d.,]*[万亿千百余多]*(?P<unit>[%％]|\p{Han})"
)
_MARKS = "【】[]《》：: \u3000"
_SHORTEST = 2
_LABEL = regex.compile(r"(?:[【\[][\p{Han}，,]{2,12}[】\]][:：]?|[\p{Han}，,]{2,12}[:：])(?=.)")
_ORDER = regex.compile(r"^\s*(?:[甲乙丙丁戊]|上|下)[、.．篇:：]")
Key = tuple[str, str]


def answered_halves(paragraphs: Sequence[Paragraph]) -> dict[int, Tense]:
    """The headings of both halves by their place among ``paragraphs``: ``plan`` for what was meant, ``review``."""
    headings = {at: heading for at, paragraph in enumerate(paragraphs) if (heading := _heading(paragraph))}
    heads, sides = [*headings], {at: _side(heading) for at, heading in headings.items()}
    if not {"plan", "review"} <= set(sides.values()):
        return {}
    told = {at: _figures(paragraphs[at:after]) for at, after in pairwise([*heads, len(paragraphs)])}
    found: dict[int, Tense] = {}
    for place, at in enumerate(heads):
        behind = heads[place + 1 : place + 1 + _STRETCHES] if sides[at] == "plan" and told[at] else []
        answer = next((b for b in behind if sides[b] == "review" and _tells_again(told[at], told[b])), None)
        if answer is not None:
            found[at], found[answer] = "plan", "review"
    return found


def _heading(paragraph: Paragraph) -> str:
    """A short line without a figure of its own that no sentence ends on, or the label in front of a paragraph."""
    text = paragraph.passage.text.strip()
    if paragraph.kind == "title" or len(text) < _SHORTEST:
        return ""
    if len(text) <= _HEADING_CHARS and text[-1] not in "。；;，,！!" and not _heads_itself(text):
        return text
    label = _LABEL.match(text)
    return label.group() if label is not None else ""


def _heads_itself(text: str) -> bool:
    """新建公路90公里: a short line that tells a figure heads nothing, nor one whose label stands in front of it."""
    return phrase("sections", "heading_figure").search(text) is not None or _LABEL.match(text) is not None


def _side(heading: str) -> Tense | None:
    """What a heading may head: what came of something, else what was meant."""
    number = numbered(heading)
    plain = _ORDER.sub("", heading[number.end if number is not None else 0 :]).strip(_MARKS)
    if phrase("sections", "outcome_side").search(plain):
        return "review"
    return "plan" if phrase("sections", "intent_side").search(plain) else None


def _figures(paragraphs: Sequence[Paragraph]) -> set[Key]:
    """The figures of a stretch, by the end of the words in front and the unit behind."""
    return {(f["thing"], f["unit"]) for p in paragraphs for f in _FIGURE.finditer(p.passage.text)}


def _tells_again(first: set[Key], second: set[Key]) -> bool:
    return _SHARED * len(first & second) >= max(len(first), 1)
