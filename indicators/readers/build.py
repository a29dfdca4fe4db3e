"""Builds a :class:`Source` block by block for formats that have no text of their own.

The text that comes out is linear: a paragraph a line, a table row a line with its cells parted by tabs.
A merged cell is printed once, where it begins. Every passage refers to that text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indicators.readers.files.guard import Deadline, check_cells, check_chars
from indicators.readers.layout.numbering import Numbers, levels
from indicators.readers.layout.paragraphs import kind_of
from indicators.readers.layout.title import mark_title
from indicators.readers.tables.captions import caption_below
from indicators.readers.tables.grid import header_count
from indicators.readers.tables.several import tables_of
from indicators.readers.tables.shape import (
    MAX_HEADER_ROWS,
    RawCell,
    by_rows,
    compact,
    header_rows,
    naming_rows,
    tighten,
)
from indicators.schema.source import Block, Cell, Paragraph, ParagraphKind, Passage, Place, Source, Table, join
from indicators.settings import Limits


class Builder:
    """Collects the text and the blocks of one document; raises :class:`LimitError` beyond ``limits``."""

    def __init__(self, name: str, format_: str, limits: Limits):
        self.name = name
        self.format = format_
        self.limits = limits
        self.deadline = Deadline(name, limits)
        self.blocks: list[Block] = []
        self.warnings: list[str] = []
        self.meta: dict[str, str] = {}
        self.title: str | None = None
        self._parts: list[str] = []
        self._length = 0
        self._cells = 0
        self._tables = 0
        self._paragraphs = 0
        self._numbers = Numbers()
        self._ranks: dict[int, int] = {}

    def warn(self, message: str) -> None:
        """Adds a warning once."""
        if message not in self.warnings:
            self.warnings.append(message)

    def _write(self, text: str) -> int:
        at = self._length
        self._parts.append(text)
        self._length += len(text)
        check_chars(self._length, self.name, self.limits)
        return at

    def paragraph(
        self,
        text: str,
        *,
        kind: ParagraphKind | None = None,
        level: int | None = None,
        place: Place | None = None,
    ) -> None:
        """Adds a paragraph; its number, kind and level are read from the text where they are not given."""
        text = text.strip()
        if not compact(text):
            return
        self.deadline.check()
        self._paragraphs += 1
        passage = _shifted(text, self._write(text + "\n"))
        found = self._numbers.of(passage.text)
        if level is None and found is not None:
            self._ranks[len(self.blocks)] = found.rank
        number = found.number if found else None
        place = place or Place(paragraph=self._paragraphs)
        self.blocks.append(Paragraph(passage, kind or kind_of(passage.text, found), number, level or 0, place))

    def table(
        self,
        cells: Sequence[RawCell],
        *,
        header: int | None = None,
        place: Place | None = None,
        caption: str | None = None,
    ) -> None:
        """Adds a table. Rows at its top that only name it become paragraphs and its caption.

        ``header`` is the number of heading rows where the format says so, counted over ``cells`` as given.
        """
        if not any(compact(cell.text) for cell in cells):
            return
        self._count(len(cells))
        cells = tighten(cells)
        named = naming_rows(cells)
        if caption:
            self.paragraph(caption, kind="title", place=place)
        for row in by_rows(cells)[:named]:
            line = "\t".join(cell.text.strip() for cell in row if compact(cell.text))
            self.paragraph(line, kind="title", place=next(cell.place for cell in row if compact(cell.text)))
        if named:
            cells = [cell for cell in cells if cell.row >= named]
            for cell in cells:
                cell.row -= named
            cells = tighten(cells)
        title = caption_below(self.blocks)
        self._tables += 1
        place = place or Place(table=self._tables)
        marked = 0 if header is None else header - named
        for piece in tables_of(cells):
            self._rows_of(tighten(piece), marked, title, place)
            marked = 0

    def _rows_of(self, cells: Sequence[RawCell], marked: int, title: Passage, place: Place) -> None:
        """Adds the rows of one table; ``marked`` of them are headings where the format says so."""
        rows = by_rows(cells)
        n_cols = max(cell.col + cell.colspan for cell in cells)
        self._count(len(rows) * n_cols - len(cells))
        header = marked if 0 < marked < len(rows) else _headings(cells, len(rows), n_cols)
        done: list[Cell] = []
        for row in rows:
            self.deadline.check()
            col = 0
            for cell in row:
                self._write("\t" * (cell.col - col))
                col = cell.col
                text = cell.text.strip()
                done.append(
                    Cell(
                        cell.row,
                        cell.col,
                        _shifted(text, self._write(text)),
                        min(cell.rowspan, len(rows) - cell.row),
                        min(cell.colspan, n_cols - cell.col),
                        cell.header or cell.row < header,
                        cell.place,
                    )
                )
            self._write("\n")
        self.blocks.append(Table(tuple(done), len(rows), n_cols, header, title, place))

    @property
    def next_table(self) -> int:
        """The number that the next table will have, from 1."""
        return self._tables + 1

    def _count(self, cells: int) -> None:
        self._cells += max(cells, 0)
        check_cells(self._cells, self.name, self.limits)

    def source(self, *, encoding: str | None = None) -> Source:
        """The finished document."""
        blocks = self._levelled()
        lead = next((at for at, block in enumerate(blocks) if isinstance(block, Table)), len(blocks))
        opening = [block for block in blocks[:lead] if isinstance(block, Paragraph)]
        title = self.title or next((p.passage.text for p in opening if p.kind == "title"), None)
        if not any(paragraph.kind == "title" for paragraph in opening):
            opening, named = mark_title(opening)
            title = title or named
        return Source(
            name=self.name,
            text="".join(self._parts),
            blocks=(*opening, *blocks[lead:]),
            format=self.format,
            title=title,
            encoding=encoding,
            warnings=tuple(self.warnings),
            meta=dict(self.meta),
        )

    def _levelled(self) -> list[Block]:
        """The blocks, numbered paragraphs with the level of their kind of number among those that are used."""
        level = levels(self._ranks.values())
        return [
            replace(block, level=level[self._ranks[at]])
            if isinstance(block, Paragraph) and at in self._ranks
            else block
            for at, block in enumerate(self.blocks)
        ]


def _headings(cells: Sequence[RawCell], n_rows: int, n_cols: int) -> int:
    """How many rows are headings: what the lexicon knows and what spans and figures tell, the larger of the two."""
    top = [[""] * n_cols for _ in range(min(n_rows, MAX_HEADER_ROWS + 1))]
    for cell in cells:
        for row in top[cell.row : cell.row + cell.rowspan]:
            row[cell.col : cell.col + cell.colspan] = [compact(cell.text)] * min(cell.colspan, n_cols - cell.col)
    return min(max(header_count(top), header_rows(cells)), n_rows - 1)


def _shifted(text: str, at: int) -> Passage:
    if len(text.split()) == 1 and text.isprintable():
        return Passage(text, range(at, at + len(text)))
    passage = join(text, [(0, len(text))])
    return Passage(passage.text, tuple(offset + at for offset in passage.offsets))
