"""Where results go: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

from indicators.cli.parser import BINARY_FORMATS, FORMATS
from indicators.errors import UsageError

if TYPE_CHECKING:
    from indicators.schema.report import Report
    from indicators.schema.source import Source

_PIPED_WIDTH = 100


class Writer(Protocol):
    """Takes reports one by one; ``close`` is called once, only when all were added."""

    def add(self, report: Report, source: Source | None = None) -> None: ...

    def close(self) -> None: ...


def choose_format(wanted: str | None, output: str | None) -> str:
    """The format asked for, or the one that the ending of ``output`` names, or ``table``."""
    if wanted is None:
        ending = Path(output).suffix.lower().lstrip(".") if output else ""
        wanted = ending if ending in FORMATS else "table"
    if wanted in BINARY_FORMATS and output is None:
        raise UsageError(
            f"--format {wanted} needs --output FILE", hint=f"for example --output report.{wanted}", code="U002"
        )
    return wanted


@contextmanager
def open_writer(form: str, output: str | None) -> Iterator[Writer]:
    """The writer for ``form``; a file appears under its name only when everything was written to it."""
    if output is None:
        writer = _text_writer(form, sys.stdout)
        yield writer
        writer.close()
        return
    target = Path(output)
    if target.is_dir() or not target.absolute().parent.is_dir():
        raise UsageError("cannot be written", path=output, hint="name a file in a folder that exists", code="U003")
    try:
        if form in BINARY_FORMATS:
            writer = _Collected(form, output)
            yield writer
            writer.close()
        else:
            with _replaced(target) as stream:
                writer = _text_writer(form, stream)
                yield writer
                writer.close()
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror or error}", path=output, code="U003") from error


@contextmanager
def _replaced(target: Path) -> Iterator[TextIO]:
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", dir=target.absolute().parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="", errors="backslashreplace") as stream:
            yield stream
        part.chmod(0o666 & ~_umask())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _text_writer(form: str, stream: TextIO) -> Writer:
    if form == "table":
        from indicators.export.terminal import TableWriter

        terminal = stream.isatty()
        columns = shutil.get_terminal_size((_PIPED_WIDTH, 24)).columns if stream is sys.stdout else _PIPED_WIDTH
        return TableWriter(stream, columns=columns, colour=terminal and colour_wanted())
    if form == "csv":
        from indicators.export.csv import CsvWriter

        return CsvWriter(stream)
    from indicators.export.jsonl import JsonlWriter, JsonWriter

    return JsonlWriter(stream) if form == "jsonl" else JsonWriter(stream)


def colour_wanted() -> bool:
    """False where the user or the terminal says no (https://no-color.org)."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


class _Collected:
    """Formats that need every report at once; their writers write the file whole or not at all."""

    def __init__(self, form: str, path: str) -> None:
        self._form, self._path = form, path
        self._reports: list[Report] = []
        self._sources: list[Source | None] = []

    def add(self, report: Report, source: Source | None = None) -> None:
        self._reports.append(report)
        self._sources.append(source)

    def close(self) -> None:
        if not self._reports:
            return
        if self._form == "html":
            from indicators.export.page import write_html

            write_html(self._reports, self._path, sources=self._sources)
        elif self._form == "xlsx":
            from indicators.export.workbook import write_xlsx

            write_xlsx(self._reports, self._path, sources=self._sources)
        else:
            from indicators.export.frames import write_parquet

            write_parquet(self._reports, self._path)
