"""The workbook: summary, rows to filter and mark, findings, the source they rest on, and what made it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from indicators.errors import MissingExtraError
from indicators.export import sheets
from indicators.export.files import whole
from indicators.export.pen import Pen
from indicators.export.rowsheet import write_rows
from indicators.export.sourcesheet import write_source
from indicators.schema.report import Report
from indicators.schema.source import Source

MANY_CELLS = 60_000
"""From about this many lines on, cells go to disk as they are written and memory stays flat."""


def write_xlsx(
    reports: Sequence[Report], path: str | os.PathLike[str], *, sources: Sequence[Source | None] | None = None
) -> Path:
    """Write all reports to one workbook at ``path`` and return the path.

    Sheets: Summary, Rows, Findings, Source, About. Text from a report is always a string cell, never a formula
    and never an address; links only lead from a row to its place in the Source sheet. ``sources`` gives the
    :class:`Source` of each report, so that its tables come out as cells. Raises :class:`MissingExtraError` without
    the extra ``report`` and ``OSError`` where the file cannot be written.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise MissingExtraError.for_extra("report", "the workbook") from None
    path = Path(path)
    given = list(sources) if sources is not None else [None] * len(reports)
    if len(given) != len(reports):
        raise ValueError("sources must be as many as reports")
    lines = sum(
        report.text.count("\n") + 30 * sum(len(task.assessments) for task in report.tasks) for report in reports
    )
    options = {
        "constant_memory": lines > MANY_CELLS,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole(path) as part, Workbook(os.fspath(part), options) as book:
        book.set_properties({"title": reports[0].title or "" if len(reports) == 1 else "", "comments": "indicators"})
        pen = Pen(book)
        summary, rows, findings, source, about = (
            book.add_worksheet(name) for name in ("Summary", "Rows", "Findings", "Source", "About")
        )
        places = write_source(pen, source, reports, given)
        firsts = write_rows(pen, rows, reports, places)
        sheets.write_summary(pen, summary, reports)
        sheets.write_findings(pen, findings, reports, firsts)
        sheets.write_about(pen, about, reports)
    return path
