"""``indicators audit``: what the report claims against what its figures say, worst first."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from indicators.cli.scoring import Failures, scored
from indicators.cli.status import FAILED, OK
from indicators.dates import as_date
from indicators.export.plain import in_context, printable
from indicators.export.terminal import in_colour, paint
from indicators.schema.report import Finding, Report, Verdict

_SEVERITY: dict[int, tuple[str, Verdict]] = {3: ("严重", "missed"), 2: ("较重", "behind"), 1: ("提示", "on_track")}


def run(args: argparse.Namespace) -> int:
    """Print the findings of every report."""
    failures = Failures()
    colour = in_colour(sys.stdout)
    first = True
    for report, _ in scored(args.paths, as_date(args.as_of), failures):
        if not first:
            print()
        first = False
        for line in findings(report, colour):
            print(line)
    return FAILED if failures.count else OK


def findings(report: Report, colour: bool = False) -> Iterator[str]:
    """Lines for people; everything from the report is made printable."""
    yield printable(f"{report.title or report.source}  审计提示 {len(report.findings)} 条")
    if report.title:
        yield printable(report.source)
    for number, finding in enumerate(report.findings, 1):
        yield ""
        yield from _finding(report, number, finding, colour)
    if not report.findings:
        yield "未发现自述与数据不符之处"


def _finding(report: Report, number: int, finding: Finding, colour: bool) -> Iterator[str]:
    name, like = _SEVERITY[finding.severity]
    task = f"任务 {finding.task}  " if finding.task else ""
    told = printable(f"{task}{finding.indicator}  {finding.flag}")
    yield f"{number:>3}. " + paint(f"[{name}]", like, colour) + f" {told}"
    yield printable(f"     {finding.message}")
    for start, end in finding.spans:
        yield printable(f"       {in_context(report.text, start, end)}")
