"""Across documents: a plan answered by a later report, and one report's indicators quarter after quarter."""

from __future__ import annotations

from indicators.comparing.compare import compare
from indicators.comparing.series import Point, Series, series

__all__ = ["Point", "Series", "compare", "series"]
