"""Which mention goes on with the thing of an earlier one: the answer to a promise, a repetition, an ellipsis."""

from __future__ import annotations

from dataclasses import replace

import regex

from indicators.extract import lexicon, names
from indicators.extract.clauses import AND
from indicators.extract.model import Change, Mention
from indicators.extract.reading import Reading, open_topic
from indicators.extract.told import Told
from indicators.quantities import comparable
from indicators.quantities.years import named_years
from indicators.rulebook import phrase

_UNDER_WAY = ("apply", "sign", "land", "start")
"""Steps that a promise passes through before it is kept; a bare verb of these opens a topic of its own."""
_MONTH = regex.compile(r"(?<!\d)(1[0-2]|[1-9])月(?:底|末)(?!前)")
_TWO = 2
"""Characters of a verb."""
UNSURE = ("mode.none", "mode.actual")
"""Rules that call a figure an actual only because nothing says otherwise."""


def answered(mention: Mention, state: Reading) -> Mention | None:
    """The mention that one goes on with: the last one, or the promise of its own stage.

    开工3000套、建成2400套，实际开工3120套: what was started answers what was to be started.
    """
    last = _aside(mention, state) or state.last
    if (promise := _promise_of_verb(mention, state)) is not None:
        return promise
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
    if mention.role != "actual":
        return None
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


def _holds(name: str, verb: str) -> bool:
    """Whether a promise's name holds a verb, or begins with the first of two (脱贫11万人 …… 脱贫退出11.3万人)."""
    return verb in name or (len(verb) > _TWO and name.startswith(verb[:_TWO]))


def answers(mention: Mention, previous: Mention, so_far: Told) -> bool:
    """Whether a bare verb gives the answer to the promise before it: 要建35万亩，建成31万亩."""
    if previous.rule in UNSURE and mention.rule in UNSURE and _of_another_time(mention, previous):
        return False
    if _level_behind_change(mention, previous) or _of_this_year(mention, previous):
        return False
    if previous.role == "actual" and phrase("answers", "came_in").search(previous.left):
        return False  # 受理投诉30件，办结28件: how many came in was never promised
    if phrase("answers", "beside_it").match(mention.left):
        return False  # 整改隐患87处，另有5处正在整改: how many others there are
    if mention.wall == previous.end and mention.part.passage.text[previous.end] == "、":
        return False  # 油茶种植200亩、改造400亩: two items of one list
    if previous.role == "target" and mention.role == "actual":
        _, stage = names.flow_stage(mention.left)
        if (
            stage is not None
            and previous.name.stage != stage
            and (stage in _UNDER_WAY or previous.name.stage is not None)
        ):
            return False
        return not so_far.is_answered(previous.topic)
    unsure = previous.rule == mention.rule == "mode.none" or _done_by_its_verb(mention, previous)
    if unsure and _bare_verb_of(mention, previous):
        return not any(m.role == "target" for m in so_far.of_topic(previous.topic))
    _, stage = names.flow_stage(mention.left)
    if stage in _UNDER_WAY and previous.name.stage != stage and previous.opens_bracket():
        return False  # 引进项目20个（已开工12个）
    if stage is not None and previous.name.stage is not None and stage != previous.name.stage:
        return False  # 开工21个……竣工只有6个: another step
    return said_as_answer(mention)


def _level_behind_change(mention: Mention, previous: Mention) -> bool:
    """增产20万吨，达到300万吨: how far a thing moved is no promise of where it stands."""
    return bool(phrase("answers", "moved_at_end").search(previous.left)) and bool(
        phrase("answers", "stands_at").fullmatch(mention.left)
    )


def _of_this_year(mention: Mention, previous: Mention) -> bool:
    """累计培育11家，当年获评4家: what was added this year is no answer to what stands in all."""
    stock = phrase("answers", "stands_in_all").search(previous.left)
    return stock is not None and phrase("answers", "this_year_alone").match(mention.left) is not None


def _of_another_time(mention: Mention, previous: Mention) -> bool:
    """2021年改造410套，2022年改造455套; 6月底建成420亩，10月底建成710亩: each figure tells a time of its own."""
    for named in (named_years, _MONTH.findall):
        a, b = (named(m.left) for m in (previous, mention))
        if a and b and a[-1] != b[-1]:
            return True
    return False


def _bare_verb_of(mention: Mention, previous: Mention) -> bool:
    """建设网箱300口,投放126口: a bare verb with the same unit tells what was done."""
    if mention.wall is not None and mention.part.passage.text[mention.wall] in "；;":
        return False  # 发放补贴惠及800人；培训60人: two things told, no promise and its answer
    left = names.strip_lead(mention.left)[0]
    bare = names.only_verbs(left) or not names.strip_tail(left)
    if not mention.left or mention.left in AND or phrase("names", "opens_part").match(mention.left) or not bare:
        return False
    if phrase("answers", "moved").search(left):
        return False
    if previous.quantity.unit != mention.quantity.unit or mention.sentence != previous.sentence:
        return False
    if names.flow_stage(mention.left)[0] is not None:
        return False
    if phrase("answers", "done_said").search(mention.left) or (
        previous.name.stage is None and previous.name.flow is None
    ):
        return True
    return _done_by_its_verb(mention, previous)


def _done_by_its_verb(mention: Mention, previous: Mention) -> bool:
    """新建泊位2000个，建成800个: the verb of the figure before, told as done."""
    left = names.strip_lead(mention.left)[0]
    unsure = previous.rule in UNSURE and mention.rule in UNSURE
    return unsure and bool(phrase("answers", "done_verb").fullmatch(left)) and left[0] in previous.name.text[:3]


def mark_answered(mention: Mention, state: Reading) -> None:
    """ "原定300名…，实际到岗200名": what stands before the answer was the promise, though no word says so."""
    if mention.role != "actual" or not state.mentions or not answers(mention, state.mentions[-1], state.mentions):
        return
    for earlier in reversed(state.mentions):
        if earlier.sentence != mention.sentence:
            return
        if earlier.topic == mention.topic and earlier.role == "actual" and earlier.rule in UNSURE:
            if said_as_answer(earlier):
                return  # 已完成26件；已开工64件: neither was promised
            if phrase("answers", "stands_at").fullmatch(mention.left) and _was_passed(earlier):
                state.mentions.set_aside(earlier, "passed")
                return  # 突破500亿元大关，达到512亿元: both tell, and the second how much
            state.mentions.turn_to_promise(earlier, "answered")
            earlier.score = 0.7
            return


def _was_passed(mention: Mention) -> bool:
    """突破500亿元, 迈上千亿元: the verb of passing is a bound of the figure or stands in front of it."""
    texts = (mention.quantity.text, f"{mention.left[-_TWO:]}{mention.quantity.text}")
    return any(phrase("answers", "passed").match(text) for text in texts)


def said_as_answer(mention: Mention) -> bool:
    """Whether the words in front of a figure give an answer: 实际到岗, 已开工."""
    return any(cue.pattern.search(mention.left) for cue in lexicon.cues("answer"))


def promised_before(mention: Mention, state: Reading, *, told: bool) -> bool:
    """计划脱贫8000人，年底算账脱贫9000人: what one sentence promises twice it first promised and then told.

    ``told``: the clause opens like a result, so that the same figure may stand on both sides.
    """
    return any(
        m.role == "target"
        and m.quantity.unit == mention.quantity.unit
        and m.name.change == mention.name.change
        and (len(m.name.core) > 2 or (len(m.name.core) == 2 and m.name.text == mention.name.text))
        and m.name.core == mention.name.core
        and m.name.level == mention.name.level
        and (None in (m.name.stage, mention.name.stage) or m.name.stage == mention.name.stage)
        and (told or m.quantity.text != mention.quantity.text)
        for m in state.mentions.of_sentence(mention.sentence)
    )


def answers_actual(mention: Mention, so_far: Told, text: str) -> bool:
    """A promise told right behind its actual ("增长7%，当年目标是6%") opens no list of promises."""
    if mention.role != "target" or text[mention.end : mention.end + 1] in "：:":
        return False
    before = next((m for m in reversed(so_far) if m is not mention), None)
    if before is None or before.sentence != mention.sentence:
        return False
    # 固投降2.3%，目标却是增8%: the same thing, though one falls and the other rises.
    same = before.role == "actual" and before.name.anchor == mention.name.anchor
    return same or any(m.role == "actual" and m.sentence == mention.sentence for m in so_far.of_topic(mention.topic))


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


def inherit_topic(state: Reading, mention: Mention, previous: Mention, change: Change | None, word: str) -> None:
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
    if _level_behind_change(mention, previous):
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
    return own and previous.quantity.unit == mention.quantity.unit == "%" and previous.rule == "target.promise-head"


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
