"""Walks the lines of a text for tables: which lines are still free, and one table after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from indicators.readers.layout.lines import Line
from indicators.readers.layout.pieces import Fragments
from indicators.readers.tables import grid
from indicators.rulebook import phrase
from indicators.schema.source import Table
from indicators.settings import Limits

Found = list[tuple[int, int, Table]]
"""Tables as (first line, line after the last, table), by place in the lines scanned."""


@dataclass(frozen=True)
class Scan:
    """A text under search: its lines, and the stretches of them that tables found earlier speak for."""

    text: str
    every: Sequence[Line]
    limits: Limits
    name: str
    taken: frozenset[int] = frozenset()
    """The lines that tables found earlier stand on."""

    @cached_property
    def told(self) -> list[tuple[int, Line]]:
        """The lines that are free and not blank, with their places: every form walks over them."""
        return [(at, line) for at, line in enumerate(self.every) if line.text and at not in self.taken]

    def is_free(self, at: int) -> bool:
        """Whether no table speaks for line ``at`` yet."""
        return at not in self.taken

    def meets(self, first: int, after: int) -> bool:
        """Whether a table found earlier stands on any of these lines."""
        return any(at in self.taken for at in range(first, after))

    def without(self, found: Found) -> Scan:
        """The same text with the lines of ``found`` spoken for, too."""
        if not found:
            return self
        return replace(self, taken=self.taken.union(*(range(first, after) for first, after, _ in found)))

    def build(self, rows: Sequence[Sequence[Fragments]], first: int, *, header: int | None = None) -> Table:
        """A table of these rows that begins at line ``first``; ``header`` of them are headings, where that is known."""
        return grid.build(self.text, rows, self.limits, self.name, self.every[first].number, header=header)

    def next_told(self, at: int) -> int:
        """The next line from ``at`` on that is not blank."""
        while at < len(self.every) and not self.every[at].text:
            at += 1
        return at

    def closes(self, after: int) -> bool:
        """Whether a table may end before line ``after``: where more cells follow, a page may have cut it."""
        following = self.next_told(after)
        if following == len(self.every):
            return True
        return phrase("tables", "below_table").search(self.every[following].text) is not None

    def tables(
        self, read_at: Callable[[int], tuple[Table, int] | None], opens: Callable[[Line], object] | None = None
    ) -> Found:
        """Tables in reading order; ``read_at(line)`` gives the one that begins there and the line after it.

        ``opens`` tells at a glance which lines a table may begin with: nearly every line of a document begins none.
        """
        found: Found = []
        after = 0
        for at, line in self.told:
            if at < after or (opens is not None and not opens(line)):
                continue
            made = read_at(at)
            if made is not None and made[0].n_rows:  # bars and marks alone (<p>|||) hold no row
                found.append((at, made[1], made[0]))
                after = made[1]
        return found
