"""Tables flattened by PDF-to-text: lines in reading order back into the cells they came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from indicators.readers.lines import Line
from indicators.schema.source import Table
from indicators.settings import Limits


@dataclass
class Found:
    """Tables as (first line, line after, table), by place in the lines given; and the lines that are layout."""

    tables: list[tuple[int, int, Table]] = field(default_factory=list)
    layout: set[int] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)

    def outside(self, part: Sequence[Line]) -> list[Line]:
        """The lines of ``part`` that are no layout."""
        return [line for line in part if line.start not in self.layout or not line.text]


def find_tables(text: str, every: Sequence[Line], limits: Limits, name: str) -> Found:
    """The flattened tables among the lines."""
    return Found()
