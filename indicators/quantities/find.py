"""The public calls of the number grammar."""

from __future__ import annotations

from decimal import Decimal

from indicators.schema.quantity import Period, Quantity


def find_quantities(text: str, *, year: int | None = None, unit: str | None = None) -> list[Quantity]:
    """Every quantity of a text, in order; offsets count into ``text`` as given.

    ``year`` is the year a report speaks of: periods told without one (1-11月, 上半年, 去年) are
    resolved against it. ``unit`` is the unit printed once for the whole text, as a column's heading
    prints it (``万元``): it reaches every figure that has none of its own.
    """
    # Building the grammar takes a quarter of a second: not before it is needed.
    from indicators.quantities.grammar import read

    return read(text, year, unit)


def heading_unit(heading: str) -> tuple[Decimal, str] | None:
    """Magnitude and unit that a column's heading prints: ``资金(万元)`` gives ``(Decimal(10000), "元")``.

    ``None`` where it prints none.
    """
    from indicators.quantities.plain import heading_unit
    from indicators.quantities.text import fold

    return heading_unit(fold(heading))


def find_periods(text: str, *, year: int | None = None) -> list[Period]:
    """Every period expression of a text, in order, comparisons (同比, 比上年) included."""
    from indicators.quantities.periods import periods_of
    from indicators.quantities.text import fold

    return periods_of(text, fold(text), year)
