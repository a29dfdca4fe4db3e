"""Cuts a folded text into atoms: one figure with its unit each, before bounds and ranges are told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from indicators.quantities import patterns
from indicators.quantities.numerals import DIGITS, SCALES, TENS, VAGUE, parse_numeral
from indicators.quantities.patterns import squeeze
from indicators.quantities.units import Unit, lookup
from indicators.schema.quantity import Period

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
    weak: bool = False
    """A Chinese numeral inside a sentence without a unit: kept only with a bound word or in a range."""
    plain: bool = False
    """No unit, no magnitude: kept only where something tells that it is a quantity."""
    digits: str = ""
    """The printed Arabic figure."""
    bare: bool = False
    """A magnitude without a figure (亿元以上)."""

    @property
    def name(self) -> str:
        return self.unit.name if self.unit is not None else self.unit_text


_RANK = Unit("位", "位", "rank", "rank", Fraction(1), Decimal(1), True, False, "", closed=True)
_PAIR = re.compile(
    r"(?<![一二两三四五六七八九])(?:一二|一两|二三|两三|三四|三五|四五|五六|六七|七八|八九)(?![一二三四五六七八九点〇零])"
)
_ITEM_START = re.compile(r"(?:\A|[^0-9A-Za-z一-鿿%.,\-~—)）”’])[ \t]*\Z")
_DATE_AFTER = re.compile(
    r"(?:19|20)[0-9]{2}[ \t]*(?:[-~—至到][ \t]*(?:19|20)[0-9]{2}[ \t]*)?年|(?:1[0-2]|0?[1-9])[ \t]*(?:[-~—至到][ \t]*(?:1[0-2]|[1-9])[ \t]*)?月"
)
_DURATION_BEFORE = re.compile(
    r"(?:用|历时|为期|连续|提前|延长|缩短|满|工期|年限|期限|寿命|存续|长达|再用|有效期|周期|教育|免租|持续|不超过|不少于|"
    r"不低于|至少|超过|不足|不到|超|≥|≤|>|<|达|质保)(?:了|为|约|至|到|的|近)?[ \t]*\Z"
)
_DURATION_AFTER = re.compile(r"[ \t]*(?:以上|以内|以下|及以上|左右|零|期(?!间|[初末])|内|之内|免租|质保|时间|贷款|期限)")
_BARE_AFTER = re.compile(r"(?:级|以上|及以上|规模|产值|税收|企业|工业企业|项目|产业|集群|园区|大关|俱乐部)")
_SCALES_ONLY = re.compile(r"[十百千万亿]+\Z")


def unit_of(text: str | None) -> tuple[Unit | None, str]:
    """The registry's entry for a matched unit and its spelling without blanks."""
    if not text:
        return None, ""
    known = lookup(text)
    if known is None:
        text = squeeze(text)
        known = lookup(text)
    return known, known.name if known else text


def tidy(value: Decimal) -> Decimal:
    """Without the zeros behind the point that a magnitude left (1.5万 is 15000)."""
    whole = value.to_integral_value()
    return whole if whole == value else value


def starts_item(text: str, at: int) -> bool:
    """Whether a list number could stand here."""
    return _ITEM_START.search(text, max(0, at - 4), at) is not None


def atoms_of(text: str, periods: Sequence[Period]) -> list[Atom]:
    """Every figure of a folded text, the periods and the names with figures in them passed over."""
    atoms: list[Atom] = []
    search, match_at = patterns.anchor().search, patterns.master().match
    spans = [(period.start, period.end) for period in periods]
    spans.append((len(text), len(text)))
    next_start, next_end = spans[0]
    index = 0
    position = 0
    while True:
        here = search(text, position)
        if here is None:
            return atoms
        at = here.start()
        while at >= next_end and index < len(spans) - 1:
            index += 1
            next_start, next_end = spans[index]
        if next_start <= at < next_end:
            position = next_end
            continue
        match = match_at(text, at)
        if match is None:
            position = at + 1
            continue
        kind = match.lastgroup
        position = max(match.end(), at + 1)
        atom: Atom | None = None
        if kind == "arabic":
            cut = _list_number(match, text)
            if cut:
                position = cut
                continue
            atom = _arabic(match, text)
        elif kind == "spoken":
            atom = _spoken(match, text)
            if atom is None:
                position = max(at + 1, match.end("cn_number"))
        elif kind == "part" or kind == "bar":
            atom = _part(match) if kind == "part" else _bar(match, text)
        elif kind == "rank":
            atom = _rank(match, text)
            if atom is None:
                position = at + 1
        elif kind == "fixed":
            atom = _fixed(match)
        if atom is not None:
            atoms.append(atom)


def _list_number(match: re.Match[str], text: str) -> int:
    """Where to go on when the figure starts with a list number (2.48个平台, 1.2023年, 3.12月), else 0."""
    number = match["number"]
    point = number.find(".")
    if point < 1 or point > 3 or match["scale"]:
        return 0
    behind = match.start() + point + 1
    if _DATE_AFTER.match(text, behind):
        return behind
    unit = lookup(match["unit"]) if match["unit"] else None
    if unit is not None and unit.whole and number[point + 1] != "0" and starts_item(text, match.start()):
        return behind
    return 0


def _measure(match: re.Match[str], prefix: str) -> tuple[Unit | None, str, Decimal, bool]:
    """Unit, its spelling, what a 半 behind it adds, whether a 多 stands behind it."""
    middle = match[prefix + "mid"]
    if middle:
        unit, name = unit_of("个" + match[prefix + "mid_unit"])
        return unit, name, Decimal("0.5") if "半" in middle else Decimal(0), "半" not in middle
    unit, name = unit_of(match[prefix + "unit"])
    tail = (match[prefix + "tail"] or "").strip()
    if tail in DIGITS:
        return unit, name, Decimal(DIGITS[tail]) / 10, False  # 七成五, 三米九
    return unit, name, Decimal("0.5") if tail == "半" else Decimal(0), tail == "多"


def _arabic(match: re.Match[str], text: str) -> Atom | None:
    number, scale, more = match["number"], match["scale"], match["more"]
    if len(number) > MAX_DIGITS:
        return None
    start = match.start()
    unit, unit_text, half, more_than = _measure(match, "")
    approximate = bool(match["vague"]) or more_than
    scaled = Decimal(1)
    value = Decimal(number.replace(",", "")) if "," in number else Decimal(number)
    if more:
        value, scaled = parse_numeral(squeeze(number + scale + more)), Decimal(10)
    elif scale:
        for char in scale:
            if char in SCALES:
                scaled *= SCALES[char]
            elif char in VAGUE:
                approximate = True
        value = tidy(value * scaled)
    if half:
        value += half * scaled
    if unit is not None:
        if unit.factor != 1 and (unit.word != "折" or value <= 10):
            value = tidy(value * unit.factor)
        if start and unit.kind in ("count", "duration", "data") and text[start - 1].isascii() and text[start - 1].isalpha():
            return None  # C919架, T3级: the figure belongs to the name
        if unit.word == "年" and "." not in number and not scale and not _is_duration(text, start, match.end(), len(number)):
            return None
    plain = not unit_text and not scale and not match["vague"]
    if start and text[start - 1] == "." and (start == 1 or not (text[start - 2].isalnum() or text[start - 2] in "._")):
        start, value = start - 1, value.scaleb(-len(number.partition(".")[0]))
    return Atom(start, match.end(), value, unit, unit_text, scaled, approximate, plain=plain, digits=number)


def _is_duration(text: str, start: int, end: int, digits: int) -> bool:
    if digits > 3:
        return False
    if _DURATION_BEFORE.search(text, max(0, start - 8), start) or _DURATION_AFTER.match(text, end):
        return not (start and text[start - 1] in "第近")
    return False


def _spoken(match: re.Match[str], text: str) -> Atom | None:
    printed = match["cn_number"]
    number = squeeze(printed)
    start, end = match.start(), match.end()
    if len(number) > MAX_DIGITS:
        return None
    before = text[start - 1] if start else ""
    unit, unit_text, half, more_than = _measure(match, "cn_")
    digits = sum(char in DIGITS or char in TENS for char in number)
    scales = sum(char in SCALES or char in TENS for char in number)
    if before == "第" or before == "“" and (unit is None or unit.kind == "count"):
        return None  # “三个一批”: a name in quotes
    bare = False
    if not digits and number[0] not in "数几上好十拾半" and not match["cn_vague"]:
        if unit is not None and unit.kind == "money":
            bare = number not in ("百", "千", "万") and bool(
                number not in ("亿", "十") and before not in "(/每" or _BARE_AFTER.match(text, end) and before not in "(/每"
            )
        elif unit is None:
            bare = scales > 1 and "亿" in number and bool(_BARE_AFTER.match(text, end))
        if not bare and not (before in "近超逾过约破" and before and unit is not None):
            return None
    if len(number) == 1 and number in "壹贰叁肆伍陆柒捌玖拾佰仟" and unit is None and len(text.strip()) > 1:
        return None
    if number[0] in "陆伍拾肆" and "一" <= before <= "鿿" and (len(number) == 1 or number[1] in patterns.PLAIN_DIGITS):
        return None  # 大陆一百家
    if unit is not None and unit.word == "年" and not _is_duration(text, start, end, len(number)):
        return None
    if digits > 1 and not scales and "点" not in number and unit is not None and not _PAIR.fullmatch(number):
        if unit.word != "折" and "〇" not in number and "零" not in number:
            return None  # 一二三级, 五一
    plain = unit is None and not match["cn_vague"]
    if plain and digits > 1 and not scales and "点" not in number:
        return None  # 五一, 两两
    weak = plain and not bare and not _stands_alone(text, start, end, number, digits, scales)
    approximate = bool(match["cn_vague"]) or more_than or any(char in VAGUE for char in number)
    top = None
    pair = _PAIR.search(number)
    if pair and unit is not None and unit.word != "折":
        low, high = number[: pair.start() + 1] + number[pair.end() :], number[: pair.start()] + number[pair.end() - 1 :]
        value, top = parse_numeral(low), parse_numeral(high)
        approximate = True
    else:
        value = parse_numeral(number)
        if unit is not None and unit.word == "折" and digits == 2 and not scales and "点" not in number:
            value /= 10
    if half:
        value += half * (SCALES.get(number[-1], 1) if number[-1] in "万亿" else 1)
    if unit is not None and unit.factor != 1:
        value *= unit.factor
        top = top * unit.factor if top is not None else None
    return Atom(start, end, tidy(value), unit, unit_text, Decimal(1), approximate, spoken=True, top=top, bare=bare, weak=weak)


def _stands_alone(text: str, start: int, end: int, number: str, digits: int, scales: int) -> bool:
    """Whether a Chinese numeral without a unit is a figure: between marks, or long enough."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before == "负":
        before = text[start - 2 : start - 1]
    if not before.strip() and not after.strip():
        return len(text.strip()) <= end - start + 2 or (digits > 0 and scales > 0)
    if after in ("、", ".", ":") and after and starts_item(text, start):
        return False
    marks = not _is_word(before) and not _is_word(after)
    if marks and before != "“" and ((digits and scales) or "点" in number):
        return True
    return bool(digits) and scales > 0 and len(number) >= 3 and not _is_word(after) and before not in ("“", "第")


def _is_word(char: str) -> bool:
    return bool(char) and (char.isalnum() or "一" <= char <= "鿿")


def _part(match: re.Match[str]) -> Atom | None:
    below, above, whole = squeeze(match["below"]), squeeze(match["above"]), match["whole"]
    if max(len(above), len(below), len(whole or "")) > MAX_DIGITS:
        return None
    start, end = match.start(), match.end()
    pair = _PAIR.search(above)
    value = parse_numeral(above[: pair.start() + 1] + above[pair.end() :] if pair else above)
    if match["part_scale"]:
        value *= SCALES[match["part_scale"].strip()]
    percent = {"百": "%", "佰": "%", "千": "‰", "仟": "‰", "万": "‱"}.get(below)
    if percent and not whole:
        top = tidy(parse_numeral(above[: pair.start()] + above[pair.end() - 1 :])) if pair else None
        return Atom(start, end, tidy(value), lookup(percent), percent, spoken=True, top=top, approximate=bool(pair))
    divisor = parse_numeral(below)
    if not divisor:
        return None
    value = value / divisor + (parse_numeral(squeeze(whole)) if whole else 0)
    return Atom(start, end, value, _share(), "", spoken=True)


def _share() -> Unit:
    """三分之一 has no unit, but it is a ratio."""
    return Unit("", "", "ratio", "share", Fraction(1), Decimal(1), False, False, "", closed=True)


def _bar(match: re.Match[str], text: str) -> Atom | None:
    """1/3 is a share where a bound word or 的 tells so, or where it stands alone."""
    top, bottom = int(match["top"]), int(match["bottom"])
    start, end = match.start(), match.end()
    after = text[end : end + 2]
    before = text[max(0, start - 1) : start]
    told = after[:1] == "的" or after in ("以上", "以下", "左右", "以内") or before in ("过", "近", "约", "足", "达", "的")
    if (told and top < bottom) or text.strip("- ") == match[0]:
        return Atom(start, end, Decimal(top) / Decimal(bottom), _share(), "", digits=match[0])
    return None


_RANK_BEFORE = re.compile(r"[一-鿿居列](?<![的，。；])\Z")


def _rank(match: re.Match[str], text: str) -> Atom | None:
    place = match["place"]
    if len(place) > MAX_DIGITS:
        return None
    start, end = match.start(), match.end()
    unit_text = match["place_unit"]
    before, after = text[start - 1 : start], text[end : end + 1]
    if match["rank_word"] == "前":
        if not unit_text and ((_is_word(after) and after != "的") or not _is_word(before)):
            return None
        unit = Unit(unit_text, unit_text, "rank", "rank", Fraction(1), Decimal(1), True, False, "", closed=True)
        return Atom(start, end, parse_numeral(place), unit, unit_text, digits="前")
    if not unit_text:
        if _is_word(after) or after in ("“", "《", "(") and after:
            return None
        if after in ("，", "、", ":", ",") and after and not _is_word(before):
            return None  # 第一，…第二，…: an enumeration
    unit = Unit(unit_text, unit_text, "rank", "rank", Fraction(1), Decimal(1), True, False, "", closed=True)
    return Atom(start, end, parse_numeral(place), unit, unit_text)


def _fixed(match: re.Match[str]) -> Atom:
    """翻一番 is twice as much, 翻两番 four times; 一半 is a half."""
    start, end = match.start(), match.end()
    if match["fixed"].startswith("翻"):
        times = match["times"]
        doublings = int(parse_numeral(times)) if times else 1
        return Atom(start, end, Decimal(2) ** doublings, lookup("倍"), "倍", spoken=True)
    return Atom(start, end, Decimal("0.5"), _share(), "", spoken=True)
