"""What a figure's own words name: the thing, its change, the noun behind the figure."""

from __future__ import annotations

import re
from dataclasses import dataclass

import regex

from indicators.extract import lexicon, names, roles
from indicators.extract.answering import spent_of
from indicators.extract.model import UNSURE, Mention, Movement
from indicators.extract.reading import Reading
from indicators.quantities import comparable
from indicators.rulebook import phrase, rare

_BEHIND_BRACKET = regex.compile(r"[）)][、，,；;]\s*")
_CLAUSE = re.compile(r"[，,；;：:]")
_LABEL = regex.compile(r"[\p{Han}A-Za-z“”（）()]{3,20}")
_SHORT = 4
"""Characters of an abbreviation at most: 化债 for 化解隐性债务."""
_LONG = 12
"""Characters of a thing beyond which the noun behind its figure stands for all of it but the verb."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What the words of a clause name; what they leave out is for others to put back."""

    thing: str
    change: Movement | None
    word: str
    """The word for the change: 增长."""
    noun: str
    """The noun behind the figure that ``thing`` ends in: 8家企业."""
    context: str
    """All words of the clause but who promised what to whom."""


def own_wording(state: Reading, mention: Mention, previous: Mention | None) -> Wording:
    """What the words around a mention name; ``previous`` is the mention that it may go on with."""
    right = mention.right
    context = f"{names.own_words(mention.left)}{right}"
    thing, change, word = _in_front(mention, previous)
    thing = phrase("names", "year_behind").sub("", names.strip_lead(thing)[0])
    thing = thing.strip("的 、“") if thing.endswith("的") else thing
    if lexicon.form_of(mention.rule) == "bounds-share":
        thing = phrase("names", "bound_on_share").sub("占", thing)
    if previous is not None and (
        _told_in_short(mention, previous, thing)
        or _done_plainly(state, mention, previous)
        or _promised_in_short(mention, previous, thing)
        or _stands_for_result(mention, previous)
        or phrase("names", "this_one").fullmatch(thing)
    ):
        thing = ""
    if _asks_for_what_follows(mention):
        return Wording(right, None, "", "", context)
    if not thing and (mention.role == "target" or (mention.role == "actual" and change is None)):
        thing = _before_bracket(state, mention)
    noun = _counted_noun(mention, thing, right.lstrip("”"), change)
    if noun and _qualifies_promise(mention, previous):
        noun = ""  # 合格率97.4%，高于97%的质量目标
    elif lexicon.form_of(mention.rule) == "whole" and previous is not None and noun in previous.name.text:
        noun = ""  # 完成投资612亿元，占全年1350亿元投资计划的45.3%
    if noun:
        verb = names.ends_in_verb(thing)
        thing = f"{verb}{noun}" if verb and len(thing) > _LONG else f"{thing}{noun}"
    elif not thing and _counts_what_follows(mention):
        thing = right.strip("”")
    elif not thing and mention.role == "target" and not state.mentions.of_sentence(mention.sentence):
        planned = phrase("names", "planned_money").search(mention.left)
        thing = planned["what"] if planned is not None else ""
    return Wording(thing, change, word, noun, context)


def _asks_for_what_follows(mention: Mention) -> bool:
    """省厅要求6月底前100%兑付到户: in front stands who asks and by when, and behind the share what is to be done."""
    if mention.role != "target" or mention.quantity.unit != "%" or mention.right[:1] in ("", "的"):
        return False
    if lexicon.form_of(mention.rule) == "noun-behind" or phrase("names", "promise_ahead").match(mention.right):
        return False
    return phrase("answers", "asked_by").fullmatch(mention.left) is not None


def _qualifies_promise(mention: Mention, previous: Mention | None) -> bool:
    """Whether the noun behind a figure only says what kind of promise the figure in front of it is set against."""
    if lexicon.form_of(mention.rule) != "noun-behind" or previous is None or previous.role != "actual":
        return False
    between = mention.part.passage.text[previous.end : mention.start]
    set_against = between[:1] in "，,；;" and phrase("names", "set_against").fullmatch(between, 1) is not None
    return set_against and comparable(previous.quantity.unit, mention.quantity.unit)


def _in_front(mention: Mention, previous: Mention | None) -> tuple[str, Movement | None, str]:
    """``(thing, change, word)`` of the words in front, without what links them to the figure or names the promise."""
    left, unit = phrase("names", "moved_to_year").sub("", names.unlisted(mention.left)), mention.quantity.unit
    if mention.role == "baseline":
        left = phrase("names", "base_told").sub("", left)
    thing, change, word = names.split_change(left, unit)
    thing = names.without_ground(thing)
    if mention.role in ("gap", "completion"):
        thing, change = "" if _of_promise(mention) else _before_promise(left), None
    elif mention.role == "compare":
        thing, change, word = left, None, ""
    if mention.rule == roles.SAID:
        thing = names.without_ground(_without_promise(_beside_saying(thing)))
    elif mention.role == "target" or mention.rule == "amount-done":
        thing = lexicon.set_against_tail().sub("", _without_promise(rare("names", "promise_held").cut(thing)))
        thing = rare("names", "measured_from").cut(thing)
    if previous is not None and previous.role == "target":
        thing = phrase("names", "promise_ahead").sub("", thing)
    thing = thing.removesuffix("”") if "“" not in thing else thing
    if _names_promise_only(mention, previous, thing, change):
        thing = ""
    thing = names.strip_tail(thing)
    if mention.role == "target":
        # 要求控制在1.6以下: the linking words hide a noun for the promise.
        thing = rare("names", "promise_subject").cut(lexicon.promise_tail().cut(thing))
        if change is None:
            # 能耗强度降低目标是3.5%: the change stands in front of the noun for the promise.
            thing, change, word = names.split_change(thing, unit)
        if change is None and unit == "%" and phrase("names", "moves_itself").search(thing):
            change = "up"  # 物价系在3.5%左右: a price in per cent is how far it rises
        if thing.isdecimal() and phrase("links", "plan_of_years").search(mention.left):
            thing = ""  # 2010年规划目标; 2020年预期目标 is another year's
    return thing, change, word


def _beside_saying(thing: str) -> str:
    """入户率喊的是, 给外贸定的调子是: what a promise told in plain words is of, the verb of what is to be done kept."""
    said = lexicon.promise_said().search(thing)
    if said is None:
        return thing
    front, told = names.strip_lead(thing[: said.start()])[0], said.groupdict()
    return f"{front or told['thing'] or ''}{told['verb'] or ''}"


def _without_promise(thing: str) -> str:
    """重点项目年度计划投资: the noun for the promise falls away, what is invested stays."""
    left = lexicon.promise_tail().cut(thing)
    kept = phrase("names", "invested").search(thing, len(left))
    return f"{left}{kept.group()}" if left and kept is not None and kept.group() not in left else left


def _of_promise(mention: Mention) -> bool:
    """Whether a rate or a distance speaks of the promise that stands right in front of it."""
    behind = mention.rule in ("gap.behind-promise", "completion.behind-promise", "completion.of-figure")
    return behind or phrase("names", "promise_ahead").sub("", mention.left) == "的"


def _names_promise_only(mention: Mention, previous: Mention | None, thing: str, change: Movement | None) -> bool:
    """Whether the words in front tell only that something is promised, and not what."""
    against = lexicon.form_of(mention.rule) in ("noun-behind", "against")
    if against and phrase("names", "set_against").fullmatch(mention.left):
        return True  # 低于国资委70%的管控线: who drew the line is no name
    if previous is not None and _is_asked(mention, previous):
        return True
    if previous is not None and change is None and lexicon.form_of(mention.rule) == "names-nothing":
        return True  # 税收86亿元，合同约定80亿元, 绿地新增12公顷（目标新增10公顷）
    if phrase("names", "measured_by").fullmatch(mention.left):
        return True
    if lexicon.form_of(mention.rule) == "whole" and phrase("names", "opens_share").match(thing):
        return True  # 完成投资3亿元，占年度投资5亿元的60%
    if previous is not None and (by := phrase("names", "taken_by").match(thing)) is not None:
        # 铁路投资260亿元，按照年初全年投资800亿元的盘子: what is told again of the name stands for all of it.
        return by.end() < len(thing) and thing[by.end() :] in previous.name.text
    return False


def _counts_what_follows(mention: Mention) -> bool:
    """Whether what stands behind a count is what it counts, and no more is said: 52家规上企业."""
    right = mention.right
    return (
        mention.quantity.kind in roles.MEASURES
        and bool(right)
        and right[0] not in "（("
        and lexicon.form_of(mention.rule) != "noun-behind"
        and not phrase("names", "promise_ahead").match(right)
        and not names.opens_predicate(right)
    )


def _is_asked(mention: Mention, previous: Mention) -> bool:
    """青年项目占50%，指南要求不低于40%: who asks for it names no other thing."""
    if mention.role != "target" or previous.role != "actual" or previous.sentence != mention.sentence:
        return False
    return comparable(previous.quantity.unit, mention.quantity.unit) and bool(
        phrase("answers", "asked_by").fullmatch(mention.left)
    )


def _told_in_short(mention: Mention, previous: Mention, thing: str) -> bool:
    """事故死亡人数控制指标30人，实际死亡10人: what the answer repeats of its promise's name is no thing of its own."""
    if mention.role != "actual" or previous.sentence != mention.sentence:
        return False
    if previous.role == "actual":
        # 取水许可证换发260本，已换发238本: the verb of an amount told as done makes that amount what was promised
        again = phrase("answers", "verb_again").fullmatch(mention.left)
        again_told = again is not None and previous.name.text.endswith(again["verb"])
        return previous.rule in UNSURE and (again_told or spent_of(mention, previous))
    if previous.role != "target":
        return False
    told = any(cue.pattern.match(mention.left) for cue in lexicon.cues_in("answer", mention.left))
    verbs = len(thing) > 2 and names.only_verbs(thing) and thing[:2] in previous.name.text  # 搬迁 …… 已搬迁入住
    stem = thing.removesuffix("率") if mention.quantity.unit == "%" else ""  # 要求100%兑付到户，实际兑付率96.7%
    short = bool(thing) and (thing in previous.name.text or verbs or (len(stem) > 1 and stem in previous.name.text))
    # 公务经费全年控制数为640万元，上半年支出318万元
    spent = phrase("answers", "spent").search(f"{previous.name.text}|{thing}") is not None
    return ((told and short) or spent) and previous.quantity.unit == mention.quantity.unit


def _done_plainly(state: Reading, mention: Mention, previous: Mention) -> bool:
    """修路要200公里，修了180公里: a bare verb told as done, in the unit of the promise right in front of it.

    Another figure of the same promise may stand between: 要投585亿元，到位416亿元，投下去392亿元.
    """
    if mention.role != "actual" or previous.quantity.unit in names.RATES:
        return False
    again = previous.sentence == mention.sentence and state.mentions.is_promised(previous.topic)
    if previous.role != "target" and not (previous.role == "actual" and again):
        return False
    if not comparable(previous.quantity.unit, mention.quantity.unit):
        return False
    return phrase("answers", "done_plainly").fullmatch(names.strip_lead(mention.left)[0]) is not None


def _stands_for_result(mention: Mention, previous: Mention) -> bool:
    """年末统计为2.8万人, 执行结果为58所: words for the result itself name no thing of their own."""
    if mention.role != "actual" or not comparable(previous.quantity.unit, mention.quantity.unit):
        return False
    return phrase("answers", "result_noun").fullmatch(mention.left) is not None


def _promised_in_short(mention: Mention, previous: Mention, thing: str) -> bool:
    """化解隐性债务9.2亿元，完成年度化债计划9亿元: an abbreviation of what was told names no other thing."""
    if mention.role != "target" or previous.role != "actual" or previous.sentence != mention.sentence:
        return False
    reached = phrase("figures", "reached_promise").match(mention.left) is not None
    if len(thing) > 1 and previous.name.text.endswith(f"{thing}率"):
        return mention.quantity.unit == previous.quantity.unit == "%"  # 完工率72.4%，年度完工目标为70%以上
    short = 1 < len(thing) <= _SHORT and set(thing) <= set(previous.name.text)
    return reached and short and previous.quantity.unit == mention.quantity.unit


def clause_in_front(state: Reading, mention: Mention, previous: Mention | None, own: Wording) -> str:
    """水果产量再创新高，全年达到200万吨: the thing of a bare figure stands in the clause before, which has none."""
    unit = mention.quantity.unit
    if mention.wall is None or (own.thing and not names.only_verbs(own.thing) and not names.is_generic(own.thing)):
        return ""
    text = mention.part.passage.text
    opened = max(text.rfind(wall, mention.sentence[0], mention.wall) for wall in "；;")  # …，为95%；白水市最低，为62%
    before = (m for m in state.mentions.of_sentence(mention.sentence) if m.start > opened)
    if any(m.role in ("actual", "target") for m in before):
        return ""
    if label := _whole_label(state, mention):
        return label
    theme = phrase("names", "theme").fullmatch(text[mention.sentence[0] : mention.wall + 1])
    if theme is not None:
        return theme["thing"]  # 外资方面，市里定的是8603万美元
    if previous is not None and previous.quantity.unit == unit and unit not in names.RATES:
        return ""  # 新建100座。进展明显加快，已完成95座
    front = _CLAUSE.split(text[mention.sentence[0] : mention.wall])[-1]
    named = mention.role == "target" and not own.thing and text[mention.wall] in "，,"
    return names.told_thing(front) or (_bare_topic(front) if named else "")


def _bare_topic(clause: str) -> str:
    """农村改厕，省里派3万户: the thing that a clause names, and no more, in front of what was promised for it."""
    thing = names.strip_lead(clause)[0]
    return thing if phrase("names", "bare_topic").fullmatch(thing) else ""


def _whole_label(state: Reading, mention: Mention) -> str:
    """规上工业总产值：年度目标210亿元: a sentence's opening that the first figure behind its colon is of."""
    text, (begin, _) = mention.part.passage.text, mention.sentence
    if mention.wall is None or text[mention.wall] not in "：:" or state.label:
        return ""
    label = text[begin : mention.wall].strip()
    if not _LABEL.fullmatch(label) or phrase("names", "no_subject").search(label):
        return ""
    return names.strip_tail(names.strip_lead(label)[0])


def _before_bracket(state: Reading, mention: Mention) -> str:
    """夏粮产量（目标20万吨）、油料产量（目标4万吨）: what stands in front of the bracket, no figure between."""
    if not mention.in_bracket:
        return ""
    text = mention.part.passage.text
    own = state.mentions.of_sentence(mention.sentence)
    if not own:
        clause = _CLAUSE.split(text[mention.sentence[0] : mention.wall])[-1]
        return names.strip_lead(names.strip_tail(clause))[0]
    behind = _BEHIND_BRACKET.match(text, own[-1].end, mention.wall)
    clause = text[behind.end() : mention.wall] if behind is not None else ""
    return "" if _CLAUSE.search(clause) else names.strip_lead(names.strip_tail(clause))[0]


def _counted_noun(mention: Mention, thing: str, right: str, change: str | None) -> str:
    """The noun behind a count (8家企业获得…), or behind a measure whose verb stands in front (给予50万元的奖励)."""
    if change is not None or mention.role in ("gap", "completion"):
        return ""
    if mention.quantity.kind in roles.MEASURES and rare("answers", "status_behind").match(right):
        return right  # 3项任务推进缓慢
    if lexicon.form_of(mention.rule) == "noun-behind":
        right = phrase("names", "promise_behind").sub("", right)
    elif lexicon.form_of(mention.rule) == "whole":
        right = phrase("names", "promise_behind").sub("", right.removesuffix("的"))
    if phrase("names", "promise_ahead").match(right) or not right or right[0] in "（(":
        return ""
    if mention.role == "baseline" and phrase("answers", "promise_changed").fullmatch(right):
        return ""  # 任务由20所调整为26所
    if mention.quantity.kind in roles.MEASURES:
        return names.noun_behind(right)
    noun = names.noun_behind(right)
    moved = phrase("links", "moved_to").fullmatch(right) is not None
    if mention.role == "baseline" and (moved or not names.strip_tail(noun)):
        return ""  # 由54%提高到55%: what stands behind leads on to the next figure
    return noun if len(noun) > 1 and (not thing or names.ends_in_verb(mention.left)) else ""


def _before_promise(left: str) -> str:
    """What stands in front of the words that name the promise: 用水总量占控制数的 -> 用水总量."""
    for section in ("gap", "completion"):
        for cue in lexicon.cues_in(section, left):
            if match := cue.pattern.search(left):
                return left[: match.start()]
    carried = phrase("figures", "share_of").search(left)  # 玉米160万亩，占92.8%: the verb alone goes on with the rates
    return left[: carried.start("verb")] if carried is not None else left
