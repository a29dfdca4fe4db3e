"""How far a printed rate may lie off the figures that it is of: the one place for whoever reckons it after.

Rates are told in points here, as they are printed: 44.5 for 44.5 %.
"""

from __future__ import annotations

from decimal import Decimal

PART = Decimal("0.006")
"""How far a rate beyond 100 % may lie off, in parts of it: what it is of was rounded, too."""
_ROUNDED = (Decimal("0.51"), Decimal("0.06"), Decimal("0.006"))
"""Points that a rate printed with no, one or two decimals may lie off: half of its last digit, and a little."""
_CUT = (Decimal("0.6"), Decimal("0.12"), Decimal("0.012"))
"""The same where further digits may have been cut off, and not rounded."""


def decimals_of(printed: str) -> int:
    """The decimals of a printed rate: one in 44.5%."""
    return len(printed.strip("%％ ").partition(".")[2])


def points_off(decimals: int, *, cut: bool = False) -> Decimal:
    """Points that a rate printed with so many decimals may lie off."""
    return (_CUT if cut else _ROUNDED)[min(decimals, len(_ROUNDED) - 1)]


def makes(
    done: Decimal | None, whole: Decimal | None, rate: Decimal | float | None, decimals: int = 1, *, cut: bool = False
) -> bool:
    """Whether a rate printed with so many decimals is ``done`` over ``whole``; never where one of them is wanting."""
    if done is None or not whole or rate is None:
        return False
    return abs(done / whole * 100 - Decimal(rate)) < points_off(decimals, cut=cut)
