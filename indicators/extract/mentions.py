"""Reads a passage into mentions: every live quantity with its role, its indicator and its topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from indicators.extract import lexicon, names, roles
from indicators.extract.answering import TELLS, answers_run, bare_answer, done_as_meant, is_step, promised_alike
from indicators.extract.claims import bare_claim, note_claims
from indicators.extract.clauses import Frame, Span, sentences
from indicators.extract.coordination import joint_clauses, shared_things
from indicators.extract.counted import counted_mentions
from indicators.extract.listed import carries_gap, goes_on, keep_whole, listed_on, share_promise, told_alike_before
from indicators.extract.live import live_quantities, shifted, with_wholes
from indicators.extract.model import Mention
from indicators.extract.naming import name_mention
from indicators.extract.reading import Reading, note_head, note_label
from indicators.extract.roles import Mode
from indicators.extract.topics import answers_actual, mark_answered, promised_before, repeat_thing
from indicators.quantities import comparable, find_quantities
from indicators.schema.quantity import Quantity
from indicators.tasks.model import Context, Part
from indicators.tasks.units import unit_for

_HAS_FIGURE = regex.compile(r"全覆盖|[\d０-９一二两三四五六七八九十百千万亿半几]")
_INTENDS = regex.compile("力争|争取|确保|冲刺|挑战|(?<!主|重|需)要[到达]|[月年]底前")
_OF_RATES = regex.compile("(?:完成率|完成比例)[)）]?[:：]")
"""分领域投资和目标完成率：高速公路511.3亿元（108.8%）: what the figures in brackets are."""
_SEMICOLON = regex.compile("[；;]")
_WALLS = regex.compile("[，,；;。：:]")
_NAMED = regex.compile(r"\p{Han}{2}")
_WHOLE = regex.compile(r"全部|全覆盖|都要?到|均达到?")
_AHEAD = regex.compile("超出?|高出|多出")
_COMPARED = regex.compile(r"^(?:低于|高于|超过|超出|未达到?|没有?达到|不及|好于|优于|突破|超)")


def find_mentions(
    part: Part, context: Context, *, first_topic: int = 0, seeds: Sequence[Mention] = (), heading: str = ""
) -> list[Mention]:
    """All mentions of a passage in reading order. Topics are numbered from ``first_topic``.

    ``seeds`` are the targets of the same task: a result cell that says only "完工33个" speaks of them.
    ``heading`` is the task's name where it holds no figure of its own: 城镇老旧小区改造.
    """
    state = Reading(mode=roles.opening_mode(part), topics=first_topic, seeds=seeds, heading=heading)
    text = part.passage.text
    for span in sentences(text):
        note_head(state, text, span)
        if not _HAS_FIGURE.search(text, span[0], span[1]):
            note_label(state, text, span)
            _read_figureless(state, part, text, span, [span])
            continue
        quantities = shifted(find_quantities(text[span[0] : span[1]], year=context.year), span[0])
        quantities = with_wholes(text, span, quantities)
        if quantities:
            _read_sentence(state, part, text, span, quantities, context.year)
        else:
            note_label(state, text, span)
            _read_figureless(state, part, text, span, Frame(text, span, []).clauses_without_figures())
    return state.mentions


def _read_sentence(
    state: Reading, part: Part, text: str, span: Span, quantities: list[Quantity], year: int | None
) -> None:
    live = live_quantities(text, span, quantities, cell=part.role in ("target", "result"), units=bool(part.units))
    if not live:
        _read_figureless(state, part, text, span, Frame(text, span, []).clauses_without_figures())
        return
    frame = Frame(text, span, live)
    state.label = note_label(state, text, span)
    opening = state.mode
    mode: Mode = opening
    base: Mode = opening
    reach = ""
    outer: tuple[Mode, str] | None = None
    consumed = span[0]
    joint, same = joint_clauses(frame, state.mentions)
    read_up_to = span[0]
    first = len(state.mentions)
    if _OF_RATES.search(text[span[0] : live[0].start]):
        state.completion_seen = "完成"
    for index, quantity in enumerate(live):
        left = frame.before(index, consumed)
        behind = frame.behind(index)
        right = text[behind[0] : behind[1]]
        between = text[read_up_to : quantity.start]
        if outer is not None and _CLOSE.search(between):
            (mode, reach), outer = outer, None  # 农业保险（目标：参保率90%）：what a bracket promises ends with it
        opened = _OPEN.search(between)
        if opened is not None:
            mode, reach = _governed(part, between[: opened.start()], mode, reach, base, year)
            outer, between = (mode, reach), opened.group()
        mode, reach = _governed(part, between, mode, reach, base, year)
        base = mode if reach == "sentence" else base
        read_up_to = quantity.start
        if index in joint:
            left = joint[index]
        for shared in shared_things(left, quantity)[:-1] if index not in joint else []:
            _mention(state, part, frame, index, shared, right, mode, joint=True, same=None)
        if index not in joint and (things := shared_things(left, quantity)):
            left = things[-1]
        told_alike = told_alike_before(state, frame, left, quantity)
        mention = _mention(
            state, part, frame, index, left, right, mode, reach=reach, joint=index in joint, same=same.get(index)
        )
        if mention.role == "target":
            state.mentions[-1:-1] = [replace(mention, name=m.name, topic=m.topic) for m in told_alike]
        if reach == "figure" and text[quantity.end : quantity.end + 1] in "：:":
            reach = "sentence"  # 盘子是33.9亿元：国省干线26.5亿元…: the parts of the promise follow
        elif reach == "figure":
            mode, reach = base, ""
        if reach and (mention.rule in ("told-again", "kept-whole") or answers_actual(mention, state.mentions, text)):
            mode, reach = opening, ""
        consumed = quantity.end if not mention.name.text.endswith(right[-4:] or "\0") else behind[1]
        if mention.role in ("denominator", "scope"):
            consumed = quantity.end
    note_claims(state.mentions[first:], frame, part)
    _read_figureless(state, part, text, span, frame.clauses_without_figures())
    state.mode = opening


def _read_figureless(state: Reading, part: Part, text: str, span: Span, clauses: Sequence[Span]) -> None:
    """Clauses without figures: lists of names in a completion cell, things claimed done in running text."""
    told = part.role == "prose" and part.tense != "plan"
    if part.role != "result" and not told:
        return
    for clause in clauses:
        if told:
            mention = bare_claim(text, clause, span, part, state.topics)
        else:
            mention = counted_mentions(text, clause, span, part, state.topics) or bare_claim(
                text, clause, span, part, state.topics
            )
        if mention is not None:
            state.topics += 1
            state.mentions.append(mention)


def _governed(part: Part, between: str, mode: Mode, reach: str, base: Mode, year: int | None) -> tuple[Mode, str]:
    """The mode after the words ``between`` two figures, and how far it reaches."""
    if part.role == "target":
        return mode, reach
    if reach == "clause" and _SEMICOLON.search(between):
        mode, reach = base, ""
    found = roles.governor(between, year, part.tense)
    if found is None or (part.role == "schedule" and found.mode == "actual"):
        return mode, reach
    if found.mode == "target" and found.touches and _NAMED.search(_WALLS.split(between[: found.start])[-1]):
        # 云台市年初喊12%，做出来7.3%: the cue speaks of the one figure that it touches, and opens no list.
        return found.mode, "figure"
    return found.mode, found.reach


def _mention(
    state: Reading,
    part: Part,
    frame: Frame,
    index: int,
    left: str,
    right: str,
    mode: Mode,
    *,
    reach: str = "",
    joint: bool,
    same: tuple[int, int] | None,
) -> Mention:
    quantity = frame.live[index]
    joined = index + 1 < len(frame.live) and frame.live[index + 1].start == frame.behind(index)[1]
    before = state.mentions[-1] if state.mentions and state.mentions[-1].end == quantity.start - len(left) else None
    outside = _outside_brackets(frame, quantity) if not left else ""
    decision = roles.decide(
        quantity,
        outside or left,
        right + ("|" if joined else ""),
        part,
        mode,
        completion_seen=state.completion_seen,
        before=before.role if before else None,
        bracket=frame.separator(index) in ("（", "("),
    )
    if outside and frame.separator(index) in ("（", "("):
        # 低于年度目标（7%左右）0.9个百分点: the figure in brackets is the promise itself.
        decision = replace(decision, role="target", rule="target.in-brackets")
    elif outside and decision.role == "gap":
        left = outside
    if decision.role == "actual" and _share_of_promise(state, frame, quantity, left):
        decision = replace(decision, role="completion", rule="completion.behind-promise")
    if decision.role == "target" and decision.rule in ("target.promise-behind", "target.set-against"):
        quantity = _uncompared(quantity)
    if decision.rule == "completion.rate-noun" and not _has_level(state, frame):
        decision = replace(decision, role="target" if mode == "target" else "actual", rule="rate-of-work")
    elif (decision.role in ("actual", "compare") and carries_gap(state, frame, left)) or (
        decision.role in ("actual", "compare", "target") and _beyond(state, quantity, left)
    ):
        decision = replace(decision, role="gap", rule="gap.carried")
    if decision.rule == "no-achieving-verb" and listed_on(state, frame, index):
        decision = replace(decision, role="target", rule="listed-on")
    following = frame.live[index + 1] if index + 1 < len(frame.live) else None
    asked = following is not None and following.unit == quantity.unit
    if decision.rule == "duration" and (asked or promised_alike(state, frame, quantity)):
        decision = replace(decision, role="actual", rule="mode.none")
    told = part.tense != "plan" and part.role in ("prose", "result") and TELLS.match(left)
    told_done = part.role == "prose" and part.tense != "plan" and done_as_meant(state, frame, index, left)
    if decision.rule == "mode.target" and told_done:
        decision = replace(decision, role="actual", rule="told-again", score=0.75)
    if told and decision.rule == "mode.target" and bare_answer(state, frame, quantity, left[told.end() :]):
        decision = replace(decision, role="actual", rule="told-again", score=0.75)
        left = left.removesuffix("平均")
    if quantity.unit == "大":
        quantity = replace(quantity, unit="个")
    mention = Mention(
        quantity=quantity,
        part=part,
        start=quantity.start,
        end=quantity.end,
        sentence=(frame.start, frame.end),
        left=left,
        right=right,
        role=decision.role,
        rule=decision.rule,
        score=decision.score,
        period=quantity.period,
    )
    if same is not None:
        mention.run_start = frame.live[index - same[0]].start
    keep_whole(mention)
    separator = frame.separator(index)
    if mention.role == "actual" and _bare_share_in_bracket(mention, separator, state):
        mention.role, mention.rule, mention.score = "completion", "completion.bracket", 0.7
    if not (same is not None and repeat_thing(state, mention, same)):
        name_mention(state, mention, separator, joint)
    if part.units and mention.quantity.kind == "number" and not mention.quantity.unit:
        mention.quantity = _in_stated_unit(mention)
    if mention.rule == "target.promise-behind":
        share_promise(mention, state)
    if mention.name.anchor != state.head:
        state.head = ""  # a thing of its own: the head of the item is what follows no more
    before = state.last
    if told_done and mention.role == "actual" and before is not None and not is_step(before, left):
        mention.name, mention.topic = before.name, before.topic
    mark_answered(mention, state)
    if same is not None and mention.rule == "mode.target" and answers_run(state, mention):
        mention.role, mention.rule, mention.score = "actual", "told-again", 0.75
    looks_back = reach == "sentence" and "年初" in frame.text[frame.start : quantity.start]
    if (
        mention.rule == "mode.target"
        and part.role in ("prose", "result")
        and (reach == "clause" or looks_back or (told and not quantity.bound))
        and not _INTENDS.search(left)
        and promised_before(mention, state, told=bool(told))
    ):
        mention.role, mention.rule, mention.score = "actual", "told-again", 0.75
    goes_on(mention, state, separator)
    if mention.role == "completion":
        state.completion_seen = roles.share_verb(mention.left)
        _note_share(mention, state)
    sentence_left = frame.text[frame.start : quantity.start]
    mention.forecast = any(cue.pattern.search(sentence_left[-24:]) for cue in lexicon.cues("forecast"))
    mention.whole = bool(_WHOLE.search(f"{left}{quantity.text}{right}"))
    mention.distributed = roles.distributed(frame.text[frame.left_wall(quantity.start) : quantity.start])
    state.mentions.append(mention)
    own = not names.only_verbs(names.strip_lead(left)[0])
    aside = left.startswith(("其中", "含")) and state.last is not None and own
    if mention.role not in ("rank", "scope", "denominator", "compare") and not aside:
        state.last = mention
    return mention


def _outside_brackets(frame: Frame, quantity: Quantity) -> str:
    """The clause around brackets that holds the noun for the promise that stands in them, "" where there is none."""
    text = frame.text
    at = quantity.start - 1
    if at < frame.start or text[at] not in "（(）)":
        return ""
    opened = at if text[at] in "（(" else max(text.rfind("（", frame.start, at), text.rfind("(", frame.start, at))
    outer = text[frame.left_wall(opened) : opened] if opened > frame.start else ""
    promise = lexicon.promise_tail().search(outer)
    return outer if promise is not None and promise.group() and _COMPARED_TO.match(outer) else ""


_COMPARED_TO = regex.compile(
    r"(?:比|较|突破|超出|达到|未完成|低于|高于|超过|快于|慢于|好于|优于|少于|多于|距|离|与)|\p{Han}{1,6}(?:比|较|低于|高于)"
)


_OPEN = regex.compile(r"[（(][^（）()]*$")
_CLOSE = regex.compile(r"[）)]")
_IS_SHARE = regex.compile("(?:只|仅|才|已)*(?:占|为|有|到|达到?|走到|跑到|做到)")


def _share_of_promise(state: Reading, frame: Frame, quantity: Quantity, left: str) -> bool:
    """年计划520亿元，占22.8%: a bare share right behind a promise in another unit is its rate of completion."""
    before = state.last
    if before is None or before.role != "target" or before.sentence != (frame.start, frame.end):
        return False
    bare = quantity.unit == "%" and before.quantity.unit not in names.RATES and _IS_SHARE.fullmatch(left)
    return bool(bare) and before.end + 1 + len(left) == quantity.start


def _in_stated_unit(mention: Mention) -> Quantity:
    """A bare figure in the unit that a line above states for it: （单位：亿元） … 完成57.3."""
    unit = unit_for(mention.part.units, f"{mention.name.subject}{mention.name.text}")
    printed = find_quantities(f"为{mention.quantity.number_text}{unit}") if unit else []
    if len(printed) != 1 or printed[0].low is None or printed[0].low != printed[0].high:
        return mention.quantity
    told, size = mention.quantity, printed[0].low
    low, high = (size if end is not None else None for end in (told.low, told.high))
    return replace(told, low=low, high=high, unit=printed[0].unit, kind=printed[0].kind)


def _note_share(mention: Mention, state: Reading) -> None:
    """A printed rate of completion is remembered with the actual it speaks of."""
    value = mention.quantity.value
    told = next((m for m in reversed(state.mentions) if m.topic == mention.topic and m.role == "actual"), None)
    if told is not None and value is not None and told.stated_share is None:
        told.stated_share = float(value) / (100 if mention.quantity.unit == "%" else 1)


def _uncompared(quantity: Quantity) -> Quantity:
    """ "低于95%的考核目标": how the actual stands to the promise is no bound of the promise."""
    if not _COMPARED.match(quantity.text) or quantity.value is None:
        return quantity
    return replace(
        quantity,
        text=quantity.number_text,
        start=quantity.number_start,
        end=quantity.number_end,
        low=quantity.value,
        high=quantity.value,
        bound=None,
    )


def _beyond(state: Reading, quantity: Quantity, left: str) -> bool:
    """检查完成1.02万人，超200人: what is beyond, told bare behind a far larger figure, is a distance."""
    before = state.last
    if left.strip("还仍已又共") or before is None or before.role not in ("actual", "target"):
        return False
    if not _AHEAD.match(quantity.text):
        return False
    value, size = before.quantity.value, quantity.value
    alike = comparable(before.quantity.unit, quantity.unit) or before.quantity.unit.split("/")[0] == quantity.unit
    return bool(alike and value and size and value > 2 * size)


def _has_level(state: Reading, frame: Frame) -> bool:
    """Whether the sentence told an amount that a rate of completion can speak of."""
    return any(
        m.sentence == (frame.start, frame.end) and m.role in ("actual", "target", "completion") for m in state.mentions
    )


def _bare_share_in_bracket(mention: Mention, separator: str, state: Reading) -> bool:
    """高速970.6亿元(94.2%…) after sentences that told rates of completion: the same in short."""
    before = state.last
    done = before is not None and before.sentence == mention.sentence and "完成" in before.left
    opened = before is not None and mention.part.passage.text[before.start - len(before.left) - 1] in "（("
    in_bracket = done and opened  # （完成2210个，85%）
    in_cell = mention.part.role == "result" and done and before is not None and before.quantity.unit not in names.RATES
    return (
        (bool(state.completion_seen) or in_cell or in_bracket)
        and mention.quantity.unit == "%"
        and not mention.left
        and (separator in ("（", "(") or (separator in ("，", ",") and in_bracket))
        and not mention.right
    )
