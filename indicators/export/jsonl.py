"""JSON for programs: rows of the output contract one a line, or whole reports in an array."""

from __future__ import annotations

import json
from typing import TextIO

from indicators.export.plain import escape_json, plain_number
from indicators.schema.report import Report, Row
from indicators.schema.source import Source


def row_line(row: Row) -> str:
    """One row as one line of JSON, keys in the order of the contract, control characters escaped."""
    data = {name: plain_number(value) for name, value in row.model_dump(mode="json").items()}
    return escape_json(json.dumps(data, ensure_ascii=False, allow_nan=False))


class JsonlWriter:
    """One row a line, flushed after each document, so that a reader of the pipe sees it at once."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def add(self, report: Report, source: Source | None = None) -> None:
        """Write the rows of ``report``."""
        self._stream.writelines(row_line(row) + "\n" for row in report.rows())
        self._stream.flush()

    def close(self) -> None:
        """Nothing stands open."""


class JsonWriter:
    """An array of reports, always an array, so that one document and many read alike."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._count = 0

    def add(self, report: Report, source: Source | None = None) -> None:
        """Write ``report``, its text left out."""
        self._stream.write("[\n" if self._count == 0 else ",\n")
        self._stream.write(escape_json(report.to_json(indent=2)))
        self._count += 1

    def close(self) -> None:
        """End the array."""
        self._stream.write("[]\n" if self._count == 0 else "\n]\n")
