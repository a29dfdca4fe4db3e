"""Decides what part a figure plays: target, actual, baseline, completion, gap, comparison, rank or scope."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.extract import lexicon, names
from indicators.extract.lexicon import Cue, cue_in
from indicators.extract.model import GOVERNED, Mode, Role
from indicators.rulebook import phrase, rare
from indicators.schema.quantity import Quantity
from indicators.tasks.model import Part

MEASURES = frozenset({"count", "number"})
SAID = "target.said"
"""The rule of promises told in plain words right in front of them: 喊的是, 该到."""
PLAINLY = ""
"""The verb of a rate of completion that is told by the plain word, or by none."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A role with the rule that gave it and how sure that rule is."""

    role: Role
    rule: str
    score: float


def by_words(
    quantity: Quantity,
    left: str,
    right: str,
    part: Part,
    mode: Mode,
    *,
    completion_seen: str | None,
    before: Role | None,
    bracket: bool,
) -> Decision:
    """The role of a live quantity from the words of its clause, then from what governs it.

    ``completion_seen`` is the verb of the last rate of completion (占控制数的60%), which later ones may repeat alone;
    ``before`` is the role of the mention that the clause joins on to ("年度目标20家的1.5倍"); ``bracket`` says
    that a bracket opens the clause.
    """
    if quantity.kind == "rank":
        return Decision("rank", "rank", 0.95)
    unit = quantity.unit
    return (
        _of_promise_before(unit, left, before)
        or _beside_the_point(unit, left, right)
        or _set_against(quantity, left, right)
        or _rate_of_promise(quantity, left, right, part, mode, completion_seen)
        or _promised_in_front(quantity, left, mode, bracket=bracket)
        or _compared(unit, left, mode, part)
        or _by_mode(quantity, left, right, part, mode)
    )


def _of_promise_before(unit: str, left: str, before: Role | None) -> Decision | None:
    """年度目标20家的1.5倍, 比要求的70%高2个百分点: what is told of the promise right in front."""
    if before != "target":
        return None
    said = phrase("names", "promise_ahead").sub("", left)
    if unit in ("%", "倍") and (said == "的" or phrase("figures", "share_follows").match(f"{left}|")):
        return Decision("completion", "completion.of-figure", 0.9)
    return Decision("gap", "gap.behind-promise", 0.9) if _is_distance(left, unit) else None


def _beside_the_point(unit: str, left: str, right: str) -> Decision | None:
    """What a share is of, what stood before, what is no indicator at all."""
    promised = bool(cue_in("target", left, unit, "before")) or whole_of_share(left, right, unit)
    promised = promised or bool(phrase("figures", "share_right_behind").fullmatch(right))  # 公厕144座为任务的119%
    if cue_in("denominator", right, unit, "whole") or (not promised and cue_in("denominator", right, unit, "after")):
        return Decision("denominator", "denominator", 0.85)
    off = unit == "百分点" and phrase("figures", "off_the_year").search(left) is not None
    cue = None if off else cue_in("baseline", left, unit, "before")
    if cue is not None and not phrase("figures", "standard_per_head").search(left):
        return Decision("baseline", cue.id, 0.9)
    cue = cue_in("drop", left, unit, "before") or cue_in("drop", right, unit, "after")
    return Decision("other", cue.id, 0.9) if cue else None


def _set_against(quantity: Quantity, left: str, right: str) -> Decision | None:
    """A promise told behind its figure (达到20家的目标), or how far an actual lies from it."""
    unit = quantity.unit
    # 比目标高出2个百分点: the word of distance was read as a bound
    taken = _bound_in_front(quantity) if unit == "百分点" else ""
    status = rare("answers", "status_behind").match(right)  # 3项任务推进缓慢
    told = status or phrase("figures", "share_right_behind").fullmatch(right)
    behind = None if told else cue_in("target", right, unit, "after")
    if behind and phrase("figures", "reached").search(left):
        return Decision("target", behind.id, 0.9)
    if cue := cue_in("gap", right, unit, "after"):
        return Decision("gap", cue.id, 0.85)
    if cue := cue_in("gap", left, unit, "before") or cue_in("gap", f"{left}{taken}", unit, "before"):
        return Decision("gap", cue.id, 0.9)
    if (cue := cue_in("gap", left, unit, "around")) and cue_in("completion", right, "%", "after"):
        return Decision("gap", cue.id, 0.85)
    share_follows = phrase("figures", "share_follows").match(right) and unit not in ("%", "倍")
    if share_follows and whole_of_share(left, right, unit):
        return Decision("target", "target.whole-behind-share", 0.9)
    return Decision("target", behind.id, 0.9) if behind else None


def _rate_of_promise(
    quantity: Quantity, left: str, right: str, part: Part, mode: Mode, seen: str | None
) -> Decision | None:
    """占年度计划的62.5%: which share of its promise is done; 完成率达到95% in a plan is promised itself."""
    promising = (mode == "target" and quantity.bound) or (mode in ("target", "plan") and part.tense == "plan")
    unit = quantity.unit or ("%" if quantity.kind == "ratio" else "")  # 完成年度目标的三分之二
    if mode not in ("target", "plan") and (cue := cue_in("completion", right, unit, "after")):
        return Decision("completion", cue.id, 0.85)  # 百分之百完成年度任务
    cue = cue_in("completion", left, unit, "before")
    if cue and mode == "target" and phrase("figures", "rate_intended").search(left):
        return None  # 确保三季度末达到全年任务的80%
    if cue and not (promising and (cue.whole or phrase("figures", "promised_rate").search(left))):
        return Decision("completion", cue.id, 0.9)
    share = phrase("figures", "share_of").search(left) if quantity.unit == "%" and seen is not None else None
    carried = share is not None and (not share["verb"] or _verb(share["verb"]) == seen)
    carried = carried and not cue_in("target", left, quantity.unit, "before")  # 预期目标为7%
    return Decision("completion", "completion.carried", 0.75) if carried else None


def _promised_in_front(quantity: Quantity, left: str, mode: Mode, *, bracket: bool) -> Decision | None:
    """年度目标20家, 不低于20家: words right in front of the figure that only a promise has."""
    unit = quantity.unit
    cue = cue_in("target", left, unit, "before") or (cue_in("target", left, unit, "bracket") if bracket else None)
    if cue and mode != "target" and cue_in("amount_done", left, unit, "before"):
        return Decision("actual", "amount-done", 0.8)
    if cue:
        return Decision("target", cue.id, 0.9)
    if said := lexicon.promise_said().search(left):
        # 比国家派的多136万亩: the word of distance was read as a bound
        off = said["against"] and phrase("names", "distance").fullmatch(said["moves"] or _bound_in_front(quantity))
        return Decision("gap", "gap.against-said", 0.85) if off else Decision("target", SAID, 0.85)
    if mode != "target" and not names.strip_tail(left) and (cue := _bound_alone(quantity, left)):
        return Decision("target", cue.id, 0.8)
    return None


def _compared(unit: str, left: str, mode: Mode, part: Part) -> Decision | None:
    """比上年多20家: a distance from another year, which a plan promises.

    较上年提高3个百分点 in a column of results answers the rise that its row promises.
    """
    if (
        unit in names.RATES
        and (unit != "百分点" or part.role == "result")
        and phrase("figures", "on_the_year").search(left)
    ):
        return None
    if (cue := cue_in("compare", left, unit, "before")) is None:
        return None
    if mode not in ("target", "plan"):
        return Decision("compare", cue.id, 0.85)
    if phrase("figures", "year_before").search(left) and unit not in names.RATES:
        return Decision("other", "base-in-plan", 0.8)
    return Decision("target", "compare.in-promise", 0.85)


def _bound_in_front(quantity: Quantity) -> str:
    """The bound word that a figure was read with: 超200人, 多136万亩."""
    return quantity.text[: quantity.number_start - quantity.start]


def promised_behind(right: str, unit: str) -> bool:
    """的预期目标: whether the noun for a promise stands behind the figure."""
    return cue_in("target", right, unit, "after") is not None


def whole_of_share(left: str, right: str, unit: str) -> bool:
    """完成全年200万头的70%, 完成2万人计划的90%: the whole of which a share is told; a bar stands for the share."""
    if cue_in("target", left, unit, "joined"):
        return True
    return bool(
        phrase("figures", "share_of_whole").search(left)
        and phrase("figures", "share_follows").match(right)
        and phrase("names", "promise_ahead").match(right)
    )


def sets_against(section: str, left: str, unit: str) -> bool:
    """Whether words in front of a figure set it against the promise: a ``gap`` (比年度目标高), a ``completion``."""
    return cue_in(section, left, unit, "before") is not None


def against_time(left: str, unit: str) -> bool:
    """比时间进度慢: whether words in front of a figure set what stands before it against the time passed."""
    cue = cue_in("drop", left, unit, "before")
    return cue is not None and cue.id.endswith("against-time")


def stands_off(left: str, unit: str) -> bool:
    """Whether words in front of a figure tell how the figure before stands to it or its promise: 距, 比年度目标低."""
    named = (cue_in(section, left, unit, "before") for section in ("gap", "target"))
    against = ("against-promise", "set-against", "set-against-plainly")
    return any(cue is not None and cue.id.endswith(against) for cue in named)


def share_verb(left: str) -> str:
    """The verb in front of a rate of completion: 占, 为, 相当于; ``PLAINLY`` where it is 完成 or none."""
    match = phrase("figures", "share_verb").search(left)
    return _verb(match.group()) if match else PLAINLY


def _verb(printed: str) -> str:
    return PLAINLY if phrase("figures", "plain_share_verb").fullmatch(printed) else printed


def _is_distance(left: str, unit: str) -> bool:
    """比要求的70%高2个百分点, 低于7%的预期目标2个百分点: how far the promise just told lies off."""
    said = phrase("names", "promise_ahead").sub("", left)
    return bool(phrase("names", "distance").fullmatch(said)) or (not said and said != left and unit not in ("%", "倍"))


def _bound_alone(quantity: Quantity, left: str) -> Cue | None:
    """The bound word of a figure that only a promise uses (不低于, 控制在…以内)."""
    text = left[-4:] + quantity.text
    cue = next((cue for cue in lexicon.cues_in("bounded", text) if cue.pattern.search(text)), None)
    printed = any(phrase("figures", behind).search(quantity.text) for behind in ("bound_behind", "held_by_behind"))
    held = cue is not None and not printed and phrase("figures", "held_without_bound").search(left)
    return None if held else cue  # 负债率控制在60%: without 以内 or 左右 that is where it stands


def _by_mode(quantity: Quantity, left: str, right: str, part: Part, mode: Mode) -> Decision:
    if part.role == "schedule" and phrase("figures", "frequency").search(left):
        return Decision("other", "frequency", 0.8)
    if part.role == "schedule" and phrase("figures", "steps_column").search(part.label) and _is_activity(left):
        return Decision("other", "activity", 0.8)
    if part.role == "result":
        if rare("figures", "promise_in_result").search(left):
            return Decision("target", "promise-in-result", 0.85)
        if phrase("figures", "intent_in_result").search(left):
            return Decision("other", "intent-in-result", 0.8)
        if phrase("figures", "reward").match(right):
            return Decision("other", "input", 0.8)
        return Decision("actual", "part.result", 0.9)
    if (
        mode in ("target", "plan")
        and (quantity.unit in lexicon.units_of("occasion_unit") or quantity.kind == "duration")
        and phrase("figures", "frequency").search(left)
    ):
        return Decision("other", "frequency", 0.8)
    if mode == "target":
        if _only_scope(quantity, left, right):
            return Decision("scope", "no-achieving-verb", 0.7)
        return Decision("target", GOVERNED, 0.9)
    if mode == "plan":
        if _only_scope(quantity, left, right):
            return Decision("scope", "no-achieving-verb", 0.7)
        return Decision("target", "mode.plan", 0.8)
    if mode == "none" and (cue := _bound_alone(quantity, left)):
        return Decision("target", cue.id, 0.75)
    if quantity.kind == "duration" and not phrase("figures", "duration_measured").search(left + right[:6]):
        return Decision("other", "duration", 0.7)
    return Decision("actual", f"mode.{mode}", 0.85 if mode == "actual" else 0.7)


def _is_activity(left: str) -> bool:
    """组织30家企业参展: a step of work in a construction plan, which promises no outcome."""
    last = names.ends_in_verb(left)
    first = lexicon.verb_at_start().match(names.strip_lead(left)[0])
    verb = lexicon.verbs().get(last or (first.group("verb") if first else ""))
    return verb is not None and verb.sense == "activity"


def _only_scope(quantity: Quantity, left: str, right: str) -> bool:
    """A count without an achieving verb, or a measure in front of a noun, tells what a promise deals with."""
    noun = names.noun_behind(right)
    ending = names.ends_in_verb(left)
    if quantity.kind in MEASURES:
        if phrase("figures", "deals_with").search(left) and phrase("figures", "acted_on").search(right):
            return False
        verb = lexicon.verb_said(ending)
        if noun and verb is not None:
            return verb.sense == "scope"
        if noun and not ending:
            return not _achieving(left + noun)
        return not _achieving(left) and not _achieving(right) and bool(noun)
    linked = phrase("figures", "brought_to").search(left)
    return (
        bool(noun)
        and not ending
        and not linked
        and not quantity.bound
        and quantity.kind not in ("ratio", "points", "multiple")
    )


def _achieving(text: str) -> bool:
    return any(lexicon.verbs()[m.group()].sense == "achieve" for m in lexicon.verb_pattern().finditer(text))


def distributed(text: str) -> str:
    """各县区, 每人: the unit that a target holds for, as printed."""
    match = phrase("figures", "distributed").search(text)
    return match.group() if match else ""
