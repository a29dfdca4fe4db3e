"""Builds the compiled patterns of the grammar from ``rules/``, once per process."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from indicators import rulebook
from indicators.quantities.units import Unit, registry

SPACE = r"[ \t]*+(?:\r?\n[ \t]*+)?+"
ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})++(?![0-9])(?:\.[0-9]++)?+|[0-9]++(?:\.[0-9]++)?+)"
SCALE = (
    r"(?:百(?!分|帕|货)|千(?!瓦|克|米|伏|卡|焦|赫|帕|牛|字节|分点)|万|亿|十(?=[亿万])"
    r"|兆(?![瓦赫字比帕欧焦伏位卡]))"
)
VAGUE = (
    r"(?:余(?!额|热|杭|姚|地|粮|震|孽)|多(?!元化|样|媒体|边|式联运|功能|层次)|几(?!何|率|乎)|来(?!自|源|到|看|说|自))"
)
CN = "零〇一二两三四五六七八九十百千万亿"


def trie(words: Iterable[str], tail: dict[str, str] | None = None) -> str:
    """One pattern for many words, prefixes shared, longest first; ``tail`` adds a lookahead to a word."""
    root: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}

    def write(node: dict[str, dict], word: str) -> str:  # type: ignore[type-arg]
        parts = [re.escape(char) + write(child, word + char) for char, child in sorted(node.items()) if char]
        if "" in node:
            parts.append((tail or {}).get(word, ""))
        return parts[0] if len(parts) == 1 else "(?:" + "|".join(parts) + ")"

    return write(root, "")


@cache
def unit_pattern(arabic: bool) -> str:
    """The units that may follow an Arabic (or a Chinese) figure, a rate's lower part included."""
    units = [unit for unit in registry().values() if arabic or not unit.arabic_only]
    tails = {unit.word: _tail(unit) for unit in units}
    # A Latin unit ends where its letters end: 5T级 is no tonne, 30kg净重 is.
    one = trie([unit.word for unit in units], tails)
    below = trie([unit.word for unit in units] + ["每人", "10万人", "十万", "百万人", "标准立方米"], {})
    return f"(?:{one}(?:/{below})?+(?:[ \\t]*+[(]套[)])?+)"


def _tail(unit: Unit) -> str:
    tail = f"(?!{unit.not_before})" if unit.not_before else ""
    if unit.word[-1].isascii() and unit.word[-1].isalpha():
        tail += "(?![A-Za-z0-9])"
    return tail


@dataclass(frozen=True, slots=True)
class BoundWord:
    """One word that bounds a figure."""

    bound: str
    in_text: bool
    kinds: frozenset[str]


@cache
def bound_words(side: str) -> dict[str, BoundWord]:
    """Every bound word of a side."""
    found = {}
    for rule in rulebook.load("bounds")["bound"]:
        if rule["side"] == side:
            word = BoundWord(rule["bound"], rule.get("in_text", True), frozenset(rule.get("kinds", ())))
            found.update(dict.fromkeys(rule["words"], word))
    return found


@cache
def before_pattern() -> re.Pattern[str]:
    """A bound word and the blanks behind it, at the end of the part searched."""
    parts = []
    for rule in rulebook.load("bounds")["bound"]:
        if rule["side"] == "before":
            guard = "".join(f"(?<!{re.escape(word)})" for word in rule.get("not_after", ()))
            parts.append(f"{guard}(?:{trie(rule['words'])})")
    return re.compile(f"(?P<word>{'|'.join(parts)}){SPACE}\\Z")


@cache
def after_pattern() -> re.Pattern[str]:
    """Blanks and a bound word behind a figure."""
    parts = []
    for rule in rulebook.load("bounds")["bound"]:
        if rule["side"] == "after":
            guard = f"(?!{'|'.join(rule['not_before'])})" if rule.get("not_before") else ""
            parts.append(f"(?:{trie(rule['words'])}){guard}")
    return re.compile(f"{SPACE}(?P<word>{'|'.join(parts)})")


@cache
def change_pattern() -> re.Pattern[str]:
    """A change word before a figure (bound words already taken off)."""
    parts = []
    for rule in rulebook.load("bounds")["change"]:
        guard = "".join(f"(?<!{re.escape(word)})" for word in rule.get("not_after", ()))
        parts.append(f"(?P<{rule['change']}>{guard}(?:{trie(rule['words'])}))")
    return re.compile(f"(?:{'|'.join(parts)})(?:了|约|近|超|为)?{SPACE}\\Z")


def _names() -> str:
    parts = []
    for rule in rulebook.load("not_quantities")["name"]:
        if rule.get("before"):
            parts.extend(f"(?<={before})(?:{rule['pattern']})" for before in rule["before"])
        else:
            parts.append(f"(?:{rule['pattern']})")
    return "|".join(parts)


YEAR = r"(?:19|20)[0-9]{2}"
RANGE = r"(?:-{1,2}|—{1,2}|~{1,2}|至|到)"
_DAY = r"(?:[0-3]?[0-9][日号])"
DATE = (
    rf"{YEAR}{SPACE}(?:{RANGE}{SPACE}{YEAR}{SPACE})?年(?![限均])"
    rf"(?:{SPACE}(?:[01]?[0-9](?:{SPACE}{RANGE}{SPACE}[01]?[0-9])?{SPACE}月份?(?:{SPACE}{_DAY})?|上半年|下半年|前?[一二三四]个?季度|第[一二三四1-4]季度))?+"
    rf"|{YEAR}[-./年][01]?[0-9](?:[-./月][0-3]?[0-9]日?)?(?![0-9.])(?!{SPACE}[%万亿])"
    rf"|[01]?[0-9]{SPACE}(?:月?{SPACE}{RANGE}{SPACE}[01]?[0-9]{SPACE})?月(?!饼)份?(?:{SPACE}{_DAY}(?:{RANGE}(?:[01]?[0-9]月)?{_DAY})?)?"
    rf"|[0-3]?[0-9](?:{RANGE}[0-3]?[0-9])?日(?!元|内|游|均|圆)"
    r"|[0-9]{1,2}世纪(?:[0-9]{2}年代)?|[0-9]{2}年代"
    r"|[〇零○一二三四五六七八九]{4}年(?:[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?)?"
    r"|[一二三四五六七八九十]{1,2}月(?:份|底|末|初|中旬|上旬|下旬|[一二三四五六七八九十]{1,3}日)"
    r"|(?:前)?[一二三四1-4]季度"
)


@cache
def master() -> re.Pattern[str]:
    """What may start at a numeral: a date, a name, a fraction, a rank, an Arabic or a Chinese figure."""
    arabic_unit, cn_unit = unit_pattern(True), unit_pattern(False)
    cn = rf"[数几上好]?+(?:[{CN}](?:[余多几来](?=[十百千万亿]))?+)++(?:点[{CN}]++)?+"
    figure = (
        rf"(?P<number>{ARABIC})"
        rf"(?P<scale>(?:{SPACE}(?:{VAGUE}?{SCALE}{{1,3}}+))?+)"
        rf"(?P<more>(?:(?<=[百千万亿])[0-9]++(?:\.[0-9]++)?+{SCALE}{{1,3}}+)*+(?:(?<=[万亿])[0-9]{{4}}(?![0-9.]))?+)"
        rf"(?P<vague>(?:{SPACE}{VAGUE})?+)"
        rf"(?:{SPACE}(?P<unit>{arabic_unit}))?+"
    )
    chinese = rf"(?P<cn_number>{cn})(?P<cn_vague>{VAGUE}?+)(?:{SPACE}(?P<cn_unit>{cn_unit}))"
    part = rf"(?P<below>[百千万]|[{CN}]+|[0-9]+)分之(?P<above>[{CN}]+(?:点[{CN}]+)?|{ARABIC})"
    rank = rf"第{SPACE}(?P<place>[0-9]+|[{CN}]+){SPACE}(?P<place_unit>[位名]?)"
    return re.compile(
        f"(?P<date>{DATE})|(?P<part>{part})|(?P<name>{_names()})|(?P<rank>{rank})|(?P<figure>{figure})|(?P<chinese>{chinese})"
    )


@cache
def anchor() -> re.Pattern[str]:
    """Every character at which :func:`master` is tried."""
    return re.compile(rf"[0-9第数几上前{CN}]")
