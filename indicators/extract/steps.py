"""What a run of figures behind a promise tells of it: step by step (要建成50所，开工58所，建成43所), place by place."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.extract import names
from indicators.extract.model import ANSWERED, GOVERNED, UNSURE, Mention
from indicators.extract.reading import Reading
from indicators.extract.told import Told
from indicators.quantities import comparable
from indicators.rulebook import phrase

STEP = "step"
"""The rule of what is told as one step of several, and was taken for promised."""
_BASE_AND_ANSWER = 2
_KEPT_BY = {"finish": ("finish", "operate")}
"""Steps by which a promise of a step is kept, where that is more than the step itself: what is in use was built."""


def tell_steps(own: Sequence[Mention], so_far: Told) -> None:
    """Where the step that was promised comes again among bare steps, all of them tell how far the thing came.

    A sentence promises nothing twice: the verb of the promise, alone in front of another figure in its unit, answers
    it, and what stands between the two was not promised either. ``own`` are the mentions of a sentence.
    """
    for at, mention in enumerate(own):
        promise = _promise_of(mention, own[:at], so_far)
        if promise is None:
            continue
        if promise.role == "actual":
            so_far.turn_to_promise(promise, "steps-behind")
        listed = promise  # 目标开工600套、建成200套，实际开工252套: a list of promises goes on with 、
        for step in own[own.index(promise) + 1 :]:
            if step.part.passage.text[listed.end : step.start].startswith("、"):
                listed = step
                continue
            if step.quantity.unit == promise.quantity.unit and step.rule == GOVERNED and told_step(step):
                so_far.turn_to_answer(step, STEP)
        mention.rule = STEP
        so_far.give_topic(mention, promise)
        return


def answer_by_place(own: Sequence[Mention], state: Reading) -> None:
    """东乡、西乡各定5个，东乡建成6个，西乡建成4个: what is told of a place answers what was promised for each."""
    for mention in own if state.by_place else ():
        told = names.strip_lead(mention.left)[0]
        promise = next((m for place, m in state.by_place.items() if told.startswith(place)), None)
        if promise is None or mention in state.by_place.values() or state.mentions.is_answered(promise.topic):
            continue
        if mention.rule not in (GOVERNED, *UNSURE) or not comparable(mention.quantity.unit, promise.quantity.unit):
            continue
        if mention.role == "target":
            state.mentions.turn_to_answer(mention, STEP)
        state.mentions.give_topic(mention, promise)


def set_base(own: Sequence[Mention], so_far: Told) -> None:
    """覆盖率年初64.9%，年末66.8%，约束性指标66%: beside a promise told by a noun, where the year began is a base."""
    for goal in own:
        same = [m for m in own if m.quantity.unit == goal.quantity.unit and m.start < goal.start]
        if goal.role != "target" or not goal.rule.startswith("target.") or len(same) < _BASE_AND_ANSWER:
            continue
        base, answer = same[-_BASE_AND_ANSWER:]
        seeming = base.rule in (ANSWERED, *UNSURE) or base.role == "baseline"
        if not seeming or answer.role != "actual" or phrase("answers", "base_time").search(base.left) is None:
            continue
        so_far.set_aside(base, "base-of-year")
        base.role = "baseline"
        so_far.give_topic(answer, goal)


def told_step(mention: Mention) -> str:
    """The bare verb of a step that a figure tells, in front of it or behind it; "" where it tells another thing."""
    for words in (mention.left, mention.right):
        verb = bare_step(words)
        if verb:
            return verb
        if words and words is mention.left and phrase("answers", "step_opening").fullmatch(words) is None:
            return ""
    return ""


def bare_step(words: str) -> str:
    """The verbs of a step that words consist of, adverbs of telling in front of them: 已开工, 真正升规."""
    opening = phrase("answers", "step_opening").match(words)
    verb = words[opening.end() if opening is not None else 0 :]
    return verb if verb and names.flow_stage(verb)[1] is not None and names.only_verbs(verb) else ""


def _promise_of(mention: Mention, before: Sequence[Mention], so_far: Told) -> Mention | None:
    """The promise whose own step a figure tells again, the bare verb alone in front of it or behind it."""
    verb = told_step(mention)
    if not verb or mention.role not in ("target", "actual") or mention.rule not in (GOVERNED, "told-again", *UNSURE):
        return None
    same = [m for m in before if m.quantity.unit == mention.quantity.unit and m.role in ("target", "actual")]
    promise = next((m for m in reversed(same) if not told_step(m)), None)
    if promise is None:
        return None
    stage = names.flow_stage(verb)[1]
    between = [m for m in same if m.start > promise.start]
    if promise.role == "target":
        again = stage in _KEPT_BY.get(promise.name.stage or "", (promise.name.stage,)) or verb in promise.left
        other = promise.quantity.value != mention.quantity.value
        return promise if again and (between or (other and mention.rule == GOVERNED)) else None
    unsure = promise.rule in UNSURE and verb in promise.left and not so_far.is_promised(promise.topic)
    return promise if unsure and any(told_step(m) != verb for m in between) else None
