"""Decides on figures without a unit: quantity, or list number, code, year, page, telephone."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from indicators.quantities.atom import Atom, starts_item, tidy, unit_of
from indicators.quantities.numerals import SCALES
from indicators.quantities.patterns import SCALE, any_of
from indicators.quantities.units import registry
from indicators.quantities.years import YEAR

_YEAR = re.compile(rf"{YEAR}\Z")
_LIST_MARK = re.compile(r"[ \t]*(?:[.、)）](?![0-9])|、(?=[一-鿿]))")
_NOUN = re.compile(r"[ \t]*(?:多|余)?(?:个)?" + any_of("plain", "noun"))
_CUE_OF_PROMISE = re.compile(any_of("plain", "promised") + r"[为是:：]?[ \t]*\Z")
_CUE = re.compile(any_of("plain", "cue") + r"[ \t]*\Z")
_ANSWERED = re.compile(any_of("plain", "answered"))
_STRONG_CUE = re.compile(any_of("plain", "strong") + r"[ \t]*\Z")
_PAGE_BEFORE = re.compile(r"[-—][ \t]*\Z")
_PAGE_AFTER = re.compile(r"[ \t]*[-—](?![0-9])")
_TITLE_NEXT = re.compile(r"[ \t]+[一-鿿]")
_FIGURE_NEXT = re.compile(r"[ \t]+[0-9]")
_TO_AFTER = re.compile(any_of("plain", "moved"))
_REFERENCE = re.compile(any_of("plain", "reference") + r"[ \t:：]*\Z")
_FIGURES_ONLY = re.compile(r"(?:[+-]?[0-9][0-9.,]*[\s;；，、]+)+[+-]?[0-9][0-9.,]*")
_REMARKED = re.compile(r"[0-9][0-9.,]*[ \t]*\([^()]+\)")
_WINDOW = 16
_SIGNS = " \t\r\n-+负"


@cache
def _brackets(name: str) -> re.Pattern[str]:
    """Where a unit is printed apart from its figures. Compiled on first use: most texts have none."""
    words = sorted(registry(), key=len, reverse=True)
    printed = rf"(?P<scale>(?:{SCALE}){{0,3}})(?P<unit>(?:{'|'.join(map(re.escape, words))})(?:/[一-鿿]{{1,5}})?)"
    patterns = {
        "before": rf"[(（](?:单位[:：])?[ \t]*(?:{printed}|(?P<only>[十百千万亿]{{1,3}}))[ \t]*[)）]"
        r"[ \t]*(?:[:：|为是达]|达到)?[ \t]*\Z",
        "heading": rf"(?:[(（\[【/]|(?:计量)?单位[:：]?|\A)[ \t]*(?:单位[:：])?[ \t]*"
        rf"(?:{printed}|(?P<only>[十百千万亿]{{1,3}}))[ \t]*(?:[)）\]】,，;；]|\Z)",
        "stated": rf"单位[ \t]*[:：]?[ \t]*{printed}(?=[ \t\n)）,，;；|]|\Z)",
    }
    return re.compile(patterns[name])


def heading_unit(heading: str) -> tuple[Decimal, str] | None:
    """Magnitude and unit that a column's heading prints: ``资金(万元)`` gives ``(10000, "元")``.

    ``None`` where it prints none. The heading must be folded text or plain half-width.
    """
    found = None
    for match in _brackets("heading").finditer(heading):
        found = _worth(match["scale"] or match["only"]), unit_of(match["unit"])[1]
    return found


def stated_units(text: str) -> list[tuple[int, Decimal, str]]:
    """Where a text says 单位：万元, with magnitude and unit; they reach every plain figure behind."""
    if "单位" not in text:
        return []
    return [
        (match.end(), _worth(match["scale"]), unit_of(match["unit"])[1]) for match in _brackets("stated").finditer(text)
    ]


def _worth(scale: str | None) -> Decimal:
    worth = Decimal(1)
    for char in scale or "":
        worth *= SCALES.get(char, 1)
    return worth


def take_heading(text: str, atom: Atom) -> bool:
    """Gives the atom the unit that stands in brackets right before it (发行总额（亿）10.00)."""
    if atom.start == 0 or text[max(0, atom.start - _WINDOW) : atom.start].find(")") < 0:
        return False
    match = _brackets("before").search(text, max(0, atom.start - _WINDOW), atom.start)
    if not match:
        return False
    give_unit(atom, _worth(match["scale"] or match["only"]), match["unit"] or "")
    return True


def give_unit(atom: Atom, scale: Decimal, unit: str) -> None:
    """Multiplies the printed figure out by a magnitude and unit printed elsewhere."""
    atom.unit, atom.unit_text = unit_of(unit)
    factor = atom.unit.factor if atom.unit is not None else Decimal(1)
    if scale * factor != 1:
        atom.value = tidy(atom.value * scale * factor)
    atom.scaled = scale
    atom.plain = False


def is_code(text: str, atom: Atom, *, ends_range: bool = False) -> bool:
    """A figure that belongs to a code, a name or a longer string, whatever stands around it.

    The dash before the second figure of a range is no sign of a code.
    """
    start, end = atom.start, atom.end
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and ((before.isascii() and before.isalpha()) or before in "_/\\#@+*×^〔["):
        return True
    if after and ((after.isascii() and after.isalpha()) or after in "_@\\#×*^〕]"):
        return True
    if after == "/" and text[end + 1 : end + 2].isalnum():
        return True
    if _PAGE_BEFORE.search(text, max(0, start - 3), start) and _PAGE_AFTER.match(text, end):
        return True
    if ends_range and after == "-" and text[end + 1 : end + 2].isdigit():
        return True  # 12-34-56
    if before == "-" and not ends_range and (start < 2 or text[start - 2].isalnum() or text[end : end + 1] == "-"):
        return start >= 2 or after == "-"
    if after == "-" and text[end + 1 : end + 2].isascii() and text[end + 1 : end + 2].isalpha():
        return True
    if (
        after == "."
        and not text[end + 1 : end + 2].isdigit()
        and atom.digits.isdigit()
        and text[end + 1 : end + 2].strip()
    ):
        return True  # 3.加强…: a list number even right behind a word
    if len(atom.digits) < 7 or not atom.digits.isdigit() or text[start] == ".":
        return False
    # A telephone or an account, unless it stands alone and is round.
    return not (atom.digits.endswith("000") and text.strip(_SIGNS) == atom.digits)


def is_reference(text: str, start: int) -> bool:
    """Whether a word that refers or identifies stands before a figure (表3-1, 附件2)."""
    return _REFERENCE.search(text, max(0, start - 6), start) is not None


def is_plain_quantity(text: str, atom: Atom) -> bool:
    """Whether an unbounded figure without a unit is told as a quantity."""
    start, end, digits = atom.start, atom.end, atom.digits
    if len(text) <= 64 and text.strip(_SIGNS) == text[start:end]:
        return not _YEAR.match(digits)
    if _YEAR.match(digits):
        return False
    if len(text) <= 64 and _FIGURES_ONLY.fullmatch(text):
        return True
    if len(text) <= 64 and not text[:start].strip() and _REMARKED.fullmatch(text.strip()):
        return True  # 14(另有4个在施工): a cell's figure with a remark
    before, after = text[start - 1 : start], text[end : end + 1]
    if before == "“" or (before in ("(", "（", "【") and after in (")", "）", "】")):
        return False
    integer = digits.isdigit()
    if integer and _LIST_MARK.match(text, end) and (after == "." or starts_item(text, start)):
        return False
    if _CUE_OF_PROMISE.search(text, max(0, start - 4), start) and _ANSWERED.match(text, end):
        return True
    if is_reference(text, start):
        return False
    if after and "一" <= after <= "鿿":
        if _STRONG_CUE.search(text, max(0, start - 4), start):
            return True
        if before in ("从", "由", "自") and _TO_AFTER.match(text, end):
            return True
        if not integer:
            return False
        return bool(_NOUN.match(text, end)) and not starts_item(text, start)
    if integer and _FIGURE_NEXT.match(text, end):
        return False
    if _CUE.search(text, max(0, start - 4), start):
        return True
    if "," in digits:
        return True
    if integer:
        # A figure on its own between blanks is a table's: only its column can tell what it is.
        return bool(before) and "一" <= before <= "鿿" and bool(after) and after in "，。；！,;"
    if starts_item(text, start) and _TITLE_NEXT.match(text, end):
        return False  # 1.1 背景: a section number
    return not starts_item(text, start) or not after.strip() or after in "，。；"
