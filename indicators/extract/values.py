"""Mentions of cells that hold bare figures: the row and the headings say what is measured."""

from __future__ import annotations

from dataclasses import replace

import regex

from indicators.extract import names
from indicators.extract.model import Mention, Name, Role
from indicators.quantities import find_quantities, unit_kind
from indicators.schema.quantity import Quantity
from indicators.tasks.model import Context, Part

_ROLES: dict[str, Role] = {"target_value": "target", "actual_value": "actual", "baseline_value": "baseline"}
_SCALE = regex.compile(r"^(?P<scale>[十百千万亿]+)(?P<unit>.*)$")


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
    shown = regex.sub(r"\s+", "", text)
    printed = find_quantities(text, year=context.year)
    if printed and printed[0].unit:
        return printed[0]
    # The heading's unit is read as if it were printed, then the span is cut back to what the cell holds.
    joined = find_quantities(f"{shown}{unit}" if unit else f"{shown}个", year=context.year)
    if not joined:
        return None
    quantity = joined[0]
    end = min(len(text), max(quantity.end, 1))
    made = replace(quantity, text=text[:end].strip(), start=0, end=end, number_start=0, number_end=end)
    return made if unit else replace(made, unit="", kind=unit_kind(""))
