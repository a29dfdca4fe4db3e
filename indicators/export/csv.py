"""CSV for spreadsheets: the flat rows, with no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
from typing import Any, TextIO

from indicators.export.plain import plain_number, printable
from indicators.schema.report import Report, Row
from indicators.schema.source import Source

COLUMNS: tuple[str, ...] = tuple(Row.model_fields)
"""The columns, in the order of the output contract; lists are joined with ``;`` (see :func:`cell`)."""

# The full-width forms count too: spreadsheets in Chinese and Japanese take them for the ASCII ones.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def cell(value: Any) -> str:
    """One value as CSV text: ``None`` is empty, numbers plain, text that could start a formula quoted with ``'``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(plain_number(value))
    if isinstance(value, list | tuple):
        value = ";".join(item if isinstance(item, str) else cell(item) for item in value)
    text = printable(str(value))
    return f"'{text}" if text.lstrip().startswith(_FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    digits = text[1:] if text[:1] in "+-" else text
    return digits.isascii() and digits.replace(".", "", 1).isdigit()


class CsvWriter:
    """A header, then one line a row; of a comparison, the column ``actual_source`` too."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._writer = csv.writer(stream, lineterminator="\n")
        self._columns: tuple[str, ...] = ()

    def add(self, report: Report, source: Source | None = None) -> None:
        """Write the rows of ``report``."""
        if not self._columns:
            self._head(COLUMNS if report.actual_source is None else (*COLUMNS, "actual_source"))
        for row in report.rows():
            self._writer.writerow([cell(getattr(row, name, None)) for name in self._columns])
        self._stream.flush()

    def _head(self, columns: tuple[str, ...]) -> None:
        self._columns = columns
        self._writer.writerow(columns)

    def close(self) -> None:
        """A file without rows still has its header."""
        if not self._columns:
            self._head(COLUMNS)
