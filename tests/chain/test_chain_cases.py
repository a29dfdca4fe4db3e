"""Whole texts and the rows that they give: one file of cases an idea."""

from __future__ import annotations

from pathlib import Path

import pytest
from rowcases import Case, cases, mistakes, parameters, scored

CASES = cases(Path(__file__).parent / "cases")


@pytest.mark.parametrize("case", parameters(CASES))
def test_rows(case: Case) -> None:
    report = scored(case)
    assert mistakes(case, report) == []


@pytest.mark.parametrize("case", parameters([{k: v for k, v in c.items() if k != "xfail"} for c in CASES]))
def test_spans(case: Case) -> None:
    """Every text of a row stands where the row says, layout white space left out."""
    report = scored(case)
    for task in report.tasks:
        for assessment in task.assessments:
            for fact in (assessment.target, assessment.actual):
                if fact is None or "derived" in assessment.flags:
                    continue
                parts = ["".join(report.text[start:end].split()) for start, end in fact.spans]
                assert "+".join(parts) == fact.text, assessment.indicator
                assert fact.start == fact.spans[0][0]


@pytest.mark.parametrize("case", parameters([{k: v for k, v in c.items() if k != "xfail"} for c in CASES[::5]]))
def test_two_runs_are_equal(case: Case) -> None:
    assert scored(case).to_json() == scored(case).to_json()
