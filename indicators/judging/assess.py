"""From a pair of mentions to an assessment: facts, verdict, reason, flags, trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pydantic import TypeAdapter

from indicators.extract.model import TOLD_BEHIND, Mention
from indicators.judging.confidence import confidence
from indicators.judging.goal import Goal, direction_of, goal, goal_of
from indicators.judging.period import share_passed
from indicators.judging.reasons import explain
from indicators.judging.verdict import Judgement, judge, judge_completion
from indicators.learning import NOTHING, calibrated
from indicators.linking.model import Pair
from indicators.quantities import comparable, convert
from indicators.rulebook import phrase
from indicators.schema.quantity import Quantity
from indicators.schema.report import Assessment, Fact, Flag, Rival, Step, Verdict
from indicators.tasks.model import Context

_NAME_PROMISE = ("gap.against", "gap.plainly", "gap.beyond")
"""Openings of rules of distances that name the promise they are measured from."""
_ROUNDED = 0.006
"""How far a printed rate may lie off its figures, in parts of it and of one: whole per cents are printed, too."""


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
    if pair.gap is not None:
        _derive(pair, draft, flags, share)
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


def _figure(quantity: Quantity) -> Decimal | None:
    return quantity.low if quantity.low is not None else quantity.high


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
        value = _figure(quantity)
        made = fact(first, value, value, value)
        return _converted(value, quantity.unit, aim), made
    flags.append("summed")
    total = sum((_figure(m.quantity) or Decimal(0) for m in actuals), Decimal(0))
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


def _derive(pair: Pair, draft: _Draft, flags: list[Flag], share: float) -> None:
    """A target that is only implied: actual 88%, "比年度目标好2个百分点" -> 86%."""
    gap = pair.gap
    assert gap is not None
    size = _figure(gap.quantity)
    if size is None:
        return
    if not pair.actuals or draft.value is None:
        # 比上年多4个 next to a promise: a bare count may be told of anything, unless its words name the promise
        named = pair.target is not None or gap.quantity.kind != "count" or gap.rule.startswith(_NAME_PROMISE)
        if share >= 1 and pair.claim is None and named:
            pair.claim = _side(gap)
        if pair.claim is None:
            flags.append("stated")
        if pair.target is None:
            draft.actual = fact(gap, size, size, size)
        return
    actual = pair.actuals[0]
    rate = actual.quantity.unit in ("%", "百分点")
    if gap.quantity.unit in ("%", "百分点") and not rate:
        ahead = not phrase("verdicts", "below").search(gap.left)
        pair.completion = 1 + float(size) / 100 * (1 if ahead else -1)
        held = direction_of(actual.name) == "down" and not phrase("verdicts", "spending").search(actual.name.text)
        pair.control = pair.control or held or bool(phrase("links", "control").search(gap.left))
        pair.stated_by = gap
        return
    higher, promised = _stands_to_goal(actual, gap)
    figure = draft.value - size if higher else draft.value + size
    quantity = _implied(gap, actual, figure)
    about = quantity.bound == "about"
    draft.goal = goal(quantity, actual.name, promised=promised)
    if draft.goal is None:
        return
    flags.append("derived")
    start, end = gap.span
    draft.target = Fact(
        text=f"{figure.normalize():f}{actual.quantity.unit}{'左右' if about else ''}",
        value=float(figure),
        low=_float(draft.goal.low),
        high=_float(draft.goal.high),
        unit=actual.quantity.unit,
        start=start,
        end=end,
        spans=[(start, end)],
        context=gap.left + gap.quantity.text,
    )


def _side(gap: Mention) -> Verdict | None:
    """湖北高出目标1.67个百分点: on which side of a promise that nobody prints its distance lies."""
    whole = f"{gap.left}{gap.quantity.text[: gap.quantity.number_start - gap.quantity.start]}"
    # 欠费率比控制线低1.6个百分点: what is owed is its name; 南城低了2个百分点: the name took the word in
    at = whole.find(gap.name.core)
    said = whole[max(0, at + len(gap.name.core) - 1) :] if at >= 0 else whole
    if phrase("verdicts", "better").search(said):
        return "exceeded"
    if phrase("verdicts", "worse").search(said):
        return "missed"
    less = phrase("links", "control").search(whole) or direction_of(gap.name) == "down"
    below = phrase("verdicts", "below").search(said) is not None
    return "exceeded" if below == bool(less) else "missed"


def _stands_to_goal(actual: Mention, gap: Mention) -> tuple[bool, bool]:
    """Whether the actual is the greater figure, and whether its change is one that would be promised."""
    direction = direction_of(actual.name, actual.quantity)
    said = f"{gap.left}{gap.right}" if gap.rule == TOLD_BEHIND else gap.left
    if phrase("verdicts", "better").search(said):
        # 出口下降3.2%，好于目标0.8个百分点: of a fall that is no good the less the better.
        return direction == "up", direction == "up"
    if phrase("verdicts", "worse").search(said):
        return direction == "down", True
    higher = not phrase("verdicts", "below").search(gap.left)
    if actual.name.change == "down" and phrase("links", "control").search(gap.left):
        return not higher, True  # 能耗降4.1%，比控制线低0.6个百分点: the line is one for the level, not for the fall
    return higher, True


def _implied(gap: Mention, actual: Mention, figure: Decimal) -> Quantity:
    """The promise that a distance implies: 超控制指标3起 lies beyond what must not be passed."""
    ceiling = phrase("verdicts", "ceiling").search(gap.left) is not None and actual.name.change is None
    return Quantity(
        text="",
        start=gap.start,
        end=gap.end,
        low=figure,
        high=figure,
        unit=actual.quantity.unit,
        kind=actual.quantity.kind,
        bound="about" if gap.quantity.bound == "about" else "at_most" if ceiling else None,
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
        judgement = judge_completion(pair.completion, share=share, control=pair.control)
        flags.append("stated")
    elif judgement is None and pair.claim is not None:
        draft.verdict = pair.claim
        flags.append("stated")
    elif judgement is None and promised:
        draft.verdict = "unreported"
    if judgement is not None:
        draft.verdict = judgement.verdict
        draft.completion = round(pair.completion, 4) if pair.completion is not None else judgement.completion
        draft.arithmetic = judgement.reason


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
        computed = float(draft.value / draft.goal.figure)
        if draft.target is not None and abs(computed - pair.completion) > _ROUNDED * max(1, computed):
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
