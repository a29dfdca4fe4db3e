"""What the figures of a sentence reckon: a printed rate that is one amount over another tells both their parts.

对着9289万元的任务是67%, 到位16亿元，市里定28亿元，完成57%: whatever words a report has for its promise, the amount that
the rate is of was promised, and the other one was done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indicators.extract import lexicon, names, roles
from indicators.extract.clauses import Frame
from indicators.extract.deciding import Decided
from indicators.extract.figure import Figure
from indicators.extract.model import Mention, Name, Role
from indicators.extract.reading import Reading, Triple
from indicators.extract.roles import Decision
from indicators.quantities import comparable
from indicators.quantities.rates import decimals_of, makes
from indicators.rulebook import phrase
from indicators.schema.quantity import Quantity

RECKONED = "reckoned"
"""The rule of what arithmetic tells."""
STANDS = Decision("completion", "completion.promise-stands", 0.8)
_NEAR = 4
"""Figures in front of a rate, at most, to the ones that it is reckoned from."""
_RECENT = 8
"""Mentions before a sentence at most, to the promise that its rate is reckoned from."""
_LEAST = 2


def note_reckoned(state: Reading, frame: Frame) -> None:
    """Notes what the sentence reckons, each figure's place with the triple that it belongs to."""
    live = frame.live
    triples: dict[int, Triple] = {}
    state.reckoned = triples
    if len(live) < _LEAST or not any(q.unit == "%" for q in live):
        return
    for at, rate in enumerate(live):
        if at and rate.unit == "%" and rate.value is not None and at not in triples:
            found = _triple(state, frame, at, rate, seen=bool(triples) or state.completion_seen is not None)
            if found is not None:
                triples.update({i: found for i in (found.rate, found.whole, found.done) if i is not None})


def _triple(state: Reading, frame: Frame, at: int, rate: Quantity, *, seen: bool) -> Triple | None:
    """The amounts that a rate is reckoned from, where it is one of completion or one of them was promised.

    ``seen``: rates of completion were told before, which a bare one goes on with.
    """
    left = frame.before(at, frame.live[at - 1].end)
    if names.split_change(left, "%")[1] is not None:
        return None
    bare = not left.strip() or phrase("figures", "bare_before_rate").fullmatch(left) is not None
    completes = roles.sets_against("completion", left, "%") or (seen and not left.strip())
    if not completes and not bare:
        return None  # 饮水安全覆盖率100%: a rate of its own
    near = [i for i in range(max(0, at - _NEAR), at) if _is_amount(frame.live[i])]
    exact = "." in rate.number_text
    near = near if exact else near[-_LEAST:]
    for whole in reversed(near):
        promised = _promised(frame, whole)
        if not (promised or (completes and exact and _may_be_whole(frame, whole))):
            continue
        for done in reversed(near):
            if done != whole and _makes(frame.live[done], frame.live[whole], rate) and _may_be_done(frame, done):
                return Triple(at, whole, done)
        if whole == at - 1 and completes and (told := _told_before(state, frame, whole, rate)) is not None:
            return Triple(at, whole, None, told)
    beside = exact and (bare or completes) and near[-1:] == [at - 1]
    return _of_goal_before(state, frame, at, rate) if beside else None


def _of_goal_before(state: Reading, frame: Frame, at: int, rate: Quantity) -> Triple | None:
    """任务16900万元，完成63.7%。预计年底能到1.14亿元，也才67.5%: a later figure reckoned against the same promise."""
    recent: Sequence[Mention] = state.mentions[-_RECENT:]
    goals = [m for m in recent if m.role == "target" and state.mentions.is_answered(m.topic)]
    goal = next((m for m in reversed(goals) if _makes(frame.live[at - 1], m.quantity, rate)), None)
    return Triple(at, None, at - 1, goal) if goal is not None else None


def _is_amount(quantity: Quantity) -> bool:
    return quantity.unit not in names.RATES and bool(quantity.value) and quantity.kind not in ("duration", "rank")


def _makes(done: Quantity, whole: Quantity, rate: Quantity) -> bool:
    return comparable(done.unit, whole.unit) and makes(
        done.value, whole.value, rate.value, decimals_of(rate.number_text)
    )


def _promised(frame: Frame, at: int) -> bool:
    """Whether words call the amount a promise; 纲要确定的45项主要目标 tells how many there are."""
    quantity = frame.live[at]
    if quantity.unit == names.TASKS:
        return False
    left = frame.before(at, frame.live[at - 1].end if at else frame.start)
    right = frame.text[slice(*frame.behind(at))]
    return (
        roles.promised_behind(right, quantity.unit)
        or roles.sets_against("target", left, quantity.unit)
        or lexicon.promise_said().search(left) is not None
    )


def _may_be_whole(frame: Frame, at: int) -> bool:
    """Whether nothing calls the amount one of another year, or the number of all there are."""
    quantity = frame.live[at]
    if quantity.kind == "count":
        return False  # 应兑现2010户，兑现1874户，兑现率93.2%: of so many there are
    left = frame.before(at, frame.live[at - 1].end if at else frame.start)
    return not roles.sets_against("baseline", left, quantity.unit) and not phrase("figures", "whole_there_is").search(
        left
    )


def _may_be_done(frame: Frame, at: int) -> bool:
    quantity = frame.live[at]
    left = frame.before(at, frame.live[at - 1].end if at else frame.start)
    return not roles.sets_against("baseline", left, quantity.unit)


def _told_before(state: Reading, frame: Frame, whole: int, rate: Quantity) -> Mention | None:
    """到位25亿元。市里定42亿元，完成59.5%: the figure of an earlier sentence that the rate makes."""
    if "." not in rate.number_text:
        return None
    recent: Sequence[Mention] = state.mentions[-_NEAR:]
    fitting = [m for m in recent if m.role == "actual" and _makes(m.quantity, frame.live[whole], rate)]
    return fitting[-1] if fitting else None


def settle(state: Reading, figure: Figure, decided: Decided) -> Decided:
    """The decision, corrected by what the sentence reckons."""
    triple = state.reckoned.get(figure.index)
    if triple is None:
        return replace(decided, decision=STANDS) if _promise_stands(figure, decided) else decided
    decision = decided.decision
    if figure.index == triple.rate:
        if decision.role == "completion":
            return decided
        return replace(decided, decision=Decision("completion", "completion.reckoned", 0.85))
    if figure.index == triple.whole:
        if decision.role == "target":
            return decided
        return replace(decided, decision=Decision("target", RECKONED, 0.85), told=False, told_done=False)
    if decision.role == "actual":
        return decided
    return replace(decided, decision=Decision("actual", RECKONED, 0.85), told=False, told_done=False)


def _promise_stands(figure: Figure, decided: Decided) -> bool:
    """奋斗目标还差一截，81%: a bare per cent behind a clause that says how a promise stands is how far it came."""
    if figure.quantity.unit != "%" or decided.left.strip() or decided.decision.role != "actual":
        return False
    front = figure.frame.text[figure.frame.start : figure.quantity.start]
    return figure.part.role == "prose" and phrase("figures", "promise_stands").search(front) is not None


def partner(state: Reading, figure: Figure) -> Mention | None:
    """The mention told in front whose thing a figure known by reckoning speaks of."""
    triple = state.reckoned.get(figure.index)
    if triple is None:
        return None
    if figure.index == triple.done:
        return triple.told
    if figure.index == triple.rate:
        return _at(state, figure, triple.whole, "target") or _at(state, figure, triple.done, "actual")
    return triple.told or _at(state, figure, triple.done, "actual")


def named_by(state: Reading, mention: Mention, same: Mention) -> Name:
    """The name of what ``same`` told; of a second promise for it, with who made that: 县里 of 县里加码到46.5亿元."""
    who = phrase("names", "who_promised").search(mention.left)
    own = state.mentions.of_sentence(mention.sentence)
    if mention.role != "target" or who is None or not any(m.role == "target" for m in own):
        return same.name
    return names.build(f"{who['who']}{same.name.text}", subject=same.name.subject, anchor=same.name.anchor)


def _at(state: Reading, figure: Figure, index: int | None, role: Role) -> Mention | None:
    """The mention that a figure of the sentence made, if it stands in front and plays this part."""
    if index is None or index > figure.index:
        return None
    start = figure.frame.live[index].start
    own = state.mentions.of_sentence(figure.sentence)
    return next((m for m in reversed(own) if m.start == start and m.role == role), None)


def promise_parts(state: Reading) -> None:
    """两年总任务43801户。头一批22816户；第二批20985户: figures that add up to the promise in front are parts of it."""
    recent: Sequence[Mention] = state.mentions[-_RECENT:]
    at = max((i for i, m in enumerate(recent) if m.role == "target"), default=None)
    parts = recent[at + 1 :] if at is not None else ()
    if at is None or len(parts) < _LEAST or state.mentions.is_answered(recent[at].topic):
        return
    goal, thing = recent[at].quantity, recent[at].name.core[-2:]
    bare = all(
        m.role == "actual"
        and m.rule == "mode.none"
        and m.quantity.unit == goal.unit
        and names.flow_stage(m.left)[1] is None
        and lexicon.verb_pattern().search(m.left) is None
        and not (thing and thing in m.left)  # 任务修渠52公里。上游修渠30公里: told again, it may as well be done
        and not phrase("answers", "so_many_done").match(m.left)
        for m in parts
    )
    if bare and goal.value and sum(m.quantity.value or 0 for m in parts) == goal.value:
        for mention in parts:
            state.mentions.turn_to_promise(mention, RECKONED)
