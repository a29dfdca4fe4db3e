"""Layouts that tell a cell by where it stands: on its line, between marks, or in a box."""

from __future__ import annotations

import re

from benchmarks.layouts.sheet import Row, Sheet, aligned_lines, filled, layout, padded
from indicators.readers.layout.lines import width


def _joined(name: str, cell: str, row: str = "\n", *, blanks: str | None = "") -> None:
    """A layout that only joins cells and rows; blank cells are left out where ``blanks`` is ``None``."""

    def write(sheet: Sheet) -> str:
        heads = [filled(line, None if blanks else blanks) for line in sheet.heads]
        return row.join(cell.join(line) for line in [*heads, *(filled(line, blanks) for line in sheet.rows)])

    write.__name__ = name
    layout(write)


_joined("tab", "\t")
_joined("tab_double", "\t\t")
_joined("tab_gaplines", "\t", "\n\n")
_joined("tab_cellbreak", "\t\n")
_joined("tab_lost", "\t", blanks=None)
_joined("blank1", " ", blanks=None)
_joined("blank1_dash", " ", blanks="—")
_joined("blank3", "   ", blanks=None)
_joined("blank_wide", "\u3000", blanks=None)
_joined("blank_em", "\u2003", blanks=None)
_joined("blank_hard", "\xa0\xa0", blanks=None)
_joined("blank_lines", " ", "\n\n", blanks=None)
_joined("poured", " ", " ", blanks=None)
_joined("cell_line", "\n", blanks=None)
_joined("cell_line_dash", "\n", blanks="—")
_joined("cell_line_slash", "\n", blanks="/")
_joined("cell_line_blank", "\n")
_joined("cell_line_space", "\n", blanks="\u3000")
_joined("cell_rowgap", "\n", "\n\n", blanks=None)
_joined("cell_gap", "\n\n", "\n\n", blanks=None)
_joined("cell_gap3", "\n\n", "\n\n\n", blanks=None)
_joined("bars", "|")
_joined("bars_spaced", " | ")
_joined("bars_wide", "｜")
_joined("commas", ",")
_joined("commas_wide", "，", blanks=None)
_joined("semicolons", ";")
_joined("slashes", "／")
_joined("dunhao", "、", blanks=None)
_joined("dots", "……", blanks=None)


@layout
def cell_bar(sheet: Sheet) -> str:
    """A cell a line, closed by a bar."""
    return "\n".join(cell + "|" for row in sheet.every for cell in row)


@layout
def cell_bar_apart(sheet: Sheet) -> str:
    """The same with a blank before the bar, headings and cells that span others printed once."""
    return "\n".join(f"{cell} |".strip() for row in _dashed(sheet) for cell in row if cell)


def _dashed(sheet: Sheet) -> list[Row]:
    """Headings without blanks, and rows whose blank cells but the first are dashes."""
    heads = [[cell for cell in row if cell] for row in sheet.heads]
    return [*heads, *([row[0], *(cell or "/" for cell in row[1:])] for row in sheet.rows)]


@layout
def aligned(sheet: Sheet) -> str:
    """Columns under each other by blanks."""
    return "\n".join(aligned_lines(sheet))


@layout
def aligned_right(sheet: Sheet) -> str:
    """Figures end under each other."""
    return "\n".join(aligned_lines(sheet, "right"))


@layout
def aligned_centre(sheet: Sheet) -> str:
    """Cells in the middle of their columns."""
    return "\n".join(aligned_lines(sheet, "centre"))


@layout
def aligned_ruled(sheet: Sheet) -> str:
    """A line of strokes above and below the headings and at the end."""
    lines = aligned_lines(sheet)
    rule = "-" * max(map(width, lines))
    n = len(sheet.heads)
    return "\n".join([rule, *lines[:n], rule, *lines[n:], rule])


@layout
def aligned_by_length(sheet: Sheet) -> str:
    """Columns under each other where a wide character counts as one."""
    sizes = [max(len(row[col]) for row in sheet.every) + 3 for col in range(len(sheet.heads[0]))]
    return "\n".join(
        "".join(cell.ljust(size) for cell, size in zip(row, sizes, strict=True)).rstrip() for row in sheet.every
    )


def _halves(cell: str) -> tuple[str, str]:
    return (cell[: (len(cell) + 1) // 2], cell[(len(cell) + 1) // 2 :]) if len(cell) > 5 else (cell, "")


@layout
def aligned_name_wrapped(sheet: Sheet) -> str:
    """A long name goes on in the next line, the figures beside its first."""
    return _wrapped(sheet, 0)


@layout
def aligned_name_wrapped_low(sheet: Sheet) -> str:
    """A long name goes on in the next line, the figures beside its last."""
    return _wrapped(sheet, 1)


@layout
def aligned_name_around(sheet: Sheet) -> str:
    """The halves of a long name stand above and below the line of its figures."""
    return _wrapped(sheet, 2)


def _wrapped(sheet: Sheet, how: int) -> str:
    rows: list[Row] = []
    for row in sheet.rows:
        first, rest = _halves(row[sheet.named])
        above = [first if col == sheet.named else "" for col in range(len(row))]
        below = [rest if col == sheet.named else "" for col in range(len(row))]
        own = [cell if col != sheet.named else "" for col, cell in enumerate(row)]
        if not rest:
            rows.append(row)
        elif how == 0:
            rows += [[a or b for a, b in zip(above, own, strict=True)], below]
        elif how == 1:
            rows += [above, [a or b for a, b in zip(below, own, strict=True)]]
        else:
            rows += [above, own, below]
    return "\n".join(aligned_lines(Sheet(sheet.name, "", sheet.heads, rows, sheet.pairs, sheet.named)))


@layout
def aligned_head_wrapped(sheet: Sheet) -> str | None:
    """Headings broken over two lines, above columns under each other."""
    if len(sheet.heads) > 1:
        return None
    halves = [(h[: (len(h) + 1) // 2], h[(len(h) + 1) // 2 :]) for h in sheet.heads[0]]
    rows = [[a for a, _ in halves], [b for _, b in halves], *sheet.rows]
    sizes = [max(width(row[col]) for row in rows) + 3 for col in range(len(halves))]
    return "\n".join("".join(padded(c, s) for c, s in zip(row, sizes, strict=True)).rstrip() for row in rows)


@layout
def head_wrapped(sheet: Sheet) -> str | None:
    """Headings broken over two lines, single blanks between cells."""
    if len(sheet.heads) > 1:
        return None
    first, rest = [h[:2] for h in sheet.heads[0]], [h[2:] for h in sheet.heads[0]]
    return "\n".join(" ".join(filled(row, None)) for row in [first, rest, *sheet.rows])


@layout
def cell_wrapped(sheet: Sheet) -> str:
    """A cell a line, long cells broken over two lines as a narrow column breaks them."""
    return "\n".join(part for row in sheet.every for cell in row for part in _folded(cell, 6))


def _folded(cell: str, size: int) -> list[str]:
    return [cell[i : i + size] for i in range(0, len(cell), size)]


@layout
def cell_head_wrapped(sheet: Sheet) -> str:
    """A cell a line, headings broken over two lines."""
    heads = [part for row in sheet.heads for cell in row for part in _folded(cell, 4)]
    return "\n".join([*heads, *(cell for row in sheet.rows for cell in row if cell)])


@layout
def cell_page(sheet: Sheet) -> str:
    """A cell a line, with a page number in the middle of a row."""
    lines = [cell for row in sheet.every for cell in row if cell]
    middle = len(lines) * 3 // 5
    return "\n".join([*lines[:middle], "— 2 —", *lines[middle:]])


@layout
def head_cells_rows_lines(sheet: Sheet) -> str:
    """A heading a line, then a row a line."""
    heads = [cell for row in sheet.heads for cell in row if cell]
    return "\n".join([*heads, *(" ".join(filled(row, None)) for row in sheet.rows)])


@layout
def name_line_figures_line(sheet: Sheet) -> str:
    """The name on a line of its own, the rest of the row on the next."""
    rows = [
        " ".join(filled(row[: sheet.named + 1], None)) + "\n" + " ".join(filled(row[sheet.named + 1 :], None))
        for row in sheet.rows
    ]
    return "\n".join([*(" ".join(filled(row, None)) for row in sheet.heads), *rows])


@layout
def figures_of_row_on_line(sheet: Sheet) -> str:
    """Words on lines of their own, neighbouring figures on one: what some converters make of a table."""
    lines = [cell for row in sheet.heads for cell in row if cell]
    for row in sheet.rows:
        run: Row = []
        for cell in [*filled(row, None), "."]:
            if re.fullmatch(r"[≥≤]?-?[\d.,%]*\d[\d.,%]*", cell):
                run.append(cell)
                continue
            lines += [" ".join(run)] if run else []
            lines += [cell] if cell != "." else []
            run = []
    return "\n".join(lines)


def _boxed(sheet: Sheet, bar: str, corners: tuple[str, str, str], stroke: str, ruled: bool) -> str:
    sizes = [max(width(row[col]) for row in sheet.every) + 2 for col in range(len(sheet.heads[0]))]

    def rule(ends: str) -> str:
        return ends[0] + ends[1].join(stroke * size for size in sizes) + ends[2]

    lines = [
        bar + bar.join(" " + padded(c, s - 1) for c, s in zip(row, sizes, strict=True)) + bar for row in sheet.every
    ]
    between = "\n" + rule(corners[1]) + "\n" if ruled else "\n"
    n = len(sheet.heads)
    body = "\n".join(lines[:n]) + "\n" + rule(corners[1]) + "\n" + between.join(lines[n:])
    return rule(corners[0]) + "\n" + body + "\n" + rule(corners[2])


@layout
def ascii_box(sheet: Sheet) -> str:
    """Drawn by plus signs, strokes and bars."""
    return _boxed(sheet, "|", ("+++", "+++", "+++"), "-", True)


@layout
def drawn_box(sheet: Sheet) -> str:
    """Drawn by the characters for boxes."""
    return _boxed(sheet, "│", ("┌┬┐", "├┼┤", "└┴┘"), "─", True)


@layout
def drawn_box_unruled(sheet: Sheet) -> str:
    """The same without rules between rows."""
    return _boxed(sheet, "┃", ("┏┳┓", "┣╋┫", "┗┻┛"), "━", False)


@layout
def bars_at_ends(sheet: Sheet) -> str:
    """Bars between cells and at both ends."""
    return "\n".join("|" + "|".join(row) + "|" for row in sheet.every)


@layout
def markdown(sheet: Sheet) -> str:
    """A Markdown table; the headings of a second line are its first row."""
    rows = ["| " + " | ".join(row) + " |" for row in sheet.every]
    return "\n".join([rows[0], "|" + " --- |" * len(sheet.heads[0]), *rows[1:]])


@layout
def commas_quoted(sheet: Sheet) -> str:
    """Comma-separated values in quotes."""
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in sheet.every)
