"""The verdict: bound × direction × period, exactly as the settled cases say."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from indicators.extract.names import RATES
from indicators.judging.goal import Goal
from indicators.schema.report import Verdict, percent

_ABOUT = Decimal("0.1")
"""左右 leaves a tenth of the figure on either side."""
_EXECUTION = Decimal("0.01")
"""Spending within 1 % of its budget is met."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with the arithmetic behind it."""

    verdict: Verdict
    completion: float | None
    reason: str


def is_rate(unit: str) -> bool:
    """Rates, shares and concentrations compare directly, however much of the year has passed."""
    return unit in RATES or "/" in unit


def judge(goal: Goal, value: Decimal, *, share: float, spending: bool = False) -> Judgement:
    """Compares an actual with a goal. ``share`` is the part of the goal's period that has passed (1 when over)."""
    completion = _completion(goal, value)
    standing = _standing(goal, value, spending)
    if share >= 1:
        return Judgement(standing, completion, "")
    rate = goal.level or is_rate(goal.unit)
    if goal.direction == "down" and not rate:
        # A ceiling that fills up over the year cannot be kept before the year ends.
        used = float(value / goal.figure) if goal.figure else 0.0
        return Judgement("on_track" if used <= share else "behind", completion, _pace(used, share))
    if rate:
        return Judgement("behind" if standing == "missed" else "on_track", completion, "")
    if standing != "missed":
        return Judgement(standing, completion, "")
    reached = completion or 0.0
    return Judgement("on_track" if reached >= share else "behind", completion, _pace(reached, share))


def _pace(reached: float, share: float) -> str:
    return f"完成{percent(reached)}，时间已过{percent(share)}"


def _completion(goal: Goal, value: Decimal) -> float | None:
    if not goal.figure:
        return None
    return round(float(value / goal.figure), 4)


def _standing(goal: Goal, value: Decimal, spending: bool) -> Verdict:
    def better(a: Decimal, b: Decimal) -> bool:
        return a < b if goal.direction == "down" else a > b

    if goal.bound == "range" and goal.low is not None and goal.high is not None:
        if goal.low <= value <= goal.high:
            return "met"
        best = goal.low if goal.direction == "down" else goal.high
        return "exceeded" if better(value, best) else "missed"
    if goal.bound == "about":
        return _about(goal, value, better(value, goal.figure))
    if spending and abs(value - goal.figure) <= _EXECUTION * abs(goal.figure):
        return "met"
    if value == goal.figure:
        return "met"
    return "exceeded" if better(value, goal.figure) else "missed"


def _about(goal: Goal, value: Decimal, is_better: bool) -> Verdict:
    near = abs(value - goal.figure) <= _ABOUT * abs(goal.figure)
    if is_better:
        return "exceeded" if is_rate(goal.unit) or not near else "met"
    return "met" if near else "missed"


def judge_completion(completion: float, *, share: float, control: bool) -> Judgement:
    """A verdict from a printed rate of completion alone; ``control``: the share used of a ceiling."""
    if control:
        if share < 1:
            verdict: Verdict = "on_track" if completion <= share else "behind"
        else:
            verdict = "exceeded" if completion < 1 else "met" if completion == 1 else "missed"
        return Judgement(verdict, completion, f"占控制数的{percent(completion)}")
    if completion > 1:
        return Judgement("exceeded", completion, f"完成目标的{percent(completion)}")
    if completion == 1:
        return Judgement("met", completion, "完成目标的100%")
    if share >= 1:
        return Judgement("missed", completion, f"完成目标的{percent(completion)}")
    return Judgement("on_track" if completion >= share else "behind", completion, _pace(completion, share))
