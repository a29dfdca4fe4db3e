"""The words of a report in which its time is looked for, blanks and wide digits out, and the years that they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import regex

from indicators.quantities import find_quantities
from indicators.quantities.numerals import small_int
from indicators.quantities.years import YEAR, years_in_digits
from indicators.rulebook import phrase

_YEAR = regex.compile(rf"(?<!\d)({YEAR})(?:年|(?=[-—~～至]\d{{0,2}}月))")
_YEAR_BARE = regex.compile(rf"(?<![\d.])({YEAR})(?![\d.,，]|[十百千万亿]|\p{{Han}}{{1,3}}(?:[，。；、,;:]|$)|[%％])")
_BEFORE_YEAR = regex.compile(rf"(?<=\d)\s+(?={YEAR}年)")
"""附表2 2011年: the blank that parts a number from the year behind it."""
_IN_BRACKETS = re.compile(r"[（(][^（）()]{2,16}[)）]")
_HEAD_CHARS = 600
_OPENING = 60
"""Characters in which a text says of itself what it looks back on."""
_HEADING = 40
"""Characters of a heading at most."""
_FULLWIDTH = {ord("０") + i: str(i) for i in range(10)} | {ord("－"): "-"}
_WIDE_DIGIT = re.compile("[０-９－]")

time_phrase = partial(phrase, "periods_of_reports")
"""What a section of ``rules/periods_of_reports.toml`` matches."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a report is searched for its time in."""

    title: str
    body: list[str]
    """Its paragraphs and cells, in order."""
    text: str
    """The body in one piece."""

    @classmethod
    def of(cls, title: str, paragraphs: Iterable[str]) -> Words:
        """The words of a document with this title and these paragraphs."""
        body = [_plain(paragraph) for paragraph in paragraphs]
        title = _plain(title)
        below = next((text for text in body if text and text != title), "")
        if _IN_BRACKETS.fullmatch(below):
            title += below  # 自评表 / （2022年度）: a title on two lines
        return cls(title, body, "".join(body))

    @property
    def head(self) -> str:
        """The first words of the text."""
        return self.text[:_HEAD_CHARS]

    @property
    def first_line(self) -> str:
        """The title and as many characters of the text as a heading has."""
        return f"{self.title}{self.text[:_HEADING]}"

    @property
    def opening(self) -> str:
        """The title and what the text says first of what it looks back on."""
        return f"{self.title}{self.text[:_OPENING]}"

    @property
    def headings(self) -> list[str]:
        """Paragraphs short enough to be headings."""
        return [text for text in self.body if len(text) < _HEADING]

    @property
    def is_report(self) -> bool:
        """Whether the title says that it tells what was done."""
        return time_phrase("report").search(self.title) is not None


def _plain(text: str) -> str:
    text = "".join(_BEFORE_YEAR.sub("、", text).split())
    if _WIDE_DIGIT.search(text):
        text = text.translate(_FULLWIDTH)
    return years_in_digits(text)


def number(text: str) -> int:
    """3, 三 or 十二 as an integer; 0 for anything else."""
    return small_int(text) or 0


def first_year(text: str) -> int | None:
    """The first year that a text names as its own: no year to come, and not the year of the meeting that told it."""
    text = time_phrase("year_to_come").sub("", text)
    met = time_phrase("meeting_year").search(text)
    told = _YEAR.search(text, met.end()) if met is not None else None
    if met is not None and told is not None and int(told.group(1)) == int(met.group(1)) - 1:
        return int(told.group(1))  # 2023年全国…工作会议公布，2022年…
    match = _YEAR.search(text) or next(_bare_years(text[:_OPENING]), None)
    return int(match.group(1)) if match else None


def _bare_years(text: str) -> Iterator[regex.Match[str]]:
    """2023 without 年 at the front of a text, where it counts nothing: 2000公顷 is no year."""
    for match in _YEAR_BARE.finditer(text):
        if not any(quantity.number_start == match.start() for quantity in find_quantities(text)):
            yield match
