"""Names of responsible bodies: whether a stretch of text is a list of them, and where each one ends."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from indicators import rulebook

_HAN = "\u4e00-\u9fff"


def _any(section: str) -> str:
    return "|".join(map(re.escape, rulebook.words("organisations", section)))


@cache
def _name() -> re.Pattern[str]:
    place, stem, ending, whole = (_any(section) for section in ("place", "stem", "ending", "whole"))
    known = rf"(?:[{_HAN}]{{0,3}}?(?:{place}))?(?:(?:{stem})(?:和|与|、)?){{1,3}}(?:{ending})"
    local = rf"[{_HAN}]{{0,5}}?(?:{whole})"
    noted = rf"(?:[（(【\[](?:{known}|{local}|[{_HAN}]{{1,8}})[】\]）)])"
    return re.compile(rf"(?:(?:{known}|{local}|{noted})(?:{noted})?(?:等)?[、，,;；/\s]*)+")


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"[{_HAN}]{{0,3}}?(?:{_any('place')})|(?:{_any('stem')})|[（(【]")


def may_open(text: str) -> bool:
    """Whether the name of a body may begin with this line: it opens with a place, a level or a stem."""
    return _opening().match(text) is not None or text in _stem_beginnings()


@cache
def _stem_beginnings() -> frozenset[str]:
    return frozenset(word[:end] for word in rulebook.words("organisations", "stem") for end in range(2, len(word)))


def is_broken_off(text: str) -> bool:
    """Whether the text is the beginning of a known body's name: 县人力资源和."""
    found = _beginning().fullmatch(text)
    return found is not None and (found[2] in _stem_beginnings() if found[2] else bool(found[1]))


@cache
def _beginning() -> re.Pattern[str]:
    place, stem = _any("place"), _any("stem")
    return re.compile(rf"(?:[{_HAN}]{{0,3}}?(?:{place}))((?:(?:{stem})(?:和|与|、)?){{0,3}})([{_HAN}]*)")


@cache
def _kind() -> re.Pattern[str]:
    return re.compile(_any("kind"))


@cache
def _department() -> re.Pattern[str]:
    return re.compile(rf"[{_HAN}]{{2,10}}(?:{_any('department')})")


@lru_cache(maxsize=4096)
def is_split(first: str, second: str) -> bool:
    """Whether a line breaks off inside the word for a body: 高新区管 / 委会."""
    words = (*rulebook.words("organisations", "whole"), *rulebook.words("organisations", "ending"))
    return any((first + second).endswith(word) and len(second) < len(word) for word in words)


@lru_cache(maxsize=4096)
def is_broken_name(first: str, second: str = "") -> bool:
    """Whether two lines are one department of any field, the second no more than its kind: 县产业发展 / 中心."""
    kind = _kind().fullmatch(second) is not None
    return kind and may_open(first) and may_be_name(first + second) and not may_be_name(first)


@lru_cache(maxsize=4096)
def is_list(text: str) -> bool:
    """Whether the whole text is a list of known bodies: 市财政局、县（市、区）人民政府."""
    return 2 <= len(text) <= 80 and _name().fullmatch(text) is not None


@lru_cache(maxsize=4096)
def may_be_name(text: str) -> bool:
    """Whether the text may be one department of any field: 生产运营部, 供水科."""
    return len(text) <= 12 and _department().fullmatch(text) is not None
