"""One figure with its unit, before bounds and ranges are told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from indicators.quantities.numerals import DIGITS
from indicators.quantities.patterns import any_of, squeeze
from indicators.quantities.units import Unit, lookup

MAX_DIGITS = 40
"""A longer figure is no quantity (a check sum, a bar code): passed over before it is read."""


@dataclass(slots=True)
class Atom:
    """One figure with its unit."""

    start: int
    end: int
    value: Decimal
    unit: Unit | None
    unit_text: str
    """The unit as printed, blanks and magnitude removed; "" when none."""
    scaled: Decimal = Decimal(1)
    """What the printed magnitude multiplied by."""
    approximate: bool = False
    spoken: bool = False
    """Written in Chinese characters."""
    top: Decimal | None = None
    """The upper end where the figure itself is a range (三五家)."""
    plain: bool = False
    """No unit, no magnitude: kept only where something tells that it is a quantity."""
    weak: bool = False
    """A Chinese numeral inside a sentence without a unit: kept only with a bound word or in a range."""
    digits: str = ""
    """The printed Arabic figure; 前 for a rank that counts from the front."""
    bare: bool = False
    """A magnitude without a figure (亿元以上)."""

    @property
    def name(self) -> str:
        return self.unit.name if self.unit is not None else self.unit_text

    @property
    def kind(self) -> str:
        return self.unit.kind if self.unit is not None else ""


def unit_of(text: str | None) -> tuple[Unit | None, str]:
    """The registry's entry for a matched unit and its spelling without blanks."""
    if not text:
        return None, ""
    known = lookup(text)
    if known is None:
        text = squeeze(text)
        known = lookup(text)
    return known, known.name if known else text


def measure(match: re.Match[str], prefix: str) -> tuple[Unit | None, str, Decimal, bool]:
    """Unit, its spelling, what a 半 behind it adds, whether a 多 stands behind it."""
    middle = match[prefix + "mid"]
    if middle:
        unit, name = unit_of(match[prefix + "mid_unit"])
        if unit is None:
            unit, name = unit_of("个" + match[prefix + "mid_unit"])
        return unit, name, Decimal("0.5") if "半" in middle else Decimal(0), "半" not in middle
    unit, name = unit_of(match[prefix + "unit"])
    tail = (match[prefix + "tail"] or "").strip()
    if tail in DIGITS:
        return unit, name, Decimal(DIGITS[tail]) / 10, False  # 七成五, 三米九
    return unit, name, Decimal("0.5") if tail == "半" else Decimal(0), tail == "多"


def tidy(value: Decimal) -> Decimal:
    """Without the zeros behind the point that a magnitude left (1.5万 is 15000)."""
    whole = value.to_integral_value()
    return whole if whole == value else value


def is_word(char: str) -> bool:
    """A letter, a digit or a Chinese character; not a mark, a blank or nothing."""
    return bool(char) and char.isalnum()


_ITEM_START = re.compile(r"(?:\A|[^0-9A-Za-z一-鿿%.,\-~—)）”’])[ \t]*\Z")


def starts_item(text: str, at: int) -> bool:
    """Whether a list number could stand here."""
    return _ITEM_START.search(text, max(0, at - 4), at) is not None


_DURATION_BEFORE = re.compile(any_of("duration", "before") + r"(?:了|为|约|至|到|的|近)?[ \t]*\Z")
_DURATION_AFTER = re.compile(r"[ \t]*" + any_of("duration", "after"))


def is_duration(text: str, start: int, end: int, digits: int) -> bool:
    """Whether N年 is a stretch of time: its neighbours tell (用3年, 5年以上); a bare 3年 tells nothing."""
    if digits > 3 or (start and text[start - 1] in "第近"):
        return False
    return bool(_DURATION_BEFORE.search(text, max(0, start - 8), start) or _DURATION_AFTER.match(text, end))


_BLANKS = frozenset(" \t\r\n")


def last_char(text: str, end: int, floor: int) -> str:
    """The last character before ``end`` that is no blank; "" where there is none near."""
    for index in range(end - 1, max(floor, end - 8) - 1, -1):
        if text[index] not in _BLANKS:
            return text[index]
    return ""
