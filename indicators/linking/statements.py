"""Printed rates of completion and gaps: hung onto the pair they speak of, or rows of their own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from indicators.extract.clauses import Span
from indicators.extract.lexicon import form_of
from indicators.extract.model import Mention
from indicators.linking.model import Located, Pair
from indicators.linking.similarity import alike
from indicators.linking.weigh import fits_print, same_fact
from indicators.quantities import comparable
from indicators.quantities.rates import makes, points_off
from indicators.rulebook import phrase
from indicators.tasks.model import TaskUnit

_FAR = 0.2
"""How far, in parts of it, a printed rate lies off the figures of another promise."""
_NAMED = 0.6
"""How alike a statement's name and a promise's must be."""
_GOES_ON = frozenset({"completion.carried", "completion.bracket"})
"""The rules of rates that say alone what they are of."""
_LABEL = re.compile("[^，,。；;：:]{0,40}[：:]")


def hang_statements(pairs: list[Pair], located: Sequence[Located]) -> list[Pair]:
    """Hangs printed rates of completion and gaps onto their pair, or makes a row of their own."""
    own: list[Pair] = []
    controlled: set[tuple[int, Span]] = set()
    for told in pairs:
        if told.actuals and told.actuals[0].part.completion and told.actuals[0].name.change is None:
            told.completion = told.actuals[0].stated_share
    _complete_rows(pairs)
    rows = _Rows(pairs)
    for unit, mention in located:
        made: Pair | None = None
        if mention.role == "claim":
            if mention.part.role == "result":
                rows.note(_claim_only_promise(pairs, unit, mention), mention)
            else:
                made = Pair(unit, how="stated", claim=mention.claim, stated_by=mention)
        elif mention.role in ("completion", "gap"):
            pair = (
                _pair_of_cells(pairs, mention)
                or _pair_of_topic(rows, mention)
                or _pair_of_twin(pairs, unit, mention, located)
                or _pair_of_row(pairs, unit, mention)
                or _actual_of_name(pairs, unit, mention)
            )
            if mention.role == "completion":
                made = _hang_rate(pair, unit, mention, control=_of_control(mention, controlled))
            else:
                made = _hang_gap(pair, unit, mention, own)
            rows.note(pair, mention)
        if made is not None:
            own.append(made)
            rows.add(made)
    return own


class _Rows:
    """The pairs so far, found again by part and topic of what they tell: a text may hold thousands of them."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.all: list[Pair] = []
        self._place: dict[int, int] = {}
        self._places: dict[tuple[int, int], set[int]] = defaultdict(set)
        for pair in pairs:
            self.add(pair)

    def add(self, pair: Pair) -> None:
        """Takes the next pair."""
        self._place[id(pair)] = len(self.all)
        self.all.append(pair)
        for member in _members(pair):
            self.note(pair, member)

    def note(self, pair: Pair | None, member: Mention) -> None:
        """The pair, where there is one, may tell this mention now."""
        if pair is not None:
            self._places[id(member.part), member.topic].add(self._place[id(pair)])

    def telling(self, mention: Mention) -> list[Pair]:
        """The pairs that tell something of the mention's part and topic, in order."""
        near = (self.all[place] for place in sorted(self._places.get((id(mention.part), mention.topic), ())))
        return [p for p in near if any(m.part is mention.part and m.topic == mention.topic for m in _members(p))]


def _members(pair: Pair) -> list[Mention]:
    return [*pair.actuals, *(m for m in (pair.target, pair.stated_by) if m)]


def _pair_of_cells(pairs: Sequence[Pair], mention: Mention) -> Pair | None:
    """The row of a table whose cell tells what a distance in its next column is told of."""
    if not (mention.part.is_value and mention.part.group):
        return None
    return next((p for p in pairs if p.actuals and p.actuals[0].part.group == mention.part.group), None)


def _of_control(mention: Mention, controlled: set[tuple[int, Span]]) -> bool:
    """Whether less is better of a printed rate: 占控制数的83%；较大事故85起，占80% goes on with the control number.

    ``controlled`` are the sentences that told such a rate already; this one's is added to them.
    """
    sentence = (id(mention.part), mention.sentence)
    said = phrase("links", "control").search(mention.left) is not None
    if not said and mention.rule in _GOES_ON:
        label = _LABEL.match(mention.part.passage.text, *mention.sentence)
        said = sentence in controlled or bool(label and phrase("links", "control").search(label.group()))
    if said:
        controlled.add(sentence)
    return said


def _hang_rate(pair: Pair | None, unit: TaskUnit, mention: Mention, *, control: bool) -> Pair | None:
    """Hangs a rate of completion onto the pair it speaks of; the row of its own that it makes, where it makes one."""
    value = mention.quantity.value
    if value is None:
        return None
    share = float(value) / (100 if mention.quantity.unit == "%" else 1)
    if pair is None:
        return Pair(unit, how="stated", completion=share, control=control, claim=mention.claim, stated_by=mention)
    if pair.completion is None and _of_a_promise_before(pair, mention, share):
        return Pair(unit, None, list(pair.actuals), how="stated", completion=share, control=control, stated_by=mention)
    if pair.completion is None:
        pair.completion, pair.stated_by, pair.control = share, mention, control
    elif _of_another_promise(pair, mention, share):
        told = list(pair.actuals)
        return Pair(unit, None, told, how="stated", completion=share, control=control, stated_by=mention)
    return None


def _hang_gap(pair: Pair | None, unit: TaskUnit, mention: Mention, own: Sequence[Pair]) -> Pair | None:
    """Hangs a distance onto the pair it speaks of; the row of its own that it makes, where it makes one."""
    if pair is None:
        return None if _restates(mention, own) else Pair(unit, None, [], gap=mention, how="stated")
    if pair.target is not None:
        if not pair.actuals and pair.gap is None and comparable(mention.quantity.unit, pair.target.quantity.unit):
            pair.gap = mention  # 目标50所，还差7所
        return None
    if phrase("links", "against_last_year").search(mention.left):
        return Pair(unit, None, [mention], how="alone")
    if pair.gap is None and (pair.completion is None or _bears_out(pair, mention)):
        if _is_promise_itself(mention, pair):
            mention.role, mention.rule = "target", "gap.as-large"
            pair.target, pair.score, pair.how = mention, 0.85, "same_topic"
        else:
            pair.gap = mention
            pair.milestone = pair.milestone or (mention.part.is_value and _of_schedule(mention))
    elif pair.gap is not None and pair.actuals and _same_clause_run(pair.gap, mention):
        return Pair(unit, None, list(pair.actuals), gap=mention, how=pair.how)
    return None


def _of_schedule(gap: Mention) -> bool:
    """Whether a heading of distances measures them from where the schedule stands now: 比进度少."""
    return phrase("tables", "schedule_now").search(gap.left) is not None


def _bears_out(pair: Pair, gap: Mention) -> bool:
    """入库5.5亿元，为预算的55%，距任务还差4.5亿元: whether what is left to do, or was done beyond it (做到目标的165%，
    多做了2亿元), gives the promise that the rate is of."""
    done = pair.actuals[0].quantity.value if len(pair.actuals) == 1 else None
    left, share = gap.quantity.value, pair.completion
    if done is None or left is None or not share or gap.quantity.unit != pair.actuals[0].quantity.unit:
        return False
    below = phrase("verdicts", "worse").search(gap.left) or phrase("verdicts", "below").search(gap.left)
    goal = done + left if below else done - left
    return goal > 0 and makes(done, goal, share * 100)


def _complete_rows(pairs: list[Pair]) -> None:
    """A rate of completion in a column of its own speaks of its row's one promise, where no figure answers that."""
    for pair in pairs:
        if pair.unit.completion is None or not pair.is_open or pair.milestone:
            continue
        promises = [p for p in pairs if p.unit is pair.unit and p.target is not None and not p.milestone]
        if promises == [pair]:
            pair.completion, pair.stated_by = pair.unit.completion, pair.target


def _claim_only_promise(pairs: list[Pair], unit: TaskUnit, mention: Mention) -> Pair | None:
    """A completion cell that only says "已完成年度目标任务" speaks of its task's one open promise."""
    promises = [p for p in pairs if p.unit is unit and p.target is not None and not p.milestone]
    named = _pair_named(pairs, unit, mention)
    pair = named or (promises[0] if len(promises) == 1 and promises[0].is_open else None)
    if pair is not None:
        pair.claim, pair.stated_by = mention.claim, mention
    return pair


def _pair_of_twin(pairs: list[Pair], unit: TaskUnit, mention: Mention, located: Sequence[Located]) -> Pair | None:
    """What a task prints twice has one row: a rate beside the second print speaks of the first."""
    if unit.form != "table":
        return None
    said = [m for u, m in located if u is unit and m.topic == mention.topic and m.role in ("actual", "target")]
    for pair in pairs:
        if pair.unit is unit and any(same_fact(a, m) for a in pair.actuals for m in said):
            return pair
    return None


def _pair_of_row(pairs: list[Pair], unit: TaskUnit, mention: Mention) -> Pair | None:
    """A result cell that names nothing ("完成年度目标的60%") speaks of its row's one promise."""
    if mention.part.role != "result" or mention.role != "completion":
        return None
    if len(mention.name.core) > 2:
        return _pair_named(pairs, unit, mention)
    own = [p for p in pairs if p.unit is unit and p.target is not None and not p.milestone]
    return own[0] if len(own) == 1 and own[0].is_open else None


def _actual_of_name(pairs: list[Pair], unit: TaskUnit, mention: Mention) -> Pair | None:
    """其中PM2.5浓度比省定目标低3微克/立方米: the figure told sentences before, whose distance this is."""
    if mention.role != "gap" or len(mention.name.core) < 3:
        return None
    for pair in reversed(pairs):
        told = pair.actuals[0] if len(pair.actuals) == 1 else None
        if told is None or pair.unit is not unit or pair.target is not None or pair.gap is not None:
            continue
        points = mention.quantity.unit == "百分点" and told.quantity.unit == "%"
        same = told.name.core == mention.name.core and told.name.change == mention.name.change
        if same and (points or mention.quantity.unit == told.quantity.unit) and told.start < mention.start:
            return pair
    return None


def _pair_named(pairs: list[Pair], unit: TaskUnit, mention: Mention) -> Pair | None:
    """高标准农田建设完成年度任务的65%: the open promise of the task that a statement in its answer names."""
    if mention.part.role != "result" or len(mention.name.core) < 3:
        return None
    own = [p for p in pairs if p.unit is unit and p.target is not None and not p.milestone and p.is_open]
    ranked = [(alike(p.target.name.core, mention.name.core), -i) for i, p in enumerate(own) if p.target is not None]
    score, place = max(ranked, default=(0.0, 0))
    return own[-place] if score >= _NAMED else None


def _is_promise_itself(gap: Mention, pair: Pair) -> bool:
    """ "45万元，超过预算值40万元": a distance as large as the actual is the promise, not the distance."""
    if not phrase("links", "set_against").search(gap.left):
        return False
    size, value = gap.quantity.value, pair.actuals[0].quantity.value if pair.actuals else None
    if size is None or not value or not comparable(gap.quantity.unit, pair.actuals[0].quantity.unit):
        return False
    return 0.5 <= abs(size / value) <= 2


def _pair_of_topic(rows: _Rows, mention: Mention) -> Pair | None:
    found = rows.telling(mention)
    # 为年初预算38000万元的97.2%，为调整预算36000万元的102.6%: of several promises the rate is of the one it follows.
    promised = [p for p in found if p.target is not None and p.target.end <= mention.start]
    if len(promised) > 1 and mention.role == "completion":
        return max(promised, key=lambda p: p.target.end if p.target is not None else 0)
    if mention.role == "completion" and len(found) > 1:
        # 开工30个项目、8363套，占任务的104.5%: the figure that the rate was found to be of.
        goals = [p.target for p in rows.all if p.target is not None and not p.actuals]
        found = [p for p in found if any(fits_print(goal, a) for a in p.actuals for goal in goals)] or found
    return next(iter(found), None)


def _of_another_promise(pair: Pair, mention: Mention, share: float) -> bool:
    """完成省目标任务的130%、市目标任务的120%: one figure, measured against two promises."""
    first = pair.stated_by
    return (
        bool(pair.actuals)
        and first is not None
        and first.role == "completion"
        and first.rule == mention.rule
        and pair.completion != share
        and (
            mention.rule == "completion.promise-stands"
            or (form_of(mention.rule) == "of-promise" and _same_clause_run(first, mention))
        )
    )


def _of_a_promise_before(pair: Pair, mention: Mention, share: float) -> bool:
    """41亿元，为市定任务的165%；考核数8亿元，完成496%: a rate told before a promise is of another."""
    if pair.target is None or len(pair.actuals) != 1 or pair.target.start < mention.end or pair.unit.is_row:
        return False
    goal, done = pair.target.quantity.value, pair.actuals[0].quantity.value
    if not goal or done is None or not comparable(pair.target.quantity.unit, pair.actuals[0].quantity.unit):
        return False
    return form_of(mention.rule) == "of-promise" and abs(float(done / goal) / share - 1) > _FAR


def _same_clause_run(first: Mention, second: Mention) -> bool:
    """Whether nothing but the words of the second stands between two statements."""
    between = second.start - first.end - len(second.left)
    return first.sentence == second.sentence and 0 <= between <= 1


def _restates(gap: Mention, own: Sequence[Pair]) -> bool:
    """险情起数比控制数好12个百分点 says again what 占控制数的88% said."""
    return any(
        pair.completion is not None
        and gap.quantity.value is not None
        and abs(abs(1 - pair.completion) * 100 - float(gap.quantity.value)) < points_off(1)
        for pair in own
    )
