"""Figures inside the names of projects, plants and classes of firms: found, but no indicators."""

from __future__ import annotations

import re

from indicators.quantities.atom import Atom
from indicators.schema.quantity import Bound, Quantity

_NAME_BEFORE = re.compile(r"(?:年产|日产|年处理|日处理|年加工|年产能|年生产|年综合利用)(?:能力)?[ \t]*\Z")
_NAME_HAN = r"[一-鿿A-Za-z0-9“”（）()、·/]"
_NAME_NOUN = r"(?:项目|装置|生产线|工程|基地|机组|电站|车间)"
_NAME_AFTER_MADE = re.compile(rf"{_NAME_HAN}{{1,24}}?{_NAME_NOUN}")
_NAME_AFTER_OVER = re.compile(
    r"(?:的)?(?![一-鿿]{0,6}(?:建设项目资金|奖励|补助|支持))(?:(?!奖|补|扶|资金|用于|其中|以上|贷款|增长|完成|实现|投资)[一-鿿A-Za-z“”]){0,8}?"
    r"(?:项目|企业|产业|工程|园区|集群|装置|产业链|技改|龙头|商圈|市场主体)"
)
_NAME_AFTER_PLAIN = re.compile(
    r"级?(?:(?!奖|补|扶|资金|用于|支持|其中|支|引|给|建设|投入|贷|实施|推进|完成|帮|专项)[一-鿿]){0,4}?(?:企业(?!税|所得|贷|营收)|项目(?!资金|投)|产业集群|园区|俱乐部|装置|产值企业|技改项目)"
)
_STOP = re.compile(r"[，。；！？,;]|项目|装置|生产线|工程")
_NAME_KINDS = frozenset(
    {"money", "area", "mass", "volume", "power", "energy", "length", "rate_per_time", "rate", "number"}
)


def goes_on(text: str, found: list[Quantity], start: int, end: int) -> bool:
    """年产300万只A、300万套B项目: the second figure belongs to the same name."""
    if not found or not found[-1].part_of_name or not 0 < start - found[-1].end <= 14:
        return False
    gap = text[found[-1].end : start]
    if not _NAME_BEFORE.search(text, max(0, found[-1].number_start - 8), found[-1].number_start):
        return False
    return gap[-1] in "、和及与" and not _STOP.search(gap) and _NAME_AFTER_MADE.match(text, end) is not None


def is_in_name(text: str, start: int, figure_end: int, end: int, kind: str, bound: Bound | None, atom: Atom) -> bool:
    if _NAME_BEFORE.search(text, max(0, start - 8), start):
        return _NAME_AFTER_MADE.match(text, end) is not None
    if kind not in _NAME_KINDS:
        return False
    if atom.bare:
        return _NAME_AFTER_OVER.match(text, end) is not None or text.startswith("级", end)
    if bound == "at_least" and end > figure_end:
        return _NAME_AFTER_OVER.match(text, end) is not None
    if kind == "rate_per_time":
        return _NAME_AFTER_MADE.match(text, end) is not None
    if bound is None and kind in ("money", "number") and not atom.plain:
        return _NAME_AFTER_PLAIN.match(text, end) is not None
    return False
