"""How well an actual answers a target: names first, then what stands for or against it."""

from __future__ import annotations

from indicators.extract.model import Mention, Name
from indicators.extract.names import core_of, flow_stage
from indicators.linking.compat import obstacle
from indicators.linking.horizon import beyond_year
from indicators.linking.model import Pair
from indicators.linking.similarity import alike, alike_to_promise
from indicators.linking.why import UNLIKE
from indicators.quantities import comparable
from indicators.quantities.rates import makes
from indicators.quantities.years import named_years
from indicators.rulebook import phrase
from indicators.tasks.model import Context, TaskUnit

_STAGES = ("apply", "sign", "land", "start", "frame", "arrive", "grant", "finish", "operate")
"""Steps of one thing, earliest first."""
_SAME_NAME = 0.7
_WORD = 2
"""Characters of a thing at least, to know it by."""


def weigh(pair: Pair, unit: TaskUnit, actual: Mention, context: Context) -> tuple[float, str]:
    """How well an actual answers the target, 0..1 by its name and more by what else speaks for it; what forbids it."""
    target = pair.target
    assert target is not None
    score = alike_to_promise(target.name.core, actual.name.core)
    if _is_step_of(target.name, actual.name):
        # 棚改12600户 …… 签约, 开工, 交付入住: the steps are all of the thing named before them.
        score = max(score, alike_to_promise(target.name.core, core_of(actual.name.anchor)))
    same_task = unit is pair.unit
    if score < 0.3:
        return score, UNLIKE
    why = obstacle(target, actual, same_task=same_task, month=context.month)
    if why is None and other_year(target, actual, context):
        why = "不是同一年度"
    if why:
        return score, why
    if fits_print(target, actual):
        score += 0.4  # what the report itself reckons with outweighs a longer name
    if target.name.stage and target.name.stage == actual.name.stage:
        score += 0.05
    if target.name.flow and target.name.flow == actual.name.flow:
        score += 0.05
    if target.name.level and target.name.level == actual.name.level:
        score += 0.05
    if same_task:
        score += 0.04
    if target.quantity.unit != actual.quantity.unit:
        score -= 0.03  # 送戏下乡800场 …… 813场, not the 19个 that happens to stand nearer
    if target.part is actual.part:
        score += 0.08 if target.sentence == actual.sentence else 0.02
    if target.name.stage is None and actual.name.stage in _STAGES:
        # One target, several stages told: the last one answers.
        score += 0.01 * _STAGES.index(actual.name.stage)
    if _is_part_of_whole(actual):
        score -= 0.12
    if actual.forecast:
        score -= 0.06
    if context.share >= 1 and phrase("verdicts", "part_told").search(actual.left):
        score -= 0.05  # 前三季度新增260家，全年新增352家: a year that is over is answered by what was told of all of it
    if actual.name.flow == "stock" and target.name.flow is None:
        score -= 0.1
    return score, ""


def _is_step_of(goal: Name, told: Name) -> bool:
    """Whether what is told is a step of the thing named before it, and the goal has no step of its own or the same."""
    if told.stage not in _STAGES or len(told.anchor) < _WORD:
        return False
    return goal.stage is None or (
        goal.stage == told.stage and told.text != told.anchor and told.text.startswith(told.anchor)
    )


def fits_print(target: Mention, actual: Mention) -> bool:
    """Whether the rate printed beside the actual is exactly the actual over the target."""
    share = actual.stated_share
    if share is None:
        return False
    tenths = round(share * 1000) % 10 != 0
    return makes(actual.quantity.value, target.quantity.value, share * 100, int(tenths), cut=tenths)


def _is_part_of_whole(actual: Mention) -> bool:
    """实施技改项目1182项，其中竣工436项: the whole stands in front, and at no earlier step (开工58处，其中建成41处)."""
    if actual.wall is None or not phrase("names", "opens_part").match(actual.left):
        return False
    _, before = flow_stage(actual.part.passage.text[actual.sentence[0] : actual.wall])
    own = actual.name.stage
    return not (before in _STAGES and own in _STAGES and _STAGES.index(before) < _STAGES.index(own))


def other_year(target: Mention, actual: Mention, context: Context) -> bool:
    """Whether the target is for a later year than the actual tells, or the actual for an earlier one."""
    short = beyond_year(target, actual, context)
    if short is not None:
        return short or _looks_ahead(actual, context)
    later = _looks_ahead(target, context)
    if later and not _looks_ahead(actual, context):
        return True
    if context.is_plan and actual.part.tense == "review" and target.part.tense != "review":
        return True  # what a plan looks back on is the year before
    before = context.is_plan and actual.part is target.part and actual.start < target.start
    if before and phrase("links", "told_surely").search(actual.left):
        return True  # 目前已建成32所，今年要新建6所: what stands when a plan is made
    relative = actual.period.relative if actual.period else None
    if relative in ("last_year", "same_period_last_year"):
        return not phrase("links", "moved_to").match(actual.left)  # 由上年的7.6%降至2.4%
    return _tells_earlier(target, actual, context)


def _tells_earlier(target: Mention, actual: Mention, context: Context) -> bool:
    """Whether running text names an earlier year for the actual, and the promise is of the report's own year."""
    period = actual.period
    if period is None or period.first is None or period.relative is not None:
        return False
    if period.kind != "year" and not (period.kind in ("month", "until") and named_years(period.text)):
        return False
    if context.year is None or context.is_plan or context.progress is not None:
        return False
    if target.part.role != "prose" or target.part.tense == "review":
        return False
    named = target.period is not None and target.period.kind in ("plan", "until")
    return not named and int(period.first[:4]) < context.year


def _looks_ahead(mention: Mention, context: Context) -> bool:
    """Whether a mention speaks of the year after the one reported."""
    if phrase("links", "next_year").search(mention.in_front):
        return True
    # Before the year is nearly over, what is still to be done is to be done in it.
    if (
        mention.part.tense == "plan"
        and not (mention.part.answered or context.is_plan)
        and context.as_of is not None
        and context.nearly_over
    ):
        return True
    years = named_years(mention.in_front)
    return bool(years) and context.year is not None and not context.is_plan and years[-1] > context.year


def same_fact(a: Mention, b: Mention) -> bool:
    """Whether two mentions tell one figure of one thing, as a task does that prints it twice."""
    if a.quantity.value != b.quantity.value or not comparable(a.quantity.unit, b.quantity.unit):
        return False
    if a.name.subject != b.name.subject or a.name.change != b.name.change:
        return False
    return a.name.text == b.name.text or (a.sentence != b.sentence and alike(a.name.core, b.name.core) > _SAME_NAME)
