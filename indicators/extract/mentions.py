"""Reads a passage into mentions: every live quantity with its role, its indicator and its topic."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from indicators.extract import lexicon, names, roles
from indicators.extract.answering import (
    answers_run,
    goes_on_promising,
    is_step,
    mark_answered,
    mark_inverted,
    mark_one_of_two,
    mark_plan_of_years,
    mark_year_ahead,
    promised_before,
)
from indicators.extract.brackets import split_up
from indicators.extract.by_region import read_region_list, region_list
from indicators.extract.claims import bare_claim, claim_behind, note_claim_above, note_claims
from indicators.extract.clauses import Frame, Span, sentences
from indicators.extract.coordination import joint_clauses, shared_things
from indicators.extract.counted import all_of, all_promised, counted_mentions, whole_told
from indicators.extract.deciding import Decided, decide
from indicators.extract.figure import Figure
from indicators.extract.governing import Course, opening_mode
from indicators.extract.listed import goes_on, keep_whole, share_promise, told_alike_before
from indicators.extract.live import live_quantities, shifted, with_wholes
from indicators.extract.model import GOVERNED, Mention
from indicators.extract.naming import name_among, name_mention, name_status
from indicators.extract.pairs import PAIRED, with_firsts
from indicators.extract.reading import Reading, note_head, note_label
from indicators.extract.reckoned import named_by, note_reckoned, partner, promise_parts, settle
from indicators.extract.regions import each_of_places
from indicators.extract.shares import is_bare_rate, note_share
from indicators.extract.steps import answer_by_place, set_base, tell_steps
from indicators.extract.told_twice import mark_told_twice
from indicators.extract.topics import repeat_thing
from indicators.quantities import find_quantities
from indicators.rulebook import phrase, rare
from indicators.schema.quantity import Quantity
from indicators.tasks.model import Context, Part
from indicators.tasks.units import unit_for

_DIGIT = re.compile("[\\d０-９一二两三四五六七八九十百千万亿半几]")
_FORECAST = 24
"""Characters in front of a figure in which a word may call it a forecast."""


def find_mentions(
    part: Part,
    context: Context,
    *,
    first_topic: int = 0,
    seeds: Sequence[Mention] = (),
    heading: str = "",
    above: Sequence[Mention] = (),
) -> list[Mention]:
    """All mentions of a passage in reading order. Topics are numbered from ``first_topic``.

    ``seeds`` are the targets of the same task: a result cell that says only "完工33个" speaks of them.
    ``heading`` is the task's name where it holds no figure of its own: 城镇老旧小区改造.
    ``above`` are the mentions of the passage above, whose rates of completion the lines below it go on with.
    """
    state = Reading(
        mode=opening_mode(part), topics=first_topic, seeds=seeds, heading=heading, year_open=not context.closed
    )
    state.rates_above = any(m.role == "completion" for m in above)
    text = part.passage.text
    for span in sentences(text):
        at, end = span
        first = len(state.mentions)
        while (listed := region_list(text, (at, end))) is not None:
            _read(state, part, text, (at, listed.start), context.year)
            read_region_list(state, part, text, span, listed)
            at = listed.end
        _read(state, part, text, (at, end), context.year)
        for mention in state.mentions[first:] if at > span[0] else ():
            mention.sentence = span  # what stands around a list of regions is one sentence with it
    return list(state.mentions)


def _read(state: Reading, part: Part, text: str, span: Span, year: int | None) -> None:
    note_head(state, text, span)
    if not _may_hold_figure(text, span):
        note_label(state, text, span)
        _read_figureless(state, part, text, span, [span])
        return
    quantities = shifted(find_quantities(text[span[0] : span[1]], year=year), span[0])
    quantities = with_firsts(text, span, with_wholes(text, span, quantities))
    if quantities:
        _read_sentence(state, part, text, span, quantities, year)
    else:
        note_label(state, text, span)
        _read_figureless(state, part, text, span, Frame(text, span, []).clauses_without_figures())


def _may_hold_figure(text: str, span: Span) -> bool:
    """Whether it is worth to read the sentence for figures; most sentences hold none."""
    return bool(_DIGIT.search(text, *span) or rare("figures", "stands_for_all").search(text, *span))


def _read_sentence(
    state: Reading, part: Part, text: str, span: Span, quantities: list[Quantity], year: int | None
) -> None:
    live = live_quantities(text, span, quantities, cell=part.role in ("target", "result"), units=bool(part.units))
    if not live:
        _read_figureless(state, part, text, span, Frame(text, span, []).clauses_without_figures())
        return
    frame = Frame(text, span, live)
    state.label = note_label(state, text, span)
    note_reckoned(state, frame)
    carried = state.promising and not _looks_back(text, span)
    if rare("figures", "rates_in_brackets").search(text[span[0] : live[0].start]):
        state.completion_seen = roles.PLAINLY
    own = _read_figures(state, part, frame, Course(part, year, state.mode, carried=carried))
    listed = carried or bool(phrase("answers", "opens_list").search(text, span[0], live[0].start))
    state.promising = part.role == "prose" and listed and bool(own) and all(m.role == "target" for m in own)
    promise_parts(state)
    if part.role == "prose" and part.tense != "plan":
        tell_steps(own, state.mentions)
        answer_by_place(own, state)
        set_base(own, state.mentions)
        mark_told_twice(own, state)
    note_claims(state.mentions, own, frame, part)
    _read_figureless(state, part, text, span, frame.clauses_without_figures())


def _read_figures(state: Reading, part: Part, frame: Frame, course: Course) -> list[Mention]:
    """The mentions of a sentence with figures, in reading order."""
    text = frame.text
    joint, repeats = joint_clauses(frame, state.mentions)
    first = len(state.mentions)
    consumed = read_up_to = frame.start
    for index, quantity in enumerate(frame.live):
        behind = frame.behind(index)
        run = repeats.get(index)
        course.move_on(text[read_up_to : quantity.start], opens_run=run is not None and run[0] == 0)
        read_up_to = quantity.start
        left = joint[index] if index in joint else frame.before(index, consumed)
        places = {} if index in joint else each_of_places(left, frame, index)
        things = [*places.values()] or ([] if index in joint else shared_things(left, quantity))
        right, claim = claim_behind(frame, index, part)
        for shared in things[:-1]:
            _mention(state, Figure(part, frame, index, shared, right, course.mode, joint=True))
        figure = Figure(
            part,
            frame,
            index,
            things[-1] if things else left,
            right,
            course.mode,
            reach=course.reach,
            joint=index in joint,
            repeats=run,
            anew=course.anew,
            claim=claim,
        )
        told_alike = [] if run is not None else told_alike_before(state, frame, figure.left, quantity)
        mention = _mention(state, figure)
        if places and mention.role == "target":
            state.by_place.update(zip(places, state.mentions[-len(places) :], strict=True))
        if mention.role == "target":
            state.mentions.put_before_last([replace(mention, name=m.name, topic=m.topic) for m in told_alike])
        if not _run_goes_on(frame, index, joint):
            course.leave(mention, text, state.mentions)
        spent = mention.name.text.endswith(figure.right[-4:] or "\0") and mention.role not in ("denominator", "scope")
        consumed = behind[1] if spent else quantity.end
    return state.mentions[first:]


def _run_goes_on(frame: Frame, index: int, joint: Mapping[int, str]) -> bool:
    """分别要到85%和45%: whether what governs a figure of a run has the next one of it to govern."""
    if index not in joint or index + 1 not in joint:
        return False
    between = frame.text[frame.live[index].end : frame.live[index + 1].start]
    return phrase("lists", "glue").match(between) is not None


def _looks_back(text: str, span: Span) -> bool:
    """Whether a sentence tells what was done, and so does not go on with the promises before it."""
    told = phrase("answers", "looks_back").search(text, span[0], span[1])
    return bool(told or phrase("answers", "opens_told").match(text[span[0] : span[1]]))


def _read_figureless(state: Reading, part: Part, text: str, span: Span, clauses: Sequence[Span]) -> None:
    """Clauses without figures: lists of names in a completion cell, things claimed done in running text."""
    told = part.role == "prose" and part.tense != "plan"
    if part.tense == "plan" and part.role in ("prose", "target"):
        _read_all_promised(state, part, text, span, clauses)
    if part.role != "result" and not told:
        return
    if told and clauses == [span]:
        note_claim_above(state.mentions, span, text, part)
    if told and not state.mentions.of_sentence(span) and not lexicon.cues_in("claim", text[span[0] : span[1]]):
        return  # nothing is promised here and nothing claimed: nearly every sentence
    for clause in clauses:
        above = [m for m in state.seeds if m.role == "target"]
        promises = _promised_here(state, span, text, clause) if told else above
        if of_all := whole_told(text, clause, span, part, promises):
            for mention in of_all:
                state.mentions.append(mention)
            continue
        counted = None if told else counted_mentions(text, clause, span, part, state.topics)
        found = counted or bare_claim(text, clause, span, part, state.topics)
        if found is not None:
            state.topics += 1
            state.mentions.append(found)


def _read_all_promised(state: Reading, part: Part, text: str, span: Span, clauses: Sequence[Span]) -> None:
    """剩下的村全部出列, in a plan."""
    for clause in Frame(text, span, []).clauses_without_figures() if clauses == [span] else clauses:
        before = next((m for m in reversed(state.mentions) if m.end <= clause[0]), None)
        found = all_promised(text, clause, span, part, before)
        if found is not None:
            found.topic = state.topics
            state.topics += 1
            state.mentions.append(found)


def _promised_here(state: Reading, span: Span, text: str, clause: Span) -> list[Mention]:
    """The promises of a sentence that tells nothing else in figures between the semicolons around ``clause``."""
    after, until = text.rfind("；", span[0], clause[0]), text.find("；", clause[1], span[1])
    own = [m for m in state.mentions.of_sentence(span) if m.start > after and (until < 0 or m.start < until)]
    return own if all(m.role == "target" for m in own) else []


def _mention(state: Reading, figure: Figure) -> Mention:
    """The mention that a figure makes, with its role, name and topic, noted in ``state``."""
    decided = settle(state, figure, decide(state, figure))
    mention = _drawn(figure, decided)
    kept = keep_whole(mention)
    if mention.role == "actual" and is_bare_rate(mention, figure.separator, state):
        mention.role, mention.rule, mention.score = "completion", "completion.bracket", 0.7
    _name(state, mention, figure, decided)
    mark_answered(mention, state)
    mark_one_of_two(mention, state)
    mark_inverted(mention, state)
    mark_plan_of_years(mention, state)
    mark_year_ahead(mention, state)
    if _tells_again(state, mention, figure, decided):
        mention.role, mention.rule, mention.score = "actual", "told-again", 0.75
    goes_on(mention, state, figure.separator)
    if mention.role == "completion":
        state.completion_seen = roles.share_verb(mention.left)
        note_share(mention, state)
    mention.aside = (
        _is_aside(state, mention, figure.separator) or split_up(state, figure.frame, figure.index) is not None
    )
    state.mentions.append(mention)
    if _hands_on(mention):
        state.last = mention
    if kept is not None:
        state.mentions.append(all_of(mention, mention.part.passage.text, kept))
    return mention


def _drawn(figure: Figure, decided: Decided) -> Mention:
    """A mention with what its own sentence says of it, still without a name."""
    quantity, left = decided.quantity, decided.left
    if quantity.unit == "大":
        quantity = replace(quantity, unit="个")
    text, start = figure.frame.text, quantity.start
    near = text[figure.frame.start : start][-_FORECAST:]
    return Mention(
        quantity=quantity,
        part=figure.part,
        start=start,
        end=quantity.end,
        sentence=figure.sentence,
        left=left,
        right=figure.right.strip("/／→|") if decided.decision.rule == PAIRED else figure.right,
        role=decided.decision.role,
        rule=decided.decision.rule,
        score=decided.decision.score,
        period=quantity.period,
        run_start=None if figure.repeats is None else figure.frame.live[figure.index - figure.repeats[0]].start,
        forecast=any(cue.pattern.search(near) for cue in lexicon.cues_in("forecast", near)),
        whole=bool(phrase("figures", "all_of_them").search(f"{left}{quantity.text}{figure.right}")),
        distributed=roles.distributed(text[figure.frame.left_wall(start) : start]),
        claim=figure.claim if decided.decision.role == "target" else None,
    )


def _name(state: Reading, mention: Mention, figure: Figure, decided: Decided) -> None:
    """Gives the mention its indicator and its topic; what a list shares goes to all of it."""
    repeated = figure.repeats is not None and repeat_thing(state, mention, figure.repeats)
    if (same := partner(state, figure)) is not None:
        mention.name, mention.topic = named_by(state, mention, same), same.topic
    elif not repeated:
        name_mention(state, mention, figure.separator, figure.joint)
    if mention.rule == "status":
        name_status(mention)
    name_among(mention)
    if mention.part.units and mention.quantity.kind == "number" and not mention.quantity.unit:
        mention.quantity = _in_stated_unit(mention)
    if lexicon.form_of(mention.rule) == "noun-behind":
        share_promise(mention, state)
    if mention.name.anchor != state.head:
        state.head = ""  # a thing of its own: the head of the item is what follows no more
    before = state.last
    done = decided.told_done and mention.role == "actual" and not repeated
    if done and before is not None and not is_step(before, mention.left):
        mention.name, mention.topic = before.name, before.topic


def _tells_again(state: Reading, mention: Mention, figure: Figure, decided: Decided) -> bool:
    """Whether what seems promised only because a promise stands in front tells what became of it."""
    if mention.rule != GOVERNED or (figure.repeats is not None and figure.anew):
        return False
    if figure.repeats is not None and answers_run(state, mention):
        return True
    if mention.part.role not in ("prose", "result") or figure.separator == "、":
        return False
    year_begins = phrase("answers", "year_begins").search(figure.frame.text, figure.frame.start, mention.start)
    in_doubt = (
        figure.reach == "clause"
        or (figure.reach == "sentence" and year_begins is not None)
        or (decided.told and not mention.quantity.bound)
    )
    return in_doubt and not goes_on_promising(mention.left) and promised_before(mention, state, told=decided.told)


def _is_aside(state: Reading, mention: Mention, separator: str) -> bool:
    """其中…: whether a mention tells of a part; so does what a list goes on with behind it (人工造林30亩、补植47亩)."""
    if names.only_verbs(names.strip_lead(mention.left)[0]):
        return False
    if phrase("names", "opens_part").match(mention.left) or _part_follows(mention):
        return state.last is not None and state.last.sentence == mention.sentence
    before = state.mentions[-1] if state.mentions else None
    listed = separator == "、" and before is not None and before.sentence == mention.sentence
    return before is not None and listed and before.aside and before.role == mention.role


def _part_follows(mention: Mention) -> bool:
    """其中：人工造林30亩: whether the clause in front says only that a part is told."""
    if mention.wall is None:
        return False
    told = phrase("names", "part_follows").search(mention.part.passage.text, mention.sentence[0], mention.wall)
    return told is not None


def _hands_on(mention: Mention) -> bool:
    """Whether the words to come may go on with this mention's thing: an aside is passed by, a rank tells no thing."""
    passed = mention.role in ("rank", "scope", "denominator", "compare") or mention.rule.startswith("drop.")
    return not passed and not mention.aside


def _in_stated_unit(mention: Mention) -> Quantity:
    """A bare figure in the unit that a line above states for it: （单位：亿元） … 完成57.3."""
    unit = unit_for(mention.part.units, f"{mention.name.subject}{mention.name.text}")
    printed = find_quantities(f"为{mention.quantity.number_text}{unit}") if unit else []
    if len(printed) != 1 or printed[0].low is None or printed[0].low != printed[0].high:
        return mention.quantity
    told, size = mention.quantity, printed[0].low
    low, high = (size if end is not None else None for end in (told.low, told.high))
    return replace(told, low=low, high=high, unit=printed[0].unit, kind=printed[0].kind)
