"""What the number before a paragraph tells: 第一章, 一、, （二）, 3., (4), ⑤."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from indicators.schema.source import ParagraphKind

_HAN = "[一二三四五六七八九十百零〇]{1,4}"
# Level, pattern. The number's group is what is printed without its punctuation.
_NUMBERS: tuple[tuple[int, regex.Pattern[str]], ...] = (
    (1, regex.compile(rf"^第\s*({_HAN}|\d{{1,3}})\s*[章部篇]")),
    (2, regex.compile(rf"^第\s*({_HAN}|\d{{1,3}})\s*[节条]")),
    (1, regex.compile(rf"^({_HAN})\s*、")),
    (2, regex.compile(rf"^[(（]\s*({_HAN})\s*[)）]")),
    (4, regex.compile(r"^(\d{1,3}(?:\.\d{1,3}){1,3})[.．、\s]\s*(?![\d%])")),
    (3, regex.compile(r"^(\d{1,3})\s*[.．、](?!\d)")),
    (3, regex.compile(r"^(\d{1,2})[.．](?=(?:19|20)\d{2}\s*年)")),
    (4, regex.compile(r"^[(（]\s*(\d{1,3})\s*[)）]")),
    (4, regex.compile(r"^(\d{1,3})[)）]")),
    (5, regex.compile(r"^([①-⑳])")),
)
_HEADING_CHARS = 40


@dataclass(frozen=True, slots=True)
class Outline:
    """Kind, printed number and level of a paragraph; level 0 is running text."""

    kind: ParagraphKind = "paragraph"
    number: str | None = None
    level: int = 0


def outline(text: str) -> Outline:
    """Reads the number that ``text`` begins with. A short one without a full stop is a heading, else an item."""
    text = text.strip()
    for level, pattern in _NUMBERS:
        if found := pattern.match(text):
            short = len(text) <= _HEADING_CHARS and not text.endswith(("。", "；", ";", "，", "、"))
            kind: ParagraphKind = "heading" if short and level <= 2 else "item"
            return Outline(kind, found.group(1), level)
    return Outline()
