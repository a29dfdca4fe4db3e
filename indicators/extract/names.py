"""From the words around a figure to the name of the indicator, taken apart for comparison."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

import regex

from indicators.extract import lexicon
from indicators.extract.model import Movement, Name
from indicators.rulebook import phrase, rare

_LIST = re.compile(r"(?:[一二三四五六七八九十]+是|[（(]?[一二三四五六七八九十\d]+[)）]|——|-|·|•|\*)")
_QUOTES = re.compile(r"[“”\"‘’'《》<>〈〉「」\s]")
_BRACKET = re.compile(r"[（(][^（）()]*[)）]")
_NOISE = regex.compile(r"[^\p{Han}A-Za-z0-9.+]")
_QUOTED = 3
"""Characters that a quotation cut off by its figure has at least, to be more than a quoted attribute."""
RATES = frozenset({"%", "百分点", "‰", "倍", "成", "个百分点"})
TASKS = "项"
"""The unit of tasks, which a report deals with: so many are done, and none is promised."""
_VERB = 2
"""Characters of a verb."""
_NEAR = 256
"""Answers kept: role, name and topic of one figure ask about the same few words several times."""
_SEEN = 1024
"""Names kept: when all rows are told they are set against each other, every name taken apart again."""


@lru_cache(maxsize=_NEAR)
def strip_lead(text: str) -> tuple[str, str]:
    """Takes words of place, time, intent and cause off the front; returns the rest and the last such verb."""
    verb = ""
    if "“" in text and "”" not in text[text.rfind("“") :] and len(text) - text.rfind("“") > _QUOTED:
        text = text[text.rfind("“") + 1 :]  # 承诺的事项是“新建泊位300个…”: what is quoted begins with its own name
    while text:
        if (
            match := rare("names", "promiser").match(text)
            or phrase("names", "time").match(text)
            or phrase("names", "circumstance").match(text)
            or _LIST.match(text)
        ):
            text = text[match.end() :]
            continue
        lead = lexicon.lead_pattern().match(text)
        if not lead or _splits_word(text, lead.end()):
            break
        word = lead.group()
        if word in lexicon.cause_words():
            verb = word
        text = text[lead.end() :]
    return text, verb


def _splits_word(text: str, at: int) -> bool:
    """Whether a lead word is really the start of a longer word (要素, 共享, 基本医疗)."""
    match = lexicon.unsplit().match(text)
    return match is not None and match.end() > at


def unlisted(text: str) -> str:
    """一是20个项目尚未开工: a clause without what numbers it in its list."""
    listed = _LIST.match(text)
    return text[listed.end() :] if listed else text


def own_words(text: str) -> str:
    """The clause without who promised it to whom: 省里给沙渚区下达棚改任务."""
    time = phrase("names", "time").match(text)
    return rare("names", "promiser").cut(text[time.end() :] if time else text)


def without_ground(text: str) -> str:
    """A text without the ground told at its end: 目标是在优化结构的基础上 -> 目标是."""
    ground = phrase("names", "circumstance").search(text)
    return text[: ground.start()] if ground is not None and ground.end() == len(text) else text


def told_thing(clause: str) -> str:
    """What a clause without a figure speaks of, where the next clause gives its figure; "" where it says nothing."""
    if (thing := without_ground(clause)) != clause:
        return strip_lead(thing)[0]
    told = phrase("names", "told_thing").fullmatch(strip_lead(clause)[0])
    return str(told["thing"]) if told is not None else ""


@lru_cache(maxsize=_NEAR)
def strip_tail(text: str) -> str:
    """Takes linking words and nouns for the promise off the end."""
    while text:
        match = lexicon.tail_pattern().search(text)
        if not match or text[-2:] in lexicon.whole_words():
            break
        text = text[: match.start()]
    return text


def split_change(text: str, unit: str) -> tuple[str, Movement | None, str]:
    """``(thing, change, word)`` where the text ends in a word of change that applies to this unit."""
    match = lexicon.change_at_end().search(text)
    if not match:
        return text, None, ""
    word = match.group("word")
    based = bool(match.group("base"))
    if unit not in RATES and not (based and phrase("names", "based").search(match.group("base"))):
        return text, None, ""
    if not based and _only_compares(word, unit):
        return text, None, ""  # 利润18亿元，多9% tells growth
    if word in lexicon.plain_changes() and not based and match.start("word"):
        return text, None, ""  # 预算用掉38%
    return text[: match.start()], _change_of(word), word


def _only_compares(word: str, unit: str) -> bool:
    """Whether a word of change tells no growth by itself: 快2个百分点."""
    if phrase("names", "compares_only").fullmatch(word):
        return True
    return unit != "%" and phrase("names", "compares_amounts").fullmatch(word) is not None


def level_of(text: str) -> str | None:
    """The administrative level a name speaks of."""
    if not lexicon.holds_level(text):
        return None
    for level, pattern in lexicon.levels():
        if pattern.search(text):
            return level
    return None


@lru_cache(maxsize=_NEAR)
def bare_level(text: str) -> str:
    """The level word of a name that holds nothing but a level and verbs (省级, 国家级申报), else ""."""
    if not lexicon.holds_level(text):
        return ""
    for _, pattern in lexicon.levels():
        match = pattern.match(text)
        if match and match.end() >= 2:
            rest = text[match.end() :]
            if not rest or rest in lexicon.verbs():
                return str(match.group())
    return ""


def at_level(text: str, level: str, anchor: str) -> str:
    """省级 beside the anchor 国家级绿色工厂 is 省级绿色工厂; the verb behind the level stays behind the name."""
    thing = anchor
    for _, pattern in lexicon.levels():
        stripped = pattern.sub("", thing)
        thing = stripped if len(stripped) >= 2 else thing
    return f"{level}{thing}{text[len(level) :]}"


@lru_cache(maxsize=_NEAR)
def flow_stage(text: str) -> tuple[str | None, str | None]:
    """Whether a text says flow or stock, and which stage; the last stage named wins."""
    flow: str | None = None
    stage: str | None = None
    so_far = False
    for match in lexicon.verb_pattern().finditer(text):
        verb = lexicon.verbs()[match.group()]
        if verb.flow and flow != "flow":
            flow = verb.flow
        if verb.stage:
            stage = verb.stage
            if so_far and flow == "stock":
                flow = None  # 已有8所投入使用: how far what is new has come, and no stock
        so_far = phrase("names", "so_far").fullmatch(verb.word) is not None
    return flow, stage


@lru_cache(maxsize=_SEEN)
def core_of(text: str) -> str:
    """The thing alone for comparison: quotes, brackets, level words, verbs at the front out; aliases resolved."""
    text = _QUOTES.sub("", text)
    text = _BRACKET.sub("", text) or text
    text = rare("names", "promise_end").cut(text) or text
    if lexicon.any_alias().search(text):
        for pattern, standard in lexicon.aliases():
            text = pattern.sub(standard, text)
    if lexicon.holds_level(text):
        for _, pattern in lexicon.levels():
            stripped = pattern.sub("", text)
            text = stripped if len(stripped) >= 2 else text
    while match := lexicon.verb_at_start().match(text):
        if len(text) - match.end() < 2 or _splits_word(text, match.end()):
            break
        if match.group("verb") in lexicon.self_named() and is_generic(text[match.end() :]):
            break  # 造林面积: the verb holds the thing, and the attribute alone says nothing
        text = text[match.end() :]
    return rare("names", "done_inside").cut(_NOISE.sub("", text))


def build(
    text: str,
    *,
    subject: str = "",
    change: Movement | None = None,
    word: str = "",
    context: str = "",
    anchor: str = "",
) -> Name:
    """A :class:`Name` from its display text; ``context`` is the whole clause, read for stage and flow."""
    flow, stage = flow_stage(context or text)
    opening = lexicon.verb_at_start().match(text)
    shown = text
    if change is not None:
        shown = f"{text}{_change_label(change, word)}"
    return Name(
        text=shown,
        core=core_of(text),
        level=level_of(text),
        stage=stage,
        flow=flow,
        change=change,
        verb=opening.group("verb") if opening else "",
        anchor=anchor or _bare(text, opening),
        subject=subject,
    )


def _has_stage(verb: str) -> bool:
    found = lexicon.verbs().get(verb)
    return found is not None and found.stage is not None


def _bare(text: str, opening: re.Match[str] | None) -> str:
    """A name without the verbs at its front, which ``opening`` is, and at its end."""
    text = text[opening.end() :] if opening and len(text) - opening.end() >= 2 else text
    ending = lexicon.verb_at_end().search(text)
    return text[: ending.start()] if ending and ending.start() >= 2 and _has_stage(ending.group("verb")) else text


@lru_cache(maxsize=_NEAR)
def only_verbs(text: str) -> bool:
    """Whether a name holds verbs and nothing else."""
    if lexicon.only_verbs().fullmatch(text) is None or text.endswith(tuple(lexicon.self_named())):
        return False
    work = lexicon.verbs().get(text[_VERB:])  # 创业培训: work on what the first verb names
    return work is None or work.sense != "activity" or text[:_VERB] not in lexicon.self_named()


def _change_of(word: str) -> Movement:
    return "down" if lexicon.change_words().get(word) == "down" else "up"


def verb_of_change(noun: str) -> str:
    """The verb that a noun for a change stands for: 增幅 is told of what grew (增长)."""
    return _change_label(_change_of(noun), noun)


def _change_label(change: Movement, word: str) -> str:
    if len(word) >= 2 and phrase("names", "change_noun").fullmatch(word) is None:
        return word
    return "增长" if change == "up" else "下降"


def is_generic(text: str) -> bool:
    """Whether a name only names an attribute of the thing before it."""
    return text in lexicon.generic_names()


@lru_cache(maxsize=_NEAR)
def noun_behind(right: str) -> str:
    """The noun that a measure word counts, or "" where a predicate or nothing follows."""
    right = phrase("names", "tick_behind").sub("", right)
    text = phrase("names", "particle").sub("", right) if right.startswith("的") else right
    if (cut := phrase("names", "told_of").search(text)) is not None and cut.start() > 1:
        text = text[: cut.start()]
    if not text or phrase("names", "predicate").match(text) or phrase("names", "distance").fullmatch(text):
        return ""
    return text


def opens_predicate(text: str) -> bool:
    """Whether what follows a figure is a predicate or particle and no noun."""
    return bool(phrase("names", "predicate").match(text) or phrase("names", "distance").fullmatch(text))


def ends_in_verb(text: str) -> str:
    """The verb at the end of a clause, "" where it ends otherwise."""
    match = lexicon.verb_at_end().search(text)
    return match.group() if match else ""


def inherit(name: Name, before: Name, *, level: bool) -> Name:
    """Puts back the verb and level that a coordination left out.

    争创国家级“小巨人”企业3家、单项冠军企业1家: the second is 争创…单项冠军企业. ``level``: whether the level is
    handed on too; a list that prints a level with every item hands none on.
    """
    verb = before.verb
    text = name.text
    own, printed = name.level, name.level_printed
    if own is None and level and before.level is not None and (label := _level_label(before)):
        own, printed = before.level, False
        text = f"{label}{text}"
    if verb and not text.startswith(verb):
        text = f"{verb}{text}"
    return replace(
        name,
        text=text,
        level=own,
        level_printed=printed,
        verb=name.verb or verb,
        flow=name.flow or before.flow,
        stage=name.stage or before.stage,
    )


def _level_label(name: Name) -> str:
    for level, pattern in lexicon.levels():
        if level == name.level and (match := pattern.search(name.text)):
            return str(match.group())
    return ""
