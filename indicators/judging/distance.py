"""What a printed distance from a promise settles: a claim, a rate of completion, or the target that it implies."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from indicators.extract import lexicon
from indicators.extract.model import Mention
from indicators.judging.goal import Goal, direction_of, goal, is_ceiling
from indicators.linking.model import Pair
from indicators.rulebook import phrase
from indicators.schema.quantity import Quantity
from indicators.schema.report import Verdict

_RATES = ("%", "百分点")


def told_by_distance(pair: Pair, share: float) -> Pair:
    """The pair with what its distance alone says: on which side of the promise it lies, or the rate of completion.

    ``share`` is how much of the promise's period has passed.
    """
    gap = pair.gap
    size = gap.quantity.figure if gap is not None else None
    if gap is None or size is None:
        return pair
    if not pair.actuals or (len(pair.actuals) == 1 and pair.actuals[0].quantity.figure is None):
        # 比上年多4个 next to a promise: a bare count may be told of anything, unless its words name the promise
        named = gap.quantity.kind != "count" or lexicon.form_of(gap.rule) == "names-promise"
        surely = share >= 1 and pair.claim is None and (named or pair.target is not None)
        return replace(pair, claim=_side(gap)) if surely else pair
    actual = pair.actuals[0]
    if gap.quantity.unit not in _RATES or actual.quantity.unit in _RATES:
        return pair
    ahead = not phrase("verdicts", "below").search(gap.left)
    held = direction_of(actual.name) == "down" and not phrase("verdicts", "spending").search(actual.name.text)
    return replace(
        pair,
        completion=1 + float(size) / 100 * (1 if ahead else -1),
        control=pair.control or held or bool(phrase("links", "control").search(gap.left)),
        stated_by=gap,
    )


def implied_goal(gap: Mention, actual: Mention, value: Decimal) -> Goal | None:
    """A target that is only implied: actual 88%, "比年度目标好2个百分点" -> 86%; ``value`` is the actual's."""
    size = gap.quantity.figure
    if size is None:
        return None
    higher, promised = _stands_to_goal(actual, gap)
    return goal(_implied(gap, actual, value - size if higher else value + size), actual.name, promised=promised)


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
    said = f"{gap.left}{gap.right}" if lexicon.form_of(gap.rule) == "behind" else gap.left
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
    ceiling = is_ceiling((gap.left,), actual.name) and actual.name.change is None
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
