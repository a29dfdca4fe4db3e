"""Which pair of a later report answers a target of the plan: by what stands in its way, then by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indicators.extract.model import Mention
from indicators.linking.compat import obstacle
from indicators.linking.model import Candidate, Pair
from indicators.linking.similarity import alike
from indicators.linking.why import NEARER, TAKEN, TOO_UNLIKE, UNLIKE
from indicators.rulebook import phrase
from indicators.tasks.model import TaskUnit

_THRESHOLD = 0.7
"""Two documents share neither task nor topic: the name carries the link alone."""
_RESTATED = 0.8
"""A target of the later report is the plan's own only where the names all but agree."""
_CLOSE = 0.3
_SHORT = 4
"""A name of two or three characters stands in many longer ones."""
_SHORT_PENALTY = 0.15
_SAME_TASK = 0.1
_RIVALS = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What a later report tells of one indicator in the plan's year."""

    pair: Pair

    @property
    def figures(self) -> bool:
        """Whether it tells anything that answers a target."""
        return bool(self.pair.actuals) or self.pair.completion is not None or self.pair.claim is not None


def score(target: Mention, task: str, answer: Answer) -> tuple[float, str]:
    """How well an answer fits a target, 0..1, and what stands in its way ("" where nothing does)."""
    best, why = 0.0, ""
    for actual in answer.pair.actuals:
        found, against = _against_actual(target, actual)
        if (not against, found) > (not why, best) or not best:
            best, why = found, against
    restated = answer.pair.target
    if restated is not None and answer.figures:
        found = _as_restated(target, restated)
        if found >= _RESTATED and (why or found > best):
            best, why = found, ""
    if best and not why:
        best += _SAME_TASK * _task_alike(task, answer.pair.unit)
    return min(best, 1.0), why


def _against_actual(target: Mention, actual: Mention) -> tuple[float, str]:
    found = alike(target.name.core, actual.name.core)
    if found < _CLOSE:
        return found, UNLIKE
    if why := obstacle(target, actual, same_task=False):
        return found, why
    t, a = target.name, actual.name
    if t.change != a.change:
        return found, "变动方向相反"
    if any(phrase("comparing", "too_general").search(name.core) for name in (t, a)):
        return found, "名称过于笼统"
    ratios = [bool(phrase("comparing", "ratio").search(name.core)) for name in (t, a)]
    if ratios[0] != ratios[1] and not (target.whole and actual.whole):
        return found, "一为事物，一为其比率"
    if t.core != a.core and min(len(t.core), len(a.core)) < _SHORT:
        found -= _SHORT_PENALTY
    agree = (t.stage == a.stage and t.stage is not None) + (t.flow == a.flow and t.flow is not None)
    agree += t.level == a.level and t.level is not None
    differ = (t.flow is None and a.flow == "stock") + actual.forecast
    return min(1.0, found + 0.04 * agree - 0.08 * differ), ""


def _as_restated(target: Mention, restated: Mention) -> float:
    """How alike two targets are that may be one promise told twice."""
    if obstacle(target, replace(restated, role="actual"), same_task=False) or (
        target.name.stage != restated.name.stage or target.name.flow != restated.name.flow
    ):
        return 0.0
    return alike(target.name.core, restated.name.core)


def _task_alike(task: str, unit: TaskUnit) -> float:
    """1.0 where both documents print the task in the same words (one table, quarter after quarter)."""
    return alike(task, unit.text) if task and unit.text and unit.form in ("table", "values", "item") else 0.0


def best_answers(targets: Sequence[Pair], answers: Sequence[Answer]) -> dict[int, tuple[Answer, float]]:
    """The best one-to-one assignment, by index of the target; the rest become rivals of the targets."""
    ranked: list[tuple[float, int, int]] = []
    for i, pair in enumerate(targets):
        assert pair.target is not None
        for j, answer in enumerate(answers):
            found, why = score(pair.target, pair.unit.text, answer)
            if not why and found >= _THRESHOLD and answer.figures:
                ranked.append((found, -i, -j))
            elif found > _CLOSE and why != UNLIKE and answer.pair.actuals:
                pair.rivals.append(Candidate(answer.pair.actuals[0], found, why or TOO_UNLIKE))
    chosen: dict[int, tuple[Answer, float]] = {}
    used: set[int] = set()
    for found, minus_i, minus_j in sorted(ranked, reverse=True):
        pair, answer = targets[-minus_i], answers[-minus_j]
        if -minus_i in chosen or -minus_j in used:
            why = NEARER if -minus_i in chosen else TAKEN
            if answer.pair.actuals:
                pair.rivals.append(Candidate(answer.pair.actuals[0], found, why))
            continue
        chosen[-minus_i] = (answer, found)
        used.add(-minus_j)
    for pair in targets:
        pair.rivals = sorted(pair.rivals, key=lambda c: -c.score)[:_RIVALS]
    return chosen


def restatements(target: Mention, told: Sequence[Mention]) -> list[Mention]:
    """The later report's own wording of the plan's target, best first."""
    found = [(_as_restated(target, mention), -i, mention) for i, mention in enumerate(told)]
    return [
        mention for likeness, _, mention in sorted(found, key=lambda f: f[:2], reverse=True) if likeness >= _RESTATED
    ]


def basis(target: Mention, answer: Answer) -> str:
    """What an answer was chosen on, for the trace: both names, and what else they share."""
    members = [m for m in (*answer.pair.actuals[:1], answer.pair.target) if m is not None]
    if not members:
        return "报告只写了完成率"
    best = max(members, key=lambda m: alike(target.name.core, m.name.core))
    shared = [
        label
        for label, mine, theirs in (
            ("级别", target.name.level, best.name.level),
            ("阶段", target.name.stage, best.name.stage),
            ("增量或存量", target.name.flow, best.name.flow),
            ("变动方向", target.name.change, best.name.change),
        )
        if mine is not None and mine == theirs
    ]
    told = "复述的目标" if best is answer.pair.target else "名称"
    same = f"；{'、'.join(shared)}相同" if shared else ""
    return f"{told}“{best.name.text}”对“{target.name.text}”{same}；门槛{_THRESHOLD}"
