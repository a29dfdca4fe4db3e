"""Every figure of every shared report can be seen in its source, and the page and workbook of each can be written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import indicators
from indicators.export.evidence import Marks, assessments
from indicators.export.layout import blocks
from indicators.export.page import render_page
from indicators.export.workbook import write_xlsx

SHARED = Path(os.environ.get("INDICATORS_SHARED") or Path(__file__).parents[3] / "shared")
REPORTS = sorted(path for path in (SHARED / "reports").glob("*.*")) + sorted(
    (SHARED / "reports/snippets").glob("*.txt")
)

pytestmark = pytest.mark.skipif(not REPORTS, reason="no shared reports here")


def squashed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_every_figure_is_marked_where_it_stands(path: Path, tmp_path: Path) -> None:
    source = indicators.read(path)
    report = indicators.score(source)
    marks = Marks(report)
    shown: dict[str, str] = {}
    strays = False
    for block in blocks(marks, source):
        strays |= block.kind == "stray"
        for run in block.all_runs():
            for key in run.keys:
                shown[key] = shown.get(key, "") + run.text
    assert not strays, "the reader lost the place of a figure"
    for row, (_, assessment) in enumerate(assessments(report)):
        for role, fact in (("t", assessment.target), ("a", assessment.actual)):
            if fact is not None and fact.start is not None:
                spans = fact.spans or [(fact.start, fact.end)]
                printed = "".join(squashed(report.text[start:end]) for start, end in spans)
                assert squashed(shown[f"{row}{role}"]) == printed
    assert "data-k=" in render_page(report, source) or not marks.all
    write_xlsx([report], tmp_path / "report.xlsx", sources=[source])
