"""Reads a passage into mentions: every live quantity with its role, its indicator and its topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from indicators.extract import lexicon, names, roles
from indicators.extract.answering import answers_run, is_step
from indicators.extract.by_region import read_region_list, region_list
from indicators.extract.claims import bare_claim, note_claims
from indicators.extract.clauses import Frame, Span, sentences
from indicators.extract.coordination import joint_clauses, shared_things
from indicators.extract.counted import counted_mentions, whole_told
from indicators.extract.deciding import decide
from indicators.extract.listed import goes_on, keep_whole, share_promise, told_alike_before
from indicators.extract.live import live_quantities, shifted, with_wholes
from indicators.extract.model import Mention
from indicators.extract.naming import name_mention
from indicators.extract.reading import Reading, note_head, note_label
from indicators.extract.roles import Mode
from indicators.extract.topics import answers_actual, mark_answered, promised_before, repeat_thing
from indicators.quantities import find_quantities
from indicators.rulebook import phrase
from indicators.schema.quantity import Quantity
from indicators.tasks.model import Context, Part
from indicators.tasks.units import unit_for

_DIGIT = regex.compile("[\\d０-９一二两三四五六七八九十百千万亿半几]")
_OPEN = regex.compile(r"[（(][^（）()]*$")
_CLOSE = regex.compile(r"[）)]")
_SEMICOLON = regex.compile("[；;]")
_WALLS = regex.compile("[，,；;。：:]")
_NAMED = regex.compile(r"\p{Han}{2}")


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
        at, end = span
        while (listed := region_list(text, (at, end))) is not None:
            _read(state, part, text, (at, listed.start), context.year)
            read_region_list(state, part, text, span, listed)
            at = listed.end
        _read(state, part, text, (at, end), context.year)
    return state.mentions


def _read(state: Reading, part: Part, text: str, span: Span, year: int | None) -> None:
    note_head(state, text, span)
    if not _may_hold_figure(text, span):
        note_label(state, text, span)
        _read_figureless(state, part, text, span, [span])
        return
    quantities = shifted(find_quantities(text[span[0] : span[1]], year=year), span[0])
    quantities = with_wholes(text, span, quantities)
    if quantities:
        _read_sentence(state, part, text, span, quantities, year)
    else:
        note_label(state, text, span)
        _read_figureless(state, part, text, span, Frame(text, span, []).clauses_without_figures())


def _may_hold_figure(text: str, span: Span) -> bool:
    """Whether it is worth to read the sentence for figures; most sentences hold none."""
    return bool(
        _DIGIT.search(text, span[0], span[1]) or phrase("figures", "stands_for_all").search(text, span[0], span[1])
    )


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
    carried = state.promising and not _looks_back(text, span)
    mode: Mode = "target" if carried else opening
    base: Mode = mode
    reach = ""
    outer: tuple[Mode, str] | None = None
    consumed = span[0]
    joint, same = joint_clauses(frame, state.mentions)
    read_up_to = span[0]
    anew = False  # 到2020年，上述指标分别达到…: a promise opens the run that repeats things told before
    first = len(state.mentions)
    if phrase("figures", "rates_in_brackets").search(text[span[0] : live[0].start]):
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
        if same.get(index, (1, 0))[0] == 0:
            opens = roles.governor(between, year, part.tense)
            anew = opens is not None and opens.mode == "target"
        read_up_to = quantity.start
        if index in joint:
            left = joint[index]
        for shared in shared_things(left, quantity)[:-1] if index not in joint else []:
            _mention(state, part, frame, index, shared, right, mode, joint=True, same=None)
        if index not in joint and (things := shared_things(left, quantity)):
            left = things[-1]
        told_alike = told_alike_before(state, frame, left, quantity)
        mention = _mention(
            state,
            part,
            frame,
            index,
            left,
            right,
            mode,
            reach=reach,
            joint=index in joint,
            same=same.get(index),
            anew=anew,
        )
        if mention.role == "target":
            state.mentions[-1:-1] = [replace(mention, name=m.name, topic=m.topic) for m in told_alike]
        if reach == "figure" and text[quantity.end : quantity.end + 1] in "：:":
            reach = "sentence"  # 任务是48亿元：道路30亿元…: the parts of the promise follow
        elif reach == "figure":
            mode, reach = base, ""
        if reach and (mention.rule in ("told-again", "kept-whole") or answers_actual(mention, state.mentions, text)):
            mode, reach = opening, ""
        consumed = quantity.end if not mention.name.text.endswith(right[-4:] or "\0") else behind[1]
        if mention.role in ("denominator", "scope"):
            consumed = quantity.end
    own = state.mentions[first:]
    listed = carried or bool(phrase("answers", "opens_list").search(text, span[0], live[0].start))
    state.promising = part.role == "prose" and listed and bool(own) and all(m.role == "target" for m in own)
    note_claims(own, frame, part)
    _read_figureless(state, part, text, span, frame.clauses_without_figures())
    state.mode = opening


def _looks_back(text: str, span: Span) -> bool:
    """Whether a sentence tells what was done, and so does not go on with the promises before it."""
    told = phrase("answers", "looks_back").search(text, span[0], span[1])
    return bool(told or phrase("answers", "opens_told").match(text[span[0] : span[1]]))


def _read_figureless(state: Reading, part: Part, text: str, span: Span, clauses: Sequence[Span]) -> None:
    """Clauses without figures: lists of names in a completion cell, things claimed done in running text."""
    told = part.role == "prose" and part.tense != "plan"
    if part.role != "result" and not told:
        return
    for clause in clauses:
        promises = _promised_here(state, span) if told else [m for m in state.seeds if m.role == "target"]
        if (whole := whole_told(text, clause, span, part, promises)) is not None:
            state.mentions.append(whole)
            continue
        mention = None if told else counted_mentions(text, clause, span, part, state.topics)
        mention = mention or bare_claim(text, clause, span, part, state.topics)
        if mention is not None:
            state.topics += 1
            state.mentions.append(mention)


def _promised_here(state: Reading, span: Span) -> list[Mention]:
    """The promises of a sentence that tells nothing else in figures."""
    own = [m for m in state.mentions if m.sentence == span]
    return own if all(m.role == "target" for m in own) else []


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
    anew: bool = False,
) -> Mention:
    quantity = frame.live[index]
    decided = decide(state, part, frame, index, left, right, mode, repeats=same is not None)
    decision, quantity, left = decided.decision, decided.quantity, decided.left
    told, told_done = decided.told, decided.told_done
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
    if same is not None and not anew and mention.rule == "mode.target" and answers_run(state, mention):
        mention.role, mention.rule, mention.score = "actual", "told-again", 0.75
    looks_back = reach == "sentence" and "年初" in frame.text[frame.start : quantity.start]
    if (
        mention.rule == "mode.target"
        and part.role in ("prose", "result")
        and (reach == "clause" or looks_back or (told and not quantity.bound))
        and separator != "、"
        and not phrase("answers", "intends").search(left)
        and not (same is not None and anew)
        and promised_before(mention, state, told=bool(told))
    ):
        mention.role, mention.rule, mention.score = "actual", "told-again", 0.75
    goes_on(mention, state, separator)
    if mention.role == "completion":
        state.completion_seen = roles.share_verb(mention.left)
        _note_share(mention, state)
    sentence_left = frame.text[frame.start : quantity.start]
    mention.forecast = any(cue.pattern.search(sentence_left[-24:]) for cue in lexicon.cues("forecast"))
    mention.whole = bool(phrase("figures", "all_of_them").search(f"{left}{quantity.text}{right}"))
    mention.distributed = roles.distributed(frame.text[frame.left_wall(quantity.start) : quantity.start])
    state.mentions.append(mention)
    own = not names.only_verbs(names.strip_lead(left)[0])
    aside = left.startswith(("其中", "含")) and state.last is not None and own
    passed = mention.role in ("rank", "scope", "denominator", "compare") or mention.rule.startswith("drop.")
    if not passed and not aside:
        state.last = mention
    return mention


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


def _of_share(mention: Mention, state: Reading) -> bool:
    """12个照料站建设已完成9个（75%）: the share that told the first figure to be a promise."""
    last = state.last
    if last is None or last.sentence != mention.sentence:
        return False
    return any(m.rule == "target.of-share" and m.topic == last.topic for m in state.mentions)


def _bare_share_in_bracket(mention: Mention, separator: str, state: Reading) -> bool:
    """国省道41亿元(93%) after sentences that told rates of completion: the same in short."""
    before = state.last
    done = before is not None and before.sentence == mention.sentence and "完成" in before.left
    in_bracket = done and before is not None and before.in_bracket  # （完成2210个，85%）
    in_cell = mention.part.role == "result" and done and before is not None and before.quantity.unit not in names.RATES
    return (
        mention.quantity.unit == "%"
        and not mention.left
        and not mention.right
        and (separator in ("（", "(") or (separator in ("，", ",") and in_bracket))
        and (bool(state.completion_seen) or in_cell or in_bracket or _of_share(mention, state))
    )
