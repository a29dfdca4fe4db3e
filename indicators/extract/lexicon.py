"""The lexicons of ``rules/`` compiled once: words, cues and name parts that the extraction reads by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import regex

from indicators import rulebook

Pattern = regex.Pattern[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """A compiled cue of ``rules/cues.toml``."""

    id: str
    section: str
    pattern: Pattern
    where: str
    spread: str = ""
    """How far the cue governs what follows: ``sentence``, ``clause`` (up to a semicolon), or not at all."""
    whole: bool = False
    units: tuple[str, ...] = ()
    verdict: str | None = None
    ahead: bool = False
    """Only where the section does not look back."""
    back: bool = False
    """Only where the section does not promise."""

    def fits(self, unit: str) -> bool:
        """Whether the cue speaks of figures with this unit."""
        return not self.units or unit in self.units


@dataclass(frozen=True, slots=True)
class Verb:
    """What a verb of ``rules/words.toml`` says."""

    word: str
    sense: str
    flow: str | None
    stage: str | None


def alternation(words: Iterable[str]) -> str:
    """A regex alternation that prefers the longest word."""
    return "|".join(regex.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


@cache
def cues(section: str) -> tuple[Cue, ...]:
    """The cues of one section, in file order."""
    return tuple(_cue(section, rule) for rule in rulebook.load("cues").get(section, []))


def _cue(section: str, rule: dict[str, Any]) -> Cue:
    whole = rule.get("whole", False)
    source = f"^(?:{rule['pattern']})$" if whole else rule["pattern"]
    return Cue(
        id=f"{section}.{rule['id']}",
        section=section,
        pattern=regex.compile(source),
        where=rule["where"],
        spread=rule.get("spread", ""),
        whole=whole,
        units=tuple(rule.get("unit", ())),
        verdict=rule.get("verdict"),
        ahead=rule.get("ahead", False),
        back=rule.get("back", False),
    )


_STEPS = frozenset({"sign", "start", "operate"})
"""Steps short of the finish that 新 leaves as they are; 新建 and 新认定 name the adding itself."""


@cache
def verbs() -> dict[str, Verb]:
    """Every verb by its word; where two rules name one, the first that gives it a stage or flow wins."""
    found: dict[str, Verb] = {}
    for rule in rulebook.load("words")["verb"]:
        for word in rule["words"]:
            verb = Verb(word, rule["sense"], rule.get("flow"), rule.get("stage"))
            old = found.get(word)
            if old is None or (old.stage is None and old.flow is None and (verb.stage or verb.flow)):
                found[word] = verb
    for word, verb in found.items():
        base = found.get(word.removeprefix("新"))
        if verb.stage is None and base is not None and base.stage in _STEPS:
            found[word] = replace(verb, stage=base.stage)  # 新开工 is a flow, and a start all the same
    return found


@cache
def verb_pattern() -> Pattern:
    """Any verb, the longest first."""
    return regex.compile(alternation(verbs()))


@cache
def verb_at_end() -> Pattern:
    """A verb at the end of a text, with 了 or 过 behind it."""
    return regex.compile(f"(?P<verb>{alternation(verbs())})(?:了|过|出|有|到)?$")


@cache
def verb_at_start() -> Pattern:
    """A verb at the start of a text, adverbs in front of it allowed."""
    return regex.compile(f"^(?:已经|已|均|都|全部|成功|顺利|正式|被|将|可)*(?P<verb>{alternation(verbs())})")


@cache
def lead_pattern() -> Pattern:
    """One word at the front of a name that says where, when or how."""
    return regex.compile(f"^(?:{alternation(rulebook.words('words', 'lead'))}|[，,、；;。:：\\s])")


@cache
def cause_words() -> frozenset[str]:
    """Verbs at the front that only push what is measured."""
    return frozenset(word for rule in rulebook.load("words")["lead"] if rule["id"] == "cause" for word in rule["words"])


@cache
def tail_pattern() -> Pattern:
    """One linking word at the end of a name."""
    return regex.compile(f"(?:{alternation(rulebook.words('words', 'tail'))}|\\s)$")


@cache
def generic_names() -> frozenset[str]:
    """Attributes that borrow their thing from the name before."""
    return frozenset(rulebook.words("words", "generic"))


@cache
def promise_tail() -> Pattern:
    """A noun for the promise at the end of a name, with what qualifies it."""
    nouns = alternation(rulebook.words("words", "promise"))
    return regex.compile(
        f"(?:(?:对照|比照|按照?|州里|省里|市里|县里|区里|国家|省|市|自治区|上级|年初|年度|全年|本年|今年|当年|年|既定|原定|给|"
        f"下达|我省|我市|我县|考核|管控|调控|总|的|而|预期|{nouns})*(?:{nouns})(?:定|的|是|却|则|为|值|数|只|仅|要求|:|：)*)$"
    )


@cache
def change_words() -> dict[str, str]:
    """Change words with the sign of the change."""
    return {word: rule["sign"] for rule in rulebook.load("names")["change"] for word in rule["words"]}


@cache
def change_at_end() -> Pattern:
    """A change word at the end of a text, with what it is compared to."""
    words = alternation(change_words())
    base = (
        r"(?:(?:比|较)(?:上年度?|去年|上月|上季度?|前一年|年初|同期|上年底|20\d\d年)?(?:同期|末|底|同月)?|同比|环比|可比|"
        r"按可比价格?(?:计算)?|年均|累计|分别|也|(?<!平)均|都|将|约|就)"
    )
    return regex.compile(
        f"(?P<base>{base}*)(?P<word>{words})(?P<le>了|约|近|速|幅|率|为|达|达到|分别|各|超|超过|控制在|保持在|稳定在|维持在|控制|保持)*$"
    )


@cache
def levels() -> tuple[tuple[str, Pattern], ...]:
    """Level ids with their patterns, the joint levels first."""
    found = []
    for rule in rulebook.load("names")["level"]:
        parts = [alternation(rule["words"])] + ([rule["pattern"]] if "pattern" in rule else [])
        found.append((rule["id"], regex.compile("|".join(parts))))
    return tuple(sorted(found, key=lambda item: item[0] != "provincial-municipal"))


@cache
def aliases() -> tuple[tuple[Pattern, str], ...]:
    """Patterns of words that mean the same, each with the one that stands for all."""
    found = []
    for rule in rulebook.load("names")["alias"]:
        words = rule["words"]
        shortest = min(words, key=len)
        patterns = [alternation(words), *([rule["pattern"]] if "pattern" in rule else [])]
        found.append((regex.compile("|".join(patterns)), shortest))
    return tuple(found)


@cache
def any_alias() -> Pattern:
    """What holds no word of :func:`aliases` is told apart by one search instead of one for each."""
    return regex.compile("|".join(pattern.pattern for pattern, _ in aliases()))


@cache
def less_is_better() -> Pattern:
    """Indicators of which less is better."""
    return regex.compile("|".join(rule["pattern"] for rule in rulebook.load("names")["less_is_better"]))


@cache
def inert_units() -> frozenset[str]:
    """Units of counts that are no indicators: 届, 周年."""
    return frozenset(rulebook.words("words", "inert"))


@cache
def inert_follower() -> Pattern:
    """What follows a number that is part of a name: 1#厂房, 六次会议."""
    after = {word for rule in rulebook.load("words")["inert"] for word in rule.get("after", [])}
    return regex.compile(alternation(after))


@cache
def set_against_tail() -> Pattern:
    """What sets a figure against a promise, at the end of a name: 低于省里, 是年初."""
    return regex.compile(
        r"(?:压在[\p{Han}]{0,4}?|[\p{Han}]?[守划卡处][在于]|[压降]到|线在|越过|低于|高于|好于|优于|快于|超过|超出|多于|少于|不及|未达到?|没有?达到?|没够[上到着]|够不上|没跟上|没有?实现|未能?实现|没有?完成|未能?完成|没守住|守住|达不到|对照|比照|距离?|离|"
        r"是|为|比|较|占|完成)?(?:省里|市里|县里|州里|区里|镇里|国家|上级|年初|年度|全年|当年|计划|规划|(?:年初|原|当初|既|预|[省市县区州国]里?|国家|上级)[说定提喊排批许给报]|[说定提喊排批许给报]的|当初|早过了|已过了|"
        r"确定|下达|安排|承诺|要求|对应|最低|市政府|省政府|县政府|区政府|董事会|集团|总部|的|是|为|均)*$"
    )


@cache
def total_noun() -> Pattern:
    """Nouns whose count is the scope of a report: 132项任务."""
    kinds = "重点|年度|民生|主要|全年|市级|省级|重大|为民|政府|惠民|约束性"
    return regex.compile(f"^(?:{kinds})*(?:{alternation(rulebook.words('words', 'total'))})")


@cache
def whole_words() -> frozenset[str]:
    """Words whose last character looks like a linking word (签约)."""
    return frozenset(rulebook.words("words", "whole"))


@cache
def only_verbs() -> Pattern:
    """A text made of verbs alone: 主体完工, 交付入住."""
    return regex.compile(f"(?:{alternation(verbs())}|主体|建设)+")


@cache
def self_named() -> frozenset[str]:
    """Verbs with their thing inside them: 减贫, 造林."""
    return frozenset(rulebook.words("words", "self_named"))


@cache
def unsplit() -> Pattern:
    """Openings that no lead word may be taken from (实施, 能源), the longest first."""
    return regex.compile(alternation(rulebook.words("words", "unsplit")))


@cache
def levels_of_rate() -> Pattern:
    """Measures that compare directly while the year runs: 死亡率, 利用系数, 平均住院日."""
    return regex.compile("|".join(rule["pattern"] for rule in rulebook.load("names")["rate"]))


@cache
def saved() -> Pattern:
    """Amounts by which something bad was made less, of which more is better: 减排量."""
    return regex.compile("|".join(rule["pattern"] for rule in rulebook.load("names")["saved"]))
