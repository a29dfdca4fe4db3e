"""From the words around a figure to the name of the indicator, taken apart for comparison."""

from __future__ import annotations

from dataclasses import replace

import regex

from indicators.extract import lexicon
from indicators.extract.model import Change, Name

_TIME = regex.compile(
    r"^(?:(?:19|20)\d{2}(?:[-—~～至](?:19|20)?\d{2})?年(?:度|底|末|内|以来|全年)?|(?:截至|截止到?|到|至)?(?:目前|(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|底|末|份)?(?:前)?)|"
    r"\d{1,2}月?(?:-|—|~|～|至|到)\d{1,2}月(?:份)?|前(?:\d+|[一二三四五六七八九十]+)个?(?:月|季度)|[一二三四]季度(?:末)?|第[一二三四]季度|上半年|下半年|全年|"
    r"[“\"]?十[一二三四五][”\"]?(?:期间|末|以来|时期)?[，,]?)"
)
_PROMISER = regex.compile(
    r"^[\p{Han}]{2,10}?(?:(?:19|20)\d{2}年度?(?:全年)?(?:要|计划|拟|将|安排|的)?|"
    r"(?<=[省市县区州旗盟镇乡局厅委])(?:计划|拟|打算|力争)(?=[新建改引培完招净])|"
    r"(?<=[省市县区州旗盟镇乡局厅委])(?:今年|全年|明年)(?:要|计划|拟|将))|"
    r"^(?:国家|上级|[省市县区州]里?|[\p{Han}]{2,6}[省市县区州])(?:给|向|对)?[\p{Han}]{0,6}?(?:下达|交办|核定)的?(?=\p{Han}{2})(?!任务|指标|目标|计划)|"
    r"^(?:国家|上级|[省市县区州]里?)(?:今年|全年)?(?:给|定|划|下)的(?=\p{Han}{2})|"
    r"^(?:年初|当年|全年)?(?:下达|交办)(?=\p{Han}{2})(?!任务|指标|目标|计划)"
)
"""Who promises, and for which year: 石岭坪县2019年计划减贫."""
_LIST = regex.compile(r"^(?:[一二三四五六七八九十]+是|[（(]?[一二三四五六七八九十\d]+[)）]|——|-|·|•|\*)")
_QUOTES = regex.compile(r"[“”\"‘’'《》<>〈〉「」\s]")
_BRACKET = regex.compile(r"[（(][^（）()]*[)）]")
_PROMISE_END = regex.compile(r"(?<=[\p{Han}]{2})(?:目标任务|任务|目标)$")
_NOISE = regex.compile(r"[^\p{Han}A-Za-z0-9.+]")
_TOLD_OF = regex.compile("没有|未能|尚未|仍未|均未|均已|都已|已经|如期")
"""Where the noun behind a count ends and what became of it begins: 1家龙头企业没有落地."""
_PARTICLE = regex.compile(r"^(?:的|以上|以下|以内|左右|上下)+")
_QUOTED = 3
"""Characters that a quotation cut off by its figure has at least, to be more than a quoted attribute."""
_NEEDS_BASE = frozenset("快多高少低慢升降减增涨")
RATES = frozenset({"%", "百分点", "‰", "倍", "成", "个百分点"})
_PREDICATE = regex.compile(
    r"^(?:至|到|均|已|都|居|位居|位列|位|为|是|以上|以下|左右|上下|且|并|而|由|被|将|可|能|全部|全面|陆续|先后|正在|正|也|还|有|在|不|未|与|和|及|以及|用于|来自|其中|同比|环比|比|较|占|增|降|增长|下降|达|的(?![\p{Han}]{2,}))"
)


PROMISED = regex.compile(
    r"的?(?:年度|全年|年初|预期|考核|责任|总|调控|管控|控制|最低|最高)*(?:目标任务|目标|任务|要求|预算|计划|指标)$"
)
"""The noun for the promise behind a figure: 300名的招录计划."""


def strip_lead(text: str) -> tuple[str, str]:
    """Takes words of place, time, intent and cause off the front; returns the rest and the last such verb."""
    verb = ""
    if "“" in text and "”" not in text[text.rfind("“") :] and len(text) - text.rfind("“") > _QUOTED:
        text = text[text.rfind("“") + 1 :]  # 承诺的事项是“新建泊位300个…”: what is quoted begins with its own name
    while text:
        if match := _PROMISER.match(text) or _TIME.match(text) or _LIST.match(text):
            text = text[match.end() :]
            continue
        match = lexicon.lead_pattern().match(text)
        if not match or _splits_word(text, match.end()):
            break
        word = match.group()
        if word in lexicon.cause_words():
            verb = word
        text = text[match.end() :]
    return text, verb


def _splits_word(text: str, at: int) -> bool:
    """Whether a lead word is really the start of a longer word (要素, 共享, 基本医疗)."""
    match = lexicon.unsplit().match(text)
    return match is not None and match.end() > at


def own_words(text: str) -> str:
    """The clause without who promised it to whom: 省里给沙渚区下达棚改任务."""
    time = _TIME.match(text)
    return _PROMISER.sub("", text[time.end() :] if time else text)


def strip_tail(text: str) -> str:
    """Takes linking words and nouns for the promise off the end."""
    while text:
        match = lexicon.tail_pattern().search(text)
        if not match or text[-2:] in lexicon.whole_words():
            break
        text = text[: match.start()]
    return text


def split_change(text: str, unit: str) -> tuple[str, Change | None, str]:
    """``(thing, change, word)`` where the text ends in a word of change that applies to this unit."""
    match = lexicon.change_at_end().search(text)
    if not match:
        return text, None, ""
    word = match.group("word")
    based = bool(match.group("base"))
    if unit not in RATES and not (based and regex.search("比|较|同比", match.group("base"))):
        return text, None, ""
    if word in "快多高少低慢" and not based:
        return text, None, ""
    thing = text[: match.start()]
    if text[match.start("word") :].startswith("增加值"):
        return text, None, ""
    sign = lexicon.change_words()[word]
    return thing, "down" if sign == "down" else "up", word


def level_of(text: str) -> str | None:
    """The administrative level a name speaks of."""
    for level, pattern in lexicon.levels():
        if pattern.search(text):
            return level
    return None


def bare_level(text: str) -> str:
    """The level word of a name that holds nothing but a level and verbs (省级, 国家级申报), else ""."""
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


def flow_stage(text: str) -> tuple[str | None, str | None]:
    """Whether a text says flow or stock, and which stage; the last stage named wins."""
    flow: str | None = None
    stage: str | None = None
    for match in lexicon.verb_pattern().finditer(text):
        verb = lexicon.verbs()[match.group()]
        if verb.flow and flow != "flow":
            flow = verb.flow
        if verb.stage:
            stage = verb.stage
    return flow, stage


def core_of(text: str) -> str:
    """The thing alone for comparison: quotes, brackets, level words, verbs at the front out; aliases resolved."""
    text = _QUOTES.sub("", text)
    text = _BRACKET.sub("", text) or text
    text = _PROMISE_END.sub("", text) or text
    if lexicon.any_alias().search(text):
        for pattern, standard in lexicon.aliases():
            text = pattern.sub(standard, text)
    for _, pattern in lexicon.levels():
        stripped = pattern.sub("", text)
        text = stripped if len(stripped) >= 2 else text
    while match := lexicon.verb_at_start().match(text):
        if len(text) - match.end() < 2 or _splits_word(text, match.end()):
            break
        text = text[match.end() :]
    return _NOISE.sub("", text)


PROMISED_HEAD = regex.compile(
    r"^的?(?:年度|全年|年初|本年|[省市县区]定|预定|既定|考核|责任|计划|预期|规划|总|调控|管控|控制|最低|最高|刚性|发展)*"
    r"(?:(?:投资|支出|收入|融资|招商|建设|生产|销售|减排|引进|就业|脱贫|招录)+(?=目标|任务|计划|预算|指标))?"
    r"(?:目标任务|目标|任务|要求|预算|计划|指标|盘子|年度线|线(?![路上下条])|控制线|控制数|控制值|考核线|考核值|管控线|警戒线|预警线|红线|上限|限额|底线|预期)"
)
"""The same noun at the head of what follows a promised figure: 50万吨的任务只减了37万吨."""


def build(
    text: str,
    *,
    subject: str = "",
    change: Change | None = None,
    word: str = "",
    context: str = "",
    anchor: str = "",
) -> Name:
    """A :class:`Name` from its display text; ``context`` is the whole clause, read for stage and flow."""
    flow, stage = flow_stage(context or text)
    verb = ""
    if match := lexicon.verb_at_start().match(text):
        verb = match.group("verb")
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
        verb=verb,
        anchor=anchor or _bare(text),
        subject=subject,
    )


def _has_stage(verb: str) -> bool:
    found = lexicon.verbs().get(verb)
    return found is not None and found.stage is not None


def _bare(text: str) -> str:
    """A name without the verbs at its front and end."""
    match = lexicon.verb_at_start().match(text)
    text = text[match.end() :] if match and len(text) - match.end() >= 2 else text
    match = lexicon.verb_at_end().search(text)
    return text[: match.start()] if match and match.start() >= 2 and _has_stage(match.group("verb")) else text


def only_verbs(text: str) -> bool:
    """Whether a name holds verbs and nothing else."""
    return bool(lexicon.only_verbs().fullmatch(text)) and not text.endswith(tuple(lexicon.self_named()))


def _change_label(change: Change, word: str) -> str:
    if len(word) >= 2 and word not in ("增速", "增幅", "涨幅", "降幅", "增长率"):
        return word
    return "增长" if change == "up" else "下降"


def is_generic(text: str) -> bool:
    """Whether a name only names an attribute of the thing before it."""
    return text in lexicon.generic_names()


DISTANCE = regex.compile(
    r"(?:还|仍|尚|仅|略|稍|又|约)*(?:高出|低出|多出|少了|减少|增加|超出|相差|短缺|缺口|缺额|欠账|节约|节省|高|低|多|少|差|欠|短|缺|好|优|超|快|慢)"
    r"(?:了|出|近|约|为|一丝|一点|一线|不多|不少)*"
)
"""How far a figure lies from the one before it, and nothing else: 比要求的70%高."""


def noun_behind(right: str) -> str:
    """The noun that a measure word counts, or "" where a predicate or nothing follows."""
    text = _PARTICLE.sub("", right) if right.startswith("的") else right
    if (cut := _TOLD_OF.search(text)) is not None and cut.start() > 1:
        text = text[: cut.start()]
    if not text or _PREDICATE.match(text) or DISTANCE.fullmatch(text):
        return ""
    return text


def opens_predicate(text: str) -> bool:
    """Whether what follows a figure is a predicate or particle and no noun."""
    return bool(_PREDICATE.match(text) or DISTANCE.fullmatch(text))


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
