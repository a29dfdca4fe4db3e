"""Figures written in Chinese characters: which of them are figures at all, and their values."""

from __future__ import annotations

import re
from decimal import Decimal

from indicators.quantities.atom import MAX_DIGITS, Atom, is_duration, is_word, measure, starts_item, tidy
from indicators.quantities.numerals import DIGITS, SCALES, TENS, VAGUE, parse_numeral
from indicators.quantities.patterns import FORMAL_DIGITS, PLAIN_DIGITS, any_of, squeeze
from indicators.quantities.units import Unit

PAIR = re.compile(
    r"(?<![一二两三四五六七八九])(?:一二|一两|二三|两三|三四|三五|四五|五六|六七|七八|八九)"
    r"(?![一二三四五六七八九点〇零])"
)
"""Two neighbouring digits mean a range: 三五家 is three to five."""
_BARE_BEFORE = re.compile(any_of("magnitude", "before"))
_BARE_AFTER = re.compile(any_of("magnitude", "after"))
_BLANK = re.compile(r"[ \t]")
_PIECE = re.compile(r"[^ \t]+")
_NAMED = frozenset({"count", "mass", "length", "degree", "data"})
_HEADS = "数几上好"


def cut_at_blank(match: re.Match[str]) -> int:
    """Where a run of Chinese numerals goes over into another figure behind a blank, else 0."""
    printed = match["cn_number"]
    if not _BLANK.search(printed):
        return 0
    least = 0
    for piece in _PIECE.finditer(printed):
        scales = [SCALES[char] for char in piece[0] if char in SCALES]
        head = piece[0][0]
        counts = any(char in DIGITS for char in piece[0]) or head in "数上好" or (head == "几" and least >= 10**4)
        if least and scales and counts and max(scales) >= least:
            return match.start("cn_number") + piece.start()
        if scales:
            least = scales[-1]
    return 0


def spoken_atom(match: re.Match[str], text: str) -> Atom | None:
    """The atom of a matched run of Chinese numerals; ``None`` where it is no figure."""
    number = squeeze(match["cn_number"])
    start, end = match.start(), match.end()
    if len(number) > MAX_DIGITS:
        return None
    before = text[start - 1 : start]
    unit, unit_text, half, more_than = measure(match, "cn_")
    digits = sum(char in DIGITS or char in TENS for char in number)
    scales = sum(char in SCALES or char in TENS for char in number)
    vague = bool(match["cn_vague"]) or any(char in VAGUE for char in number)
    if before == "第" or (before == "“" and (unit is None or unit.kind in _NAMED)):
        return None  # “三个一批” is a name
    bare = False
    if not digits and number[0] not in _HEADS and number[0] not in "十拾半" and not match["cn_vague"]:
        bare = _is_bare(text, end, number, unit, before)
        if not bare and (unit is None or _BARE_BEFORE.fullmatch(before) is None):
            return None
    if not _is_written_well(text, number, unit, before, digits, scales):
        return None
    told = bool(half) or more_than or is_duration(text, start, end, len(number))
    if unit is not None and unit.word == "年" and not told:
        return None
    plain = unit is None and not vague
    value, top = _value(number, unit, digits, scales)
    if top is not None:
        vague = True
    if half:
        value += half * (SCALES[number[-1]] if number[-1] in "万亿" else 1)
    if unit is not None and unit.factor != 1:
        value *= unit.factor
        top = top * unit.factor if top is not None else None
    return Atom(
        start,
        end,
        tidy(value),
        unit,
        unit_text,
        approximate=vague or more_than,
        spoken=True,
        top=top,
        bare=bare,
        weak=plain and not bare and not _stands_alone(text, start, end, number, digits, scales),
    )


def _is_bare(text: str, end: int, number: str, unit: Unit | None, before: str) -> bool:
    """A magnitude without a figure counts as one hundred million and the like where it is money (亿元以上)."""
    if unit is None:
        return len(number) > 1 and "亿" in number and bool(_BARE_AFTER.match(text, end))
    if unit.kind != "money" or number in ("百", "千", "万") or before in ("(", "/", "每"):
        return False
    return number != "亿" or bool(_BARE_AFTER.match(text, end))


def _is_written_well(text: str, number: str, unit: Unit | None, before: str, digits: int, scales: int) -> bool:
    if len(number) == 1 and number in FORMAL_DIGITS + "拾佰仟" and unit is None and len(text.strip()) > 1:
        return False
    if number[0] in "陆伍拾肆" and is_word(before) and (len(number) == 1 or number[1] in PLAIN_DIGITS):
        return False  # 大陆一百家
    if digits > 1 and not scales and "点" not in number and not PAIR.fullmatch(number):
        # 五一, 一二三级; but 二〇〇元 and 七五折.
        return unit is not None and (unit.word == "折" or "〇" in number or "零" in number)
    return unit is not None or digits < 2 or scales > 0 or "点" in number


def _value(number: str, unit: Unit | None, digits: int, scales: int) -> tuple[Decimal, Decimal | None]:
    pair = PAIR.search(number)
    if pair and unit is not None and unit.word != "折":
        low, high = number[: pair.start() + 1] + number[pair.end() :], number[: pair.start()] + number[pair.end() - 1 :]
        return parse_numeral(low), parse_numeral(high)
    value = parse_numeral(number)
    if unit is not None and unit.word == "折" and digits == 2 and not scales and "点" not in number:
        value /= 10
    return value, None


def _stands_alone(text: str, start: int, end: int, number: str, digits: int, scales: int) -> bool:
    """Whether a Chinese numeral without a unit is a figure: between marks, or long enough."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before == "负":
        before = text[start - 2 : start - 1]
    if not before.strip() and not after.strip():
        return len(text.strip()) <= end - start + 2 or (digits > 0 and scales > 0)
    if after in ("、", ".", ":") and starts_item(text, start):
        return False
    if not is_word(before) and not is_word(after) and before != "“" and ((digits and scales) or "点" in number):
        return True
    return digits > 0 and scales > 0 and len(number) >= 3 and not is_word(after) and before not in ("“", "第")
