"""A table before a layout writes it, and the layouts by their names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indicators.readers.layout.lines import width

Row = list[str]
_FRAME = re.compile("[〔〕]")
_NOTHING = ("", "—")


@dataclass(frozen=True)
class Sheet:
    """A table before a layout writes it."""

    name: str
    title: str
    heads: list[Row]
    rows: list[Row]
    pairs: list[list[int]]
    named: int

    @classmethod
    def of(cls, table: dict[str, object]) -> Sheet:
        """From a ``[[table]]`` of tables.toml."""
        head, rows, pairs = table["head"], table["rows"], table["pairs"]
        assert isinstance(head, list)
        assert isinstance(rows, list)
        assert isinstance(pairs, list)
        named = table.get("named", 0)
        assert isinstance(named, int)
        cells = [line.split("|") for line in rows]
        return cls(str(table["name"]), str(table["title"]), [line.split("|") for line in head], cells, pairs, named)

    def plain(self) -> Sheet:
        """The same without the frames that mark figures."""
        rows = [[_FRAME.sub("", cell) for cell in row] for row in self.rows]
        return Sheet(self.name, self.title, self.heads, rows, self.pairs, self.named)

    def wanted(self) -> Counter[tuple[str, str]]:
        """The pairs of target and actual that a reader should find; an actual not given is ``""``."""
        told = [(_figure(row[t]), _figure(row[a])) for row in self.rows for t, a in self.pairs]
        return Counter(pair for pair in told if pair[0])

    @property
    def every(self) -> list[Row]:
        """Headings and rows."""
        return [*self.heads, *self.rows]

    @property
    def flat(self) -> Row:
        """A heading a column: that of the group put before its own."""
        if len(self.heads) == 1:
            return self.heads[0]
        upper = ""
        flat = []
        for above, below in zip(*self.heads, strict=True):
            upper = above or upper
            flat.append(upper + below)
        return flat

    def groups(self) -> list[tuple[str, list[int]]]:
        """The headings of the first line with the columns under each."""
        found: list[tuple[str, list[int]]] = []
        for col, head in enumerate(self.heads[0]):
            if head or not found:
                found.append((head, [col]))
            else:
                found[-1][1].append(col)
        return found


def _figure(cell: str) -> str:
    framed = re.search("〔(.*?)〕", cell)
    found = framed[1] if framed else cell
    return "" if found in _NOTHING else "".join(found.split())


Layout = Callable[[Sheet], str | None]
LAYOUTS: dict[str, Layout] = {}


def layout(write: Layout) -> Layout:
    """Registers ``write`` under its name."""
    LAYOUTS[write.__name__] = write
    return write


def filled(row: Row, blanks: str | None) -> Row:
    """The cells of a row; blank ones are left out where ``blanks`` is ``None``."""
    return [cell for cell in row if cell] if blanks is None else [cell or blanks for cell in row]


def _widths(sheet: Sheet, apart: int = 3) -> list[int]:
    """Columns wide enough for their own cells (a heading over a group spreads over its columns)."""
    own = [*sheet.heads[-1:], *sheet.rows]
    singles = [[cell if len(cols) == 1 else "" for cell, cols in _spans(sheet)]]
    return [max(width(row[col]) for row in [*own, *singles]) + apart for col in range(len(sheet.heads[0]))]


def _spans(sheet: Sheet) -> Iterator[tuple[str, list[int]]]:
    """For each column, the heading of the first line that begins there and the columns under it."""
    for head, cols in sheet.groups():
        yield head, cols
        yield from (("", [col]) for col in cols[1:])


def padded(cell: str, size: int, how: str = "left") -> str:
    """A cell filled up with blanks."""
    room = max(0, size - width(cell))
    left = {"left": 0, "right": room, "centre": room // 2}[how]
    return " " * left + cell + " " * (room - left)


def aligned_lines(sheet: Sheet, how: str = "left") -> list[str]:
    """The lines of the table with its columns under each other."""
    sizes = _widths(sheet)
    lines = []
    if len(sheet.heads) > 1:
        spread = [(head, sum(sizes[col] for col in cols), len(cols)) for head, cols in sheet.groups()]
        lines.append("".join(padded(head, size, "centre" if n > 1 else how) for head, size, n in spread).rstrip())
    for row in [sheet.heads[-1], *sheet.rows]:
        cells = [
            padded(cell, size, how if col else "left") for col, (cell, size) in enumerate(zip(row, sizes, strict=True))
        ]
        lines.append("".join(cells).rstrip())
    return lines
