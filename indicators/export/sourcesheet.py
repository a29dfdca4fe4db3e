"""The Source sheet: the text of every report, its figures marked, so that a row can lead to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from indicators.export.evidence import Run
from indicators.export.labels import word
from indicators.export.layout import Block, documents
from indicators.export.pen import height
from indicators.export.sheets import print_setup
from indicators.export.titles import report_title
from indicators.schema.report import Report
from indicators.schema.source import Source

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from indicators.export.pen import Pen

MAX_ROWS = 1_048_000
_PIECE = 16_000
"""Characters of one cell: at most two UTF-16 units each, so always within Excel's 32,767."""
_LAST_COLUMN = 25
WIDTH = 24.0
Places = list[dict[str, str]]
"""For each report: where a mark (``12t``) stands, as ``Source!B7``."""


def write_source(pen: Pen, sheet: Worksheet, reports: Sequence[Report], sources: Sequence[Source | None]) -> Places:
    """Write the texts; return where each mark stands. What goes beyond a sheet's rows is left out and said so."""
    sheet.set_column(0, 0, 7)
    sheet.set_column(1, 1 + _LAST_COLUMN, WIDTH)
    print_setup(sheet)
    places: Places = []
    at = 0
    for report, source in zip(reports, sources, strict=True):
        found: dict[str, str] = {}
        pen.text(sheet, at, 1, report_title(report), bold=True, font_size=13)
        at += 1
        for document in documents(report, source):
            if document.name is not None:
                pen.text(sheet, at, 1, document.name, bold=True, font_color="#566072")
                at += 1
            at = _write_blocks(pen, sheet, at, document.blocks, found)
        places.append(found)
        at += 1
        if at >= MAX_ROWS:
            pen.text(sheet, at, 1, word("cut"), font_color="#B3261E", bold=True)
            break
    return places + [{} for _ in reports[len(places) :]]


def _write_blocks(pen: Pen, sheet: Worksheet, at: int, blocks: Sequence[Block], found: dict[str, str]) -> int:
    for number, block in enumerate(blocks, 1):
        for cells in _sheet_rows(block):
            if at >= MAX_ROWS:
                return at
            if cells:
                if block.chunks:
                    texts = ["".join(run.text for run in runs) for runs, _ in cells.values()]
                    sheet.set_row(at, height([(text, WIDTH) for text in texts]))
                pen.number(sheet, at, 0, number, font_color="#838C9B", font_size=8)
            for col, (runs, header) in cells.items():
                _write_runs(pen, sheet, at, col + 1, runs, wide=block.kind != "table", header=header)
                for key in (key for run in runs for key in run.keys):
                    found.setdefault(key, f"Source!{chr(ord('A') + col + 1)}{at + 1}")
            at += 1
    return at


def _sheet_rows(block: Block) -> Iterator[dict[int, tuple[list[Run], bool]]]:
    """The sheet rows of a block: cells by column, long text going on below."""
    if block.runs or block.kind in ("gap", "page", "stray"):
        runs = block.runs
        if block.kind == "page":
            runs = [Run(word("page").replace("{n}", str(block.page)))]
        elif block.kind == "stray":
            runs = [Run(word("stray"))]
        header = block.kind in ("title", "heading", "stray", "table")
        pieces = list(_pieces(runs))
        yield from ({0: (piece, header)} for piece in pieces)
        if not pieces:
            yield {}
    for chunk in block.chunks:
        for row in chunk:
            split = [(min(cell.col, _LAST_COLUMN), cell.header, list(_pieces(cell.runs))) for cell in row]
            for depth in range(max((len(pieces) for _, _, pieces in split), default=0)):
                yield {col: (pieces[depth], header) for col, header, pieces in split if depth < len(pieces)}


def _pieces(runs: Sequence[Run]) -> Iterator[list[Run]]:
    piece: list[Run] = []
    room = _PIECE
    for run in runs:
        text = run.text
        while len(text) > room:
            piece.append(Run(text[:room], run.keys))
            yield piece
            text, piece, room = text[room:], [], _PIECE
        if text:
            piece.append(Run(text, run.keys))
            room -= len(text)
    if piece:
        yield piece


def _write_runs(
    pen: Pen, sheet: Worksheet, row: int, col: int, runs: Sequence[Run], *, wide: bool, header: bool
) -> None:
    box: dict[str, Any] = {"text_wrap": True} if not wide else {}
    if not wide:
        box |= {"border": 1, "border_color": "#CFCCC3"}
    if header:
        box["bold"] = True
    if not any(run.roles for run in runs):
        pen.text(sheet, row, col, "".join(run.text for run in runs), **box)
        return
    style = {"t": {"font_color": "#2D5FA8"}, "a": {"font_color": "#8A5A00"}, "ta": {"font_color": "#6B3FA0"}}
    parts = [
        (run.text, {**style[run.roles], "bold": True, "underline": 1} if run.roles else {"bold": header})
        for run in runs
    ]
    pen.rich(sheet, row, col, parts, **box)
