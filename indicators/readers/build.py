"""Builds a :class:`Source` block by block for formats that have no text of their own.

The text that comes out is linear: a paragraph a line, a table row a line with its cells parted by tabs.
A merged cell is printed once, where it begins. Every passage refers to that text.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from indicators.errors import LimitError
from indicators.readers.guard import Deadline
from indicators.readers.outline import outline
from indicators.readers.shape import RawCell, by_rows, compact, header_rows, naming_rows, tighten
from indicators.schema.source import EMPTY, Block, Cell, Paragraph, ParagraphKind, Passage, Place, Source, Table, join
from indicators.settings import Limits

_UNIT_LINE = regex.compile(r"^[(（]?\s*(?:计量|计价|金额|数量)?\s*单\s*位\s*[:：]")
_CAPTION_CHARS = 60


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

    def warn(self, message: str) -> None:
        """Adds a warning once."""
        if message not in self.warnings:
            self.warnings.append(message)

    def _write(self, text: str) -> int:
        at = self._length
        self._parts.append(text)
        self._length += len(text)
        if self._length > self.limits.max_chars:
            raise LimitError(
                f"more than {self.limits.max_chars:,} characters of text",
                path=self.name,
                hint="split the file or raise Limits.max_chars",
            )
        return at

    def paragraph(
        self,
        text: str,
        *,
        kind: ParagraphKind | None = None,
        number: str | None = None,
        level: int | None = None,
        place: Place | None = None,
    ) -> None:
        """Adds a paragraph; its number, kind and level are read from the text where they are not given."""
        text = text.strip()
        if not compact(text):
            return
        self.deadline.check()
        self._paragraphs += 1
        at = self._write(text + "\n")
        found = outline(text)
        passage = _shifted(text, at)
        if place is None:
            place = Place(paragraph=self._paragraphs)
        self.blocks.append(
            Paragraph(
                passage,
                kind or found.kind,
                number if number is not None else found.number,
                level if level is not None else found.level,
                place,
            )
        )

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
        rows = by_rows(cells)
        n_cols = max(cell.col + cell.colspan for cell in cells)
        self._count(len(rows) * n_cols - len(cells))
        marked = 0 if header is None else header - named
        header = marked if 0 < marked < len(rows) else header_rows(cells)
        title = self._caption()
        self._tables += 1
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
        self.blocks.append(Table(tuple(done), len(rows), n_cols, header, title, place or Place(table=self._tables)))

    @property
    def next_table(self) -> int:
        """The number that the next table will have, from 1."""
        return self._tables + 1

    def _count(self, cells: int) -> None:
        self._cells += max(cells, 0)
        if self._cells > self.limits.max_cells:
            raise LimitError(
                f"more than {self.limits.max_cells:,} table cells",
                path=self.name,
                hint="split the file or raise Limits.max_cells",
            )

    def _caption(self) -> Passage:
        """The passage of the paragraphs right before: the table's name, with its line of units."""
        taken: list[Passage] = []
        for block in reversed(self.blocks[-4:]):
            if not isinstance(block, Paragraph):
                break
            text = block.passage.text
            if _UNIT_LINE.match(text):
                taken.append(block.passage)
                continue
            if len(text) <= _CAPTION_CHARS and not text.endswith(("。", "；", ";", "，")):
                taken.append(block.passage)
            break
        if not taken:
            return EMPTY
        taken.reverse()
        return Passage("".join(p.text for p in taken), tuple(at for p in taken for at in p.offsets))

    def source(self, *, encoding: str | None = None) -> Source:
        """The finished document."""
        return Source(
            name=self.name,
            text="".join(self._parts),
            blocks=tuple(self.blocks),
            format=self.format,
            title=self.title or self._first_title(),
            encoding=encoding,
            warnings=tuple(self.warnings),
            meta=dict(self.meta),
        )

    def _first_title(self) -> str | None:
        for block in self.blocks[:3]:
            if isinstance(block, Paragraph):
                if block.kind == "title":
                    return block.passage.text
                text = block.passage.text
                return text if len(text) <= _CAPTION_CHARS and not text.endswith(("。", "；", "，")) else None
        return None


def _shifted(text: str, at: int) -> Passage:
    passage = join(text, [(0, len(text))])
    return Passage(passage.text, tuple(offset + at for offset in passage.offsets))
