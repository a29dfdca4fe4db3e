"""From a pair of mentions to an assessment: facts, verdict, reason, flags, trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pydantic import TypeAdapter

from indicators.extract.model import Mention
from indicators.judging.confidence import confidence
from indicators.judging.distance import implied_goal, told_by_distance
from indicators.judging.goal import Goal, direction_of, goal_of
from indicators.judging.period import share_passed
from indicators.judging.reasons import explain
from indicators.judging.verdict import Judgement, judge, judge_completion
from indicators.learning import NOTHING, calibrated
from indicators.linking.model import Pair
from indicators.quantities import comparable, convert
from indicators.quantities.rates import PART, points_off
from indicators.rulebook import phrase
from indicators.schema.report import Assessment, Fact, Flag, Rival, Step, Verdict
from indicators.tasks.model import Context


@dataclass(slots=True)
class _Draft:
    """What is known of a row before it is frozen."""

    goal: Goal | None = None
    target: Fact | None = None
    actual: Fact | None = None
    value: Decimal | None = None
    verdict: Verdict | None = None
    completion: float | None = None
    arithmetic: str = ""


def assess(pair: Pair, context: Context, document: Mapping[str, float] = NOTHING) -> Assessment:
    """The assessment of one pair; ``document`` tells how well its document was read, for the confidence."""
    draft = _Draft()
    flags: list[Flag] = []
    lead = pair.lead
    assert lead is not None
    if pair.target is not None:
        draft.goal = goal_of(pair.target)
        draft.target = _target_fact(pair.target, draft.goal)
    if pair.actuals:
        draft.value, draft.actual = _actual(pair.actuals, flags, draft.goal)
        if draft.value is not None and pair.target is not None and _runs_against(pair.target, pair.actuals[0]):
            draft.value = -draft.value
    share = share_passed(pair, context)
    pair = told_by_distance(pair, share)
    if pair.gap is not None:
        _by_distance(pair, pair.gap, draft, flags)
    _judge(pair, draft, share, flags)
    _flag_conflicts(pair, draft, flags)
    name = lead.name if pair.target is None and not pair.actuals else (pair.target or pair.actuals[0]).name
    indicator = _shown(pair, lead)
    return Assessment(
        indicator=indicator,
        kind="milestone" if pair.milestone else "headline",
        target=draft.target,
        bound=draft.goal.bound if draft.goal and draft.target else None,
        direction=draft.goal.direction if draft.goal else direction_of(name, lead.quantity),
        actual=draft.actual,
        completion=draft.completion,
        verdict=draft.verdict,
        confidence=calibrated(pair, draft.verdict, confidence(pair, draft.verdict), flags=flags, document=document),
        flags=flags,
        reason=explain(pair, draft.target, draft.actual, draft.goal, draft.verdict, draft.arithmetic, flags),
        rivals=[
            Rival(
                text=c.actual.quantity.text,
                start=c.actual.span[0],
                end=c.actual.span[1],
                indicator=c.actual.name.text,
                score=round(c.score, 3),
                why=c.why,
            )
            for c in pair.rivals
        ],
        trace=_trace(pair, draft),
    )


def _runs_against(target: Mention, actual: Mention) -> bool:
    """A rise told where a fall was promised, or the other way round, counts as less than nothing."""
    changes = (target.name.change, actual.name.change)
    return None not in changes and changes[0] != changes[1]


def _shown(pair: Pair, lead: Mention) -> str:
    name = lead.name
    text = name.text or name.subject or lead.left or lead.right or pair.unit.text[:12]
    if name.subject and not text.startswith(name.subject[:4]):
        text = f"{name.subject}{text}"
    if pair.gap is not None and pair.target is None and not pair.actuals:
        text = f"{text}与目标的差距"
    if lead.distributed and pair.target is not None and lead.distributed not in text:
        text = f"{text}（{lead.distributed}）"
    return text


def squash(text: str) -> str:
    """Layout white space out, as the contract wants of printed quantities."""
    return "".join(text.split())


def fact(mention: Mention, low: Decimal | None, high: Decimal | None, value: Decimal | None) -> Fact:
    """A mention as a fact with its place in the source."""
    start, end = mention.span
    passage = mention.part.passage.text
    return Fact(
        text=squash(mention.quantity.text),
        value=_float(value),
        low=_float(low),
        high=_float(high),
        unit=mention.quantity.unit,
        start=start,
        end=end,
        spans=[(start, end)],
        period=mention.period.iso if mention.period else None,
        place=mention.part.place.label() or None,
        context=passage[max(mention.sentence[0], mention.start - 60) : min(mention.sentence[1], mention.end + 40)],
    )


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _target_fact(target: Mention, aim: Goal | None) -> Fact:
    if aim is None:
        return fact(target, target.quantity.low, target.quantity.high, target.quantity.value)
    return fact(target, aim.low, aim.high, target.quantity.value)


def _actual(actuals: list[Mention], flags: list[Flag], aim: Goal | None) -> tuple[Decimal | None, Fact]:
    first = actuals[0]
    if any(m.forecast for m in actuals):
        flags.append("forecast")
    if any(m.counted for m in actuals):
        flags.append("counted")
    if len(actuals) == 1:
        quantity = first.quantity
        if quantity.bound == "range":
            return quantity.high, fact(first, quantity.low, quantity.high, None)
        value = quantity.figure
        made = fact(first, value, value, value)
        return _converted(value, quantity.unit, aim), made
    flags.append("summed")
    total = sum((m.quantity.figure or Decimal(0) for m in actuals), Decimal(0))
    made = fact(first, total, total, total)
    made = made.model_copy(
        update={
            "text": "+".join(squash(m.quantity.text) for m in actuals),
            "spans": [m.span for m in actuals],
        }
    )
    return _converted(total, first.quantity.unit, aim), made


def _converted(value: Decimal | None, unit: str, aim: Goal | None) -> Decimal | None:
    if value is None or aim is None or not (unit and aim.unit) or not comparable(unit, aim.unit):
        return value
    return convert(value, unit, aim.unit)


def _by_distance(pair: Pair, gap: Mention, draft: _Draft, flags: list[Flag]) -> None:
    """What a printed distance stands for where a figure is missing: itself, or the target that it implies."""
    size = gap.quantity.figure
    if size is None:
        return
    if not pair.actuals or draft.value is None:
        if pair.claim is None:
            flags.append("stated")
        if pair.target is None:
            draft.actual = fact(gap, size, size, size)
    elif pair.stated_by is not gap and (aim := implied_goal(gap, pair.actuals[0], draft.value)) is not None:
        flags.append("derived")
        draft.goal, draft.target = aim, _implied_fact(gap, aim)


def _implied_fact(gap: Mention, aim: Goal) -> Fact:
    """A target that is printed only as a distance, found where that stands."""
    start, end = gap.span
    about = "左右" if gap.quantity.bound == "about" else ""
    return Fact(
        text=f"{aim.figure.normalize():f}{aim.unit}{about}",
        value=float(aim.figure),
        low=_float(aim.low),
        high=_float(aim.high),
        unit=aim.unit,
        start=start,
        end=end,
        spans=[(start, end)],
        context=gap.left + gap.quantity.text,
    )


def _judge(pair: Pair, draft: _Draft, share: float, flags: list[Flag]) -> None:
    judgement: Judgement | None = None
    promised = draft.goal is not None and draft.target is not None
    if draft.goal is not None and draft.target is not None and draft.value is not None:
        mention = pair.target or pair.actuals[0]
        money = draft.goal.unit != "%"  # 支出率97.6% against a demanded 98%: a rate is no sum that a budget gives
        spent = bool(phrase("verdicts", "spending").search(mention.name.text)) and draft.goal.direction == "up"
        spending = spent and money
        judgement = judge(draft.goal, draft.value, share=share, spending=spending)
        _flag_partial(pair, share, flags)
    if judgement is None and pair.completion is not None:
        # 死亡140人，占控制数的83%；云山县46人，到了130%: what should be less is told against a ceiling
        less = any(direction_of(m.name) == "down" and m.name.change is None for m in pair.actuals)
        judgement = judge_completion(pair.completion, share=share, control=pair.control or less)
        flags.append("stated")
    elif judgement is None and pair.claim is not None:
        draft.verdict = pair.claim
        flags.append("stated")
    elif judgement is None and promised and _only_ticked(pair):
        draft.verdict = "met"
        flags.append("stated")
    elif judgement is None and promised:
        draft.verdict = "unreported"
    if judgement is not None:
        draft.verdict = judgement.verdict
        draft.completion = round(pair.completion, 4) if pair.completion is not None else judgement.completion
        draft.arithmetic = judgement.reason


def _only_ticked(pair: Pair) -> bool:
    """A row of figures that is ticked as done where its figure is left out: 100万吨 | — | √."""
    figures = pair.target is not None and pair.target.rule == "column" and pair.unit.claimed == "completed"
    told = (part.passage.text for part in pair.unit.parts if part.role == "result")
    return figures and not any(map(str.isalnum, "".join(told)))


def _flag_partial(pair: Pair, share: float, flags: list[Flag]) -> None:
    """A rate told for 1-11月 answers the annual target of a report that closes the year."""
    if pair.milestone:
        return
    text = pair.actuals[0].in_front
    told = list(phrase("verdicts", "part_told").finditer(text))
    if share >= 1 and told and not phrase("verdicts", "year_end").search(text, told[-1].end()):
        flags.append("partial_period")


def _flag_conflicts(pair: Pair, draft: _Draft, flags: list[Flag]) -> None:
    if draft.value is not None and draft.goal is not None:
        claimed = pair.claim
        if claimed is None and pair.unit.claimed == "completed":
            claimed = "met"
        if claimed is None and pair.unit.claimed == "not_completed":
            claimed = "missed"
        if claimed == "missed" and draft.verdict in ("exceeded", "met"):
            flags.append("claim_conflict")
        overstated = claimed in ("met", "exceeded") and draft.verdict in ("missed", "behind")
        if overstated or (claimed == "exceeded" and draft.verdict == "met" and pair.claim is not None):
            flags.append("claim_conflict")
    if pair.completion is not None and draft.value is not None and draft.goal is not None and draft.goal.figure:
        computed = draft.value / draft.goal.figure * 100
        off = abs(computed - Decimal(pair.completion) * 100)
        if draft.target is not None and off > max(points_off(0, cut=True), PART * computed):
            flags.append("completion_conflict")


def _trace(pair: Pair, draft: _Draft) -> list[Step]:
    steps: list[dict[str, object]] = []
    for mention in [*([pair.target] if pair.target else []), *pair.actuals, *([pair.gap] if pair.gap else [])]:
        steps += (
            {"stage": "quantity", "rule": mention.quantity.kind, "text": mention.quantity.text},
            {"stage": "role", "rule": mention.rule, "score": mention.score, "text": mention.role},
            {"stage": "name", "rule": "words", "text": mention.name.text},
        )
    if pair.target and pair.actuals:
        steps.append({"stage": "link", "rule": pair.how, "score": round(pair.score, 3)})
    if draft.verdict:
        rule = draft.goal.bound if draft.goal else "stated"
        steps.append({"stage": "judge", "rule": rule, "text": draft.verdict})
    return _steps().validate_python(steps)


@cache
def _steps() -> TypeAdapter[list[Step]]:
    """All steps of a row are checked at once: half the time of one by one."""
    return TypeAdapter(list[Step])
