"""What stands behind a figure corrects its role: what it is set against, what answers it, what it is a share of."""

from __future__ import annotations

from dataclasses import replace

from indicators.extract import lexicon, names, roles
from indicators.extract.answering import promised_alike
from indicators.extract.figure import Figure
from indicators.extract.live import is_share_of_it
from indicators.extract.model import GOVERNED, UNSURE
from indicators.extract.reading import Reading
from indicators.extract.roles import Decision
from indicators.extract.shares import paced
from indicators.rulebook import phrase, rare
from indicators.schema.quantity import Quantity

_EARLY = 40
"""Characters behind a figure in which a clause says by when it was done."""


def by_what_follows(state: Reading, figure: Figure, decision: Decision, quantity: Quantity) -> Decision:
    """What the next figure tells of this one: that a duration is measured, that a count was promised."""
    following = figure.following
    if lexicon.form_of(decision.rule) == "rate-noun" and _has_own_goal(figure):
        return replace(decision, role="actual", rule="rate-with-goal")
    if decision.rule in UNSURE and paced(figure) and names.split_change(figure.left, "%")[1] is None:
        return replace(decision, role="completion", rule="completion.paced")
    if decision.role == "baseline" and _measured_by_goal(figure):
        return replace(decision, role="actual", rule="mode.none")
    if decision.role in ("actual", "scope") and _done_right_behind(figure):
        return replace(decision, role="target", rule="target.done-behind", score=0.75)
    if decision.rule in UNSURE and figure.part.role == "prose" and _done_early(figure):
        return replace(decision, role="target", rule="target.done-behind", score=0.75)
    if decision.rule == GOVERNED and _set_against_next(figure):
        return replace(decision, role="actual", rule="set-against-next")
    asked = following is not None and following.unit == quantity.unit
    if decision.rule == "duration" and (
        asked
        or promised_alike(state, figure.frame, quantity)
        or _moved_on(state, figure, figure.left)
        or rare("figures", "duration_label").search(figure.frame.text, figure.frame.start, quantity.start)
    ):
        decision = replace(decision, role="actual", rule="mode.none")
    if following is not None and decision.role != "target" and is_share_of_it(figure.frame.text, quantity, following):
        decision = replace(decision, role="target", rule="target.of-share", score=0.85)
    return decision


def _done_right_behind(figure: Figure) -> bool:
    """17.58万亩修好17.47万亩: a figure with nothing but a verb of doing and the figure of what was done behind it."""
    following = figure.following
    if following is None or figure.part.role != "prose" or following.unit != figure.quantity.unit:
        return False
    between = figure.frame.text[figure.quantity.end : following.start]
    return phrase("answers", "done_right_behind").fullmatch(between) is not None


def _done_early(figure: Figure) -> bool:
    """全年100盏，8月就装完了: what is told of the whole year and was done amid it was promised."""
    behind = figure.frame.text[figure.quantity.end : figure.quantity.end + _EARLY]
    return phrase("answers", "done_early").match(f"{figure.left}|{behind}") is not None


def _set_against_next(figure: Figure) -> bool:
    """占比41%，距50%尚差9个百分点: what is set against a promise was reached, whatever a promise before it opened."""
    following = figure.following
    if following is None or figure.part.tense == "plan" or figure.part.role != "prose":
        return False
    between = figure.frame.text[figure.quantity.end : following.start]
    return between[:1] in ("，", ",") and roles.stands_off(between[1:], following.unit)


def _measured_by_goal(figure: Figure) -> bool:
    """去年为96亿元，已完成规划目标的62%: what is set against a promise is what was reached, whatever year it tells."""
    following = figure.following
    if following is None or following.unit != "%":
        return False
    between = figure.frame.text[figure.quantity.end : following.start]
    return between[:1] in ("，", ",") and roles.sets_against("completion", between[1:], following.unit)


def _has_own_goal(figure: Figure) -> bool:
    """达标率为80.8%，比年度目标高0.8个百分点: a rate that has a promise of its own is what was reached."""
    following = figure.following
    if following is None or following.unit not in ("百分点", "%"):
        return False
    between = figure.frame.text[figure.quantity.end : following.start]
    if following.unit == "%":
        return phrase("figures", "goal_follows").fullmatch(between) is not None  # 达标率88%，年底前要达到95%
    return between[:1] in ("，", ",") and roles.sets_against("gap", between[1:], following.unit)


def _moved_on(state: Reading, figure: Figure, left: str) -> bool:
    """审批时限由30天压减至12天: a duration behind the one that it came from is where the measure stands."""
    before = state.mentions[-1] if state.mentions else None
    if before is None or before.role != "baseline" or before.end + len(left) != figure.quantity.start:
        return False
    return before.quantity.kind == "duration" and phrase("links", "moved_to").match(left) is not None
