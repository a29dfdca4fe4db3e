"""Reads one numeral, Arabic, Chinese or mixed, into an exact decimal."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "仨": 3}
DIGITS |= {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")} | {
    "貳": 2,
    "參": 3,
    "陸": 6,
    "弍": 2,
    "壱": 1,
}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12, "拾": 10, "佰": 100, "仟": 1000}
SCALES |= {"廿": 20, "卅": 30}
VAGUE = frozenset("余多几来数上好")

_TOKEN = re.compile(r"[0-9][0-9,]*+(?:\.[0-9]++)?|.", re.DOTALL)
_HALF = Decimal("0.5")


def parse_numeral(text: str) -> Decimal:
    """The exact value of a numeral whose characters a pattern has already checked.

    Vague characters (多, 余, 几, 数, 上) keep the printed floor: 十几万 is 100000, 数百万 is 1000000.
    """
    if "点" in text:
        return _with_point(text)
    if not any(char in SCALES for char in text) and text[0] in DIGITS:
        return Decimal("".join(str(DIGITS[char]) for char in text if char in DIGITS))
    total = Decimal(0)  # everything up to the last 万 or 亿
    section = Decimal(0)  # below it
    figure: Decimal | None = None
    last_scale = 0
    smallest_big = 0
    zero = False
    for token in _TOKEN.findall(text):
        if token[0].isascii() and token[0].isdigit():
            figure = Decimal(token.replace(",", ""))
            continue
        digit = DIGITS.get(token)
        if digit is not None:
            zero = zero or digit == 0
            figure = Decimal(digit)
            continue
        scale = SCALES.get(token)
        if scale is None:
            if token == "半":
                figure = _HALF
            continue
        zero = False
        if scale < 10**4:
            section += scale * (figure if figure is not None else (0 if section and last_scale > scale else 1))
            if scale in (20, 30):
                scale = 10
        else:
            section += figure if figure is not None else 0
            if section == 0 and total == 0:
                section = Decimal(1)
            if smallest_big and scale > smallest_big or section == 0:
                total = (total + section) * scale
            else:
                total += section * scale
            section = Decimal(0)
            smallest_big = scale
        figure = None
        last_scale = scale
    if figure is not None:
        # 两万五 is 25000, 一千零五 is 1005, 一百二十五 is 125, 3万5000 is 35000.
        colloquial = last_scale >= 100 and not zero and 0 < figure < 10 and text[-1] in DIGITS
        section += figure * (last_scale // 10) if colloquial else figure
    return total + section


def _with_point(text: str) -> Decimal:
    whole, _, rest = text.partition("点")
    cut = len(rest)
    while cut and rest[cut - 1] in SCALES:
        cut -= 1
    digits = "".join(str(DIGITS[char]) for char in rest[:cut] if char in DIGITS)
    value = parse_numeral(whole) + Decimal(f"0.{digits or 0}")
    for char in rest[cut:]:
        value *= SCALES[char]
    return value
