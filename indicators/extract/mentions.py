"""Reads a passage into mentions: every live quantity with its role, its indicator and its topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import regex

from indicators.extract import lexicon, names, roles
from indicators.extract.clauses import HARD, Frame, Span, sentences
from indicators.extract.counted import counted_mentions
from indicators.extract.coordination import joint_runs, split_things
from indicators.extract.model import Change, Mention, Name
from indicators.extract.roles import Mode
from indicators.quantities import comparable, find_quantities
from indicators.schema.quantity import Quantity
from indicators.tasks.model import Context, Part

_COMPARES = regex.compile(r"(?:比|较|高于|低于|快于|慢于|好于|高出|低|高|领先|优于).*")
_COMPARED_TO = regex.compile(r"^(?:同比|环比|可比|按可比价|均|也|都|比上年|较上年|比去年|较去年)+")
_SHARED = regex.compile(r"(?:要|须|应|也)*(?:分别|均|都)(?=[\p{Han}]{0,6}$)")
_WHOLE = regex.compile("全覆盖")
_WALL = regex.compile(r"[，,；;：:。！？、（）()]")
_HAS_FIGURE = regex.compile(r"全覆盖|[\d０-９一二两三四五六七八九十百千万亿半几]")
_LABEL = regex.compile(r"^(?:\s*)([^，,。；;：:（）()]{2,24}?)[:：]")
_SUBJECT_HEAD = regex.compile(
    r"(?:项目|产业|工程|企业|公司|集团|[县市区镇乡州]|基地|园区?|车间|装置|方面|医院|学院|学校|线|段|期|厂|街道|分局|平台|中心|队|板块|行业|领域)$"
)
_NO_SUBJECT = regex.compile(
    r"目标|任务|要求|定的|结果|其中|预期|实绩|说法|如下|包括|分别|目前|截至|情况|\d|做到|方面$|一是|二是|下达|完成"
)
_FUTURE = regex.compile(r"(?:明年|来年|下一?年)")


@dataclass(slots=True)
class _State:
    """What earlier words of the passage leave behind for later ones."""

    mode: Mode
    subject: str = ""
    label: str = ""
    """The label of the sentence being read, which bare verbs speak of."""
    completion_seen: bool = False
    topics: int = 0
    last: Mention | None = None
    mentions: list[Mention] = field(default_factory=list)
    seeds: Sequence[Mention] = ()
    heading: str = ""


def find_mentions(
    part: Part, context: Context, *, first_topic: int = 0, seeds: Sequence[Mention] = (), heading: str = ""
) -> list[Mention]:
    """All mentions of a passage in reading order. Topics are numbered from ``first_topic``.

    ``seeds`` are the targets of the same task: a result cell that says only "完工33个" speaks of them.
    ``heading`` is the task's name where it holds no figure of its own: 城镇老旧小区改造.
    """
    state = _State(mode=roles.opening_mode(part), topics=first_topic, seeds=seeds, heading=heading)
    text = part.passage.text
    for span in sentences(text):
        if not _HAS_FIGURE.search(text, span[0], span[1]):
            _note_label(state, text, span)
            _count_lists(state, part, text, span, [span])
            continue
        quantities = _shifted(find_quantities(text[span[0] : span[1]], year=context.year), span[0])
        quantities = _with_wholes(text, span, quantities)
        if quantities:
            _read_sentence(state, part, text, span, quantities, context.year)
        else:
            _note_label(state, text, span)
            _count_lists(state, part, text, span, Frame(text, span, []).clauses_without_figures())
    return state.mentions


def _with_wholes(text: str, span: Span, quantities: list[Quantity]) -> list[Quantity]:
    """全覆盖 stands for 100 % where no figure says so."""
    found = []
    for match in _WHOLE.finditer(text, span[0], span[1]):
        if any(abs(q.end - match.start()) < 3 or abs(q.start - match.end()) < 5 for q in quantities):
            continue
        hundred = Decimal(100)
        found.append(
            Quantity(match.group(), match.start(), match.end(), hundred, hundred, "%", "ratio", bound="exactly")
        )
    return sorted([*quantities, *found], key=lambda q: q.start) if found else quantities


def _shifted(quantities: list[Quantity], by: int) -> list[Quantity]:
    return [
        replace(q, start=q.start + by, end=q.end + by, number_start=q.number_start + by, number_end=q.number_end + by)
        for q in quantities
    ]


def _note_label(state: _State, text: str, span: Span) -> str:
    """A label that opens a sentence ("江淮项目：") names whose figures follow."""
    match = _LABEL.match(text[span[0] : span[1]])
    if not match:
        return ""
    label = match.group(1)
    if _NO_SUBJECT.search(label) or (len(label) > 6 and not _SUBJECT_HEAD.search(label)):
        return ""
    state.subject = names.strip_lead(label)[0] or label
    return state.subject


def _read_sentence(
    state: _State, part: Part, text: str, span: Span, quantities: list[Quantity], year: int | None
) -> None:
    live = _live(text, span, quantities)
    if not live:
        _count_lists(state, part, text, span, Frame(text, span, []).clauses_without_figures())
        return
    frame = Frame(text, span, live)
    state.label = _note_label(state, text, span)
    opening = state.mode
    mode: Mode = opening
    base: Mode = opening
    reach = ""
    consumed = span[0]
    joint, same = _joint_names(frame, state.mentions)
    read_up_to = span[0]
    first = len(state.mentions)
    for index, quantity in enumerate(live):
        left = frame.before(index, consumed)
        behind = frame.behind(index)
        right = text[behind[0] : behind[1]]
        mode, reach = _governed(part, text[read_up_to : quantity.start], mode, reach, base, year)
        base = mode if reach == "sentence" else base
        read_up_to = quantity.start
        if index in joint:
            left = joint[index]
        for shared in _shared_things(left, quantity)[:-1] if index not in joint else []:
            _mention(state, part, frame, index, shared, right, mode, joint=True, same=None)
        if index not in joint and (things := _shared_things(left, quantity)):
            left = things[-1]
        mention = _mention(
            state, part, frame, index, left, right, mode, reach=reach, joint=index in joint, same=same.get(index)
        )
        if reach and (mention.rule == "told-again" or _answers_actual(mention, state.mentions, text)):
            mode, reach = opening, ""
        consumed = quantity.end if not mention.name.text.endswith(right[-4:] or "\0") else behind[1]
        if mention.role in ("denominator", "scope"):
            consumed = quantity.end
    _claims(state.mentions[first:], frame, part)
    _count_lists(state, part, text, span, frame.clauses_without_figures())
    state.mode = opening


def _count_lists(state: _State, part: Part, text: str, span: Span, clauses: Sequence[Span]) -> None:
    """Names listed without a count are counted where a completion cell reports them."""
    if part.role != "result":
        return
    for clause in clauses:
        mention = counted_mentions(text, clause, span, part, state.topics)
        if mention is not None:
            state.topics += 1
            state.mentions.append(mention)


def _governed(part: Part, between: str, mode: Mode, reach: str, base: Mode, year: int | None) -> tuple[Mode, str]:
    """The mode after the words ``between`` two figures, and how far it reaches."""
    if part.role == "target":
        return mode, reach
    if reach == "clause" and regex.search("[；;]", between):
        mode, reach = base, ""
    found = roles.governor(between, year, part.tense)
    if found is None or (part.role == "schedule" and found.mode == "actual"):
        return mode, reach
    return found.mode, found.reach


def _live(text: str, span: Span, quantities: list[Quantity]) -> list[Quantity]:
    """Quantities that say something of their own; sizes inside names and subject counts are left in the text."""
    candidates = []
    for index, quantity in enumerate(quantities):
        stop = quantities[index + 1].start if index + 1 < len(quantities) else span[1]
        right = _WALL.split(text[quantity.end : stop], maxsplit=1)[0]
        left = text[span[0] : quantity.start]
        if text[quantity.end : quantity.end + 2] in ("）的", ")的") and left[-1:] in "（(":
            # 占全省上市公司总量（175户）的46.3%: the whole stands in brackets inside the name of its share.
            continue
        if roles.is_scope(quantity, left, right, prose=True):
            continue
        candidates.append(quantity)
    return [q for i, q in enumerate(candidates) if not _counts_subject(text, span, candidates, i)]


def _counts_subject(text: str, span: Span, candidates: list[Quantity], index: int) -> bool:
    """339个城市优良天数占85.5%: the count belongs to the subject of the figure that follows in its clause."""
    quantity = candidates[index]
    if index + 1 >= len(candidates) or quantity.kind != "count":
        return False
    between = text[quantity.end : candidates[index + 1].start]
    if (
        not between
        or not regex.match(r"[\p{Han}“\"A-Za-z]", between)
        or any(c in HARD or c in "、（()）" for c in between)
    ):
        return False
    noun = names.noun_behind(between)
    if not noun:
        return False
    left = text[span[0] : quantity.start]
    wall = max((left.rfind(c) for c in "，,；;：:。、（("), default=-1)
    verb = names.ends_in_verb(left[wall + 1 :])
    if roles.governor(left[wall + 1 :], None, None) is not None and regex.search("仅|只|实际|已|完成", between):
        # 计划建设的20个菜市场仅完工13个: one clause tells the promise and what was done.
        return False
    following = candidates[index + 1]
    if verb and lexicon.verbs().get(verb.rstrip("了过"), None) is not None and following.kind == "count":
        return lexicon.verbs()[verb.rstrip("了过")].sense == "scope"
    return not verb or following.kind != "count"


def _joint_names(frame: Frame, so_far: Sequence[Mention]) -> tuple[dict[int, str], dict[int, tuple[int, int]]]:
    """For figures behind 分别: the clause each would have of its own, or how far back the thing stands it repeats."""
    found: dict[int, str] = {}
    same: dict[int, tuple[int, int]] = {}
    for first, last, subject, predicate in joint_runs(frame):
        count = last - first + 1
        stripped, _ = names.strip_lead(subject)
        base = regex.search(r"(?:比|较)(?:上年|去年|同期)[^，]{0,4}$", stripped)
        thing = _COMPARED_TO.sub("", stripped[: base.start()] if base else stripped)
        promise = lexicon.promise_tail().search(thing)
        noun = promise.group() if promise else ""
        things = split_things(thing[: len(thing) - len(noun)], count)
        for offset in range(count):
            if things is not None:
                found[first + offset] = f"{things[offset]}{base.group() if base else ''}{noun}{predicate}"
            elif len(thing) - len(noun) < 2 or (noun and len(thing) - len(noun) <= 4 and len(so_far) >= count):
                found[first + offset] = f"{subject}{predicate}"
                same[first + offset] = (offset, count)
    return found, same


def _shared_things(left: str, quantity: Quantity) -> list[str]:
    """One rate for several things (排放量要分别下降2%, 动工率都要到100%): the clause of each."""
    match = _SHARED.search(left)
    if match is None or quantity.unit not in names.RATES:
        return []
    subject, _ = names.strip_lead(left[: match.start()])
    for count in (2, 3, 4):
        things = split_things(subject, count)
        if things is not None and all(len(thing) > 2 for thing in things):
            return [f"{thing}{left[match.end() :]}" for thing in things]
    return []


def _answers_actual(mention: Mention, so_far: Sequence[Mention], text: str) -> bool:
    """A promise told right behind its actual ("增长6.6%，当年目标是6.5%") opens no list of promises."""
    if mention.role != "target" or text[mention.end : mention.end + 1] in "：:":
        return False
    return any(m.topic == mention.topic and m.role == "actual" and m.sentence == mention.sentence for m in so_far)


def _mention(
    state: _State,
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
    decision = roles.decide(
        quantity,
        left,
        right + ("|" if joined else ""),
        part,
        mode,
        completion_seen=state.completion_seen,
        before=before.role if before else None,
        bracket=frame.separator(index) in ("（", "("),
    )
    if decision.role == "target" and decision.rule in ("target.promise-behind", "target.set-against"):
        quantity = _uncompared(quantity)
    if decision.rule == "completion.rate-noun" and not _has_level(state, frame):
        decision = replace(decision, role="target" if mode == "target" else "actual", rule="rate-of-work")
    elif decision.role in ("actual", "compare") and _carries_gap(state, frame, left):
        decision = replace(decision, role="gap", rule="gap.carried")
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
    separator = frame.separator(index)
    if mention.role == "actual" and _bare_share_in_bracket(mention, separator, state):
        mention.role, mention.rule, mention.score = "completion", "completion.bracket", 0.7
    if not (same is not None and _repeat(state, mention, same)):
        _name(state, mention, separator, joint)
    _answer(mention, state)
    if mention.rule == "mode.target" and reach == "clause" and _promised_before(mention, state):
        mention.role, mention.rule, mention.score = "actual", "told-again", 0.75
    _goes_on(mention, state, separator)
    if mention.role == "completion":
        state.completion_seen = True
    sentence_left = frame.text[frame.start : quantity.start]
    mention.forecast = any(cue.pattern.search(sentence_left[-24:]) for cue in lexicon.cues("forecast"))
    mention.whole = bool(regex.search(r"全部|全覆盖|都要?到|均达到?", f"{left}{quantity.text}{right}"))
    mention.distributed = roles.distributed(frame.text[frame.left_wall(quantity.start) : quantity.start])
    state.mentions.append(mention)
    aside = left.startswith("其中") and state.last is not None and not names.only_verbs(names.strip_lead(left)[0])
    if mention.role not in ("rank", "scope", "denominator") and not aside:
        state.last = mention
    return mention


def _goes_on(mention: Mention, state: _State, separator: str) -> None:
    """In a list tied by 、 the items share the part that the first one plays: 下达任务磷铵77万吨、尿素200万吨."""
    before = state.mentions[-1] if state.mentions else None
    glued = separator == "、" or mention.left in ("和", "及", "与", "以及")
    if before is None or not glued or before.sentence != mention.sentence or mention.role != "actual":
        return
    if (
        before.role == "target"
        and not before.rule.startswith("mode")
        and not lexicon.verb_pattern().search(mention.left)
    ):
        mention.role, mention.rule, mention.score = "target", "listed-on", 0.8
    elif before.role == "baseline" and before.quantity.unit == mention.quantity.unit and not mention.left:
        mention.role, mention.rule = "baseline", "listed-on"


_COMPARED = regex.compile(r"^(?:低于|高于|超过|超出|未达到?|没有?达到|不及|好于|优于|突破|超)")


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


def _has_level(state: _State, frame: Frame) -> bool:
    """Whether the sentence told an amount that a rate of completion can speak of."""
    return any(
        m.sentence == (frame.start, frame.end) and m.role in ("actual", "target", "completion") for m in state.mentions
    )


def _carries_gap(state: _State, frame: Frame, left: str) -> bool:
    """死亡总数比下达数好37.5个百分点，较大事故好49.4个百分点: the second leaves the promise out."""
    before = state.mentions[-1] if state.mentions else None
    return (
        before is not None
        and before.role == "gap"
        and before.sentence == (frame.start, frame.end)
        and len(left) > 1
        and left[-1] == before.left[-1:]
        and left[-1] in "好差高低多少优"
    )


_UNSURE = ("mode.none", "mode.actual")


def _answer(mention: Mention, state: _State) -> None:
    """ "原定300名…，实际到岗241名": what stands before the answer was the promise, though no word says so."""
    if mention.role != "actual" or not state.mentions or not _answers(mention, state.mentions[-1], state.mentions):
        return
    for earlier in reversed(state.mentions):
        if earlier.sentence != mention.sentence:
            return
        if earlier.topic == mention.topic and earlier.role == "actual" and earlier.rule in _UNSURE:
            earlier.role, earlier.rule, earlier.score = "target", "answered", 0.7
            return


def _promised_before(mention: Mention, state: _State) -> bool:
    """计划减贫8600人，年底算账减贫8927人: what one sentence promises twice it first promised and then told."""
    return any(
        m.sentence == mention.sentence
        and m.role == "target"
        and m.quantity.unit == mention.quantity.unit
        and m.name.change == mention.name.change
        and len(m.name.core) > 2
        and m.name.core == mention.name.core
        and m.quantity.text != mention.quantity.text
        for m in state.mentions
    )


def _bare_share_in_bracket(mention: Mention, separator: str, state: _State) -> bool:
    """高速970.6亿元(94.2%…) after sentences that told rates of completion: the same in short."""
    return (
        state.completion_seen
        and mention.quantity.unit == "%"
        and not mention.left
        and separator in "（("
        and separator != ""
        and not mention.right
    )


def _name(state: _State, mention: Mention, separator: str, joint: bool) -> None:
    """Gives the mention its indicator and topic; what is left out is put back from the mention before it."""
    quantity, left, right = mention.quantity, mention.left, mention.right
    previous = state.last
    thing, change, word = names.split_change(left, quantity.unit)
    if mention.role in ("gap", "completion"):
        change = None
        thing = "" if left == "的" else _before_promise(left)
    elif mention.role == "compare":
        thing, change, word = left, None, ""
    if mention.role == "target":
        thing = lexicon.set_against_tail().sub("", lexicon.promise_tail().sub("", thing))
    if previous is not None and previous.role == "target":
        thing = names.PROMISED_HEAD.sub("", thing)
    context = f"{left}{right}"
    thing, _ = names.strip_lead(names.strip_tail(thing))
    thing = thing.strip("的 、“") if thing.endswith("的") else thing
    noun = _counted_noun(mention, thing, right, change)
    if noun:
        verb = names.ends_in_verb(thing)
        thing = f"{verb}{noun}" if verb and len(thing) > 12 else f"{thing}{noun}"
    elif (
        quantity.kind in roles.MEASURES
        and right
        and not thing
        and mention.rule != "target.promise-behind"
        and not names.opens_predicate(right)
    ):
        thing = right
    if state.label and change is None and mention.role not in ("completion", "gap") and _first_of(state, mention):
        bare = thing if thing and names.only_verbs(thing) else ""
        behind = lexicon.verb_pattern().search(right) if not thing and not noun else None
        if bare or names.is_generic(thing) or behind:
            text = f"{state.label}{thing or (behind.group() if behind else '')}"
            _own(state, mention, names.build(text, context=context, anchor=state.label))
            return
    spoken = mention.role not in ("completion", "gap")
    if spoken and (previous is None or not comparable(previous.quantity.unit, quantity.unit)):
        seeded = _seed_anchor(state, mention)
        if seeded and change is None and (not thing or names.only_verbs(thing) or names.is_generic(thing)):
            text = seeded if not thing or seeded.endswith(thing) else f"{seeded}{thing}"
            built = names.build(text, subject=state.subject, change=change, word=word, context=context, anchor=seeded)
            _own(state, mention, built)
            return
    if previous is None:
        _own(state, mention, names.build(thing, subject=state.subject, change=change, word=word, context=context))
        return
    anchor = previous.name.anchor or previous.name.text
    if mention.role == "compare" and (own := _COMPARES.match(left)):
        thing = f"{anchor}{own.group()}"
    if thing.startswith("占"):
        thing = f"{anchor}{thing}{'比' if thing == '占' else ''}"
    if level := names.bare_level(thing):
        # 国家级4家、省级15家: the level stands for the thing it qualifies.
        built = names.build(names.at_level(thing, level, anchor), subject=state.subject, context=context, anchor=anchor)
        _own(state, mention, built)
        return
    only_verb = bool(thing) and names.only_verbs(thing) and not noun
    if not thing or (only_verb and _answers(mention, previous, state.mentions)):
        _inherit_topic(state, mention, previous, change, word)
    elif (only_verb or names.is_generic(thing)) and anchor and (separator or not state.subject):
        text = thing if anchor.endswith(thing) else f"{anchor}{thing}"
        built = names.build(text, subject=state.subject, change=change, word=word, context=context, anchor=anchor)
        _own(state, mention, built)
    else:
        built = names.build(thing, subject=state.subject, change=change, word=word, context=context)
        if not joint and not noun and _coordinated(mention, built, previous, separator):
            built = names.inherit(built, previous.name, level=_hands_level_on(state, mention))
        _own(state, mention, built)


def _first_of(state: _State, mention: Mention) -> bool:
    """Whether a mention goes on with its sentence's label: no thing of its own name stands between."""
    own = [m for m in state.mentions if m.sentence == mention.sentence]
    return all(m.name.anchor == state.label or m.name.change is not None for m in own)


def _seed_anchor(state: _State, mention: Mention) -> str:
    """The thing that a cell speaks of when it names none: the task's target in the same unit, or its heading."""
    for seed in state.seeds:
        if comparable(seed.quantity.unit, mention.quantity.unit) and seed.name.change is None:
            return seed.name.anchor or seed.name.text
    return state.heading if mention.part.role in ("target", "schedule", "result") else ""


def _repeat(state: _State, mention: Mention, same: tuple[int, int]) -> bool:
    """分别 without things of its own: the ``same[0]``-th of the ``same[1]`` things listed before."""
    place, count = same
    _, change, word = names.split_change(mention.left, mention.quantity.unit)
    listed = [m for m in state.mentions if m.role in ("target", "actual") and m.name.change is None]
    if mention.role not in ("completion", "gap") and mention.quantity.unit in names.RATES and change is None:
        listed = [m for m in state.mentions if m.role in ("target", "actual")]
    if mention.run_start is not None:
        listed = [m for m in listed if m.start < mention.run_start]
    if len(listed) < count:
        return False
    source = listed[len(listed) - count + place]
    if change is not None:
        thing = source.name.text if source.name.change is None else source.name.anchor
        _own(state, mention, names.build(thing, subject=source.name.subject, change=change, word=word))
    else:
        mention.name, mention.topic = source.name, source.topic
    return True


def _hands_level_on(state: _State, mention: Mention) -> bool:
    """市级…68家、省级…32家、省级…12家、“小巨人”15家: a list that prints several levels leaves none to be understood."""
    found: list[str] = []
    for earlier in reversed(state.mentions):
        between = mention.part.passage.text[earlier.end : mention.start]
        if earlier.sentence != mention.sentence or any(c in "；;。" for c in between):
            break
        if earlier.name.level is not None and earlier.name.level_printed:
            found.append(earlier.name.level)
    return len(found) < 2


def _own(state: _State, mention: Mention, name: Name) -> None:
    """Gives the mention a name and opens a topic with it."""
    mention.name = name
    mention.topic = state.topics
    state.topics += 1


def _counted_noun(mention: Mention, thing: str, right: str, change: str | None) -> str:
    """The noun behind a count (8家企业获得…), or behind a measure whose verb stands in front (给予700万元的奖补)."""
    if change is not None or mention.role in ("gap", "completion"):
        return ""
    if mention.rule == "target.promise-behind":
        right = names.PROMISED.sub("", right)
        if names.PROMISED_HEAD.match(right) or not right:
            return ""
    if mention.quantity.kind in roles.MEASURES:
        return names.noun_behind(right)
    noun = names.noun_behind(right)
    return noun if len(noun) > 1 and (not thing or names.ends_in_verb(mention.left)) else ""


def _answers(mention: Mention, previous: Mention, so_far: Sequence[Mention] = ()) -> bool:
    """Whether a bare verb gives the answer to the promise before it: 要建35万亩，建成31万亩."""
    if previous.role == "target" and mention.role == "actual":
        _, stage = names.flow_stage(mention.left)
        if stage is not None and previous.name.stage not in (stage, None):
            return False
        return not any(m.role == "actual" and m.topic == previous.topic for m in so_far)
    if previous.rule == "mode.none" and mention.rule == "mode.none" and _bare_verb_of(mention, previous):
        return True
    return any(cue.pattern.search(mention.left) for cue in lexicon.cues("answer"))


def _bare_verb_of(mention: Mention, previous: Mention) -> bool:
    """ "TOD土地出让2宗已成交1宗", "建设网箱300口,投放126口": a bare verb with less of the same unit tells what was done."""
    left = names.strip_lead(mention.left)[0]
    if (
        mention.left.startswith("其中")
        or not mention.left
        or not (names.only_verbs(left) or not names.strip_tail(left))
    ):
        return False
    if previous.quantity.unit != mention.quantity.unit or mention.sentence != previous.sentence:
        return False
    if names.flow_stage(mention.left)[0] is not None:
        return False
    return "完成" in mention.left or (previous.name.stage is None and previous.name.flow is None)


def _before_promise(left: str) -> str:
    """What stands in front of the words that name the promise: 较大事故起数占国家控制数的 -> 较大事故起数."""
    for section in ("gap", "completion"):
        for cue in lexicon.cues(section):
            if match := cue.pattern.search(left):
                return left[: match.start()]
    return left


def _inherit_topic(state: _State, mention: Mention, previous: Mention, change: Change | None, word: str) -> None:
    """A clause without a name of its own goes on with the thing before it."""
    if change is not None and change != previous.name.change:
        base = previous.name
        thing = base.text if base.change is None else base.anchor
        _own(state, mention, names.build(thing, subject=base.subject, change=change, word=word, context=mention.left))
        return
    source = _inherited_from(state, mention, previous)
    mention.name = source.name
    mention.topic = source.topic


def _inherited_from(state: _State, mention: Mention, previous: Mention) -> Mention:
    """The mention whose thing is meant: a level is not the growth told between (120亿元，增29%，任务132亿元)."""
    level_wanted = mention.role == "completion" or mention.quantity.unit not in names.RATES
    for earlier in reversed(state.mentions):
        if earlier.sentence != mention.sentence:
            break
        if earlier.role not in ("actual", "target", "baseline"):
            continue
        if mention.role == "completion" and earlier.name.change is None:
            return earlier
        if mention.role == "gap":
            points = mention.quantity.unit in ("%", "百分点")
            if (points and earlier.quantity.unit in ("%", "百分点")) or (
                not points and comparable(earlier.quantity.unit, mention.quantity.unit)
            ):
                return earlier
            continue
        if level_wanted and earlier.name.change is None and comparable(earlier.quantity.unit, mention.quantity.unit):
            return earlier
        if not level_wanted and comparable(earlier.quantity.unit, mention.quantity.unit):
            return earlier
    return previous


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


def _claims(mentions: list[Mention], frame: Frame, part: Part) -> None:
    """A clause without figures that claims (超额完成年度目标任务) speaks of the figures in front of it."""
    for start, end in frame.clauses_without_figures():
        clause = frame.text[start:end]
        before = [m for m in mentions if m.end <= start and m.role in ("actual", "compare")]
        kept = next((cue for cue in lexicon.cues("claim_of_target") if cue.pattern.search(clause)), None)
        if kept is not None and part.role == "prose" and before and before[-1].rule == "mode.none":
            for mention in _with_siblings(before, before[-1:]):
                if not any(m.topic == mention.topic and m is not mention for m in mentions):
                    mention.role, mention.rule, mention.claim = "target", kept.id, kept.verdict
            continue
        cue = next((cue for cue in lexicon.cues("claim") if cue.pattern.search(clause)), None)
        if cue is None:
            continue
        after = [m for m in mentions if m.start >= end and m.role in ("actual", "compare")]
        chosen = before[-1:] or after[:1]
        for mention in _with_siblings(before, chosen):
            mention.claim = cue.verdict


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
