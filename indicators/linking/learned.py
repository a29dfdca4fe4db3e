"""Links targets to actuals by the learned chance of each pair, where a model is shipped."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from indicators.extract.model import Mention
from indicators.learning import PairFacts, choose_pairs
from indicators.learning.store import model
from indicators.linking.compat import obstacle
from indicators.linking.model import Candidate, Located, Pair, take
from indicators.linking.similarity import alike, one_word_apart
from indicators.linking.weigh import fits_print, other_year, weigh
from indicators.linking.why import NEARER, TOO_UNLIKE
from indicators.quantities import comparable
from indicators.tasks.model import Context, TaskUnit

_CANDIDATE = 0.3
"""Names less alike than this make a candidate only within one task, or close by in running text."""
_NEARBY = 400
"""Characters of the source at most between a promise and its answer in running text whose names differ."""
_RIVALS = 4
_LOOKED, _MOST = 1000, 60
"""Actuals that a promise looks at, and weighs, at most: the nearest, and of these the most alike. The reports at hand
have some two hundred and some twenty; without an end a list of thousands would take the square of its time."""


def open_facts(
    targets: Sequence[Pair], actuals: Sequence[Located], used: set[int], context: Context, threshold: float
) -> dict[tuple[int, int], PairFacts]:
    """The pairs worth weighing among targets without an answer and actuals not used yet, by their indices.

    ``threshold`` is the score from which on the rules take a pair. What the rules forbid (another level, stage, year,
    unit) is no candidate: it is noted among the target's rivals.
    """
    found: dict[tuple[int, int], PairFacts] = {}
    free = [
        _Free(j, unit, actual, actual.span[0], frozenset(actual.name.core))
        for j, (unit, actual) in enumerate(actuals)
        if id(actual) not in used
    ]
    if len(free) > _LOOKED:
        free.sort(key=lambda one: one.place)
    for i, pair in enumerate(targets):
        if pair.actuals or pair.target is None:
            continue
        for one, likeness in _within_reach(pair.unit, pair.target, _nearest(free, pair.target.span[0])):
            facts = _facts(pair, pair.target, one, likeness, context, threshold)
            if facts is not None:
                found[i, one.at] = facts
    return found


class _Free(NamedTuple):
    """An actual that answers nothing yet: where it stands among all and in the source, and the letters of its name."""

    at: int
    unit: TaskUnit
    actual: Mention
    place: int
    letters: frozenset[str]


def _nearest(free: Sequence[_Free], at: int) -> Sequence[_Free]:
    """Those that stand nearest to a place, where there are very many, which are then in the order of the source."""
    first = bisect_left(free, at, key=lambda one: one.place) - _LOOKED // 2 if len(free) > _LOOKED else 0
    return free[max(0, first) : max(0, first) + _LOOKED]


def _within_reach(unit: TaskUnit, target: Mention, free: Sequence[_Free]) -> list[tuple[_Free, float]]:
    """The actuals that stand near a target or are called like it, in a unit that compares, and how alike they are."""
    at, letters = target.span[0], frozenset(target.name.core)
    found = []
    for one in free:
        near = one.unit is unit and (unit.form != "prose" or abs(one.place - at) < _NEARBY)
        if not near and letters.isdisjoint(one.letters):
            continue
        likeness = alike(target.name.core, one.actual.name.core)
        if likeness < _CANDIDATE and not near:
            continue
        units = target.quantity.unit, one.actual.quantity.unit
        if not all(units) or comparable(*units):
            found.append((one, likeness))
    return sorted(found, key=lambda one: (-one[1], abs(one[0].place - at)))[:_MOST] if len(found) > _MOST else found


def _facts(
    pair: Pair, target: Mention, one: _Free, likeness: float, context: Context, threshold: float
) -> PairFacts | None:
    """What there is to weigh; ``None`` where the rules forbid the pair, which then may be a rival."""
    unit, actual = one.unit, one.actual
    score, why = weigh(pair, unit, actual, context)
    if score >= _CANDIDATE and why:
        pair.rivals.append(Candidate(actual, score, why))
        return None
    if one_word_apart(target.name.core, actual.name.core):
        return None  # 调查失业率 and 登记失业率: the words say that they are two things
    if score < _CANDIDATE and _forbidden(pair, unit, actual, context):
        return None
    return PairFacts(
        name_score=likeness,
        rule_score=score,
        obstacle=why or None,
        same_task=unit is pair.unit and unit.form != "prose",
        same_topic=actual.part is target.part and actual.topic == target.topic,
        by_rules=not why and score >= threshold,
        borne_out=not why and score >= threshold and fits_print(target, actual),
    )


def _forbidden(pair: Pair, unit: TaskUnit, actual: Mention, context: Context) -> bool:
    """What the rules would hold against the pair if its names were alike."""
    assert pair.target is not None
    if obstacle(pair.target, actual, same_task=unit is pair.unit) is not None:
        return True
    return other_year(pair.target, actual, context)


def link_by_model(
    targets: list[Pair], actuals: list[Located], used: set[int], context: Context, threshold: float
) -> bool:
    """Answers the open targets by the model's choice; ``False``, and nothing done, without a model.

    Actuals that were weighed and not taken become rivals, the nearest names first.
    """
    if model("links") is None:
        return False
    facts = open_facts(targets, actuals, used, context, threshold)
    if not facts:
        return True
    spare = actuals[0][1]
    chosen = choose_pairs([pair.target or spare for pair in targets], [m for _, m in actuals], facts) or []
    for i, j, chance in chosen:
        take(targets[i], [actuals[j][1]], round(chance, 3), "model", used)
    for (i, j), known in facts.items():
        actual = actuals[j][1]
        if known.rule_score > _CANDIDATE and not any(actual is m for m in targets[i].actuals):
            why = known.obstacle or (NEARER if targets[i].actuals else TOO_UNLIKE)
            targets[i].rivals.append(Candidate(actual, known.rule_score, why))
    for pair in targets:
        pair.rivals = sorted(pair.rivals, key=lambda c: -c.score)[:_RIVALS]
    return True
