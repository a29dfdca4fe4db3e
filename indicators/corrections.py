"""What auditors said of rows: read from the page's JSONL or a marked workbook, kept in a folder, honoured at once."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from indicators.errors import UsageError
from indicators.export.files import whole
from indicators.export.rowkey import RowKey, document_id, row_key
from indicators.schema.report import Assessment, Correction, Fact, Finding, Flag, Report, Step, Task, Verdict
from indicators.settings import CORRECTIONS_VARIABLE, DEFAULT_LIMITS

_DEFAULT_STORE = "corrections"
_OF_ACTUAL: tuple[Flag, ...] = (
    "claim_conflict", "completion_conflict", "forecast", "partial_period", "summed", "counted", "stated",
)  # fmt: skip
"""Flags that tell how an actual was found or what it contradicts: another actual makes them void."""
_BARE_NUMBER = re.compile(r"-?\d[\d,，]*(\.\d+)?")
_OPEN: tuple[Verdict, ...] = ("on_track", "behind")


class Annotation(BaseModel):
    """One line of a corrections file: the key of a row, the auditor's mark, and what is right instead.

    A ``new_...`` field that is ``None`` leaves the row's as it is; ``new_actual_text`` empty says that the
    report gives no actual. Without ``new_verdict`` the verdict follows from the new figure.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_max_length=20_000)

    schema_version: Literal[1] = 1
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    source: str = ""
    task: str | None = None
    indicator: str
    target_start: int | None = None
    target_end: int | None = None
    actual_start: int | None = None
    actual_end: int | None = None
    mark: Literal["right", "wrong", "corrected"]
    new_actual_text: str | None = None
    new_actual_value: float | None = None
    new_actual_unit: str | None = None
    new_actual_start: int | None = None
    new_actual_end: int | None = None
    new_verdict: Verdict | None = None
    new_indicator: str | None = None
    note: str = ""
    at: str | None = None
    """ISO 8601 time of the mark; of two marks for one row the later stored one counts."""

    @property
    def key(self) -> RowKey:
        """The row that this is about."""
        return RowKey(
            self.sha256, self.task, self.indicator,
            self.target_start, self.target_end, self.actual_start, self.actual_end,
        )  # fmt: skip

    @model_validator(mode="after")
    def _says_something(self) -> Annotation:
        news = (self.new_actual_text, self.new_actual_value, self.new_verdict, self.new_indicator)
        if self.mark == "corrected" and all(new is None for new in news):
            raise ValueError("a corrected row needs a new actual, verdict or indicator")
        return self


def default_store() -> Path:
    """The folder named by ``INDICATORS_CORRECTIONS``, else ``./corrections``."""
    return Path(os.environ.get(CORRECTIONS_VARIABLE) or _DEFAULT_STORE)


def read_corrections(path: str | os.PathLike[str]) -> list[Annotation]:
    """The corrections in a JSONL file or in a workbook that ``--format xlsx`` wrote and an auditor marked.

    Raises :class:`UsageError` naming the file and the line or row that cannot be used.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
        if size > DEFAULT_LIMITS.max_bytes:
            raise UsageError(f"larger than {DEFAULT_LIMITS.max_bytes} bytes", path=str(path), code="U010")
        if path.suffix.lower() in (".xlsx", ".xlsm"):
            from indicators.export.review import read_marks

            return [_annotation(values, path, f"row {row}") for row, values in read_marks(path)]
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror or error}", path=str(path), code="U010") from None
    except UnicodeDecodeError:
        raise UsageError(
            "is not UTF-8 text", path=str(path), hint="expected JSONL or a workbook", code="U010"
        ) from None
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                values = json.loads(line)
            except (json.JSONDecodeError, RecursionError):
                values = None
            if not isinstance(values, dict):
                raise UsageError(f"line {number} is not a JSON object", path=str(path), code="U011")
            found.append(_annotation(values, path, f"line {number}"))
    return found


def _annotation(values: dict[str, Any], path: Path, where: str) -> Annotation:
    try:
        return Annotation(**values)
    except (ValidationError, TypeError) as error:
        first = error.errors()[0] if isinstance(error, ValidationError) else {"loc": (), "msg": str(error)}
        field = ".".join(str(part) for part in first["loc"])
        message = f"{where}: {field + ': ' if field else ''}{first['msg']}"
        hint = "use a file downloaded from the page, or a workbook written with --format xlsx"
        raise UsageError(message, path=str(path), hint=hint, code="U011") from None


@dataclass(frozen=True, slots=True)
class Added:
    """How many rows were new to the store and how many had been marked before."""

    new: int
    replaced: int


class CorrectionStore:
    """A folder with one JSONL file per document, named by its SHA-256; the last line for a row counts."""

    def __init__(self, folder: str | os.PathLike[str] | None = None) -> None:
        self.folder = Path(folder) if folder is not None else default_store()

    def path(self, sha256: str) -> Path:
        """The file that holds the corrections of a document."""
        return self.folder / f"{sha256}.jsonl"

    def load(self, sha256: str) -> dict[RowKey, Annotation]:
        """The corrections of a document by row; empty where there are none."""
        path = self.path(sha256)
        if not path.is_file():
            return {}
        return {annotation.key: annotation for annotation in read_corrections(path)}

    def add(self, annotations: Iterable[Annotation]) -> Added:
        """Store corrections, the later one of a row replacing the earlier; a file is written whole or not at all."""
        by_document: dict[str, list[Annotation]] = {}
        for annotation in annotations:
            by_document.setdefault(annotation.sha256, []).append(annotation)
        new = replaced = 0
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for sha256, several in by_document.items():
                kept = self.load(sha256)
                for annotation in several:
                    replaced += annotation.key in kept
                    new += annotation.key not in kept
                    kept.pop(annotation.key, None)
                    stamped = annotation.at or datetime.now(UTC).isoformat(timespec="seconds")
                    kept[annotation.key] = annotation.model_copy(update={"at": stamped})
                _write_whole(self.path(sha256), kept.values())
        except OSError as error:
            raise UsageError(
                f"cannot store corrections: {error.strerror or error}", path=str(self.folder), code="U012"
            ) from None
        return Added(new, replaced)


def _write_whole(path: Path, annotations: Iterable[Annotation]) -> None:
    with whole(path) as part, part.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(annotation.model_dump_json(exclude_none=True) + "\n" for annotation in annotations)
        stream.flush()
        os.fsync(stream.fileno())


def apply_corrections(report: Report, store: CorrectionStore | str | os.PathLike[str] | None = None) -> Report:
    """The report with every stored correction of its rows honoured; rows without one are left as they are.

    ``right`` gives confidence 1, ``wrong`` confidence 0 (the verdict stands, but nobody vouches for it), ``corrected``
    the auditor's figure, verdict and name with confidence 1. Each corrected row keeps what stood there before in
    ``Assessment.correction`` and a step in its trace; its flags, findings and its task's verdict follow.
    """
    if not isinstance(store, CorrectionStore):
        store = CorrectionStore(store)
    known = store.load(document_id(report))
    if not known:
        return report
    from indicators.judging.rollup import rolled_up

    tasks = []
    stale: list[Finding] = []
    fresh: list[Finding] = []
    for task in report.tasks:
        assessments = []
        for assessment in task.assessments:
            annotation = known.get(row_key(report, task, assessment))
            if annotation is not None:
                corrected = _corrected(report, task, assessment, annotation)
                stale += [finding for finding in report.findings if _is_about(finding, task, assessment)]
                fresh += _findings(report, task, corrected)
                assessment = corrected
            assessments.append(assessment)
        if assessments != task.assessments:
            task = task.model_copy(update={"assessments": assessments, "verdict": rolled_up(assessments)})
        tasks.append(task)
    findings = sorted([f for f in report.findings if f not in stale] + fresh, key=lambda finding: -finding.severity)
    return report.model_copy(update={"tasks": tasks, "findings": findings})


def _is_about(finding: Finding, task: Task, assessment: Assessment) -> bool:
    return (finding.task, finding.indicator) == (task.name, assessment.indicator) and finding.flag in _OF_ACTUAL


def _findings(report: Report, task: Task, assessment: Assessment) -> list[Finding]:
    """What the row as it now stands gives an auditor to look at; nothing where the auditor calls it wrong."""
    from indicators.judging.audit import audit

    if assessment.correction is not None and assessment.correction.mark == "wrong":
        return []
    alone = task.model_copy(update={"assessments": [assessment]})
    found = audit(report.model_copy(update={"tasks": [alone], "findings": []}))
    return [finding for finding in found if finding.flag in _OF_ACTUAL]


def _corrected(report: Report, task: Task, assessment: Assessment, annotation: Annotation) -> Assessment:
    done = assessment.correction
    before = done or Correction(
        mark=annotation.mark,
        was_indicator=assessment.indicator,
        was_actual=assessment.actual,
        was_verdict=assessment.verdict,
        was_completion=assessment.completion,
        was_confidence=assessment.confidence,
        was_flags=assessment.flags,
    )
    correction = before.model_copy(update={"mark": annotation.mark, "note": annotation.note, "at": annotation.at})
    # A second correction starts from what the program said, not from the first one.
    update: dict[str, Any] = {
        "indicator": before.was_indicator,
        "actual": before.was_actual,
        "verdict": before.was_verdict,
        "completion": before.was_completion,
        "flags": before.was_flags,
        "confidence": 0.0 if annotation.mark == "wrong" else 1.0,
        "correction": correction,
    }
    said = {"right": "审核确认", "wrong": "审核认定有误", "corrected": "审核更正"}[annotation.mark]
    if annotation.mark == "corrected":
        update["indicator"] = annotation.new_indicator or before.was_indicator
        if annotation.new_actual_text is not None or annotation.new_actual_value is not None:
            update |= _new_actual(report, assessment, annotation)
        if annotation.new_verdict is not None:
            update["verdict"] = annotation.new_verdict
        update["flags"] = _flags(task, before.was_flags, update["verdict"])
        said += f"：实际{update['actual'].text if update['actual'] else '无'}"
    if annotation.note:
        said += f"（{annotation.note}）"
    trace = [step for step in assessment.trace if not step.rule.startswith("auditor.")]
    step = Step(stage="judge", rule=f"auditor.{annotation.mark}", score=update["confidence"], text=said)
    machine_reason = assessment.reason if done is None else assessment.reason.partition("；原判断：")[2]
    update |= {"trace": [*trace, step], "reason": f"{said}；原判断：{machine_reason}" if machine_reason else said}
    return assessment.model_copy(update=update)


def _flags(task: Task, before: Sequence[Flag], verdict: Verdict | None) -> list[Flag]:
    """The flags that a correction leaves standing, and whether the task's claim contradicts the new verdict."""
    flags = [flag for flag in before if flag not in _OF_ACTUAL]
    overstated = task.claimed == "completed" and verdict in ("missed", "behind")
    understated = task.claimed == "not_completed" and verdict in ("exceeded", "met")
    return [*flags, "claim_conflict"] if overstated or understated else flags


def _new_actual(report: Report, assessment: Assessment, annotation: Annotation) -> dict[str, Any]:
    """Actual, verdict and completion that follow from the auditor's figure."""
    text = annotation.new_actual_text or ""
    if annotation.new_actual_text == "":
        return {"actual": None, "completion": None, "verdict": "unreported" if assessment.target else None}
    low, high, unit = _figure(text, annotation, assessment)
    value = low if low is not None and low == high else None
    start, end = annotation.new_actual_start, annotation.new_actual_end
    told = report.text if report.actual_source is None else report.actual_text
    if start is None and text and told.count(text) == 1:
        start = told.index(text)
        end = start + len(text)
    if start is None or end is None or not 0 <= start < end <= len(told):
        start = end = None
    fact = Fact(
        text=text or f"{annotation.new_actual_value:g}{unit}",
        value=None if value is None else float(value),
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        unit=unit,
        start=start,
        end=end,
        spans=[(start, end)] if start is not None and end is not None else [],
        source=report.actual_source,
    )
    verdict, completion = _judged(report, assessment, value, unit)
    return {"actual": fact, "verdict": verdict, "completion": completion}


def _figure(text: str, annotation: Annotation, assessment: Assessment) -> tuple[Decimal | None, Decimal | None, str]:
    """Low end, high end and unit of the auditor's figure; a bare number is told in the target's unit."""
    told = assessment.target or (assessment.correction.was_actual if assessment.correction else assessment.actual)
    unit = annotation.new_actual_unit or (told.unit if told else "")
    if annotation.new_actual_value is not None:
        exact = Decimal(str(annotation.new_actual_value))
        return exact, exact, unit
    if _BARE_NUMBER.fullmatch(text):
        exact = Decimal(text.replace(",", "").replace("，", ""))
        return exact, exact, unit
    from indicators.quantities import find_quantities

    found = find_quantities(text)
    if not found:
        return None, None, unit
    quantity = max(found, key=lambda q: q.end - q.start)
    low, high = quantity.low, quantity.high
    if quantity.bound != "range":
        low = high = quantity.value
    return low, high, annotation.new_actual_unit or quantity.unit


def _judged(
    report: Report, assessment: Assessment, value: Decimal | None, unit: str
) -> tuple[Verdict | None, float | None]:
    target = assessment.target
    if target is None:
        return None, None
    figure = target.low if target.low is not None else target.high
    if value is None or figure is None or assessment.bound is None:
        return assessment.verdict, None
    from indicators.judging.goal import Goal
    from indicators.judging.verdict import judge
    from indicators.quantities import comparable, convert

    if not comparable(unit, target.unit):
        return assessment.verdict, None
    value = convert(value, unit, target.unit)
    goal = Goal(
        bound=assessment.bound,
        direction=assessment.direction or "up",
        low=None if target.low is None else Decimal(str(target.low)),
        high=None if target.high is None else Decimal(str(target.high)),
        figure=Decimal(str(figure)),
        unit=target.unit,
    )
    judgement = judge(goal, value, share=_share_passed(report, assessment))
    return judgement.verdict, judgement.completion


def _share_passed(report: Report, assessment: Assessment) -> float:
    """The part of the target's year that had passed; the program's own verdict tells whether it was over."""
    was = assessment.correction.was_verdict if assessment.correction else assessment.verdict
    month = int(report.as_of[5:7]) if report.as_of and len(report.as_of) >= 7 else 12
    return month / 12 if was in _OPEN or was == "unreported" else 1.0
