"""Figures inside the names of projects, plants and classes of firms: found, but no indicators."""

from __future__ import annotations

import re

from indicators.quantities.draft import Draft
from indicators.quantities.patterns import any_of
from indicators.schema.quantity import Quantity

_MADE, _WORK = any_of("project", "made"), any_of("project", "work")
_NAME_BEFORE = re.compile(_MADE + r"(?:能力)?[ \t]*\Z")
_NAME_AFTER_MADE = re.compile(rf"[一-鿿A-Za-z0-9“”（）()、·/]{{1,24}}?{_WORK}")
_NAME_AFTER_OVER = re.compile(
    rf"的?(?:(?!{any_of('project', 'not-class')})[一-鿿A-Za-z“”]){{0,8}}?{any_of('project', 'class')}"
)
_NAME_AFTER_PLAIN = re.compile(rf"级?(?:(?!{any_of('project', 'not-size')})[一-鿿]){{0,4}}?{any_of('project', 'size')}")
_STOP = re.compile(rf"[，。；！？,;]|{_WORK}")
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


def is_in_name(text: str, draft: Draft) -> bool:
    """Whether a figure is a capacity, a threshold or a size in the name of what follows it."""
    kind, end = draft.kind, draft.end
    if _NAME_BEFORE.search(text, max(0, draft.number_start - 8), draft.number_start):
        return _NAME_AFTER_MADE.match(text, end) is not None
    if kind not in _NAME_KINDS:
        return False
    if draft.first.bare:
        return _NAME_AFTER_OVER.match(text, end) is not None or text.startswith("级", end)
    if draft.bound == "at_least" and end > draft.number_end:
        return _NAME_AFTER_OVER.match(text, end) is not None
    if kind == "rate_per_time":
        return _NAME_AFTER_MADE.match(text, end) is not None
    if draft.bound is None and kind in ("money", "number") and not draft.first.plain:
        return _NAME_AFTER_PLAIN.match(text, end) is not None
    return False
