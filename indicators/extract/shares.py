"""Printed shares: which of them are rates of completion, of which figure, and of which promise."""

from __future__ import annotations

from decimal import Decimal
from itertools import takewhile

from indicators.extract import names, roles
from indicators.extract.clauses import Frame, Span
from indicators.extract.figure import Figure
from indicators.extract.model import ANSWERED, PLANNED, UNSURE, Mention
from indicators.extract.reading import Reading
from indicators.quantities import comparable
from indicators.quantities.rates import makes
from indicators.rulebook import phrase
from indicators.schema.quantity import Quantity

_SEVERAL = 2


def tie_share(state: Reading, frame: Frame, quantity: Quantity, left: str) -> bool:
    """全年要9.6亿元，半年4.27亿元，占44.5%: ties a bare share to the promise that it is of, if there is one.

    What the report reckons so answers that promise, whatever it is called. Returns whether there was one.
    """
    done, share = state.mentions[-1] if state.mentions else None, quantity.value
    if quantity.unit != "%" or share is None or done is None:
        return False
    if done.role != "actual" and done.rule != PLANNED:
        return False
    beside = done.end + 1 + len(left) == quantity.start and done.sentence == (frame.start, frame.end)
    if not beside or phrase("figures", "is_share").fullmatch(left) is None:
        return False
    _promise_whole(state, done, quantity, share)
    told = state.mentions.of_unit(done.quantity.unit)  # 要修路29公里。到9月修了12.1公里，做了41.7%
    for promise in reversed([*state.seeds, *told]):
        if promise.role != "target" or promise is done or not comparable(promise.quantity.unit, done.quantity.unit):
            continue
        if promise.quantity.unit == names.TASKS:
            continue  # 任务55项: how many tasks there are is no promise
        # 修路任务25公里……路修了9公里，合36%: a share in whole per cents, where the names share a character
        whole = len(told) > 1 and "." not in quantity.number_text and set(done.name.core) & set(promise.name.core)
        if makes(done.quantity.value, promise.quantity.value, share, 0 if whole else 1):
            if not state.mentions.is_answered(promise.topic):
                state.mentions.give_topic(done, promise)
            return True
    return False


def _promise_whole(state: Reading, done: Mention, quantity: Quantity, share: Decimal) -> None:
    """通村公路300公里，累计修了279.9公里，占93.3%: the whole that a share is of, right in front, was promised."""
    whole = state.mentions[-2] if len(state.mentions) > 1 else None
    if whole is None or whole.sentence != done.sentence or "." not in quantity.number_text:
        return
    if whole.rule not in (*UNSURE, PLANNED, ANSWERED) or whole.quantity.unit != done.quantity.unit:
        return
    if whole.quantity.unit == names.TASKS or not makes(done.quantity.value, whole.quantity.value, share):
        return  # 共38项，到10月底办结24项，占63.2%: how many tasks there are is no promise
    if whole.name.change is None and phrase("answers", "so_many_done").match(done.left):
        state.mentions.turn_to_promise(whole, "whole-of-print")
        if done.role != "actual":
            state.mentions.turn_to_answer(done, "share-of-whole")


def rate_of_tasks(state: Reading, sentence: Span, quantity: Quantity, left: str) -> bool:
    """64项实事已完成26项，完成率40.6%: a rate of all tasks, whose number is what a report deals with and no promise."""
    done, share = state.last, quantity.value
    if done is None or done.sentence != sentence or done.role != "actual" or share is None:
        return False
    if done.rule == "status" and phrase("figures", "rate_of_status").search(left):
        return True  # 90项达标，达标率96%
    total = phrase("figures", "tasks_in_all").search(done.left)
    if total is None:
        return False
    every = Decimal(total["all"])
    return makes(done.quantity.value, every, share)


def note_share(mention: Mention, state: Reading) -> None:
    """A printed rate of completion is remembered with the actual it speaks of."""
    value = mention.quantity.value
    if value is None:
        return
    points = value if mention.quantity.unit == "%" else value * 100
    told = _worked_out(mention, points, state)
    if told is not None:
        mention.topic = told.topic
    else:
        told = next((m for m in reversed(state.mentions.of_topic(mention.topic)) if m.role == "actual"), None)
    if told is not None and told.stated_share is None:
        told.stated_share = float(points) / 100


def _worked_out(mention: Mention, share: Decimal, state: Reading) -> Mention | None:
    """开工36个项目、836套，占任务的104.5%: of the figures since the last rate the one that makes it of a promise."""
    since = takewhile(lambda m: m.role != "completion", reversed(state.mentions.of_sentence(mention.sentence)))
    before = [m for m in since if m.role == "actual" and m.stated_share is None]
    for done in before if len(before) >= _SEVERAL else ():
        promised = (m for m in state.mentions.of_unit(done.quantity.unit) if m.role == "target")
        if any(makes(done.quantity.value, promise.quantity.value, share, 0) for promise in promised):
            return done
    return None


def is_bare_rate(mention: Mention, separator: str, state: Reading) -> bool:
    """Whether a share that names nothing tells how much of a promise was done."""
    return (
        _bare_share_in_bracket(mention, separator, state)
        or _rate_of_pair(mention, separator, state)
        or _bare_share_beside(mention, separator, state)
    )


def _of_share(mention: Mention, state: Reading) -> bool:
    """12个照料站建设已完成9个（75%）: the share that told the first figure to be a promise."""
    last = state.last
    if last is None or last.sentence != mention.sentence:
        return False
    return any(m.rule == "target.of-share" for m in state.mentions.of_topic(last.topic))


def _rate_of_pair(mention: Mention, separator: str, state: Reading) -> bool:
    """完成比例居前的是：云山县86亿元、81%: the rate beside an amount, in a list whose label says what the rates are."""
    before = state.mentions[-1] if state.mentions else None
    if before is None or before.sentence != mention.sentence or before.role != "actual" or mention.left:
        return False
    if separator not in ("、", "，", ","):
        return False
    if mention.quantity.unit != "%" or before.quantity.unit in names.RATES or before.end + 1 != mention.start:
        return False
    text = mention.part.passage.text
    return phrase("figures", "amounts_with_rates").search(text, mention.sentence[0], before.start) is not None


def _bare_share_beside(mention: Mention, separator: str, state: Reading) -> bool:
    """搬迁42.3万人，84.6%: a bare share right behind an amount is of what was promised."""
    before = state.mentions[-1] if state.mentions else None
    if before is None or before.sentence != mention.sentence or before.role != "actual":
        return False
    if any(m.quantity.unit == "%" for m in (*state.seeds, *state.mentions.of_sentence(mention.sentence))):
        told = state.completion_seen is not None
        if state.seeds or not told:
            return False  # 调处率98% | 调处144起，98%: a rate was promised
    if mention.quantity.unit != "%" or mention.right or separator not in ("，", ",") or mention.quantity.bound:
        return False
    bare = (
        before.end + 1 + len(mention.left) == mention.start
        and phrase("figures", "only").fullmatch(mention.left) is not None
    )
    return bare and before.quantity.unit not in names.RATES and before.name.change is None


def _bare_share_in_bracket(mention: Mention, separator: str, state: Reading) -> bool:
    """国省道41亿元(93%) after sentences that told rates of completion: the same in short."""
    before = state.last
    done = (
        before is not None
        and before.sentence == mention.sentence
        and phrase("answers", "done_said").search(before.left) is not None
    )
    in_bracket = done and before is not None and before.in_bracket  # （完成200个，85%）
    in_cell = mention.part.role == "result" and done and before is not None and before.quantity.unit not in names.RATES
    return (
        mention.quantity.unit == "%"
        and not mention.left
        and not mention.right
        and (separator in ("（", "(") or (separator in ("，", ",") and in_bracket))
        and (
            state.completion_seen is not None
            or (state.rates_above and before is not None and before.sentence == mention.sentence)
            or in_cell
            or in_bracket
            or _of_share(mention, state)
        )
    )


def beyond_share(state: Reading, figure: Figure, left: str) -> bool:
    """已是全年目标的165%，多做了1900万元: what stands right behind the share of a promise tells how far off it is."""
    before = state.mentions[-1] if state.mentions else None
    beside = before is not None and before.role == "completion" and before.end + 1 + len(left) == figure.quantity.start
    amount = figure.quantity.unit not in names.RATES and figure.separator in ("，", ",")
    return beside and amount and phrase("answers", "gone_beyond").match(left) is not None


def paced(figure: Figure) -> bool:
    """增值税只有88.1%，比时间进度慢3.6个百分点: what is set against the time passed is a rate of completion."""
    following = figure.following
    if following is None or figure.quantity.unit != "%" or following.unit != "百分点":
        return False
    between = figure.frame.text[figure.quantity.end : following.start]
    return between[:1] in ("，", ",") and roles.against_time(between[1:], following.unit)


def share_of_promise(state: Reading, frame: Frame, quantity: Quantity, left: str) -> bool:
    """年计划520亿元，占22.8%: a bare share right behind a promise in another unit is its rate of completion."""
    before = state.last
    if before is None or before.role != "target" or before.sentence != (frame.start, frame.end):
        return False
    bare = (
        quantity.unit == "%"
        and before.quantity.unit not in names.RATES
        and phrase("figures", "is_share").fullmatch(left)
    )
    return bool(bare) and quantity.start - len(left) - before.end in (0, 1)  # 照50亿元算是92%
