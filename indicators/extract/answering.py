"""What, inside one sentence, answers the promise told before it: 全年新建…, 建成31万亩, 分别建成2家、13家.

The first half is asked while the role of a figure is open, the second of a mention that has its role.
"""

from __future__ import annotations

import re

from indicators.extract import lexicon, names
from indicators.extract.clauses import AND, Frame
from indicators.extract.figure import Figure
from indicators.extract.model import ANSWERED, GOVERNED, UNSURE, Mention
from indicators.extract.reading import Reading
from indicators.extract.told import Told
from indicators.quantities import comparable
from indicators.quantities.years import named_years
from indicators.rulebook import phrase, rare
from indicators.schema.quantity import Period, Quantity

_STEPS = ("apply", "sign", "start")
_UNDER_WAY = ("apply", "sign", "land", "start")
"""Steps that a promise passes through before it is kept; a bare verb of these opens a topic of its own."""
_PARTS_OF_YEAR = ("half", "quarter", "months", "until")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])月(?:底|末)(?!前)")
_BOTH = 2
_VERB = 2
"""Characters of a verb."""


def promised_alike(state: Reading, frame: Frame, quantity: Quantity) -> bool:
    """平均住院日：目标7天以内，实际7天: a duration is no idle one where its sentence promised one."""
    before = state.last
    own = before is not None and before.role == "target" and before.sentence == (frame.start, frame.end)
    return own and before is not None and before.quantity.unit == quantity.unit


def goes_on_promising(left: str) -> bool:
    """Whether the words in front of a figure promise, so that it answers no promise before it: 力争, 全年要改."""
    return any(phrase("answers", named).search(left) is not None for named in ("intends", "for_the_year"))


def is_step(before: Mention, left: str) -> bool:
    """改造任务600户，开工600户，竣工500户: steps told behind a promise that named the noun for itself."""
    verb = lexicon.verbs().get(left)
    return lexicon.form_of(before.rule) == "noun-ahead" and verb is not None and verb.stage is not None


def done_as_meant(state: Reading, frame: Frame, index: int, left: str) -> bool:
    """要建35万亩，建成31万亩: behind a comma a bare verb told as done, in the promise's own unit, answers it."""
    before, quantity = state.last, frame.live[index]
    if before is None or before.role != "target" or before.sentence != (frame.start, frame.end):
        return False
    step = is_step(before, left) or _verb_alone_again(before, left)
    if frame.separator(index) not in ("，", ",") or not (step or phrase("answers", "done_as_meant").fullmatch(left)):
        return False
    stage = names.flow_stage(left)[1]
    if before.name.stage is not None and stage is not None and stage != before.name.stage:
        return False  # 全年要动工64个，完工21个: another step
    own = any(char in before.left[-8:] for char in left)
    if before.name.stage in _STEPS and not own and not step:
        return False
    between = quantity.start - len(left) - 1 - before.end
    # 300人次的指标超额完成，实训350人次: what became of the promise may stand between.
    told = between == 0 or (between == len(before.right) and bool(phrase("answers", "settled").match(before.right)))
    return before.quantity.unit == quantity.unit and not quantity.bound and told


def _verb_alone_again(before: Mention, left: str) -> bool:
    """计划开工项目20个，开工17个: the verb that a named promise begins with, told again alone."""
    again = len(left) >= _VERB and before.name.text.startswith(left) and len(before.name.text) >= len(left) + _VERB
    return again and names.only_verbs(left)


def done_behind_noun(state: Reading, figure: Figure, left: str) -> bool:
    """年度计划投资12亿元，完成投资9亿元: a promise named by its noun opens no list, and 完成 answers it."""
    before = state.mentions[-1] if state.mentions else None
    if before is None or before.sentence != figure.sentence:
        return False
    if not comparable(before.quantity.unit, figure.quantity.unit):
        return False
    if lexicon.form_of(before.rule) == "noun-behind" and before.end + len(left) == figure.quantity.start:
        return phrase("answers", "kept_of_noun").fullmatch(left) is not None  # 3万亩的计划落实2.6万亩
    if lexicon.form_of(before.rule) != "noun-ahead" or figure.separator not in ("，", ","):
        return False
    return phrase("answers", "done_of_noun").fullmatch(left) is not None


def done_in_bracket(state: Reading, figure: Figure, left: str) -> bool:
    """新建苗圃3个（建成2个）: what a bracket right behind a promise tells by a verb of result alone."""
    before = state.mentions[-1] if state.mentions else None
    if before is None or before.role != "target" or figure.separator not in ("（", "("):
        return False
    beside = before.end + 1 + len(left) == figure.quantity.start and comparable(
        before.quantity.unit, figure.quantity.unit
    )
    return beside and phrase("answers", "done_in_bracket").fullmatch(left) is not None


def one_of_two(left: str, state: Reading) -> Mention | None:
    """前者完成46万吨，后者完成3万吨: which of the two promises told right before a clause speaks of."""
    place = _place_of_two(left)
    if place is None:
        return None
    own = [m for m in state.mentions if _place_of_two(m.left) is None]
    promised = [m for m in own if m.role == "target"]
    if len(promised) < _BOTH:
        promised = own[-_BOTH:]  # 军令状两条：新增停车位…，改造小区…: nothing but the answer says that both were
    unsure = all(m.role == "target" or m.rule in UNSURE for m in promised)
    if len(promised) < _BOTH or not unsure:
        return None
    return promised[place]


def _place_of_two(left: str) -> int | None:
    """Which of the last two figures a clause says that it speaks of, counted from behind: 前者, 后者."""
    told = ((-2, "former"), (-1, "latter"))
    return next((place for place, named in told if phrase("answers", named).match(left) is not None), None)


def mark_one_of_two(mention: Mention, state: Reading) -> None:
    """两件事：修路80公里，植树20万株。前者完成85公里: what one of two figures is told to have come to was promised."""
    meant = one_of_two(mention.left, state) if mention.role == "actual" and mention.rule in UNSURE else None
    if meant is None or meant.role != "actual" or not comparable(meant.quantity.unit, mention.quantity.unit):
        return
    if _place_of_two(mention.left) == -_BOTH and all(m.role == "actual" for m in state.mentions.of_topic(meant.topic)):
        for earlier in [m for m in state.mentions if _place_of_two(m.left) is None][-_BOTH:]:
            state.mentions.turn_to_promise(earlier, ANSWERED)


def mark_plan_of_years(mention: Mention, state: Reading) -> None:
    """三年安排新建学校18所，前两年建成13所: what some years brought tells that the figure in front is the plan's."""
    promised = mention.rule == GOVERNED and phrase("links", "years_over").search(mention.left) is not None
    if mention.part.role != "prose" or not (mention.role == "actual" or promised):
        return
    text, years_over = mention.part.passage.text, rare("links", "years_over")
    if years_over.search(text, mention.sentence[0], mention.start) is None:
        return  # nearly every sentence
    for earlier in reversed(state.mentions.of_sentence(mention.sentence)):
        meant = earlier.role == "target" or (earlier.role == "actual" and earlier.rule in UNSURE)
        if not meant or earlier.quantity.unit != mention.quantity.unit:
            continue
        if years_over.search(text, earlier.end, mention.start) is None:
            continue
        if any(phrase("links", named).search(earlier.in_front) for named in ("plan_length", "span_of_years")):
            if earlier.role == "actual":
                state.mentions.turn_to_promise(earlier, "plan-of-years")
            mention.role, mention.rule = "actual", "plan-of-years"
            mention.name, mention.topic = earlier.name, earlier.topic
        return


def mark_inverted(mention: Mention, state: Reading) -> None:
    """打井30眼、修渠12公里。井打成34眼，渠修了10公里: the verb behind its thing, told as done, answers the promise."""
    if mention.role not in ("actual", "target") or mention.rule not in (GOVERNED, *UNSURE):
        return
    told = phrase("answers", "done_inverted").fullmatch(names.strip_lead(mention.left)[0])
    if told is None:
        return
    meant = f"{told['verb']}{told['what']}"
    same = [m for m in state.mentions.of_unit(mention.quantity.unit) if m.end < mention.start and meant in m.left]
    promise = next((m for m in reversed(same) if m.role == "target" or m.rule in UNSURE), None)
    if promise is None or (state.mentions.is_answered(promise.topic) and promise.role == "target"):
        return
    if promise.role == "actual":
        state.mentions.turn_to_promise(promise, ANSWERED)
    mention.role, mention.rule = "actual", "told-again"
    mention.name, mention.topic = promise.name, promise.topic


def result_told(state: Reading, figure: Figure, left: str) -> bool:
    """要新增3.2万人，年末统计为2.8万人: words that only stand for the result answer the promise in front of them."""
    if (meant := one_of_two(left, state)) is not None:
        return comparable(meant.quantity.unit, figure.quantity.unit)
    before = state.mentions[-1] if state.mentions else None
    if before is None or before.role != "target" or figure.separator == "、" or figure.quantity.bound:
        return False
    alike = comparable(before.quantity.unit, figure.quantity.unit)
    return alike and phrase("answers", "result_noun").fullmatch(left) is not None


def answers_run(state: Reading, mention: Mention) -> bool:
    """新建中心2家、站点12家，分别建成2家、13家: each figure behind 分别 answers the promise whose thing it repeats."""
    return any(m.role == "target" and m.end < mention.start for m in state.mentions.of_topic(mention.topic))


def bare_answer(state: Reading, frame: Frame, quantity: Quantity, said: str) -> bool:
    """计划新增60家，全年认定57家: a bare verb behind the promise of the sentence, in its unit."""
    before = state.last
    if before is None or before.role != "target" or quantity.bound or before.sentence != (frame.start, frame.end):
        return False
    thing = names.strip_tail(names.strip_lead(said)[0])
    # 计划搬迁50人，累计搬迁安置54人: the verb of the promise comes again.
    again = _VERB <= len(thing) <= 2 * _VERB and thing[:_VERB] == before.name.text[:_VERB]
    again = again or phrase("answers", "refers_back").match(said) is not None
    return before.quantity.unit == quantity.unit and (not thing or names.only_verbs(thing) or again)


def answers(mention: Mention, previous: Mention, so_far: Told) -> bool:
    """Whether a bare verb gives the answer to the promise before it: 要建35万亩，建成31万亩."""
    if previous.rule in UNSURE and mention.rule in UNSURE and _of_another_time(mention, previous):
        return False
    if level_behind_change(mention, previous) or _of_this_year(mention, previous):
        return False
    if previous.role == "actual" and rare("answers", "came_in").search(previous.left):
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


def level_behind_change(mention: Mention, previous: Mention) -> bool:
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
    if spent_of(mention, previous):
        return True
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


def spent_of(mention: Mention, previous: Mention) -> bool:
    """发债额度40亿元，用掉36亿元: what was used of an amount that was set aside, right in front."""
    if mention.wall != previous.end or not comparable(mention.quantity.unit, previous.quantity.unit):
        return False
    return phrase("answers", "spent_of").search(f"{previous.name.text}|{mention.left}") is not None


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
            if not comparable(earlier.quantity.unit, mention.quantity.unit):
                continue  # 预计能到1.1亿元，也才67%: neither is the promise of the other
            if said_as_answer(earlier):
                return  # 已完成26件；已开工64件: neither was promised
            if phrase("answers", "stands_at").fullmatch(mention.left) and _was_passed(earlier):
                state.mentions.set_aside(earlier, "passed")
                return  # 突破500亿元大关，达到512亿元: both tell, and the second how much
            state.mentions.turn_to_promise(earlier, ANSWERED)
            earlier.score = 0.7
            return


def mark_year_ahead(mention: Mention, state: Reading) -> None:
    """今年新修公路50公里，上半年新修21公里: amid the year the figure of all of it, told in front, was promised."""
    part, own = mention.period, names.strip_tail(names.strip_lead(mention.left)[0])
    if not state.year_open or mention.role != "actual" or part is None or part.kind not in _PARTS_OF_YEAR:
        return
    if mention.quantity.unit in names.RATES or mention.quantity.value is None:
        return
    for earlier in state.mentions.of_sentence(mention.sentence):
        year, size = earlier.period, earlier.quantity.value
        if earlier.rule not in UNSURE or earlier.quantity.unit != mention.quantity.unit or size is None:
            continue
        if size < mention.quantity.value or not (_of_all_year(year) or _bare_whole(earlier, mention, own)):
            continue
        if own in earlier.name.text or mention.name.core == earlier.name.core:
            state.mentions.turn_to_promise(earlier, "year-ahead")
            mention.name, mention.topic = earlier.name, earlier.topic
            return


def _of_all_year(told: Period | None) -> bool:
    return told is not None and told.kind == "year" and told.relative == "this_year"


def _bare_whole(whole: Mention, mention: Mention, own: str) -> bool:
    """护栏3000公里，上半年610公里: a figure without a time right in front of one that tells a part of the year."""
    beside = not own and mention.wall == whole.end and whole.period is None and whole.name.change is None
    told = phrase("answers", "looks_back").search(whole.left) or phrase("answers", "stands_in_all").search(whole.left)
    return beside and not told and whole.name.stage is None and len(whole.name.core) > 1


def _was_passed(mention: Mention) -> bool:
    """突破500亿元, 迈上千亿元: the verb of passing is a bound of the figure or stands in front of it."""
    texts = (mention.quantity.text, f"{mention.left[-_VERB:]}{mention.quantity.text}")
    return any(phrase("answers", "passed").match(text) for text in texts)


def said_as_answer(mention: Mention) -> bool:
    """Whether the words in front of a figure give an answer: 实际到岗, 已开工."""
    return any(cue.pattern.search(mention.left) for cue in lexicon.cues_in("answer", mention.left))


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
    apart = any(mark in text[before.end : mention.start] for mark in "；;")
    if apart and phrase("answers", "for_the_year").match(mention.left):
        return False  # 9月底该修20公里，实际23公里；全年要修40公里、架桥6座: it opens its own list
    # 固投降2.3%，目标却是增8%: the same thing, though one falls and the other rises.
    same = before.role == "actual" and before.name.anchor == mention.name.anchor
    return same or any(m.role == "actual" and m.sentence == mention.sentence for m in so_far.of_topic(mention.topic))
