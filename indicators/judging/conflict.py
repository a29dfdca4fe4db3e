"""Two rows of one report that contradict each other, before they become a finding."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.schema.report import Flag

Place = tuple[int, int]
"""Task and assessment, counted from 0."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two rows of a report that tell different figures of one thing."""

    flag: Flag
    first: Place
    second: Place
    note: str
