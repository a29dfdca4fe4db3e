"""What a report and its tasks are called on pages, sheets and charts."""

from __future__ import annotations

import re
from pathlib import Path

from indicators.schema.report import Report, Task


def task_line(task: Task) -> str:
    """The task's text behind its number, which is not said twice where the text begins with it (1.农村公路)."""
    if task.number is None or re.match(rf"[（(]?{re.escape(task.number)}[)）.．、\s]", task.text):
        return task.text
    return f"{task.number} {task.text}"


def report_title(report: Report) -> str:
    """The title, or the name of the file where the report has none."""
    return report.title or Path(report.source).name or report.source
