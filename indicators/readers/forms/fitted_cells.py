"""How well a word fits a column of a table, told by what the column's heading says that it holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from indicators.readers.layout.words import is_figure
from indicators.readers.tables import organisations
from indicators.readers.tables.columns import resolve_headings
from indicators.readers.tables.heading_row import NAMES
from indicators.readers.tables.headings import ColumnRole, column_role, is_category, is_unit
from indicators.rulebook import phrase
from indicators.schema.source import Cell, Table

_NUMBER = re.compile(r"\d{1,3}[、.．]?")
_BARE = re.compile(r"[≥≤><=＝≧≦＜＞约]{0,2} ?[+\-－]?\d[\d,，]*(?:\.\d+)?")
_RATE = re.compile(r"[≥≤><=＝≧≦＜＞约]{0,2} ?[+\-－]?\d[\d,，]*(?:\.\d+)?[%％‰]")
_VALUE = re.compile(r"[≥≤><=＝≧≦＜＞约+\-－]{0,2} ?\d[\d,，]*(?:\.\d+)?\S{0,8}")
_NONE = re.compile(r"[—–\-－/]{1,4}")
_SIGN = re.compile(r"[≥≤＞＜><=＝≧≦]")
_TICK = re.compile(r"[√×✓▲●○☑■]")
_DIGIT = re.compile(r"\d")
_LONG = 14
"""Characters of a word at least that tells more than a name does."""
_CLAUSE = re.compile("[，。；,;]")

Kind = str
"""What a word is by itself: bare, rate, value, none, sign, tick, unit, category, body, words, told (with a figure)."""

_BODIES: frozenset[ColumnRole] = frozenset(("responsible", "leader", "assistant", "contact"))
_GROUPS: frozenset[ColumnRole] = frozenset(("category", "label"))
_FIGURED: frozenset[ColumnRole] = frozenset(("actual", "baseline", "growth", "gap"))
_ASIDE: frozenset[ColumnRole] = frozenset(("remark", "reason", "next", "criterion"))
_POINTS: frozenset[ColumnRole] = frozenset(("score", "weight", "rank"))

TELLING = frozenset(("promise", "either", "figure", "rate", "result"))
TELLS_NOTHING = -3.0
"""What it costs that a row has a cell neither of promises nor of answers."""
_BROKEN = -0.5
"""What it costs that a cell is put together from two stretches of the text."""
_WELL = 0.8
_UNLIKE, _ALIKE = -1.0, 0.1
_LOOKS: frozenset[Kind] = frozenset(("bare", "value", "sign"))
_NEVER = -9.0
_FITS: dict[str, dict[Kind, float]] = {
    # What each kind of column makes of each kind of word; what is not listed stands under "".
    "number": {"number": 1.5, "bare": -4, "": -6},
    "name": {"words": 1, "told": 0.5, "body": 0, "value": -2, "category": -2, "unit": -4, "rate": -6, "": _NEVER},
    "group": {"category": 1.5, "words": 0.3, "body": -1, "told": -1, "": _NEVER},
    "nature": {"sign": 1.5, "words": 0.4, "category": 0.8, "": -5},
    "unit": {"unit": 2, "none": 0, "words": -2.5, "": -6},
    "figure": {"bare": 1, "rate": 1, "value": 1, "none": 0.4, "told": 0, "words": -1.5, "unit": -3, "": -5},
    "promise": {"bare": 1, "rate": 1, "value": 1, "none": 0.4, "told": 0, "words": -1.5, "unit": -3, "": -5},
    "either": {"bare": 1, "rate": 1, "value": 1, "none": 0.4, "told": 0.8, "words": 0.6, "unit": -3, "": -5},
    "year": {"bare": 0.8, "rate": 0.8, "value": 0.8, "none": 0.4, "told": 0, "words": -0.5, "unit": -3, "": -4},
    "rate": {"bare": 1, "rate": 1.5, "none": 0.4, "words": -1.5, "": -5},
    "points": {"bare": 1, "none": 0.2, "": -4},
    "result": {"told": 1, "words": 0.5, "value": 0.5, "bare": 0.3, "rate": 0.4, "none": 0.2, "": -3},
    "body": {"body": 1.5, "words": 0.3, "none": 0, "": -4},
    "aside": {"words": 0.3, "told": 0.5, "none": 0.2, "tick": 0, "body": -0.5, "": -3},
    "mark": {"tick": 1.5, "words": 0.4, "none": 0.2, "": -3},
    "date": {"told": 0.8, "value": 0.8, "words": 0, "bare": -2, "none": 0, "": -4},
    "other": {"": 0.1, "sign": -2, "category": -2},
}
_BLANK: dict[str, float] = {
    "number": -0.9, "name": -3, "group": -0.3, "nature": -0.8, "unit": -0.9, "promise": -2.4, "either": -2.4,
    "figure": -1.8, "year": -1, "rate": -0.9, "points": -1, "result": -1.2, "body": -0.5, "aside": -0.1,
    "mark": -0.8, "date": -0.8, "other": -0.8,
}  # fmt: skip
"""What it costs that a row has nothing in such a column: groups and offices are shared, remarks seldom made."""


def sorts_of(roles: Sequence[ColumnRole]) -> list[str]:
    """The kinds of columns; 目标任务 behind the column that names the rows is what is promised, in words or figures."""
    sorts = [sort_of(role) for role in roles]
    first = sorts.index("name") if "name" in sorts else len(sorts)
    return ["either" if i > first and role == "task" else sorts[i] for i, role in enumerate(roles)]


def sort_of(role: ColumnRole) -> str:
    """The kind of column that a role is, for what fits."""
    for sort, roles in (
        ("name", NAMES),
        ("group", _GROUPS),
        ("promise", frozenset(("target",))),
        ("figure", _FIGURED),
        ("points", _POINTS),
        ("body", _BODIES),
        ("aside", _ASIDE),
        ("nature", frozenset(("nature", "operator"))),
        ("rate", frozenset(("completion",))),
        ("result", frozenset(("result", "schedule"))),
        ("mark", frozenset(("status", "done_mark", "notdone_mark"))),
        ("date", frozenset(("deadline",))),
        ("year", frozenset(("period",))),
    ):
        if role in roles:
            return sort
    return role if role in _FITS else "other"


@lru_cache(maxsize=4096)
def kind_of(word: str) -> Kind:
    """What a word is by itself."""
    if _BARE.fullmatch(word):
        return "bare"
    for kind, pattern in (("rate", _RATE), ("none", _NONE), ("sign", _SIGN), ("tick", _TICK)):
        if pattern.fullmatch(word):
            return kind
    if is_unit(word):
        return "unit"
    if is_category(word):
        return "category"
    if is_figure(word) or (_VALUE.fullmatch(word) and not _CLAUSE.search(word)):
        return "value"
    if _DIGIT.search(word):
        return "told"
    return "body" if organisations.is_list(word) else "words"


@lru_cache(maxsize=8192)
def fit(sort: str, word: str) -> float:
    """How well the word fits a column of this sort; below nothing where it hardly can stand there."""
    kind = kind_of(word)
    if sort == "number" and _NUMBER.fullmatch(word):
        kind = "number"
    if sort == "name":
        if len(word) > 2 * _LONG or _CLAUSE.search(word):
            return -1.0
        if column_role(word) != "other" and phrase("tables", "total_row").fullmatch(word) is None:
            return -1.0
    if sort == "rate" and kind == "value":
        return -0.3
    told = _FITS[sort]
    return told.get(kind, told[""])


def worth(table: Table) -> float:
    """How well the cells of a table fit under its headings in all; a misread table puts names under figures."""
    rows = table.grid()[table.header_rows :]
    sorts = sorts_of([heading.role for heading in resolve_headings(table)])
    told = _BROKEN * sum(_breaks(cell) for row in rows for cell in row if cell is not None)
    for row in rows:
        some = [cell.passage.text for cell, sort in zip(row, sorts, strict=True) if cell and sort in TELLING]
        told += TELLS_NOTHING * (not any(map(_DIGIT.search, some)))
    for col, sort in enumerate(sorts):
        texts = ["".join(cell.passage.text.split()) if (cell := row[col]) is not None else "" for row in rows]
        told += sum(fit(sort, text) if text else blank(sort) for text in texts)
        look = look_of(texts)
        told += sum(unlike(look, text) for text in texts if text)
    return told


def _breaks(cell: Cell) -> int:
    """How many line ends or blanks lie in a cell of words that are no name spread by blanks."""
    at = cell.passage.offsets
    return sum(b - a > 1 for a, b in pairwise(at)) if cell.colspan == cell.rowspan == 1 else 0


def fits_well(table: Table) -> bool:
    """Whether the cells of a table fit so well that no other reading is looked for."""
    rows = table.grid()[table.header_rows :]
    return worth(table) >= _WELL * sum(cell is not None and bool(cell.passage.text) for row in rows for cell in row)


def look_of(texts: Sequence[str]) -> Kind | None:
    """What three in four cells of a column are by themselves; ``None`` where they are not alike or no figures."""
    kinds = Counter(_look(kind_of(text)) for text in texts if text)
    del kinds["none"]
    kind, count = kinds.most_common(1)[0] if kinds else (None, 0)
    return kind if kind in _LOOKS and count * 4 >= 3 * kinds.total() else None


def unlike(look: Kind | None, word: str) -> float:
    """What it costs that a figure looks other than those of its column do."""
    kind = _look(kind_of(word))
    return _UNLIKE * (look is not None and kind in _LOOKS - {look}) + _ALIKE * (look == kind)


def _look(kind: Kind) -> Kind:
    """A figure with a sign or unit of its own looks like another with one."""
    return "value" if kind == "rate" else kind


def blank(sort: str) -> float:
    """What it costs that a row has no cell in such a column."""
    return _BLANK[sort]
