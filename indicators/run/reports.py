"""What a batch makes of one file: the reports in it, corrections honoured, as rows ready to be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from indicators.export import frames
from indicators.export.jsonl import row_line
from indicators.run.outcome import Failure, failure_of
from indicators.run.worker import Function
from indicators.schema.report import Report

Format = Literal["parquet", "jsonl"]


@dataclass(frozen=True, slots=True)
class FileRows:
    """The rows of one file. ``failure`` where an archive gave some of its reports and could not give others."""

    rows: list[tuple[str | None, Any]]
    """Of each row the as-of date, and the row: a record of :data:`indicators.export.frames.COLUMNS`, or a JSON line."""
    failure: Failure | None = None


def reports_of(path: str, *, as_of: str | None = None) -> Iterator[Report]:
    """The report of a file, or each of an archive, as ``indicators score`` gives them."""
    import indicators
    from indicators.corrections import apply_corrections
    from indicators.readers import read_all

    for source in read_all(path):
        yield apply_corrections(indicators.score(source, as_of=as_of))


@dataclass(frozen=True)
class RowScoring:
    """Picklable recipe for a worker that sends finished rows: a tenth of a report's bytes, and less for the parent."""

    scoring: Callable[[], Function]
    format: Format

    def __call__(self) -> Function:
        score = self.scoring()
        return lambda path: self._rows(score, path)

    def _rows(self, score: Function, path: str) -> FileRows:
        rows: list[tuple[str | None, Any]] = []
        found = score(path)
        try:
            for report in (found,) if isinstance(found, Report) else found:
                if self.format == "jsonl":
                    rows.extend((row.as_of, row_line(row)) for row in report.rows())
                else:
                    rows.extend((record["as_of"], record) for record in frames.records([report]))
        except Exception as error:
            if not rows:
                raise
            return FileRows(rows, failure_of(error, path))
        return FileRows(rows)
