"""The number grammar of Chinese reports: quantities and periods, without spaCy."""

from __future__ import annotations

from indicators.quantities.find import find_periods, find_quantities, heading_unit
from indicators.quantities.units import comparable, convert, unit_kind

__all__ = ["comparable", "convert", "find_periods", "find_quantities", "heading_unit", "unit_kind"]
