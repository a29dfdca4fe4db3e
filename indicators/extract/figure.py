"""A figure on its way to a mention: the words of its clause and what governs them."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.extract.clauses import Frame, Span
from indicators.extract.model import Mode
from indicators.schema.quantity import Quantity
from indicators.schema.report import Verdict
from indicators.tasks.model import Part


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a sentence, before it has a role and a name."""

    part: Part
    frame: Frame
    index: int
    """Its place among the figures of the sentence."""
    left: str
    """The words of its clause in front of it."""
    right: str
    """The words of its clause behind it."""
    mode: Mode
    reach: str = ""
    """How far the cue that gave the mode reaches: ``clause``, ``sentence``."""
    joint: bool = False
    """``left`` was put together from a list of things: 甲、乙分别增长3%、5%."""
    repeats: tuple[int, int] | None = None
    """Behind 分别, where the things were told before: its place in the run and how long the run is."""
    anew: bool = False
    """A promise opens the run that repeats things told before."""
    claim: Verdict | None = None
    """What the words behind it say became of it, if it was promised."""

    @property
    def quantity(self) -> Quantity:
        return self.frame.live[self.index]

    @property
    def following(self) -> Quantity | None:
        """The next figure of the sentence."""
        return self.frame.live[self.index + 1] if self.index + 1 < len(self.frame.live) else None

    @property
    def separator(self) -> str:
        """The last wall or comma between it and the figure before."""
        return self.frame.separator(self.index)

    @property
    def sentence(self) -> Span:
        return self.frame.start, self.frame.end
