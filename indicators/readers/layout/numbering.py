"""Printed numbers at the start of a paragraph: 一、 （一） 1. 1、 （1） ① 第一章 第一件 一是."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indicators.quantities.numerals import parse_numeral
from indicators.quantities.years import YEAR

_CN = "[一二三四五六七八九十百〇零]"
# Rank orders the styles as reports nest them; levels of a document are the ranks that it uses, counted from 1.
CHAPTERS = (2, 3)
"""Ranks of the numbers of sections: 一、 and （一）."""
_STYLES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(rf"第({_CN}{{1,4}}|\d{{1,3}})(?:章|部分|篇|编)[、：:．.]?")),
    (1, re.compile(rf"第({_CN}{{1,4}}|\d{{1,3}})节[、：:．.]?")),
    (2, re.compile(rf"({_CN}{{1,4}})(?:、|[．.](?!\d))")),
    (3, re.compile(rf"[（(]\s*({_CN}{{1,4}})\s*[）)][、．.]?")),
    (5, re.compile(r"([1-9]\d?(?:[.．]\d{1,2}){1,3})(?=[\s、]+(?!万|亿|个?百分点)[^\d\s%％‰])[\s、]*")),
    (4, re.compile(rf"(\d{{1,3}})(?:[、．]|[.](?=\s*(?:\D|{YEAR}\s*年|$)))")),
    (6, re.compile(r"[（(]\s*(\d{1,3})\s*[）)][、．.]?")),
    (6, re.compile(rf"(第(?:{_CN}{{1,3}}|\d{{1,2}})[件项])(?!是|为|[\u4e00-\u9fff]{{0,4}}[，,])[、：:．.\s]*(?=\S)")),
    (7, re.compile(r"(\d{1,2})[）)](?!\d)[、．.]?")),
    (7, re.compile(r"([①-⑳])")),
    (8, re.compile(rf"({_CN}{{1,2}})是(?=[^否])")),
    (8, re.compile(rf"第({_CN}{{1,2}})[,，](?!\d)")),
)
_SMALL = re.compile("[一二三四五六七八九]?十[一二三四五六七八九]?|[〇零一二三四五六七八九]")
_OPENING = re.compile(rf"[第（(\d①-⑳]|{_CN}")
"""Every character that a number may begin with: most paragraphs begin with another."""
_DECIMAL = re.compile(r"(\d{1,3})[.](?=\s*\d)")


@dataclass(frozen=True, slots=True)
class Numbered:
    """``rank`` orders styles from chapter to list; ``end`` is where the text after the number begins."""

    rank: int
    number: str
    end: int

    @property
    def value(self) -> int | None:
        """The number as an integer, where it is a plain one."""
        if self.number.isdecimal():
            return int(self.number)
        if len(self.number) == 1 and "①" <= self.number <= "⑳":
            return ord(self.number) - ord("①") + 1
        return chinese_int(self.number.strip("第件项"))


def chinese_int(text: str) -> int | None:
    """一 to 九十九 as an integer; ``None`` for anything else."""
    return int(parse_numeral(text)) if _SMALL.fullmatch(text) else None


def numbered(text: str, previous: int | None = None) -> Numbered | None:
    """The number that the text begins with; ``None`` where it has none.

    ``2.48个`` is a decimal unless ``previous``, the last list number before it, is 1: then it is item 2.
    """
    if _OPENING.match(text) is None:
        return None
    for rank, pattern in _STYLES:
        if found := pattern.match(text):
            return Numbered(rank, re.sub(r"\s", "", found[1]), found.end())
    if previous is not None and (found := _DECIMAL.match(text)) and int(found[1]) == previous + 1:
        return Numbered(4, found[1], found.end())
    return None
