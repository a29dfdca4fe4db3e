"""The formats of ``--format``: what writes each of them. A new one is a function here and its line in a table.

Every function imports what it needs when it is called: ``--help`` and the other formats pay nothing for it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TextIO

if TYPE_CHECKING:
    from indicators.schema.report import Report
    from indicators.schema.source import Source

_PIPED_WIDTH = 100


class Writer(Protocol):
    """Takes reports one by one; ``close`` is called once, only when all were added."""

    def add(self, report: Report, source: Source | None = None) -> None:
        """Writes ``report``; ``source`` is the document as its reader left it, where there is one."""

    def close(self) -> None:
        """Writes what comes after the last report."""


def _table(stream: TextIO) -> Writer:
    from indicators.export.terminal import TableWriter, in_colour

    columns = shutil.get_terminal_size((_PIPED_WIDTH, 24)).columns if stream is sys.stdout else _PIPED_WIDTH
    return TableWriter(stream, columns=columns, colour=in_colour(stream))


def _jsonl(stream: TextIO) -> Writer:
    from indicators.export.jsonl import JsonlWriter

    return JsonlWriter(stream)


def _json(stream: TextIO) -> Writer:
    from indicators.export.jsonl import JsonWriter

    return JsonWriter(stream)


def _csv(stream: TextIO) -> Writer:
    from indicators.export.csv import CsvWriter

    return CsvWriter(stream)


def _html(reports: Sequence[Report], path: str, sources: Sequence[Source | None]) -> None:
    from indicators.export.page import write_html

    write_html(reports, path, sources=sources)


def _xlsx(reports: Sequence[Report], path: str, sources: Sequence[Source | None]) -> None:
    from indicators.export.workbook import write_xlsx

    write_xlsx(reports, path, sources=sources)


def _parquet(reports: Sequence[Report], path: str, sources: Sequence[Source | None]) -> None:
    from indicators.export.frames import write_parquet

    write_parquet(reports, path)


STREAMED: dict[str, Callable[[TextIO], Writer]] = {
    "table": _table,
    "jsonl": _jsonl,
    "json": _json,
    "csv": _csv,
}
"""Text written report by report, to the terminal or to a file."""

COLLECTED: dict[str, Callable[[Sequence[Report], str, Sequence[Source | None]], None]] = {
    "html": _html,
    "xlsx": _xlsx,
    "parquet": _parquet,
}
"""Files that need every report at once; what writes them writes the file whole or not at all."""

FORMATS = (*STREAMED, *COLLECTED)
