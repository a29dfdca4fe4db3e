"""Tables drawn with lines: cells between bars (│, ┃ or |), rows between rules (├──┼──┤, +---+---+).

What :mod:`boxed` cannot place by the columns of print comes here: bars and hyphens, bars that do not stand in line.
Where a rule stands between every two rows, the lines between two rules are one row, its cells broken over them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from indicators.readers.lines import Line
from indicators.readers.pieces import Fragments
from indicators.readers.scan import Found, Scan
from indicators.schema.source import Table

_DRAWN = re.compile(r"[│┃║┆┇┊┋]|\+[-=─]{2,}")
_BAR = re.compile(r"[|｜│┃║┆┇┊┋]")
_RULE = re.compile(r"[-=_+|｜\s\u2500-\u257f]{3,}")
_ACROSS = re.compile(r"[-=_\u2500\u2501\u2504\u2505\u2508\u2509\u2550]{2,}")
_LEAST_BARS = 2
_LEAST_ROWS = 2


def find_tables(scan: Scan) -> Found:
    """Tables drawn with lines."""
    if not _DRAWN.search(scan.text):
        return []
    return scan.tables(lambda at: _table(scan, at), _is_part)


def _is_part(line: Line) -> bool:
    return _is_rule(line) or _is_row(line)


def _is_rule(line: Line) -> bool:
    return _RULE.fullmatch(line.text) is not None and _ACROSS.search(line.text) is not None


def _is_row(line: Line) -> bool:
    return len(_BAR.findall(line.text)) >= _LEAST_BARS


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    """The table whose first line is ``at``, a rule or its headings, and the line behind it."""
    every = scan.every
    after = at
    while after < len(every) and scan.is_free(after) and _is_part(every[after]):
        after += 1
    part = every[at:after]
    if not any(_DRAWN.search(line.text) for line in part):
        return None
    groups = [list(lines) for is_rule, lines in groupby(part, _is_rule) if not is_rule]
    ruled = len(groups) > _LEAST_ROWS
    rows = [_merged(group) for group in groups] if ruled else [_cells(line) for group in groups for line in group]
    if len(rows) < _LEAST_ROWS or max(map(len, rows)) < _LEAST_BARS:
        return None
    return scan.build(rows, at), after


def _merged(group: Sequence[Line]) -> list[Fragments]:
    """The lines between two rules as one row, each of its cells from the parts of all lines."""
    lines = [_cells(line) for line in group]
    width = max(map(len, lines))
    return [[part for line in lines if col < len(line) for part in line[col]] for col in range(width)]


def _cells(line: Line) -> list[Fragments]:
    """The cells of a line; bars at its ends part none."""
    bars = [found.start() for found in _BAR.finditer(line.text)]
    edges = [*([] if bars[0] == 0 else [-1]), *bars, *([] if bars[-1] == len(line.text) - 1 else [len(line.text)])]
    spans = [(a + 1, b) for a, b in pairwise(edges)]
    return [[(line.start + a, line.start + b)] if line.text[a:b].strip() else [] for a, b in spans]
