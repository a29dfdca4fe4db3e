"""Clauses without figures that claim: 超额完成年度目标任务, 按时完成."""

from __future__ import annotations

from indicators.extract import lexicon, names
from indicators.extract.clauses import HARD, Frame, Span
from indicators.extract.model import UNSURE, Mention
from indicators.extract.told import Told
from indicators.quantities import comparable
from indicators.rulebook import phrase
from indicators.schema.quantity import Quantity
from indicators.schema.report import Verdict
from indicators.tasks.model import Part

_NAMED = 4
"""A name shorter than this claims nothing in particular (全年任务完成)."""
_ALONE = ("claim_of_target", "claim_plainly", "claim_of_pace", "claim")
"""Sections of claims that a clause of its own makes of the promise in front of it."""


def bare_claim(text: str, clause: Span, sentence: Span, part: Part, topic: int) -> Mention | None:
    """A thing that is claimed done in one clause without a figure: 非遗传承人认定完成年度计划."""
    words = text[clause[0] : clause[1]].rstrip("。；;！")
    for cue in lexicon.cues_in("claim", words):
        match = cue.pattern.search(words)
        if match is None:
            continue
        front = words[: match.start()]
        thing, _ = names.strip_lead(lexicon.promise_tail().cut(names.strip_tail(front)))
        if (
            (len(thing) < _NAMED and part.role != "result")
            or phrase("answers", "claim_condition").search(front)
            or phrase("answers", "time_ahead").search(front)
            or thing.count("、") > 1
            or lexicon.total_noun().match(thing)
            or phrase("answers", "claim_of_many").fullmatch(thing)
            or _only_promise(thing)
        ):
            return None
        start, end = clause[0] + match.start(), clause[0] + match.end()
        quantity = Quantity(text[start:end], start, end, None, None, "", "number")
        return Mention(
            quantity, part, start, end, sentence, front, "", role="claim", rule=cue.id, score=0.7,
            name=names.build(thing), topic=topic, claim=cue.verdict,
        )  # fmt: skip
    return None


def _only_promise(thing: str) -> bool:
    """任务书上的承诺足额兑现: whether all that is claimed done is called is a promise."""
    noun = phrase("names", "promise_ahead").match(f"的{thing}")
    return noun is not None and noun.end() >= len(thing)


def note_claims(told: Told, mentions: list[Mention], frame: Frame, part: Part) -> None:
    """A clause without figures that claims (超额完成年度目标任务) speaks of the figures in front of it.

    ``mentions``: those of ``told`` that the sentence holds.
    """
    for start, end in frame.clauses_without_figures():
        if frame.text[end : end + 1] in ("（", "("):
            continue  # 完成全年任务（41亿元）的33%: the bracket goes on with what the clause only opens
        clause = frame.text[start:end]
        before = [m for m in mentions if m.end <= start and m.role in ("actual", "compare")]
        if part.role == "prose" and before and _was_promised(clause, start, before[-1], frame):
            told.turn_to_promise(before[-1], "said-promised")
            continue
        promise = _open_promise(mentions, start) if part.role == "prose" else None
        if promise is not None and (verdict := _claim_alone(clause)) is not None:
            promise.claim = verdict
            continue
        kept = next((cue for cue in lexicon.cues_in("claim_of_target", clause) if cue.pattern.search(clause)), None)
        if kept is not None and part.role == "prose" and before and before[-1].rule in UNSURE:
            for mention in _with_siblings(before, before[-1:]):
                if not any(m.topic == mention.topic and m is not mention for m in mentions):
                    told.turn_to_promise(mention, kept.id)
                    mention.claim = kept.verdict
            continue
        if part.role == "prose" and before and _is_under_way(clause, before[-1]):
            for mention in _with_siblings(before, before[-1:]):
                told.turn_to_promise(mention, "under-way")
            continue
        said_so = (*lexicon.cues_in("claim_of_pace", clause), *lexicon.cues_in("claim", clause))
        cue = next((cue for cue in said_so if cue.pattern.search(clause)), None)
        if cue is None:
            continue
        after = [m for m in mentions if m.start >= end and m.role in ("actual", "compare")]
        named = cue.pattern.split(clause, maxsplit=1)[0]
        spoken_of = len(names.strip_lead(names.strip_tail(named or ""))[0]) >= _NAMED
        # 固定资产投资虽超额完成，但服务业只增长7%: a claim with its own thing speaks of no figure to come.
        chosen = _spoken_of_last(mentions, before, start) or ([] if spoken_of else after[:1])
        said = (
            _all_told(before, frame.text, start)
            if phrase("answers", "claim_of_all").match(clause)
            else _with_siblings(before, chosen)
        )
        for mention in said:
            (_named_in(clause, mention, before) or _measured(mention, before)).claim = cue.verdict


def _was_promised(clause: str, start: int, last: Mention, frame: Frame) -> bool:
    """完成造林80亩，是市里交的任务: whether a clause calls the figure right in front of it a promise."""
    beside = last.end + 1 == start and frame.text[start - 1] in ("，", ",")
    return beside and last.rule in UNSURE and phrase("answers", "was_promised").match(clause) is not None


def _open_promise(mentions: list[Mention], start: int) -> Mention | None:
    """改造任务6000户，提前完成: the promise right in front of a clause, where nothing answers it yet."""
    last = next((m for m in reversed(mentions) if m.end <= start), None)
    if last is None or last.role != "target" or last.claim is not None or last.part.tense == "plan":
        return None
    answered = any(m.role == "actual" and comparable(m.quantity.unit, last.quantity.unit) for m in mentions)
    return None if answered else last


def claim_behind(frame: Frame, index: int, part: Part) -> tuple[str, Verdict | None]:
    """The words behind a figure, without what they say became of the promise, and what that is.

    8万亩的造林任务落了空: missed, and 的造林任务 stays.
    """
    start, end = frame.behind(index)
    right = frame.text[start:end]
    if part.role != "prose" or part.tense == "plan" or end != frame.right_wall(start):
        return right, None
    settled = phrase("answers", "settled_behind").match(right)
    if settled is None:
        return right, None
    said: Verdict = "exceeded" if settled["exceeded"] else "missed" if settled["missed"] else "met"
    return settled["stays"], said


def note_claim_above(told: Told, sentence: Span, text: str, part: Part) -> None:
    """计划新修公路80公里。任务圆满完成: a sentence that only claims speaks of the promises right before it."""
    last = told[-1] if told else None
    if part.role != "prose" or part.tense == "plan" or last is None or last.sentence[1] != sentence[0]:
        return
    own = told.of_sentence(last.sentence)
    open_ones = [m for m in own if m.role == "target" and m.claim is None and not told.is_answered(m.topic)]
    words = text[slice(*sentence)].strip().rstrip("。；;！!")
    if len(open_ones) < len(own) or (verdict := _claim_alone(words)) is None:
        return
    if len(own) == 1 or phrase("answers", "claim_of_all").search(words):
        for mention in open_ones:
            mention.claim = verdict


def _claim_alone(clause: str) -> Verdict | None:
    """The verdict that a clause claims of what stands in front of it: no thing of its own, no condition."""
    for cue in (cue for section in _ALONE for cue in lexicon.cues_in(section, clause)):
        match = cue.pattern.search(clause)
        if match is not None:
            front = clause[: match.start()]
            thing = names.strip_lead(names.strip_tail(front))[0]
            bare = len(thing) < _NAMED and not phrase("answers", "claim_condition").search(front)
            return cue.verdict if bare else None
    return None


def _is_under_way(clause: str, mention: Mention) -> bool:
    """新增停车位600个，目前正在施工: what is still being made is what was promised, unless it was told as a step."""
    unsure = mention.rule == "mode.none" and mention.name.change is None and mention.part.tense != "review"
    adds = mention.name.flow == "flow" and mention.name.stage is None
    return unsure and adds and phrase("answers", "under_way").fullmatch(clause) is not None


def _spoken_of_last(mentions: list[Mention], before: list[Mention], start: int) -> list[Mention]:
    """6起，死21人，起数为控制数5起的120%，突破控制数: a claim goes on with the thing of the promise in front of it."""
    last = next((m for m in reversed(mentions) if m.end <= start), None)
    if last is None or last.role != "completion":
        return before[-1:]
    own = [m for m in before if m.topic == last.topic]
    promised = any(m.role == "target" and m.topic == last.topic for m in mentions)
    return own[-1:] or ([] if promised else before[-1:])


def _named_in(clause: str, mention: Mention, before: list[Mention]) -> Mention | None:
    """存栏2380万头，增长38%，全年存栏任务提前做完: of a level and its growth the one that the claim names."""
    if mention.name.change is None:
        return None
    levels = (m for m in reversed(before) if m.name.change is None and m.sentence == mention.sentence)
    return next((m for m in levels if len(m.name.core) > 1 and m.name.core in clause), None)


def _measured(mention: Mention, before: list[Mention]) -> Mention:
    """完成6亿元，为年度任务的60%，下降10%，未达预期: the claim speaks of what the promise was of."""
    said = names.strip_lead(mention.left)[0]
    moved = phrase("answers", "moved").fullmatch(said) if not said.startswith("净") else None  # 达300万吨，增产20万吨
    if mention.name.change is None and moved is None:
        return mention
    for earlier in reversed(before):
        if earlier.sentence != mention.sentence or earlier.name.anchor != mention.name.anchor:
            break
        if earlier.stated_share is not None or (moved and earlier.name.change is None and earlier is not mention):
            return earlier
    return mention


def _all_told(before: list[Mention], text: str, start: int) -> list[Mention]:
    """脱贫200户，30个村出列，均完成年度计划: a claim with 均 speaks of all figures since the last semicolon."""
    opened = max(text.rfind(wall, 0, start) for wall in "；;。")
    near = [m for m in before if m.start > opened]
    levels = [m for m in before if m.role == "actual" and _stands_alone(m, before)]
    own = sum(m.start > opened for m in levels)
    if len(levels) > 1 and (own == 1 or (own == 0 and len(near) < 2)):
        return levels  # 浓度为38微克，下降4%；优良率为81%，均达到目标: one level alone is not what 均 speaks of
    return near


def _stands_alone(mention: Mention, before: list[Mention]) -> bool:
    """Whether a mention tells a level, or a change of something whose level is not told: 浓度下降10%，优良率85%."""
    if mention.name.change is None:
        return True
    return all(m.name.change is not None or m.name.anchor != mention.name.anchor for m in before)


def _with_siblings(before: list[Mention], chosen: list[Mention]) -> list[Mention]:
    """The mention that a claim follows, with those that a 、 ties to it."""
    if not chosen or not before:
        return chosen
    found = [chosen[0]]
    for mention in reversed(before[:-1]):
        between = mention.part.passage.text[mention.end : found[-1].start]
        if "、" not in between or any(c in HARD for c in between):
            break
        found.append(mention)
    return found


def claimed_behind(right: str) -> Verdict | None:
    """50所的打算泡了汤: what the words behind a promise and its noun claim of it."""
    noun = phrase("names", "promise_ahead").match(right)
    rest = right[noun.end() :] if noun is not None else right
    for cue in lexicon.cues_in("claim", rest):
        if (match := cue.pattern.search(rest)) is not None:
            return None if phrase("answers", "claim_condition").search(rest[: match.start()]) else cue.verdict
    return None
