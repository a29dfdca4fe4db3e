"""The unit registry of ``rules/units.toml``: what a unit measures and which units compare."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from indicators import rulebook
from indicators.errors import UsageError


@dataclass(frozen=True, slots=True)
class Unit:
    """One spelling of a unit."""

    word: str
    name: str
    """The spelling that a quantity carries (％ and 百分比 are %)."""
    kind: str
    group: str
    scale: Fraction
    factor: Decimal
    whole: bool
    arabic_only: bool
    not_before: str
    generic: bool = False
    closed: bool = False


def _guard(told: list[str] | dict[str, str], word: str) -> str:
    if len(word) > 1:
        return ""
    return "|".join(told.get(word, "").split() if isinstance(told, dict) else told)


def _units(rule: dict[str, Any]) -> Iterable[Unit]:
    arabic_only = rule.get("arabic_only", [])
    for word in rule["words"]:
        bare = word[1:] if word[0] == "个" and word[1:] in rule["words"] else word
        group = f"{rule['group']}.{word}" if rule.get("each_its_own") else rule["group"]
        yield Unit(
            word=word,
            name=rule.get("canonical", bare),
            kind=rule["kind"],
            group=group,
            scale=Fraction(rule.get("scale", "1")),
            factor=Decimal(rule.get("factor", "1")),
            whole=rule.get("whole", False),
            arabic_only=arabic_only is True or word in arabic_only,
            # What may not follow guards the short words; a word of two characters is told by itself.
            not_before=_guard(rule.get("not_before", ()), word),
            generic=rule.get("generic", False),
            closed=rule.get("closed", False),
        )


@cache
def registry() -> dict[str, Unit]:
    """Every spelling of every unit; of two rules with one spelling the first counts."""
    found: dict[str, Unit] = {}
    for rule in rulebook.load("units")["unit"]:
        for unit in _units(rule):
            found.setdefault(unit.word, unit)
    return found


@lru_cache(maxsize=1024)
def lookup(unit: str) -> Unit | None:
    """The registry's entry for a printed unit; 台（套） and blanks are folded."""
    word = unit.replace("（", "(").replace("）", ")").replace("％", "%").replace(" ", "")
    return registry().get(word)


@lru_cache(maxsize=1024)
def unit_kind(unit: str) -> str:
    """The kind of a bare unit: ``count``, ``money``, ...; ``number`` for "" and ``other`` where unknown.

    A unit with a bar is a price (元/吨), else a rate (吨/年).
    """
    if not unit:
        return "number"
    known = lookup(unit)
    if known:
        return known.kind
    above, bar, below = unit.partition("/")
    if not bar:
        return "other"
    top = lookup(above)
    if top and top.kind == "money":
        return "price"
    bottom = lookup(below)
    if bottom and bottom.kind == "duration":
        return "rate_per_time"
    return "rate"


@lru_cache(maxsize=1024)
def _group(unit: str) -> tuple[str, Fraction, bool, bool]:
    known = lookup(unit)
    if known:
        return known.group, known.scale, known.generic, known.closed
    above, bar, below = unit.partition("/")
    if bar:
        top, bottom = _group(above), _group(below)
        return f"{top[0]}/{bottom[0]}", top[1] / bottom[1], False, True
    return f"?{unit}", Fraction(1), False, True


def comparable(unit_a: str, unit_b: str) -> bool:
    """Whether figures in the two units may be set against each other: 家 and 户, 公里 and 米, 亩 and 公顷.

    人 and 人次, % and 百分点 do not compare; 个 and 项 compare with any count of things or people.
    """
    if unit_a == unit_b:
        return True
    group_a, _, generic_a, closed_a = _group(unit_a)
    group_b, _, generic_b, closed_b = _group(unit_b)
    if group_a == group_b:
        return True
    counts = unit_kind(unit_a) == unit_kind(unit_b) == "count"
    return counts and (generic_a or generic_b) and not closed_a and not closed_b


def convert(value: Decimal, unit_a: str, unit_b: str) -> Decimal:
    """``value`` of ``unit_a`` told in ``unit_b``; raises :class:`UsageError` where they do not compare."""
    if not comparable(unit_a, unit_b):
        raise UsageError(f"{unit_a} and {unit_b} do not compare", hint="see docs/quantities.md for the groups of units")
    ratio = _group(unit_a)[1] / _group(unit_b)[1]
    if ratio == 1:
        return value
    return value * ratio.numerator / ratio.denominator
