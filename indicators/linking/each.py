"""One promise for each of several things: 四样各降2%。结果：人均电耗降3.28%，人均水耗降5.34%…: a row for each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from indicators.extract.model import Mention
from indicators.linking.model import Located, Pair, take
from indicators.quantities.numerals import chinese_int
from indicators.rulebook import phrase

_SEVERAL = 2
_SURE = 0.85


def deal_out(targets: Sequence[Pair], actuals: Sequence[Located], used: set[int]) -> list[Pair]:
    """The targets; one that holds for each of several things gives way to a row for each figure told of one."""
    found: list[Pair] = []
    for pair in targets:
        answers = _answers(pair, targets, actuals, used)
        if pair.target is None or len(answers) < _SEVERAL:
            found.append(pair)
            continue
        for answer in answers:
            own = replace(pair, target=replace(pair.target, name=answer.name, topic=answer.topic))
            take(own, [answer], _SURE, "each", used)
            found.append(own)
    return found


def _answers(pair: Pair, targets: Sequence[Pair], actuals: Sequence[Located], used: set[int]) -> list[Mention]:
    """The figures of the things that a promise counts, told behind it, else in front; none where it counts none."""
    goal = pair.target
    if goal is None or goal.part.role != "prose":
        return []
    told = phrase("links", "for_each").search(goal.left)
    same = phrase("links", "same_for_each").match(goal.part.passage.text, goal.end, goal.sentence[1])
    if told is None and same is None:
        return []
    count = len(actuals) if told is None else chinese_int(told["count"]) or _SEVERAL
    others = [p.target for p in targets if p.target is not None and p.target.quantity.unit == goal.quantity.unit]
    if sum(m.span == goal.span for m in others) > 1:
        return []  # its sentence has given it to each already
    rivals = [m.span[0] for m in others if m is not goal]
    until = min((start for start in rivals if start > goal.span[0]), default=math.inf)
    since = max((start for start in rivals if start < goal.span[0]), default=-1)
    behind = [m for _, m in actuals if goal.span[0] < m.span[0] < until]
    before = [m for _, m in reversed(actuals) if since < m.span[0] < goal.span[0]]
    best = _alike(goal, behind, used)[:count]
    if len(best) < _SEVERAL:
        best = _alike(goal, before, used)[:count][::-1]
    named = {(m.name.subject, m.name.core) for m in best}
    one_way = {m.name.change for m in best}
    return best if len(named) == len(best) and len(one_way) == 1 else []


def _alike(goal: Mention, told: Sequence[Mention], used: set[int]) -> list[Mention]:
    """Of the figures told, nearest first, those of the nearest paragraph that tell of what is promised."""
    near = [m for m in told if m.part is told[0].part]
    return [m for m in near if id(m) not in used and _answers_alike(goal, m)]


def _answers_alike(goal: Mention, told: Mention) -> bool:
    """Whether a figure tells of what is promised: in its unit, and as a rise or fall where that is promised."""
    rates_only = goal.name.change is None and goal.quantity.unit == "%"
    return told.quantity.unit == goal.quantity.unit and (rates_only or told.name.change == goal.name.change)
