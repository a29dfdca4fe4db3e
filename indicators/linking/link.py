"""Links targets to actuals: first what the text itself ties together, then the best assignment by name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal

from indicators.extract import lexicon
from indicators.extract.model import Mention
from indicators.extract.names import RATES
from indicators.linking.arithmetic import tie_by_arithmetic
from indicators.linking.compat import obstacle, only_one_month
from indicators.linking.each import deal_out
from indicators.linking.growths import tie_growths
from indicators.linking.horizon import beyond_year
from indicators.linking.items import find_promises
from indicators.linking.learned import link_by_model
from indicators.linking.milestones import answer_for_year, answer_milestones, dated_before, since_january
from indicators.linking.model import Candidate, Located, Pair, take
from indicators.linking.parts import add_up_parts
from indicators.linking.similarity import alike, grams
from indicators.linking.statements import hang_statements
from indicators.linking.titles import without_title
from indicators.linking.weigh import fits_print, other_year, same_fact, weigh
from indicators.linking.why import NEARER, ONE_KIND, OTHER_LEVEL, TAKEN, TOO_UNLIKE
from indicators.quantities import comparable
from indicators.quantities.years import last_named_year
from indicators.rulebook import phrase
from indicators.tasks.model import Context, TaskUnit

_THRESHOLD_TASK = 0.42
"""Within one task the task itself vouches for the names."""
_THRESHOLD_TEXT = 0.62
"""Across running text a name must carry the link alone."""
_THRESHOLD_ALONE = 0.38
"""Where nothing else in the paragraph is counted in the unit."""
_PARTIAL = (None, OTHER_LEVEL, ONE_KIND)
"""Obstacles that do not hold where parts are added up."""
_RIVALS = 4
_QUOTES = re.compile(r"[“”\"]")
_REPEATS = 0.6
_NAMED = 3
"""Characters of a name at least, to know a promise by it that another paragraph told."""
_MAGNITUDE = Decimal("0.01")
"""A figure under a hundredth of the promise, or over a hundredfold, is no answer to it by position alone."""


def link_unit(unit: TaskUnit, mentions: Sequence[Mention], context: Context) -> list[Pair]:
    """Pairs of a table's task: its targets are answered by its own cells only."""
    return _link([(unit, mention) for mention in mentions], context, _THRESHOLD_TASK)


def link_text(located: Sequence[Located], context: Context) -> list[Pair]:
    """Pairs of running text: targets and actuals may stand paragraphs apart."""
    located = without_title(located, context)
    told = find_promises(located, context.title)
    return add_up_parts(_link([*located, *told], context, _THRESHOLD_TEXT))


def _link(located: Sequence[Located], context: Context, threshold: float) -> list[Pair]:
    _told_as_done(located)
    targets = [Pair(u, m, milestone=m.part.role == "schedule", claim=m.claim) for u, m in located if m.role == "target"]
    actuals = [(u, m) for u, m in located if m.role in ("actual", "compare")]
    targets = _fold_repeats(targets)
    _note_gaps(located)
    used: set[int] = set()
    targets = deal_out(targets, actuals, used)
    _same_topic(targets, actuals, used, context)
    _sum_alternatives(targets, actuals, used)
    headline = [p for p in targets if not p.milestone]
    if not link_by_model(headline, actuals, used, context, threshold):
        _by_name(headline, actuals, used, context, threshold)
    answer_for_year(headline, context, used)
    answer_milestones(targets, actuals, used, context, threshold)
    if threshold == _THRESHOLD_TASK:
        _only_candidates(targets, actuals, used, context)
    else:
        _only_in_unit(headline, actuals, used, context)
    _by_claim(targets, actuals, used)
    pairs = list(targets)
    pairs += _alone(actuals, used)
    pairs += hang_statements(pairs, located)
    pairs = tie_growths(tie_by_arithmetic(pairs))
    return sorted(pairs, key=_reading_order)


def _note_gaps(located: Sequence[Located]) -> None:
    """An actual that the text sets so far from its promise is remembered with the distance."""
    told = {(id(m.part), m.topic): m.quantity for _, m in located if m.role == "gap"}
    for _, mention in located:
        if mention.role == "actual" and (mention.name.change is None or mention.quantity.unit == "%"):
            mention.stated_gap = told.get((id(mention.part), mention.topic))


def _told_as_done(located: Sequence[Located]) -> None:
    """A completion cell that repeats its promise and says that it is kept (2000户任务提前完成) tells the actual."""
    promised = [(u, m) for u, m in located if m.role == "target" and m.part.role == "target"]
    for unit, mention in located:
        if (
            mention.role != "target"
            or mention.part.role != "result"
            or not phrase("links", "kept").search(mention.right)
        ):
            continue
        for other_unit, promise in promised:
            if other_unit is unit and _same_promise(promise, mention):
                mention.role, mention.rule = "actual", "promise-kept"
                break


def _same_promise(a: Mention, b: Mention) -> bool:
    same = (a.quantity.value, a.quantity.unit) == (b.quantity.value, b.quantity.unit)
    return same and alike(a.name.core, b.name.core) > _REPEATS


def _reading_order(pair: Pair) -> tuple[int, int]:
    mention = pair.lead
    return (pair.unit.start or 0, mention.span[0]) if mention else (pair.unit.start or 0, 0)


def _fold_repeats(targets: list[Pair]) -> list[Pair]:
    """A schedule that only repeats the headline gets no second row; nor does a target told twice in one unit."""
    kept: list[Pair] = []
    by_figure: dict[object, list[Pair]] = defaultdict(list)
    for pair in sorted(targets, key=lambda p: p.milestone):
        quantity = pair.target.quantity if pair.target else None
        # A report comes back to its promises in running text; tables and lists print each where it belongs.
        place = None if pair.unit.form == "prose" else id(pair.unit)
        figure = place, quantity and (quantity.value, quantity.unit)
        # A milestone may repeat a headline of another name; all else repeats its own name only, and a long report
        # prints 1个 hundreds of times.
        name = pair.target.name.text if pair.target and not pair.milestone else None
        if not any(_repeats(pair, other) for other in by_figure[figure, name]):
            kept.append(pair)
            by_figure[figure, None].append(pair)
            if name is not None:
                by_figure[figure, name].append(pair)
    return kept


def _repeats(pair: Pair, other: Pair) -> bool:
    a, b = pair.target, other.target
    if a is None or b is None:
        return False
    same_value = (a.quantity.value, a.quantity.unit) == (b.quantity.value, b.quantity.unit)
    if not same_value or (a.name.change is None) != (b.name.change is None):
        return False
    if not pair.milestone:
        same_thing = a.name.text == b.name.text and a.name.subject == b.name.subject
        if pair.unit is not other.unit and (len(a.name.core) < _NAMED or a.quantity.bound != b.quantity.bound):
            return False
        return same_thing and a.distributed == b.distributed and _last_year(a) == _last_year(b)
    if pair.milestone and not other.milestone and a.name.stage and b.name.stage != a.name.stage and a.whole:
        return False
    if not a.name.core or not b.name.core or a.name.core in lexicon.promise_nouns():
        return True
    return alike(a.name.core, b.name.core) > 0.3


def _last_year(mention: Mention) -> int | None:
    """The year named last before a promise, or in its heading: one figure for two years is two promises."""
    if mention.part.is_value:
        return last_named_year(mention.part.label, len(mention.part.label))
    return last_named_year(mention.part.passage.text, mention.start)


def _same_topic(targets: list[Pair], actuals: list[Located], used: set[int], context: Context) -> None:
    """The text names a thing once and gives both figures: 税收400万元,预算1000万元."""
    by_topic: dict[tuple[int, int | None], list[Mention]] = defaultdict(list)
    for _, actual in actuals:
        by_topic[(id(actual.part), actual.topic)].append(actual)
    for pair in targets:
        target = pair.target
        assert target is not None
        answers = [
            m
            for m in by_topic[(id(target.part), target.topic)]
            if id(m) not in used
            and comparable(m.quantity.unit, target.quantity.unit)
            and not beyond_year(target, m, context)
            and (m.start > target.start or not phrase("links", "next_year").search(target.left))  # 已有5家，明年8家
        ]
        answers = [m for m in answers if not only_one_month(target, m)] or answers
        if answers:
            start = target.start
            # 到位69亿元，投下去68亿元，进度55.9%: what the printed rate is of answers before what stands nearer.
            answer = min(answers, key=lambda m: (m.forecast, not fits_print(target, m), abs(m.start - start)))
            take(pair, [answer], 0.97, "same_topic", used)


def _sum_alternatives(targets: list[Pair], actuals: list[Located], used: set[int]) -> None:
    """A target of "A、B或C" is answered by the figures of A, B and C together."""
    for pair in targets:
        if pair.target is None or pair.actuals:
            continue
        kinds = [k for k in phrase("links", "kinds").split(_QUOTES.sub("", pair.target.name.text)) if len(k) >= 2]
        if len(kinds) < 2 or pair.target.quantity.kind in ("ratio", "points"):
            continue
        groups: dict[tuple[int, int], list[Mention]] = {}
        for _, actual in actuals:
            if actual.aside or id(actual) in used:
                continue
            if obstacle(pair.target, actual, same_task=False) in _PARTIAL:
                groups.setdefault(actual.sentence, []).append(actual)
        for group in groups.values():
            hits = [m for m in group if any(_names_kind(m, kind) for kind in kinds)]
            covered = {next(k for k in kinds if _names_kind(m, k)) for m in hits}
            if len(hits) >= 2 and len(covered) >= 2:
                take(pair, hits, 0.8, "sum", used)
                break


def _names_kind(mention: Mention, kind: str) -> bool:
    core = _QUOTES.sub("", mention.name.text)
    return kind in core or alike(phrase("links", "kind_end").sub("", kind), core) > 0.75


def _by_name(targets: list[Pair], actuals: list[Located], used: set[int], context: Context, threshold: float) -> None:
    ranked: list[tuple[float, int, int]] = []
    by_gram: dict[str, list[int]] = defaultdict(list)
    for j, (_, actual) in enumerate(actuals):
        if id(actual) not in used:
            for gram in grams(actual.name.core):
                by_gram[gram].append(j)
    for i, pair in enumerate(targets):
        if pair.actuals or pair.target is None:
            continue
        # Only names that share something are weighed: reports promise hundreds of things.
        for j in sorted({j for gram in grams(pair.target.name.core) for j in by_gram[gram]}):
            unit, actual = actuals[j]
            score, why = weigh(pair, unit, actual, context)
            if score >= threshold and not why:
                ranked.append((score, -i, -j))
            elif score > 0.3:
                pair.rivals.append(Candidate(actual, score, why or TOO_UNLIKE))
    taken: set[int] = set()
    for score, i, j in sorted(ranked, reverse=True):
        pair, (_, actual) = targets[-i], actuals[-j]
        if -i in taken or id(actual) in used:
            pair.rivals.append(Candidate(actual, score, _passed_over(pair, actual) if -i in taken else TAKEN))
            continue
        taken.add(-i)
        take(pair, [actual], score, "name", used)
    for pair in targets:
        pair.rivals = sorted(pair.rivals, key=lambda c: -c.score)[:_RIVALS]


def _passed_over(pair: Pair, actual: Mention) -> str:
    """Why an actual was left to another that the pair took."""
    flows = {pair.actuals[0].name.flow, actual.name.flow}
    return "所取为新增，此为累计" if flows == {"flow", "stock"} and actual.name.flow == "stock" else NEARER


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
        left = [m for m in left if obstacle(target, m, same_task=True) is None and not other_year(target, m, context)]
        if len(open_same) != 1 or len(left) != 1:
            continue
        if pair.milestone and (dated_before(target, context) or since_january(target, left[0], context)):
            continue
        score = alike(target.name.core, left[0].name.core)
        if _far_off(target, left[0]):
            continue  # alone in the task, and yet of another order: 减负12亿元 …… 亩均税收增加0.9万元
        # 400元/人·月 …… 410元/人·月: a unit made of two names the thing as well as a name does.
        units = target.quantity.unit, left[0].quantity.unit
        rare = ("/" in units[0] or target.quantity.kind == "duration") and units[0] == units[1]
        if rare or score >= (0.2 if target.quantity.kind == "count" else 0.1):
            take(pair, left, max(score, 0.45), "only", used)


def _only_in_unit(targets: list[Pair], actuals: list[Located], used: set[int], context: Context) -> None:
    """1000口山塘扩容增蓄 …… 已扩容山塘640口: alone in their unit in a paragraph, two like names are one thing."""
    left: dict[tuple[int, str], list[Located]] = defaultdict(list)
    for unit, actual in actuals:
        if id(actual) not in used and actual.name.change is None:
            left[id(unit), actual.quantity.unit].append((unit, actual))
    goals = Counter((id(p.unit), p.target.quantity.unit) for p in targets if p.target is not None)
    for pair in targets:
        if pair.actuals or pair.target is None or pair.target.name.change is not None:
            continue
        key = id(pair.unit), pair.target.quantity.unit
        alone = left[key]
        if key[1] in RATES or goals[key] != 1 or len(alone) != 1:
            continue
        score, why = weigh(pair, *alone[0], context)
        if score < _THRESHOLD_ALONE or why or not _in_other_words(pair.target.name.core, alone[0][1].name.core):
            continue
        if not _far_off(pair.target, alone[0][1]):
            take(pair, [alone[0][1]], score, "only", used)


def _in_other_words(a: str, b: str) -> bool:
    """山塘扩容增蓄 and 扩容山塘, but not 药品抽检 and 食品抽检: the shorter name says nothing of its own."""
    shorter, longer = sorted((a, b), key=len)
    return set(shorter) <= set(longer)


def _far_off(target: Mention, actual: Mention) -> bool:
    goal, value = target.quantity.value, actual.quantity.value
    return bool(goal and value and not _MAGNITUDE < abs(value / goal) < 1 / _MAGNITUDE)


def _alone(actuals: list[Located], used: set[int]) -> list[Pair]:
    """Actuals that answer no target; what a table's task prints twice gets one row."""
    kept: list[Located] = [(u, m) for u, m in actuals if id(m) in used]
    found = []
    for unit, mention in actuals:
        if id(mention) in used:
            continue
        if unit.form == "table" and any(u is unit and same_fact(m, mention) for u, m in kept):
            continue
        kept.append((unit, mention))
        found.append(Pair(unit, None, [mention], claim=mention.claim, how="alone"))
    return found


def _by_claim(targets: list[Pair], actuals: list[Located], used: set[int]) -> None:
    """One open target in a task, and figures that the text says fulfil the year's promise: they answer it."""
    open_pairs = [p for p in targets if not p.actuals and not p.milestone and p.target is not None]
    units: dict[int, list[Pair]] = defaultdict(list)
    for pair in open_pairs:
        units[id(pair.unit)].append(pair)
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
        if not claimed or any(m.name.stage == "apply" for m in claimed) or pair.unit.form in ("prose", "item"):
            continue
        if len({m.sentence for m in claimed}) == 1:
            take(pair, claimed, 0.6, "claim" if len(claimed) == 1 else "sum", used)
