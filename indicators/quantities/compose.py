"""Puts atoms together: shared units, sums of units, ranges, bounds, change words."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from indicators import rulebook
from indicators.quantities import patterns
from indicators.quantities.atom import Atom, is_word, tidy, unit_of
from indicators.quantities.naming import goes_on, is_in_name
from indicators.quantities.patterns import squeeze
from indicators.quantities.plain import give_unit, is_code, is_plain_quantity, take_heading
from indicators.quantities.units import unit_kind
from indicators.schema.quantity import Bound, Change, Period, Quantity

_BEFORE_CHARS = 14
_FAR_CHARS = 18
_SEPARATOR = re.compile(patterns.SPACE + r"(?:-{1,2}|—{1,2}|~{1,2}|至|到)" + patterns.SPACE + r"\Z")
_LIST = re.compile(patterns.SPACE + "[、和与及]" + patterns.SPACE + r"\Z")
_AND_TO_BETWEEN = re.compile(patterns.SPACE + "[和与到至]" + patterns.SPACE + r"\Z")
_BETWEEN_AFTER = re.compile(r"[ \t]*之?间")
_PREFIXES = {word: rule for rule in rulebook.load("contexts")["prefix"] for word in rule["words"]}
_PREFIX = re.compile(f"(?P<word>{patterns.trie(_PREFIXES)})[ \\t]*\\Z")
_PREFIX_LAST = frozenset(word[-1] for word in _PREFIXES)
_ORIGIN = re.compile(r"[由从自](?:[^，。；,;0-9]|(?:19|20)[0-9]{2}年){0,10}\Z")
_BEFORE = patterns.before_pattern()
_FAR = patterns.far_before_pattern()
_BEFORE_WORDS = patterns.bound_words("before")
_BEFORE_LAST = frozenset(word[-1] for word in _BEFORE_WORDS) | frozenset("了为有是")
_FAR_FIRST = re.compile("[不至最超高低大小突控未]")
_AFTER = patterns.after_pattern()
_AFTER_WORDS = patterns.bound_words("after")
_AFTER_FIRST = frozenset(word[0] for word in _AFTER_WORDS) | frozenset(" \t\n\r")
_CHANGE = patterns.change_pattern()
_CHANGES: dict[str, Change] = {"up": "up", "down": "down", "to": "to"}
_CHANGE_LAST = frozenset(word[-1] for word in patterns.change_words()) | frozenset("了约近超为")
_AND = ("、", "和", "及", "与")
_BLANKS = frozenset(" \t\r\n")
_MINUS_BEFORE = frozenset(")）%‰-—~℃”.")


def share_units(text: str, atoms: list[Atom]) -> None:
    """A unit printed once behind a list reaches every figure of it: 分别为120、80家."""
    for index in range(len(atoms) - 2, -1, -1):
        atom, other = atoms[index], atoms[index + 1]
        if not atom.plain or other.plain or other.start - atom.end > 4 or atom.spoken or other.unit_text == "":
            continue
        if other.unit is not None and other.unit.kind == "rank":
            continue
        if _LIST.match(text, atom.end, other.start) and not is_code(text, atom) and _may_share(text, atom):
            give_unit(atom, other.scaled if not other.bare else Decimal(1), other.unit_text)


def _may_share(text: str, atom: Atom) -> bool:
    # At an item's start "3、5个…" is list number 3.
    before = text[atom.start - 1 : atom.start]
    return is_word(before) or before in ("、", "和", "与", "及", ":") or len(atom.digits) > 2


def add_parts(text: str, atoms: list[Atom]) -> list[Atom]:
    """Sums of one quantity told in two or three units: 123元1角1分, 3斤5两, 1小时30分, 兩年零三個月."""
    out: list[Atom] = []
    for atom in atoms:
        last = out[-1] if out else None
        if last is not None and last.unit is not None and atom.start - last.end <= 1:
            joined = _part_of(text, last, atom)
            if joined is not None:
                last.value, last.end = last.value + joined, atom.end
                continue
        out.append(atom)
    return out


_SMALLER = {
    ("money.cny", "分"): Decimal("0.01"),
    ("money.cny", "毛"): Decimal("0.1"),
    ("duration.seconds", "分"): Decimal(60),
    ("mass", "两"): Decimal("0.00005"),
    ("length", "分"): Decimal("0.001"),
}


def _part_of(text: str, last: Atom, atom: Atom) -> Decimal | None:
    """What ``atom`` adds to ``last``, in the unit of ``last``."""
    between = text[last.end : atom.start]
    if between not in ("", "零", "又", " ") or last.unit is None or atom.unit is None:
        return None
    if last.unit.word == "块" and atom.unit.word in ("毛", "角", "分"):
        last.unit, last.unit_text = unit_of("元")
    elif last.unit.word == "分" and atom.unit.word in ("秒", "秒钟"):
        last.unit, last.unit_text = unit_of("分钟")
    if last.unit is None:
        return None
    small = _SMALLER.get((last.unit.group, atom.unit.word))
    if small is None:
        if atom.unit.group != last.unit.group or last.unit.kind in ("count", "ratio", "points"):
            return None
        if atom.unit.scale >= last.unit.scale:
            return None
        small = Decimal(atom.unit.scale.numerator) / Decimal(atom.unit.scale.denominator)
    base = Decimal(last.unit.scale.numerator) / Decimal(last.unit.scale.denominator)
    added = atom.value * small / base
    return added if added < 1 or last.scaled != 1 else None


def _sign(text: str, start: int, floor: int) -> int:
    """Where the minus or 负 of a figure stands, -1 where it has none (减负18亿元, 2022-12, C-3)."""
    place = start - 1
    while place > floor and text[place] == " " and start - place < 4:
        place -= 1
    if place < floor or text[place] not in "-负" or (text[place] == "-" and place < start - 1 and place > 0):
        return -1
    before = text[place - 1 : place] if place else ""
    if before and before not in "降速幅长率为达至到是比值约温" and (before.isalnum() or before in _MINUS_BEFORE):
        return -1
    return place


def _range_with(text: str, atom: Atom, other: Atom) -> bool:
    gap = other.start - atom.end
    if gap < 1 or gap > 6 or atom.top is not None or other.top is not None or atom.bare or other.bare:
        return False
    if atom.unit_text and other.unit_text and atom.name != other.name:
        return False
    if atom.unit_text and not other.unit_text and not other.plain:
        return False
    if _SEPARATOR.match(text, atom.end, other.start):
        return True
    if _BETWEEN_AFTER.match(text, other.end):
        return _AND_TO_BETWEEN.match(text, atom.end, other.start) is not None
    return False


def _neighbours(text: str, atom: Atom, other: Atom) -> bool:
    """2、3个 is two or three of them."""
    return (
        other.value == atom.value + 1
        and other.value < 10
        and text[atom.end : other.start] == "、"
        and other.digits.isdigit()
        and len(atom.digits) == 1
    )


def _last_char(text: str, end: int, floor: int) -> str:
    """The last character before ``end`` that is no blank; "" where there is none near."""
    for index in range(end - 1, max(floor, end - 8) - 1, -1):
        if text[index] not in _BLANKS:
            return text[index]
    return ""


def _take_before(text: str, start: int, floor: int) -> tuple[int, Bound | None, bool, int]:
    """Bound words that end at ``start``: where they start, the bound, whether about, where change words end."""
    bound: Bound | None = None
    about = False
    first = cursor = start
    for _ in range(2):
        found = _BEFORE.search(text, max(floor, cursor - _BEFORE_CHARS), cursor)
        if not found:
            break
        rule = _BEFORE_WORDS[squeeze(found["word"])]
        about = about or rule.bound == "about"
        cursor = found.start()
        if rule.in_text:
            first = cursor
        if bound is None or bound == "about":
            bound = rule.bound
        if not rule.in_text:
            break
    return first, bound, about, cursor


def _take_prefix(text: str, atom: Atom, floor: int) -> int:
    """人民币50元, ￥300, 华氏98.6度: where the figure starts with what tells its unit before it."""
    match = _PREFIX.search(text, max(floor, atom.start - 8), atom.start)
    if not match:
        return atom.start
    word, rule = match["word"], _PREFIXES[match["word"]]
    if rule.get("degrees"):
        if atom.unit is not None and atom.unit.word not in ("度", "°"):
            return atom.start
        atom.unit, atom.unit_text = unit_of(rule["unit"])
        atom.plain = False
        return match.start()
    if atom.unit_text in ("", rule["unit"]):
        atom.unit, atom.unit_text = unit_of(rule["unit"])
        atom.plain = False
        # A symbol belongs to the figure, a word before it stays outside.
        return match.start() if not "一" <= word[0] <= "鿿" else atom.start
    return atom.start


def compose(raw: str, text: str, atoms: list[Atom], period_at: Callable[[int], Period | None]) -> list[Quantity]:
    """The quantities of a folded text's atoms; ``raw`` gives the words as printed."""
    share_units(text, atoms)
    atoms = add_parts(text, atoms)
    found: list[Quantity] = []
    index, floor, count = 0, 0, len(atoms)
    while index < count:
        atom = atoms[index]
        index += 1
        other = atoms[index] if index < count else None
        last = atom
        start = atom.start
        ranged = other is not None and (_range_with(text, atom, other) or _neighbours(text, atom, other))
        if atom.plain and not (ranged and other is not None and not other.plain) and is_code(text, atom):
            continue
        if _last_char(text, start, floor) in _PREFIX_LAST:
            start = _take_prefix(text, atom, floor)
        if atom.plain:
            take_heading(text, atom)
        low: Decimal = atom.value
        high: Decimal = atom.value
        bound: Bound | None = None
        approximate = atom.approximate
        negative = False
        sign = _sign(text, start, floor)
        if sign >= 0 and not (atom.spoken and text[sign] == "-"):
            negative = True
            start = sign
            low = high = -low
        if atom.top is not None:
            bound, high = "range", atom.top
        if ranged and other is not None and not (other.plain and is_code(text, other)):
            low, high = _ends(atom, other)
            low = -low if negative and low > 0 else low
            bound, last = "range", other
            approximate = approximate or other.approximate or text[atom.end : other.start] == "、"
            index += 1
        end = last.end
        number_start, number_end = start, end
        if last is not atom:
            between = _BETWEEN_AFTER.match(text, end)
            end = between.end() if between else end
        change_end = start
        is_rank = last.unit is not None and last.unit.kind == "rank"
        if is_rank and atom.digits == "前":
            bound = "at_most"
        word: Bound | None = None
        if start > floor and not is_rank:
            if _last_char(text, start, floor) in _BEFORE_LAST:
                start, word, about, change_end = _take_before(text, start, floor)
                approximate = approximate or about
            bound = word if bound is None else bound
        kind = last.unit.kind if last.unit is not None else unit_kind(last.unit_text)
        if end < len(text) and text[end] in _AFTER_FIRST and not is_rank:
            behind = _AFTER.match(text, end)
            if behind:
                rule = _AFTER_WORDS[squeeze(behind["word"])]
                if not rule.kinds or kind in rule.kinds:
                    end = behind.end()
                    touching = start != number_start
                    if rule.bound == "about":
                        approximate = True
                        bound = "about" if bound is None or (not touching and bound == "at_most") else bound
                    elif bound in (None, "about") or (bound == "at_most" and not touching):
                        bound = rule.bound
        if atom.weak and bound is None and not (ranged and not last.plain):
            continue
        if last.plain and atom.plain and bound is None and not is_plain_quantity(text, last):
            continue
        if last.plain and atom.plain and bound == "range" and not _plain_range(text, atom, last):
            continue
        if bound is None and start > floor and kind != "rank":
            bound = _far_bound(text, start, floor)
        change: Change | None = None
        period = period_at(start)
        brought = False
        if period is not None and 0 <= change_end - period.end <= 1 and period.text[0] in "到至":
            # 提高到2025年的45%: the period stands between the change word and the figure.
            change_end, brought = period.start, True
        changed = None
        if _last_char(text, change_end, floor) in _CHANGE_LAST:
            changed = _CHANGE.search(text, max(floor, change_end - 8), change_end)
        if changed:
            change = _CHANGES[changed.lastgroup or ""]
            change = "to" if brought else change
        elif last.unit_text == "倍" and text.startswith("翻", atom.start):
            change = "up"
        elif found and text[found[-1].end : start] in _AND and found[-1].unit == last.name:
            change = found[-1].change  # 分别增长5.1%、5.5%
        if bound == "range" and low > high:
            low, high = high, low
        name = last.name or atom.name
        origin = None
        if change == "to" or brought or (found and text[change_end - 1 : change_end] in ("到", "至", "为", "达")):
            origin = _origin(text, found, start, name)
            change = "to" if origin is not None else change
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
                origin=origin,
                period=period,
                number_start=number_start,
                number_end=number_end,
                part_of_name=is_in_name(text, number_start, number_end, end, kind, bound, atom)
                or goes_on(text, found, number_start, end),
            )
        )
        floor = end
    return found


def _ends(atom: Atom, other: Atom) -> tuple[Decimal, Decimal]:
    """Both ends of a range, the magnitude printed once given to both where that makes sense."""
    low = atom.value
    if not atom.unit_text:
        factor = other.unit.factor if other.unit is not None else Decimal(1)
        low *= factor
        if atom.scaled == 1 and other.scaled != 1 and low < other.value / other.scaled:
            low = tidy(low * other.scaled)
    elif not other.unit_text and atom.unit is not None:
        return low, other.value * atom.unit.factor
    return low, other.value


def _plain_range(text: str, atom: Atom, last: Atom) -> bool:
    """10-20 alone is a range; 2019-2021 and 3-4 in a code are none."""
    if len(atom.digits) == 4 and len(last.digits) == 4 and atom.digits[:2] in ("19", "20"):
        return False
    if _BETWEEN_AFTER.match(text, last.end):
        return True
    after = text[last.end : last.end + 1]
    return not ("一" <= after <= "鿿") or after == "的"


def _far_bound(text: str, start: int, floor: int) -> Bound | None:
    window = max(floor, start - _FAR_CHARS)
    if not _FAR_FIRST.search(text, window, start):
        return None
    match = _FAR.search(text, window, start)
    if not match:
        return None
    return _BEFORE_WORDS[match["word"]].bound


def _origin(text: str, found: list[Quantity], start: int, unit: str) -> Decimal | None:
    """From where a figure was brought here: the 5 of 由5%降至3%."""
    if not found:
        return None
    earlier = found[-1]
    if (earlier.unit not in (unit, "") and unit != "") or start - earlier.end > 16:
        return None
    if re.search(r"[。；;\n]", text[earlier.end : start]):
        return None
    return earlier.value if _ORIGIN.search(text, max(0, earlier.start - 16), earlier.start) else None
