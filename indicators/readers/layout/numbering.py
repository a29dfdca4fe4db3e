"""Printed numbers at the start of a paragraph: 一、 （一） 1. 1、 （1） ① 第一章 第一件 一是."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from indicators.quantities.numerals import chinese_int
from indicators.quantities.years import YEAR

_CN = "[一二三四五六七八九十百〇零]"
# Rank orders the styles as reports nest them.
CHAPTERS = (2, 3)
"""Ranks of the numbers of sections: 一、 and （一）."""
_ITEM = 4
"""Rank of the numbers that count a list up: 1. and 1、."""
_STYLES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(rf"第({_CN}{{1,4}}|\d{{1,3}})(?:章|部分|篇|编)[、：:．.]?")),
    (1, re.compile(rf"第({_CN}{{1,4}}|\d{{1,3}})节[、：:．.]?")),
    (2, re.compile(rf"({_CN}{{1,4}})(?:、|[．.](?!\d))")),
    (3, re.compile(rf"[（(]\s*({_CN}{{1,4}})\s*[）)][、．.]?")),
    (5, re.compile(r"([1-9]\d?(?:[.．]\d{1,2}){1,3})(?=[\s、]+(?!万|亿|个?百分点)[^\d\s%％‰])[\s、]*")),
    (_ITEM, re.compile(rf"(\d{{1,3}})(?:[、．]|[.](?=\s*(?:\D|{YEAR}\s*年|$)))")),
    (6, re.compile(r"[（(]\s*(\d{1,3})\s*[）)][、．.]?")),
    (6, re.compile(rf"(第(?:{_CN}{{1,3}}|\d{{1,2}})[件项])(?!是|为|[\u4e00-\u9fff]{{0,4}}[，,])[、：:．.\s]*(?=\S)")),
    (7, re.compile(r"(\d{1,2})[）)](?!\d)[、．.]?")),
    (7, re.compile(r"([①-⑳])")),
    (8, re.compile(rf"({_CN}{{1,2}})是(?=[^否])")),
    (8, re.compile(rf"第({_CN}{{1,2}})[,，](?!\d)")),
)
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
        return Numbered(_ITEM, found[1], found.end())
    return None


class Numbers:
    """Reads the numbers of a text's paragraphs in turn: behind item 1, 2.48个 is item 2 and no decimal."""

    def __init__(self) -> None:
        self._last: int | None = None

    def of(self, text: str) -> Numbered | None:
        """The number that the next paragraph begins with; ``None`` where it has none."""
        found = numbered(text, self._last)
        if found is not None and found.rank == _ITEM:
            self._last = found.value
        return found


def levels(ranks: Iterable[int]) -> dict[int, int]:
    """The level of each rank that a document uses, counted from 1."""
    return {rank: level for level, rank in enumerate(sorted(set(ranks)), 1)}
