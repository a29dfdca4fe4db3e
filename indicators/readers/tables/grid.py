"""Rows of cell fragments to a :class:`Table`: heading rows found, repeated headings dropped, blank cells merged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indicators.quantities.years import YEAR
from indicators.readers.files.guard import check_cells
from indicators.readers.layout import markup
from indicators.readers.layout.pieces import Fragments
from indicators.readers.tables.heading_row import BODIES, HeadingRow, is_heading_row, told_anew
from indicators.readers.tables.headings import column_role, squeeze
from indicators.readers.tables.spread import centred, spread
from indicators.schema.source import EMPTY, Cell, Passage, Place, Table
from indicators.settings import Limits

_FIGURE = re.compile(r"\d")
_VALUE = re.compile(r"[≥≤><=约]?[-+]?\d[\d,.]*\s*(?:[%％‰]|[\u4e00-\u9fff]{1,2}$|$)")
_YEAR = re.compile(rf"{YEAR}年?(?:度|底|末)?$")
_SENTENCE = re.compile("[。；;，]|[:：]$")
_LONGEST = 24
"""Characters of a heading at most."""
_FEW_BLANK = 4
"""Columns at least for each that no heading stands over."""
_MOST_TITLES = 4
"""Rows at the top among which upper headings are looked for."""
_GROUPING = BODIES | {"number", "task", "category", "region"}
"""Columns whose blank cells go on with the one above, where their row has no name of its own."""


def header_count(rows: Sequence[Sequence[str]]) -> int:
    """How many rows at the top are headings: those that the lexicon knows, and a group row above them."""
    for at, row in enumerate(rows[:3]):
        if is_heading_row(row):
            count = at + 1
            while count < min(len(rows), 4) and _sub_heading(rows[count], rows[count - 1]):
                count += 1
            return count
        if any(_VALUE.match(text) for text in row) or any(len(text) > 30 for text in row):
            break
    first = rows[0] if rows else ()
    plain = all(not _FIGURE.search(text) and len(text) <= 20 for text in first) and _heads(first)
    if first and plain and len(rows) > 1 and any(_FIGURE.search(t) for row in rows[1:] for t in row):
        return 1
    return _above_figures(rows)


def _above_figures(rows: Sequence[Sequence[str]]) -> int:
    """How many rows stand as words above columns of figures, whatever the words: 镇 | 今年任务 | 5月底播了."""
    first = rows[0] if rows else ()
    if any(_VALUE.match(text) and not _YEAR.match(text) for text in first) or not all(map(_may_head, first)):
        return 0
    if sum(not text for text in first[1:]) * 2 > len(first) - 1:
        return 0
    count = 1
    while count < min(len(rows), _MOST_TITLES) and _sub_heading(rows[count], rows[count - 1]):
        count += 1
    columns = [[text for row in rows[count:] if (text := row[at])] for at in range(1, len(first))]
    figures = sum(2 * sum(_VALUE.match(text) is not None for text in texts) > len(texts) for texts in columns)
    return count if 2 * figures > len(columns) else 0


def _may_head(text: str) -> bool:
    return len(text) <= _LONGEST and _SENTENCE.search(text) is None


def _heads(row: Sequence[str]) -> bool:
    """Whether a row of words may head columns: each has one, or most have and one of them is known."""
    blank = sum(not text for text in row)
    return not blank or (blank * _FEW_BLANK <= len(row) and any(column_role(text) != "other" for text in row))


def _sub_heading(row: Sequence[str], above: Sequence[str]) -> bool:
    """A second heading row stands under spanning headings: it has headings only, and the row above has gaps."""
    if not is_heading_row(row) and not all(len(text) <= 16 and not _FIGURE.search(text) for text in row):
        return False
    gaps = any(not text for text in above) or len(set(above)) < len(above)
    told = [squeeze(text) for text in row if text]
    return gaps and bool(told) and (HeadingRow.of(told).known >= 2 or told_anew(told))


def _spans(rows: list[list[Passage]], header: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Row and column spans of cells whose blank neighbours belong to them; covered places map to (0, 0)."""
    n_cols = len(rows[0]) if rows else 0
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for r in range(header):
        for c in range(n_cols):
            if not rows[r][c] or (r, c) in spans:
                continue
            wide, tall = 1, 1
            if r < header - 1:
                while c + wide < n_cols and not rows[r][c + wide] and rows[r + 1][c + wide] and rows[r + 1][c]:
                    wide += 1
                while wide == 1 and r + tall < header and not rows[r + tall][c]:
                    tall += 1
            spans |= {(r + i, c + j): (0, 0) for i in range(tall) for j in range(wide)}
            spans[r, c] = (tall, wide)
    roles = [column_role("".join(dict.fromkeys(rows[r][c].text for r in range(header)))) for c in range(n_cols)]
    lead = next((c for c, role in enumerate(roles) if role in ("number", "category", "task", "region")), None)
    if header and lead is not None:
        for c, role in enumerate(roles):
            if role not in _GROUPING:
                continue
            owner = -1
            for r in range(header, len(rows)):
                if rows[r][c]:
                    owner = r
                elif owner >= 0 and not rows[r][lead] and any(rows[r]):
                    spans[owner, c] = (r - owner + 1, 1)
                    spans[r, c] = (0, 0)
                else:
                    owner = -1
    return spans


def _spread(rows: list[list[Passage]]) -> list[list[Passage]]:
    """The rows, with upper headings that stand side by side or centred moved over the lower headings they span."""
    for at, (above, below) in enumerate(pairwise(rows[:_MOST_TITLES])):
        if any(_FIGURE.match(cell.text) for cell in below):
            return rows
        upper = _over(above, below)
        if upper is not None:
            return [*rows[:at], *upper, *rows[at + 2 :]]
    return rows


def _over(above: list[Passage], below: list[Passage]) -> list[list[Passage]] | None:
    """Two heading rows with each upper heading where its group begins; ``None`` where that is not to be told."""
    heads, leaves = [cell for cell in above if cell], [cell for cell in below if cell]
    if len(leaves) == len(below):
        begins = centred([cell.text for cell in above], [leaf.text for leaf in leaves])
        if begins is None:
            return None
        upper = [EMPTY] * len(above)
        for head, begin in zip(heads, begins, strict=True):
            upper[begin] = head
        return [upper, below]
    lead = next((c for c, cell in enumerate(below) if cell), 0)
    if len(heads) == len(above) or not all(above[: len(heads)]):
        return None
    laid = spread([head.text for head in heads], [leaf.text for leaf in leaves], lead=lead or None)
    if laid is None or laid.width != len(above):
        return None
    return [laid.upper(heads, EMPTY), laid.lower(leaves, EMPTY)]


def build(
    text: str,
    rows: Sequence[Sequence[Fragments]],
    limits: Limits,
    name: str,
    line: int | None = None,
    *,
    header: int | None = None,
) -> Table:
    """A table from rows of cells, each cell given as source fragments. Rows may differ in length.

    ``header``: how many rows at the top are headings, where the form of the table tells.
    """
    n_cols = max(len(row) for row in rows)
    check_cells(n_cols * len(rows), name, limits)
    passages = [[markup.passage(text, cell) for cell in row] + [EMPTY] * (n_cols - len(row)) for row in rows]
    if header is None:
        passages = _spread([row for row in passages if any(row)])
        header = header_count([[cell.text for cell in row] for row in passages])
    heads = [tuple(squeeze(cell.text) for cell in row) for row in passages[:header]]
    kept = [row for i, row in enumerate(passages) if i < header or tuple(squeeze(c.text) for c in row) not in heads]
    spans = _spans(kept, header)
    cells = []
    for r, row in enumerate(kept):
        for c, passage in enumerate(row):
            tall, wide = spans.get((r, c), (1, 1))
            if tall:
                cells.append(Cell(r, c, passage, tall, wide, r < header, Place(cell=f"r{r + 1}c{c + 1}")))
    return Table(tuple(cells), len(kept), n_cols, header, place=Place(line=line))
