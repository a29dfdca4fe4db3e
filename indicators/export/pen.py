"""The only ways in which text of a report reaches a workbook: strings, cut to size, never formulas or addresses."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_CELL_LIMIT = 32_000
"""Excel takes 32,767 UTF-16 units in a cell; longer text goes on in the next row."""
_FONT = "Microsoft YaHei"

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Pen:
    """Formats made once, and the only ways in which text reaches a cell."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def format(self, **properties: Any) -> Format:
        """A cell format; ``font_name``, size and vertical alignment have defaults."""
        full = {"font_name": _FONT, "font_size": 10, "valign": "top", **properties}
        key = tuple(sorted(full.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(full)
        return self._formats[key]

    def text(self, sheet: Worksheet, row: int, col: int, value: str | None, **properties: Any) -> None:
        """``value`` as a string cell, cut to what a cell takes."""
        cell = self.format(**properties)
        if value:
            sheet.write_string(row, col, _clip(value), cell)
        else:
            sheet.write_blank(row, col, None, cell)

    def rich(
        self, sheet: Worksheet, row: int, col: int, parts: Sequence[tuple[str, dict[str, Any]]], **properties: Any
    ) -> None:
        """Text in several formats, each part with its own properties; as a whole within a cell's limit."""
        clean = [(_NOT_XML.sub("\ufffd", text), style) for text, style in parts if text]
        if len(clean) == 1:
            self.text(sheet, row, col, clean[0][0], **{**properties, **clean[0][1]})
            return
        fragments = [item for text, style in clean for item in (self.format(**style), text)]
        sheet.write_rich_string(row, col, *fragments, self.format(**properties))

    def number(self, sheet: Worksheet, row: int, col: int, value: float | None, **properties: Any) -> None:
        """``value`` as a number cell; empty where there is none."""
        cell = self.format(**properties)
        if value is None or not math.isfinite(value):
            sheet.write_blank(row, col, None, cell)
        else:
            sheet.write_number(row, col, value, cell)

    def link(self, sheet: Worksheet, row: int, col: int, value: str, place: str | None, **properties: Any) -> None:
        """``value`` as a string cell that leads to ``place`` (``Source!B12``) of this workbook."""
        if place is None or not value:
            self.text(sheet, row, col, value, **properties)
            return
        sheet_name, cell = place.split("!")
        sheet.write_url(
            row,
            col,
            f"internal:'{sheet_name}'!{cell}",
            self.format(font_color="#23508E", underline=1, **properties),
            _clip(value),
        )


def _clip(text: str, limit: int = _CELL_LIMIT) -> str:
    """``text`` within the limit of a cell, without the characters that XML cannot hold."""
    text = _NOT_XML.sub("\ufffd", text)
    if len(text) * 2 <= limit:
        return text
    encoded = text.encode("utf-16-le")
    return text if len(encoded) <= 2 * limit else encoded[: 2 * limit - 2].decode("utf-16-le", "ignore") + "…"


def height(texts: Sequence[tuple[str, float]], line: float = 15.0) -> float:
    """Points that a row needs for wrapped ``(text, column width)`` cells; spreadsheets cap a row at 409."""
    lines = max((sum(_lines(part, width) for part in text.split("\n")) for text, width in texts), default=1)
    return min(409.0, line * max(1, lines))


def _lines(text: str, width: float) -> int:
    columns = sum(1 if char < "\u1100" else 2 for char in text[:4000])
    return max(1, math.ceil(columns * 1.06 / max(1.0, width - 1)))
