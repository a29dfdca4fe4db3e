"""Figures of other shapes: shares (三分之一, 1/3, 一半), doublings (翻一番), ranks (第3位, 前10名)."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from indicators.quantities.atom import MAX_DIGITS, Atom, is_word, tidy
from indicators.quantities.numerals import SCALES, parse_numeral
from indicators.quantities.patterns import any_of, squeeze
from indicators.quantities.spoken import PAIR
from indicators.quantities.units import Unit, lookup

_SHARE = Unit("", "", "ratio", "share", Fraction(1), Decimal(1), False, False, "", closed=True)
_RANKS = {
    name: Unit(name, name, "rank", "rank", Fraction(1), Decimal(1), True, False, "", closed=True)
    for name in ("", "位", "名")
}
_TOLD_BEFORE, _TOLD_BEHIND = re.compile(any_of("share", "before")), re.compile(any_of("share", "after"))
_HUNDREDTHS = {"百": "%", "佰": "%", "千": "‰", "仟": "‰", "万": "‱"}


def part_atom(match: re.Match[str]) -> Atom | None:
    """百分之五点五 is 5.5 %, 三分之一 a ratio without a unit, 一又二分之一 one and a half."""
    below, above, whole = squeeze(match["below"]), squeeze(match["above"]), match["whole"]
    if max(len(above), len(below), len(whole or "")) > MAX_DIGITS:
        return None
    start, end = match.start(), match.end()
    pair = PAIR.search(above)
    value = parse_numeral(above[: pair.start() + 1] + above[pair.end() :] if pair else above)
    if match["part_scale"]:
        value *= SCALES[match["part_scale"].strip()]
    percent = _HUNDREDTHS.get(below)
    if percent and not whole:
        top = tidy(parse_numeral(above[: pair.start()] + above[pair.end() - 1 :])) if pair else None
        return Atom(start, end, tidy(value), lookup(percent), percent, spoken=True, top=top, approximate=bool(pair))
    divisor = parse_numeral(below)
    if not divisor:
        return None
    value = value / divisor + (parse_numeral(squeeze(whole)) if whole else 0)
    return Atom(start, end, value, _SHARE, "", spoken=True)


def bar_atom(match: re.Match[str], text: str) -> Atom | None:
    """1/3 is a share where a bound word or 的 tells so, or where it stands alone; else a date, a page, a code."""
    top, bottom = int(match["top"]), int(match["bottom"])
    start, end = match.start(), match.end()
    told = _TOLD_BEHIND.match(text, end) or _TOLD_BEFORE.fullmatch(text[start - 1 : start])
    if (told and top < bottom) or text.strip("- ") == match[0]:
        return Atom(start, end, Decimal(top) / Decimal(bottom), _SHARE, "", digits=match[0])
    return None


def rank_atom(match: re.Match[str], text: str) -> Atom | None:
    """第10位, 居全省第3, 前10名; not 第一，…第二，… that count paragraphs."""
    place, unit_text = match["place"], match["place_unit"]
    if len(place) > MAX_DIGITS:
        return None
    start, end = match.start(), match.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    front = match["rank_word"] == "前"
    if not unit_text:
        if before == "“":
            return None
        if front and ((is_word(after) and after != "的") or not is_word(before)):
            return None
        if not front and (is_word(after) or after in ("“", "《", "(")):
            return None
        if not front and after in ("，", "、", ":", ",") and not is_word(before):
            return None
    return Atom(start, end, parse_numeral(place), _RANKS[unit_text], unit_text, digits="前" if front else "")


def fixed_atom(match: re.Match[str]) -> Atom:
    """翻一番 is twice as much, 翻两番 four times; 一半 is a half."""
    start, end = match.start(), match.end()
    if match["fixed"].startswith("翻"):
        doublings = int(parse_numeral(match["times"])) if match["times"] else 1
        return Atom(start, end, Decimal(2) ** doublings, lookup("倍"), "倍", spoken=True)
    return Atom(start, end, Decimal("0.5"), _SHARE, "", spoken=True)
