"""The chain with the learned steps hooked in, for training and evaluation: nothing of the chain is copied.

A step that the chain already calls itself is left to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from indicators import pipeline
from indicators.extract.model import Mention
from indicators.judging import assess as assessing
from indicators.judging.confidence import confidence
from indicators.learning import PairFacts, calibrated, choose_pairs, rescore_roles
from indicators.linking import link as linking
from indicators.linking.model import Candidate, Pair
from indicators.linking.similarity import alike
from indicators.quantities import comparable
from indicators.schema.report import Assessment
from indicators.tasks.model import Context, TaskUnit

CANDIDATE = 0.3
"""Names less alike than this make a candidate only within one task, or close by in running text."""
_NEARBY = 400
Located = tuple[TaskUnit, Mention]
_NAME_RULES = linking._by_name
_LINKERS = ("link_unit", "link_text")


def open_facts(
    targets: Sequence[Pair], actuals: Sequence[Located], used: set[int], context: Context
) -> dict[tuple[int, int], PairFacts]:
    """The pairs worth weighing among targets without an answer and actuals not used yet, by their indices."""
    found: dict[tuple[int, int], PairFacts] = {}
    for i, pair in enumerate(targets):
        if pair.actuals or pair.target is None:
            continue
        target = pair.target
        for j, (unit, actual) in enumerate(actuals):
            if id(actual) in used:
                continue
            likeness = alike(target.name.core, actual.name.core)
            near = unit is pair.unit and (unit.form != "prose" or abs(actual.span[0] - target.span[0]) < _NEARBY)
            if likeness < CANDIDATE and not near:
                continue
            units = target.quantity.unit, actual.quantity.unit
            if all(units) and not comparable(*units):
                continue
            score, why = linking._score(pair, unit, actual, context)
            found[i, j] = PairFacts(
                name_score=likeness,
                rule_score=score,
                obstacle=why or None,
                same_task=unit is pair.unit and unit.form != "prose",
                same_topic=actual.part is target.part and actual.topic == target.topic,
            )
    return found


def by_model(targets: list[Pair], actuals: list[Located], used: set[int], context: Context, threshold: float) -> None:
    """What ``linking.link._by_name`` does, with the model's choice where there is one."""
    facts = open_facts(targets, actuals, used, context)
    chosen = choose_pairs([p.target or actuals[0][1] for p in targets], [m for _, m in actuals], facts)
    if chosen is None:
        _NAME_RULES(targets, actuals, used, context, threshold)
        return
    for i, j, chance in chosen:
        linking._take(targets[i], [actuals[j][1]], round(chance, 3), "model", used)
    for (i, j), known in facts.items():
        actual = actuals[j][1]
        if not any(actual is m for m in targets[i].actuals) and known.rule_score > CANDIDATE:
            why = known.obstacle or ("另有更相近的" if targets[i].actuals else "名称不够相近")
            targets[i].rivals.append(Candidate(actual, known.rule_score, why))
    for pair in targets:
        pair.rivals = sorted(pair.rivals, key=lambda c: -c.score)[: linking._RIVALS]


def _first(
    then: Callable[[list[Mention], Context], None], link: Callable[..., list[Pair]]
) -> Callable[..., list[Pair]]:
    """``link_unit`` or ``link_text`` with a look at the mentions before they are linked."""

    def linked(first: Any, second: Any, *rest: Any) -> list[Pair]:
        if isinstance(first, TaskUnit):
            then(list(second), rest[0])
        else:
            then([mention for _, mention in first], second)
        return link(first, second, *rest)

    return linked


@contextmanager
def watched(then: Callable[[list[Mention], Context], None]) -> Iterator[None]:
    """Shows ``then`` the mentions as the rules leave them. Switch the model off around it."""
    with ExitStack() as stack:
        for name in _LINKERS:
            stack.enter_context(mock.patch.object(pipeline, name, _first(then, getattr(pipeline, name))))
        yield


@contextmanager
def hooked(
    *,
    observe: Callable[[list[Pair], Sequence[Located], set[int], Context], None] | None = None,
    assessed: Callable[[Pair, Assessment], None] | None = None,
) -> Iterator[None]:
    """Runs the chain with the learned steps that ``INDICATORS_MODEL`` leaves on.

    ``observe`` is called before names decide on links, ``assessed`` with every pair and its assessment.
    """

    def by_name(
        targets: list[Pair], actuals: list[Located], used: set[int], context: Context, threshold: float
    ) -> None:
        if observe is not None:
            observe(targets, actuals, used, context)
        by_model(targets, actuals, used, context, threshold)

    assess = assessing.assess

    def weighed(pair: Pair, context: Context) -> Assessment:
        made = assess(pair, context)
        if not hasattr(assessing, "calibrated"):
            sure = calibrated(pair, made.verdict, confidence(pair, made.verdict), flags=made.flags)
            made = made.model_copy(update={"confidence": sure})
        if assessed is not None:
            assessed(pair, made)
        return made

    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(pipeline, "assess", weighed))
        if not hasattr(linking, "choose_pairs"):
            stack.enter_context(mock.patch.object(linking, "_by_name", by_name))
        if not hasattr(pipeline, "rescore_roles"):
            for name in _LINKERS:
                linker = _first(rescore_roles, getattr(pipeline, name))
                stack.enter_context(mock.patch.object(pipeline, name, linker))
        yield
