"""One indicator over several reports: its actual, target and verdict at every as-of date."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Sequence
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from indicators.judging import recall
from indicators.judging.recall import Told
from indicators.linking.compat import obstacle
from indicators.linking.similarity import alike
from indicators.pipeline import score_source
from indicators.quantities import comparable, convert
from indicators.readers import read
from indicators.schema.report import Assessment, Direction, Report, Task, Verdict
from indicators.schema.source import Source

_SAME = 0.75
"""How alike two names must be to be one indicator in two reports."""
_TASK_NUMBER = 0.05
_TASK_TEXT = 0.1
_BOTH_TOLD = 0.03
"""A report may name an indicator twice, once with its actual and once with next year's target."""


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Point(_Frozen):
    """What one report tells of an indicator."""

    as_of: str | None
    """ISO date up to which the report tells actuals."""
    value: float | None
    """The actual in the unit of the series; ``None`` where the report gives none or a range."""
    target: float | None
    """The printed target in the unit of the series; for a range its lower end."""
    verdict: Verdict | None
    source: str
    indicator: str
    """The name as this report has it."""


class Series(_Frozen):
    """One indicator over time, points by date."""

    indicator: str
    """The name as the latest report has it."""
    unit: str
    direction: Direction | None = None
    points: list[Point] = Field(default_factory=list)

    @property
    def drifts(self) -> list[tuple[Point, Point]]:
        """Neighbouring points between which the target changed."""
        told = [point for point in self.points if point.target is not None]
        return [(a, b) for a, b in itertools.pairwise(told) if a.target != b.target]


class _Row:
    """An assessment ready to be set against those of other reports."""

    def __init__(self, report: Report, task: Task, assessment: Assessment):
        fact = assessment.target or assessment.actual
        assert fact is not None
        self.report, self.task, self.assessment = report, task, assessment
        self.unit = fact.unit
        self.told: Told = recall.told(assessment, fact, "target")


def series(reports: Iterable[Report | Source | str | os.PathLike[str]]) -> list[Series]:
    """The indicators of several reports over time, in the order of the earliest report that has them.

    Paths and sources are scored first. A report gives an indicator at most one point; rows are matched by what
    :mod:`indicators.linking.compat` lets stand against each other and by name. Milestones are left out. Figures are
    converted to the unit of the first point. Reports without a date stand last, in the order given.
    """
    scored = [_scored(given) for given in reports]
    scored.sort(key=lambda report: report.as_of or "9999")
    chains: list[list[_Row]] = []
    for report in scored:
        rows = [
            _Row(report, task, assessment)
            for task in report.tasks
            for assessment in task.assessments
            if assessment.kind == "headline" and (assessment.target or assessment.actual)
        ]
        _extend(chains, rows)
    return [_made(chain) for chain in chains]


def _scored(given: Report | Source | str | os.PathLike[str]) -> Report:
    if isinstance(given, Report):
        return given
    return score_source(given if isinstance(given, Source) else read(given))


def _extend(chains: list[list[_Row]], rows: Sequence[_Row]) -> None:
    """Hangs the rows of one report onto the chains that they go on, best first; the others open chains."""
    ranked = sorted(
        ((likeness, -c, -r) for r, row in enumerate(rows) for c, chain in enumerate(chains)
         if (likeness := _likeness(chain[-1], row)) >= _SAME),
        reverse=True,
    )  # fmt: skip
    continued: set[int] = set()
    placed: set[int] = set()
    for _, minus_c, minus_r in ranked:
        if -minus_c in continued or -minus_r in placed:
            continue
        continued.add(-minus_c)
        placed.add(-minus_r)
        chains[-minus_c].append(rows[-minus_r])
    chains.extend([row] for r, row in enumerate(rows) if r not in placed)


def _likeness(earlier: _Row, later: _Row) -> float:
    """0..1 by name and task; 0 where unit, level, stage, flow, change or scope forbid it."""
    a, b = earlier.told, later.told
    found = alike(a.name.core, b.name.core)
    if found < _SAME - _TASK_TEXT - _TASK_NUMBER - _BOTH_TOLD or a.brackets != b.brackets:
        return 0.0
    if (a.name.level, a.name.stage, a.name.flow) != (b.name.level, b.name.stage, b.name.flow):
        return 0.0
    if not comparable(earlier.unit, later.unit) or (earlier.unit == "") != (later.unit == ""):
        return 0.0
    if obstacle(a.mention, b.mention, same_task=False) is not None:
        return 0.0
    found += _BOTH_TOLD * ((earlier.assessment.actual is None) == (later.assessment.actual is None))
    found += _TASK_NUMBER * (earlier.task.number is not None and earlier.task.number == later.task.number)
    return found + _TASK_TEXT * (alike(earlier.task.text, later.task.text) > 0.9)


def _made(chain: Sequence[_Row]) -> Series:
    unit = chain[0].unit
    return Series(
        indicator=chain[-1].assessment.indicator,
        unit=unit,
        direction=next((row.assessment.direction for row in chain if row.assessment.direction), None),
        points=[_point(row, unit) for row in chain],
    )


def _point(row: _Row, unit: str) -> Point:
    a = row.assessment
    goal = None
    if a.target is not None:
        goal = a.target.low if a.target.low is not None else a.target.high
        goal = a.target.value if goal is None else goal
    return Point(
        as_of=row.report.as_of,
        value=_in(a.actual.value, a.actual.unit, unit) if a.actual else None,
        target=_in(goal, a.target.unit, unit) if a.target else None,
        verdict=a.verdict,
        source=row.report.source,
        indicator=a.indicator,
    )


def _in(value: float | None, unit: str, wanted: str) -> float | None:
    if value is None or not unit or not wanted or unit == wanted or not comparable(unit, wanted):
        return value
    return float(convert(Decimal(repr(value)), unit, wanted))
