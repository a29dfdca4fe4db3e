"""Forms poured into a single line: every cell behind a blank, headings and rows alike.

Pages turned into text print whole self-evaluation forms so. Cut at the blanks, a cell a line, they are flattened
tables as others are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.readers.layout.lines import BLANK, Line
from indicators.readers.tables.heading_row import HeadingRow

_LEAST_CELLS = 20
_HEADINGS = 5
"""Headings side by side that tell a form from prose with blanks in it."""
_LONGEST = 12
"""Characters of a heading at most."""
_CELL = re.compile(f"[^{BLANK}]+")
_BLANKS = re.compile(f"[{BLANK}]")


def cut(every: Sequence[Line]) -> list[Line]:
    """The lines, those that hold a poured form cut into one for each cell."""
    found: list[Line] = []
    for line in every:
        found += _cells(line) if _is_form(line.text) else [line]
    return found


def _is_form(text: str) -> bool:
    if len(text) < 2 * _LEAST_CELLS or len(_BLANKS.findall(text)) < _LEAST_CELLS or "\t" in text:
        return False
    words = _CELL.findall(text)
    if len(words) < _LEAST_CELLS:
        return False
    run: list[str] = []
    for word in [*words, ""]:
        if 0 < len(word) <= _LONGEST and HeadingRow.of([word]).known:
            run.append(word)
            continue
        heads = HeadingRow.of(run)
        if len(run) >= _HEADINGS and heads.promises and heads.tells:
            return True
        run = []
    return False


def _cells(line: Line) -> list[Line]:
    return [
        line._replace(
            text=found[0],
            start=line.start + found.start(),
            end=line.start + found.end(),
            indent=line.indent if at == 0 else 0,
            page_break=line.page_break and at == 0,
        )
        for at, found in enumerate(_CELL.finditer(line.text))
    ]
