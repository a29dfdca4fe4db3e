"""Mentions of cells that hold bare figures: the row and the headings say what is measured."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import regex

from indicators.extract import names
from indicators.extract.model import Mention, Name, Role
from indicators.quantities import find_quantities
from indicators.schema.quantity import Quantity
from indicators.tasks.model import Context, Part

_ROLES: dict[str, Role] = {
    "target_value": "target",
    "actual_value": "actual",
    "baseline_value": "baseline",
    "growth_value": "actual",
}
_FIGURE = regex.compile(r"[\d０-９][\d０-９,，.．]*(?:\s*[-—–~～至]\s*[\d０-９.．]+)?[十百千万亿]*")
_HUNDRED = Decimal(100)
_SIGN = regex.compile(r"[-－+＋]")


def value_mention(part: Part, context: Context, topic: int) -> Mention | None:
    """The mention of a figure cell; ``None`` where the cell holds no quantity after all."""
    text = part.passage.text
    quantity = _quantity(text, part.unit, context)
    if quantity is None:
        return None
    return Mention(
        quantity=quantity,
        part=part,
        start=quantity.start,
        end=quantity.end,
        sentence=(0, len(text)),
        left="",
        right="",
        role=_ROLES[part.role],
        rule="column",
        score=0.97,
        name=_name(part),
        topic=topic,
    )


def _name(part: Part) -> Name:
    thing, change, word = names.split_change(names.strip_tail(part.indicator), part.unit or "%")
    if change is not None and (part.unit in names.RATES or "%" in part.passage.text):
        return names.build(thing, change=change, word=word)
    return names.build(part.indicator)


def _quantity(text: str, unit: str, context: Context) -> Quantity | None:
    """The cell's quantity; a unit that only a heading prints is read behind the figure and multiplied out."""
    shown = text.strip(" []【】")
    at = text.find(shown)
    if shown.lstrip("已") == "全覆盖":
        return Quantity(shown, at, at + len(shown), _HUNDRED, _HUNDRED, "%", "ratio", bound="exactly")
    # 为 keeps "6.0" from being read as a list number; the unit is read as if it were printed.
    printed = find_quantities(f"为{shown}", year=context.year)
    quantity = printed[0] if printed and (printed[0].unit or not unit) else None
    added = 0
    if quantity is None:
        joined = find_quantities(
            f"为{_FIGURE.sub(lambda m: m.group() + (unit or '个'), shown, count=1)}", year=context.year
        )
        if not joined:
            return None
        added = len(unit or "个")
        quantity = joined[0] if unit else replace(joined[0], unit="", kind="number")
    start, end = at + quantity.start - 1, at + min(quantity.end - 1 - added, len(shown))
    if _SIGN.match(shown) and quantity.low is not None and quantity.low < 0:
        quantity = replace(
            quantity, low=abs(quantity.low), high=abs(quantity.high) if quantity.high is not None else None
        )
    return replace(quantity, text=text[start:end], start=start, end=end, number_start=start, number_end=end)
