"""Lines that print every cell behind its heading: 乡镇：东坪；任务数：120；竣工数：118, or 【乡镇】东坪【任务数】120.

Rows print the same headings in the same order; one may leave a cell and its heading out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout.lines import Line
from indicators.readers.layout.pieces import Fragments
from indicators.readers.tables.heading_row import HeadingRow
from indicators.readers.tables.headings import squeeze
from indicators.schema.source import Table

_CELLS = (
    re.compile(
        r"(?:^|[；;，,\s])\s*(?P<head>[^：:；;，,\s【】]{1,20})[：:]\s*(?P<cell>(?:[^：:；;，,\s【】。]|(?<=\d),(?=\d{3})){1,40})(?=[；;，,\s]|$)"
    ),
    re.compile(r"【(?P<head>[^】]{1,20})】\s*(?P<cell>[^【】。]{1,40})"),
)
_MARKS = ("：", ":", "【")
_BETWEEN = "；;，,、 \t\u3000"
_LEAST_CELLS = 3
_LEAST_ROWS = 3
_MOST_LACKING = 2
_LONGEST = 300
"""Characters of such a line at most."""
_Row = list[tuple[str, Fragments, Fragments]]
"""The cells of a line: what the heading says, where it stands, and where the cell does."""


def find_tables(scan: Scan) -> Found:
    """Tables of such lines."""
    return scan.tables(
        lambda at: _table(scan, at), lambda line: any(line.text.count(m) >= _LEAST_CELLS for m in _MARKS)
    )


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    rows: list[_Row] = []
    here = after = at
    while here < len(scan.every) and scan.is_free(here) and here - after <= 1:
        if scan.every[here].text:
            row = _row(scan.every[here])
            if len(row) < _LEAST_CELLS or (rows and row[0][0] != rows[0][0][0]):
                break
            rows.append(row)
            after = here + 1
        here += 1
    heads = max(rows, key=len, default=[])
    words = [word for word, _, _ in heads]
    even = all({word for word, _, _ in row} <= set(words) and len(row) >= len(words) - _MOST_LACKING for row in rows)
    if len(rows) < _LEAST_ROWS or not even or not _speaks(words):
        return None
    cells = [[next((cell for word, _, cell in row if word == told), []) for told in words] for row in rows]
    return scan.build([[place for _, place, _ in heads], *cells], at, header=1), after


def _row(line: Line) -> _Row:
    """The cells of a line; none where it holds anything else."""
    for pattern in _CELLS if len(line.text) <= _LONGEST else ():
        found = list(pattern.finditer(line.text))
        rest = pattern.sub("", line.text).strip(_BETWEEN + "。")
        if len(found) >= _LEAST_CELLS and not rest:
            return [(squeeze(one["head"]), _at(line, one.span("head")), _at(line, one.span("cell"))) for one in found]
    return []


def _at(line: Line, span: tuple[int, int]) -> Fragments:
    return [(line.start + span[0], line.start + span[1])]


def _speaks(words: Sequence[str]) -> bool:
    """Whether the headings name, promise and tell, each once."""
    heads = HeadingRow.of(words)
    tells = heads.tells or "completion" in heads.kinds
    return len(set(words)) == len(words) and heads.names and heads.promises and tells and heads.knows(1, of=2)
