"""Milestones: the steps of a schedule, answered by what their own month or quarter tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.extract.model import Mention
from indicators.linking.model import Candidate, Located, Pair, take
from indicators.linking.weigh import weigh
from indicators.linking.why import TOO_UNLIKE
from indicators.rulebook import phrase
from indicators.tasks.asof.month import last_month
from indicators.tasks.model import Context

_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])月(?!底前|末前)")
_YEARLY = 2
"""How many times a quarter's plan a figure is at least, to be taken for the year's."""


def answer_milestones(
    targets: list[Pair], actuals: list[Located], used: set[int], context: Context, threshold: float
) -> None:
    """Milestones take what answers them best, the headline's figure too; none that an earlier month dates."""
    for pair in targets:
        if not pair.milestone or pair.actuals or pair.target is None:
            continue
        ranked = []
        for unit, actual in actuals:
            if unit is not pair.unit:
                continue
            score, why = weigh(pair, unit, actual, context)
            why = why or (_of_headline(pair, actual, targets) if id(actual) in used else "")
            why = why or since_january(pair.target, actual, context)
            if score >= threshold and not why and not dated_before(pair.target, context):
                ranked.append((score - (0.02 if id(actual) in used else 0), -actual.start, actual))
            elif score > 0.3:
                pair.rivals.append(Candidate(actual, score, why or TOO_UNLIKE))
        if ranked:
            score, _, actual = max(ranked, key=lambda item: item[:2])
            take(pair, [actual], min(score + 0.02, 1.0), "name", used)


def answer_for_year(targets: list[Pair], context: Context, used: set[int]) -> None:
    """9月底该修20公里，实际23公里；全年要修40公里: what answers a part of the year counts towards all of it.

    And what the year took for its own (全年要修40公里，9月底该修20公里，实际23公里) answers the part as well.
    """
    if context.closed or context.is_plan:
        return
    promised = [p for p in targets if p.target is not None and not p.milestone]
    parts = [p for p in promised if p.target is not None and _is_part(p.target)]
    for pair in promised if parts else ():
        whole = pair.target
        if whole is None or not phrase("links", "of_the_year").search(whole.left):
            continue
        for part in parts:
            promise = part.target
            if promise is None or promise is whole or not _same_promise(promise, whole):
                continue
            if pair.is_open and part.actuals:
                take(pair, part.actuals, part.score, "name", used)
            elif part.is_open and pair.actuals and all(m.part is promise.part for m in pair.actuals):
                take(part, pair.actuals, pair.score, "name", used)


def _same_promise(part: Mention, whole: Mention) -> bool:
    alike = part.part is whole.part and part.name.text == whole.name.text
    return alike and part.quantity.unit == whole.quantity.unit


def _is_part(target: Mention) -> bool:
    """Whether a promise is for the first months of the year: 9月底该修, 上半年计划."""
    due, part = phrase("verdicts", "due"), phrase("verdicts", "part_of_year")
    return due.search(target.left) is not None or part.search(target.left) is not None


def since_january(step: Mention, actual: Mention, context: Context) -> str:
    """Why a step of a quarter's schedule is not answered by far more that is told since January."""
    goal, value = step.quantity.value, actual.quantity.value
    if not goal or value is None or value < _YEARLY * goal:
        return ""
    told = phrase("links", "since_january").search(actual.part.passage.text, actual.sentence[0], actual.start)
    planned = phrase("links", "since_january").search(step.part.passage.text, *step.sentence)
    quarterly = phrase("links", "quarter_title").search(context.title)
    return "计划为一个季度，实际为全年累计" if told and quarterly and not planned else ""


def _of_headline(step: Pair, actual: Mention, targets: Sequence[Pair]) -> str:
    """Why a step of another level or stage than its headline is not answered by what the headline is."""
    headline = next((p.target for p in targets if not p.milestone and actual in p.actuals), None)
    if headline is None or step.target is None:
        return ""
    own, whole = step.target.name, headline.name
    return "与总目标级别或阶段不同" if own.level != whole.level and own.level and actual.name.level is None else ""


def dated_before(target: Mention, context: Context) -> bool:
    """A milestone of an earlier month is answered only by a figure of that month."""
    months = [int(m) for m in _MONTH.findall(target.in_front)]
    told = months[-1] if months else last_month(target.in_front)
    return told is not None and context.month is not None and told < context.month
