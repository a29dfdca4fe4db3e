"""Characters of a PDF page to lines, lines to reading order, lines to paragraphs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from indicators.readers.layout.numbering import numbered
from indicators.readers.pdf.page import BBox, Char, Printed

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ENDS = ("。", "；", ";", "！", "？", "：", ":", "”", "）", "…")
_GUTTER = 0.85
"""Least width of the gap between two columns of text, in sizes of their type."""
_COLUMN_LINES = 6
"""Fewer lines do not show where a column begins and ends."""
_MAX_LINES = 3_000
"""Pages with more hold no running heads that anyone could read."""
CELL_GAP = 1.3
"""Least width of the gap between two cells of a table without lines."""


class Line(Printed):
    """A stretch of characters on one baseline without a wide gap; ``size`` is the middle one of its type sizes."""

    __slots__ = ()


def _line_from(chars: Sequence[Char]) -> Line:
    """The line of characters that stand in order of their places; at least one."""
    middle = len(chars) // 2
    return Line(
        _line_text(chars),
        chars[0].x0,
        min(char.top for char in chars),
        max(char.x1 for char in chars),
        max(char.bottom for char in chars),
        sorted(char.base for char in chars)[middle],
        sorted(char.size for char in chars)[middle],
    )


def _drawn_together(left: Line, right: Line) -> Line:
    wide = right.x0 - left.x1 > 0.28 * left.size
    return Line(
        f"{left.text}{' ' if wide else ''}{right.text}",
        left.x0,
        min(left.top, right.top),
        max(left.x1, right.x1),
        max(left.bottom, right.bottom),
        left.base,
        left.size,
    )


def _line_text(chars: Sequence[Char]) -> str:
    """The text of characters on one baseline, in order of their places."""
    out: list[str] = []
    last: Char | None = None
    for char in chars:
        if last is not None and char.text != " " and last.text != " " and char.x0 - last.x1 > 0.28 * char.size:
            out.append(" ")
        raised = (
            last is not None
            and char.text.isdigit()
            and char.size < 0.8 * last.size
            and last.base - char.base > 0.2 * last.size
        )
        out.append(char.text.translate(_SUPERSCRIPT) if raised else char.text)
        if not raised:
            last = char
    return "".join(out).strip()


def rows_of(chars: Sequence[Char]) -> list[list[Char]]:
    """Characters by baseline from the top down, each row from left to right, doubled ones once."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: (char.base, char.x0)):
        if rows:
            first = rows[-1][0]
            same = abs(char.base - first.base) <= 0.35 * max(char.size, first.size)
            # A raised exponent comes before the line it belongs to; take the line in.
            if same or (first.size < 0.8 * char.size and char.base - first.base <= 0.5 * char.size):
                rows[-1].append(char)
                if char.size > first.size:
                    rows[-1][0], rows[-1][-1] = char, first
                continue
        rows.append([char])
    for at, row in enumerate(rows):
        row.sort(key=lambda char: char.x0)
        # Programs fake bold type by printing a character twice, a hair apart.
        kept: list[Char] = []
        for char in row:
            doubled = any(char.text == other.text and abs(char.x0 - other.x0) < 0.2 * char.size for other in kept[-2:])
            if not doubled:
                kept.append(char)
        rows[at] = kept
    return rows


def cell_text(chars: Sequence[Char]) -> str:
    """The text of a table cell: its lines, parted by newlines."""
    return "\n".join(text for row in rows_of(chars) if (text := _line_text(row)))


def lines_of(chars: Sequence[Char], gap: float = _GUTTER) -> list[Line]:
    """Lines outside tables; one baseline gives several where a gap is wider than ``gap`` sizes of type."""
    lines: list[Line] = []
    for row in rows_of(chars):
        current: list[Char] = []
        end = 0.0
        for char in row:
            if char.text.isspace():
                continue
            if current and char.x0 - end > gap * char.size:
                lines.append(_line_from(current))
                current = []
            end = max(char.x1, end) if current else char.x1
            current.append(char)
        if current:
            lines.append(_line_from(current))
    return lines


def reading_order(lines: list[Line], width: float, usual: float | None = None) -> list[list[Line]]:
    """Lines in the order in which they are read: one flow, or left and right column between full lines.

    ``usual`` is where most pages of the document part their columns; a page too short to tell follows them.
    """
    at = gutter(lines, width)
    if at is None and usual is not None and _parted(lines, usual):
        at = usual
    if at is None:
        return [_by_rows(lines)]
    flows: list[list[Line]] = []
    left: list[Line] = []
    right: list[Line] = []
    whole: list[Line] = []

    def close_columns() -> None:
        for column in (left, right):
            if column:
                flows.append(list(column))
                column.clear()

    for line in _by_rows(lines):
        if line.x0 < at < line.x1:
            close_columns()
            whole.append(line)
            continue
        if whole:
            flows.append(list(whole))
            whole.clear()
        (left if line.x1 <= at else right).append(line)
    close_columns()
    if whole:
        flows.append(whole)
    return flows


def _by_rows(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (round(line.base, 0), line.x0))


def _parted(lines: list[Line], x: float) -> bool:
    left = sum(1 for line in lines if line.x1 <= x)
    right = sum(1 for line in lines if line.x0 >= x)
    return min(left, right) >= 2 and left + right >= 0.7 * len(lines)


def gutter(lines: list[Line], width: float) -> float | None:
    """Where a page of two columns is parted; ``None`` for a page of one."""
    if len(lines) < 8:
        return None
    size = sorted(line.size for line in lines)[len(lines) // 2]
    best: tuple[int, float] | None = None
    x = 0.35 * width
    while x <= 0.65 * width:
        left = [line for line in lines if line.x1 <= x]
        right = [line for line in lines if line.x0 >= x]
        crossing = len(lines) - len(left) - len(right)
        if min(len(left), len(right)) >= 4 and crossing <= 0.3 * len(lines):
            room = min(line.x0 for line in right) - max(line.x1 for line in left)
            if room >= _GUTTER * size and _fills(left, size) and _fills(right, size):
                score = -crossing
                if best is None or score > best[0]:
                    best = (score, (min(line.x0 for line in right) + max(line.x1 for line in left)) / 2)
        x += max(2.0, width / 200)
    return best[1] if best else None


def _fills(lines: list[Line], size: float) -> bool:
    """Whether lines look like running text: most of them as long as the column is wide, and not short."""
    extent = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    long = sum(1 for line in lines if line.x1 - line.x0 >= 0.75 * extent)
    return extent >= 8 * size and long >= 0.5 * len(lines)


@dataclass(slots=True)
class TextBlock:
    """A paragraph of a page: its lines' text without line breaks inside, and where it stands."""

    page: int
    lines: list[Line]
    rest: list[Line] = field(default_factory=list)
    """What stands in the next column or on the next page."""
    open_end: bool = False
    """Whether it may go on in the next column or on the next page."""
    indented: bool = False
    """Whether its first line begins further right than the column does."""
    centred: bool = False

    @property
    def text(self) -> str:
        """The lines, parted by newlines."""
        return "\n".join(line.text for line in [*self.lines, *self.rest])

    @property
    def box(self) -> BBox:
        """Where the paragraph lies, as far as it is on this page."""
        return (
            min(line.x0 for line in self.lines),
            min(line.top for line in self.lines),
            max(line.x1 for line in self.lines),
            max(line.bottom for line in self.lines),
        )


def usual_margins(flows: Iterable[Sequence[Line]]) -> list[tuple[float, float]]:
    """Left and right margins of the columns of text in a document, the narrowest first."""
    seen: Counter[tuple[int, int]] = Counter()
    for flow in flows:
        if len(flow) >= _COLUMN_LINES:
            seen[round(min(line.x0 for line in flow) / 4), round(max(line.x1 for line in flow) / 4)] += 1
    pairs = [(4.0 * left, 4.0 * right) for (left, right), _ in seen.most_common(8)]
    return sorted(pairs, key=lambda pair: pair[1] - pair[0])


def paragraphs(lines: list[Line], page: int, margins: Sequence[tuple[float, float]] = ()) -> list[TextBlock]:
    """Lines of one flow as paragraphs, told by indents, short last lines, gaps, type sizes and list numbers.

    Few lines do not show where their column begins and ends; ``margins`` are those of the whole document.
    """
    if not lines:
        return []
    lines = joined_rows(lines)
    left = min(line.x0 for line in lines)
    right = max(line.x1 for line in lines)
    size = sorted(line.size for line in lines)[len(lines) // 2]
    for start, end in margins if len(lines) < _COLUMN_LINES else ():
        if start - size <= left and right <= end + size:
            left, right = min(left, start), max(right, end)
            break
    blocks: list[TextBlock] = []
    pitch = _pitch(lines)
    indents = sum(1 for line in lines if line.x0 < left + 0.3 * line.size) >= 0.3 * len(lines)
    indents = indents or len(lines) < _COLUMN_LINES
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        if before is None or _starts(line, before, left, right, pitch, indents):
            blocks.append(TextBlock(page, []))
        blocks[-1].lines.append(line)
    middle = (left + right) / 2
    for block in blocks:
        last = block.lines[-1]
        block.open_end = last.x1 > right - 2.5 * last.size
        block.indented = block.lines[0].x0 > left + 1.2 * last.size
        block.centred = all(
            abs((line.x0 + line.x1) / 2 - middle) < 1.5 * line.size and line.x0 > left + 2 * line.size
            for line in block.lines
        )
    return blocks


def joined_rows(lines: list[Line], gap: float = math.inf) -> list[Line]:
    """Lines in reading order, those on one baseline drawn together where the gap is below ``gap`` sizes of type."""
    out: list[Line] = []
    for line in lines:
        beside = bool(out) and abs(out[-1].base - line.base) < 0.3 * line.size and line.x0 >= out[-1].x1
        if beside and line.x0 - out[-1].x1 < gap * line.size:
            out[-1] = _drawn_together(out[-1], line)
        else:
            out.append(line)
    return out


def _pitch(lines: list[Line]) -> float:
    steps = sorted(after.base - before.base for before, after in pairwise(lines) if after.base > before.base)
    return steps[len(steps) // 3] if steps else 0.0


def _starts(line: Line, before: Line, left: float, right: float, pitch: float, indents: bool) -> bool:
    size = line.size
    if abs(size - before.size) > 0.15 * max(size, before.size):
        return True
    if pitch and line.base - before.base > 1.6 * pitch:
        return True
    full = before.x1 > right - 2 * size
    if indents and abs(line.x0 - before.x0) < 0.3 * size and line.x0 > left + 1.2 * size:
        return True  # two first lines: the one before was a paragraph as wide as the column
    indented = line.x0 > left + 1.2 * size
    if not full:
        # A centred title of two lines: both short, on one axis.
        axis = abs((line.x0 + line.x1) - (before.x0 + before.x1)) < 2 * size
        both_in = line.x0 > left + 3 * size and before.x0 > left + 3 * size
        return not (axis and both_in and not before.text.endswith(_ENDS))
    if indented and before.x0 < line.x0 - 1.2 * size:
        return True
    if numbered(line.text) is not None and (indented or before.text.endswith(_ENDS)):
        return True
    return indented and before.text.endswith(_ENDS)


_PAGE_NUMBER = regex.compile(
    r"^[-—–·\s]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6})\s*页?\s*(?:[/／,，共]\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–·\s]*$",
    regex.IGNORECASE,
)


def running_heads(pages: Sequence[tuple[float, list[Line]]]) -> list[set[int]]:
    """For each page (height, lines) the indices of page numbers and of heads and feet repeated on many pages."""
    seen: dict[tuple[str, int], int] = {}
    margins: list[list[tuple[int, tuple[str, int]]]] = []
    for height, lines in pages:
        found = []
        for at, line in enumerate(lines if len(lines) <= _MAX_LINES else []):
            if line.bottom < 0.11 * height or line.top > 0.89 * height:
                key = (regex.sub(r"\d+", "#", "".join(line.text.split())), round(line.top / 6))
                found.append((at, key))
        margins.append(found)
        for key in {key for _, key in found}:
            seen[key] = seen.get(key, 0) + 1
    drop: list[set[int]] = []
    often = max(3, len(pages) // 2) if len(pages) > 3 else 3
    for (_, lines), found in zip(pages, margins, strict=True):
        gone = {at for at, key in found if seen[key] >= often}
        for at, _ in found:
            line = lines[at]
            if not _PAGE_NUMBER.match(line.text):
                continue
            alone = not any(
                other is not line and abs(other.base - line.base) < 0.5 * line.size and at not in gone
                for other in lines
            )
            if alone:
                gone.add(at)
        drop.append(gone)
    return drop
