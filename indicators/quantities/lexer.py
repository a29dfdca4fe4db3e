"""Cuts a folded text into atoms: one pass over everything that may start a figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from indicators.quantities import patterns
from indicators.quantities.atom import MAX_DIGITS, Atom, is_duration, measure, starts_item, tidy
from indicators.quantities.numerals import SCALES, VAGUE, parse_numeral
from indicators.quantities.patterns import squeeze
from indicators.quantities.shares import bar_atom, fixed_atom, part_atom, rank_atom
from indicators.quantities.spoken import cut_at_blank, spoken_atom
from indicators.quantities.units import lookup
from indicators.quantities.years import YEAR
from indicators.schema.quantity import Period

_DATE_AFTER = re.compile(
    rf"{YEAR}[ \t]*(?:[-~—至到][ \t]*{YEAR}[ \t]*)?年"
    r"|(?:1[0-2]|0?[1-9])[ \t]*(?:[-~—至到][ \t]*(?:1[0-2]|[1-9])[ \t]*)?月"
)


def atoms_of(text: str, periods: Sequence[Period]) -> list[Atom]:
    """Every figure of a folded text, the periods and the names with figures in them passed over."""
    atoms: list[Atom] = []
    search, match_at = patterns.anchor().search, patterns.master().match
    spans = [(period.start, period.end) for period in periods]
    spans.append((len(text), len(text)))
    next_start, next_end = spans[0]
    index = position = 0
    while here := search(text, position):
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
        atom, position = _figure(match, text)
        if atom is not None:
            atoms.append(atom)
    return atoms


def _figure(match: re.Match[str], text: str) -> tuple[Atom | None, int]:
    """The figure that was matched, ``None`` where it is none after all, and the place to go on from."""
    kind, end = match.lastgroup, max(match.end(), match.start() + 1)
    if kind == "arabic":
        behind = _list_number(match, text)
        return (None, behind) if behind else (_arabic(match, text), end)
    if kind == "spoken":
        return _spoken(match, text)
    if kind == "part":
        return part_atom(match), end
    if kind == "bar":
        return bar_atom(match, text), end
    if kind == "rank":
        atom = rank_atom(match, text)
        return atom, end if atom else match.start() + 1
    return (fixed_atom(match) if kind == "fixed" else None), end


def _spoken(match: re.Match[str], text: str) -> tuple[Atom | None, int]:
    """A figure in Chinese characters, and the place to go on from."""
    at = match.start()
    cut = cut_at_blank(match)
    if cut:
        # 十几万 二百三十万: two figures that only a blank parts.
        return spoken_atom(patterns.master().match(text, at, cut) or match, text), cut
    atom = spoken_atom(match, text)
    if atom is not None:
        return atom, max(match.end(), at + 1)
    # 大陆一百家: the first character may belong to a word before the figure.
    return None, at + 1 if text[at] in "陆伍拾肆" else max(at + 1, match.end("cn_number"))


_LISTED = re.compile(r"[0-9]个、[ \t]*\Z")
"""What goes on with a list of figures is no list number: 快8.7个、15.2个和24.1个百分点."""


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
    listed = bool(_LISTED.search(text, max(0, match.start() - 4), match.start()))
    if unit is None or not unit.whole or number[point + 1] == "0" or listed or not starts_item(text, match.start()):
        return 0
    return behind if _counts_on(text, match.start(), match.end(), int(number[:point])) else 0


_MID_LINE = frozenset("：:，,（(")
"""Marks behind which a list number stands only beside its neighbour in the list."""
_NEAR = 400
"""Characters in which that neighbour is looked for."""


def _counts_on(text: str, start: int, end: int, number: int) -> bool:
    """Whether a list could have this number here: 结果：10.8件 stands beside no 9, and 10.8件 alone is no list."""
    before = text[max(0, start - _NEAR) : start].rstrip(" \t")
    behind = text[end : end + _NEAR]
    if not before:
        return bool(behind.strip())
    if before[-1] not in _MID_LINE:
        return True
    if number == 1:
        return re.search(r"(?<![0-9])2[.．、]", behind) is not None
    return re.search(rf"(?<![0-9.]){number - 1}[.．、]", before) is not None


def _arabic(match: re.Match[str], text: str) -> Atom | None:
    number, scale, more = match["number"], match["scale"], match["more"]
    if len(number) > MAX_DIGITS:
        return None
    start, end = match.start(), match.end()
    unit, unit_text, half, more_than = measure(match, "")
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
        before = text[start - 1 : start]
        if unit.kind in ("count", "duration", "data") and before.isascii() and before.isalpha():
            return None  # C919架, T3级: the figure belongs to the name
        if unit.arabic_only and len(number) > 6 and number.isdigit() and not scale:
            return None  # a telephone and the office it is of: 5550123市城管局
        measured = "." in number or bool(scale) or bool(half) or more_than
        if unit.word == "年" and not measured and not is_duration(text, start, end, len(number)):
            return None
    if start and text[start - 1] == "." and (start == 1 or not (text[start - 2].isalnum() or text[start - 2] in "._")):
        start, value = start - 1, value.scaleb(-len(number.partition(".")[0]))  # .5 is 0.5
    plain = not unit_text and not scale and not match["vague"]
    return Atom(start, end, value, unit, unit_text, scaled, approximate, plain=plain, digits=number)
