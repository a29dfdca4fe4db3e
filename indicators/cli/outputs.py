"""Where results go: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.cli.formats import COLLECTED, FORMATS, STREAMED, Writer
from indicators.errors import UsageError
from indicators.export.files import whole

if TYPE_CHECKING:
    from indicators.schema.report import Report
    from indicators.schema.source import Source


def choose_format(wanted: str | None, output: str | None) -> str:
    """The format asked for, or the one that the ending of ``output`` names, or ``table``.

    Raises :class:`UsageError` (U008) where the ending names a format that is not written: a table called report.pdf
    would be no PDF.
    """
    if wanted is None:
        ending = Path(output).suffix.lower().lstrip(".") if output else ""
        if ending not in ("", "txt", "text", *FORMATS):
            endings = ", ".join(name for name in FORMATS if name != "table")
            hint = f"end it in {endings} or txt, or say --format"
            raise UsageError(f"no format is called .{ending}", path=output, hint=hint, code="U008")
        wanted = ending if ending in FORMATS else "table"
    if wanted in COLLECTED and output is None:
        raise UsageError(
            f"--format {wanted} needs --output FILE", hint=f"for example --output report.{wanted}", code="U002"
        )
    return wanted


@contextmanager
def open_writer(form: str, output: str | None) -> Iterator[Writer]:
    """The writer for ``form``; a file appears under its name only when everything was written to it."""
    if output is None:
        writer = STREAMED[form](sys.stdout)
        yield writer
        writer.close()
        return
    target = Path(output)
    if target.is_dir() or not target.absolute().parent.is_dir():
        raise UsageError("cannot be written", path=output, hint="name a file in a folder that exists", code="U003")
    try:
        if form in COLLECTED:
            collected = _Collected(form, output)
            yield collected
            collected.close()
        else:
            with whole(target) as part, part.open("w", encoding="utf-8", newline="", errors="backslashreplace") as file:
                writer = STREAMED[form](file)
                yield writer
                writer.close()
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror or error}", path=output, code="U003") from error


class _Collected:
    """Keeps the reports until all are there."""

    def __init__(self, form: str, path: str) -> None:
        self._write, self._path = COLLECTED[form], path
        self._reports: list[Report] = []
        self._sources: list[Source | None] = []

    def add(self, report: Report, source: Source | None = None) -> None:
        self._reports.append(report)
        self._sources.append(source)

    def close(self) -> None:
        if self._reports:
            self._write(self._reports, self._path, self._sources)
