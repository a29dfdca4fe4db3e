"""A printed rate of completion tells which figure answers which promise: it is the one over the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from indicators.extract.model import UNSURE, Mention
from indicators.linking.model import Pair
from indicators.linking.similarity import alike
from indicators.linking.why import TOO_UNLIKE
from indicators.quantities import comparable
from indicators.quantities.rates import decimals_of, makes
from indicators.rulebook import phrase

_OFF = 0.2
"""How far actual over target may lie from the printed rate before another figure is looked for."""
_BY_NAME = ("name", "model")
"""Links that rest on likeness alone, chosen by the rules or by what is learned."""
_RELATED = 0.2
"""How alike names must be that a printed rate ties together across passages."""


def tie_by_arithmetic(pairs: list[Pair]) -> list[Pair]:
    """A printed rate that is exactly actual over target ties the two, whatever they are called."""
    told: dict[int, list[Mention]] = defaultdict(list)
    for actual in (actual for pair in pairs for actual in pair.actuals):
        told[id(actual.part)].append(actual)
    settled = {id(found) for pair in pairs if (found := _settle_by_print(pair, told)) is not None}
    settled |= {id(found) for found in _settled_by_column(pairs)}
    pairs = [p for p in pairs if p.target is not None or not settled & {id(a) for a in p.actuals}]
    pairs = _promised_by_print(_without_own_rates(_tied_anew(pairs)))
    open_targets = [p for p in pairs if p.target is not None and not p.actuals]
    rated = _rated(pairs)
    tied: set[int] = set()
    for pair in open_targets:
        target = pair.target
        assert target is not None
        for other in rated:
            if id(other) in tied:
                continue
            actual = other.actuals[0]
            if actual.part is not target.part and not _may_answer(pair, actual):
                continue
            if not comparable(actual.quantity.unit, target.quantity.unit):
                continue
            if _fits(target, actual, other):
                pair.actuals, pair.score, pair.how = [actual], 0.9, "arithmetic"
                pair.completion, pair.stated_by, pair.claim = other.completion, other.stated_by, other.claim
                tied.add(id(other))
                break
    return [p for p in pairs if id(p) not in tied]


def _tied_anew(pairs: list[Pair]) -> list[Pair]:
    """到位资金69亿元，完成投资68亿元，为目标的55.9%: a like name yields to the figure that the rate is of."""
    rated: dict[object, list[Pair]] = defaultdict(list)
    for pair in _rated(pairs):
        rated[_sentence(pair.actuals[0])].append(pair)
    for pair in pairs:
        if pair.target is None or len(pair.actuals) != 1 or pair.how not in _BY_NAME or pair.stated_by is not None:
            continue
        taken = pair.actuals[0]
        for other in rated[_sentence(taken)] if taken.part is pair.target.part else ():
            printed, told = other.stated_by, other.actuals[0]
            exact = printed is not None and printed.role == "completion" and "." in printed.quantity.number_text
            if exact and told.quantity.unit == taken.quantity.unit and _fits(pair.target, told, other):
                pair.actuals, pair.how = [told], "arithmetic"
                pair.completion, pair.stated_by, pair.claim = other.completion, printed, other.claim
                other.actuals, other.completion, other.stated_by, other.claim = [taken], None, None, None
                other.how = "alone"
                break
    return pairs


def _promised_by_print(pairs: list[Pair]) -> list[Pair]:
    """投放储备8700吨。已投放5850吨，占计划的67.2%: what the printed rate makes the whole was promised, said or not."""
    plain: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.how == "alone" and pair.completion is None and pair.claim is None and pair.gap is None:
            plain[id(pair.actuals[0].part)].append(pair)
    found: set[int] = set()
    for pair in _rated(pairs):
        actual, printed = pair.actuals[0], pair.stated_by
        if printed is None or printed.role != "completion" or "." not in printed.quantity.number_text:
            continue
        for other in plain[id(actual.part)]:
            whole = other.actuals[0]
            if id(other) in found or whole.start > actual.start:
                continue
            same = whole.rule in UNSURE and whole.quantity.unit == actual.quantity.unit and whole.name.change is None
            if same and _fits(whole, actual, pair) and alike(whole.name.core, actual.name.core) >= _RELATED:
                whole.role, whole.rule = "target", "whole-of-print"
                pair.target, pair.score, pair.how = whole, 0.85, "arithmetic"
                found.add(id(other))
                break
    return [p for p in pairs if id(p) not in found]


def _without_own_rates(pairs: list[Pair]) -> list[Pair]:
    """任务1860套，开工1302套，开工率70%: a rate that is exactly actual over target is the pair's own, and no row."""
    answered = [p for p in pairs if p.target is not None and len(p.actuals) == 1 and not p.milestone]
    by_sentence: dict[object, list[Pair]] = defaultdict(list)
    for pair in answered:
        by_sentence[_sentence(pair.actuals[0])].append(pair)
    kept = []
    for pair in pairs:
        rate = pair.actuals[0] if pair.target is None and len(pair.actuals) == 1 else None
        own = None if rate is None or pair.how != "alone" else _whose_rate(rate, by_sentence)
        if rate is None or own is None:
            kept.append(pair)
        elif own.completion is None:
            own.completion, own.stated_by = float(rate.quantity.value or 0) / 100, rate
    return kept


def _whose_rate(rate: Mention, by_sentence: Mapping[object, Sequence[Pair]]) -> Pair | None:
    """The pair right in front that a rate is of."""
    value = rate.quantity.value
    if rate.quantity.unit != "%" or value is None or rate.name.change is not None:
        return None
    if not phrase("links", "own_rate").search(rate.left):
        return None
    for pair in reversed(by_sentence[_sentence(rate)]):
        target, actual = pair.target, pair.actuals[0]
        assert target is not None
        if max(actual.end, target.end) > rate.start or not comparable(target.quantity.unit, actual.quantity.unit):
            continue
        if makes(actual.quantity.value, target.quantity.value, value, 0):
            return pair
    return None


def _settle_by_print(pair: Pair, told: Mapping[int, Sequence[Mention]]) -> Mention | None:
    """对市定任务42亿元完成60%, 对县定任务46亿元完成55%: one figure may answer two promises, as the rates show.

    ``told``: the actuals of each part. Returns the figure that it was found to be.
    """
    target, printed = pair.target, pair.stated_by
    if target is None or printed is None or printed.role != "completion" or len(pair.actuals) > 1:
        return None
    if pair.completion is None or printed.part is not target.part:
        return None
    if pair.actuals and (pair.actuals[0].counted or abs(_ratio(target, pair.actuals[0]) / pair.completion - 1) < _OFF):
        return None
    near = [a for a in told[id(target.part)] if a.start < printed.start]
    fitting = [a for a in near if comparable(a.quantity.unit, target.quantity.unit) and _fits(target, a, pair)]
    if not fitting:
        return None
    pair.actuals, pair.score, pair.how = fitting[-1:], 0.85, "arithmetic"
    return fitting[-1]


def _settled_by_column(pairs: Sequence[Pair]) -> list[Mention]:
    """目标150家 | 实际入统163家 | 108.7%: a row's one promise is answered by the figure that its printed rate makes."""
    found = []
    by_unit: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_unit[id(pair.unit)].append(pair)
    for pair in pairs:
        share = pair.unit.completion
        if share is None or pair.target is None or pair.actuals or pair.milestone:
            continue
        own = by_unit[id(pair.unit)]
        if any(p.target is not None and not p.milestone for p in own if p is not pair):
            continue
        alone = [p.actuals[0] for p in own if p.how == "alone"]
        fitting = [
            actual
            for actual in alone
            if comparable(actual.quantity.unit, pair.target.quantity.unit)
            and actual.name.change == pair.target.name.change
            and makes(actual.quantity.value, pair.target.quantity.value, share * 100, cut=True)
        ]
        if len(fitting) == 1 and pair.target.quantity.value:
            pair.actuals, pair.score, pair.how = fitting, 0.9, "arithmetic"
            found += fitting
    return found


def _rated(pairs: Sequence[Pair]) -> list[Pair]:
    """Figures without a promise beside which a rate of completion is printed."""
    return [p for p in pairs if p.target is None and len(p.actuals) == 1 and p.completion is not None]


def _sentence(mention: Mention) -> tuple[int, tuple[int, int]]:
    """What two mentions share that stand in one sentence."""
    return id(mention.part), mention.sentence


def _fits(target: Mention, actual: Mention, stated: Pair) -> bool:
    """Whether the printed rate is this actual over this target."""
    if stated.completion is None:
        return False
    decimals = decimals_of(stated.stated_by.quantity.number_text) if stated.stated_by is not None else 0
    return makes(actual.quantity.value, target.quantity.value, stated.completion * 100, decimals, cut=True)


def _ratio(target: Mention, actual: Mention) -> float:
    figure, value = target.quantity.value, actual.quantity.value
    return float(value / figure) if figure and value is not None else 1.0


def _may_answer(pair: Pair, actual: Mention) -> bool:
    """Whether a figure of another passage is of a like name, and nothing was found to stand against it."""
    assert pair.target is not None
    barred = any(rival.actual is actual and rival.why != TOO_UNLIKE for rival in pair.rivals)
    return not barred and alike(pair.target.name.core, actual.name.core) >= _RELATED
