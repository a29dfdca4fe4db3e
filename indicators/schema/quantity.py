"""What the number grammar returns: quantities and periods, plain, hashable and picklable."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Bound = Literal["at_least", "at_most", "about", "range", "exactly"]
Change = Literal["up", "down", "to"]


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time told in a text.

    ``first`` and ``last`` are inclusive ISO 8601 months or days (``2022-01``, ``2022-12-31``), or
    ``None`` where the text leaves the year open and none was given (then ``relative`` says what
    was told: ``"this_year"``, ``"last_year"``, ``"next_year"``, ``"same_period_last_year"``).
    """

    text: str
    start: int
    end: int
    first: str | None
    last: str | None
    kind: Literal["year", "half", "quarter", "month", "months", "day", "until", "plan", "relative"] = "year"
    relative: str | None = None
    cumulative: bool = False

    @property
    def iso(self) -> str | None:
        """The ISO 8601 interval ``first/last``, or ``None`` where an end is unknown."""
        return f"{self.first}/{self.last}" if self.first and self.last else None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit and bound words, at ``text[start:end]`` of the text it was found in.

    ``low`` and ``high`` are exact, magnitudes multiplied out (350亿元 is 35000000000); one of them is
    ``None`` where that side is open. For a plain or approximate figure both are the printed figure.
    """

    text: str
    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    unit: str
    """The bare unit as printed, scale removed: 元, 家, %, 百分点, 微克/立方米; "" when none."""
    kind: str
    """Dimension of the unit from ``rules/units.toml``: count, money, ratio, points, multiple, length,
    area, mass, volume, energy, power, duration, concentration, ..., ``rank`` for ordinals, ``number``
    where no unit is printed."""
    bound: Bound | None = None
    """``None`` for a plain number."""
    approximate: bool = False
    """多, 余, 约, 近, 几, 左右: the printed floor is kept."""
    change: Change | None = None
    """The change word before it: ``up`` (增长), ``down`` (下降; the size is kept positive), ``to`` (提高到)."""
    origin: Decimal | None = None
    """For "由5%降至3%": 5, the figure it changed from."""
    period: Period | None = None
    number_start: int = -1
    """Where the figure and its unit stand without the bound words."""
    number_end: int = -1
    part_of_name: bool = False
    """True inside a project's or product's name (年产5万吨…项目): not an indicator."""

    @property
    def value(self) -> Decimal | None:
        """The single printed figure; ``None`` for a range."""
        return None if self.bound == "range" else self.figure

    @property
    def figure(self) -> Decimal | None:
        """The number that is printed, whichever end it is; the lower one of a range."""
        return self.low if self.low is not None else self.high

    @property
    def number_text(self) -> str:
        """The figure and its unit, bound words left out."""
        if self.number_start < 0:
            return self.text
        return self.text[self.number_start - self.start : self.number_end - self.start]
