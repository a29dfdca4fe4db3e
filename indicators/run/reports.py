"""What a batch makes of one file: the reports in it, corrections honoured, as rows ready to be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from indicators.export import frames
from indicators.export.jsonl import row_line
from indicators.run.arrow import record_table, to_bytes
from indicators.run.outcome import Failure, failure_of
from indicators.run.worker import Function
from indicators.schema.report import Report

Format = Literal["parquet", "jsonl"]


@dataclass(slots=True)
class FileRows:
    """The rows of one file."""

    count: int = 0
    pieces: list[tuple[str | None, bytes]] = field(default_factory=list)
    """For each report its as-of date, and its rows: an Arrow stream, or lines of JSON."""
    failure: Failure | None = None
    """Set where an archive gave some of its reports and could not give others."""


def reports_of(path: str, *, as_of: str | None = None) -> Iterator[Report]:
    """The report of a file, or each of an archive, as ``indicators score`` gives them."""
    import indicators
    from indicators.corrections import apply_corrections
    from indicators.readers import read_all

    for source in read_all(path):
        yield apply_corrections(indicators.score(source, as_of=as_of))


@dataclass(frozen=True)
class RowScoring:
    """Picklable recipe for a worker that sends finished rows.

    They are a tenth of a report's bytes, and turning them to Arrow here leaves the parent little to do: what it does
    for each document is what keeps the last core from being a worker's.
    """

    scoring: Callable[[], Function]
    format: Format

    @property
    def preload(self) -> tuple[str, ...]:
        """What the scoring loads; pyarrow starts a thread and must not be forked."""
        return getattr(self.scoring, "preload", ())

    def __call__(self) -> Function:
        score = self.scoring()
        if self.format == "parquet":
            frames.arrow_schema()  # imports pyarrow, before the clock of the first document starts
        return lambda path: self._rows(score, path)

    def _rows(self, score: Function, path: str) -> FileRows:
        found = score(path)
        rows = FileRows()
        try:
            for report in (found,) if isinstance(found, Report) else found:
                self._add(rows, report)
        except Exception as error:
            if not rows.count:
                raise
            rows.failure = failure_of(error, path)
        return rows

    def _add(self, rows: FileRows, report: Report) -> None:
        if self.format == "jsonl":
            lines = [row_line(row) + "\n" for row in report.rows()]
            count, content = len(lines), "".join(lines).encode()
        else:
            records = frames.records([report])
            count, content = len(records), to_bytes(record_table(records))
        if count:
            rows.count += count
            rows.pieces.append((report.as_of, content))
