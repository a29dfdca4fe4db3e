"""The sheets of the workbook, one function each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from indicators.export.about import versions
from indicators.export.evidence import assessments
from indicators.export.labels import COLORS, verdict_label, word
from indicators.export.pen import height
from indicators.export.titles import report_title
from indicators.schema.report import VERDICTS, Finding, Report

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from indicators.export.pen import Pen

_NAME_WIDTH = 34.0
_UNITS_SHOWN = 16
_PIXELS_PER_ROW = 20
_ONE_PAGE = 75
"""Rows of a summary that one portrait page still shows legibly."""
_ABOUT_ROWS = 100_000
RULE = {"bottom": 1, "bottom_color": "#E4E2DC"}
HEAD = {
    "bold": True,
    "font_color": "#566072",
    "bg_color": "#F3F1EB",
    "bottom": 1,
    "bottom_color": "#CFCCC3",
    "text_wrap": True,
    "valign": "vcenter",
}
_TITLE = {"bold": True, "font_size": 16}


def print_setup(sheet: Worksheet, *, repeat: int | None = None, landscape: bool = True) -> None:
    """A4, one page wide, page numbers; row ``repeat`` heads every page."""
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.set_footer("&C&P / &N")
    if landscape:
        sheet.set_landscape()
    if repeat is not None:
        sheet.repeat_rows(repeat)


def write_summary(pen: Pen, sheet: Worksheet, reports: Sequence[Report]) -> None:
    """Counts by verdict with a chart, by responsible unit, and by report where there are several."""
    sheet.set_column(0, 0, _NAME_WIDTH)
    sheet.set_column(1, 6, 16)
    only = reports[0] if len(reports) == 1 else None
    print_setup(sheet, landscape=False)
    pen.text(sheet, 0, 0, report_title(only) if only else word("index"), **_TITLE)
    sheet.set_row(0, 26)
    tasks = sum(len(report.tasks) for report in reports)
    total = sum((Counter(report.summary()) for report in reports), Counter[str]())
    rows = sum(1 for report in reports for _ in assessments(report))
    facts = f"{tasks} {word('tasks')}　{rows} {word('rows')}"
    if only:
        facts += "".join(
            f"　{word(key)} {value}" for key, value in (("as_of", only.as_of), ("period", only.period)) if value
        )
    else:
        facts = f"{len(reports)} {word('reports')}　" + facts
    pen.text(sheet, 1, 0, facts, font_color="#566072")
    for col, key in enumerate(("verdict", "row_count", "share")):
        pen.text(sheet, 3, col, word(key), **HEAD)
    for at, verdict in enumerate(VERDICTS, 4):
        pen.text(sheet, at, 0, verdict_label(verdict), font_color=COLORS[verdict], bold=True, **RULE)
        pen.number(sheet, at, 1, total[verdict], **RULE)
        pen.number(sheet, at, 2, total[verdict] / total.total() if total.total() else None, num_format="0.0%", **RULE)
    _verdict_chart(pen, sheet)
    at = _unit_table(pen, sheet, reports, 15)
    if at < _ONE_PAGE and only:
        sheet.fit_to_pages(1, 1)
    if not only:
        _report_table(pen, sheet, reports, at + 2)


def _verdict_chart(pen: Pen, sheet: Worksheet) -> None:
    """The counts by verdict, drawn beside their table."""
    chart = pen.book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "categories": ["Summary", 4, 0, 9, 0],
            "values": ["Summary", 4, 1, 9, 1],
            "points": [{"fill": {"color": COLORS[verdict]}} for verdict in VERDICTS],
            "data_labels": {"value": True},
            "gap": 45,
        }
    )
    chart.set_legend({"none": True})
    chart.set_title({"name": word("verdict"), "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True, "line": {"none": True}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 470, "height": 220})
    sheet.insert_chart(2, 3, chart, {"object_position": 2, "x_offset": 24, "description": word("verdict")})


def _count_head(pen: Pen, sheet: Worksheet, at: int, first: str) -> None:
    pen.text(sheet, at, 0, first, **HEAD)
    for col, verdict in enumerate(VERDICTS, 1):
        pen.text(sheet, at, col, verdict_label(verdict), **HEAD)


def _count_row(pen: Pen, sheet: Worksheet, at: int, name: str, counts: Counter[str]) -> None:
    sheet.set_row(at, height([(name, _NAME_WIDTH)]))
    pen.text(sheet, at, 0, name, text_wrap=True, **RULE)
    for col, verdict in enumerate(VERDICTS, 1):
        pen.number(sheet, at, col, counts[verdict] or None, **RULE)


def _unit_table(pen: Pen, sheet: Worksheet, reports: Sequence[Report], at: int) -> int:
    by_unit: dict[str, Counter[str]] = {}
    for report in reports:
        for task, assessment in assessments(report):
            for unit in task.responsible if assessment.verdict else ():
                by_unit.setdefault(unit, Counter())[str(assessment.verdict)] += 1
    if not by_unit:
        return at
    _count_head(pen, sheet, at, word("responsible"))
    units = sorted(by_unit.items(), key=lambda item: (-item[1].total(), item[0]))
    for row, (unit, counts) in enumerate(units, at + 1):
        _count_row(pen, sheet, row, unit, counts)
    last = at + min(len(units), _UNITS_SHOWN)
    chart = pen.book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for col, verdict in enumerate(VERDICTS, 1):
        chart.add_series(
            {
                "name": ["Summary", at, col],
                "categories": ["Summary", at + 1, 0, last, 0],
                "values": ["Summary", at + 1, col, last, col],
                "fill": {"color": COLORS[verdict]},
                "gap": 40,
            }
        )
    chart.set_title({"name": word("responsible"), "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom"})
    tall = 120 + 24 * (last - at)
    chart.set_size({"width": 940, "height": tall})
    below = at + len(units) + 2
    sheet.insert_chart(below, 0, chart, {"object_position": 2, "description": word("responsible")})
    return below + tall // _PIXELS_PER_ROW + 2


def _report_table(pen: Pen, sheet: Worksheet, reports: Sequence[Report], at: int) -> None:
    _count_head(pen, sheet, at, word("report"))
    for row, report in enumerate(reports, at + 1):
        _count_row(pen, sheet, row, report_title(report), Counter(report.summary()))


def write_findings(
    pen: Pen, sheet: Worksheet, reports: Sequence[Report], firsts: Sequence[dict[tuple[int, int], int]]
) -> None:
    """What an auditor should look at, worst first over all reports, each leading to its row."""
    widths = (18, 20, 8, 30, 70, 8) + ((40,) if len(reports) > 1 else ())
    for col, width in enumerate(widths):
        sheet.set_column(col, col, width)
    print_setup(sheet, repeat=0)
    sheet.freeze_panes(1, 0)
    heads = [word(key) for key in ("severity", "flag", "task", "indicator", "message", "row")]
    for col, head in enumerate([*heads, word("report")][: len(widths)]):
        pen.text(sheet, 0, col, head, **HEAD)
    found = [(finding, n) for n, report in enumerate(reports) for finding in report.findings]
    found.sort(key=lambda item: -item[0].severity)
    for at, (finding, n) in enumerate(found, 1):
        color = {3: "#B3261E", 2: "#9A5B00", 1: "#566072"}[finding.severity]
        pen.text(sheet, at, 0, word(f"severity_{finding.severity}"), font_color=color, bold=True, **RULE)
        pen.text(sheet, at, 1, word(f"f_{finding.flag}"), **RULE)
        pen.text(sheet, at, 2, finding.task, **RULE)
        pen.text(sheet, at, 3, finding.indicator, text_wrap=True, **RULE)
        pen.text(sheet, at, 4, finding.message, text_wrap=True, **RULE)
        row = _row_of(finding, firsts[n])
        pen.link(sheet, at, 5, str(row + 1) if row is not None else "", f"Rows!A{(row or 0) + 1}", **RULE)
        if len(reports) > 1:
            pen.text(sheet, at, 6, report_title(reports[n]), text_wrap=True, **RULE)
    if not found:
        pen.text(sheet, 1, 0, word("no_findings"), font_color="#566072")
    sheet.autofilter(0, 0, max(1, len(found)), len(widths) - 1)


def _row_of(finding: Finding, rows: dict[tuple[int, int], int]) -> int | None:
    return next((rows[span] for span in finding.spans if span in rows), None)


def write_about(pen: Pen, sheet: Worksheet, reports: Sequence[Report]) -> None:
    """What was read and what read it."""
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    print_setup(sheet)
    entries = list(versions().items())
    for report in reports:
        entries += [
            ("", ""),
            (word("report"), report_title(report)),
            (word("file"), report.source),
            *([(word("answered_by"), report.actual_source)] if report.actual_source else []),
            ("SHA-256", report.sha256),
            (word("as_of"), report.as_of or ""),
            (word("period"), report.period or ""),
            *((word("warnings"), warning) for warning in report.warnings),
        ]
    for at, (name, value) in enumerate(entries[:_ABOUT_ROWS]):
        pen.text(sheet, at, 0, name, font_color="#566072")
        pen.text(sheet, at, 1, value, text_wrap=True)
