"""A promise that nothing answers is answered by its parts: 造林7.8万亩, below it 人工3.8万亩, 封山1万亩, 抚育3万亩."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from indicators.extract.model import Mention
from indicators.linking.model import Pair
from indicators.quantities import comparable
from indicators.quantities.rates import makes

_LEAST = 2
"""Parts at least of a whole."""
_MOST = 12
"""Promises behind a whole among which its parts are looked for."""


def add_up_parts(pairs: list[Pair]) -> list[Pair]:
    """The pairs, each open promise answered by the sum of what its parts reached.

    Parts are the promises right behind it, in its unit, that add up to it, each with one answer. A bare rate further
    on that is just that sum over the whole is the whole's own.
    """
    promised = [p for p in pairs if p.target is not None and not p.milestone and p.target.quantity.value is not None]
    told: set[int] = set()
    for at, whole in enumerate(promised):
        if not whole.is_open or whole.gap is not None:
            continue
        parts = _parts(whole, promised[at + 1 : at + 1 + _MOST])
        if not parts:
            continue
        whole.actuals, whole.score, whole.how = [p.actuals[0] for p in parts], 0.8, "sum"
        rate = next((p for p in pairs if _is_rate_of(p, whole, parts[-1])), None)
        if rate is not None:
            printed = rate.actuals[0]
            whole.completion, whole.stated_by = float(printed.quantity.value or 0) / 100, printed
            told.add(id(rate))
    return [p for p in pairs if id(p) not in told]


def _parts(whole: Pair, behind: Sequence[Pair]) -> list[Pair]:
    """The first promises behind a whole that add up to it; ``[]`` where they do not, or one of them is open."""
    assert whole.target is not None
    left, found = _value(whole.target), []
    for pair in behind:
        if pair.target is None or not comparable(pair.target.quantity.unit, whole.target.quantity.unit):
            return []
        if len(pair.actuals) != 1 or not comparable(pair.actuals[0].quantity.unit, pair.target.quantity.unit):
            return []
        left -= _value(pair.target)
        found.append(pair)
        if not left:
            return found if len(found) >= _LEAST else []
        if left < 0:
            return []
    return []


def _is_rate_of(pair: Pair, whole: Pair, last: Pair) -> bool:
    """三块合起来是全年的50.6%: whether a lone rate behind the last part is what all parts reached of the whole."""
    if pair.target is not None or len(pair.actuals) != 1 or pair.completion is not None or whole.target is None:
        return False
    rate = pair.actuals[0]
    if rate.quantity.unit != "%" or rate.quantity.value is None or rate.name.change is not None:
        return False
    done = sum(map(_value, whole.actuals), Decimal(0))
    behind = rate.span[0] > last.actuals[0].span[0]
    return behind and makes(done, _value(whole.target), rate.quantity.value, cut=True)


def _value(mention: Mention) -> Decimal:
    return mention.quantity.value or Decimal(0)
