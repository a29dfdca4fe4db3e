"""The source as blocks to show: lines of plain text, or the paragraphs and tables that a reader found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from indicators.export.evidence import Marks, Run
from indicators.schema.report import Report
from indicators.schema.source import Cell, Paragraph, Source, Table

_WIDE_FROM = 9
_ROWS_PER_CHUNK = 120
"""Long tables are drawn in pieces of about this many rows, so that a browser lays out only what is seen."""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as it is drawn; ``col`` counts from 0, spans from 1."""

    runs: list[Run]
    col: int
    rowspan: int = 1
    colspan: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """``kind`` is title, heading, item, paragraph, line, gap, page, stray or table."""

    kind: str
    runs: list[Run] = field(default_factory=list)
    level: int = 0
    page: int | None = None
    widths: list[int] = field(default_factory=list)
    """Column widths of a table in per cent."""
    wide: bool = False
    """A table of so many columns that it needs to be scrolled sideways."""
    chunks: list[list[list[ShownCell]]] = field(default_factory=list)
    """A table's rows in pieces that no spanning cell crosses."""

    def all_runs(self) -> Iterator[Run]:
        """Its own runs, then those of its cells, row by row."""
        yield from self.runs
        for chunk in self.chunks:
            for row in chunk:
                for cell in row:
                    yield from cell.runs


@dataclass(frozen=True, slots=True)
class Document:
    """One text that a report rests on; ``name`` is told where there are two."""

    blocks: list[Block]
    name: str | None = None


def documents(report: Report, source: Source | None = None) -> list[Document]:
    """The report's text; for a comparison the plan's text and the later report's."""
    first = blocks(Marks(report), source)
    if report.actual_source is None:
        return [Document(first)]
    later = blocks(Marks(report, later=True))
    return [Document(first, report.source), Document(later, report.actual_source)]


def blocks(marks: Marks, source: Source | None = None) -> list[Block]:
    """The text of ``marks`` as blocks; with the reader's ``source`` of that text its tables come out as tables."""
    if source is None or not source.blocks or (marks.text and source.text != marks.text):
        return list(_text_lines(marks.text, marks))
    shown: list[Block] = []
    page = None
    for block in source.blocks:
        if block.place.page is not None and block.place.page != page:
            page = block.place.page
            shown.append(Block("page", page=page))
        if isinstance(block, Paragraph):
            shown.append(Block(block.kind, marks.passage_runs(block.passage, source.text), level=block.level))
        else:
            table = _table(block, marks, source.text)
            # A reader may name a table by what stands just above it: once is enough.
            above = next((block for block in reversed(shown) if block.kind != "page"), None)
            if above is not None and _text(above) == _text(table):
                table = replace(table, runs=[])
            shown.append(table)
    placed = {key for block in shown for run in block.all_runs() for key in run.keys}
    strays = sorted(
        {_line_of(source.text, mark.start) for mark in marks.all if mark.role != "rival" and mark.key not in placed}
    )
    if strays:
        shown.append(Block("stray"))
        shown.extend(Block("line", marks.runs(source.text, start, end)) for start, end in strays)
    return shown


def _text(block: Block) -> str:
    return "".join(run.text for run in block.runs)


def _text_lines(text: str, marks: Marks) -> Iterator[Block]:
    """One block a line; runs of blank lines become one ``gap``. A mark over a line break shows on both lines."""
    start = 0
    gap = False
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        if line.strip():
            gap = False
            yield Block(
                "line", marks.runs(text, start, start + len(line.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")))
            )
        elif not gap:
            gap = True
            yield Block("gap")
        start = end


def _line_of(text: str, at: int) -> tuple[int, int]:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def _table(table: Table, marks: Marks, source_text: str) -> Block:
    by_row: list[list[Cell]] = [[] for _ in range(table.n_rows)]
    for cell in table.cells:
        if cell.row < table.n_rows:
            by_row[cell.row].append(cell)
    chunks: list[list[list[ShownCell]]] = [[]]
    open_until = 0
    for index, cells in enumerate(by_row):
        if len(chunks[-1]) >= _ROWS_PER_CHUNK and index >= open_until:
            chunks.append([])
        row = []
        for cell in sorted(cells, key=lambda c: c.col):
            rowspan = max(1, min(cell.rowspan, table.n_rows - index))
            open_until = max(open_until, index + rowspan)
            row.append(
                ShownCell(
                    marks.passage_runs(cell.passage, source_text),
                    col=cell.col,
                    rowspan=rowspan,
                    colspan=max(1, min(cell.colspan, table.n_cols - cell.col)),
                    header=cell.header or index < table.header_rows,
                )
            )
        chunks[-1].append(row)
    caption = marks.passage_runs(table.caption, source_text)
    return Block("table", caption, widths=_widths(table), wide=table.n_cols > _WIDE_FROM, chunks=chunks)


def _widths(table: Table) -> list[int]:
    """Shares by how much a column holds, none so small that two characters would not fit side by side."""
    columns = max(1, table.n_cols)
    weight = [0.0] * columns
    for cell in table.cells:
        if cell.colspan == 1 and cell.col < columns:
            weight[cell.col] = max(weight[cell.col], min(len(cell.passage.text), 240) ** 0.55)
    least = min(6.0, 100 / columns)
    room = 100 - least * columns
    total = sum(weight) or 1.0
    return [max(1, round(least + room * part / total)) for part in weight]
