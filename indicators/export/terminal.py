"""The verdict table for people: plain aligned text, colours only on a terminal."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from indicators.export.labels import verdict_label
from indicators.export.plain import ellipsis, pad, printable, width, wrap
from indicators.schema.report import VERDICTS, Assessment, Report, Verdict, percent
from indicators.schema.source import Source

_COLOURS: dict[Verdict | None, str] = {
    "exceeded": "32;1",
    "met": "32",
    "on_track": "36",
    "behind": "33",
    "missed": "31;1",
    "unreported": "35",
    None: "2",
}
_HEADINGS = ("任务", "指标", "目标", "实际", "完成率", "结论")
_GAP = "  "
_LIMITS = (12, 10_000, 24, 24, 8, 16)
"""No column but the indicator's grows beyond these; longer text goes on in the next line."""
_NARROWEST = 12
_RIGHT = frozenset({4})


def in_colour(stream: TextIO) -> bool:
    """Whether ``stream`` is a terminal, and neither it nor the user wants no colours (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, verdict: Verdict | None, colour: bool) -> str:
    """``text`` in the verdict's colour."""
    return f"\x1b[{_COLOURS[verdict]}m{text}\x1b[0m" if colour and text else text


@dataclass(frozen=True, slots=True)
class _Line:
    cells: tuple[str, ...]
    verdict: Verdict | None


def _line(task: str, assessment: Assessment) -> _Line:
    target, actual = assessment.target, assessment.actual
    flags = " ⚑" if assessment.flags else ""
    mark = "└ " if assessment.kind == "milestone" else ""
    cells = (
        task,
        mark + assessment.indicator,
        target.text if target else "",
        actual.text if actual else "",
        percent(assessment.completion) if assessment.completion is not None else "",
        verdict_label(assessment.verdict) + flags,
    )
    return _Line(tuple(printable(cell) for cell in cells), assessment.verdict)


def render(report: Report, *, columns: int = 100, colour: bool = False) -> str:
    """The table of one report at most ``columns`` wide, its findings counted, with a summary line at the end."""
    lines = [
        _line((task.number or ellipsis(task.text, 12)) if first else "", assessment)
        for task in report.tasks
        for first, assessment in ((i == 0, a) for i, a in enumerate(task.assessments))
    ]
    out = _heading(report)
    if lines:
        out += ["", *_table(lines, columns, colour)]
    out += ["", _summary(report, colour)]
    return "\n".join(out) + "\n"


def _heading(report: Report) -> list[str]:
    facts = [report.source if report.actual_source is None else f"{report.source} ← {report.actual_source}"]
    if report.as_of:
        facts.append(f"截至 {report.as_of}")
    facts.append(f"{len(report.tasks)} 项任务")
    heading = [printable(report.title)] if report.title else []
    return [*heading, printable(" · ".join(facts))]


def _table(lines: Sequence[_Line], columns: int, colour: bool) -> list[str]:
    widths = _widths(lines, columns)
    rule = "─" * min(columns, sum(widths) + len(_GAP) * (len(widths) - 1))
    out = [_row(_HEADINGS, widths, None, False)[0], rule]
    for line in lines:
        out += _row(line.cells, widths, line.verdict, colour)
    return [*out, rule]


def _widths(lines: Sequence[_Line], columns: int) -> list[int]:
    widths = [
        min(_LIMITS[i], max(width(_HEADINGS[i]), *(width(line.cells[i]) for line in lines)))
        for i in range(len(_HEADINGS))
    ]
    room = columns - len(_GAP) * (len(widths) - 1)
    # The indicator gives way first, then targets and actuals.
    for i in (1, 3, 2):
        over = sum(widths) - room
        if over > 0:
            widths[i] = max(_NARROWEST, widths[i] - over)
    return widths


def _row(cells: Sequence[str], widths: Sequence[int], verdict: Verdict | None, colour: bool) -> list[str]:
    wrapped = [wrap(cell, size) for cell, size in zip(cells, widths, strict=True)]
    out = []
    for n in range(max(len(parts) for parts in wrapped)):
        parts = [
            pad(parts[n] if n < len(parts) else "", size, right=i in _RIGHT)
            for i, (parts, size) in enumerate(zip(wrapped, widths, strict=True))
        ]
        parts[-1] = paint(parts[-1].rstrip(), verdict, colour)
        out.append(_GAP.join(parts).rstrip())
    return out


def _summary(report: Report, colour: bool) -> str:
    counts = report.summary()
    told = [paint(f"{verdict_label(v)} {counts[v]}", v, colour) for v in VERDICTS if counts[v]]
    without = sum(a.verdict is None for task in report.tasks for a in task.assessments)
    if without:
        told.append(f"{verdict_label(None)} {without}")
    if report.findings:
        told.append(f"⚑ 审计提示 {len(report.findings)}")
    return "合计  " + ("   ".join(told) if told else "未发现可量化的目标或完成数")


class TableWriter:
    """Prints one table a report, a blank line between them, and a line over all when there are several."""

    def __init__(self, stream: TextIO, *, columns: int = 100, colour: bool = False) -> None:
        self._stream, self._columns, self._colour = stream, columns, colour
        self._totals: dict[Verdict, int] = dict.fromkeys(VERDICTS, 0)
        self._count = 0

    def add(self, report: Report, source: Source | None = None) -> None:
        """Print ``report``."""
        if self._count:
            self._stream.write("\n")
        self._stream.write(render(report, columns=self._columns, colour=self._colour))
        self._stream.flush()
        self._count += 1
        summary = report.summary()
        for verdict in self._totals:
            self._totals[verdict] += summary[verdict]

    def close(self) -> None:
        """Print the totals over all reports."""
        if self._count > 1:
            told = [f"{verdict_label(v)} {n}" for v, n in self._totals.items() if n]
            self._stream.write(f"\n{self._count} 份报告  " + "   ".join(told) + "\n")
