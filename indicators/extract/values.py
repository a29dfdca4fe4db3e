"""Mentions of cells that hold bare figures: the row and the headings say what is measured."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from indicators.extract import names
from indicators.extract.model import Mention, Name, Role
from indicators.quantities import find_quantities
from indicators.rulebook import phrase
from indicators.schema.quantity import Quantity
from indicators.tasks.model import Context, Part

_ROLES: dict[str, Role] = {
    "target_value": "target",
    "actual_value": "actual",
    "baseline_value": "baseline",
    "growth_value": "actual",
    "completion_value": "completion",
    "gap_value": "gap",
}
_FIGURE = regex.compile(r"[\d０-９][\d０-９,，.．]*(?:\s*[-—–~～至]\s*[\d０-９.．]+)?[十百千万亿]*")
_SCALES = "十百千万亿"
_BARE = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_AS_A_SHARE = 5
"""A rate of completion above this is in per cent though no sign says so."""
_HUNDRED = Decimal(100)
_YEARS = re.compile(r"\d{1,2}(?:\.\d)?年")
_SIGN = re.compile(r"[-－+＋]")


def value_mention(part: Part, context: Context, topic: int) -> Mention | None:
    """The mention of a figure cell; ``None`` where the cell holds no quantity after all."""
    text = part.passage.text
    quantity = _quantity(text, part, context)
    if quantity is None:
        return None
    return Mention(
        stated_share=_share(part, context),
        quantity=quantity,
        part=part,
        start=quantity.start,
        end=quantity.end,
        sentence=(0, len(text)),
        left=part.label if part.role == "gap_value" else "",
        right="",
        role=_ROLES[part.role],
        rule="column",
        score=0.97,
        name=_name(part),
        topic=topic,
    )


def share_scales(mentions: Sequence[Mention]) -> None:
    """A bare figure beside one that prints its unit is told in that unit: ≥85万人次 | 88.3."""
    for group in {m.part.group for m in mentions if m.part.group}:
        row = [m for m in mentions if m.part.group == group]
        told = next((m for m in row if m.quantity.unit and not m.part.unit), None)
        if told is None or (scale := _scale(told.quantity)) is None:
            continue
        for mention in row:
            quantity = mention.quantity
            if mention is told or quantity.unit or quantity.kind != "number" or mention.part.unit:
                continue
            times = scale if _scale(quantity) == 1 else 1  # 38万人次 | 39.26万: only the unit is left out
            low, high = (None if end is None else end * times for end in (quantity.low, quantity.high))
            mention.quantity = replace(quantity, low=low, high=high, unit=told.quantity.unit, kind=told.quantity.kind)


def share_named_unit(mentions: Sequence[Mention]) -> None:
    """A cell of words that holds a bare figure and nothing else is told in the unit that the row's name prints."""
    figures = [m.quantity for m in mentions if m.part.unit and m.quantity.unit]
    named = {(quantity.unit, quantity.kind, _scale(quantity)) for quantity in figures}
    if len(named) != 1:
        return
    unit, kind, scale = named.pop()
    for mention in mentions:
        quantity = mention.quantity
        told_in_words = not mention.part.is_value and not mention.part.unit
        bare = not quantity.unit and quantity.kind == "number"
        if scale is not None and told_in_words and bare and mention.part.passage.text.strip() == quantity.text:
            low, high = (None if end is None else end * scale for end in (quantity.low, quantity.high))
            mention.quantity = replace(quantity, low=low, high=high, unit=unit, kind=kind)


def _scale(quantity: Quantity) -> Decimal | None:
    """What the printed figure is multiplied with: 10000 for 85万人次."""
    figure = _BARE.search(quantity.text.replace(",", "").replace("，", ""))
    value = quantity.figure
    if figure is None or value is None or not Decimal(figure.group()):
        return None
    return value / Decimal(figure.group())


def _share(part: Part, context: Context) -> float | None:
    """The printed rate of completion beside an actual: 108 and 108% are 1.08, 1.08 is itself."""
    if part.completion and phrase("tables", "all_done").fullmatch(part.completion.text):
        return 1.0
    printed = find_quantities(f"为{part.completion.text.strip('%％')}%", year=context.year) if part.completion else []
    value = printed[0].value if printed else None
    if value is None:
        return None
    signed = part.rates_in_percent or "%" in part.completion.text or "％" in part.completion.text
    whole = signed or value > _AS_A_SHARE
    return float(value) / (100 if whole else 1)


def _name(part: Part) -> Name:
    thing, change, word = names.split_change(names.strip_tail(part.indicator), part.unit or "%")
    if change is not None and (part.unit in names.RATES or "%" in part.passage.text):
        return names.build(thing, change=change, word=word)
    return names.build(part.indicator)


def _quantity(text: str, part: Part, context: Context) -> Quantity | None:
    """The cell's quantity; a unit or bound sign that only a heading or column prints is read as if it stood there."""
    shown = text.strip(" []【】")
    at = text.find(shown)
    if phrase("tables", "all_reached").fullmatch(shown) is not None:
        return Quantity(shown, at, at + len(shown), _HUNDRED, _HUNDRED, "%", "ratio", bound="exactly")
    unit = part.unit.removeprefix("1") if part.unit.startswith("1/") else part.unit
    if (own := _FIGURE.search(shown)) and own.group()[-1] in _SCALES and unit[:1] in _SCALES:
        unit = unit.lstrip(_SCALES)  # 62.7万 under a unit of 万元: the cell prints the scale itself
    # 为 keeps "6.0" from being read as a list number, 为期 "8年" from being read as a year.
    lead = f"{'为期' if _YEARS.fullmatch(shown) else '为'}{part.operator}"
    printed = find_quantities(f"{lead}{shown}", year=context.year)
    quantity = printed[0] if printed and (printed[0].unit or not unit) else None
    added = figure_end = 0
    if quantity is None:
        with_unit = _FIGURE.sub(lambda match: match.group() + (unit or "个"), shown, count=1)
        joined = find_quantities(f"{lead}{with_unit}", year=context.year)
        if not joined:
            return None
        added = len(unit or "个")
        figure = _FIGURE.search(shown)
        figure_end = figure.end() if figure else 0
        quantity = joined[0] if unit else replace(joined[0], unit="", kind="number")
        partly = unit not in joined[0].text and unit[0] not in "万亿"
        if "/" in unit and (partly or unit != part.unit):
            quantity = replace(quantity, unit=part.unit)  # 千克标准煤/吨: known in part only, it stands as printed
    start = at + max(0, quantity.start - len(lead))
    end = at + min(max(quantity.end - len(lead) - added, figure_end), len(shown))
    # -1.0% tells the size of a fall, and so does -5.00 below 能耗降低率(%); -10.9% below 增幅 keeps its sign.
    low, high = quantity.low, quantity.high
    signed = low is not None and low < 0 and _SIGN.match(shown)
    moved = _name(part).change if signed else None
    if low is not None and signed and (moved == "down" or (added == 0 and moved is None)):
        quantity = replace(quantity, low=abs(low), high=None if high is None else abs(high))
    return replace(quantity, text=text[start:end], start=start, end=end, number_start=start, number_end=end)
