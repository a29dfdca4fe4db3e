"""A mention: a quantity with the part it plays and what it measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from indicators.schema.quantity import Period, Quantity
from indicators.schema.report import Verdict
from indicators.tasks.model import Part

Role = Literal[
    "target",
    "actual",
    "baseline",
    "completion",
    "gap",
    "compare",
    "rank",
    "scope",
    "denominator",
    "activity",
    "claim",
    "other",
]
Mode = Literal["target", "actual", "plan", "none"]
"""What the words so far say of the figures to come: ``plan`` is a promising section, where a count is only a
target as the object of an achieving verb."""
Movement = Literal["up", "down"]
"""Whether a name tells of a rise or of a fall."""
UNSURE = ("mode.none", "mode.actual")
"""Rules that call a figure an actual only because nothing says otherwise."""
GOVERNED = "mode.target"
"""The rule of what is promised only because a promise in front of it governs what follows."""
PLANNED = "mode.plan"
"""The rule of what is promised only because a plan tells it."""
ANSWERED = "answered"
"""The rule of what was taken for told until an answer to it stood behind it."""


@dataclass(frozen=True, slots=True)
class Name:
    """What is measured, taken apart for comparison."""

    text: str
    """For people: 新增规上工业企业."""
    core: str = ""
    """The thing alone, aliases resolved, level and verb out: 规上工业企业."""
    level: str | None = None
    level_printed: bool = True
    """False where the level was taken over from the item before it in a list."""
    stage: str | None = None
    flow: str | None = None
    change: Movement | None = None
    """A rate or amount of change is an indicator of its own."""
    verb: str = ""
    anchor: str = ""
    """The noun that attributes and bare verbs behind it speak of: 重点项目 for "其中新开工95个"."""
    subject: str = ""
    """Whose it is where a heading inside the passage says so: 电池二期项目."""


NAMELESS = Name("")
"""The name of a mention that has none yet."""


@dataclass(slots=True)
class Mention:
    """A quantity in its passage. ``start``/``end`` are offsets into ``part.passage.text``."""

    quantity: Quantity
    part: Part
    start: int
    end: int
    sentence: tuple[int, int]
    left: str
    """The text of its clause in front of it."""
    right: str
    """The text of its clause behind it."""
    role: Role = "other"
    rule: str = ""
    score: float = 0.5
    name: Name = NAMELESS
    topic: int = -1
    """Mentions of one topic share the anchor that names it: "税收400万元,预算1000万元,进度40%"."""
    period: Period | None = None
    forecast: bool = False
    claim: Verdict | None = None
    """The verdict that a clause beside it claims."""
    whole: bool = False
    """全部, 全覆盖: the figure stands for all of them."""
    stated_share: float | None = None
    """The rate of completion that the text prints beside it, 1.0 for 100 %."""
    stated_gap: Quantity | None = None
    """How far from its promise the text says that it lies: 88.5%, 比规划目标高3个百分点."""
    run_start: int | None = None
    """Where the run of figures behind one 分别 begins."""
    aside: bool = False
    """Told of a part (其中…), so that what follows speaks of the whole again."""
    counted: bool = False
    """The figure was counted from a list of names."""
    distributed: str = ""
    """各县区, 每人: the target holds for each of these."""
    chances: Mapping[str, float] | None = None
    """The chances of target, actual and none by the second reading; ``None`` where no model was asked."""

    @property
    def in_front(self) -> str:
        """The text of its sentence in front of it."""
        return self.part.passage.text[self.sentence[0] : self.start]

    @property
    def wall(self) -> int | None:
        """Offset of the character that parts its clause from what comes before; ``None`` where none is known.

        None is known for the first clause of a sentence, and where ``left`` was put together from a list.
        """
        at = self.start - len(self.left) - 1
        return at if at >= self.sentence[0] and self.part.passage.text.startswith(self.left, at + 1) else None

    @property
    def in_bracket(self) -> bool:
        """Whether its clause opens behind a bracket: （目标20万吨）."""
        return self.wall is not None and self.part.passage.text[self.wall] in "（("

    def opens_bracket(self) -> bool:
        """Whether a bracket opens right behind it."""
        return self.part.passage.text[self.end : self.end + 1] in ("（", "(")

    @property
    def span(self) -> tuple[int, int]:
        """Offsets into the source text."""
        return self.part.passage.span(self.start, self.end)
