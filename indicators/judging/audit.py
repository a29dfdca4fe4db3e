"""What an auditor should look at: claims, printed rates and figures that contradict each other."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.judging import recall
from indicators.judging.conflict import Conflict
from indicators.quantities import comparable, convert
from indicators.schema.report import VERDICT_LABELS, Assessment, Fact, Finding, Flag, Report, Task, percent

_SEVERITY: dict[Flag, int] = {"claim_conflict": 3, "completion_conflict": 2, "figure_conflict": 2, "target_drift": 2}
_CLAIMS = {"completed": "已完成", "not_completed": "未完成", "in_progress": "正在推进"}


def audit(report: Report, conflicts: Sequence[Conflict] = ()) -> list[Finding]:
    """Findings of a report, worst first: by severity, then by how far the figures lie apart, then in task order."""
    found: list[tuple[float, Finding]] = []
    paired = {(place, conflict.flag) for conflict in conflicts for place in (conflict.first, conflict.second)}
    for t, task in enumerate(report.tasks):
        for i, assessment in enumerate(task.assessments):
            for flag in dict.fromkeys(assessment.flags):
                if flag in _SEVERITY and ((t, i), flag) not in paired:
                    found.append(_finding(flag, task, assessment))
    for conflict in conflicts:
        found.append(_of_pair(report, conflict))
    return [finding for _, finding in sorted(found, key=lambda item: (-item[1].severity, -item[0]))]


def _finding(flag: Flag, task: Task, assessment: Assessment) -> tuple[float, Finding]:
    apart, message = 0.0, assessment.reason
    if flag == "claim_conflict":
        apart, message = _claim(task, assessment)
    elif flag == "completion_conflict":
        apart, message = _completion(assessment)
    facts = [fact for fact in (assessment.target, assessment.actual) if fact and fact.source is None]
    # While the period is open a tick may speak of the quarter's own work.
    severity = 2 if assessment.verdict == "behind" else _SEVERITY[flag]
    return apart, _made(flag, severity, task, assessment.indicator, message, facts)


def _made(flag: Flag, severity: int, task: Task, indicator: str, message: str, facts: Sequence[Fact]) -> Finding:
    return Finding(
        flag=flag,
        severity=severity,
        task=task.name,
        indicator=indicator,
        message=message,
        spans=[span for fact in facts for span in fact.spans],
    )


def _claim(task: Task, a: Assessment) -> tuple[float, str]:
    claim = f"报告自称{_CLAIMS[task.claimed]}" if task.claimed else "报告自述完成情况"
    if a.target is None or a.actual is None:
        return 0.0, a.reason
    share = _share(a)
    told = f"（{percent(share)}）" if share is not None else ""
    message = f"{claim}，但目标{a.target.text}、实际{a.actual.text}{told}，依数据为{VERDICT_LABELS[a.verdict]}。"
    return (abs(1 - share) if share is not None else 0.0), message


def _completion(a: Assessment) -> tuple[float, str]:
    share = _share(a)
    if share is None or a.completion is None or a.target is None or a.actual is None:
        return 0.0, a.reason
    message = (
        f"报告所印完成率{percent(a.completion)}，按实际{a.actual.text}÷目标{a.target.text}计算为{percent(share)}，"
        f"相差{abs(a.completion - share) * 100:.1f}个百分点。"
    )
    return abs(a.completion - share), message


def _share(a: Assessment) -> float | None:
    """Actual by target as printed, units converted; ``None`` where a range or nought stands in the way."""
    if a.target is None or a.actual is None:
        return None
    value, goal = recall.figure(a.actual), recall.figure(a.target)
    if value is None or not goal:
        return None
    if a.actual.unit and a.target.unit and comparable(a.actual.unit, a.target.unit):
        value = convert(value, a.actual.unit, a.target.unit)
    return float(value / goal)


def _of_pair(report: Report, conflict: Conflict) -> tuple[float, Finding]:
    tasks = [report.tasks[place[0]] for place in (conflict.first, conflict.second)]
    rows = [report.tasks[t].assessments[i] for t, i in (conflict.first, conflict.second)]
    side = "actual" if conflict.flag == "figure_conflict" else "target"
    facts = [fact for row in rows if (fact := getattr(row, side)) is not None]
    values = [float(value) for fact in facts if (value := recall.figure(fact)) is not None]
    apart = abs(values[0] - values[1]) / max(map(abs, values)) if len(values) == 2 and any(values) else 0.0
    where = "" if tasks[0] is tasks[1] else f"（分别见任务{_label(tasks[0])}和任务{_label(tasks[1])}）"
    message = f"“{rows[0].indicator}”{conflict.note}{where}。"
    return apart, _made(conflict.flag, _SEVERITY[conflict.flag], tasks[0], rows[0].indicator, message, facts)


def _label(task: Task) -> str:
    return task.number or f"“{task.name or ''}”"
