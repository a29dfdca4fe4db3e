"""Units that a caption or a line above states for all figures below: （单位：万元、个）."""

from __future__ import annotations

import regex

from indicators.quantities import unit_kind
from indicators.rulebook import phrase

_BETWEEN = regex.compile("[、，,]")
_RATES = frozenset("%％")
_LENGTH = frozenset({"公里", "千米", "米"})


def is_rate(indicator: str) -> bool:
    """Whether a name says that its figures are in per cent: …率, …占比, …增速."""
    return bool(phrase("tables", "rate_name").search(indicator))


def stated_units(text: str) -> tuple[str, ...]:
    """The units that ``单位：亿元、公里`` in a text states; empty where it states none."""
    match = phrase("tables", "stated_unit").search(text) or phrase("tables", "caption_unit").search(text)
    return tuple(unit for unit in _BETWEEN.split(match.group(1)) if unit) if match else ()


def unit_for(units: tuple[str, ...], indicator: str) -> str:
    """The stated unit that suits an indicator, "" where none does; a rate is in per cent if nothing says otherwise."""
    if is_rate(indicator):
        return next((unit for unit in units if unit in _RATES), "%")
    amounts = [unit for unit in units if unit not in _RATES]
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
