"""A quantity in the making: one atom, or the two of a range, and what has been read around it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from indicators.quantities.atom import Atom
from indicators.quantities.units import unit_kind
from indicators.schema.quantity import Bound


@dataclass(slots=True)
class Draft:
    """Offsets count into the folded text."""

    first: Atom
    last: Atom
    start: int
    end: int
    number_start: int
    number_end: int
    change_end: int
    """Where a change word may end: before the bound words."""
    low: Decimal
    high: Decimal
    bound: Bound | None
    approximate: bool

    @property
    def unit(self) -> str:
        return self.last.name or self.first.name

    @property
    def kind(self) -> str:
        unit = self.last.unit or self.first.unit
        return unit.kind if unit is not None else unit_kind(self.last.unit_text)

    @property
    def plain(self) -> bool:
        """No unit and no magnitude at either end."""
        return self.first.plain and self.last.plain
