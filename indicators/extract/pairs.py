"""Figures set side by side by a mark, or with their label behind them: 完成/计划197/180户, 25个→28个.

Which of them promises is told once: by a legend (左为计划，右为完成), by labels in front, or in brackets behind them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from indicators.extract.clauses import Frame, Span
from indicators.extract.model import Role
from indicators.quantities import comparable
from indicators.rulebook import phrase
from indicators.schema.quantity import Quantity

PAIRED = "paired"
"""The rule of figures of a pair."""
_MARK = re.compile(r"\s*(?:→|⇒|➜|->|/|／|\|)\s*")
_FIRST = re.compile(r"(?<![\d./])(?P<n>\d{2,}(?:\.\d+)?)\s*[/／]\s*$")
_NEAR = 60
"""Characters in front of a pair in which its labels stand."""
_BEHIND = re.compile(r"[（(\[【](?P<label>[^（）()\[\]【】\d]{1,8})[）)\]】]")


def paired_role(frame: Frame, index: int) -> Role | None:
    """What part a figure plays that a mark pairs with its neighbour, or that a bracket behind it labels."""
    quantity = frame.live[index]
    if (own := _labelled_behind(frame.text, quantity)) is not None:
        other = [_labelled_behind(frame.text, q) for q in _beside(frame, index)]
        return own if any(role not in (None, own) for role in other) else None
    for place, (first, second) in enumerate(((index, index + 1), (index - 1, index))):
        if not (first >= 0 and second < len(frame.live) and _marked(frame, first, second)):
            continue
        order = _order(frame, first)
        return order[place] if order is not None else None
    return None


def stand_paired(text: str, after: int, before: int) -> bool:
    """Whether nothing but a mark, or the label behind the first, stands between two figures of a pair."""
    between = _BEHIND.sub("", text[after:before])
    return _MARK.fullmatch(between) is not None or not between.strip("，,、； ")


def with_firsts(text: str, span: Span, quantities: list[Quantity]) -> list[Quantity]:
    """完成/计划197/180户: the first of a pair, which leaves its unit to the second."""
    if "/" not in text[span[0] : span[1]]:
        return quantities
    found = []
    for quantity in quantities:
        first = _FIRST.search(text, span[0], quantity.start)
        if first is None or not quantity.unit or _sides(text, span[0], first.start("n")) is None:
            continue
        size, (start, end) = Decimal(first["n"]), first.span("n")
        place = {"start": start, "end": end, "number_start": start, "number_end": end}
        found.append(replace(quantity, text=first["n"], low=size, high=size, bound=None, **place))  # type: ignore[arg-type]
    return sorted([*quantities, *found], key=lambda q: q.start) if found else quantities


def _beside(frame: Frame, index: int) -> Sequence[Quantity]:
    return [frame.live[i] for i in (index - 1, index + 1) if 0 <= i < len(frame.live)]


def _marked(frame: Frame, first: int, second: int) -> bool:
    """156亿元/260亿元, 197/180户: whether nothing but a mark stands between two figures of one unit."""
    a, b = frame.live[first], frame.live[second]
    alike = comparable(a.unit, b.unit) or (not a.unit and a.kind == "number")
    return alike and _MARK.fullmatch(frame.text, a.end, b.start) is not None


def _order(frame: Frame, first: int) -> tuple[Role, Role] | None:
    """Which of the two promises: by the legend of the passage, else by two labels right in front of the first."""
    start = frame.live[first].start
    sides = _sides(frame.text, frame.start, start)
    if sides is None:
        told = phrase("lists", "so_much_of_it").search(frame.text[frame.start : start])
        return ("actual", "target") if told is not None else None
    roles = tuple(map(_side, sides))
    return roles if set(roles) == {"actual", "target"} else None  # type: ignore[return-value]


def _sides(text: str, begin: int, start: int) -> tuple[str, str] | None:
    """The labels of the figures of a pair whose first begins at ``start``."""
    labels = list(phrase("lists", "labels_in_front").finditer(text, max(begin, start - _NEAR), start))
    return (labels[-1]["first"], labels[-1]["second"]) if labels else _legend(text)


@lru_cache(maxsize=8)
def _legend(text: str) -> tuple[str, str] | None:
    """（左为应交，右为实交）: what the legend of a passage says of the figures on either side of a mark."""
    found = phrase("lists", "legend_of_pairs").search(text)
    return (found["first"], found["second"]) if found is not None else None


def _labelled_behind(text: str, quantity: Quantity) -> Role | None:
    """2000个（年计划），1760个（实际完成）: the label that a bracket right behind a figure holds, and no more."""
    found = _BEHIND.match(text, quantity.end)
    return _side(found["label"]) if found is not None else None


def _side(label: str) -> Role | None:
    if phrase("lists", "side_told").fullmatch(label) is not None:
        return "actual"
    return "target" if phrase("lists", "side_promised").fullmatch(label) is not None else None
