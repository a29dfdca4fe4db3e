"""Tables whose cells stand on one line, parted by blanks, under a heading line that the lexicon knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indicators.quantities.years import YEAR
from indicators.readers.flattened.atoms import Atom, is_tick
from indicators.readers.flattened.cells import deal
from indicators.readers.flattened.fit import Evidence
from indicators.readers.flattened.heads import Column
from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout.lines import Line, is_layout, width
from indicators.readers.layout.pieces import Fragments, Piece, cells_of, pieces_of, words_of
from indicators.readers.layout.places import printed_at
from indicators.readers.tables.blanks import FIGURE, Shape, blank_columns, shapes_of
from indicators.readers.tables.heading_row import (
    FIGURES,
    HeadingRow,
    heading_pieces,
    is_heading_row,
    told_anew,
    wrapped,
)
from indicators.readers.tables.headings import ColumnRole, squeeze
from indicators.readers.tables.rates import rated_columns
from indicators.readers.tables.spread import spread
from indicators.rulebook import phrase
from indicators.schema.source import EMPTY, Table

_NUMBER = re.compile(r"[（(]?(?:\d{1,4}(?:[.-]\d{1,3})*|[一二三四五六七八九十]{1,3})[）)]?[、.．]?|[—–/-]")
_SENTENCE = re.compile(r"。.|[。；]$")
_CLAUSES = re.compile("[，,。；;]")
_TELLS = 3
"""Clauses of a line that is no row with cells left out, but a sentence."""
_MAX_MERGED = 8
_LEAST_RATED = 3
"""Rows at least that a rate is looked for in."""
_MOST_HEADING_LINES = 3
_LEAST_WRAPPED = 3
_FIRST_ROWS = 12
_TIME = re.compile(rf"{YEAR}(?:年|$)|\d{{1,2}}(?:[-—–~～至]\d{{1,2}})?月")
_HAN = re.compile("[\u4e00-\u9fff]")
_BETWEEN = 40
"""Lines of headings, page numbers and rules at most between two rows; a text of nothing else is no table."""
_SEEN = 60
"""Lines that are looked at for rows with all their cells."""
_SHARES_NUMBER = 4
"""Columns that a table has at least whose rows may share a number, or leave cells blank."""


@dataclass(frozen=True, slots=True)
class _Head:
    rows: list[list[Fragments]]
    roles: Sequence[ColumnRole]
    after: int


def _head(every: Sequence[Line], at: int) -> _Head | None:
    """The heading line or lines that begin at ``at``."""
    pieces = heading_pieces(every[at])
    words = [squeeze(every[at].text[a:b]) for a, b in pieces]
    if len(words) < 2 or any(len(word) > 20 or _SENTENCE.search(word) for word in words):
        return None
    if at + 1 < len(every) and (two := _two_levels(every, at, words)) is not None:
        return two
    if (whole := _wrapped(every, at, pieces)) is not None:
        return whole
    heads = HeadingRow.of(words)
    ends = heads.roles[-1] != "other" or not FIGURE.fullmatch(words[-1])
    told = heads.known * 2 > len(words) or _is_rated(every, at + 1, len(words))
    above = _above_figures(every, at, cells_of(every[at], pieces), heads)
    if len(words) >= 3 and told and ends and (above is None or len(above.roles) == len(words)):
        return _Head([cells_of(every[at], pieces)], heads.roles, at + 1)
    return above


def _above_figures(every: Sequence[Line], at: int, cells: list[Fragments], heads: HeadingRow) -> _Head | None:
    """Words above columns of figures head them, whatever they say; names may stand below no heading of their own."""
    if any(_is_figure(word) or _CLAUSES.search(word) or word.endswith((":", "：")) for word in heads.words):
        return None
    rows = [line.text.split() for line in every[at + 1 : at + 1 + _LEAST_RATED]]
    rows = [row for row in rows if row][: _LEAST_RATED - 1]
    widths = {len(row) for row in rows}
    named = widths == {len(heads.words) + 1}
    if len(rows) < _LEAST_RATED - 1 or min(widths) < _LEAST_WRAPPED or not (named or widths == {len(heads.words)}):
        return None
    if any(_is_figure(row[0]) or (named and is_tick(row[-1])) for row in rows):
        return None
    if not all(2 * sum(FIGURE.fullmatch(word) is not None for word in row[1:]) >= len(row) - 1 for row in rows):
        return None
    return _Head([[[], *cells] if named else cells], ("other", *heads.roles) if named else heads.roles, at + 1)


def _is_figure(word: str) -> bool:
    """Whether a word is a figure and no time: 3月 and 2024年 may name a row or head a column."""
    return FIGURE.fullmatch(word) is not None and _TIME.match(word) is None


def _wrapped(every: Sequence[Line], at: int, pieces: Sequence[Piece]) -> _Head | None:
    """年度 | 实际 | 完成 over 目标 | 完成 | 率: headings that go on on the next line, or on the two next."""
    cells = cells_of(every[at], pieces)
    words = [squeeze(every[at].text[a:b]) for a, b in pieces]
    tops = [_middle(every[at], piece) for piece in pieces]
    after = at + 1
    while after < min(len(every), at + _MOST_HEADING_LINES):
        line = every[after]
        found = pieces_of(line)
        lower = words_of(line, found)
        middles = [_middle(line, piece) for piece in found]
        places = wrapped(words, lower, (tops, middles)) if not any(map(FIGURE.fullmatch, lower)) else None
        if places is None:
            break
        for cell, word, place in zip(cells_of(line, found), lower, places, strict=True):
            cells[place] = [*cells[place], *cell]
            words[place] += word
        after += 1
    if after == at + 1 or len(words) < _LEAST_WRAPPED:
        return None
    return _Head([cells], HeadingRow.of(words).roles, after)


def _middle(line: Line, piece: Piece) -> int:
    """The place on the line of the middle of a stretch."""
    begin, end = printed_at(line, piece, width)
    return (begin + end) // 2


def _is_rated(every: Sequence[Line], at: int, width: int) -> bool:
    """Whether the rows below tell by a printed rate what their columns are, whatever the headings are called."""
    rows: list[list[str]] = []
    for line in every[at : at + _SEEN]:
        words = line.text.split()
        if words and len(words) != width:
            break
        rows += [words] if words else []
    return len(rows) >= _LEAST_RATED and bool(rated_columns(list(zip(*rows, strict=True))))


def _two_levels(every: Sequence[Line], at: int, words: Sequence[str]) -> _Head | None:
    """地区 | 组一 | 组二 over 目标 | 实际 | 目标 | 实际: the lower line starts a group where a heading comes again."""
    lower = every[at + 1]
    leaves = HeadingRow.of(lower.text.split())
    known = leaves.known == len(leaves.words) or told_anew(leaves.words)
    if not known or len(leaves.words) < len(words) - 1:
        return None
    laid = spread(words, leaves.words)
    if laid is None:
        return None
    printed = cells_of(every[at], heading_pieces(every[at]))
    upper = laid.upper(printed, [])
    below = laid.lower(cells_of(lower, pieces_of(lower)), [])
    heads = HeadingRow.of(words)
    roles = (*heads.roles[: laid.lead], *leaves.roles, *heads.roles[len(words) - laid.tail :][: laid.tail])
    return _Head([upper, below], roles, at + 2)


def _fit(
    line: Line, roles: Sequence[ColumnRole], *, begun: bool, shapes: Sequence[Sequence[Shape]] = ()
) -> list[Fragments] | None:
    """The line's blank-separated parts as one cell for each role; ``None`` where it is no row of the table.

    ``begun``: rows stand above it, whose number it may share. ``shapes``: what the full rows look like.
    """
    tokens = pieces_of(line)
    words = line.text.split()
    if roles[0] == "number" and not _numbers_row(words[0]):
        shares = begun and len(roles) > _SHARES_NUMBER and not _CLAUSES.search(line.text)
        rest = _fit(line, roles[1:], begun=True) if shares else None
        return None if rest is None else [[], *rest]
    if len(tokens) == len(roles):
        return None if any(_SENTENCE.search(word) and len(word) > 60 for word in words) else cells_of(line, tokens)
    if _SENTENCE.search(line.text) and len(_CLAUSES.findall(line.text)) >= _TELLS:
        return None  # 赤字3000亿元，实际2999.6亿元，少0.4亿元；占比 1.6%。: text below the table, parted by one blank
    if (gaps := blank_columns(words, shapes, roles)) is not None:
        told = iter(cells_of(line, tokens))
        return [[] if col in gaps else next(told) for col in range(len(roles))]
    figures = sum(FIGURE.fullmatch(word) is not None for word in words)
    fewest = len(roles) / 2 if figures > 1 else len(roles) * 2 / 3
    if not figures or not fewest <= len(tokens) <= len(roles) + _MAX_MERGED:
        return None
    atoms = [_atom(line, a, b) for a, b in tokens]
    columns = [Column(role, EMPTY) for role in roles]
    places = deal(atoms, columns, Evidence())
    cells: list[Fragments] = [[] for _ in roles]
    for atom, place in zip(atoms, places, strict=True):
        cells[place].append((atom.start, atom.end))
    merged = len(tokens) - sum(bool(cell) for cell in cells)
    return cells if merged <= max(0, len(tokens) - len(roles)) + 1 else None


def _atom(line: Line, begin: int, end: int) -> Atom:
    text = line.text[begin:end]
    kind = "mark" if is_tick(text) else "text"
    return Atom(text, line.start + begin, line.start + end, kind, first=False, alone=False, width=width(text))


def find_tables(scan: Scan) -> Found:
    """Tables of blank-separated lines."""
    return scan.tables(lambda at: _table(scan, at), _is_parted)


def _goes_on(scan: Scan, at: int, roles: Sequence[ColumnRole]) -> bool:
    """Whether two rows of the table follow, full but for a cell that rows share."""
    rows = [line.text.split() for line in scan.every[at : at + 2]]
    return len(rows) > 1 and all(0 <= len(roles) - len(row) <= 1 and not is_heading_row(row) for row in rows)


def _is_parted(line: Line) -> bool:
    """Whether a blank parts the line, as it parts headings."""
    return len(line.text.split(maxsplit=1)) > 1


def _lacks_names(roles: Sequence[ColumnRole], below: Sequence[Sequence[str]]) -> bool:
    """Whether the headings are of figures only, and the rows have names as well: their heading stands further up."""
    rows = [row for row in below if row][:_FIRST_ROWS]
    named = sum(any(map(_HAN.search, row[: -len(roles)])) for row in rows)
    return FIGURES.issuperset(roles) and named * 2 > len(rows)


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    """The table whose headings begin at line ``at`` and the line after it."""
    every = scan.every
    head = _head(every, at)
    below = [line.text.split() for line in every[head.after : head.after + _SEEN]] if head is not None else []
    if head is None or _lacks_names(head.roles, below):
        return None
    rows = list(head.rows)
    shapes = shapes_of(below, len(head.roles))
    after = here = head.after
    again = {squeeze(every[i].text) for i in range(at, head.after)}
    while here < len(every) and scan.is_free(here):
        if every[here].text:
            if here - after < _BETWEEN and (squeeze(every[here].text) in again or is_layout(every[here])):
                here += 1
                continue
            begun = len(rows) > len(head.rows)
            cells = _fit(every[here], head.roles, begun=begun, shapes=shapes)
            if cells is None and begun and len(head.roles) > _SHARES_NUMBER and _goes_on(scan, here + 1, head.roles):
                if head.roles[-1] not in FIGURES:  # the end of a row that a line end broke; else a note between rows
                    rows[-1][-1].append((every[here].start, every[here].end))
                here += 1
                continue
            if cells is None:
                break
            rows.append(cells)
            after = here + 1
        here += 1
    return (scan.build(rows, at), after) if len(rows) >= len(head.rows) + 2 else None


def _numbers_row(word: str) -> bool:
    """Whether a word stands in a column of numbers: the number of a row, or what it adds up."""
    if _NUMBER.fullmatch(word):
        return True
    return any(phrase("tables", row).fullmatch(word) for row in ("total_row", "subtotal_row"))
