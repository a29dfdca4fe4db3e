"""Links targets to actuals: first what the text itself ties together, then the best assignment by name."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from indicators.extract.model import Mention
from indicators.linking.compat import obstacle
from indicators.linking.model import Candidate, Pair
from indicators.linking.similarity import alike, answers
from indicators.quantities import comparable
from indicators.tasks.model import Context, TaskUnit

THRESHOLD_TASK = 0.42
"""Within one task the task itself vouches for the names."""
THRESHOLD_TEXT = 0.62
"""Across running text a name must carry the link alone."""
_SET_AGAINST = regex.compile(r"^(?:超过|超出|高于|低于|未达到?|好于|优于)")
_CONTROL = regex.compile(r"控制|下达数")
STAGES = ("apply", "sign", "land", "start", "arrive", "grant", "finish", "operate")
"""Steps of one thing, earliest first."""
_ROUNDING = 0.0006
"""Half of the last printed digit of a percentage with one decimal."""
_PARTIAL = (None, "级别不同", "实际只是其中一类")
"""Obstacles that do not hold where parts are added up."""
_SAME_NAME = 0.7
_RIVALS = 4

Located = tuple[TaskUnit, Mention]


def link_unit(unit: TaskUnit, mentions: Sequence[Mention], context: Context) -> list[Pair]:
    """Pairs of a table's task: its targets are answered by its own cells only."""
    return _link([(unit, mention) for mention in mentions], context, THRESHOLD_TASK)


def link_text(located: Sequence[Located], context: Context) -> list[Pair]:
    """Pairs of running text: targets and actuals may stand paragraphs apart."""
    return _link(located, context, THRESHOLD_TEXT)


def _link(located: Sequence[Located], context: Context, threshold: float) -> list[Pair]:
    targets = [Pair(u, m, milestone=m.part.role == "schedule", claim=m.claim) for u, m in located if m.role == "target"]
    actuals = [(u, m) for u, m in located if m.role in ("actual", "compare")]
    targets = _fold_repeats(targets)
    used: set[int] = set()
    _same_topic(targets, actuals, used)
    _sum_alternatives(targets, actuals, used)
    _by_name([p for p in targets if not p.milestone], actuals, used, context, threshold)
    _milestones(targets, actuals, used, context, threshold)
    if threshold == THRESHOLD_TASK:
        _only_candidates(targets, actuals, used, context)
    _by_claim(targets, actuals, used)
    pairs = list(targets)
    pairs += _alone(actuals, used)
    pairs += _statements(pairs, located)
    pairs = _by_arithmetic(pairs)
    return sorted(pairs, key=_reading_order)


def _reading_order(pair: Pair) -> tuple[int, int]:
    mention = pair.target or (pair.actuals[0] if pair.actuals else pair.gap or pair.stated_by)
    return (pair.unit.start or 0, mention.span[0]) if mention else (pair.unit.start or 0, 0)


def _fold_repeats(targets: list[Pair]) -> list[Pair]:
    """A schedule that only repeats the headline gets no second row; nor does a target told twice in one unit."""
    kept: list[Pair] = []
    for pair in sorted(targets, key=lambda p: p.milestone):
        if not any(_repeats(pair, other) for other in kept):
            kept.append(pair)
    return kept


def _repeats(pair: Pair, other: Pair) -> bool:
    a, b = pair.target, other.target
    if a is None or b is None or pair.unit is not other.unit:
        return False
    same_value = (a.quantity.value, a.quantity.unit) == (b.quantity.value, b.quantity.unit)
    if not same_value or (a.name.change is None) != (b.name.change is None):
        return False
    if not pair.milestone:
        return a.name.text == b.name.text and a.name.subject == b.name.subject and a.distributed == b.distributed
    if pair.milestone and not other.milestone and a.name.stage and b.name.stage != a.name.stage and a.whole:
        return False
    if not a.name.core or not b.name.core or a.name.core in ("目标", "目标任务", "任务"):
        return True
    return alike(a.name.core, b.name.core) > 0.3


def _same_topic(targets: list[Pair], actuals: list[Located], used: set[int]) -> None:
    """The text names a thing once and gives both figures: 税收3511万元,预算8465万元."""
    for pair in targets:
        assert pair.target is not None
        answers = [
            (u, m)
            for u, m in actuals
            if id(m) not in used
            and m.part is pair.target.part
            and m.topic == pair.target.topic
            and comparable(m.quantity.unit, pair.target.quantity.unit)
        ]
        if answers:
            _, answer = min(answers, key=lambda item: (item[1].forecast, abs(item[1].start - pair.target.start)))  # type: ignore[union-attr]
            _take(pair, [answer], 0.97, "same_topic", used)


def _take(pair: Pair, answers: list[Mention], score: float, how: str, used: set[int]) -> None:
    pair.actuals, pair.score, pair.how = answers, score, how
    pair.claim = next((m.claim for m in answers if m.claim), pair.claim)
    used.update(id(m) for m in answers)


_OR = regex.compile(r"、|或|和|及|与")


def _sum_alternatives(targets: list[Pair], actuals: list[Located], used: set[int]) -> None:
    """A target of "A、B或C" is answered by the figures of A, B and C together."""
    for pair in targets:
        if pair.target is None or pair.actuals:
            continue
        kinds = [k for k in _OR.split(regex.sub(r"[“”\"]", "", pair.target.name.text)) if len(k) >= 2]
        if len(kinds) < 2 or pair.target.quantity.kind != "count":
            continue
        groups: dict[tuple[int, int], list[Mention]] = {}
        for _, actual in actuals:
            if id(actual) not in used and obstacle(pair.target, actual, same_task=False) in _PARTIAL:
                groups.setdefault(actual.sentence, []).append(actual)
        for group in groups.values():
            hits = [m for m in group if any(_names_kind(m, kind) for kind in kinds)]
            covered = {next(k for k in kinds if _names_kind(m, k)) for m in hits}
            if len(hits) >= 2 and len(covered) >= 2:
                _take(pair, hits, 0.8, "sum", used)
                break


def _names_kind(mention: Mention, kind: str) -> bool:
    core = regex.sub(r"[“”\"]", "", mention.name.text)
    return kind in core or alike(regex.sub(r"(?:企业|项目|落户)+$", "", kind), core) > 0.75


def _by_name(targets: list[Pair], actuals: list[Located], used: set[int], context: Context, threshold: float) -> None:
    ranked: list[tuple[float, int, int]] = []
    for i, pair in enumerate(targets):
        if pair.actuals or pair.target is None:
            continue
        for j, (unit, actual) in enumerate(actuals):
            if id(actual) in used:
                continue
            score, why = _score(pair, unit, actual, context)
            if score >= threshold and not why:
                ranked.append((score, -i, -j))
            elif score > 0.3:
                pair.rivals.append(Candidate(actual, score, why or "名称不够相近"))
    taken: set[int] = set()
    for score, i, j in sorted(ranked, reverse=True):
        pair, (_, actual) = targets[-i], actuals[-j]
        if -i in taken or id(actual) in used:
            pair.rivals.append(Candidate(actual, score, "另有更相近的" if -i in taken else "已对应另一目标"))
            continue
        taken.add(-i)
        _take(pair, [actual], score, "name", used)
    for pair in targets:
        pair.rivals = sorted(pair.rivals, key=lambda c: -c.score)[:_RIVALS]


def _score(pair: Pair, unit: TaskUnit, actual: Mention, context: Context) -> tuple[float, str]:
    target = pair.target
    assert target is not None
    score = answers(target.name.core, actual.name.core)
    same_task = unit is pair.unit
    if score < 0.3:
        return score, "名称不同"
    why = obstacle(target, actual, same_task=same_task)
    if why is None and _other_year(target, actual, context):
        why = "不是同一年度"
    if why:
        return score, why
    if target.name.stage and target.name.stage == actual.name.stage:
        score += 0.05
    if target.name.flow and target.name.flow == actual.name.flow:
        score += 0.05
    if target.name.level and target.name.level == actual.name.level:
        score += 0.05
    if same_task:
        score += 0.04
    if target.part is actual.part:
        score += 0.08 if target.sentence == actual.sentence else 0.02
    if target.name.stage is None and actual.name.stage in STAGES:
        # One target, several stages told: the last one answers.
        score += 0.01 * STAGES.index(actual.name.stage)
    if actual.forecast:
        score -= 0.06
    if actual.name.flow == "stock" and target.name.flow is None:
        score -= 0.1
    return min(score, 1.0), ""


def _other_year(target: Mention, actual: Mention, context: Context) -> bool:
    """Whether the target is for a later year than the actual tells, or the actual for an earlier one."""
    later = looks_ahead(target, context)
    if later and not looks_ahead(actual, context):
        return True
    relative = actual.period.relative if actual.period else None
    return relative in ("last_year", "same_period_last_year")


def looks_ahead(mention: Mention, context: Context) -> bool:
    """Whether a mention speaks of the year after the one reported."""
    text = mention.part.passage.text[mention.sentence[0] : mention.start]
    if regex.search(r"明年|来年|下一年", text):
        return True
    if mention.part.tense == "plan" and not context.is_plan and context.as_of is not None:
        return True
    years = [int(y) for y in regex.findall(r"((?:19|20)\d{2})年", text)]
    return bool(years) and context.year is not None and not context.is_plan and years[-1] > context.year


def _only_candidates(targets: list[Pair], actuals: list[Located], used: set[int], context: Context) -> None:
    """In one task a target and an actual that are alone in their unit answer each other, though names differ."""
    for pair in targets:
        if pair.actuals or pair.target is None:
            continue
        target = pair.target
        same = [p for p in targets if p.target and comparable(p.target.quantity.unit, target.quantity.unit)]
        open_same = [p for p in same if not p.actuals and p.milestone == pair.milestone]
        left = [
            m
            for u, m in actuals
            if u is pair.unit and id(m) not in used and comparable(m.quantity.unit, target.quantity.unit)
        ]
        left = [m for m in left if obstacle(target, m, same_task=True) is None and not _other_year(target, m, context)]
        if len(open_same) != 1 or len(left) != 1:
            continue
        score = alike(target.name.core, left[0].name.core)
        if score >= (0.2 if target.quantity.kind == "count" else 0.1):
            _take(pair, left, max(score, 0.45), "only", used)


def _alone(actuals: list[Located], used: set[int]) -> list[Pair]:
    """Actuals that answer no target; what a table's task prints twice gets one row."""
    kept: list[Located] = [(u, m) for u, m in actuals if id(m) in used]
    found = []
    for unit, mention in actuals:
        if id(mention) in used:
            continue
        if unit.form == "table" and any(u is unit and _same_fact(m, mention) for u, m in kept):
            continue
        kept.append((unit, mention))
        found.append(Pair(unit, None, [mention], claim=mention.claim, how="alone"))
    return found


def _same_fact(a: Mention, b: Mention) -> bool:
    if a.quantity.value != b.quantity.value or not comparable(a.quantity.unit, b.quantity.unit):
        return False
    if a.name.subject != b.name.subject or a.name.change != b.name.change:
        return False
    return a.name.text == b.name.text or (a.sentence != b.sentence and alike(a.name.core, b.name.core) > _SAME_NAME)


def _milestones(
    targets: list[Pair], actuals: list[Located], used: set[int], context: Context, threshold: float
) -> None:
    """Milestones take what answers them best, a figure that answers the headline too; none that an earlier month dates."""
    for pair in targets:
        if not pair.milestone or pair.actuals or pair.target is None:
            continue
        ranked = []
        for unit, actual in actuals:
            if unit is not pair.unit:
                continue
            score, why = _score(pair, unit, actual, context)
            if score >= threshold and not why and not _dated_before(pair.target, context):
                ranked.append((score - (0.02 if id(actual) in used else 0), -actual.start, actual))
            elif score > 0.3:
                pair.rivals.append(Candidate(actual, score, why or "名称不够相近"))
        if ranked:
            score, _, actual = max(ranked, key=lambda item: item[:2])
            _take(pair, [actual], min(score + 0.02, 1.0), "name", used)


def _dated_before(target: Mention, context: Context) -> bool:
    """A milestone of an earlier month is answered only by a figure of that month."""
    text = target.part.passage.text[target.sentence[0] : target.start]
    months = [int(m) for m in regex.findall(r"(?<!\d)(1[0-2]|[1-9])月(?!底前|末前)", text)]
    return bool(months) and context.month is not None and months[-1] < context.month


def _by_claim(targets: list[Pair], actuals: list[Located], used: set[int]) -> None:
    """One open target in a task, and figures that the text says fulfil the year's promise: they answer it."""
    open_pairs = [p for p in targets if not p.actuals and not p.milestone and p.target is not None]
    units = {id(p.unit): [q for q in open_pairs if q.unit is p.unit] for p in open_pairs}
    for group in units.values():
        if len(group) != 1:
            continue
        pair = group[0]
        assert pair.target is not None
        claimed = [
            m
            for u, m in actuals
            if u is pair.unit
            and m.claim
            and id(m) not in used
            and comparable(m.quantity.unit, pair.target.quantity.unit)
        ]
        if not claimed or any(m.name.stage == "apply" for m in claimed) or pair.unit.form == "prose":
            continue
        if len({m.sentence for m in claimed}) == 1:
            _take(pair, claimed, 0.6, "claim" if len(claimed) == 1 else "sum", used)


def _statements(pairs: list[Pair], located: Sequence[Located]) -> list[Pair]:
    """Hangs printed rates of completion and gaps onto their pair, or makes a row of their own."""
    own: list[Pair] = []
    for unit, mention in located:
        if mention.role not in ("completion", "gap"):
            continue
        pair = _pair_of_topic(pairs + own, mention) or _pair_of_twin(pairs, unit, mention, located)
        if mention.role == "completion":
            value = mention.quantity.value
            if value is None:
                continue
            share = float(value) / (100 if mention.quantity.unit == "%" else 1)
            if pair is None:
                carried = mention.rule == "completion.carried" and any(p.control for p in own)
                own.append(
                    Pair(
                        unit,
                        how="stated",
                        completion=share,
                        control=carried or bool(_CONTROL.search(mention.left)),
                        claim=mention.claim,
                        stated_by=mention,
                    )
                )
            elif pair.completion is None:
                pair.completion, pair.stated_by = share, mention
                pair.control = bool(_CONTROL.search(mention.left))
        elif pair is not None:
            if pair.target is None and pair.gap is None and pair.completion is None:
                if _is_promise_itself(mention, pair):
                    mention.role, mention.rule = "target", "gap.as-large"
                    pair.target, pair.score, pair.how = mention, 0.85, "same_topic"
                else:
                    pair.gap = mention
        elif not _restates(mention, own):
            own.append(Pair(unit, None, [], gap=mention, how="stated"))
    return own


def _by_arithmetic(pairs: list[Pair]) -> list[Pair]:
    """A printed rate that is exactly actual over target ties the two, whatever they are called."""
    open_targets = [p for p in pairs if p.target is not None and not p.actuals]
    for pair in open_targets:
        target = pair.target
        assert target is not None
        for other in pairs:
            if other.target is not None or len(other.actuals) != 1 or other.completion is None:
                continue
            actual = other.actuals[0]
            if actual.part is not target.part or not comparable(actual.quantity.unit, target.quantity.unit):
                continue
            figure, value = target.quantity.value, actual.quantity.value
            if figure and value is not None and abs(float(value / figure) - other.completion) < _ROUNDING:
                pair.actuals, pair.score, pair.how = [actual], 0.9, "arithmetic"
                pair.completion, pair.stated_by, pair.claim = other.completion, other.stated_by, other.claim
                pairs = [p for p in pairs if p is not other]
                break
    return pairs


def _pair_of_twin(pairs: list[Pair], unit: TaskUnit, mention: Mention, located: Sequence[Located]) -> Pair | None:
    """What a task prints twice has one row: a rate beside the second print speaks of the first."""
    if unit.form != "table":
        return None
    said = [m for u, m in located if u is unit and m.topic == mention.topic and m.role in ("actual", "target")]
    for pair in pairs:
        if pair.unit is unit and any(_same_fact(a, m) for a in pair.actuals for m in said):
            return pair
    return None


def _is_promise_itself(gap: Mention, pair: Pair) -> bool:
    """ "41.5万元，超过预算值40万元": a distance as large as the actual is the promise, not the distance."""
    if not _SET_AGAINST.search(gap.left):
        return False
    size, value = gap.quantity.value, pair.actuals[0].quantity.value if pair.actuals else None
    if size is None or not value or not comparable(gap.quantity.unit, pair.actuals[0].quantity.unit):
        return False
    return 0.5 <= abs(size / value) <= 2


def _pair_of_topic(pairs: list[Pair], mention: Mention) -> Pair | None:
    for pair in pairs:
        members = [*pair.actuals, *(m for m in (pair.target, pair.stated_by) if m)]
        if any(m.part is mention.part and m.topic == mention.topic for m in members):
            return pair
    return None


def _restates(gap: Mention, own: list[Pair]) -> bool:
    """死亡总数比下达数好37.5个百分点 says again what 占国家控制数的62.5% said."""
    return any(
        pair.completion is not None
        and gap.quantity.value is not None
        and abs(abs(1 - pair.completion) * 100 - float(gap.quantity.value)) < 0.051
        for pair in own
    )
