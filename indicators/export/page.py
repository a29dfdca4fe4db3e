"""The page an auditor opens: one self-contained HTML file per report, and an index page for a batch."""

from __future__ import annotations

import base64
import hashlib
import math
import os
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from indicators._version import __version__
from indicators.errors import MissingExtraError
from indicators.export.evidence import assessments, place_in_context
from indicators.export.files import whole
from indicators.export.labels import labels
from indicators.export.layout import documents
from indicators.export.rowkey import document_id
from indicators.export.titles import report_title, task_line
from indicators.schema.report import SCHEMA_VERSION, VERDICTS, Assessment, Fact, Report, Task
from indicators.schema.source import Source

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_SCRIPTS = {
    "page.html": ("core.js", "bullet.js", "marks.js", "source.js", "detail.js", "rows.js", "main.js"),
    "index.html": ("core.js", "index.js"),
}
_FINDINGS_SHOWN = 200
_LONG = 400
"""From this many paragraphs on, a browser lays out only those in view."""
_STYLES = {"page.html": ("base.css", "page.css"), "index.html": ("base.css", "index.css")}
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNSAFE_NAME = re.compile(r"[^\w\-]+")


def write_html(
    reports: Sequence[Report], path: str | os.PathLike[str], *, sources: Sequence[Source | None] | None = None
) -> list[Path]:
    """Write the page of one report, or an index page and one page each of several; return the files written.

    ``path`` is the file to write (the index, for several reports: their pages lie beside it in the folder
    ``<stem>_pages``). ``sources`` gives for each report the :class:`Source` it was read from, so that tables
    show as tables. Raises :class:`MissingExtraError` without the extra ``report`` and ``OSError`` where a file
    cannot be written.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    given = list(sources) if sources is not None else [None] * len(reports)
    if len(given) != len(reports):
        raise ValueError("sources must be as many as reports")
    if len(reports) == 1:
        _write(path, render_page(reports[0], given[0]))
        return [path]
    folder = path.with_name(f"{path.stem}_pages")
    folder.mkdir(exist_ok=True)
    written = [path]
    links = []
    for number, (report, source) in enumerate(zip(reports, given, strict=True), 1):
        page = folder / f"{number:04d}-{_file_stem(report.source)}.html"
        _write(page, render_page(report, source, index=f"../{quote(path.name)}"))
        links.append(f"{quote(folder.name)}/{quote(page.name)}")
        written.append(page)
    _write(path, render_index(reports, links))
    return written


def render_page(report: Report, source: Source | None = None, *, index: str | None = None) -> str:
    """The page of one report as HTML; ``index`` is the relative link back to the page of a batch."""
    shown = documents(report, source)
    return _template("page.html").render(
        **_assets("page.html"),
        report=report,
        title=report_title(report),
        documents=shown,
        long=sum(len(document.blocks) for document in shown) > _LONG,
        index=index,
        data=page_data(report),
    )


def render_index(reports: Sequence[Report], links: Sequence[str]) -> str:
    """The index of a batch; ``links[i]`` is the relative, already quoted address of the page of ``reports[i]``."""
    entries = []
    for report, link in zip(reports, links, strict=True):
        severities = Counter(finding.severity for finding in report.findings)
        entries.append(
            {
                "title": report_title(report),
                "source": report.source,
                "link": link,
                "as_of": report.as_of,
                "tasks": len(report.tasks),
                "rows": sum(len(task.assessments) for task in report.tasks),
                "counts": report.summary(),
                "findings": [severities[level] for level in (3, 2, 1)],
            }
        )
    data = {
        "labels": labels(),
        "version": __version__,
        "reports": entries,
        "findings": _all_findings(reports, links)[:_FINDINGS_SHOWN],
    }
    return _template("index.html").render(**_assets("index.html"), data=data, reports=entries)


def _all_findings(reports: Sequence[Report], links: Sequence[str]) -> list[dict[str, Any]]:
    """The findings of all reports, worst first, each with the address of its row."""
    found = []
    for report, link in zip(reports, links, strict=True):
        for finding in report.findings:
            row = _finding_row(report, finding.spans)
            found.append(
                {
                    **finding.model_dump(mode="json", exclude={"spans"}),
                    "report": report_title(report),
                    "link": link if row is None else f"{link}#r{row}",
                }
            )
    return sorted(found, key=lambda entry: -int(entry["severity"]))


def page_data(report: Report) -> dict[str, Any]:
    """What the page's script works with: labels, the rows in order, and the findings."""
    rows = [_row_data(report, task, assessment) for task, assessment in assessments(report)]
    return {
        "labels": labels(),
        "version": __version__,
        "schema": SCHEMA_VERSION,
        "title": report_title(report),
        "source": report.source,
        "sha256": document_id(report),
        "as_of": report.as_of,
        "rows": rows,
        "findings": [
            {**finding.model_dump(mode="json", exclude={"spans"}), "row": _finding_row(report, finding.spans)}
            for finding in report.findings
        ],
    }


def _row_data(report: Report, task: Task, assessment: Assessment) -> dict[str, Any]:
    target, actual = assessment.target, assessment.actual
    data: dict[str, Any] = {
        "task": task.name,
        "task_text": task.text,
        "task_line": task_line(task),
        "responsible": task.responsible,
        "claimed": task.claimed,
        "indicator": assessment.indicator,
        "kind": assessment.kind,
        "target": _fact_data(report, target),
        "actual": _fact_data(report, actual),
        "bound": assessment.bound,
        "direction": assessment.direction,
        "completion": _finite(assessment.completion),
        "verdict": assessment.verdict,
        "confidence": assessment.confidence,
        "flags": assessment.flags,
        "reason": assessment.reason,
        "rivals": [rival.model_dump(mode="json") for rival in assessment.rivals],
        "trace": [step.model_dump(mode="json") for step in assessment.trace],
    }
    if assessment.correction is not None:
        data["correction"] = assessment.correction.model_dump(mode="json")
    return data


def _fact_data(report: Report, fact: Fact | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    numbers = {name: _finite(getattr(fact, name)) for name in ("value", "low", "high")}
    return {
        **fact.model_dump(mode="json", exclude={"spans"}),
        **numbers,
        "at": place_in_context(fact, report.text_of(fact)),
    }


def _finite(value: float | None) -> float | None:
    """``None`` for what JSON cannot hold."""
    return value if value is not None and math.isfinite(value) else None


def _finding_row(report: Report, spans: Sequence[tuple[int, int]]) -> int | None:
    """The first row that rests on one of the finding's spans."""
    if not spans:
        return None
    wanted = set(map(tuple, spans))
    starts = {start for start, _ in wanted}
    for row, (_, assessment) in enumerate(assessments(report)):
        for fact in (assessment.target, assessment.actual):
            if fact and (fact.start in starts or any(span in wanted for span in fact.spans)):
                return row
    return None


def _file_stem(source: str) -> str:
    stem = _UNSAFE_NAME.sub("-", Path(source).stem).strip("-")
    # 60 characters of Chinese are 180 bytes: file systems stop at 255.
    return stem[:60] or "report"


def visible(text: str) -> str:
    """``text`` with direction marks spelled out, which would let it read otherwise than it is stored."""
    return _DIRECTION.sub(lambda mark: f"⟨U+{ord(mark[0]):04X}⟩", text)


def _write(path: Path, html: str) -> None:
    # A lone surrogate (from a damaged file) has no UTF-8 form and must not cost the whole page.
    with whole(path) as part:
        part.write_bytes(html.encode("utf-8", "replace"))


def _read(name: str) -> str:
    return (resources.files("indicators.export") / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    try:
        from jinja2 import Environment, FunctionLoader, StrictUndefined
    except ImportError:
        raise MissingExtraError.for_extra("report", "the HTML page") from None
    environment = Environment(
        autoescape=True, loader=FunctionLoader(_read), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["visible"] = visible
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return environment


def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _assets(name: str) -> dict[str, Any]:
    """The script and style of a page, and the policy that lets a browser run these and nothing else."""
    from markupsafe import Markup

    script = "(() => {\n'use strict';\n" + "\n".join(_read(part) for part in _SCRIPTS[name]) + "\n})();\n"
    style = "\n".join(_read(part) for part in _STYLES[name])
    policy = f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src data:; base-uri 'none'"
    return {
        "script": Markup(script),
        "style": Markup(style),
        "policy": policy,
        "t": labels()["zh"],
        "verdicts": VERDICTS,
        "version": __version__,
    }


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"
