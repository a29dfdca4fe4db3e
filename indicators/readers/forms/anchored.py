"""Tables laid out by blanks whose cells wrap and stand in the middle of their rows (``pdftotext -layout`` of forms).

A line that holds figures in several columns anchors a row. What stands between such lines belongs to the row above or
below, column by column: a row that prints nothing there on its own line has it around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indicators.readers.forms.anchored_head import Cells, Head
from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout.lines import Line, is_layout, width
from indicators.readers.layout.pieces import Fragments, parts, unspread, words_of
from indicators.readers.layout.words import is_figure, is_rule
from indicators.readers.tables.heading_row import HeadingRow
from indicators.schema.source import Table

_COLON = re.compile("[：:]")
_DIGIT = re.compile(r"\d")
_LABEL = re.compile(r"[^：:\s]{2,10}[：:]")
_LEAST_HEADINGS = 4
_LEAST_KNOWN = 2
_LEAST_ROWS = 2
_LEAST_FIGURES = 2
_LONGEST = 16
"""Characters of a heading at most."""
_LEAST_UPPER = 2
_MOST_UPPER = 2
"""Lines at most above the headings that hold upper ones."""
_MOST_HEADS = 3
"""Lines of headings at most."""
_MOST_LINES = 300
_MOST_BLANK = 4
"""Blank lines at most between two rows: a page may end between them."""


@dataclass(slots=True)
class _Rows:
    """The rows by their anchors, and for each the lines of cells above and below that are its own."""

    anchors: list[Cells]
    around: list[tuple[Cells, Cells]]

    def whole(self) -> list[Cells]:
        """The cells of each row, from all its lines."""
        return [
            [[*above[col], *own[col], *below[col]] for col in range(len(own))]
            for own, (above, below) in zip(self.anchors, self.around, strict=True)
        ]


def find_tables(scan: Scan) -> Found:
    """Tables of aligned columns whose cells wrap around the figures of their row."""
    found = scan.tables(lambda at: _table(scan, at), lambda line: "  " in line.text and _may_head(line))
    return [(_first(scan, first), after, table) for first, after, table in found]


def _first(scan: Scan, at: int) -> int:
    """The first of the lines right above the headings that hold the upper ones, which name no table."""
    first = at
    while at - first < _MOST_UPPER and first and scan.is_free(first - 1) and scan.every[first - 1].text:
        line = scan.every[first - 1]
        words = words_of(line, unspread(line))
        if any(len(word) > _LONGEST and not is_rule(word) for word in words) or _COLON.search(line.text):
            break
        if len(words) < _LEAST_UPPER and not any(map(is_rule, words)):
            break
        first -= 1
    return first


def _may_head(line: Line) -> bool:
    """Whether a line holds headings: short words, of which the lexicon knows some."""
    words = words_of(line, unspread(line))
    if len(words) < _LEAST_HEADINGS or any(len(word) > _LONGEST or is_figure(word) for word in words):
        return False
    return HeadingRow.of(words).known >= _LEAST_KNOWN


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    """The table headed by line ``at`` and the line after it."""
    body = _body(scan, at)
    anchors = [line for line in body if _is_anchor(line)]
    if len(anchors) < _LEAST_ROWS:
        return None
    heads = [scan.every[at]]
    for line in body[: _MOST_HEADS - 1]:
        if _is_anchor(line):
            break
        heads.append(line)
    head = _head(heads, anchors)
    made = _rows(body[head.taken - 1 :], head) if head is not None else None
    if head is None or made is None:
        return None
    rows, last = made
    if head.cells[head.name] and len(anchors) == len(body) - head.taken + 1:
        return None  # a line each: read by other forms
    if not all(row[head.name] for row in rows):
        return None
    after = next(i for i in range(at + 1, len(scan.every)) if scan.every[i].start == last.start) + 1
    first = 0 if head.numbered else head.name
    return scan.build([head.cells[first:], *(row[first:] for row in rows)], at, header=1), after


def _head(lines: Sequence[Line], anchors: Sequence[Line]) -> Head | None:
    """The headings, places counted so that the cells stand under them best."""
    found: list[tuple[int, Head]] = []
    # Some writers count a Chinese character as one place, others as two.
    for measure in (width, len):
        head = Head.of(lines, anchors, measure)
        apart = head.apart(anchors) if head is not None else None
        if head is not None and apart is not None:
            found.append((apart, head))
    if not found:
        return None
    head = min(found, key=lambda one: one[0])[1]
    head.widen(anchors)
    return head


def _body(scan: Scan, at: int) -> list[Line]:
    """The lines below the headings up to other headings, a labelled line, running text or a wide gap."""
    body: list[Line] = []
    blank = 0
    told = False
    for i in range(at + 1, min(len(scan.every), at + _MOST_LINES)):
        line = scan.every[i]
        blank = 0 if line.text else blank + 1
        if not scan.is_free(i) or blank > _MOST_BLANK:
            break
        if not line.text or is_layout(line) or line.text == scan.every[at].text:
            continue
        anchor = _is_anchor(line)
        if not anchor and ((told and _heads_anew(line)) or _LABEL.match(line.text) or "。" in line.text):
            break
        told = told or anchor
        body.append(line)
    return body


def _heads_anew(line: Line) -> bool:
    """Whether a line between the rows heads another part of the form: 预期目标 | 实际完成情况."""
    heads = HeadingRow.of(words_of(line, unspread(line)))
    return _may_head(line) or (heads.promises and heads.tells and heads.known == len(heads.words))


def _is_anchor(line: Line) -> bool:
    """Whether a line holds figures in several columns."""
    figures = [word for word in words_of(line, parts(line)) if _DIGIT.search(word) and not _COLON.search(word)]
    return len(figures) >= _LEAST_FIGURES


def _rows(body: Sequence[Line], head: Head) -> tuple[list[Cells], Line] | None:
    """The rows and the last line that is theirs; ``None`` where a line does not fall into the columns."""
    anchors: list[Cells] = []
    between: list[list[Cells]] = [[]]
    last = body[0]
    for line in body:
        cells = head.deal(line)
        if cells is None:
            return None
        if _is_anchor(line):
            anchors.append(cells)
            between.append([])
            last = line
        else:
            between[-1].append(cells)
    rows = _Rows(anchors, [(_blank(cells), _blank(cells)) for cells in anchors])
    for col in range(len(head.columns)):
        pieces = [[cells[col] for cells in lines if cells[col]] for lines in between]
        full = all(own[col] or pieces[i] or pieces[i + 1] for i, own in enumerate(anchors))
        centred = full and any(not own[col] for own in anchors)
        for i, own in enumerate(pieces):
            if own:
                _share_out(rows, i, col, own, full=full, centred=centred)
    return rows.whole(), last


def _blank(cells: Cells) -> Cells:
    return [[] for _ in cells]


def _share_out(rows: _Rows, at: int, col: int, pieces: Sequence[Fragments], *, full: bool, centred: bool) -> None:
    """Gives what stands in a column above row ``at`` to that row, and to the row before it.

    ``full``: every row prints something in the column. ``centred``: some stand around their anchor.
    """
    after = rows.anchors[at] if at < len(rows.anchors) else None
    before = rows.anchors[at - 1] if at else None
    if before is None:
        own = 0
    elif after is None:
        own = len(pieces) if not before[col] else min(len(pieces), 1)
    elif before[col] and after[col]:
        own = len(pieces) // 2 if centred and len(pieces) > 1 else len(pieces)
    elif before[col] and not full:
        own = len(pieces)
    elif before[col]:
        own = 0 if len(pieces) == 1 else len(pieces) - 1
    elif after[col]:
        own = len(pieces)
    else:
        own = len(pieces) // 2
    if at:
        rows.around[at - 1][1][col].extend(piece for part in pieces[:own] for piece in part)
    if after is not None:
        rows.around[at][0][col].extend(piece for part in pieces[own:] for piece in part)
