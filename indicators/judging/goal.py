"""What a target demands: its bound, its ends, and whether more or less is better."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.extract.model import Mention, Name
from indicators.rulebook import phrase, rare
from indicators.schema.quantity import Bound, Quantity
from indicators.schema.report import Direction

_BRACKETS = re.compile(r"[（(][^（）()]*[)）]$")
_BESIDE = 8
"""Characters beside a figure in which words may call it a ceiling."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A target ready to be compared: ``low``/``high`` are the ends that count, ``figure`` the printed one."""

    bound: Bound
    direction: Direction
    low: Decimal | None
    high: Decimal | None
    figure: Decimal
    unit: str
    level: bool = False
    """A measure that does not add up over the year, whatever its unit: 死亡率, 平均住院日."""


def direction_of(name: Name, quantity: Quantity | None = None) -> Direction:
    """``down`` where less is better. The size of a fall counts upwards: 能耗下降3.2% is up."""
    thing = name.anchor if name.change == "down" and name.anchor else name.text
    less = bool(rare("names", "less_is_better").search(thing)) and not phrase("names", "saved").search(thing)
    if name.change == "down":
        return "up" if less else "down"
    if less:
        return "down"
    return "down" if quantity is not None and quantity.bound == "at_most" else "up"


def goal_of(target: Mention) -> Goal | None:
    """The goal of a target mention; ``None`` where its quantity has no figure."""
    quantity = target.quantity
    # A fall has no ceiling: 降幅超过12%的控制目标 wants as much or more.
    if quantity.bound is None and target.name.change != "down" and _is_capped(target):
        quantity = replace(quantity, bound="at_most")
    made = goal(quantity, target.name, whole=target.whole, promised=True)
    if made is not None and made.bound == "about" and _held_down(target):
        return replace(made, direction="down")
    return made


def is_ceiling(beside: Sequence[str], name: Name, behind: str = "") -> bool:
    """Whether the words ``beside`` a figure call it a ceiling: 控制数40人; a 红线 is one where less is better.

    ``behind``: what stands behind the figure, which may tell how much is wanting to it.
    """
    if any(phrase("verdicts", "ceiling").search(words) for words in beside):
        return True
    if not any(phrase("verdicts", "either_side").search(words) for words in beside):
        return False
    wanted = phrase("verdicts", "kept_above").search(name.text) or phrase("verdicts", "wanting").match(behind)
    return not wanted or direction_of(name) == "down"


def _is_capped(target: Mention) -> bool:
    """Whether what stands around a target calls it a ceiling, or a verb presses the figure down to it."""
    beside = (target.left[-_BESIDE:], target.right[:_BESIDE], target.part.label)
    if is_ceiling(beside, target.name, target.right):
        return True
    return phrase("verdicts", "pressed_down").search(target.left) is not None


def _held_down(target: Mention) -> bool:
    """控制在5%左右, 3%左右的控制目标: whether what is told as about so much is to stay below it."""
    behind = phrase("verdicts", "ceiling").search(target.right[:_BESIDE])
    return behind is not None or phrase("verdicts", "held_in").search(target.left) is not None


def goal(quantity: Quantity, name: Name, *, whole: bool = False, promised: bool = False) -> Goal | None:
    """Reads a plain number as the promise it is: at least, or at most where less is better."""
    low, high, figure = quantity.low, quantity.high, quantity.figure
    if figure is None:
        return None
    direction = direction_of(name, quantity)
    if promised and name.change == "down":
        direction = "up"
    bound: Bound
    if quantity.bound is not None:
        bound = quantity.bound
    elif whole and quantity.unit == "%" and figure == 100:
        bound = "exactly"
    else:
        bound = "at_most" if direction == "down" else "at_least"
    if bound == "at_least":
        # A printed floor says that more is better, whatever the name suggests.
        low, high, direction = figure, None, "up"
    elif bound == "at_most":
        low, high, direction = None, (high if high is not None else figure), "down"
    elif bound in ("about", "exactly"):
        low = high = figure
    # 508千克/吨: what is told for each of something stands where it stands, and does not add up.
    level = "/" in quantity.unit or bool(phrase("names", "rate").search(_BRACKETS.sub("", name.text)))
    return Goal(bound, direction, low, high, figure, quantity.unit, level)
