"""What names a row across exports and corrections: the document, the task, the indicator and its two spans."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from indicators.schema.report import Assessment, Report, Task


class RowKey(NamedTuple):
    """Offsets count characters of ``Report.text``; ``None`` where the row has no such figure."""

    sha256: str
    task: str | None
    indicator: str
    target_start: int | None
    target_end: int | None
    actual_start: int | None
    actual_end: int | None


def document_id(report: Report) -> str:
    """The SHA-256 of the file, or of the text where the report was not read from a file."""
    return report.sha256 or hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest()


def row_key(report: Report, task: Task, assessment: Assessment) -> RowKey:
    """The key of a row; of a corrected row the key that it had before, so that it can be corrected again."""
    done = assessment.correction
    actual = done.was_actual if done else assessment.actual
    target = assessment.target
    return RowKey(
        document_id(report),
        task.name,
        done.was_indicator if done else assessment.indicator,
        target.start if target else None,
        target.end if target else None,
        actual.start if actual else None,
        actual.end if actual else None,
    )
