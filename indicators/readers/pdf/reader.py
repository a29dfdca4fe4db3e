"""PDF: text and ruling lines by pdfium, tables drawn together over rows and pages, text in reading order."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from indicators.errors import LimitError, MissingExtraError, ReadError
from indicators.readers.build import Builder
from indicators.readers.files.guard import DAMAGED, ENCRYPTED, NO_TEXT, Deadline, check_chars, check_size, guarded
from indicators.readers.layout.numbering import numbered
from indicators.readers.pdf.fallback import look_again
from indicators.readers.pdf.lattice import grids, merge_collinear
from indicators.readers.pdf.page import PageContent, read_page
from indicators.readers.pdf.stitch import goes_on, stitch
from indicators.readers.pdf.tables import PdfTable, fill, inside, loose_lines, ruled_rows, unruled
from indicators.readers.pdf.text import (
    CELL_GAP,
    Line,
    TextBlock,
    gutter,
    joined_rows,
    lines_of,
    paragraphs,
    reading_order,
    running_heads,
    usual_margins,
)
from indicators.readers.tables.shape import RawCell, compact
from indicators.schema.source import Place, Source
from indicators.settings import Limits

_HINT = "print it to PDF again, or give the Word file"
# pdfium keeps global state and must not be entered by two threads.
_PDFIUM = threading.RLock()
_SCAN_CHARS = 4
"""Fewer characters than this a page, on average, is no text layer."""


def read_pdf(data: bytes, name: str, limits: Limits) -> Source:
    """Reads a .pdf; places carry the page and the bounding box in points from the page's top left corner.

    Raises :class:`ReadError` for a scan without a text layer and for a damaged or encrypted file, and
    :class:`LimitError` beyond ``limits``.
    """
    check_size(data, name, limits)
    try:
        import pypdfium2  # noqa: F401
    except ImportError:
        raise MissingExtraError.for_extra("pdf", "reading .pdf", path=name) from None
    builder = Builder(name, "pdf", limits)
    with guarded(name, "the PDF", _HINT):
        parts = _read_pages(data, name, limits, builder)
        _check_text([part.content for part in parts], name, builder)
        heads = running_heads([(part.content.height, part.lines) for part in parts])
        usual = _usual_gutter(parts)
        for part, gone in zip(parts, heads, strict=True):
            builder.deadline.check()
            part.flow({id(part.lines[at]) for at in gone}, usual)
        margins = usual_margins(flow for part in parts for flow in part.flows)
        for part in parts:
            part.arrange(margins)
        _emit(_stitched(parts), {part.content.number: part.content for part in parts}, builder)
        if not builder.blocks:
            raise ReadError("no text was found", path=name, hint=_HINT, code=NO_TEXT)
        return builder.source()


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Any]:
    import pypdfium2 as pdfium

    with _PDFIUM:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            if "password" in str(error).lower() or "security" in str(error).lower():
                raise ReadError(
                    "the PDF is encrypted", path=name, hint="save it without a password", code=ENCRYPTED
                ) from None
            raise ReadError("the PDF is damaged or cut off", path=name, hint=_HINT, code=DAMAGED) from error
        try:
            yield document
        finally:
            document.close()


def _read_pages(data: bytes, name: str, limits: Limits, builder: Builder) -> list[_Page]:
    """The pages with their tables and lines; characters are let go page by page, a book of them fills memory."""
    pages: list[_Page] = []
    with _opened(data, name) as document:
        count = len(document)
        if count > limits.max_pages:
            raise LimitError(
                f"{count:,} pages, the limit is {limits.max_pages:,}",
                path=name,
                code="R106",
                hint="split the file or raise Limits.max_pages",
            )
        chars = 0
        for at in range(count):
            builder.deadline.check()
            page = document[at]
            try:
                content = read_page(page, at + 1, name, limits, builder.deadline)
            finally:
                page.close()
            chars += len(content.chars)
            check_chars(chars, name, limits)
            if content.crowded:
                builder.warn(f"第{at + 1}页线条过多，未识别其中的表格")
            pages.append(_Page(content))
            if not content.lossy:
                pages[-1].build(builder.deadline)
    if lossy := [page for page in pages if page.content.lossy]:
        missed = look_again(data, [page.content for page in lossy], builder.deadline)
        for part in lossy:
            part.build(builder.deadline)
        if missed:
            builder.warn(f"第{'、'.join(map(str, missed[:10]))}页用了未嵌入的字体，可能缺字")
    return pages


def _check_text(pages: list[PageContent], name: str, builder: Builder) -> None:
    total = sum(page.n_chars for page in pages)
    unmapped = sum(page.unmapped for page in pages)
    if unmapped > 20 and unmapped >= total:
        raise ReadError(
            "its fonts do not say which characters they print",
            path=name,
            hint="run text recognition (OCR) over it, or give the Word file",
            code=NO_TEXT,
        )
    if total < _SCAN_CHARS * len(pages) and any(page.images for page in pages):
        raise ReadError(
            f"a scan without a text layer: {len(pages)} pages of pictures, {total} characters",
            path=name,
            hint="run text recognition (OCR) over it first, or give the Word file",
            code=NO_TEXT,
        )
    if total == 0:
        raise ReadError("the PDF holds no text", path=name, hint=_HINT, code=NO_TEXT)
    bare = [str(page.number) for page in pages if page.images and not page.n_chars]
    if bare:
        builder.warn(f"第{'、'.join(bare[:10])}页只有图像，没有文字层，未读取")


@dataclass(slots=True)
class _Page:
    """A page's tables and paragraphs, in reading order once :meth:`flow` and :meth:`arrange` have run."""

    content: PageContent
    tables: list[PdfTable] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    flows: list[list[Line]] = field(default_factory=list)
    blocks: list[PdfTable | TextBlock] = field(default_factory=list)

    def build(self, deadline: Deadline) -> None:
        """Finds tables and lines, and lets characters and edges go."""
        content = self.content
        self.tables, rest = fill(grids(content.edges), content.chars, content.number, deadline)
        boxes = [table.box for table in self.tables]
        for table in ruled_rows(merge_collinear(content.edges), rest, content.number, boxes, deadline):
            self.tables.append(table)
            rest = [char for char in rest if not inside(table.box, char)]
        self.lines = lines_of(rest)
        content.n_chars = sum(1 for char in content.chars if not char.text.isspace())
        content.chars, content.edges = [], []

    def flow(self, heads: set[int], usual: float | None) -> None:
        """Puts lines in order, without those of running heads, and finds tables without lines among them."""
        lines = [line for line in self.lines if id(line) not in heads]
        self.flows = reading_order(lines, self.content.width, usual)
        if len(self.flows) == 1:
            bare, rest = unruled(joined_rows(self.flows[0], CELL_GAP), self.content.number)
            self.tables += bare
            self.flows = [rest]

    def arrange(self, margins: list[tuple[float, float]]) -> None:
        """Puts tables and paragraphs in order."""
        self.tables.sort(key=lambda table: (table.box[1], table.box[0]))
        for flow in self.flows:
            self._flow(flow, margins)
        self.blocks += self.tables

    def _flow(self, lines: list[Line], margins: list[tuple[float, float]]) -> None:
        """Paragraphs of one flow, each table before the first line that stands below it."""
        pending: list[Line] = []
        for line in lines:
            while self.tables and self._above(self.tables[0], line):
                self.blocks += paragraphs(pending, self.content.number, margins)
                pending = []
                self.blocks.append(self.tables.pop(0))
            pending.append(line)
        self.blocks += paragraphs(pending, self.content.number, margins)

    def _above(self, table: PdfTable, line: Line) -> bool:
        beside = table.box[2] < line.x0 or line.x1 < table.box[0]
        return table.box[1] < line.top and not beside


def _usual_gutter(pages: list[_Page]) -> float | None:
    """Where most pages part their two columns; ``None`` where most have one."""
    found = sorted(at for page in pages if (at := gutter(page.lines, page.content.width)) is not None)
    return found[len(found) // 2] if 2 * len(found) > len(pages) else None


def _stitched(pages: list[_Page]) -> list[PdfTable | TextBlock]:
    """All blocks of all pages, those cut by a page or column break joined."""
    blocks: list[PdfTable | TextBlock] = []
    for page in pages:
        for at, block in enumerate(page.blocks):
            last = blocks[-1] if blocks else None
            if isinstance(block, PdfTable):
                if at == 0 and isinstance(last, PdfTable) and goes_on(last, block):
                    blocks[-1] = stitch(last, block)
                    continue
                if block.doubtful:
                    blocks += paragraphs(loose_lines(block), block.page)
                    continue
            elif isinstance(last, TextBlock) and last.open_end and _continues(last, block):
                last.rest += block.lines + block.rest
                last.open_end = block.open_end
                continue
            blocks.append(block)
    return blocks


def _continues(last: TextBlock, block: TextBlock) -> bool:
    """Whether a paragraph that begins a page or column goes on with the one that ended the page before."""
    first, end = block.lines[0], (last.rest or last.lines)[-1]
    if last.page == block.page and first.base > end.base and first.x0 < end.x1:
        return False
    if end.text.endswith(("。", "！", "？")) and not last.indented:
        return False  # where paragraphs are not indented, a full last line tells nothing
    alike = abs(first.size - end.size) < 0.15 * end.size
    return alike and not block.indented and not block.centred and numbered(first.text) is None


def _emit(blocks: list[PdfTable | TextBlock], pages: dict[int, PageContent], builder: Builder) -> None:
    sizes = sorted(line.size for block in blocks if isinstance(block, TextBlock) for line in block.lines)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    for block in blocks:
        if isinstance(block, PdfTable):
            _emit_table(block, pages, builder)
            continue
        place = Place(page=block.page, bbox=pages[block.page].shown_bbox(block.box))
        large = block.centred and len(compact(block.text)) <= 60 and not builder.blocks
        large = large or (block.lines[0].size > 1.15 * usual and len(compact(block.text)) <= 60 and len(sizes) > 3)
        if large and builder.title is None and len(builder.blocks) < 4:
            builder.title = compact(block.text)
            builder.paragraph(block.text, kind="title", place=place)
        else:
            builder.paragraph(block.text, place=place)


def _emit_table(table: PdfTable, pages: dict[int, PageContent], builder: Builder) -> None:
    number = builder.next_table
    cells = [
        RawCell(
            cell.row,
            cell.col,
            cell.text,
            cell.rowspan,
            cell.colspan,
            place=Place(
                page=cell.page,
                bbox=pages[cell.page].shown_bbox(cell.box),
                table=number,
                cell=f"r{cell.row + 1}c{cell.col + 1}",
            ),
        )
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.col))
    ]
    place = Place(page=table.page, bbox=pages[table.page].shown_bbox(table.box), table=number)
    builder.table(cells, header=table.header, place=place)
    for inner in table.inner:
        _emit_table(inner, pages, builder)
