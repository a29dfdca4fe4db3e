"""Which earlier mention a figure goes on with, and what it takes over from it: topic, thing, change."""

from __future__ import annotations

from dataclasses import replace

from indicators.extract import lexicon, names
from indicators.extract.answering import level_behind_change, one_of_two
from indicators.extract.model import Mention, Movement
from indicators.extract.reading import Reading, open_topic
from indicators.quantities import comparable
from indicators.rulebook import phrase

_VERB = 2
"""Characters of a verb."""
_LIST, _LONG = 2, 30
"""Promises that a list has at least, and at most where bare figures answer it."""


def continued(mention: Mention, state: Reading) -> Mention | None:
    """The mention that one goes on with: the last one, or the promise of its own stage.

    开工3000套、建成2400套，实际开工3120套: what was started answers what was to be started.
    """
    if mention.role == "actual" and (meant := one_of_two(mention.left, state)) is not None:
        return meant
    last = _aside(mention, state) or state.last
    if (promise := _listed_above(mention, state)) is not None:
        return promise
    if (promise := _promise_of_verb(mention, state)) is not None:
        return promise
    if last is not None and mention.role == "target" and (told := _told_by_verb(mention, last, state)) is not None:
        return told
    if last is None or mention.role != "actual" or last.role != "target":
        return last
    if last.sentence != mention.sentence:
        return _promised_above(mention, last, state) or last
    if last.quantity.unit != mention.quantity.unit and (same := _open_in_unit(mention, state)) is not None:
        return same
    _, stage = names.flow_stage(mention.left)
    if stage is None or last.name.stage in (stage, None):
        return last
    own = [m for m in state.mentions.of_sentence(mention.sentence) if m.role == "target" and m.name.stage == stage]
    return own[-1] if own else last


def _promised_above(mention: Mention, last: Mention, state: Reading) -> Mention | None:
    """新修公路80公里，改造危桥12座。已完工55公里: the one open promise above in the unit of a bare verb's answer."""
    verb = names.strip_tail(names.strip_lead(mention.left)[0])
    if last.quantity.unit == mention.quantity.unit or not verb or not names.only_verbs(verb):
        return None
    own = [m for m in state.mentions.of_unit(mention.quantity.unit) if m.role == "target"]
    fitting = [m for m in own if not state.mentions.is_answered(m.topic)]
    return fitting[0] if len(fitting) == 1 and not state.mentions.of_sentence(mention.sentence) else None


def _listed_above(mention: Mention, state: Reading) -> Mention | None:
    """驿站7家，床位500张。目前9家、520张: a figure without a word answers the promise of its unit in the list above."""
    if mention.role != "actual" or names.strip_tail(names.strip_lead(mention.left)[0]):
        return None
    before = len(state.mentions) - len(state.mentions.of_sentence(mention.sentence))
    listed = state.mentions.of_sentence(state.mentions[before - 1].sentence) if before else []
    if not _LIST <= len(listed) <= _LONG or any(m.role != "target" for m in listed):
        return None
    same = [m for m in listed if m.quantity.unit == mention.quantity.unit]
    return next((m for m in same if not state.mentions.is_answered(m.topic)), None)


def _open_in_unit(mention: Mention, state: Reading) -> Mention | None:
    """幼儿园1000所、学位10万个；实际建设1105所: the one open promise of the sentence in the answer's own unit."""
    own = [m for m in state.mentions.of_sentence(mention.sentence) if m.role == "target"]
    same = [m for m in own if m.quantity.unit == mention.quantity.unit]
    fitting = [m for m in same if not state.mentions.is_answered(m.topic)]
    return fitting[0] if len(fitting) == 1 else None


def _aside(mention: Mention, state: Reading) -> Mention | None:
    """其中煤矿事故30起，超出控制指标50%: what is told of an aside right behind it goes on with the aside."""
    before = state.mentions[-1] if state.mentions else None
    if before is None or before is state.last or before.role != "actual" or mention.wall != before.end:
        return None
    if mention.role in ("completion", "gap"):
        # 共放映1047场次，其中科教片149场，超额完成15场次: the unit tells whether the whole is meant.
        unit = mention.quantity.unit
        whole = (
            unit not in names.RATES
            and state.last is not None
            and state.last.quantity.unit == unit != before.quantity.unit
        )
        return None if whole else before
    thing, change, _ = names.split_change(mention.left, mention.quantity.unit)
    return (
        before if mention.role == "actual" and change is not None and not thing and before.name.change is None else None
    )


def _promise_of_verb(mention: Mention, state: Reading) -> Mention | None:
    """脱贫8000人、出列村40个，…脱贫9000人、出列40个: the open promise of the sentence that holds the bare verb."""
    if mention.role != "actual" or phrase("links", "opening_holiday").match(mention.in_front):
        return None  # “五一”三天接待7万人次: a few days answer no promise of the year
    verb = names.strip_tail(names.strip_lead(mention.left)[0])
    if not verb or not (len(verb) == 1 or lexicon.only_verbs().fullmatch(verb)):
        return None
    own = (
        m
        for m in state.mentions.of_unit(mention.quantity.unit)
        if m.role == "target"
        and not state.mentions.is_answered(m.topic)
        and (_holds(m.name.text, verb) if len(verb) > 1 else m.name.text.startswith(verb))
    )
    return next(own, None)


def _told_by_verb(mention: Mention, last: Mention, state: Reading) -> Mention | None:
    """新签约项目17个、总投资83亿元。全年任务：签约60个: what was told in the unit of a promise by its bare verb."""
    unit = mention.quantity.unit
    verb = names.strip_tail(names.strip_lead(mention.left)[0])
    if last.quantity.unit == unit or len(verb) < _VERB or not lexicon.only_verbs().fullmatch(verb):
        return None
    told = (m for m in reversed(state.mentions.of_unit(unit)) if m.role == "actual" and not m.aside)
    return next((m for m in told if verb in m.name.text and not state.mentions.is_promised(m.topic)), None)


def _holds(name: str, verb: str) -> bool:
    """Whether a promise's name holds a verb, or begins with the first of two (脱贫11万人 …… 脱贫退出11.3万人)."""
    return verb in name or (len(verb) > _VERB and name.startswith(verb[:_VERB]))


def repeat_thing(state: Reading, mention: Mention, same: tuple[int, int]) -> bool:
    """分别 without things of its own: the ``same[0]``-th of the ``same[1]`` things listed before."""
    place, count = same
    _, change, word = names.split_change(mention.left, mention.quantity.unit)
    listed = [m for m in state.mentions if m.role in ("target", "actual") and m.name.change is None]
    points = mention.role == "gap" and mention.quantity.unit == "百分点"
    if (
        (mention.role not in ("completion", "gap") or points)
        and mention.quantity.unit in names.RATES
        and change is None
    ):
        listed = [m for m in state.mentions if m.role in ("target", "actual")]
    if points:
        listed = [m for m in listed if m.quantity.unit in names.RATES]  # 分别高于预期目标0.4个和0.9个百分点
    if mention.run_start is not None:
        listed = [m for m in listed if m.start < mention.run_start]
    if len(listed) < count:
        return False
    source = listed[len(listed) - count + place]
    if change is not None:
        thing = source.name.text if source.name.change is None else source.name.anchor
        open_topic(state, mention, names.build(thing, subject=source.name.subject, change=change, word=word))
    else:
        mention.name, mention.topic = source.name, source.topic
    return True


def inherit_topic(state: Reading, mention: Mention, previous: Mention, change: Movement | None, word: str) -> None:
    """A clause without a name of its own goes on with the thing before it."""
    if change is not None and previous.name.change is None and _same_rate(mention, previous):
        # 甲县目标9%左右，实际增长10%: the promise was of the growth, too.
        previous.name = replace(previous.name, change=change)
        mention.name, mention.topic = previous.name, previous.topic
        return
    if change is not None and change != previous.name.change:
        base = previous.name
        thing = base.text if base.change is None else base.anchor
        open_topic(
            state, mention, names.build(thing, subject=base.subject, change=change, word=word, context=mention.left)
        )
        return
    if level_behind_change(mention, previous):
        text = phrase("answers", "moved_at_end").sub("", previous.name.anchor)
        open_topic(state, mention, names.build(text or previous.name.text, subject=previous.name.subject))
        return
    source = _inherited_from(state, mention, previous)
    in_all = phrase("names", "invested_in_all").search(source.name.text)
    of_year = in_all is not None and (
        in_all["what"] in mention.left or phrase("names", "set_aside").search(mention.left)
    )
    if mention.role == "target" and in_all is not None and of_year:
        # 总投资40亿元，年度计划投资5亿元: what a project costs in all is not what the year invests.
        text = f"{source.name.text[: in_all.start()]}{in_all['what']}"
        open_topic(state, mention, names.build(text, subject=source.name.subject))
        return
    mention.name = source.name
    mention.topic = source.topic


def _same_rate(mention: Mention, previous: Mention) -> bool:
    """Whether a growth rate answers a promise in per cent that its own sentence told without the word for growth."""
    own = previous.role == "target" and mention.role == "actual" and previous.sentence == mention.sentence
    return (
        own
        and previous.quantity.unit == mention.quantity.unit == "%"
        and lexicon.form_of(previous.rule) == "noun-ahead"
    )


def _speaks_of_whole(mention: Mention, previous: Mention, aside: Mention) -> bool:
    """造林80亩，其中人工造林30亩，实际完成90亩: whether a figure passes the aside by that stands in front of it."""
    unit = mention.quantity.unit
    if previous.quantity.unit != unit or unit in names.RATES:
        return False
    answers_promise = aside.role == "target" and mention.role == "actual"
    return answers_promise or (mention.role == "gap" and aside.quantity.unit != unit)


def _bracket_closed(mention: Mention, aside: Mention) -> bool:
    """任务1000万元（其中出口200万元）的32.6%: what a bracket told of a part ends with it."""
    return aside.in_bracket and any(c in "）)" for c in mention.part.passage.text[aside.end : mention.start])


def _inherited_from(state: Reading, mention: Mention, previous: Mention) -> Mention:
    """The mention whose thing is meant: a level is not the growth told between (120亿元，增29%，任务132亿元)."""
    if previous is not state.last:
        return previous
    behind = mention.role == "gap" and mention.quantity.unit == "%" and mention.wall == previous.end
    if behind and previous.quantity.unit not in names.RATES:
        return previous  # 增长5.7%；引进首店30家，超额完成50%
    level_wanted = mention.role == "completion" or mention.quantity.unit not in names.RATES
    for earlier in reversed(state.mentions):
        if earlier.sentence != mention.sentence:
            break
        if earlier.role not in ("actual", "target", "baseline"):
            continue
        if earlier.aside and (_speaks_of_whole(mention, previous, earlier) or _bracket_closed(mention, earlier)):
            continue
        if mention.role == "completion" and earlier.name.change is None:
            return earlier
        if mention.role == "gap":
            points = mention.quantity.unit in ("%", "百分点")
            if points and earlier.quantity.unit == "百分点" and earlier.name.change is not None:
                continue  # 优良率78%，上升7个百分点，较目标低2个百分点
            level = earlier.name.change is None  # 131天，增加42天，距目标尚差81天
            if (points and earlier.quantity.unit in ("%", "百分点")) or (
                not points and level and comparable(earlier.quantity.unit, mention.quantity.unit)
            ):
                return earlier
            continue
        if level_wanted and earlier.name.change is None and comparable(earlier.quantity.unit, mention.quantity.unit):
            return earlier
        if not level_wanted and comparable(earlier.quantity.unit, mention.quantity.unit):
            return earlier
    return previous
