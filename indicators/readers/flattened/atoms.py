"""Lines of a flattened table cut into atoms: stretches that lie in one cell as a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from indicators import rulebook
from indicators.readers.layout.lines import Line, width
from indicators.readers.layout.numbering import numbered
from indicators.readers.tables import organisations
from indicators.readers.tables.headings import is_category, is_unit

_TOKEN = re.compile(r"\S+")
_PHONE = re.compile(r"(?:\d{3,4}[-—]?)?\d{7,8}|1\d{10}|\d{4}-\d{6,8}")
_FIGURE = re.compile(r"[≥≤><＞＜=±+\-－]?\d[\d,.]*(?:%|％|‰)?[\u4e00-\u9fff/²³㎡A-Za-z]{0,6}")
_DIGIT = re.compile(r"\d")
_SIGNED = re.compile(r"[≥≤><＞＜=]\d")
_INTEGER = re.compile(r"\d{1,3}|[13-9]\d{3}")
_HAN = re.compile(r"[\u4e00-\u9fff）)”】》、，。；：√]")


@dataclass(slots=True)
class Atom:
    """A stretch of one line, at ``[start, end)`` of the source."""

    text: str
    start: int
    end: int
    kind: str = "text"
    """text, label, mark, phone or integer (which may be a row's number)."""
    first: bool = True
    """It is the first of its line."""
    alone: bool = True
    """It is the only one of its line."""
    weak: bool = False
    """Only the blank between a figure and Chinese text parts it from the atom before it."""
    gap: bool = False
    """A blank line stands before it."""
    page: bool = False
    """A page break stands before it."""
    label: str = ""
    body: int = 0
    """2 within the name of a known body (市财政局), 1 where it may be a department's, 0 elsewhere."""
    body_ends: bool = False
    """A name, or a list of names, ends with it."""
    list_number: int | None = None
    list_so_far: int = 0
    """The last list number at or before it, counted anew behind a row's number, a label or a mark."""
    width: int = 0
    line: int = 0
    lead: bool = False
    """It opens a line of a schedule cell (计划, 措施) in a table without row labels."""
    figured: bool = False
    """It holds a digit."""
    fits: list[float] = field(default_factory=list)
    """How well it fits each column, by role; filled in when the columns are known."""
    enters: list[float] = field(default_factory=list)
    joined: float = 0.0
    """Evidence that it belongs to the cell of the atom before it."""


@cache
def _label_pattern() -> re.Pattern[str]:
    words = [r"\s*".join(map(re.escape, word)) for word in rulebook.words("headings", "label")]
    loose = [
        p.replace("季度", r"季\s*度") for rule in rulebook.load("headings")["label"] for p in rule.get("patterns", [])
    ]
    return re.compile(rf"(?:{'|'.join(words + loose)})(?=\s|$)")


@cache
def marks() -> frozenset[str]:
    """What a completion cell holds: ticks, crosses and status words."""
    return frozenset(rulebook.words("headings", "mark"))


@cache
def _leads() -> frozenset[str]:
    return frozenset((*rulebook.words("headings", "lead"), *rulebook.words("headings", "label")))


def is_tick(text: str) -> bool:
    """Whether the text is a mark of no letters: √, ×."""
    return text in marks() and not any(char.isalnum() for char in text)


def label_at(text: str, at: int = 0) -> str | None:
    """The row label (进度安排, 施 工 图) that stands at this place of a line, as printed."""
    found = _label_pattern().match(text, at)
    return found[0] if found else None


_SPACED_UNIT = re.compile(r"\d [\u4e00-\u9fff]")
_TIGHT_UNIT = re.compile(r"\d[\u4e00-\u9fff]")


def _sets_blanks(part: Sequence[Line]) -> bool:
    """Whether the text has a blank between figures and Chinese characters as a rule: then it parts no cells."""
    spaced = sum(len(_SPACED_UNIT.findall(line.text)) for line in part if " " in line.text)
    return spaced >= 3 and spaced > sum(len(_TIGHT_UNIT.findall(line.text)) for line in part)


def _gap(left: str, right: str, blanks: str, figures: bool, spaced: bool) -> str:
    """What the white space between two stretches of a line is: "" none, "weak" perhaps, "strong" likely a cell's end.

    Most writers of PDF leave a blank between Chinese characters and figures, and none between Chinese characters.
    """
    if len(blanks) > 1 or "\t" in blanks or "\u3000" in blanks:
        return "strong"
    if left[-1] in "：:，、（(“《" or right[0] in "，、。；：）)”》":
        return ""
    if len(left) == len(right) == 1 and left.isalpha() and right.isalpha():
        return ""  # 门 诊 人 次: a word spread out
    if (_is_stray(left) or _is_stray(right)) and _HAN.match(left[-1]) and _HAN.match(right[0]):
        return ""  # 已完成施 工 图设计
    if left[-1] in "。；！？" or (_HAN.match(left[-1]) and _HAN.match(right[0])):
        return "strong"
    if not figures:
        return ""
    if _SIGNED.match(right) or (_FIGURE.fullmatch(left) and _FIGURE.fullmatch(right)):
        return "strong"
    if is_unit(left):
        return "strong"
    if spaced:
        return ""
    return "weak" if _FIGURE.fullmatch(right) or left[-1].isdigit() else ""


@cache
def _is_stray(token: str) -> bool:
    """Whether a token is one character that no cell holds alone, so that blanks stand within a word."""
    plain = len(token) == 1 and "\u4e00" <= token <= "\u9fff" and token not in marks()
    return plain and not is_unit(token) and not is_category(token)


def _cut(line: Line, figures: bool, spaced: bool, phones: bool, labels: bool) -> list[tuple[int, int, str, bool]]:
    """The line's atoms as (start, end, kind, whether a weak gap stands before it), offsets within the line."""
    atoms: list[tuple[int, int, str, bool]] = []
    at = 0
    text = line.text
    while found := _TOKEN.search(text, at):
        begin, end = found.span()
        kind = "text"
        if labels and (label := label_at(text, begin)):
            end, kind = begin + len(label), "label"
        elif is_tick(found[0]):
            kind = "mark"
        elif phones and _PHONE.fullmatch(found[0]):
            kind = "phone"
        elif not atoms and _INTEGER.fullmatch(found[0]):
            kind = "integer"
        gap = "strong"
        if atoms and kind == "text" and atoms[-1][2] == "text":
            last = atoms[-1]
            gap = _gap(text[last[0] : last[1]].split()[-1], found[0], text[last[1] : begin], figures, spaced)
        if gap:
            atoms.append((begin, end, kind, gap == "weak"))
        else:
            atoms[-1] = (atoms[-1][0], end, "text", atoms[-1][3])
        at = end
    return atoms


_BLANK_IN_TEXT = re.compile(r"(?<![0-9A-Za-z%])\s+|\s+(?![0-9A-Za-z])")


def _tight(text: str) -> str:
    """The text without blanks, but for those between two Latin words or figures."""
    return _BLANK_IN_TEXT.sub("", text) if len(text.split(maxsplit=1)) > 1 else text


def cut(
    part: Sequence[Line], layout: set[int], *, figures: bool = False, phones: bool = False, labels: bool = True
) -> list[Atom]:
    """Atoms of the lines that are no layout; ``layout`` holds places in ``part``. Broken status words are joined."""
    atoms: list[Atom] = []
    gap, page = False, False
    spaced = _sets_blanks(part)
    for at, line in enumerate(part):
        if at in layout:
            page = True
            continue
        page = page or line.page_break
        if not line.text:
            gap = True
            continue
        pieces = _cut(line, figures, spaced, phones, labels)
        for i, (begin, end, kind, weak) in enumerate(pieces):
            atom = Atom(_tight(line.text[begin:end]), line.start + begin, line.start + end, kind, first=i == 0)
            atom.alone, atom.weak = len(pieces) == 1, weak
            atom.gap, atom.page, atom.line = gap, page, at
            atom.width = width(line.text[begin:end])
            atom.lead = not labels and i == 0 and atom.text in _leads()
            if kind == "label":
                atom.label = "".join(atom.text.split())
            found = numbered(atom.text, 0)
            if found is not None and found.rank in (4, 6, 7):
                atom.list_number = found.value
            atoms.append(atom)
            gap, page = False, False
    atoms = _join_marks(atoms)
    _find_bodies(atoms)
    _count_on(atoms)
    return atoms


def _count_on(atoms: Sequence[Atom]) -> None:
    """Notes which list number each text stands under, and which atoms hold a digit."""
    so_far = 0
    for atom in atoms:
        so_far = 0 if atom.kind != "text" else (so_far if atom.list_number is None else atom.list_number)
        atom.list_so_far = so_far
        atom.figured = _DIGIT.search(atom.text) is not None


_MAX_BODY_LINES = 4
_MARK_WIDTH = 10


def _find_bodies(atoms: Sequence[Atom]) -> None:
    """Marks the atoms that make up names of bodies, each name on one to four lines."""
    plain = ["".join(atom.text.split()) if atom.kind == "text" and atom.width <= 60 else "" for atom in atoms]
    at = 0
    while at < len(atoms):
        size = 0
        for count in range(1, _MAX_BODY_LINES + 1):
            group = plain[at : at + count]
            if len(group) < count or not group[-1]:
                break
            if organisations.is_list("".join(group)):
                # "…项目 / 市财政局" reads as place and department: a line that the name does without is no part of it.
                opens = count == 1 or size or organisations.may_open(group[0])
                if not opens and not organisations.is_split(group[-2], group[-1]):
                    break
                size = count
        if not size and organisations.is_broken_name(*plain[at : at + 2]):
            size = 2
        if size:
            for atom in atoms[at : at + size]:
                atom.body = 2
            atoms[at + size - 1].body_ends = True
        elif plain[at] and organisations.may_be_name(plain[at]):
            atoms[at].body = 1
            atoms[at].body_ends = True
        elif plain[at] and (at + 1 == len(atoms) or atoms[at + 1].page) and organisations.is_broken_off(plain[at]):
            atoms[at].body = 2
        at += max(size, 1)


def _join_marks(atoms: list[Atom]) -> list[Atom]:
    """正在推 / 进 on two narrow lines is one mark; a status word alone on its line is one too."""
    made: list[Atom] = []
    at = 0
    while at < len(atoms):
        atom = atoms[at]
        for count in (1, 2, 3):
            group = atoms[at : at + count]
            last = group[-1]
            if len(group) < count or last.kind != "text" or last.width > _MARK_WIDTH or (count > 1 and last.page):
                break
            if count > 1 and not atoms[at + 1].first:
                break
            joined = "".join(piece.text for piece in group)
            if count > 1 and is_category(joined):
                atom = replace(atom, text=joined, end=group[-1].end)
                atom.width = max(piece.width for piece in group)
                at += count - 1
                break
            if joined in marks():
                atom = replace(atom, text=joined, end=group[-1].end, kind="mark")
                atom.width = max(piece.width for piece in group)
                at += count - 1
                break
        made.append(atom)
        at += 1
    return made
