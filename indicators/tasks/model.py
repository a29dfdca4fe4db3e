"""Tasks as the report lays them out: who promised what, and where the answer stands."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from indicators.schema.report import Claimed
from indicators.schema.source import EMPTY, Passage, Place

PartRole = Literal[
    "target",
    "schedule",
    "result",
    "prose",
    "target_value",
    "actual_value",
    "baseline_value",
    "growth_value",
    "completion_value",
    "gap_value",
]
Tense = Literal["plan", "review"]
_COMMON_YEAR = 2001
"""A year of 365 days, for months of no year."""


@dataclass(frozen=True, slots=True)
class Part:
    """One passage of a task and what the report's layout says of it."""

    role: PartRole
    passage: Passage
    tense: Tense | None = None
    """Whether the section around running text promises or looks back."""
    answered: bool = False
    """Its section promises, and a later one of the same report tells what became of it."""
    label: str = ""
    """The row label or heading in front of it: 进度安排, 施工图."""
    indicator: str = ""
    """For a cell of a table of figures: what its row and headings say is measured."""
    unit: str = ""
    """A unit that only the heading or the unit column prints (资金(万元) -> 万元)."""
    group: str = ""
    """Cells of one table row that share a group answer one another (district × indicator)."""
    units: tuple[str, ...] = ()
    """Units that a line above running text states for its bare figures: （单位：亿元、公里）."""
    operator: str = ""
    """A bound sign that a column of its own prints: ≥, ≤, =."""
    completion: Passage = EMPTY
    """The printed rate of completion beside an actual value."""
    rates_in_percent: bool = False
    """The heading of that rate prints the sign: 占计划% over 4.4."""
    place: Place = Place()

    @property
    def is_value(self) -> bool:
        """Whether it is the cell of a table of figures, which holds one and nothing else."""
        return self.role.endswith("_value")


@dataclass(slots=True)
class TaskUnit:
    """A table row, a numbered item, or a stretch of running text with its parts in reading order."""

    number: str | None
    text: str
    parts: list[Part] = field(default_factory=list)
    responsible: list[str] = field(default_factory=list)
    claimed: Claimed | None = None
    completion: float | None = None
    """The rate of completion printed in a column of its own beside an answer in words."""
    start: int | None = None
    end: int | None = None
    form: Literal["table", "item", "prose", "values"] = "prose"

    @property
    def is_row(self) -> bool:
        """Whether it is a table's row, of words or of figures, or an item that reads like one."""
        return self.form in ("table", "values")


_NEARLY_OVER = 10


def is_nearly_over(month: int | None) -> bool:
    """Whether a report up to ``month`` may promise for the year to come: one of nine months still does for its own."""
    return month is None or month >= _NEARLY_OVER


@dataclass(frozen=True, slots=True)
class Context:
    """What the document says of itself: up to when it tells actuals, and how much of its year is over.

    ``month`` may be known where ``year`` is not ("前10个月" in a clipping). ``share`` is the part of the
    target year that has passed: 1.0 when it is over.
    """

    year: int | None = None
    month: int | None = None
    as_of: date | None = None
    is_plan: bool = False
    title: str = ""
    progress: float | None = None
    """How much of a plan of several years is over, where the document is a review amid it."""
    day: int | None = None
    """The day of ``month`` up to which it tells, where no year is known that makes a date of it."""

    @property
    def closed(self) -> bool:
        """Whether the year of the targets is over."""
        return self.progress is None and (self.month is None or self.month >= 12)

    @property
    def nearly_over(self) -> bool:
        """Whether what is still promised may be for the year to come."""
        return is_nearly_over(self.month)

    @property
    def share(self) -> float:
        """Share of the year that has passed, 0..1."""
        if self.progress is not None:
            return self.progress
        if self.month is None:
            return 1.0
        months = min(self.month, 12)
        dated = self.as_of is not None and self.as_of.month == months
        day = self.as_of.day if self.as_of is not None and dated else self.day
        if not day:
            return months / 12
        days = monthrange(self.as_of.year if self.as_of is not None else _COMMON_YEAR, months)[1]
        return (months - 1 + min(day, days) / days) / 12
