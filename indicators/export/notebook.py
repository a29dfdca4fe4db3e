"""Reports in notebooks: a small table as HTML, and the spans that displaCy draws."""

from __future__ import annotations

from html import escape
from itertools import islice
from typing import Any

from indicators.export.evidence import Marks, assessments
from indicators.export.labels import COLORS, SYMBOLS, verdict_label, word
from indicators.export.titles import report_title
from indicators.schema.report import VERDICTS, Assessment, Report, Task, percent

_SHOWN = 30
_CELL = "padding:4px 10px;text-align:left;vertical-align:top;border-bottom:1px solid #e4e2dc"


def to_html(report: Report, *, shown: int = _SHOWN) -> str:
    """A heading, the counts by verdict and the first ``shown`` rows as an HTML fragment, styled inline."""
    counts = "　".join(
        f'<span style="color:{COLORS[verdict]}">{escape(verdict_label(verdict))} <b>{count}</b></span>'
        for verdict in VERDICTS
        if (count := report.summary()[verdict])
    )
    total = sum(len(task.assessments) for task in report.tasks)
    keys = ("task", "indicator", "target", "actual", "completion", "verdict", "reason")
    head = "".join(f'<th style="{_CELL};color:#566072;font-weight:500">{escape(word(key))}</th>' for key in keys)
    body = "".join(_row(report, task, assessment) for task, assessment in islice(assessments(report), shown))
    more = f'<p style="color:#566072">{escape(word("more").format(n=total - shown))}</p>' if total > shown else ""
    return (
        '<div lang="zh-CN">'
        f'<p style="font-size:1.15em;font-weight:600;margin:0">{escape(report_title(report))}</p>'
        f'<p style="margin:2px 0 8px">{counts}</p>'
        f'<table style="border-collapse:collapse"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        f"{more}</div>"
    )


def _row(report: Report, task: Task, assessment: Assessment) -> str:
    completion = "" if assessment.completion is None else percent(assessment.completion)
    color = COLORS[assessment.verdict]
    cells = [
        escape(task.name or ""),
        escape(assessment.indicator),
        escape(assessment.target.text if assessment.target else ""),
        escape(assessment.actual.text if assessment.actual else ""),
        completion,
        f'<span style="color:{color};white-space:nowrap">{escape(verdict_label(assessment.verdict))}</span>',
        escape(assessment.reason),
    ]
    return "<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in cells) + "</tr>"


def to_displacy(report: Report) -> dict[str, Any]:
    """The targets and actuals for ``spacy.displacy.render(..., style="ent", manual=True)``.

    A dictionary with ``text``, ``title`` and ``ents`` (``start``, ``end``, ``label``: ``目标`` or ``实际`` and the
    verdict's symbol), in order and without overlaps, as displaCy needs them: of two that overlap the first stays.
    """
    rows = [assessment for _, assessment in assessments(report)]
    ents: list[dict[str, Any]] = []
    for mark in Marks(report).all:
        if mark.role != "rival" and (not ents or mark.start >= ents[-1]["end"]):
            label = f"{word(mark.role)} {SYMBOLS[rows[mark.row].verdict]}"
            ents.append({"start": mark.start, "end": mark.end, "label": label})
    return {"text": report.text, "ents": ents, "title": report.title}


def displacy_colors() -> dict[str, str]:
    """Colours for the labels of :func:`to_displacy`, for displaCy's ``options={"colors": ...}``."""
    tints = {"target": "#E3ECFA", "actual": "#FCEFD0"}
    return {f"{word(role)} {symbol}": tint for role, tint in tints.items() for symbol in SYMBOLS.values()}
