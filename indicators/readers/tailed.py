"""Tables of lines that end in their figures, under headings that blanks and line ends have broken apart.

A PDF's text gives them: "国省干 线 350 180.6 51.6" below "年计划 1-5 月完成 占年计划(%)". The figures at a line's end
tell how many columns there are; the headings are put together so that they come out as many.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from indicators.readers.heading_row import FIGURES, HeadingRow, deal
from indicators.readers.headings import squeeze
from indicators.readers.lines import Line
from indicators.readers.pieces import Fragments, Piece, pieces_of
from indicators.readers.scan import Found, Scan
from indicators.schema.source import Table

_FIGURE = re.compile(r"[≥≤><=＝]?[+\-－]?\d[\d,.]*[%％‰]?|[—–\-－]+")
_TAILS = re.compile(
    r"[ \t\u3000]\S{0,2}\d[\d,.]*[%％‰]?[ \t\u3000]+\S{0,2}(?:\d[\d,.]*[%％‰]?|[—–\-－]+)[ \t\u3000\r]*$", re.M
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_UNIT = re.compile(r"[（(]?(?:计量)?单位[:：]")
_LEAST_ROWS = 3
_LEAST_FIGURES = 2
_NAME_LINES = 2
"""Lines at most that a name runs on in front of the line of its figures."""
_HEAD_LINES = 12
_LONGEST = 40
"""Characters of a name at most: what is longer is running text."""
_MEASURED = FIGURES | {"period", "gap"}


@dataclass(frozen=True, slots=True)
class _Row:
    name: Fragments
    figures: Sequence[Piece]
    after: int


def find_tables(scan: Scan) -> Found:
    """Tables of lines that end in figures."""
    # Most texts have no three such lines: one search over the whole tells that sooner than a look at each line.
    if sum(1 for _ in islice(_TAILS.finditer(scan.text), _LEAST_ROWS)) < _LEAST_ROWS:
        return []
    return scan.tables(lambda at: _table(scan, at), _opens)


def _opens(line: Line) -> bool:
    """Whether a line may belong to headings: words, no sentence, no figures at its end."""
    running = len(line.text) > _LONGEST * 2 or line.text.endswith(("。", "；", ";", "：", ":"))
    return bool(line.text) and not running and _UNIT.match(line.text) is None


def _tail(line: Line) -> tuple[list[Piece], list[Piece]]:
    """The line's words and the figures at its end."""
    tokens = pieces_of(line)
    cut = len(tokens)
    while cut and _FIGURE.fullmatch(line.text[slice(*tokens[cut - 1])]):
        cut -= 1
    at = [(line.start + a, line.start + b) for a, b in tokens]
    return at[:cut], at[cut:]


def _row(scan: Scan, at: int, size: int) -> _Row | None:
    """The row of ``size`` figures that begins at line ``at``; its name may run on over lines."""
    name: Fragments = []
    for here in range(at, min(at + _NAME_LINES + 1, len(scan.every))):
        line = scan.every[here]
        if not line.text or not scan.is_free(here):
            return None
        words, figures = _tail(line)
        name += words
        if figures:
            told = "".join(scan.text[a:b] for a, b in name)
            fits = len(figures) == size and _HAN.search(told) and len(told) <= _LONGEST and "。" not in told
            return _Row(name, figures, here + 1) if fits else None
    return None


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    """The table whose headings begin at line ``at`` and the line after it."""
    every = scan.every
    head: list[Piece] = []
    for here in range(at, min(at + _HEAD_LINES, len(every))):
        line = every[here]
        if not scan.is_free(here) or (line.text and not _opens(line)):
            return None
        words, figures = _tail(line) if line.text else ([], [])
        if len(figures) >= _LEAST_FIGURES and (made := _rows(scan, at, here, len(figures))) is not None:
            rows, start = made
            heads = _headings(scan.text, [w for w in head if w[0] < every[start].start], len(figures) + 1)
            if heads is None:
                return None
            cells: list[list[Fragments]] = [[list(piece) for piece in heads]]
            cells += [[row.name, *([figure] for figure in row.figures)] for row in rows]
            return scan.build(cells, at), rows[-1].after
        if figures:
            return None
        head += words
    return None


def _rows(scan: Scan, first: int, at: int, size: int) -> tuple[list[_Row], int] | None:
    """Rows of ``size`` figures, the first told on line ``at``; and the line on which the first row's name begins."""
    every = scan.every
    for start in range(max(first + 1, at - _NAME_LINES), at + 1):
        if any(not every[i].text for i in range(start, at)) or (
            start > first + 1 and start < at and every[start - 1].text
        ):
            continue
        rows: list[_Row] = []
        here = start
        while here < len(every) and (row := _row(scan, here, size)) is not None:
            rows.append(row)
            here = row.after
            while here < len(every) and not every[here].text:
                here += 1
        if len(rows) >= _LEAST_ROWS:
            return rows, start
    return None


def _headings(text: str, words: Sequence[Piece], count: int) -> list[list[Piece]] | None:
    """The words dealt to ``count`` headings, all but the first known to the lexicon; ``None`` where they do not fit."""
    told = [squeeze(text[a:b]) for a, b in words]
    if not count <= len(told) <= 6 * count:
        return None
    ends = deal(told, count)
    if ends is None:
        return None
    starts = [0, *ends[:-1]]
    pieces = ["".join(told[a:b]) for a, b in zip(starts, ends, strict=True)]
    kinds = set(HeadingRow.of(pieces[1:]).roles)
    if len(pieces[0]) > _LONGEST // 2 or not {"target", "actual"} & kinds or not kinds <= _MEASURED:
        return None
    return [list(words[a:b]) for a, b in zip(starts, ends, strict=True)]
