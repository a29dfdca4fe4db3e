"""A document as its reader saw it: text, paragraphs and tables of cells, every character traceable.

``Source.text`` is never changed. What later steps read are *passages*: clean text (layout line
breaks and blanks removed) with, for every character, its offset in ``Source.text``. A table
flattened by PDF-to-text, an HTML table and a worksheet all come out as the same :class:`Table`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Place:
    """Where something lies in its file, as far as the format has such a notion. Counts from 1."""

    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    """x0, top, x1, bottom in PDF points from the page's top left corner."""
    sheet: str | None = None
    cell: str | None = None
    """``B12`` in a worksheet; ``r3c2`` in a table of a document or page."""
    paragraph: int | None = None
    table: int | None = None
    line: int | None = None

    def label(self) -> str:
        """A short Chinese label for people: 第3页, 工作表“Sheet1”B12."""
        parts = []
        if self.page is not None:
            parts.append(f"第{self.page}页")
        if self.sheet is not None:
            parts.append(f"工作表“{self.sheet}”")
        if self.table is not None:
            parts.append(f"表{self.table}")
        if self.cell is not None:
            parts.append(self.cell)
        if self.paragraph is not None:
            parts.append(f"第{self.paragraph}段")
        if self.line is not None:
            parts.append(f"第{self.line}行")
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Passage:
    """Clean text with the source offset of each of its characters.

    ``offsets[i]`` is where ``text[i]`` stands in ``Source.text``; offsets never decrease within a
    fragment, but a cell cut by a page break may consist of fragments far apart.
    """

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets of the clean span ``[start, end)``."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else (self.offsets[-1] + 1 if self.offsets else 0)
            return at, at
        return self.offsets[start], self.offsets[end - 1] + 1

    def slice(self, start: int, end: int) -> Passage:
        """The part ``[start, end)`` as a passage of its own."""
        return Passage(self.text[start:end], self.offsets[start:end])

    def __bool__(self) -> bool:
        return bool(self.text)


EMPTY = Passage("", ())
_INK = re.compile(r"[^\s\u200b\ufeff\u00ad]+")
_APART = re.compile(r"[\u4e00-\u9fff] (?=[\u4e00-\u9fff])")
_TOGETHER = re.compile(r"[\u4e00-\u9fff](?=[\u4e00-\u9fff])")
_BELOW_THOUSAND = re.compile(r"[\u4e00-\u9fff（(](?<![表图第附件之])[ ]?[1-9]\d{0,2}(?: \d{3})*\Z")
_THOUSANDS = re.compile(r"\d{3}(?: \d{3})*[ ]?(?=[\u4e00-\u9fff])")
_AROUND = 40
"""Characters on both sides of a stretch that are looked at."""
_LEAST_APART = 2
"""Pairs of Chinese characters at least that a blank parts."""


def _is_ascii_word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in "%)")


def is_spread(text: str) -> bool:
    """Whether a blank parts its characters one by one (增 长 1 3.7 %), so that a blank parts no words."""
    if text.count(" ") * 4 < len(text):
        return False
    apart = len(_APART.findall(text))
    return apart >= _LEAST_APART and len(_TOGETHER.findall(text)) * 8 <= apart


def _stands_apart(text: str, start: int, end: int) -> bool:
    """Whether the characters of a stretch stand apart one by one, as those do that stand around it."""
    if _APART.search(text, start, end) is None or _TOGETHER.search(text, start, end):
        return is_spread(text[start:end])
    return is_spread(text[max(0, start - _AROUND) : end + _AROUND])


def _groups_digits(text: str, blank: int) -> bool:
    """新栽林木1 260亩: whether the blank parts the thousands of one figure, a word in front and its unit behind."""
    behind = _THOUSANDS.match(text, blank + 1)
    return behind is not None and _BELOW_THOUSAND.search(text, max(0, blank - _AROUND), blank) is not None


def _is_one(text: str, blank: int, start: int, end: int) -> bool:
    """Whether a single blank parts nothing in the stretch that it stands in."""
    return _groups_digits(text, blank) or _stands_apart(text, start, end)


def join(source_text: str, fragments: Iterable[tuple[int, int]]) -> Passage:
    """One passage from source fragments: layout white space out, one blank kept between Latin words.

    A blank between two ASCII words or numbers is kept (``AR VR``, ``90 89.97``): taking it out would
    fuse two figures, unless it parts the thousands of one (``1 260 亩``). Any other white space is layout and is
    dropped, and so is a single blank in a stretch whose characters stand apart one by one.
    """
    pieces: list[str] = []
    offsets: list[int] = []
    for start, end in fragments:
        last = -1
        for found in _INK.finditer(source_text, start, end):
            begin, stop = found.span()
            if pieces and last < begin and begin > start:
                gap_at = start if last < 0 else last
                words = _is_ascii_word(pieces[-1][-1]) and _is_ascii_word(source_text[begin])
                if words and not (last == begin - 1 and _is_one(source_text, last, start, end)):
                    pieces.append(" ")
                    offsets.append(gap_at)
            last = stop
            pieces.append(found[0])
            offsets.extend(range(begin, stop))
    return Passage("".join(pieces), tuple(offsets))


ParagraphKind = Literal["title", "heading", "item", "paragraph"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading or numbered item outside tables.

    ``number`` is the printed number without its punctuation ("12", "一", "三.2"), ``level`` counts
    from 1 (chapter) downwards and is 0 for running text.
    """

    passage: Passage
    kind: ParagraphKind = "paragraph"
    number: str | None = None
    level: int = 0
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; ``row`` and ``col`` count from 0, spans from 1."""

    row: int
    col: int
    passage: Passage
    rowspan: int = 1
    colspan: int = 1
    header: bool = False
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of cells in reading order; ``header_rows`` says how many rows at the top are headings.

    ``caption`` is the text that names the table (the paragraph before it, a sheet's title row).
    """

    cells: tuple[Cell, ...]
    n_rows: int
    n_cols: int
    header_rows: int = 0
    caption: Passage = EMPTY
    place: Place = Place()

    def grid(self) -> list[list[Cell | None]]:
        """``n_rows`` × ``n_cols``; a spanning cell stands in every place it covers."""
        rows: list[list[Cell | None]] = [[None] * self.n_cols for _ in range(self.n_rows)]
        for cell in self.cells:
            for r in range(cell.row, min(cell.row + cell.rowspan, self.n_rows)):
                for c in range(cell.col, min(cell.col + cell.colspan, self.n_cols)):
                    rows[r][c] = cell
        return rows


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader returns. ``blocks`` are in reading order and refer to ``text`` by offsets."""

    name: str
    """The path as the caller gave it; ``-`` for standard input, ``<text>`` for a string."""
    text: str
    blocks: tuple[Block, ...]
    format: str = "txt"
    title: str | None = None
    encoding: str | None = None
    sha256: str = ""
    warnings: tuple[str, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)
