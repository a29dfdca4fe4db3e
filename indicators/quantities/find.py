"""One pass over a text: figures with their units, bound words and ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.quantities import patterns
from indicators.quantities.numerals import DIGITS, SCALES, VAGUE, parse_numeral
from indicators.quantities.text import fold
from indicators.quantities.units import Unit, lookup, unit_kind
from indicators.schema.quantity import Bound, Change, Period, Quantity

MAX_DIGITS = 40
"""A longer figure is no quantity (a check sum, a bar code): skipped before it is read."""
_BEFORE_CHARS = 12
_SENTENCE_END = re.compile(r"[。；;！？!?]|\n[ \t]*\n")
_SEPARATOR = re.compile(patterns.SPACE + r"(?:-{1,2}|—{1,2}|~{1,2}|至|到)" + patterns.SPACE + r"\Z")
_LIST = re.compile(patterns.SPACE + "[、和与及]" + patterns.SPACE + r"\Z")
_ITEM_START = re.compile(r"(?:\A|[\n\t。；;：:，,、（(]|[^\S\n]{2})[ \t]*\Z")
_LIST_NUMBER = re.compile(r"[.、)）．](?![0-9])")
_OPEN_BEFORE = re.compile(r"[（(][ \t]*\Z")
_CLOSE_AFTER = re.compile(r"[ \t]*[)）]")
_NAME_AFTER = re.compile(r"(?:的)?(?:[一-鿿]{0,6}?(?:项目|企业|工程|产业集群|园区|产业链|企业群))")


@dataclass(slots=True)
class Atom:
    """One figure with its unit, before bounds and ranges are told."""

    start: int
    end: int
    value: Decimal
    unit: Unit | None
    unit_text: str
    scaled: Decimal
    """What the printed magnitude multiplied by (1 when none)."""
    approximate: bool
    spoken: bool = False
    """Written in Chinese characters."""
    top: Decimal | None = None
    """The upper end where the figure itself is a range (三五家)."""

    @property
    def name(self) -> str:
        if self.unit is None:
            return self.unit_text
        if "/" in self.unit_text and "/" not in self.unit.word:
            return self.unit_text
        return self.unit.name


def _unit(text: str | None) -> tuple[Unit | None, str]:
    if not text:
        return None, ""
    known = lookup(text)
    if known:
        return known, known.name
    text = text.replace(" ", "").replace("\t", "")
    compact = text.replace("每", "/") if "每" in text and "/" not in text else text
    return None, compact


def _tidy(value: Decimal) -> Decimal:
    """Without the zeros behind the point that a magnitude left (1.5万 is 15000)."""
    whole = value.to_integral_value()
    return whole if whole == value else value


def _arabic(match: re.Match[str], text: str) -> Atom | None:
    number, scale, more = match["number"], match["scale"], match["more"]
    if len(number) > MAX_DIGITS:
        return None
    unit, unit_text = _unit(match["unit"])
    figure = Decimal(number.replace(",", "")) if "," in number else Decimal(number)
    approximate = bool(match["vague"])
    scaled = Decimal(1)
    value = figure
    if more:
        value = parse_numeral(match["number"] + scale.strip() + more)
        scaled = Decimal(10)
    elif scale:
        for char in scale:
            if char in SCALES:
                scaled *= SCALES[char]
            elif char in VAGUE:
                approximate = True
        value = _tidy(figure * scaled)
    if unit is not None and unit.factor != 1:
        value *= unit.factor
    return Atom(match.start(), match.end(), value, unit, unit_text, scaled, approximate)


def _spoken(match: re.Match[str]) -> Atom | None:
    number = match["cn_number"]
    if len(number) > MAX_DIGITS:
        return None
    unit, unit_text = _unit(match["cn_unit"])
    digits = [char for char in number if char in DIGITS]
    if (
        not digits
        and number[0] not in "数几上好十"
        and not _BEFORE.search(match.string, max(0, match.start() - 6), match.start())
    ):
        # 百家, 千人, 万元: a bare magnitude is no figure, unless it is money over a line (亿元以上).
        return None
    approximate = bool(match["cn_vague"]) or any(char in VAGUE for char in number)
    value = parse_numeral(number)
    top = None
    pair = _PAIR.search(number)
    if pair and pair[0] not in ("一〇",):
        low = number[: pair.start() + 1] + number[pair.end() :]
        high = number[: pair.start()] + number[pair.end() - 1 :]
        value, top = parse_numeral(low), parse_numeral(high)
        approximate = True
    factor = unit.factor if unit else Decimal(1)
    return Atom(
        match.start(),
        match.end(),
        value * factor,
        unit,
        unit_text,
        Decimal(1),
        approximate,
        spoken=True,
        top=top * factor if top is not None else None,
    )


_PAIR = re.compile(
    r"(?<![一二两三四五六七八九])(?:一二|二三|两三|三四|三五|四五|五六|六七|七八|八九)(?![一二三四五六七八九点])"
)
_YEAR_ALONE = re.compile(r"(?:19|20)[0-9]{2}\Z")


def _skip_plain(atom: Atom, match: re.Match[str], text: str, bounded: bool) -> bool:
    """Whether an Arabic figure without unit and magnitude is no quantity."""
    number = match["number"]
    start, end = atom.start, atom.end
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    if before.isascii() and (before.isalpha() or before in "_/\\#@") and before:
        return True
    if after.isascii() and (after.isalpha() or after in "_@\\"):
        return True
    if before == "-" and start > 1 and (text[start - 2].isalnum()):
        return True
    if len(number) >= 7 and number.isdigit():
        return True
    if bounded:
        return False
    if _YEAR_ALONE.match(number):
        return True
    if before in "〔[【" and before:
        return True
    if (before == "(" or before == "（") and _CLOSE_AFTER.match(text, end):
        return number.isdigit()
    if before == "“" and after == "”":
        return True
    if "." in number and after and "一" <= after <= "鿿" and len(number) <= 5:
        return True
    if (
        number.isdigit()
        and len(number) <= 3
        and _LIST_NUMBER.match(text, end)
        and _ITEM_START.search(text, max(0, start - 4), start)
    ):
        return True
    return (
        text[max(0, start - 2) : start] in ("附件", "附表", "图表", "编号", "序号")
        or before in "图表注第附"
        and before != ""
    )


def _starts_item(text: str, start: int) -> bool:
    return _ITEM_START.search(text, max(0, start - 4), start) is not None


def _take_before(text: str, start: int, floor: int) -> tuple[int, Bound | None, bool, int]:
    """Bound words that end at ``start``: (where they start, bound, approximate, where change words may end)."""
    bound: Bound | None = None
    approximate = False
    first = start
    limit = max(floor, start - _BEFORE_CHARS)
    cursor = start
    for _ in range(2):
        found = _BEFORE.search(text, limit, cursor)
        if not found:
            break
        word = _BEFORE_WORDS[found["word"]]
        if word.bound == "about":
            approximate = True
        if word.in_text:
            first = found.start()
            if bound is None or bound == "about":
                bound = word.bound  # type: ignore[assignment]
        elif bound is None:
            bound = word.bound  # type: ignore[assignment]
        cursor = found.start()
        if not word.in_text:
            break
    return first, bound, approximate, cursor


_BEFORE = patterns.before_pattern()
_BEFORE_WORDS = patterns.bound_words("before")
_BEFORE_LAST = frozenset(word[-1] for word in _BEFORE_WORDS)
_AFTER = patterns.after_pattern()
_AFTER_WORDS = patterns.bound_words("after")
_AFTER_FIRST = frozenset(word[0] for word in _AFTER_WORDS) | frozenset(" \t\n\r")
_CHANGE = patterns.change_pattern()


def find_quantities(text: str, *, year: int | None = None) -> list[Quantity]:
    """Every quantity of a text, in order; offsets count into ``text`` as given.

    ``year`` is the year a report speaks of: periods told without one (1-11月, 上半年, 去年) are
    resolved against it.
    """
    folded = fold(text)
    atoms, periods = _atoms(folded)
    found = _compose(text, folded, atoms)
    return found


def _atoms(text: str) -> tuple[list[Atom], list[tuple[int, int]]]:
    atoms: list[Atom] = []
    dates: list[tuple[int, int]] = []
    anchor, master = patterns.anchor(), patterns.master()
    position = 0
    search, match_at = anchor.search, master.match
    while True:
        here = search(text, position)
        if here is None:
            return atoms, dates
        at = here.start()
        match = match_at(text, at)
        if match is None:
            position = at + 1
            continue
        kind = match.lastgroup
        position = max(match.end(), at + 1)
        if kind == "date":
            dates.append(match.span())
        elif kind == "part":
            atom = _part(match)
            if atom:
                atoms.append(atom)
        elif kind == "rank":
            atom = _rank(match, text)
            if atom:
                atoms.append(atom)
        elif kind == "figure":
            atom = _arabic(match, text)
            if atom is None:
                continue
            number = match["number"]
            if (
                atom.unit is not None
                and atom.unit.whole
                and not match["scale"]
                and "." in number
                and _starts_item(text, at)
            ):
                # "2.48个平台" at the start of an item is item 2 with 48个.
                position = at + number.index(".") + 1
                continue
            if "." in number and _starts_item(text, at) and _DATE_AFTER.match(text, at + number.index(".") + 1):
                # "2.1-12月份" is item 2, and 1.2023年 item 1.
                position = at + number.index(".") + 1
                continue
            if (
                atom.unit is not None
                and at
                and text[at - 1].isascii()
                and text[at - 1].isalpha()
                and atom.unit.kind == "count"
            ):
                continue
            if atom.unit is not None and atom.unit.word == "年" and "." not in number and not _is_duration(match, text):
                continue
            if atom.unit is None and not atom.unit_text and not match["scale"] and not match["vague"]:
                if _is_open(text, atom):
                    continue
                touching = bool(
                    at and text[at - 1] in _BEFORE_LAST and _BEFORE.search(text, max(0, at - 12), at)
                ) or bool(_AFTER.match(text, atom.end))
                if _skip_plain(atom, match, text, touching):
                    continue
            atoms.append(atom)
        elif kind == "chinese":
            atom = _spoken(match)
            if atom is None:
                position = at + 1
                continue
            if atom.unit is not None and atom.unit.kind == "duration" and atom.unit.word == "年":
                continue
            atoms.append(atom)


_DATE_AFTER = re.compile(patterns.DATE)


def _is_open(text: str, atom: Atom) -> bool:
    return False


_DURATION_BEFORE = re.compile(
    r"(?:用|历时|为期|连续|提前|延长|缩短|满|工期|年限|期限|寿命|存续|长达|再用|再干|有效期|周期)(?:了|为|约|至|到)?[ \t]*\Z"
)
_DURATION_AFTER = re.compile(r"[ \t]*(?:以上|以内|以下|及以上|左右|期(?!间)|内|之内|免租|质保|时间)")


def _is_duration(match: re.Match[str], text: str) -> bool:
    start, end = match.start(), match.end()
    return bool(
        _DURATION_BEFORE.search(text, max(0, start - 8), start)
        or _DURATION_AFTER.match(text, end)
        or _BEFORE.search(text, max(0, start - 8), start)
    )


def _part(match: re.Match[str]) -> Atom | None:
    below, above = match["below"], match["above"]
    if len(above) > MAX_DIGITS or len(below) > MAX_DIGITS:
        return None
    value = parse_numeral(above)
    percent = {"百": "%", "千": "‰", "万": "‱"}.get(below)
    if percent:
        return Atom(match.start(), match.end(), value, lookup(percent), percent, Decimal(1), False, spoken=True)
    whole = parse_numeral(below)
    if not whole:
        return None
    ratio = lookup("%")
    unit = replace(ratio, name="") if ratio else None
    return Atom(match.start(), match.end(), value / whole, unit, "", Decimal(1), False, spoken=True)


_RANK_UNIT = Unit(
    "位", "位", "rank", "rank", __import__("fractions").Fraction(1), Decimal(1), True, False, "", False, True
)


def _rank(match: re.Match[str], text: str) -> Atom | None:
    if len(match["place"]) > MAX_DIGITS:
        return None
    unit_text = match["place_unit"]
    after = text[match.end() : match.end() + 1]
    if not unit_text and after and (after.isalnum() or after in "“《"):
        return None
    unit = replace(_RANK_UNIT, name=unit_text)
    return Atom(match.start(), match.end(), parse_numeral(match["place"]), unit, unit_text, Decimal(1), False)


def _compose(raw: str, text: str, atoms: list[Atom]) -> list[Quantity]:
    found: list[Quantity] = []
    index = 0
    floor = 0
    count = len(atoms)
    _share_units(text, atoms)
    while index < count:
        atom = atoms[index]
        low, high = atom.value, atom.value
        end = atom.end
        bound: Bound | None = None
        last = atom
        approximate = atom.approximate
        start = atom.start
        if atom.top is not None:
            bound, high = "range", atom.top
        if start and text[start - 1] == "-" and _is_minus(text, start, floor) and not atom.spoken:
            start -= 1
            low = high = -low
        if index + 1 < count:
            other = atoms[index + 1]
            if _is_range(text, atom, other):
                scale = Decimal(1)
                if (
                    not atom.unit_text
                    and atom.scaled == 1
                    and other.scaled != 1
                    and atom.value < other.value / other.scaled
                ):
                    scale = other.scaled
                factor = other.unit.factor if other.unit and not atom.unit else Decimal(1)
                low, high = atom.value * scale * factor, other.value
                bound, last, end = "range", other, other.end
                approximate = approximate or other.approximate
                index += 1
        number_start, number_end = start, end
        change: Change | None = None
        change_end = start
        if start > floor and text[start - 1] in _BEFORE_SPACE:
            first, word, about, change_end = _take_before(text, start, floor)
            start = first
            approximate = approximate or about
            if word is not None and bound is None:
                bound = word
        if end < len(text) and text[end] in _AFTER_FIRST:
            after = _AFTER.match(text, end)
            if after:
                rule = _AFTER_WORDS[after["word"]]
                kind = last.unit.kind if last.unit else unit_kind(last.unit_text)
                if not rule.kinds or kind in rule.kinds:
                    end = after.end()
                    if rule.bound == "about":
                        approximate = True
                        if bound is None or (bound == "at_most" and start == number_start):
                            bound = "about"
                    elif bound is None or bound == "about" or (bound == "at_most" and start == number_start):
                        bound = rule.bound  # type: ignore[assignment]
        word_found = _CHANGE.search(text, max(floor, change_end - 8), change_end)
        if word_found:
            change = word_found.lastgroup  # type: ignore[assignment]
        name = last.name
        kind = last.unit.kind if last.unit else unit_kind(last.unit_text)
        if bound == "range" and low is not None and high is not None and low > high:
            low, high = high, low
        found.append(
            Quantity(
                text=raw[start:end],
                start=start,
                end=end,
                low=None if bound == "at_most" else low,
                high=None if bound == "at_least" else high,
                unit=name,
                kind=kind,
                bound=bound,
                approximate=approximate,
                change=change,
                number_start=number_start,
                number_end=number_end,
                part_of_name=bool(_NAME_AFTER.match(text, end)) and kind != "count",
            )
        )
        floor = end
        index += 1
    return found


_BEFORE_SPACE = _BEFORE_LAST | frozenset(" \t\n\r")


def _is_minus(text: str, start: int, floor: int) -> bool:
    before = text[start - 2] if start >= 2 else ""
    return start - 1 >= floor and not (before.isalnum() or before in ")）%‰-—℃" and before != "")


def _is_range(text: str, atom: Atom, other: Atom) -> bool:
    gap = other.start - atom.end
    if gap < 1 or gap > 6 or atom.top is not None or atom.spoken != other.spoken:
        return False
    if not _SEPARATOR.match(text, atom.end, other.start):
        return False
    return not atom.unit_text or atom.name == other.name or not other.unit_text


def _share_units(text: str, atoms: list[Atom]) -> None:
    """A unit printed once behind a list reaches every figure of it: 分别为120、80家."""
    for index in range(len(atoms) - 2, -1, -1):
        atom, other = atoms[index], atoms[index + 1]
        if atom.unit_text or not other.unit_text or atom.scaled != 1:
            continue
        if other.start - atom.end > 4 or not _LIST.match(text, atom.end, other.start):
            continue
        atom.unit, atom.unit_text = other.unit, other.unit_text
        if other.scaled != 1:
            atom.value *= other.scaled
            atom.scaled = other.scaled


def find_periods(text: str, *, year: int | None = None) -> list[Period]:
    """Every period expression of a text, in order."""
    return []
