"""Gives every mention its indicator: from its own words, its label, its task or the mention before it."""

from __future__ import annotations

import regex

from indicators.extract import lexicon, names, roles
from indicators.extract.model import Mention, Name
from indicators.extract.reading import Reading, open_topic
from indicators.extract.topics import answered, answers, inherit_topic
from indicators.quantities import comparable
from indicators.rulebook import phrase

_CLAUSE = regex.compile(r"[，,；;：:]")


def name_mention(state: Reading, mention: Mention, separator: str, joint: bool) -> None:
    """Gives the mention its indicator and topic; what is left out is put back from the mention before it."""
    quantity, left, right = mention.quantity, mention.left, mention.right
    if mention.rule == "target.of-share":
        right = mention.right = phrase("names", "said_done").sub("", right)
    elif state.last is not None and state.last.rule == "target.of-share" and state.last.quantity.unit == quantity.unit:
        mention.name, mention.topic = state.last.name, state.last.topic
        return
    if mention.rule == "beside-sign" and state.mentions:
        mention.name, mention.topic = state.mentions[-1].name, state.mentions[-1].topic
        return
    previous = answered(mention, state)
    left = phrase("names", "moved_to_year").sub("", left)
    if mention.role == "baseline":
        left = phrase("names", "base_told").sub("", left)
    thing, change, word = names.split_change(left, quantity.unit)
    if mention.role in ("gap", "completion"):
        change = None
        of_promise = (
            mention.rule in ("gap.behind-promise", "completion.behind-promise")
            or phrase("names", "promise_ahead").sub("", left) == "的"
        )
        thing = "" if of_promise else _before_promise(left)
    elif mention.role == "compare":
        thing, change, word = left, None, ""
    if mention.role == "target" or mention.rule == "amount-done":
        thing = lexicon.set_against_tail().sub("", lexicon.promise_tail().cut(thing))
    if previous is not None and previous.role == "target":
        thing = phrase("names", "promise_ahead").sub("", thing)
    if mention.rule in ("target.promise-behind", "target.set-against") and phrase("names", "set_against").fullmatch(
        left
    ):
        thing = ""  # 低于国资委67%的管控线: who drew the line is no name
    if previous is not None and _is_asked(mention, previous):
        thing = ""
    thing = thing.removesuffix("”") if "“" not in thing else thing
    if mention.rule == "target.whole-behind-share" and thing.startswith("占"):
        thing = ""  # 完成投资3亿元，占年度投资5亿元的60%
    if mention.rule == "target.bracketed" and change is None:
        thing = ""  # 绿地新增12公顷（目标新增10公顷）
    context = f"{names.own_words(left)}{right}"
    thing = names.strip_tail(thing)
    if mention.role == "target":
        # 要求控制在1.6以下: the linking words hide a noun for the promise.
        thing = lexicon.promise_tail().cut(thing)
        thing = phrase("names", "promise_subject").sub("", thing)
        if change is None:
            # 能耗强度降低目标是3.5%: the change stands in front of the noun for the promise.
            thing, change, word = names.split_change(thing, quantity.unit)
    thing, _ = names.strip_lead(thing)
    thing = thing.strip("的 、“") if thing.endswith("的") else thing
    if previous is not None and _told_in_short(mention, previous, thing):
        thing = ""
    if not thing and mention.role == "target":
        thing = _before_bracket(state, mention)
    noun = _counted_noun(mention, thing, right.lstrip("”"), change)
    if noun:
        verb = names.ends_in_verb(thing)
        thing = f"{verb}{noun}" if verb and len(thing) > 12 else f"{thing}{noun}"
    elif (
        quantity.kind in roles.MEASURES
        and right
        and right[0] not in "（("
        and not thing
        and mention.rule != "target.promise-behind"
        and not phrase("names", "promise_ahead").match(right)
        and not names.opens_predicate(right)
    ):
        thing = right.strip("”")
    if state.label and change is None and mention.role not in ("completion", "gap") and _first_of(state, mention):
        bare = thing if thing and names.only_verbs(thing) else ""
        behind = lexicon.verb_pattern().search(right) if not thing and not noun else None
        if bare or names.is_generic(thing) or behind:
            text = f"{state.label}{thing or (behind.group() if behind else '')}"
            open_topic(state, mention, names.build(text, context=context, anchor=state.label))
            return
    spoken = mention.role not in ("completion", "gap")
    if spoken and not thing and not noun and (row := _of_the_row(state, mention)) is not None:
        mention.name, mention.topic = row.name, row.topic
        return
    if spoken and not thing and change is not None and (row := _growth_of_row(state, mention, change)) is not None:
        mention.name, mention.topic = row.name, row.topic
        return
    if spoken and (previous is None or not comparable(previous.quantity.unit, quantity.unit)):
        seeded = _seed_anchor(state, mention)
        nameless = len(thing) < 2 or names.only_verbs(thing) or names.is_generic(thing)
        if seeded and previous is None and (level := names.bare_level(thing)):
            text = names.at_level(thing, level, seeded)
            open_topic(state, mention, names.build(text, subject=state.subject, context=context, anchor=seeded))
            return
        if seeded and nameless and (change is None or seeded in (state.head, state.heading)):
            text = seeded if not thing or seeded.endswith(thing) or seeded.startswith(thing) else f"{seeded}{thing}"
            built = names.build(text, subject=state.subject, change=change, word=word, context=context, anchor=seeded)
            open_topic(state, mention, built)
            return
    if spoken and (front := _clause_in_front(state, mention, thing, previous)):
        text = front if not thing or change is not None else f"{front}{thing}"
        built = names.build(text, subject=state.subject, change=change, word=word, context=context, anchor=front)
        open_topic(state, mention, built)
        return
    if previous is None:
        open_topic(state, mention, names.build(thing, subject=state.subject, change=change, word=word, context=context))
        return
    anchor = previous.name.anchor or previous.name.text
    if mention.role == "compare" and (own := phrase("names", "compares").match(left)):
        thing = f"{anchor}{own.group()}"
    if thing.startswith("占") and mention.role != "target":
        thing = f"{anchor}{thing}{'比' if thing == '占' else ''}"
    if level := names.bare_level(thing):
        # 国家级4家、省级15家: the level stands for the thing it qualifies.
        built = names.build(names.at_level(thing, level, anchor), subject=state.subject, context=context, anchor=anchor)
        open_topic(state, mention, built)
        return
    if len(thing) == 1 and thing in previous.name.text:
        thing = ""  # 开行班列412列，全年要开450列
    if not thing and not noun and right and names.only_verbs(right) and previous.role == mention.role:
        # 建成2个，另有1个在建: the step stands behind the figure.
        built = names.build(f"{anchor}{right}", subject=state.subject, context=right, anchor=anchor)
        open_topic(state, mention, built)
        return
    only_verb = bool(thing) and names.only_verbs(thing) and not noun
    if not thing or (only_verb and answers(mention, previous, state.mentions)):
        inherit_topic(state, mention, previous, change, word)
    elif (only_verb or (names.is_generic(thing) and not joint)) and anchor and (separator or not state.subject):
        text = thing if anchor.endswith(thing) else f"{anchor}{thing}"
        built = names.build(text, subject=state.subject, change=change, word=word, context=context, anchor=anchor)
        open_topic(state, mention, built)
    else:
        built = names.build(thing, subject=state.subject, change=change, word=word, context=context)
        if not joint and not noun and _coordinated(mention, built, previous, separator):
            built = names.inherit(built, previous.name, level=_hands_level_on(state, mention))
        open_topic(state, mention, built)


def _clause_in_front(state: Reading, mention: Mention, thing: str, previous: Mention | None) -> str:
    """粮食产量屡创历史新高，去年达到1.09万亿斤: the thing of a bare figure stands in the clause before, that has none."""
    if mention.wall is None or (thing and not names.only_verbs(thing) and not names.is_generic(thing)):
        return ""
    if any(m.sentence == mention.sentence and m.role in ("actual", "target") for m in state.mentions):
        return ""
    if previous is not None and previous.quantity.unit == mention.quantity.unit and mention.quantity.unit not in names.RATES:
        return ""  # 新建100座。进展明显加快，已完成95座
    return names.told_thing(_CLAUSE.split(mention.part.passage.text[mention.sentence[0] : mention.wall])[-1])


def _before_bracket(state: Reading, mention: Mention) -> str:
    """夏粮产量（目标19.8万吨）：20.3万吨: what stands in front of the bracket, where that is the sentence's first."""
    if not mention.in_bracket or any(m.sentence == mention.sentence for m in state.mentions):
        return ""
    clause = _CLAUSE.split(mention.part.passage.text[mention.sentence[0] : mention.wall])[-1]
    return names.strip_lead(names.strip_tail(clause))[0]


def _is_asked(mention: Mention, previous: Mention) -> bool:
    """青年项目占46.3%，指南要求不低于45%: who asks for it names no other thing."""
    if mention.role != "target" or previous.role != "actual" or previous.sentence != mention.sentence:
        return False
    return comparable(previous.quantity.unit, mention.quantity.unit) and bool(
        phrase("answers", "asked_by").fullmatch(mention.left)
    )


def _told_in_short(mention: Mention, previous: Mention, thing: str) -> bool:
    """事故死亡人数控制指标33人，实际死亡12人: what the answer repeats of its promise's name is no thing of its own."""
    if mention.role != "actual" or previous.role != "target" or previous.sentence != mention.sentence:
        return False
    told = any(cue.pattern.match(mention.left) for cue in lexicon.cues("answer"))
    verbs = len(thing) > 2 and names.only_verbs(thing) and thing[:2] in previous.name.text  # 搬迁 …… 已搬迁入住
    short = bool(thing) and (thing in previous.name.text or verbs)
    return told and short and previous.quantity.unit == mention.quantity.unit


def _of_the_row(state: Reading, mention: Mention) -> Mention | None:
    """The promise that the bare figure at the front of a result cell answers: 6.0%，收入额98.2亿元."""
    if mention.part.role != "result" or mention.part.passage.text[: mention.start].strip() or mention.right:
        return None
    units = [seed for seed in state.seeds if comparable(seed.quantity.unit, mention.quantity.unit)]
    bare = [seed for seed in state.seeds if mention.quantity.kind == "number"]
    return next(iter([*units, *bare]), None)


def _growth_of_row(state: Reading, mention: Mention, change: str) -> Mention | None:
    """The one promised growth that a result cell answers with a bare one: 工业投资增长15% | 增长16.8%."""
    if mention.part.role != "result" or any(m.sentence == mention.sentence for m in state.mentions):
        return None
    own = [seed for seed in state.seeds if seed.name.change == change and seed.quantity.unit == mention.quantity.unit]
    return own[0] if len(own) == 1 else None


def _first_of(state: Reading, mention: Mention) -> bool:
    """Whether a mention goes on with its sentence's label: no thing of its own name stands between."""
    own = [m for m in state.mentions if m.sentence == mention.sentence]
    return all(m.name.anchor == state.label or m.name.change is not None for m in own)


def _seed_anchor(state: Reading, mention: Mention) -> str:
    """The thing that a cell speaks of when it names none: the task's target in the same unit, or its heading."""
    for seed in state.seeds:
        if comparable(seed.quantity.unit, mention.quantity.unit) and seed.name.change is None:
            return seed.name.anchor or seed.name.text
    return state.heading if mention.part.role in ("target", "schedule", "result") else state.head


def _hands_level_on(state: Reading, mention: Mention) -> bool:
    """市级…68家、省级…32家、省级…12家、“小巨人”15家: a list that prints several levels leaves none to be understood."""
    found: list[str] = []
    for earlier in reversed(state.mentions):
        between = mention.part.passage.text[earlier.end : mention.start]
        if earlier.sentence != mention.sentence or any(c in "；;。" for c in between):
            break
        if earlier.name.level is not None and earlier.name.level_printed:
            found.append(earlier.name.level)
    return len(found) < 2


def _counted_noun(mention: Mention, thing: str, right: str, change: str | None) -> str:
    """The noun behind a count (8家企业获得…), or behind a measure whose verb stands in front (给予700万元的奖补)."""
    if change is not None or mention.role in ("gap", "completion"):
        return ""
    if mention.rule == "target.promise-behind":
        right = phrase("names", "promise_behind").sub("", right)
    if phrase("names", "promise_ahead").match(right) or not right or right[0] in "（(":
        return ""
    if mention.quantity.kind in roles.MEASURES:
        return names.noun_behind(right)
    noun = names.noun_behind(right)
    return noun if len(noun) > 1 and (not thing or names.ends_in_verb(mention.left)) else ""


def _before_promise(left: str) -> str:
    """What stands in front of the words that name the promise: 用水总量占控制数的 -> 用水总量."""
    for section in ("gap", "completion"):
        for cue in lexicon.cues(section):
            if match := cue.pattern.search(left):
                return left[: match.start()]
    return left


def _coordinated(mention: Mention, name: Name, previous: Mention, separator: str) -> bool:
    """Whether a mention goes on with the list that the previous one is in."""
    if mention.sentence != previous.sentence or separator not in ("、", "，", ","):
        return False
    if mention.role != previous.role or mention.quantity.kind != "count" or previous.quantity.kind != "count":
        return False
    match = lexicon.verb_at_start().match(name.text)
    if match and lexicon.verbs()[match.group("verb")].sense in ("achieve", "activity", "state"):
        return False
    return bool(previous.name.verb) or previous.name.level is not None
