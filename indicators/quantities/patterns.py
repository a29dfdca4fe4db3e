"""Builds the compiled patterns of the grammar from ``rules/``, once per process."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from indicators import rulebook
from indicators.quantities.atomic import atomic
from indicators.quantities.units import Unit, registry
from indicators.schema.quantity import Bound

SPACE = r" *+(?:\r?\n *+){0,2}+"
"""Blanks and up to two line breaks, as layout puts them inside a quantity; a tab parts cells and ends it."""

ARABIC = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,12}+(?![0-9])(?:\.[0-9]++)?+"
    r"|[0-9]++(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]{1,2}(?![0-9A-Za-z.%]))?+)"
)
# A magnitude is none where it begins a unit's name (千瓦, 百分点, 兆瓦).
_UNIT_HEADS = (
    r"百(?<!十百)(?!分[点之比位]|帕)|千(?<!十千)(?!瓦|克|米|伏|卡|焦|赫|帕|牛|升|字节|分[点之])"
    r"|兆(?![瓦赫字比帕欧焦伏位卡])"
)
SCALE = rf"(?:{_UNIT_HEADS}|万|亿|十(?=[ \t]*[亿万])|[kK](?![A-Za-z0-9]))"
VAGUE = (
    r"(?:余(?!额|热|杭|姚|地|粮|震|孽|姓|下)|多(?!元[化素]|样|媒体|边|式联运|功能|层次|维|方|地|措)"
    r"|几(?!何|率|乎)|来(?!自|源|到|看|说|宾|访|信|电|华|皖|函|水))"
)
PLAIN_DIGITS = "零〇一二两三四五六七八九"
FORMAL_DIGITS = "壹贰叁肆伍陆柒捌玖俩弍"
_PLAIN_SCALES = "十百千万亿"
_FORMAL_SCALES = "拾佰仟兆廿卅卌"
_CN_DIGIT = f"[{PLAIN_DIGITS}{FORMAL_DIGITS}]"
_CN_SCALE = rf"(?:[十万亿拾佰仟廿卅卌]|{_UNIT_HEADS})"
_GAP = r"[ \t]{0,3}+"


_INNER_GAP = r"\s{0,4}+"


class _Node(dict[str, "_Node"]):
    word: str | None = None


def trie(
    words: Iterable[str],
    tails: dict[str, str] | None = None,
    breakable: Iterable[str] = (),
    anywhere: Iterable[str] = (),
) -> str:
    """One pattern for many words, prefixes shared, longest first.

    ``tails`` adds a lookahead behind a word. Between two characters of a ``breakable`` word a blank or
    one line break may stand, though not where the part before is a word of its own (12个 点位 is no 个点)
    unless the word is one of ``anywhere``.
    """
    root = _Node()
    loose: set[str] = set()
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, _Node())
        node.word = word
    free = {word[:end] for word in anywhere for end in range(1, len(word))}
    for word in breakable:
        loose.update(word[:end] for end in range(1, len(word)))

    def write(node: _Node, prefix: str) -> str:
        gap = _INNER_GAP if prefix in loose and (node.word is None or prefix in free) else ""
        parts = [gap + re.escape(char) + write(child, prefix + char) for char, child in sorted(node.items())]
        if node.word is not None:
            parts.append((tails or {}).get(node.word, ""))
        return parts[0] if len(parts) == 1 else "(?:" + "|".join(parts) + ")"

    return write(root, "")


@cache
def _unit_pattern(arabic: bool) -> str:
    """The units that may follow an Arabic (or a Chinese) figure, a rate's lower part included."""
    units = [unit for unit in registry().values() if arabic or not unit.arabic_only]
    breakable = [unit.word for unit in units if unit.word[0] not in "/个" or unit.kind in ("points", "duration")]
    anywhere = [unit.word for unit in units if unit.kind in _SAFE_TO_BREAK]
    one = trie((unit.word for unit in units), {unit.word: _tail(unit) for unit in units}, breakable, anywhere)
    below = trie([unit.word for unit in units if unit.kind in _BELOW_BAR and unit.word.isalnum()] + ["每人", "日"])
    bar = rf"(?:[ \t]*+/[ \t]*+(?:1?0?0?[十百千万亿](?![瓦克米升卡伏安]))?+{below}(?:[·•][一-鿿]{{1,2}})?+)?+"
    return rf"(?:{one}{bar}(?:[ \t]*+[(](?:套|次|件|处|户|家|个)[)])?+)"


_BELOW_BAR = frozenset({"count", "money", "length", "area", "mass", "volume", "duration", "energy", "power"})
_SAFE_TO_BREAK = frozenset({"points", "area", "energy", "volume", "ratio", "concentration"})
"""Kinds whose units a line may break even where the first part is a unit, too (平方米, 千瓦时)."""


def _tail(unit: Unit) -> str:
    tail = f"(?!{unit.not_before})" if unit.not_before else ""
    if unit.word[-1].isascii() and unit.word[-1].isalpha():
        # A Latin unit ends where its letters end: 5T级 is read, 5TB is not 5 T.
        tail += "(?![A-Za-z0-9])"
    return tail


@dataclass(frozen=True, slots=True)
class BoundWord:
    """One word that bounds a figure."""

    bound: Bound
    in_text: bool
    kinds: frozenset[str]


def any_of(section: str, rule_id: str) -> str:
    """The words and patterns of one rule of ``rules/contexts.toml``, as one pattern; longest words first."""
    rule = next(rule for rule in rulebook.load("contexts")[section] if rule["id"] == rule_id)
    words = sorted(rule.get("words", ()), key=len, reverse=True)
    return "(?:" + "|".join([*rule.get("patterns", ()), *map(re.escape, words)]) + ")"


def squeeze(word: str) -> str:
    """A printed word without the blanks and line breaks inside it."""
    return "".join(word.split())


@cache
def bound_words(side: str) -> dict[str, BoundWord]:
    """Every bound word of a side."""
    found: dict[str, BoundWord] = {}
    for rule in rulebook.load("bounds")["bound"]:
        if rule["side"] == side:
            word = BoundWord(rule["bound"], rule.get("in_text", True), frozenset(rule.get("kinds", ())))
            found.update(dict.fromkeys(rule["words"], word))
    return found


def _guarded(rule: dict[str, Any]) -> str:
    guard = "".join(f"(?<!{re.escape(word)})" for word in rule.get("not_after", ()))
    if rule.get("only_after"):
        guard += "(?:" + "|".join(f"(?<={re.escape(word)})" for word in rule["only_after"]) + ")"
    behind = f"(?!{'|'.join(rule['not_before'])})" if rule.get("not_before") else ""
    return f"{guard}(?:{trie(rule['words'], None, rule['words'], rule['words'])}){behind}"


BOUND_LINKS = "了为有是"
"""What may stand between a bound word and its figure."""
CHANGE_LINKS = "了约近超为"
"""What may stand between a change word and its figure."""


@cache
def before_pattern() -> re.Pattern[str]:
    """A bound word and the blanks behind it, at the end of the part searched."""
    rules = [rule for rule in rulebook.load("bounds")["bound"] if rule["side"] == "before"]
    return re.compile(f"(?P<word>{'|'.join(map(_guarded, rules))})[{BOUND_LINKS}]?{SPACE}\\Z")


def far_words() -> list[str]:
    """Bound words that may be parted from their figure."""
    return [
        word
        for rule in rulebook.load("bounds")["bound"]
        if rule.get("far")
        for word in rule["words"]
        if len(word) > 1 and not word.isascii()
    ]


@cache
def far_before_pattern() -> re.Pattern[str]:
    """A bound word parted from the figure by what it is compared with: 不低于上年水平的95%."""
    return re.compile(f"(?P<word>{trie(far_words())})(?P<gap>[一-鿿A-Za-z]{{1,10}}?){SPACE}\\Z")


@cache
def after_pattern() -> re.Pattern[str]:
    """Blanks and a bound word behind a figure."""
    rules = [rule for rule in rulebook.load("bounds")["bound"] if rule["side"] == "after"]
    return re.compile(f"{SPACE}(?P<word>{'|'.join(map(_guarded, rules))})")


def change_words() -> list[str]:
    """Every change word."""
    return [word for rule in rulebook.load("bounds")["change"] for word in rule["words"]]


@cache
def change_pattern() -> re.Pattern[str]:
    """A change word before a figure (bound words already taken off)."""
    parts = [f"(?P<{rule['change']}>{_guarded(rule)})" for rule in rulebook.load("bounds")["change"]]
    return re.compile(f"(?:{'|'.join(parts)})[{CHANGE_LINKS}]?{SPACE}\\Z")


def _names() -> str:
    parts: list[str] = []
    for rule in rulebook.load("not_quantities")["name"]:
        guards = [f"(?<={before})" for before in rule.get("before", ())] or [""]
        parts.extend(f"{guard}(?:{rule['pattern']})" for guard in guards)
    return "|".join(parts)


def _figure(unit: str, prefix: str) -> str:
    """A figure's unit with what may stand in and behind it: 个半小时, 倍半, 公里多."""
    return (
        rf"(?:{SPACE}(?:(?P<{prefix}mid>个[ \t]*[半多余])[ \t]*(?P<{prefix}mid_unit>月|小时|钟头|百分点|星期|季度)"
        rf"|(?P<{prefix}unit>{unit})(?P<{prefix}tail>半(?![0-9一-鿿])|半(?=以[上下内]|左右)|多(?=[，。、；的 \n]|\Z)"
        rf"|(?<=[成米块毛])[ \t]{{0,2}}[一二三四五六七八九](?![十百千万亿个家项户成点分年月日人次毛角]))?+))"
    )


def _chinese() -> str:
    """A well-written run of Chinese numerals; blanks may stand inside."""
    char = rf"(?:{_CN_DIGIT}|{_CN_SCALE})"
    # A 两 inside is the unit, but before a magnitude (三千两百) and in 一两个.
    char_after = rf"(?:{_CN_DIGIT.replace('两', '')}|两(?={_GAP}[百千万亿])|(?<=一)两|{_CN_SCALE})"
    return (
        rf"(?:(?:好?几|数|(?<![迈跃登站冲踏再以网线路陆海会市])上(?!十))(?={_GAP}[十百千万亿]))?+"
        rf"{char}(?:{_GAP}(?:[余多几来](?={_GAP}{_CN_SCALE})|零几(?=[万亿])|{char_after})){{0,60}}+"
        rf"(?:{_GAP}点{_GAP}(?:[{PLAIN_DIGITS.replace('两', '')}{FORMAL_DIGITS}0-9](?![十时]))++(?:{_CN_SCALE})*+)?+"
    )


@cache
def master() -> re.Pattern[str]:
    """What may start at a numeral: a name, a fraction, a rank, an Arabic or a Chinese figure."""
    chinese = _chinese()
    part = (
        rf"(?:(?P<whole>{ARABIC}|{chinese}){_GAP}又{_GAP})?(?P<below>[0-9]++{_GAP}|(?:[{PLAIN_DIGITS}{_PLAIN_SCALES}壹贰叁肆伍陆柒捌玖拾佰仟]{_GAP}){{1,40}}+)"
        rf"分[ \t]{{0,3}}之{SPACE}(?P<above>{ARABIC}|{chinese})(?P<part_scale>(?:[ \t]?[kK])?+)"
    )
    bar = r"(?P<top>[0-9]{1,2})[ \t]*/[ \t]*(?P<bottom>[1-9][0-9]?)(?![0-9/.万]|[ \t]*[年月日])"
    place = rf"[0-9]++(?!{SPACE}[%‰])|[{PLAIN_DIGITS}十百]++"
    rank = rf"(?P<rank_word>第|前){SPACE}(?P<place>{place}){SPACE}(?P<place_unit>[位名]?)"
    arabic = (
        rf"(?P<number>{ARABIC})"
        rf"(?P<scale>(?:{SPACE}(?:{VAGUE}[ \t]*+)?+{SCALE}(?:{VAGUE}?+{SCALE}){{0,2}}+)?+)"
        rf"(?P<more>(?:(?<=[十百千万亿])(?:零|[ \t])?[0-9]++(?:\.[0-9]++)?+[ \t]*+(?:{SCALE}){{1,3}}+){{0,6}}+"
        rf"(?:(?<=[百千万亿])(?:零[0-9]{{1,3}}|(?<=[万亿])[0-9]{{4}})(?![0-9.]))?+)"
        rf"(?P<vague>(?:{SPACE}{VAGUE})?+)"
        rf"{_figure(_unit_pattern(True), '')}?+"
    )
    spoken = (
        rf"(?P<cn_number>半百|半(?!年|数|导|岛|径|球|夜|决|成品|挂)|{chinese})(?P<cn_vague>(?:{_GAP}{VAGUE})?+)"
        rf"{_figure(_unit_pattern(False), 'cn_')}?+"
    )
    fixed = r"翻了?(?:(?P<times>[一二两三四五1-5])[ \t]*番|番|倍|一倍)|一半(?!以?[路生天年])|半数(?=以|左右|的)"
    kinds = (
        f"(?P<fixed>{fixed})|(?P<name>{_names()})|(?P<part>{part})|(?P<bar>{bar})|(?P<rank>{rank})",
        f"(?P<arabic>{arabic})|(?P<spoken>{spoken})",
    )
    return re.compile(atomic("|".join(kinds)))


@cache
def anchor() -> re.Pattern[str]:
    """Every character at which :func:`master` is tried."""
    return re.compile(rf"[0-9第前数几上好半翻{PLAIN_DIGITS}{_PLAIN_SCALES}{FORMAL_DIGITS}{_FORMAL_SCALES}]")
