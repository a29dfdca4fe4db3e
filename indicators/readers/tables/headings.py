"""What the columns of a table hold, told by their headings; the wordings are data in ``rules/headings.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, cast, get_args

from indicators import rulebook
from indicators.errors import RuleError
from indicators.quantities.years import YEAR
from indicators.readers.layout.fold import fold

ColumnRole = Literal[
    "number",
    "task",
    "indicator",
    "category",
    "region",
    "responsible",
    "assistant",
    "leader",
    "contact",
    "label",
    "schedule",
    "done_mark",
    "notdone_mark",
    "status",
    "result",
    "target",
    "actual",
    "completion",
    "gap",
    "growth",
    "baseline",
    "unit",
    "weight",
    "score",
    "criterion",
    "remark",
    "reason",
    "next",
    "deadline",
    "nature",
    "rank",
    "operator",
    "period",
    "other",
]
"""``period`` is a column headed by nothing but a year or months; ``other`` is a heading that no rule knows."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One column's heading. ``text`` is the whole heading as printed, upper levels first, without white space."""

    role: ColumnRole
    text: str
    unit: str = ""
    """The unit printed in the heading: 资金(万元) gives 万元; "" where none is."""
    period: str | None = None
    """The period printed in the heading, as printed: 1-11月, 2024年, 截至6月底."""
    group: str = ""
    """The upper heading that several columns share and that is no role itself: the indicator of a wide table."""


_PERIOD = re.compile(
    r"(?:截[至止]到?|到)?(?:"
    rf"(?:{YEAR}年?(?:度|底|末|初)?)?(?:[1-9]|1[0-2])[-—–－~～至](?:[1-9]|1[0-2])月(?:份|底|末)?"
    rf"|{YEAR}年?[-—–－~～至]{YEAR}年?"
    rf"|{YEAR}年?(?:第?[一二三四1-4]季度|[上下]半年|(?:[1-9]|1[0-2])月(?:份|底|末)?|度|底|末|初)?"
    r"|^(?:第?[一二三四1-4]季度|前三季度|[上下]半年)"
    r"|前[一二三两四五六七八九十\d]{1,2}个月|(?<=[至止到])(?:[1-9]|1[0-2])月(?:份|底|末)?|“?十[一二三四五]五”?(?:时期|期间|期末|末)?"
    r")"
)
_MEASURED = frozenset(("mass", "energy", "power", "volume", "area", "concentration", "data"))
"""Kinds of units that are the name of nothing else."""
_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]{1,14})[)\]】]")
_LEADING_TIME = re.compile(r"(?:1[0-2]|[1-9])月(?:份|底|末|初|中旬|上旬|下旬)?前?")
_LEADING = re.compile(rf"(?:其中[:：]?)?(?:{_LEADING_TIME.pattern})?(?:[“\"][^”\"]{{1,8}}[”\"])?(?!.*月)")
"""What a heading may have in front of what it names: of what it is a part, a month, what that is called."""
_POINTS = re.compile(r"\(\d{1,3}分?\)$")
_TRAILING_UNIT = re.compile(r"(?:,|，|、|/|:|：|单位[:：]?)([^,，、/:：()]{1,8})$")


@cache
def _rules() -> tuple[dict[str, ColumnRole], list[tuple[re.Pattern[str], ColumnRole]]]:
    exact: dict[str, ColumnRole] = {}
    patterns: list[tuple[re.Pattern[str], ColumnRole]] = []
    for rule in rulebook.load("headings")["heading"]:
        role = rule.get("role")
        if role not in get_args(ColumnRole):
            raise RuleError(f"[[heading]] '{rule['id']}' names the unknown role '{role}'", path="headings.toml")
        for word in rule.get("words", []):
            exact.setdefault(squeeze(word), cast(ColumnRole, role))
        for pattern in rule.get("patterns", []):
            try:
                patterns.append((re.compile(pattern), cast(ColumnRole, role)))
            except re.error as error:
                raise RuleError(f"[[heading]] '{rule['id']}': {error}", path="headings.toml") from None
    return exact, patterns


@cache
def _units() -> re.Pattern[str]:
    listed = [*rulebook.words("headings", "unit"), *_measures()]
    words = "|".join(re.escape(fold(word)) for word in listed)
    one = rf"[十百千万亿]*(?:{words})"
    return re.compile(rf"(?:单位[:：]?)?[±+]?(?:1(?=/))?({one}(?:/{one})*)")  # 死亡率(1/10万)


def _measures() -> list[str]:
    """The units of measure that figures are read with, which a heading may print as well: 千克标煤, 万吨公里."""
    return [word for rule in rulebook.load("units")["unit"] if rule["kind"] in _MEASURED for word in rule["words"]]


def is_listed(text: str) -> bool:
    """Whether the lexicon lists the heading itself, not only a pattern that it matches."""
    return squeeze(text) in _rules()[0]


@lru_cache(maxsize=4096)
def is_unit(text: str) -> bool:
    """Whether the text is a unit and nothing else: 万元, %, 个."""
    return _units().fullmatch(squeeze(text)) is not None


@cache
def _categories() -> frozenset[str]:
    return frozenset(rulebook.words("headings", "category"))


@lru_cache(maxsize=4096)
def is_category(text: str) -> bool:
    """Whether the text names a fixed group of indicators: 产出指标, 数量指标, 约束性, 效益指标（30分）."""
    return _POINTS.sub("", squeeze(text)) in _categories()


@lru_cache(maxsize=4096)
def squeeze(text: str) -> str:
    """A heading as the lexicon compares it: folded, no white space, no trailing colon."""
    return "".join(fold(text).split()).strip(":：*")


def _take_unit(text: str) -> tuple[str, str]:
    for found in _BRACKETS.finditer(text):
        if unit := _units().fullmatch(found[1].lstrip("±")):
            return text[: found.start()] + text[found.end() :], unit[1]
    tail = _TRAILING_UNIT.search(text)
    if tail and tail.start() > 0 and (unit := _units().fullmatch(tail[1])):
        return text[: tail.start()], unit[1]
    return text, ""


@cache
def _any_pattern() -> re.Pattern[str]:
    """Nearly every text that is asked about matches none of the patterns: one search tells it."""
    return re.compile("|".join(pattern.pattern for pattern, _ in _rules()[1]))


def _lookup(text: str) -> ColumnRole:
    exact, patterns = _rules()
    if text in exact:
        return exact[text]
    if not _any_pattern().fullmatch(text):
        return "other"
    for pattern, role in patterns:
        if pattern.fullmatch(text):
            return role
    return "other"


@lru_cache(maxsize=4096)
def parse_heading(text: str) -> Heading:
    """One heading's role, unit and period. ``1-11月完成投资(亿元)`` is actual, 亿元, 1-11月."""
    plain = squeeze(text)
    shown = "".join(text.split())
    if (role := _lookup(plain)) != "other":
        told = _PERIOD.match(plain)
        _, unit = _take_unit(plain)
        return Heading(role, shown, unit, told[0] if told else None)
    bare, unit = _take_unit(plain)
    if not unit and bare.endswith("%") and (role := _lookup(bare[:-1])) != "other":
        return Heading(role, shown, "%", None)  # 增减率%, 累计为预算%
    period = _PERIOD.search(bare)
    if period:
        bare = bare[: period.start()] + bare[period.end() :]
    bare = bare.replace("()", "").strip("的,，:：")
    role = _lookup(bare) if bare else ("period" if period else "other")
    if role == "other" and (bracket := _BRACKETS.search(bare)):
        # 完成情况(简述), 目标(必成): the brackets explain, the rest names the column.
        role = _lookup(bare[: bracket.start()] + bare[bracket.end() :])
    if role == "other" and (lead := _LEADING.match(bare)) and lead.end() < len(bare):
        # 5月底应完, 其中:二季度任务, 1月“开门红”任务: what stands in front says of when, the rest names the column.
        role, period = _lookup(bare[lead.end() :]), period or _LEADING_TIME.search(lead[0])
    if role == "other" and "/" in bare:
        # 目标/完成/完成率: several columns in one
        roles = [_lookup(part) for part in bare.split("/")]
        role = roles[0] if "other" not in roles and len(set(roles)) > 1 else role
    if role == "other" and period is None:
        return _fronted(bare, shown, unit)
    return Heading(role, shown, unit, period[0] if period else None)


def _fronted(bare: str, shown: str, unit: str) -> Heading:
    """今年任务, 自己加码, 去年做到: who and when in front, then a word that tells by itself or behind such a front."""
    front, rest = "", bare
    while (found := rulebook.phrase("tables", "heading_front").match(rest)) is not None:
        front, rest = front + found.group(), rest[found.end() :]
    role: ColumnRole = _lookup(rest) if front and rest else "other"
    if not front or not rest or role not in ("other", "target", "actual"):
        return Heading("other", shown, unit)
    if role == "other":
        promises = rulebook.phrase("tables", "promising").fullmatch(rest)
        tells = rulebook.phrase("tables", "telling").fullmatch(rest)
        role = "target" if promises else "actual" if tells else "other"
    return Heading(role, shown, unit, front if role != "other" else None)


def column_role(text: str) -> ColumnRole:
    """What a column under this heading holds; ``other`` where no rule knows it."""
    return parse_heading(text).role
