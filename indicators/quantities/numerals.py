"""Reads one numeral, Arabic, Chinese or mixed, into an exact decimal."""

from __future__ import annotations

import re
from decimal import Decimal

from indicators import rulebook


def _table(section: str) -> dict[str, int]:
    return {
        char: value
        for rule in rulebook.load("numerals")[section]
        for char, value in zip(rule["chars"], rule["values"], strict=True)
    }


DIGITS = _table("digit")
SCALES = _table("magnitude")
TENS = _table("tens")
VAGUE = frozenset(char for rule in rulebook.load("numerals")["vague"] for char in rule["chars"])

_TOKEN = re.compile(r"[0-9][0-9,]*+(?:\.[0-9]++)?|.", re.DOTALL)


_TO_99 = re.compile("[一二三四五六七八九]?十[一二三四五六七八九]?|[〇零一二两三四五六七八九]")
_ZEROS = frozenset(("0", *(char for char, value in DIGITS.items() if value == 0)))


def parse_numeral(text: str) -> Decimal:
    """The exact value of a numeral whose characters a pattern has already checked.

    Vague characters (多, 余, 几, 数, 上) keep the printed floor: 十几万 is 100000, 数百万 is 1000000.
    """
    if "点" in text:
        return _with_point(text)
    if text[0] in DIGITS and not any(char in SCALES or char in TENS for char in text):
        return Decimal("".join(str(DIGITS[char]) for char in text if char in DIGITS))
    return _with_scales(text)


def chinese_int(text: str) -> int | None:
    """一 to 九十九 as an integer, 两 being two; ``None`` for anything else."""
    return int(parse_numeral(text)) if _TO_99.fullmatch(text) else None


def small_int(text: str) -> int | None:
    """3, 三 or 十二 as an integer; ``None`` for anything else."""
    return int(text) if text.isdecimal() else chinese_int(text)


def _with_scales(text: str) -> Decimal:
    """三万二千 is 32000: what stands before a scale is lifted by it, and sections below 万 and 亿 add up."""
    total = Decimal(0)  # up to the last 万 or 亿
    section = Decimal(0)  # below it
    figure: Decimal | None = None
    last_scale = 0
    last_big = 0
    zero = False
    for token in _TOKEN.findall(text):
        scale = SCALES.get(token)
        if scale is None:
            if token in TENS:
                section, last_scale, figure = section + TENS[token], 10, None
            elif (value := _figure(token)) is not None:
                figure, zero = value, zero or token[0] in _ZEROS
            continue
        if scale < 10**4:
            # 十 alone is 10; in 一百十五 a bare 十 after 百 counts once, too.
            section += scale * (1 if figure is None or (zero and figure == 0) else figure)
        else:
            section += figure or 0
            if section == 0 and total == 0:
                section = Decimal(1)
            # 一万五千亿 and 12万亿: a greater scale lifts all that stands before it.
            lifts = section == 0 or (last_big and scale > last_big)
            total = (total + section) * scale if lifts else total + section * scale
            section, last_big = Decimal(0), scale
        figure, last_scale, zero = None, scale, False
    if figure is None:
        return total + section
    return total + section + figure * _lifted_last(text, figure, last_scale, zero)


def _figure(token: str) -> Decimal | None:
    """What a token without scale is worth: 1,200, 三, 半; ``None`` for a vague one."""
    if token[0].isdigit() and token[0].isascii():
        return Decimal(token.replace(",", ""))
    if token in DIGITS:
        return Decimal(DIGITS[token])
    return Decimal("0.5") if token == "半" else None


def _lifted_last(text: str, figure: Decimal, last_scale: int, zero: bool) -> int:
    """What lifts the figure that a numeral ends on: 两万五 is 25000, but 一千零五 is 1005 and 3万4000 is 34000."""
    if "半" in text:
        return last_scale or 1
    colloquial = last_scale >= 100 and not zero and figure < 10 and text[-1] in DIGITS
    return last_scale // 10 if colloquial else 1


def _with_point(text: str) -> Decimal:
    whole, _, rest = text.partition("点")
    digits = ""
    scale = Decimal(1)
    for char in rest:
        if char in DIGITS:
            digits += str(DIGITS[char])
        elif char.isdigit():
            digits += char
        elif char in SCALES:
            scale *= SCALES[char]
    return (parse_numeral(whole) + Decimal(f"0.{digits or 0}")) * scale
