"""Tables that a page's text gives as one line: headings and cells follow one another, parted by blanks.

Only a table whose rows are numbered from 1 is read: its numbers tell where the rows begin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout.lines import Line
from indicators.readers.layout.pieces import Fragments, Piece, cells_of, pieces_of, words_of
from indicators.readers.tables.heading_row import FIGURES, NAMES, HeadingRow
from indicators.readers.tables.headings import ColumnRole, column_role, is_unit
from indicators.rulebook import phrase
from indicators.schema.source import Table

_TOKEN = re.compile(r"[≥≤><=＝≧≦]\s+(?=\d)\S+|\S+")
_FIGURE = re.compile(r"[≥≤><=＝≧≦约]{0,2}\s*[+\-－]?\d[\d,.]*[%％‰]?(?:[\u4e00-\u9fff]{1,4}|/\S+)?|[—–\-－]+")
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、")
_MIN_LENGTH = 80
_MIN_HEADINGS = 4
_MIN_ROWS = 3


def _is_figure(word: str) -> bool:
    """Whether a word is a figure with its unit, the dash that stands for none, or tells one in words."""
    return _FIGURE.fullmatch(word) is not None or phrase("tables", "figure_in_words").fullmatch(word) is not None


def find_tables(scan: Scan) -> Found:
    """Tables on one line each."""
    return scan.tables(lambda at: _table(scan, at), _may_open)


def _may_open(line: Line) -> bool:
    """Whether the line is long and its first word heads a column of numbers; most lines cost no more than this."""
    return len(line.text) >= _MIN_LENGTH and column_role(line.text.split(maxsplit=1)[0]) == "number"


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    line = scan.every[at]
    pieces = pieces_of(line, _TOKEN)
    heads = _heads(line, pieces)
    headings = HeadingRow.of(words_of(line, heads))
    figures = sum(role in FIGURES for role in headings.roles)
    if not headings.names or not figures or len(heads) < _MIN_HEADINGS:
        return None
    rows: list[list[Fragments]] = []
    for number, row in _numbered(line, pieces[len(heads) :], figures):
        for part in _records(line, row, figures):
            cells = _cells(line, part, headings.roles[1:])
            rows.append([*cells_of(line, [number]), *cells])
    if len(rows) < _MIN_ROWS:
        return None
    return scan.build([cells_of(line, heads), *rows], at), at + 1


def _heads(line: Line, pieces: Sequence[Piece]) -> list[Piece]:
    """The headings that open the line: stretches up to the first that is none, a section or the number 1."""
    heads: list[Piece] = []
    for a, b in pieces:
        word = line.text[a:b]
        if word == "1" or _SECTION.match(word):
            return heads
        if column_role(word) == "other" and len(heads) < _MIN_HEADINGS - 1:
            return []
        heads.append((a, b))
        if len(heads) > 2 * _MIN_HEADINGS:
            return []
    return []


def _numbered(line: Line, pieces: Sequence[Piece], figures: int) -> list[tuple[Piece, list[Piece]]]:
    """The rows with their numbers; section headings between them are left out.

    A figure may look like the next row's number (1 医院 所 2 2 学校 所 5): a row ends where it has its figures,
    or some of them and a name follows.
    """
    rows: list[tuple[Piece, list[Piece]]] = []
    skipping, told = False, 0
    words = words_of(line, pieces)
    for i, (word, (a, b)) in enumerate(zip(words, pieces, strict=True)):
        named = i + 1 < len(words) and not _is_figure(words[i + 1])
        ended = not rows or skipping or told >= figures or (told > 0 and named)
        if word == str(len(rows) + 1) and ended:
            rows.append(((a, b), []))
            skipping, told = False, 0
        elif _SECTION.match(word):
            skipping = True
        elif rows and not skipping:
            rows[-1][1].append((a, b))
            told += _is_figure(word)
    return rows


def _records(line: Line, row: Sequence[Piece], figures: int) -> list[list[Piece]]:
    """One number may stand for several indicators: each ends with its figures and the word behind them."""
    words = words_of(line, row)
    records: list[list[Piece]] = [[]]
    told = 0
    for i, piece in enumerate(row):
        figure = _is_figure(words[i])
        opens = i + 1 < len(row) and (is_unit(words[i + 1]) or _is_figure(words[i + 1]))
        if told >= figures and not figure and opens:
            records.append([])
            told = 0
        records[-1].append(piece)
        told += figure
    return [record for record in records if any(_is_figure(line.text[a:b]) for a, b in record)]


def _cells(line: Line, record: Sequence[Piece], roles: Sequence[ColumnRole]) -> list[Fragments]:
    """The record's stretches in the columns of its figures, of its unit, and of the words before and behind them."""
    cells: list[Fragments] = [[] for _ in roles]
    name = next(i for i, role in enumerate(roles) if role in NAMES)
    unit = next((i for i, role in enumerate(roles) if role == "unit"), None)
    places = [i for i, role in enumerate(roles) if role in FIGURES]
    told = 0
    for a, b in record:
        word = line.text[a:b]
        if _is_figure(word) and told < len(places):
            col, told = places[told], told + 1
        elif told:
            col = min(places[-1] + 1, len(roles) - 1)
        elif unit is not None and cells[name] and is_unit(word):
            col = unit
        else:
            col = name
        cells[col].append((line.start + a, line.start + b))
    return cells
