"""The Rows sheet: one row an indicator, to filter, follow to its source, and mark for ``indicators correct``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indicators.export.evidence import assessments, fact_spans
from indicators.export.labels import COLORS, verdict_label, word
from indicators.export.pen import height
from indicators.export.review import HIDDEN, REVIEW
from indicators.export.rowkey import row_key
from indicators.export.sheets import HEAD, RULE, print_setup
from indicators.export.sourcesheet import Places
from indicators.export.titles import report_title
from indicators.schema.report import VERDICTS, Assessment, Report, Task

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from indicators.export.pen import Pen

_MAX_HEIGHT = 62.0
"""Points: four lines; a row that is taller pushes its neighbours out of sight."""
_PRINTED = 10
"""Columns that fit a page across; what stands further right is for the screen and does not make a row taller."""
_MAX_LINKS = 65_000
"""Excel refuses a sheet with more than 65,530 links."""
_VERDICT, _TARGET, _ACTUAL = 2, 3, 4
"""Where the columns stand that are shown in a way of their own."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that shows one thing of an assessment; ``number`` for figures."""

    head: str
    width: float
    get: Callable[[Report, Task, Assessment], Any]
    number: bool = False
    num_format: str = "General"
    align: str = "right"


def _columns(several: bool) -> list[Column]:
    columns = [
        Column(word("task"), 8, lambda r, t, a: t.name),
        Column(word("indicator"), 28, lambda r, t, a: a.indicator),
        Column(word("verdict"), 15, lambda r, t, a: verdict_label(a.verdict)),
        Column(word("target"), 15, lambda r, t, a: a.target.text if a.target else ""),
        Column(word("actual"), 15, lambda r, t, a: a.actual.text if a.actual else ""),
        Column(word("completion"), 11, lambda r, t, a: a.completion, number=True, num_format="0.0%"),
        Column(word("responsible"), 26, lambda r, t, a: "、".join(t.responsible)),
        Column(word("flags"), 12, lambda r, t, a: "、".join(word(f"f_{flag}") for flag in a.flags)),
        Column(word("confidence"), 9, lambda r, t, a: a.confidence, number=True, num_format="0.00", align="center"),
        Column(word("reason"), 44, lambda r, t, a: a.reason),
        Column(word("claimed"), 11, lambda r, t, a: word(f"c_{t.claimed}") if t.claimed else ""),
        Column(word("kind"), 8, lambda r, t, a: word(a.kind) if a.target else ""),
        Column(word("task_text"), 46, lambda r, t, a: t.text),
    ]
    if several:
        columns.append(Column(word("report"), 34, lambda r, t, a: report_title(r)))
    return columns


def write_rows(
    pen: Pen, sheet: Worksheet, reports: Sequence[Report], places: Places
) -> list[dict[tuple[int, int], int]]:
    """Write the sheet; return for each report the sheet row (from 0) of every span that a row rests on."""
    rows = _Rows(pen, sheet, _columns(len(reports) > 1))
    rows.write_heads()
    firsts: list[dict[tuple[int, int], int]] = []
    for report, found in zip(reports, places, strict=True):
        spans: dict[tuple[int, int], int] = {}
        for n, (task, assessment) in enumerate(assessments(report)):
            rows.write(report, task, assessment, (found.get(f"{n}t"), found.get(f"{n}a")))
            for fact in (assessment.target, assessment.actual):
                for span in fact_spans(fact, len(report.text_of(fact))) if fact else ():
                    spans.setdefault(span, rows.last)
        firsts.append(spans)
    _finish(sheet, rows.last, rows.review_at, rows.key_at, pen)
    return firsts


class _Rows:
    """The rows of the sheet, written one below the other: what is shown, what the reviewer fills in, hidden keys."""

    def __init__(self, pen: Pen, sheet: Worksheet, columns: Sequence[Column]):
        self.pen, self.sheet, self.columns = pen, sheet, columns
        self.review_at = len(columns)
        self.key_at = self.review_at + len(REVIEW)
        self.last = 0
        self._links = 0

    def write_heads(self) -> None:
        """Write the row of headings and set the widths of the columns."""
        pen, sheet = self.pen, self.sheet
        for col, column in enumerate(self.columns):
            sheet.set_column(col, col, column.width)
            pen.text(sheet, 0, col, column.head, **HEAD)
        for col, key in enumerate(REVIEW, self.review_at):
            sheet.set_column(col, col, 16)
            pen.text(sheet, 0, col, word(key), **{**HEAD, "bg_color": "#E9F0FA"})
        for col, name in enumerate(HIDDEN, self.key_at):
            pen.text(sheet, 0, col, name, **HEAD)
        sheet.set_column(self.key_at, self.key_at + len(HIDDEN) - 1, 10, None, {"hidden": True})
        sheet.set_row(0, 24)

    def write(self, report: Report, task: Task, assessment: Assessment, places: tuple[str | None, str | None]) -> None:
        """Write a row; ``places`` are where the source sheets show its target and its actual."""
        self.last += 1
        values = [column.get(report, task, assessment) for column in self.columns]
        shown = zip(values[:_PRINTED], self.columns[:_PRINTED], strict=True)
        wrapped = [(value, column.width) for value, column in shown if isinstance(value, str)]
        self.sheet.set_row(self.last, min(_MAX_HEIGHT, height(wrapped)))
        for col, value in enumerate(values):
            self._write_cell(col, value, assessment, places[col - _TARGET] if col in (_TARGET, _ACTUAL) else None)
        _write_review(self.pen, self.sheet, self.last, self.review_at, assessment)
        for col, part in enumerate((*row_key(report, task, assessment), report.source), self.key_at):
            if isinstance(part, int):
                self.pen.number(self.sheet, self.last, col, part)
            else:
                self.pen.text(self.sheet, self.last, col, part)

    def _write_cell(self, col: int, value: Any, assessment: Assessment, place: str | None) -> None:
        pen, sheet, column = self.pen, self.sheet, self.columns[col]
        if column.number:
            pen.number(sheet, self.last, col, value, num_format=column.num_format, align=column.align, **RULE)
        elif place and self._links < _MAX_LINKS:
            self._links += 1
            pen.link(sheet, self.last, col, value, place, text_wrap=True, **RULE)
        elif col == _VERDICT:
            pen.text(sheet, self.last, col, value, bold=True, font_color=COLORS[assessment.verdict], **RULE)
        else:
            pen.text(sheet, self.last, col, value, text_wrap=True, **RULE)


def _write_review(pen: Pen, sheet: Worksheet, at: int, col: int, assessment: Assessment) -> None:
    done = assessment.correction
    values = [word(f"mark_{done.mark}"), "", "", "", done.note] if done else [""] * len(REVIEW)
    for shift, value in enumerate(values):
        pen.text(sheet, at, col + shift, value, bg_color="#F6F9FD", text_wrap=True, **RULE)


def _finish(sheet: Worksheet, last: int, review_at: int, key_at: int, pen: Pen) -> None:
    rows = max(1, last)
    sheet.freeze_panes(1, 2)
    # The hidden keys are part of the range: sorting must never part a row from its key.
    sheet.autofilter(0, 0, rows, key_at + len(HIDDEN) - 1)
    sheet.conditional_format(
        1, 5, rows, 5,
        {"type": "data_bar", "bar_color": "#9DB8DE", "bar_solid": True, "min_type": "num", "min_value": 0,
         "max_type": "num", "max_value": 1.5, "bar_border_color": "#9DB8DE"},
    )  # fmt: skip
    marks = [word(f"mark_{mark}") for mark in ("right", "wrong", "corrected")]
    sheet.data_validation(1, review_at, rows, review_at, {"validate": "list", "source": marks})
    verdicts = [word(f"v_{verdict}") for verdict in VERDICTS]
    sheet.data_validation(1, review_at + 2, rows, review_at + 2, {"validate": "list", "source": verdicts})
    print_setup(sheet, repeat=0)
    sheet.print_area(0, 0, rows, _PRINTED - 1)
