"""What linking returns: a target with its actual, or an actual alone, and what was considered."""

from __future__ import annotations

from dataclasses import dataclass, field

from indicators.extract.model import Mention
from indicators.schema.report import Verdict
from indicators.tasks.model import TaskUnit


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actual that was weighed for a target."""

    actual: Mention
    score: float
    why: str


@dataclass(slots=True)
class Pair:
    """One indicator: a target, its actuals (several where parts add up), or actuals alone."""

    unit: TaskUnit
    target: Mention | None = None
    actuals: list[Mention] = field(default_factory=list)
    score: float = 0.0
    how: str = ""
    """What tied them: same_topic, each, name, sum, only, claim, growth, arithmetic or model; alone and stated where no
    target is."""
    completion: float | None = None
    """As the report states it."""
    gap: Mention | None = None
    """The printed distance from a target that is not printed itself."""
    claim: Verdict | None = None
    rivals: list[Candidate] = field(default_factory=list)
    milestone: bool = False
    control: bool = False
    """The printed rate of completion is the share used of a ceiling."""
    stated_by: Mention | None = None
    """The mention that printed the rate of completion."""

    @property
    def is_open(self) -> bool:
        """Whether no figure, no printed rate and no claim answers it."""
        return not self.actuals and self.completion is None and self.claim is None

    @property
    def lead(self) -> Mention | None:
        """What the row is found by: its target, else its actual, else the distance or statement alone."""
        return self.target or (self.actuals[0] if self.actuals else self.gap or self.stated_by)


Located = tuple[TaskUnit, Mention]
"""A mention with the unit it stands in."""


def take(pair: Pair, answers: list[Mention], score: float, how: str, used: set[int]) -> None:
    """Answers ``pair`` with these actuals and notes them in ``used``."""
    pair.actuals, pair.score, pair.how = answers, min(score, 1.0), how
    pair.claim = next((m.claim for m in answers if m.claim), pair.claim)
    used.update(id(m) for m in answers)
