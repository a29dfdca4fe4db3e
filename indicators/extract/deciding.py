"""Decides a figure's role inside its sentence: what its clause says, corrected by what stands around it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.extract import lexicon, names, roles
from indicators.extract.answering import (
    bare_answer,
    done_as_meant,
    done_behind_noun,
    done_in_bracket,
    goes_on_promising,
    result_told,
)
from indicators.extract.brackets import (
    SHARE_BEHIND,
    behind_bracket,
    joined_on,
    outside_brackets,
    split_up,
    whole_in_brackets,
)
from indicators.extract.clauses import Frame
from indicators.extract.figure import Figure
from indicators.extract.following import by_what_follows
from indicators.extract.listed import AGAIN, carries_gap, compared_again, growth_promised, listed_on, part_promised
from indicators.extract.live import beside_sign, is_signed, uncompared
from indicators.extract.model import GOVERNED, UNSURE
from indicators.extract.pairs import PAIRED, paired_role
from indicators.extract.reading import Reading
from indicators.extract.roles import Decision
from indicators.extract.shares import beyond_share, rate_of_tasks, share_of_promise, tie_share
from indicators.quantities import comparable
from indicators.quantities.rates import makes
from indicators.rulebook import phrase, rare
from indicators.schema.quantity import Quantity

_ROUND = Decimal("0.8")
"""A round figure passed lies no further below what was reached, in parts of it."""
_MARK_AND_QUOTE = 2
"""A mark and the quote behind it, in characters."""
_QUOTED = 6
"""Characters of a quoted promise at least."""
_RUN = "promised-run"
"""The rule of what a run of promises gives to the figures in it."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A figure with its role, before it has a name."""

    decision: Decision
    quantity: Quantity
    """The figure, cut down where a word in front of it belongs to the comparison: 低于95%的考核目标."""
    left: str
    told: bool
    """Its clause opens as what was done: 全年新建…."""
    told_done: bool
    """A bare verb tells it as done, behind the promise that it answers."""


def decide(state: Reading, figure: Figure) -> Decided:
    """The role of a figure between the words of its clause, under what governs them."""
    frame, quantity, left = figure.frame, figure.quantity, figure.left
    if figure.part.role == "prose" and (role := paired_role(frame, figure.index)) is not None:
        return Decided(Decision(role, PAIRED, 0.85), quantity, left, told=False, told_done=False)
    if (again := compared_again(state, frame, quantity, left)) is not None:
        role, said = again
        return Decided(Decision(role, AGAIN, 0.8), quantity, said, told=False, told_done=False)
    outside = outside_brackets(frame, quantity, left)
    behind = bool(outside) and behind_bracket(frame, quantity, left)
    before = joined_on(state, frame, quantity.start - len(left))
    if before is None and (whole := whole_in_brackets(state, frame, quantity)) is not None:
        before, left = whole, "的"
    joined = figure.following is not None and figure.following.start == frame.behind(figure.index)[1]
    decision = roles.by_words(
        quantity,
        f"{outside}{left}" if behind else outside or left,
        figure.right + ("|" if joined else ""),
        figure.part,
        figure.mode,
        completion_seen=state.completion_seen,
        before=before.role if before else None,
        bracket=figure.separator in ("（", "("),
    )
    decision = _in_promised_run(figure, _by_sign(figure, _by_shortfall(state, figure, decision)))
    share_behind = frame.text.startswith(SHARE_BEHIND, quantity.end)
    if outside and not behind and (figure.separator in ("（", "(") or share_behind):
        # 低于年度目标（7%左右）0.9个百分点: the figure in brackets is the promise itself.
        decision = replace(decision, role="target", rule="target.in-brackets")
    elif behind and decision.role == "gap":
        left = f"{outside}{left}"
        if state.mentions and state.mentions[-1].rule == "target.in-brackets":
            decision = replace(decision, rule="gap.behind-promise")
    if (decision.role == "actual" or decision.rule == "mode.plan") and tie_share(state, frame, quantity, left):
        decision = replace(decision, role="completion", rule="completion.borne-out")
    elif decision.role == "actual" and share_of_promise(state, frame, quantity, left):
        decision = replace(decision, role="completion", rule="completion.behind-promise")
    if decision.role == "target" and (
        decision.rule == _RUN or lexicon.form_of(decision.rule) in ("noun-behind", "against")
    ):
        quantity = uncompared(quantity)
    decision = _by_what_was_told(state, figure, decision, quantity, left)
    decision = by_what_follows(state, figure, decision, quantity)
    return _told_again(state, figure, Decided(decision, quantity, left, told=False, told_done=False))


def _by_shortfall(state: Reading, figure: Figure, decision: Decision) -> Decision:
    """在校生6.1万人，未达到7万人规模: what the actual right in front did not reach was promised."""
    before = state.mentions[-1] if state.mentions else None
    short = phrase("figures", "not_reached").match(figure.quantity.text)
    told = short is not None and decision.role in ("actual", "target", "scope")
    if not told or figure.left or before is None or before.role != "actual" or before.sentence != figure.sentence:
        return decision
    if not comparable(before.quantity.unit, figure.quantity.unit):
        return decision
    return Decision("target", "target.set-against", 0.85)


def _by_sign(figure: Figure, decision: Decision) -> Decision:
    """≥120户 127: a sign of bound makes a promise, and the bare figure beside it its answer."""
    if figure.index and beside_sign(figure.frame.text, figure.frame.live[figure.index - 1], figure.quantity):
        return Decision("actual", "beside-sign", 0.85)
    if figure.part.role == "prose" and decision.role == "actual" and is_signed(figure.quantity):
        return Decision("target", "signed", 0.85)
    if figure.part.role == "prose" and decision.role in ("actual", "scope") and _is_quotation(figure.frame):
        return Decision("target", "quoted", 0.8)
    return decision


def _in_promised_run(figure: Figure, decision: Decision) -> Decision:
    """均低于5.5%、4.5%的控制目标: the noun behind the last promise of a run is that of all."""
    if figure.repeats is None or decision.role != "actual":
        return decision
    place, count = figure.repeats
    last = figure.index - place + count - 1
    right = figure.frame.text[slice(*figure.frame.behind(last))]
    promised = place < count - 1 and roles.promised_behind(right, figure.frame.live[last].unit)
    return Decision("target", _RUN, 0.85) if promised else decision


def _is_quotation(frame: Frame) -> bool:
    """2.“新建城市公厕60座以上”。已建成11座: what a report quotes as a whole sentence is what was promised."""
    text = frame.text[frame.start : frame.end].strip()
    if phrase("figures", "spoken").search(text[-_MARK_AND_QUOTE:]) and phrase("figures", "speaker").match(
        frame.text[frame.end :]
    ):
        return False  # “……。”老人笑着说: speech, and no promise that a report quotes
    return len(text) > _QUOTED and text[0] == "“" and text.rstrip("。；;：:").endswith("”") and text.count("“") == 1


def _by_what_was_told(state: Reading, figure: Figure, decision: Decision, quantity: Quantity, left: str) -> Decision:
    """What the figures in front leave for this one: a level that a rate is of, a distance, a list of promises."""
    beside = phrase("answers", "beside_it").match(left) or phrase("answers", "status_alone").fullmatch(left)
    counted = decision.role in ("actual", "target", "scope") or (decision.role == "gap" and beside is not None)
    if quantity.kind == "count" and counted and _tells_status(figure, left):
        return replace(decision, role="actual", rule="status")
    arranged = decision.role == "actual" or lexicon.form_of(decision.rule) == "arranges"
    if arranged and _is_arranged(figure, left):
        return replace(decision, role="other", rule="arranged")
    if lexicon.form_of(decision.rule) == "short" and _of_distances(state, quantity):
        return replace(decision, role="actual", rule="distance")
    heads = quantity.kind == "count" and phrase("figures", "heads_promise").match(figure.frame.text, quantity.end)
    if heads and decision.role == "actual":  # 新建90个：年内计划投资30亿元
        return replace(decision, role="other", rule="heads-promise")
    if decision.role in ("actual", "target") and _needed_yet(figure):
        return replace(decision, role="other", rule="needed-yet")
    if figure.right and _tells_of_rest(figure, decision, left):
        ahead = phrase("answers", "rest_ahead").match(figure.right) is not None
        return replace(decision, role="other" if ahead else "actual", rule="rest")
    if _restates(state, figure, quantity, left):
        return replace(decision, role="other", rule="restated")
    if decision.rule == "completion.carried" and _share_of_whole(state, quantity):
        return replace(decision, role="actual", rule="share-of-whole")
    aloof = not _has_promise(state, figure) or rate_of_tasks(state, figure.sentence, quantity, figure.left)
    aloof = aloof or _answers_rate(state, figure, left)
    if lexicon.form_of(decision.rule) == "rate-noun" and figure.repeats is None and aloof:
        decision = replace(decision, role="target" if figure.mode == "target" else "actual", rule="rate-of-work")
    elif (decision.role in ("actual", "compare") and carries_gap(state, figure.frame, figure.index, left)) or (
        decision.role in ("actual", "compare", "target") and _beyond(state, quantity, left)
    ):
        decision = replace(decision, role="gap", rule="gap.carried")
    if decision.role == "actual" and beyond_share(state, figure, left):
        return replace(decision, role="gap", rule="gap.behind-share")
    if decision.role == "actual" and growth_promised(state, figure.frame, figure.index, left):
        decision = replace(decision, role="target", rule="listed-on")
    if decision.role == "actual" and _promise_raised(state, figure):
        return replace(decision, role="target", rule="promise-raised")
    if decision.rule in UNSURE and part_promised(state, figure.frame, figure.index, left):
        decision = replace(decision, role="target", rule="listed-on")
    if decision.rule == "no-achieving-verb" and listed_on(state, figure.frame, figure.index):
        decision = replace(decision, role="target", rule="listed-on")
    whole = split_up(state, figure.frame, figure.index) if decision.role in ("actual", "scope") else None
    if whole is not None and whole.role == "target":
        decision = replace(decision, role="target", rule="part-in-bracket")
    return decision


def _is_arranged(figure: Figure, left: str) -> bool:
    """今年安排重点项目210个，已开工190个: how many a year deals with; what is told of them goes on with their name."""
    told = figure.part.role == "prose" and figure.quantity.kind == "count"
    so_many = told and phrase("figures", "arranged_so_many").search(f"{left}|{figure.right}")
    return bool(so_many or (told and phrase("figures", "arranged").search(left)))


def _of_distances(state: Reading, quantity: Quantity) -> bool:
    """高出进度9.8个百分点；…低了8.3个百分点: behind a distance told as a figure of its own, another one."""
    last = state.last
    return last is not None and last.role == "actual" and last.quantity.unit == quantity.unit == "百分点"


def _needed_yet(figure: Figure) -> bool:
    """要完成全年目标，四季度还需入库3亿元: what the rest of the year must bring follows from the promise itself."""
    front = figure.frame.text[figure.frame.start : figure.quantity.start]
    return figure.part.role == "prose" and phrase("figures", "needed_yet").search(front) is not None


def _tells_of_rest(figure: Figure, decision: Decision, left: str) -> bool:
    """剩余3座尚未开工: how many are left and what became of them is told, and no distance from the promise."""
    rest = lexicon.form_of(decision.rule) == "short" and phrase("answers", "beside_it").match(left) is not None
    return rest and figure.quantity.kind == "count" and phrase("names", "promise_ahead").match(figure.right) is None


def _answers_rate(state: Reading, figure: Figure, left: str) -> bool:
    """建档率≥90%，完成94.7%: behind a promised rate the bare verb tells which rate was reached."""
    last = state.last
    if last is None or last.role != "target" or last.sentence != figure.sentence or last.quantity.unit != "%":
        return False
    return phrase("answers", "reached_rate").fullmatch(left) is not None and lexicon.form_of(last.rule) != "whole"


def _told_again(state: Reading, figure: Figure, decided: Decided) -> Decided:
    """全年新建…: a clause that opens as what was done answers the promise in front of it, which governs it no more."""
    part, left = figure.part, decided.left
    if part.tense == "plan" or part.role not in ("prose", "result"):
        return decided
    if goes_on_promising(left):
        return decided
    listed = figure.separator == "、"  # 同比降4%、累计降20%: an item of a list answers no other
    if decided.decision.rule == GOVERNED and (
        done_in_bracket(state, figure, left)
        or done_behind_noun(state, figure, left)
        or result_told(state, figure, left)
    ):
        return replace(decided, decision=Decision("actual", "told-again", 0.8))
    told = None if listed else phrase("answers", "opens_told").match(left)
    done = part.role == "prose" and done_as_meant(state, figure.frame, figure.index, left)
    decision = decided.decision
    if decision.rule == GOVERNED and done:
        decision = replace(decision, role="actual", rule="told-again", score=0.75)
    if told and decision.rule == GOVERNED and bare_answer(state, figure.frame, decided.quantity, left[told.end() :]):
        decision = replace(decision, role="actual", rule="told-again", score=0.75)
        done = True
    return Decided(decision, decided.quantity, left, bool(told), done)


def _beyond(state: Reading, quantity: Quantity, left: str) -> bool:
    """检查完成1万人，超200人: what is beyond, told bare behind a far larger figure, is a distance."""
    before = state.last
    if before is None or before.role not in ("actual", "target"):
        return False
    if not phrase("figures", "besides").fullmatch(left) or not phrase("figures", "beyond").match(quantity.text):
        return False
    if quantity.unit == "%" and before.quantity.unit not in names.RATES:
        return before.role == "actual" and quantity.start - len(left) == before.end + 1  # 死亡132人，超9.1%
    value, size = before.quantity.value, quantity.value
    alike = comparable(before.quantity.unit, quantity.unit) or before.quantity.unit.split("/")[0] == quantity.unit
    return bool(alike and value and size and value > 2 * size)


def _promise_raised(state: Reading, figure: Figure) -> bool:
    """将投资任务由1842亿元提高到2317亿元: what a promise is changed to is the promise."""
    before = state.mentions[-1] if state.mentions else None
    if before is None or before.role != "baseline" or before.sentence != figure.sentence:
        return False
    between = figure.frame.text[before.end : figure.quantity.start]
    changed = phrase("answers", "promise_changed").fullmatch(between)
    return changed is not None and phrase("answers", "promise_to_change").search(before.left) is not None


def _has_promise(state: Reading, figure: Figure) -> bool:
    """Whether the sentence told an amount that a rate of completion can speak of."""
    own = state.mentions.of_sentence(figure.sentence)
    return any(m.role in ("actual", "target", "completion") for m in own)


def _tells_status(figure: Figure, left: str) -> bool:
    """提前实现的20个, 14个事项超序时进度: how many stand at which step."""
    if phrase("answers", "status_alone").fullmatch(left):
        front = figure.frame.text[figure.frame.start : figure.quantity.start]
        return phrase("answers", "counted_in_all").search(front) is not None  # 按28个细项算：超额24个，没够上1个
    behind = rare("answers", "status_behind").match(figure.right)
    return phrase("answers", "status").search(left) is not None or behind is not None


def _restates(state: Reading, figure: Figure, quantity: Quantity, left: str) -> bool:
    """完成2.02亿吨，再次突破2亿吨: the round figure that the one before it passed tells nothing new."""
    before = state.last
    if before is None or before.sentence != figure.sentence or before.role != "actual":
        return False
    value, passed = before.quantity.value, quantity.figure
    if not phrase("figures", "passes_again").fullmatch(left + quantity.text) or not value or not passed:
        return False
    small, large = sorted((value, passed))  # 为0.9%，首次降到1%以内: the round figure may lie above
    return comparable(before.quantity.unit, quantity.unit) and _ROUND * large <= small


def _share_of_whole(state: Reading, quantity: Quantity) -> bool:
    """办理3218件，占目标的51.37%，其中民事2427件，占75.4%: the part's share of the whole, and of no promise."""
    part, share = state.last, quantity.value
    if part is None or part.role != "actual" or not part.quantity.value or share is None:
        return False
    whole = (m.quantity for m in state.mentions.of_unit(part.quantity.unit) if m.role == "actual")
    value = part.quantity.value
    return any(w.value and w.value > value and makes(part.quantity.value, w.value, share) for w in whole)
