"""The result: a report of tasks, each with its assessments; the flat row is the output contract."""

from __future__ import annotations

import json
from collections import Counter
from importlib import import_module
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from indicators.schema.quantity import Bound

Verdict = Literal["exceeded", "met", "missed", "on_track", "behind", "unreported"]
Direction = Literal["up", "down"]
Claimed = Literal["completed", "not_completed", "in_progress"]
Kind = Literal["headline", "milestone"]
Flag = Literal[
    "claim_conflict",
    "completion_conflict",
    "figure_conflict",
    "target_drift",
    "forecast",
    "partial_period",
    "summed",
    "counted",
    "derived",
    "stated",
]

SCHEMA_VERSION = 1
VERDICTS: tuple[Verdict, ...] = ("exceeded", "met", "on_track", "behind", "missed", "unreported")
"""All verdicts, best first."""
VERDICT_LABELS: dict[Verdict | None, str] = {
    "exceeded": "超额完成",
    "met": "完成",
    "on_track": "达到序时进度",
    "behind": "落后序时进度",
    "missed": "未完成",
    "unreported": "未报告",
    None: "无目标",
}


def percent(share: float) -> str:
    """A share as people read it, 1.0 being 100 %: 0.8634 gives 86.3%, 1.28 gives 128%."""
    return f"{share * 100:.1f}".removesuffix(".0") + "%"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Fact(_Model):
    """A quantity at its place in the source: what a verdict rests on."""

    text: str
    """As printed, layout white space removed; parts of a sum joined with ``+``."""
    value: float | None = None
    """The printed figure, 万/亿 multiplied out; ``None`` for a range."""
    low: float | None = None
    high: float | None = None
    """The ends that the bound words give, in ``unit``; ``None`` at an open end (45家以上 has no ``high``)."""
    unit: str = ""
    """The unit without its multiple: 元 for 亿元, % for ％; empty where there is none."""
    start: int | None = None
    end: int | None = None
    """Where it stands in the text that :meth:`Report.text_of` gives, in characters; the end is exclusive."""
    spans: list[tuple[int, int]] = Field(default_factory=list)
    """Every part of a sum or count, each with its own offsets into ``Source.text``."""
    period: str | None = None
    """ISO 8601 interval that the figure covers, when the text says."""
    place: str | None = None
    """Page, sheet and cell or paragraph, for people."""
    context: str = ""
    """The clause it stands in."""
    source: str | None = None
    """The document it was read from, where that is not ``Report.source`` (:func:`indicators.compare`)."""


class Rival(_Model):
    """An actual that was considered for a target and not taken, with the reason why."""

    text: str
    start: int | None = None
    end: int | None = None
    """Characters of the text that the assessment's actual would refer to."""
    indicator: str = ""
    score: float = 0.0
    """How well it answered the target, more is better; it compares with the rivals of the same row only."""
    why: str = ""
    """What stood against it, in Chinese, for people."""


class Step(_Model):
    """One decision on the way to a verdict: which rule or model, its score, what it said."""

    stage: Literal["quantity", "role", "name", "link", "judge"]
    rule: str
    score: float | None = None
    text: str = ""


class Correction(_Model):
    """What an auditor said of an assessment, and what stood there before."""

    mark: Literal["right", "wrong", "corrected"]
    note: str = ""
    at: str | None = None
    """ISO 8601 time of the mark."""
    was_indicator: str
    was_actual: Fact | None = None
    was_verdict: Verdict | None = None
    was_completion: float | None = None
    was_confidence: float
    was_flags: list[Flag] = Field(default_factory=list)


class Assessment(_Model):
    """One indicator: a target, an actual, or both, and the verdict with its reason."""

    indicator: str
    kind: Kind = "headline"
    target: Fact | None = None
    bound: Bound | None = None
    """How the target limits: ``None`` only where there is no target."""
    direction: Direction | None = None
    """Whether more (``up``) or less (``down``) of it is better."""
    actual: Fact | None = None
    completion: float | None = None
    """Actual divided by target, 1 is 100 %; where the report prints a share itself, that share as printed."""
    verdict: Verdict | None = None
    """``None`` where there is neither a target nor a claim to judge by."""
    confidence: Annotated[float, Field(ge=0, le=1)] = 0.5
    """How sure the library is that the row is right, calibrated; no measure of the result."""
    flags: list[Flag] = Field(default_factory=list)
    reason: str = ""
    rivals: list[Rival] = Field(default_factory=list)
    trace: list[Step] = Field(default_factory=list)
    correction: Correction | None = None
    """Set by :func:`indicators.corrections.apply_corrections` only."""


class Task(_Model):
    """A promise as the report prints it, with what the report says of it and what its figures say."""

    number: str | None = None
    text: str = ""
    responsible: list[str] = Field(default_factory=list)
    claimed: Claimed | None = None
    verdict: Verdict | None = None
    """Rolled up from the headline assessments: the worst one decides; ``unreported`` only where nothing else is."""
    assessments: list[Assessment] = Field(default_factory=list)
    start: int | None = None
    end: int | None = None

    @property
    def name(self) -> str | None:
        """What rows, findings and corrections call the task: its number, or the first 12 characters of its text."""
        return self.number or self.text[:12] or None


class Finding(_Model):
    """Something an auditor should look at, worst first in ``Report.findings``."""

    flag: Flag
    severity: Annotated[int, Field(ge=1, le=3)]
    """3 contradicts a claim, 2 contradicts a printed figure, 1 deserves a look."""
    task: str | None
    indicator: str
    message: str
    spans: list[tuple[int, int]] = Field(default_factory=list)


class Row(_Model):
    """The flat row of ``--format jsonl``: one indicator of one task. Fields as in the output contract."""

    model_config = ConfigDict(extra="allow", frozen=True)

    schema_version: int = SCHEMA_VERSION
    source: str
    as_of: str | None
    task: str | None
    task_text: str | None
    responsible: list[str]
    claimed: Claimed | None
    indicator: str
    kind: Kind
    target_text: str | None
    target_low: float | None
    target_high: float | None
    target_unit: str | None
    bound: Bound | None
    direction: Direction | None
    target_start: int | None
    target_end: int | None
    actual_text: str | None
    actual_value: float | list[float] | None
    actual_unit: str | None
    actual_start: int | None
    actual_end: int | None
    actual_period: str | None
    completion: float | None
    verdict: Verdict | None
    confidence: float
    flags: list[Flag]
    reason: str


class Report(_Model):
    """A scored document."""

    source: str
    title: str | None = None
    as_of: str | None = None
    """ISO date up to which the report tells actuals."""
    period: str | None = None
    """ISO 8601 interval of the report."""
    sha256: str = ""
    tasks: list[Task] = Field(default_factory=list)
    findings: list[Finding] = Field(default_factory=list)
    warnings: list[str] = Field(default_factory=list)
    text: str = Field(default="", repr=False)
    """The source text that all offsets refer to."""
    actual_source: str | None = None
    """The later document that answers, where two were compared; every row then carries it."""
    actual_text: str = Field(default="", repr=False)
    """The text that the offsets of facts from ``actual_source`` refer to."""

    def text_of(self, fact: Fact) -> str:
        """The text that the offsets of ``fact`` refer to."""
        return self.actual_text if fact.source is not None and fact.source == self.actual_source else self.text

    def rows(self) -> list[Row]:
        """The flat rows of the output contract, in task order."""
        return [_flat_row(self, task, assessment) for task in self.tasks for assessment in task.assessments]

    def summary(self) -> dict[str, int]:
        """How many rows with a target or a claim have each verdict, best verdict first; absent ones are 0."""
        counts = Counter(a.verdict for t in self.tasks for a in t.assessments if a.verdict is not None)
        return {verdict: counts.get(verdict, 0) for verdict in VERDICTS}

    def to_polars(self) -> Any:
        """The rows as a ``polars.DataFrame`` with stable column types; needs the extra ``frames``."""
        return _extra("frames").to_polars(self)

    def to_pandas(self) -> Any:
        """The rows as a ``pandas.DataFrame``; needs the extra ``frames``."""
        return _extra("frames").to_pandas(self)

    def _repr_html_(self) -> str:
        return str(_extra("notebook").to_html(self))

    def to_json(self, *, indent: int | None = None) -> str:
        """The whole report as JSON, source text left out."""
        data: dict[str, Any] = self.model_dump(mode="json", exclude={"text", "actual_text"})
        return json.dumps(data, ensure_ascii=False, indent=indent)


def _extra(module: str) -> Any:
    # The types import nothing of the package; these conveniences reach up only when they are called.
    return import_module(f"indicators.export.{module}")


def _number(value: float | None) -> float | int | None:
    # 180.0 prints as 180: a count reads like a count in every export.
    if value is not None and value == int(value) and abs(value) < 1e15:
        return int(value)
    return value


def _flat_row(report: Report, task: Task, assessment: Assessment) -> Row:
    """One assessment as a row of the output contract."""
    target, actual = assessment.target, assessment.actual
    actual_value: float | list[float] | None = None
    if actual is not None:
        actual_value = _number(actual.value)
        if actual_value is None and actual.low is not None and actual.high is not None:
            actual_value = [_number(actual.low) or 0.0, _number(actual.high) or 0.0]
    more: dict[str, Any] = {} if report.actual_source is None else {"actual_source": report.actual_source}
    return Row(
        source=report.source,
        as_of=report.as_of,
        task=task.name,
        task_text=task.text or None,
        responsible=task.responsible,
        claimed=task.claimed,
        indicator=assessment.indicator,
        kind=assessment.kind,
        target_text=target.text if target else None,
        target_low=_number(target.low) if target else None,
        target_high=_number(target.high) if target else None,
        target_unit=target.unit if target else None,
        bound=assessment.bound,
        direction=assessment.direction,
        target_start=target.start if target else None,
        target_end=target.end if target else None,
        actual_text=actual.text if actual else None,
        actual_value=actual_value,
        actual_unit=actual.unit if actual else None,
        actual_start=actual.start if actual else None,
        actual_end=actual.end if actual else None,
        actual_period=actual.period if actual else None,
        completion=assessment.completion,
        verdict=assessment.verdict,
        confidence=assessment.confidence,
        flags=assessment.flags,
        reason=assessment.reason,
        **more,
    )
