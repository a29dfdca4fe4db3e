"""Gives every mention its indicator: from its own words, its label, its task or the mention before it."""

from __future__ import annotations

from indicators.extract import lexicon, names
from indicators.extract.answering import answers
from indicators.extract.listed import AGAIN
from indicators.extract.model import Mention, Name
from indicators.extract.pairs import PAIRED, stand_paired
from indicators.extract.reading import Reading, open_topic
from indicators.extract.steps import bare_step
from indicators.extract.topics import continued, inherit_topic
from indicators.extract.wording import Wording, clause_in_front, own_wording
from indicators.quantities import comparable
from indicators.rulebook import phrase


def name_mention(state: Reading, mention: Mention, separator: str, joint: bool) -> None:
    """Gives the mention its indicator and topic; what is left out is put back from the mention before it."""
    if mention.rule == "target.of-share":
        mention.right = phrase("names", "said_done").sub("", mention.right)
    elif (same := _beside_it(state, mention)) is not None:
        mention.name, mention.topic = same.name, same.topic
        return
    previous = continued(mention, state)
    if previous is not None and previous.rule == "status" and mention.quantity.unit not in names.RATES:
        previous = None  # 7个事项超序时进度；完成投资28亿元: how many came how far is the thing of nothing else
    own = own_wording(state, mention, previous)
    spoken = mention.role not in ("completion", "gap")
    if spoken and (name := _of_label(state, mention, own)) is not None:
        open_topic(state, mention, name)
    elif spoken and (row := _row_spoken_of(state, mention, own)) is not None:
        mention.name, mention.topic = row.name, row.topic
    elif spoken and (name := _of_seed(state, mention, previous, own)) is not None:
        open_topic(state, mention, name)
    elif spoken and (front := clause_in_front(state, mention, previous, own)):
        text = front if not own.thing or own.change is not None else f"{front}{own.thing}"
        open_topic(state, mention, _built(state, own, text, front))
    elif previous is None:
        open_topic(state, mention, _built(state, own, own.thing))
    else:
        _go_on(state, mention, previous, own, separator, joint)


def _built(state: Reading, own: Wording, text: str, anchor: str = "") -> Name:
    return names.build(
        text, subject=state.subject, change=own.change, word=own.word, context=own.context, anchor=anchor
    )


def _beside_it(state: Reading, mention: Mention) -> Mention | None:
    """The mention whose thing is meant without a word: the whole of a share, the promise with a sign, the amount."""
    last = state.last
    if last is not None and last.rule == "target.of-share" and last.quantity.unit == mention.quantity.unit:
        return last
    beside = (
        mention.rule in ("beside-sign", "gap.behind-share")
        or _second_of_pair(state, mention)
        or (mention.rule == AGAIN and mention.role == "gap")
    )
    return state.mentions[-1] if beside and state.mentions else None


def _second_of_pair(state: Reading, mention: Mention) -> bool:
    """25个→28个: the second of a pair is of what the first one is of."""
    before = state.mentions[-1] if state.mentions else None
    if before is None or not before.rule == mention.rule == PAIRED or before.role == mention.role:
        return False
    return stand_paired(mention.part.passage.text, before.end, mention.start)


def _of_label(state: Reading, mention: Mention, own: Wording) -> Name | None:
    """电池项目：投资3亿元，建成厂房2万平方米: what a bare verb or attribute behind a label speaks of."""
    if not state.label or own.change is not None or not _first_of(state, mention):
        return None
    bare = bool(own.thing) and names.only_verbs(own.thing)
    behind = lexicon.verb_pattern().search(mention.right) if not own.thing and not own.noun else None
    if not (bare or names.is_generic(own.thing) or behind or _opens_label(state, mention, own)):
        return None
    text = f"{state.label}{own.thing or (behind.group() if behind else '')}"
    return names.build(text, context=own.context, anchor=state.label)


def _opens_label(state: Reading, mention: Mention, own: Wording) -> bool:
    """新增护士：目标300名: the label itself is what the first figure behind it, which names nothing, is of."""
    if own.thing or own.noun or phrase("names", "subject_head").search(state.label):
        return False
    return not state.mentions.of_sentence(mention.sentence)


def _row_spoken_of(state: Reading, mention: Mention, own: Wording) -> Mention | None:
    """The promise of its row that a result cell answers without a name."""
    if own.thing:
        return None
    row = _of_the_row(state, mention) if not own.noun else None
    return row or _growth_of_row(state, mention, own)


def _of_seed(state: Reading, mention: Mention, previous: Mention | None, own: Wording) -> Name | None:
    """What a mention without a name of its own is called after its task: the thing of its promise, or its heading."""
    head = state.head or state.heading
    if head and own.change is None and phrase("names", "bare_account").fullmatch(own.thing):
        return _built(state, own, f"{head}{own.thing}", head)
    if previous is not None and comparable(previous.quantity.unit, mention.quantity.unit):
        return None
    seeded, thing = _seed_anchor(state, mention), own.thing
    if not seeded:
        return None
    if previous is None and (level := names.bare_level(thing)):
        text = names.at_level(thing, level, seeded)
        return names.build(text, subject=state.subject, context=own.context, anchor=seeded)
    nameless = len(thing) < 2 or names.only_verbs(thing) or names.is_generic(thing)
    if not nameless or (own.change is not None and seeded not in (state.head, state.heading)):
        return None
    if own.change is not None and previous is not None and previous.sentence == mention.sentence:
        return None  # 造船完工量286万吨，增长13.5%: what grows stands right in front, and not in the heading
    if seeded == state.heading and (rate := _rate_headed(state, mention, own, thing)) is not None:
        return rate
    said = not thing or seeded.endswith(thing) or seeded.startswith(thing)
    return _built(state, own, seeded if said else f"{seeded}{thing}", seeded)


def _rate_headed(state: Reading, mention: Mention, own: Wording, thing: str) -> Name | None:
    """工业增加值增速。目标：8%以上。完成情况：增长8.6%: a heading that names a change heads the rates of it."""
    level, change, word = names.split_change(state.heading, mention.quantity.unit)
    if change is None or not level or thing or own.change not in (None, change):
        return None
    return names.build(level, subject=state.subject, change=change, word=word, context=own.context, anchor=level)


def _go_on(state: Reading, mention: Mention, previous: Mention, own: Wording, separator: str, joint: bool) -> None:
    """Names a mention beside the one in front of it, whose thing its own words may leave out."""
    anchor = previous.name.anchor or previous.name.text
    if (rest := _told_of_rest(mention)) and separator:
        built = names.build(f"{anchor}{rest}", subject=state.subject, context=mention.right, anchor=anchor)
        open_topic(state, mention, built)
        return
    thing = _said_beside(mention, own, anchor)
    if level := names.bare_level(thing):
        # 国家级4家、省级15家: the level stands for the thing it qualifies.
        text = names.at_level(thing, level, anchor)
        open_topic(state, mention, names.build(text, subject=state.subject, context=own.context, anchor=anchor))
        return
    told = previous is not state.last and _verb_promised(mention, previous, thing)
    if thing in previous.name.text and (len(thing) == 1 or told):
        thing = ""  # 开行班列412列，全年要开450列
    right = mention.right
    alone = mention.role == "actual" and own.thing in ("", right) and not names.strip_lead(mention.left)[0]
    step = bare_step(right) if alone else ""
    if step and previous.name.change is None and comparable(previous.quantity.unit, mention.quantity.unit):
        # 计划建成2000个。目前2240个已动工，1760个完工: the step stands behind the figure.
        if (same := _promised_step(state, mention, step)) is not None:
            mention.name, mention.topic = same.name, same.topic
            return
        built = names.build(f"{anchor}{step}", subject=state.subject, context=step, anchor=anchor)
        open_topic(state, mention, built)
        return
    if not thing and not own.noun and right and names.only_verbs(right) and previous.role == mention.role:
        # 建成2个，另有1个在建: the step stands behind the figure.
        built = names.build(f"{anchor}{right}", subject=state.subject, context=right, anchor=anchor)
        open_topic(state, mention, built)
        return
    if (same := _told_in_unit(state, mention, previous, thing)) is not None:
        mention.name, mention.topic = same.name, same.topic
        return
    only_verb = bool(thing) and names.only_verbs(thing) and not own.noun
    if not thing or (only_verb and answers(mention, previous, state.mentions)):
        inherit_topic(state, mention, previous, own.change, own.word)
    elif (only_verb or (names.is_generic(thing) and not joint)) and anchor and (separator or not state.subject):
        anchor = (_counted_before(state, mention, previous) if only_verb else "") or anchor
        # 还款率99%；培训1870人, 签约率82%、开工率58%: nothing is counted of a rate.
        own_thing = anchor.endswith(thing) or phrase("names", "ends_in_rate").search(anchor) is not None
        text = thing if own_thing else f"{anchor}{thing}"
        open_topic(state, mention, _built(state, own, text, anchor))
    else:
        built = _built(state, own, thing)
        if not joint and not own.noun and _coordinated(mention, built, previous, separator):
            built = names.inherit(built, previous.name, level=_hands_level_on(state, mention))
        open_topic(state, mention, built)


def _promised_step(state: Reading, mention: Mention, step: str) -> Mention | None:
    """The open promise last told in the unit of a figure, where it is of the step that stands behind the figure."""
    same = [m for m in state.mentions.of_unit(mention.quantity.unit) if m.role == "target"]
    last = same[-1] if same else None
    wanted = last is not None and last.name.stage == names.flow_stage(step)[1]
    return last if wanted and last is not None and not state.mentions.is_answered(last.topic) else None


def _told_in_unit(state: Reading, mention: Mention, previous: Mention, thing: str) -> Mention | None:
    """种粮30万亩，收粮2亿斤。上级派的是面积29万亩、产量1.9亿斤: the unit tells which figure a bare measure promises."""
    unit = mention.quantity.unit
    if mention.role != "target" or unit in names.RATES or not names.is_generic(thing):
        return None
    if comparable(previous.quantity.unit, unit) and previous.sentence != mention.sentence:
        return previous if previous.role == "actual" and previous.name.change is None else None
    told = [m for m in state.mentions.of_unit(unit) if m.role == "actual" and m.name.change is None and not m.aside]
    told = [m for m in told if m.sentence != mention.sentence and not state.mentions.is_promised(m.topic)]
    return told[0] if len(told) == 1 and not comparable(previous.quantity.unit, unit) else None


def _verb_promised(mention: Mention, previous: Mention, thing: str) -> bool:
    """新签约项目17个……全年任务签约60个: the bare verb of what was told, in its unit, is its promise."""
    told = mention.role == "target" and previous.role == "actual" and mention.quantity.unit == previous.quantity.unit
    return told and names.only_verbs(thing)


def _told_of_rest(mention: Mention) -> str:
    """其余5座正在施工: what became of the others of the thing told before; "" where they have a noun of their own."""
    rest = mention.role == "actual" and phrase("answers", "beside_it").match(mention.left) is not None
    return mention.right if rest and phrase("answers", "rest_told").match(mention.right) else ""


def _counted_before(state: Reading, mention: Mention, previous: Mention) -> str:
    """开工710户，开工率为71%；竣工200户: a step told behind a rate is of what was counted before the rate."""
    unit = mention.quantity.unit
    if unit in names.RATES or previous.quantity.unit not in names.RATES:
        return ""
    own = [m for m in state.mentions.of_sentence(mention.sentence) if m.quantity.unit == unit and m.name.change is None]
    counted = [m for m in own if m.role in ("actual", "target") and not m.aside]
    return counted[-1].name.anchor if counted else ""


def _said_beside(mention: Mention, own: Wording, anchor: str) -> str:
    """The thing with what a comparison or a share leaves out of it: 占 -> 税收占比."""
    thing = own.thing
    if mention.role == "compare" and (compared := phrase("names", "compares").match(mention.left)):
        thing = f"{anchor}{compared.group()}"
    if mention.role != "target" and (share := phrase("names", "opens_share").match(thing)):
        thing = f"{anchor}{thing}{'' if share['whole'] else '比'}"
    return thing


def _of_the_row(state: Reading, mention: Mention) -> Mention | None:
    """The promise that the bare figure at the front of a result cell answers: 6%，收入额100亿元."""
    if mention.part.role != "result" or mention.part.passage.text[: mention.start].strip() or mention.right:
        return None
    units = [seed for seed in state.seeds if comparable(seed.quantity.unit, mention.quantity.unit)]
    bare = [seed for seed in state.seeds if mention.quantity.kind == "number"]
    return next(iter([*units, *bare]), None)


def _growth_of_row(state: Reading, mention: Mention, own: Wording) -> Mention | None:
    """The one promised growth that a result cell answers with a bare rate: 工业投资增长15% | 增长16.8%, 完成16.8%."""
    if mention.part.role != "result" or state.mentions.of_sentence(mention.sentence):
        return None
    unit = mention.quantity.unit
    if own.change is None and (unit not in names.RATES or own.noun):
        return None
    grown = [seed for seed in state.seeds if seed.name.change is not None and seed.quantity.unit == unit]
    same = [seed for seed in grown if own.change in (None, seed.name.change)]
    return same[0] if len(same) == 1 and (own.change is not None or len(state.seeds) == 1) else None


def _first_of(state: Reading, mention: Mention) -> bool:
    """Whether a mention goes on with its sentence's label: no thing of its own name stands between."""
    own = state.mentions.of_sentence(mention.sentence)
    return all(m.name.anchor == state.label or m.name.change is not None for m in own)


def _seed_anchor(state: Reading, mention: Mention) -> str:
    """The thing that a cell speaks of when it names none: the task's target in the same unit, or its heading."""
    for seed in state.seeds:
        if comparable(seed.quantity.unit, mention.quantity.unit) and seed.name.change is None:
            return seed.name.anchor or seed.name.text
    if len(state.seeds) == 1 and state.seeds[0].name.change is not None and mention.part.role == "result":
        return state.seeds[0].name.anchor  # 零售总额增长9%以上 | 实现168亿元，增长6%: the level that grows
    return state.heading if mention.part.role in ("target", "schedule", "result") else state.head


def _hands_level_on(state: Reading, mention: Mention) -> bool:
    """市级…68家、省级…32家、省级…12家、“小巨人”15家: a list that prints several levels leaves none to be understood."""
    last_two = state.mentions.at_level(mention.sentence)[-2:]
    if len(last_two) < 2:
        return True
    since = mention.part.passage.text[last_two[0].end : mention.start]
    return any(wall in since for wall in "；;。")


def _coordinated(mention: Mention, name: Name, previous: Mention, separator: str) -> bool:
    """Whether a mention goes on with the list that the previous one is in."""
    if mention.sentence != previous.sentence or separator not in ("、", "，", ","):
        return False
    if mention.role != previous.role or mention.quantity.kind != "count" or previous.quantity.kind != "count":
        return False
    if name.flow == "stock" and previous.name.flow == "flow":
        return False  # 新建3A级景区2家，4A级景区总数达到5家
    match = lexicon.verb_at_start().match(name.text)
    if match and lexicon.verbs()[match.group("verb")].sense in ("achieve", "activity", "state"):
        return False
    if phrase("names", "own_predicate").search(name.text):
        return False  # 建成食堂30家，适老化改造600户; 改造小区24个，惠及居民1万户: it has a verb of its own
    return bool(previous.name.verb) or previous.name.level is not None


def name_among(mention: Mention) -> None:
    """18个乡镇里已有7个通了天然气: what is counted is told as the whole that they are of."""
    whole = phrase("names", "among_them").search(mention.left) if mention.quantity.kind == "count" else None
    if whole is not None and mention.role == "actual":
        did = names.strip_lead(mention.right)[0] or mention.right
        mention.name = names.build(f"{did}的{whole['noun']}" if did else whole["noun"], context=mention.right)


def name_status(mention: Mention) -> None:
    """省里45个事项：24个已了账: what is counted by its status is told in front of the counts."""
    text = mention.part.passage.text
    alone = phrase("answers", "status_alone").fullmatch(mention.left)
    in_all = [*phrase("answers", "counted_in_all").finditer(text, mention.sentence[0], mention.start)] if alone else []
    if in_all:
        mention.name = names.build(f"{mention.left}的{in_all[-1]['noun']}", context=mention.left)
        return
    among = phrase("answers", "counted_among").match(mention.in_front)
    told = [among["noun"]] if among is not None else phrase("answers", "status_noun").findall(text, 0, mention.start)
    own = mention.right and (mention.right in mention.name.text or among is not None)
    if phrase("answers", "status_owner").match(mention.right):
        mention.name = names.build(mention.right, context=mention.right)  # 16个县市已经栽完
        return
    if told and own and told[-1] not in mention.name.text:
        status = names.strip_lead(mention.right)[0] or mention.right
        mention.name = names.build(f"{status}的{told[-1]}", context=mention.right)
