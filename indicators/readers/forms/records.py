"""A record alone: one thing with labelled figures, in one line or one below the other.

项目：新改建农村公路；计划数：400公里；完成数：428公里. A list of such records is a table of its own (keyed, cards);
alone it is one only where nothing else stands in its lines, and the labels promise and tell once each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout.lines import Line
from indicators.readers.layout.numbering import numbered
from indicators.readers.layout.pieces import Fragments
from indicators.readers.tables.heading_row import NAMES
from indicators.readers.tables.headings import column_role
from indicators.schema.source import Table

_PIECE = re.compile(r"(?:[^\s;；,，|｜]|(?<=\d),(?=\d{3}))+")
_LABELLED = re.compile(r"(?:[-*•●○◆·]\s*)?(?P<label>[^：:=]{1,10}?)\s*[：:=]\s*(?P<value>.*)")
_GLUED = re.compile(r"(?P<label>[^\d：:=≥≤<>＜＞（）()]{2,8}?)(?P<value>[≥≤<>＜＞]?\d.*)")
_FIGURE = regex.compile(
    r"[≥≤<>＜＞]?-?\d[\d,.]*(?:[万亿千百十余多]*(?:[%％]|[\p{Han}A-Za-z/²³]{0,5}))(?:以上|以内|以下|左右)?[。]?"
)
_TOLD = frozenset(("actual", "result", "done_mark"))
_BESIDE = frozenset(("completion", "gap", "unit", "number", "growth", "baseline"))
_LONGEST = 100
"""Characters of a record's line at most."""
_NAME_CHARS = 24
_FIELDS = (2, 6)
"""Fields beside the name, at least and at most."""
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Field:
    """A label with its value: what they say, and where they stand in the text."""

    label: str
    value: str
    head: Place
    cell: Place


def find_tables(scan: Scan) -> Found:
    """One-row tables of such records."""
    return scan.tables(lambda at: _in_line(scan, at) or _below(scan, at), lambda line: 1 < len(line.text) <= _LONGEST)


def _in_line(scan: Scan, at: int) -> tuple[Table, int] | None:
    """The record that fills line ``at``."""
    line = scan.every[at]
    if sum(map(str.isdigit, line.text)) < _FIELDS[0]:
        return None
    found = _fields(line)
    return (_build(scan, found, at), at + 1) if _is_record(found) else None


def _below(scan: Scan, at: int) -> tuple[Table, int] | None:
    """The record whose name stands in line ``at`` and its figures in the lines below it."""
    first, below = scan.every[at], scan.every[at + 1 : at + 2]
    if len(first.text) > _NAME_CHARS or not below or not any(map(str.isdigit, below[0].text)):
        return None  # no figure right below: nearly every line
    if numbered(first.text) is not None or any(map(str.isdigit, first.text)):
        return None
    after, fields = at + 1, list(_fields(first))
    if len(fields) != 1:
        return None
    while after < len(scan.every) and scan.is_free(after) and scan.every[after].text and len(fields) <= _FIELDS[1]:
        own = _fields(scan.every[after]) if len(scan.every[after].text) <= _NAME_CHARS else []
        if len(own) != 1 or not own[0].label or not _FIGURE.fullmatch(own[0].value):
            break
        fields += own
        after += 1
    return (_build(scan, fields, at), after) if _is_record(fields) else None


def _fields(line: Line) -> list[_Field]:
    """The fields of a line in order, a name without a label under ""; none where a word is left over."""
    found: list[_Field] = []
    label: Place | None = None
    for piece in _PIECE.finditer(line.text):
        begin, end = piece.span()
        word = piece.group()
        if label is not None:
            found.append(_field(line, label, (begin, end)))
            label = None
        elif (parted := _LABELLED.fullmatch(word) or _glued(word)) is not None:
            (a, b), (c, d) = parted.span("label"), parted.span("value")
            if c == d:
                label = begin + a, begin + b
            else:
                found.append(_field(line, (begin + a, begin + b), (begin + c, begin + d)))
        elif not found or column_role(word) != "other":
            if found or column_role(word) in NAMES or _names_next(line.text, end):
                label = begin, end
            else:
                found.append(_field(line, (begin, begin), (begin, end)))
        else:
            return []
    return found if label is None else []


def _names_next(text: str, at: int) -> bool:
    """测评项 空气优良天数: two words alone, of which the first labels the second."""
    rest = text[at:].split()
    return len(rest) == 1 and not any(c.isdigit() for c in rest[0])


def _glued(word: str) -> re.Match[str] | None:
    """计划180家: a label and its figure in one word."""
    found = _GLUED.fullmatch(word)
    return found if found is not None and column_role(found["label"]) in {"target", *_TOLD} else None


def _field(line: Line, head: Place, cell: Place) -> _Field:
    text = line.text
    at = line.start
    return _Field(text[slice(*head)], text[slice(*cell)], (at + head[0], at + head[1]), (at + cell[0], at + cell[1]))


def _is_record(fields: Sequence[_Field]) -> bool:
    """Whether a thing is named, and what was promised and told of it, once each, in figures."""
    if not fields or not _FIELDS[0] <= len(fields) - 1 <= _FIELDS[1]:
        return False
    name, *rest = fields
    if any(c.isdigit() for c in name.value) or column_role(name.label) in _TOLD or len(name.value) < 2:
        return False
    roles = [column_role(field.label) for field in rest]
    told = [role for role in roles if role in _TOLD]
    known = all(role == "target" or role in _TOLD or role in _BESIDE or role in NAMES for role in roles)
    measured = all(
        _FIGURE.fullmatch(f.value) for f, role in zip(rest, roles, strict=True) if role == "target" or role in _TOLD
    )
    return known and measured and roles.count("target") == 1 and len(told) == 1


def _build(scan: Scan, fields: Sequence[_Field], at: int) -> Table:
    heads: list[Fragments] = [[field.head] if field.label else [] for field in fields]
    return scan.build([heads, [[field.cell] for field in fields]], at, header=1)
