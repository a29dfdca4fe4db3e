"""What an auditor should look at: claims, printed rates and figures that contradict each other."""

from __future__ import annotations

from indicators.schema.report import Finding, Flag, Report

_SEVERITY: dict[Flag, int] = {"claim_conflict": 3, "completion_conflict": 2, "figure_conflict": 2, "target_drift": 2}


def audit(report: Report) -> list[Finding]:
    """Findings of a report, worst first, then in task order."""
    found = [
        Finding(
            flag=flag,
            severity=_SEVERITY[flag],
            task=task.number or task.text[:12] or None,
            indicator=assessment.indicator,
            message=assessment.reason,
            spans=[span for fact in (assessment.target, assessment.actual) if fact for span in fact.spans],
        )
        for task in report.tasks
        for assessment in task.assessments
        for flag in assessment.flags
        if flag in _SEVERITY
    ]
    return sorted(found, key=lambda finding: -finding.severity)
