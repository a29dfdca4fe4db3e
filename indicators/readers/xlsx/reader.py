"""Workbooks: every visible sheet as tables, values as Excel shows them, titles above a table as its caption."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex

from indicators.errors import MissingExtraError
from indicators.readers.build import Builder
from indicators.readers.files.container import count_marker, open_container, read_xml
from indicators.readers.files.guard import Deadline, check_cells, check_chars, check_size, guarded
from indicators.readers.tables.shape import RawCell, compact, header_rows, naming_rows
from indicators.readers.xlsx.format import display
from indicators.schema.source import Place, Source
from indicators.settings import Limits

_HINT = "open it in Excel or WPS and save it as .xlsx again"
_ESCAPES = regex.compile(r"_x000[dD]_|[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SHEET = regex.compile(r"^xl/(?:work|chart)sheets/[^/]+\.xml$")


def read_xlsx(data: bytes, name: str, limits: Limits) -> Source:
    """Reads a .xlsx; places carry the sheet and the cell's address.

    Hidden sheets and formulas without a cached value are named in ``warnings``. Raises :class:`ReadError` for
    a damaged or encrypted file and :class:`LimitError` beyond ``limits``.
    """
    check_size(data, name, limits)
    try:
        import openpyxl
    except ImportError:
        raise MissingExtraError.for_extra("office", "reading .xlsx", path=name) from None
    with guarded(name, "the workbook", _HINT), warnings.catch_warnings():
        # openpyxl warns about every extension that it drops; none of them holds values.
        warnings.simplefilter("ignore")
        with open_container(data, name, limits, hint=_HINT) as archive:
            formulas = _inspect(archive, name, limits)
        builder = Builder(name, "xlsx", limits)
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        raw = openpyxl.load_workbook(io.BytesIO(data), keep_links=False) if formulas else None
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                builder.warn(f"工作表“{sheet.title}”已隐藏，未读取")
        for sheet in shown:
            _Sheet(builder, sheet, raw[sheet.title] if raw is not None else None, many=len(shown) > 1).read()
        book.close()
        return builder.source()


def _inspect(archive: zipfile.ZipFile, name: str, limits: Limits) -> bool:
    """Counts cells before anything is parsed, and tells whether any holds a formula."""
    deadline = Deadline(name, limits)
    cells = 0
    formulas = False
    for member in archive.namelist():
        if not member.endswith((".xml", ".rels")) or not member.startswith(("xl/", "[Content", "_rels", "docProps")):
            continue
        if _SHEET.match(member):
            cells += count_marker(archive, member, b"<c ", name, deadline, _HINT)
            check_cells(cells, name, limits)
        xml = read_xml(archive, member, name, limits, _HINT)
        if _SHEET.match(member):
            formulas = formulas or b"<f>" in xml or b"<f " in xml
    return formulas


@dataclass(slots=True)
class _Shown:
    """A cell with something in it or a merged area that begins at it; rows and columns as in the sheet, from 1."""

    row: int
    col: int
    text: str
    rowspan: int = 1
    colspan: int = 1


class _Sheet:
    def __init__(self, builder: Builder, sheet: Any, formulas: Any | None, *, many: bool):
        self.builder = builder
        self.sheet = sheet
        self.formulas = formulas
        self.many = many

    def read(self) -> None:
        filled = self._filled()
        self._warn_hidden()
        first = True
        for block in _blocks(filled):
            self._block(block, first=first)
            first = False

    def _place(self, row: int, col: int) -> Place:
        return Place(sheet=self.sheet.title, cell=f"{_letters(col)}{row}")

    def _filled(self) -> list[_Shown]:
        """Cells with text, and merged areas; a merged area's value stands in its first cell."""
        spans: dict[tuple[int, int], tuple[int, int]] = {}
        for area in self.sheet.merged_cells.ranges:
            spans[area.min_row, area.min_col] = (area.max_row - area.min_row + 1, area.max_col - area.min_col + 1)
        found: list[_Shown] = []
        missing: list[str] = []
        length = 0
        # The sheet's own dictionary of cells: walking the declared dimension would visit 17 billion places.
        for (row, col), cell in sorted(self.sheet._cells.items()):
            self.builder.deadline.check()
            value = getattr(cell, "value", None)
            if value is None and self.formulas is not None:
                formula = self.formulas._cells.get((row, col))
                if formula is not None and formula.data_type == "f":
                    missing.append(f"{_letters(col)}{row}")
            text = "" if value is None else _clean(display(value, cell.number_format))
            length += len(text)
            # One long text may stand in every cell and cost the file nothing.
            check_chars(length, self.builder.name, self.builder.limits)
            if compact(text):
                rowspan, colspan = spans.get((row, col), (1, 1))
                found.append(_Shown(row, col, text, rowspan, colspan))
        if missing:
            more = "等" if len(missing) > 5 else ""
            shown = "、".join(missing[:5])
            where = f"工作表“{self.sheet.title}”{shown}{more}"
            self.builder.warn(f"{where}共{len(missing)}个公式没有缓存值，按空白读取；用 Excel 或 WPS 打开并保存即可")
        return found

    def _warn_hidden(self) -> None:
        rows = [row for row, dimension in self.sheet.row_dimensions.items() if dimension.hidden]
        if rows:
            self.builder.warn(f"工作表“{self.sheet.title}”有{len(rows)}个隐藏行，已一并读取")

    def _block(self, block: list[_Shown], *, first: bool) -> None:
        top, left = min(cell.row for cell in block), min(cell.col for cell in block)
        bottom = max(cell.row + cell.rowspan - 1 for cell in block)
        if len({cell.col for cell in block}) == 1 or top == max(cell.row for cell in block):
            for row in sorted({cell.row for cell in block}):
                line = [cell for cell in block if cell.row == row]
                self.builder.paragraph("\t".join(c.text for c in line), place=self._place(row, line[0].col))
            return
        # A title merged over A1:XFD1 says nothing about how wide the table is.
        in_rows = Counter(cell.row for cell in block)
        last = max(cell.col for cell in block)
        right = max([last, *(cell.col + cell.colspan - 1 for cell in block if in_rows[cell.row] > 1)])
        bottom, right = min(bottom, max(cell.row for cell in block) + 50), min(right, last + 50)
        area = (bottom - top + 1) * (right - left + 1)
        check_cells(area, self.builder.name, self.builder.limits)
        covered = {
            (row, col)
            for cell in block
            for row in range(cell.row, min(cell.row + cell.rowspan, bottom + 1))
            for col in range(cell.col, min(cell.col + cell.colspan, right + 1))
        }
        whole = [*block, *self._merged_blanks(covered, top, left, bottom, right)]
        whole += [
            _Shown(row, col, "")
            for row in sorted({row for row, _ in covered})  # an empty row inside a table is air
            for col in range(left, right + 1)
            if (row, col) not in covered
        ]
        whole.sort(key=lambda cell: (cell.row, cell.col))
        cells = [
            RawCell(c.row - top, c.col - left, c.text, c.rowspan, c.colspan, place=self._place(c.row, c.col))
            for c in whole
        ]
        number = self.builder.next_table
        self.builder.table(cells, place=Place(sheet=self.sheet.title, cell=cells[0].place.cell, table=number))

    def _merged_blanks(
        self, covered: set[tuple[int, int]], top: int, left: int, bottom: int, right: int
    ) -> list[_Shown]:
        """Merged areas without text inside the table, marked as covered."""
        found = []
        for area in self.sheet.merged_cells.ranges:
            inside = top <= area.min_row and area.max_row <= bottom and left <= area.min_col and area.max_col <= right
            if inside and (area.min_row, area.min_col) not in covered:
                rows, cols = area.max_row - area.min_row + 1, area.max_col - area.min_col + 1
                found.append(_Shown(area.min_row, area.min_col, "", rows, cols))
                covered.update(
                    (row, col)
                    for row in range(area.min_row, area.max_row + 1)
                    for col in range(area.min_col, area.max_col + 1)
                )
        return found


@lru_cache(maxsize=1024)
def _letters(col: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(col))


def _clean(text: str) -> str:
    """Excel's own escapes out (``_x000D_``), control characters out."""
    if text.isprintable() and "_x" not in text:
        return text
    return _ESCAPES.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def _blocks(cells: list[_Shown]) -> list[list[_Shown]]:
    """The sheet's cells parted at empty rows; a part without headings of its own goes on with the table above."""
    blocks: list[list[_Shown]] = []
    reach = 0
    for cell in cells:
        if not blocks or cell.row > reach + 1:
            blocks.append([])
        blocks[-1].append(cell)
        reach = max(reach if len(blocks[-1]) > 1 else 0, cell.row + cell.rowspan - 1)
    merged: list[list[_Shown]] = []
    for block in blocks:
        wide = len({cell.col for cell in block}) > 1
        if merged and wide and len({cell.col for cell in merged[-1]}) > 1 and not _has_header(block):
            cols = {cell.col for cell in merged[-1]}
            if {cell.col for cell in block} <= cols:
                shift = min(cell.row for cell in block) - max(c.row + c.rowspan - 1 for c in merged[-1]) - 1
                if shift <= 2:
                    merged[-1] += block
                    continue
        merged.append(block)
    return merged


def _has_header(block: list[_Shown]) -> bool:
    top, left = min(cell.row for cell in block), min(cell.col for cell in block)
    cells = [RawCell(c.row - top, c.col - left, c.text, c.rowspan, c.colspan) for c in block]
    return naming_rows(cells) > 0 or header_rows(cells) > 0
