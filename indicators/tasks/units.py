"""Units that a caption or a line above states for all figures below: （单位：万元、个）."""

from __future__ import annotations

import re

import regex

from indicators.quantities import unit_kind
from indicators.readers.tables.headings import is_unit
from indicators.rulebook import phrase

_COLON = re.compile("[:：]")
_BETWEEN = re.compile("[、，,]")
_RATES = frozenset("%％")
_LENGTH = frozenset({"公里", "千米", "米"})
_OF_KIND = regex.compile(
    r"(?<=[(（；;，,、\s])(?P<thing>(?!计量|单位)\p{Han}{1,6})[:：]"
    r"(?P<unit>[^（）()；;，,、:：]{1,6})(?=[；;，,、)）])"
)
"""资金：亿元 in brackets that state a unit for each kind of figure."""
_BRACKETED = regex.compile(r"(?P<thing>\p{Han}{0,8})[（(](?P<unit>[^（）()]{1,6})[)）]")
_BRACKET = re.compile(r"[（(][^（）()]{1,6}[)）]")
"""What the other begins to look for at every character in front."""


def is_rate(indicator: str) -> bool:
    """Whether a name says that its figures are in per cent: …率, …占比, …增速."""
    return bool(phrase("tables", "rate_name").search(indicator))


def stated_units(text: str) -> tuple[str, ...]:
    """The units that ``单位：亿元、公里`` in a text states; empty where it states none."""
    match = phrase("tables", "stated_unit").search(text)
    if match is not None:
        return tuple(unit for unit in _BETWEEN.split(match.group(1)) if unit)
    last = phrase("tables", "caption_unit").search(text)
    beside = [unit for _, unit in _units_beside(text)]
    if last is None:
        return tuple(dict.fromkeys(beside)) if beside and _OF_KIND.search(text) else ()
    return tuple(dict.fromkeys([*beside, last.group(1)]))


def _units_beside(text: str) -> list[tuple[str, str]]:
    """Things with the units that stand in brackets behind them: 引资（亿元）、开工（个）."""
    if _BRACKET.search(text) is None and _COLON.search(text) is None:
        return []
    found = [*_BRACKETED.finditer(text), *_OF_KIND.finditer(text)]
    return [(m["thing"], m["unit"]) for m in found if is_unit(m["unit"])]


def unit_in_caption(caption: str, thing: str, indicator: str) -> str:
    """The unit that a caption states for ``thing``, what a group of columns tells, or else for the indicator."""
    beside = _units_beside(caption)
    own = next((unit for named, unit in beside if thing and named.endswith(thing)), "")
    own = own or next((unit for named, unit in beside if named and f"{thing}|{indicator}".find(named) >= 0), "")
    return own or unit_for(stated_units(caption), indicator)


def unit_for(units: tuple[str, ...], indicator: str) -> str:
    """The stated unit that suits an indicator, "" where none does; a rate is in per cent if nothing says otherwise."""
    if is_rate(indicator):
        return next((unit for unit in units if unit in _RATES), "%")
    amounts = [unit for unit in units if unit not in _RATES]
    if units and not amounts:
        return units[0]  # 断面达标情况（%）: every figure is
    if len(amounts) == 1:
        return amounts[0]  # 单位：亿元、%: what is no rate is told in 亿元
    for unit in units:
        # 死亡人数 among "起、人、%" is told in 人.
        if indicator.endswith((f"{unit}数", unit)):
            return unit
    if not phrase("tables", "money_name").search(indicator) and phrase("tables", "long_thing").search(indicator):
        return next((unit for unit in units if unit in _LENGTH), "")
    wanted = "money" if phrase("tables", "money_name").search(indicator) else "count"
    return next((unit for unit in units if unit_kind(unit.lstrip("万亿千百")) == wanted), "")
