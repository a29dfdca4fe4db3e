"""Tables that go on over a page break: repeated headings dropped, cut rows and merged cells joined."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.readers.pdf.lattice import nearest, snap
from indicators.readers.pdf.tables import PdfCell, PdfTable
from indicators.readers.tables.shape import MAX_HEADER_ROWS, RawCell, compact, header_rows

_TOLERANCE = 6.0
_ENDS = ("。", "；", ";", "！", "？", "：", ":", "√", "）", ")", "%", "％")


def goes_on(upper: PdfTable, lower: PdfTable) -> bool:
    """Whether ``lower``, the first thing on its page, is the rest of ``upper``: their columns stand alike."""
    if upper.ruled is not lower.ruled:
        return False
    if abs(upper.xs[0] - lower.xs[0]) > 2 * _TOLERANCE or abs(upper.xs[-1] - lower.xs[-1]) > 2 * _TOLERANCE:
        return False
    few, many = sorted((upper.xs, lower.xs), key=len)
    alike = sum(1 for x in few if abs(many[nearest(many, x)] - x) <= _TOLERANCE)
    if alike < len(few):
        return False
    if len(few) == len(many) or _repeated_header(upper, lower):
        return True
    # A page on which some columns stay merged shows fewer borders; other headings make another table.
    return len(few) >= 3 and not _own_header(lower)


def _own_header(table: PdfTable) -> bool:
    cells = [RawCell(c.row, c.col, c.text, c.rowspan, c.colspan) for c in table.cells]
    return header_rows(cells) > 0


def _row_texts(table: PdfTable, row: int) -> list[str]:
    return [compact(cell.text) for cell in sorted(table.cells, key=lambda c: c.col) if cell.row == row]


def _repeated_header(upper: PdfTable, lower: PdfTable) -> int:
    """How many rows at the top of ``lower`` repeat those at the top of ``upper``."""
    count = 0
    while count < min(MAX_HEADER_ROWS, upper.n_rows, lower.n_rows - 1):
        texts = _row_texts(upper, count)
        if texts != _row_texts(lower, count) or not any(texts):
            break
        count += 1
    if count and any(cell.row < count < cell.row + cell.rowspan for cell in lower.cells):
        # A heading reaches below the rows that are alike: they are not headings after all.
        return 0
    return count


def stitch(upper: PdfTable, lower: PdfTable) -> PdfTable:
    """One table of two parts; ``upper`` may itself be stitched already."""
    repeated = _repeated_header(upper, lower)
    header = upper.header if upper.header is not None else (repeated or None)
    xs = snap([*upper.xs, *lower.xs], _TOLERANCE)
    above = [_regrid(cell, upper.xs, xs) for cell in upper.cells]
    below = [_regrid(cell, lower.xs, xs) for cell in lower.cells if cell.row >= repeated]
    for cell in below:
        cell.row -= repeated
    last = upper.n_rows - 1
    bottom = [cell for cell in above if cell.row <= last < cell.row + cell.rowspan]
    first = [cell for cell in below if cell.row == 0]
    cut = last >= (header or 1) and _cut_row(bottom, first, [cell for cell in above if cell.row >= (header or 1)])
    shift = upper.n_rows - (1 if cut else 0)
    partners = {(cell.col, cell.colspan): cell for cell in bottom}
    joined: list[PdfCell] = []
    grouped = not cut and _group_goes_on(bottom, first)
    for cell in below:
        partner = partners.get((cell.col, cell.colspan)) if cell.row == 0 else None
        if partner is not None and (cut or (grouped and _held(partner, cell, above, below))):
            if compact(cell.text) and compact(partner.text):
                partner.text = f"{partner.text}\n{cell.text}"
            elif compact(cell.text):
                partner.text, partner.page, partner.box = cell.text, cell.page, cell.box
            partner.rowspan += cell.rowspan - (1 if cut else 0)
            continue
        cell.row += shift
        joined.append(cell)
    inner = [*upper.inner, *lower.inner]
    rows = shift + lower.n_rows - repeated
    return PdfTable(upper.page, xs, rows, [*above, *joined], upper.box, upper.ruled, header, inner=inner)


def _regrid(cell: PdfCell, old: Sequence[float], new: list[float]) -> PdfCell:
    start, end = nearest(new, old[cell.col]), nearest(new, old[cell.col + cell.colspan])
    return PdfCell(cell.row, start, cell.rowspan, max(1, end - start), cell.text, cell.page, cell.box)


def _cut_row(bottom: list[PdfCell], first: list[PdfCell], body: list[PdfCell]) -> bool:
    """Whether the first row below is the rest of the last row above.

    It is when it adds only to cells that already hold something, and one of these breaks off inside a sentence
    or a column that every other row fills is empty. ``body`` are the cells above without headings.
    """
    partners = {(cell.col, cell.colspan): cell for cell in bottom}
    told = [cell for cell in first if compact(cell.text)]
    if not told:
        return False
    pairs = [(partners.get((cell.col, cell.colspan)), cell) for cell in told]
    if any(partner is None or not compact(partner.text) for partner, _ in pairs):
        return False
    if len(told) == len(first) > 1:
        # Every column filled: a new row, unless nothing but broken sentences meets it.
        return all(partner is not None and _broken(partner.text, cell.text) for partner, cell in pairs)
    if any(_always_filled(body, cell.col) for cell in first if not compact(cell.text)):
        return True
    for partner, cell in pairs:
        if partner is not None and _always_filled(body, cell.col) and not _broken(partner.text, cell.text):
            return False
    return any(partner is not None and _broken(partner.text, cell.text) for partner, cell in pairs)


def _broken(upper: str, lower: str) -> bool:
    """Whether a sentence that ``upper`` begins goes on in ``lower``."""
    end = compact(upper)
    start = compact(lower)
    return len(end) > 6 and not end.endswith(_ENDS) and not start[:1].isdigit() and len(start) > 0


def _always_filled(cells: Sequence[PdfCell], col: int) -> bool:
    """Whether every row has a text of its own in this column, as the column of numbers or labels does."""
    own = [cell for cell in cells if cell.col == col and cell.colspan == 1]
    single = [cell for cell in own if cell.rowspan == 1]
    return len(single) >= 2 and len(single) == len(own) and all(compact(cell.text) for cell in own)


def _group_goes_on(bottom: list[PdfCell], first: list[PdfCell]) -> bool:
    """Whether cells merged over rows are cut: the first column is filled above and empty below."""
    leading = [cell for cell in first if cell.col == 0]
    if not leading or compact(leading[0].text):
        return False
    return any(cell.col == 0 and compact(cell.text) for cell in bottom)


def _held(partner: PdfCell, cell: PdfCell, above: Sequence[PdfCell], below: Sequence[PdfCell]) -> bool:
    """Whether a cell belongs to the merged group: empty below, or in a column that is merged as the first one is."""
    if cell.col == 0:
        return True
    lead = {(c.row, c.rowspan) for part in (above, below) for c in part if c.col == 0 and c.rowspan > 1}
    own = {(c.row, c.rowspan) for part in (above, below) for c in part if c.col == cell.col and c.rowspan > 1}
    if not compact(cell.text):
        return bool(lead & own) or (cell.rowspan > 1) or not lead
    return bool(lead & own) and _broken(partner.text, cell.text)
