"""The ways in which plain text writes a table: each layout makes a text of a sheet, or none."""

from benchmarks.layouts import by_place, by_words
from benchmarks.layouts.sheet import LAYOUTS, Sheet

__all__ = ["LAYOUTS", "Sheet", "by_place", "by_words"]
