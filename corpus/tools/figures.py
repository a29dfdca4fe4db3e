"""Reads one annotated quantity (``2800余家``, ``2-3个``, ``不超过4.5%``) into value and unit.

Written apart from the library's number grammar on purpose: the corpus is checked with a reader that
cannot share the library's mistakes. It expects a clean span, not running text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
BOUND_WORDS = (
    "以上|以下|以内|之内|之间|左右|上下|约|近|余|多|超过|超|突破|不低于|不少于|不高于|不超过|控制在|低于|高于|至少|力争|"
    "不得超过|不得低于|不突破|最多|最低|≥|≤|>=|<=|>|<|≈|及|＞|＜|达到|达|大|来|过"
)
TRAILING = re.compile(rf"(?:{BOUND_WORDS}|目标|内|整|的)+$")
ARABIC = r"\d[\d,，]*(?:\.\d+)?"
CHINESE = r"(?:[零〇一二两三四五六七八九十点]|[百千万亿](?![瓦米克卡伏分强]))+"
SCALE = "百万|千万|百亿|千亿|万亿|[百千万亿](?![瓦米克卡伏分强])|十万(?=[亩人元])"
NUMBER = re.compile(rf"({ARABIC}|半|{CHINESE})((?:余|多|来)?)((?:{SCALE})*)((?:余|多|来)?)")

SEPARATOR = re.compile(r"^(.{0,6}?)(?:-|—|－|–|~|～|至|到)")


@dataclass(frozen=True)
class Figure:
    """A printed quantity: one value, or two for a range; the unit with scale and bound words removed."""

    values: tuple[float, ...]
    unit: str


def squash(text: str) -> str:
    """Full-width forms folded, all white space removed."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def chinese_number(text: str) -> float:
    """``一百二十`` -> 120, ``二点五`` -> 2.5; digits alone are read place by place (``二〇二五``)."""
    if "点" in text:
        text, scale = re.fullmatch(r"(.*?)([万亿]*)", text).groups()  # type: ignore[union-attr]
        if scale:
            return times(chinese_number(text), factor(scale))
        whole, _, part = text.partition("点")
        return chinese_number(whole or "零") + float("0." + "".join(str(DIGITS[c]) for c in part))
    if all(c in DIGITS for c in text):
        return float(int("".join(str(DIGITS[c]) for c in text)))
    total = section = digit = 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif SCALES[char] >= 10_000:
            total = (total + section + digit) * SCALES[char]
            section = digit = 0
        else:
            section += (digit or 1) * SCALES[char]
            digit = 0
    return float(total + section + digit)


def one(text: str) -> tuple[float, str, str, bool]:
    """(value without scale, scale characters, rest, was 半) of a text that starts with a number."""
    match = NUMBER.match(text)
    if not match:
        raise ValueError(f"no number in {text!r}")
    body, scale = match.group(1), match.group(3)
    value = (
        0.5
        if body == "半"
        else (float(body.replace(",", "").replace("，", "")) if body[0].isdigit() else chinese_number(body))
    )
    return value, scale, text[match.end() :], body == "半"


def factor(scale: str) -> float:
    result = 1.0
    for char in scale:
        result *= SCALES[char]
    return result


def times(value: float, scale: float) -> float:
    """Exact product of a printed number and its scale: 280.6 亿 has no float tail."""
    return float(Decimal(str(value)) * Decimal(str(scale)))


def bare_unit(text: str) -> str:
    unit = TRAILING.sub("", text)
    unit = re.sub(rf"^(?:{BOUND_WORDS})+", "", unit) if not unit.startswith(("多年",)) else unit
    return {"百分比": "%", "台(套)": "台", "个百分点": "百分点", "个工作日": "工作日", "大": ""}.get(unit, unit)


def read(text: str) -> Figure:
    """Value and unit of one annotated span; ValueError when it holds no number."""
    clean = squash(text)
    percent = "百分之" in clean
    clean = clean.replace("百分之", "")
    start = re.search(r"[\d零〇一二两三四五六七八九十半]|百(?!分)", clean)
    if not start:
        raise ValueError(f"no number in {text!r}")
    value, scale, rest, _ = one(clean[start.start() :])
    if clean[: start.start()] in ("-", "－", "负"):
        value = -value
    values: tuple[float, ...]
    gap = SEPARATOR.match(rest)
    after = rest[gap.end() :] if gap else ""
    if gap and re.match(r"[\d一二两三四五六七八九十]", after):
        low, low_unit = value, gap.group(1)
        high, high_scale, tail, _ = one(after)
        low_factor = factor(scale) if scale or low_unit else factor(high_scale)
        unit = bare_unit(tail) or bare_unit(low_unit)
        values = (times(low, low_factor), times(high, factor(high_scale)))
    elif percent is False and rest.startswith("成") and len(rest) <= 3:
        values, unit = (value * 10,), "%"
    else:
        values, unit = (times(value, factor(scale)),), bare_unit(rest)
    if percent:
        unit = "%"
    return Figure(values, unit)
