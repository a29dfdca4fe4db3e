"""Puts atoms together: units printed once for a list, sums told in two units, ranges."""

from __future__ import annotations

import re
from decimal import Decimal

from indicators.quantities import patterns
from indicators.quantities.atom import Atom, is_word, starts_item, tidy, unit_of
from indicators.quantities.plain import give_unit, is_code, is_reference

_SEPARATOR = re.compile(patterns.SPACE + r"(?:-{1,2}|—{1,2}|~{1,2}|至|到)" + patterns.SPACE + r"\Z")
_LIST = re.compile(patterns.SPACE + "[、和与及]" + patterns.SPACE + r"\Z")
_AND_TO_BETWEEN = re.compile(patterns.SPACE + "[和与到至]" + patterns.SPACE + r"\Z")
_BETWEEN_AFTER = re.compile(r"[ \t]*之?间")


def share_units(text: str, atoms: list[Atom]) -> None:
    """A unit printed once behind a list reaches every figure of it: 分别为120、80家."""
    for index in range(len(atoms) - 2, -1, -1):
        atom, other = atoms[index], atoms[index + 1]
        if atom.unit_text == "个" and other.kind == "points" and _LIST.match(text, atom.end, other.start):
            give_unit(atom, Decimal(1), other.unit_text)  # 快8.7个、15.2个和24.1个百分点
            continue
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
    """2、3个 is two or three of them; 2个、3家 are two figures."""
    return (
        text[atom.end - 1].isdigit()
        and other.value == atom.value + 1
        and other.value < 10
        and text[atom.end : other.start] == "、"
        and other.digits.isdigit()
        and len(atom.digits) == 1
    )


def ends(atom: Atom, other: Atom) -> tuple[Decimal, Decimal]:
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


def is_plain_range(text: str, atom: Atom, last: Atom) -> bool:
    """10-20 alone is a range; 2019-2021 and 3-4 in a code are none."""
    if len(atom.digits) == 4 and len(last.digits) == 4 and atom.digits[:2] in ("19", "20"):
        return False
    if _BETWEEN_AFTER.match(text, last.end):
        return True
    if is_reference(text, atom.start) or (starts_item(text, atom.start) and len(text) > 24):
        return False  # 3-1 at an item's start is a section
    after = text[last.end : last.end + 1]
    return not ("一" <= after <= "鿿") or after == "的"


def is_range(text: str, atom: Atom, other: Atom) -> bool:
    """Whether two neighbouring atoms are the ends of one range (2-3个, 5%到8%之间, 2、3个)."""
    return _range_with(text, atom, other) or _neighbours(text, atom, other)


def between_end(text: str, end: int) -> int:
    """Behind the 之间 of 5%到8%之间, else ``end``."""
    match = _BETWEEN_AFTER.match(text, end)
    return match.end() if match else end
