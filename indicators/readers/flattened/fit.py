"""How well an atom fits a column, and whether two atoms are of one cell: what role, width and wording tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache

from indicators.readers.flattened.atoms import Atom
from indicators.readers.flattened.heads import Column
from indicators.readers.tables.headings import ColumnRole, is_category, is_unit
from indicators.rulebook import phrase, source

_SIGNED = re.compile(r"[≥≤><＝=]\s*\d")
_STARTS_FIGURE = re.compile(r"[+\-－约近]?\d")
_PURE = re.compile(r"[\d.,]+[%％]?")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_DIGIT = re.compile(r"\d")
_PRINTED = r"[+\-－]?\d[\d,.]*(?:[-~—～]\d[\d,.]*)?"
_PER_CENT = re.compile("[%％]")
_NO_BODY = re.compile(r"[。；“”《》]|\d")
_LISTING = re.compile("[、,，]")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_DATE = re.compile(r"(?:(?:20)?\d{2,4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末|前|份|底前)*$")
_WORDY: frozenset[ColumnRole] = frozenset(
    ("task", "schedule", "result", "other", "indicator", "remark", "reason", "next", "criterion")
)
_FIGURES: frozenset[ColumnRole] = frozenset(
    ("target", "actual", "completion", "gap", "growth", "baseline", "weight", "score", "rank", "period")
)
MARKED: frozenset[ColumnRole] = frozenset(("done_mark", "notdone_mark", "status"))
UNIT_ROLES: frozenset[ColumnRole] = frozenset(("responsible", "assistant"))
_TERMINAL = re.compile(r"[。！？；;：:.][”’」）)]*$")
_OPEN = re.compile(r"[，,、（(《“‘「【—/]$|[（(《“【][^）)》”】]{0,12}$")
_CLOSING = re.compile(r"[，、。；：！？,;）)》”’」】%％]")
_DASHES = re.compile(r"[—–\-－/／\\]{1,3}")
_NEAR = 1024
"""Answers kept: what an atom's text is like is asked for every column, beside both neighbours, and in every pass."""


@cache
def _figure() -> re.Pattern[str]:
    """A figure with its unit and bound, and nothing else."""
    opening, tail = source("tables", "figure_opening"), source("tables", "figure_tail")
    return re.compile(rf"(?:{opening})*{_PRINTED}\s*[^\d\s。，；]{{0,6}}(?:{tail})?$")


@lru_cache(maxsize=_NEAR)
def is_figure(text: str) -> bool:
    """Whether the text is a figure with its unit and bound, and nothing else."""
    return _figure().match(text) is not None


@lru_cache(maxsize=_NEAR)
def _is_nothing(text: str) -> bool:
    """Whether a dash or word says that the cell holds nothing."""
    return _DASHES.fullmatch(text) is not None or phrase("tables", "nothing_told").fullmatch(text) is not None


@lru_cache(maxsize=_NEAR)
def is_terminal(text: str) -> bool:
    """Whether the text ends like a sentence."""
    return _TERMINAL.search(text) is not None


@dataclass
class Evidence:
    """What the table tells of itself: typical widths, atoms that recur in many rows, pairs of characters it uses."""

    widths: dict[int, int] = field(default_factory=dict)
    recurring: Counter[str] = field(default_factory=Counter)
    pairs: set[str] = field(default_factory=set)
    homes: dict[str, int] = field(default_factory=dict)
    """The column where a recurring atom was found to lie in most rows."""
    traits: dict[int, float] = field(default_factory=dict)
    """For each column, how much it says for it that an atom holds a figure (log odds)."""
    wordy: frozenset[int] = frozenset()
    """Columns headed for figures (目标) that hold words."""
    rows: int = 1
    figures: bool = False
    """Columns hold bare figures: a figure alone on its line is then a cell, not the end of a sentence."""


def fit(atom: Atom, column: Column, evidence: Evidence) -> float:
    """How well an atom fits a column, by the column's role; the same in every pass."""
    role, text = column.role, atom.text
    if atom.kind == "label" or role == "label":
        return 8.0 if atom.kind == "label" and role == "label" else -12.0
    score = 0.0
    if _is_nothing(text):
        # A dash fills a cell of its own, of any column.
        return -2.0 if role in ("task", "indicator", "unit") else 0.5
    if role in MARKED:
        return 5.0 if atom.kind == "mark" else -8.0
    if atom.kind == "mark":
        score -= 7.0 if not text[0].isalnum() else 1.0
    if role == "contact":
        return score + (6.0 if atom.kind == "phone" else (0.0 if _NAME.fullmatch(text) else -5.0))
    if atom.kind == "phone":
        score -= 6.0
    if atom.lead:
        return score + (2.0 if role == "schedule" else -3.0)
    return score + _wording_fit(atom, role, evidence)


def _wording_fit(atom: Atom, role: ColumnRole, evidence: Evidence) -> float:
    """How well an atom's words or figures suit what a column is headed as holding."""
    text = atom.text
    if role in UNIT_ROLES:
        return _unit_fit(atom) + _recurring(atom, evidence)
    if atom.body == 2:
        # Names of bodies stand in running text too, but seldom alone on their lines.
        return -1.0 if role in _WORDY else -2.5
    if role == "leader":
        return 1.0 if 2 <= len(text) <= 4 and not _DIGIT.search(text) else -2.0
    if role in ("weight", "score", "rank") and _PER_CENT.search(text):
        return -1.5
    if role in _FIGURES:
        return 1.5 if is_figure(text) else (-1.0 if role == "target" or len(text) <= 3 else -3.0)
    if is_category(text) and role not in ("nature", "category", "region"):
        return -2.0
    if role == "deadline":
        return 2.0 if _DATE.match(text) or phrase("tables", "in_place_of_date").match(text) else -2.5
    if role == "unit":
        return 4.0 if is_unit(text) else (0.5 if len(text) <= 5 and not _DIGIT.search(text) else -4.0)
    if role == "region":
        if len(text) <= 12 and phrase("organisations", "region_cell").search(text):
            return 2.0
        return -2.0 if is_figure(text) else -0.3
    if role in ("nature", "category"):
        return 3.0 if is_category(text) else (-0.3 if len(text) <= 8 and not is_figure(text) else -2.0)
    if role in ("remark", "reason", "next"):
        return -1.0 if is_figure(text) else 0.0
    if role in ("task", "indicator"):
        alone = 2.0 if _SIGNED.match(text) else 0.8 * (_PURE.fullmatch(text) is not None)
        told = 0.6 * (atom.list_number is not None) + 0.4 * ("。" in text) + 0.5 * _recurring(atom, evidence)
        return -alone - told
    return 0.0


def learned_fits(atom: Atom, places: Iterable[int], evidence: Evidence) -> list[float]:
    """What the passes before say for each column: its width, what recurs in it, how often it holds figures."""
    traits = evidence.traits if atom.figured and not atom.page else {}
    wordy = evidence.wordy if evidence.wordy and not is_figure(atom.text) else frozenset()
    home = evidence.homes.get(atom.text)
    found = []
    for place in places:
        score = traits.get(place, 0.0)
        if place in wordy:
            score += 1.0
        if home is not None:
            score += 2.0 if home == place else -2.0
        wide = evidence.widths.get(place)
        if wide is not None and atom.width > wide * 1.12 + 1:
            score -= 0.6 * min(8.0, atom.width - wide * 1.12 - 1)
        found.append(score)
    return found


def _unit_fit(atom: Atom) -> float:
    score = (0.0, 1.2, 3.0)[atom.body]
    if _NO_BODY.search(atom.text):
        score -= 3.0
    if atom.body == 0:
        score += 0.8 if phrase("tables", "cell_of_bodies_end").search(atom.text) else -0.6
    if len(atom.text) > 24 and not _LISTING.search(atom.text):
        score -= 2.0
    return score


def _recurring(atom: Atom, evidence: Evidence) -> float:
    count = evidence.recurring[atom.text]
    share = count / max(evidence.rows, 1)
    return 1.5 + 2.5 * min(share, 1.0) if count >= 3 and share >= 0.2 else 0.0


def goes_on(before: Atom, after: Atom, evidence: Evidence) -> float:
    """Evidence of the text that two atoms are of one cell; below 0 where a new cell is likelier."""
    if before.lead or after.lead:
        return 3.0 if before.lead else -2.5
    score = 0.0
    if _OPEN.search(before.text):
        score += 3.0
    if _CLOSING.match(after.text) and len(after.text) > 1:
        score += 4.0
    if before.body == 2 and not before.body_ends:
        score += 2.5
    if _is_nothing(after.text) or _is_nothing(before.text):
        return -3.0
    if is_figure(before.text) and is_figure(after.text):
        score -= 2.5
    elif is_figure(before.text) and _HAN.match(after.text) and not phrase("tables", "counted_in").match(after.text):
        score -= 1.0
    elif evidence.figures and after.alone and _PURE.fullmatch(after.text) and _HAN.match(before.text[-1]):
        score -= 1.5
    if len(after.text) == 1 and _HAN.match(after.text) and after.kind == "text":
        # What is left of a word that the line had no room for.
        score += 1.0
    if is_category(before.text) or is_category(after.text):
        score -= 2.0
    terminal = is_terminal(before.text)
    if after.list_number is not None:
        if after.list_number == before.list_so_far + 1 and (after.list_number > 1 or before.list_so_far):
            score += 1.2
        else:
            score -= 2.0 if after.list_number == 1 else 1.0
        if not terminal:
            score -= 1.0
    elif not terminal:
        score += 0.8
        if phrase("tables", "counted_in").match(after.text) and before.text[-1].isdigit():
            score += 3.0
        if _STARTS_FIGURE.match(after.text) and phrase("tables", "awaits_figure").search(before.text):
            score += 2.0
        score += 0.8 if before.text[-1] + after.text[0] in evidence.pairs else -0.4
    if not after.first and not after.page:
        # Two stretches of one line, parted by a blank where Chinese text has none.
        score -= 0.5 if after.weak else 2.5
    return score


def may_fill(before: Atom, after: Atom) -> bool:
    """Whether the width of a line may tell that the text goes on below: not behind a sentence or before a number."""
    return after.list_number is None and not before.lead and not is_terminal(before.text)


def fills(before: Atom, wide: int | None) -> float:
    """Evidence of the layout, where :func:`may_fill`: a line that goes on below fills its column."""
    if wide is None:
        return 0.0
    if before.width < wide * 0.72:
        return -2.5
    return 0.8 if before.width >= wide * 0.85 else 0.0


def enter(column: Column, atom: Atom) -> float:
    """Bonus for beginning a cell with this atom."""
    single = len(atom.text) == 1 and atom.kind == "text" and not atom.text.isdigit()
    if single and column.role not in ("unit", "nature"):
        return -2.0
    if column.role in ("schedule", "result"):
        return 0.6 if atom.list_number == 1 else 0.0
    return 0.0
