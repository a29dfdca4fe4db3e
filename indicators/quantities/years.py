"""Calendar years as reports print them: four digits, of this century or the last."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

YEAR = "(?:19|20)[0-9]{2}"
"""For the patterns of other modules that a year is a part of."""

_DIGITS = dict(zip("〇零○◯OoＯ０一二三四五六七八九", "00000000123456789", strict=True))
_SPELT = re.compile(f"(?<![{''.join(_DIGITS)}])[一二][〇零○◯OoＯ０0九][{''.join(_DIGITS)}0]{{2}}(?=年)")
_MAY_BE_SPELT = re.compile("[一二][〇零○◯OoＯ０0九]")

_PRINTED = re.compile(YEAR)
_NAMED = re.compile(rf"({YEAR})年")


def printed_years(text: str) -> list[int]:
    """Every year of a text in printed order, with 年 behind it or not: for headings, where figures are years."""
    return [int(year) for year in _PRINTED.findall(text)]


def named_years(text: str) -> list[int]:
    """Every year with 年 behind it, in printed order: for running text, where four digits may be an amount."""
    return [int(year) for year in _NAMED.findall(text)]


def last_named_year(text: str, end: int) -> int | None:
    """The last of :func:`named_years` in ``text[:end]``."""
    ends, years = _years_by_place(text)
    behind = bisect_right(ends, end)
    return years[behind - 1] if behind else None


@lru_cache(maxsize=16)
def _years_by_place(text: str) -> tuple[list[int], list[int]]:
    """Where each of :func:`named_years` ends, and which it is; asked for each figure of a text."""
    found = list(_NAMED.finditer(text))
    return [year.end() for year in found], [int(year[1]) for year in found]


def years_in_digits(text: str) -> str:
    """二〇〇五年 as 2005年, one character for one, so that an offset in one text is an offset in the other."""
    if "年" not in text or not _MAY_BE_SPELT.search(text):
        return text
    return _SPELT.sub(lambda spelt: "".join(_DIGITS.get(char, char) for char in spelt.group()), text)
