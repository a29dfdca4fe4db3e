"""Tables whose cells stand on a line each under headings that no lexicon knows: their rows repeat one shape.

要看什么 / 2023 / 2024 / 规上产值 / 320 / 370 / 亿元企业 / 28 / 34: as many lines of words as a row has cells, and then
row by row a name and figures at the same places. Only what comes out even to the last row is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.quantities.years import YEAR
from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout.lines import Line
from indicators.readers.layout.pieces import cell_of
from indicators.schema.source import Table

_FIGURE = re.compile(
    r"(?!\d{1,4}[年月季])[≥≤><=＝约]?[+\-－]?\d[\d,.]*(?:[%％‰]|[万亿]?[\u4e00-\u9fff/]{0,4})?|[—–\-/]+"
)
_YEAR = re.compile(rf"{YEAR}年?")
_SENTENCE = re.compile("[，,。；;]|[:：]$")
_LONGEST = 24
"""Characters of a cell at most."""
_NARROWEST, _WIDEST = 3, 10
"""Cells of a row."""
_LEAST_ROWS = 2
_MOST_LINES = 4000


def find_tables(scan: Scan) -> Found:
    """Tables of cells on lines of their own whose rows repeat one shape."""
    return scan.tables(lambda at: _table(scan, at), _is_cell)


def _is_cell(line: Line) -> bool:
    return 0 < len(line.text) <= _LONGEST and _SENTENCE.search(line.text) is None


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    """The table whose headings begin at line ``at``, and the line after it."""
    if at > 1 and _is_cell(scan.every[at - 1]) and _is_cell(scan.every[at - 2]):
        return None  # amid cells: a line above the headings may name the table, no more
    end = at
    while end < min(len(scan.every), at + _MOST_LINES) and scan.is_free(end) and _is_cell(scan.every[end]):
        end += 1
    words = [line.text for line in scan.every[at:end]]
    first = next((i for i, word in enumerate(words) if _FIGURE.fullmatch(word) and not _YEAR.fullmatch(word)), 0)
    for begin in range(first - 1, max(first - _NARROWEST, _NARROWEST - 1) - 1, -1):
        if (width := _width(words, begin)) is not None:
            cells = [cell_of(line) for line in scan.every[at:end]]
            cells = [[], *cells] if begin == width - 1 else cells  # names below no heading of their own
            rows = [cells[i : i + width] for i in range(0, len(cells), width)]
            return (scan.build(rows, at), end) if len(rows[-1]) == width and begin <= width else None
    return None


def _width(words: Sequence[str], begin: int) -> int | None:
    """How many cells the rows have that begin at ``begin``; ``None`` where nothing comes out even."""
    for width in range(_NARROWEST, min(_WIDEST, begin + 1) + 1):
        rows = [words[i : i + width] for i in range(begin, len(words) - len(words[begin:]) % width, width)]
        heads = words[max(0, begin - width) : begin]
        even = len(words[begin:]) % width == 0
        if even and len(rows) >= _LEAST_ROWS and not any(map(_is_figure, heads)) and _repeat(rows):
            return width
    return None


def _repeat(rows: Sequence[Sequence[str]]) -> bool:
    """Whether all rows begin with a name and hold words and figures at the same places, half of them figures."""
    columns = list(zip(*rows, strict=True))
    if any(map(_is_figure, columns[0])):
        return False
    figures = [sum(_FIGURE.fullmatch(word) is not None for word in column) for column in columns[1:]]
    return all(count in (0, len(rows)) for count in figures) and 2 * sum(map(bool, figures)) >= len(figures)


def _is_figure(word: str) -> bool:
    return _FIGURE.fullmatch(word) is not None and _YEAR.fullmatch(word) is None
