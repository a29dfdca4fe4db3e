"""Layouts by columns, labels, sentences and markup, and what pages put between the rows."""

from __future__ import annotations

import html
import re

from benchmarks.layouts.sheet import Row, Sheet, aligned_lines, filled, layout


@layout
def columned(sheet: Sheet) -> str:
    """A column after the other, a cell a line, a blank line between columns."""
    return "\n\n".join("\n".join(col) for col in _columns(sheet))


@layout
def columned_closed(sheet: Sheet) -> str:
    """A column after the other, a cell a line."""
    return "\n".join("\n".join(col) for col in _columns(sheet))


@layout
def columned_lines(sheet: Sheet) -> str:
    """A column a line."""
    return "\n".join(" ".join(col) for col in _columns(sheet))


@layout
def turned_tabs(sheet: Sheet) -> str:
    """Rows and columns changed, by tabs."""
    return "\n".join("\t".join(col) for col in _columns(sheet, ""))


def _columns(sheet: Sheet, blank: str = "—") -> list[Row]:
    return [[head, *(row[col] or blank for row in sheet.rows)] for col, head in enumerate(sheet.flat)]


def _labelled(sheet: Sheet, each: str, cell: str, row: str) -> str:
    return row.join(
        cell.join(each.format(head, told) for head, told in zip(sheet.flat, line, strict=True) if told)
        for line in sheet.rows
    )


@layout
def labelled_line(sheet: Sheet) -> str:
    """Each cell behind its heading, a row a line."""
    return _labelled(sheet, "{}：{}", "；", "\n")


@layout
def labelled_blanks(sheet: Sheet) -> str:
    """The same with blanks between."""
    return _labelled(sheet, "{}：{}", " ", "\n")


@layout
def labelled_cards(sheet: Sheet) -> str:
    """The same with a line for each cell."""
    return _labelled(sheet, "{}：{}", "\n", "\n\n")


@layout
def labelled_brackets(sheet: Sheet) -> str:
    """Headings in brackets before their cells."""
    return _labelled(sheet, "【{}】{}", "", "\n")


def _told(sheet: Sheet, opening: str, first: str, between: str, second: str) -> str:
    """Each target and actual told behind the row's name and their headings."""
    heads = sheet.flat
    lines = []
    for row in sheet.rows:
        for t, a in sheet.pairs:
            if row[t] and row[a]:
                lines.append(f"{row[sheet.named]}{opening}{heads[t]}{first}{row[t]}{between}{heads[a]}{second}{row[a]}")
    return "\n".join(lines)


@layout
def told_colon(sheet: Sheet) -> str:
    """Name: target and actual with their headings before them."""
    return _told(sheet, "：", "", "，", "")


@layout
def told_comma(sheet: Sheet) -> str:
    """The same with commas and colons."""
    return _told(sheet, "，", "：", "，", "：")


@layout
def told_brackets(sheet: Sheet) -> str:
    """The same with the figures in brackets."""
    return _told(sheet, "（", "", "，", "").replace("\n", "）\n") + "）"


@layout
def html_line(sheet: Sheet) -> str:
    """Table rows and cells of HTML without the page around them."""
    return "".join("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in row) + "</tr>" for row in _padded(sheet))


@layout
def html_lines(sheet: Sheet) -> str:
    """The same with a line for each cell."""
    return "\n".join(
        "<tr>\n" + "\n".join(f"<td>{html.escape(c)}</td>" for c in row) + "\n</tr>" for row in _padded(sheet)
    )


def _padded(sheet: Sheet) -> list[Row]:
    return [sheet.flat, *sheet.rows]


@layout
def html_spans(sheet: Sheet) -> str:
    """A whole table of HTML, group headings over their columns."""
    lines = []
    for at, row in enumerate(sheet.heads):
        cells = []
        for head, cols in sheet.groups() if at == 0 else [(h, [c]) for c, h in enumerate(row) if h]:
            down = ' rowspan="2"' if at == 0 and len(sheet.heads) > 1 and not sheet.heads[1][cols[0]] else ""
            over = f' colspan="{len(cols)}"' if len(cols) > 1 and not down else ""
            cells.append(f"<td{down}{over}>{html.escape(head)}</td>")
        lines.append("<tr>" + "".join(cells) + "</tr>")
    lines += ["<tr>" + "".join(f"<td>{html.escape(c) or '&nbsp;'}</td>" for c in row) + "</tr>" for row in sheet.rows]
    return "<table>\n" + "\n".join(lines) + "\n</table>"


@layout
def page_break(sheet: Sheet) -> str:
    """A page number between rows."""
    lines = [" ".join(filled(row, None)) for row in sheet.every]
    middle = len(sheet.heads) + 2
    return "\n".join([*lines[:middle], "", "- 3 -", "", *lines[middle:]])


@layout
def page_break_aligned(sheet: Sheet) -> str:
    """A page number and the headings once more between rows whose columns stand under each other."""
    lines = aligned_lines(sheet)
    n = len(sheet.heads)
    return "\n".join([*lines[: n + 2], "", " " * 20 + "第 1 页 共 2 页", "", *lines[:n], *lines[n + 2 :]])


@layout
def continued_tabs(sheet: Sheet) -> str:
    """A table by tabs continued under its headings once more."""
    lines = ["\t".join(row) for row in sheet.every]
    n = len(sheet.heads)
    return "\n".join([*lines[: n + 2], "（续表）", *lines[:n], *lines[n + 2 :]])


@layout
def note_between(sheet: Sheet) -> str:
    """A note between rows."""
    heads = [" ".join(filled(row, None)) for row in sheet.heads]
    lines = [*heads, *(" ".join(filled(row, "—")) for row in sheet.rows)]
    middle = len(sheet.heads) + 2
    return "\n".join([*lines[:middle], "（以上两项含上年结转部分）", *lines[middle:]])


@layout
def note_between_aligned(sheet: Sheet) -> str:
    """A note between rows whose columns stand under each other."""
    lines = aligned_lines(sheet, "right")
    middle = len(sheet.heads) + 2
    return "\n".join([*lines[:middle], "  注：上述两项为快报数。", *lines[middle:]])


@layout
def spaced_heads(sheet: Sheet) -> str:
    """Short headings spread by wide blanks, columns under each other."""
    heads = [["\u3000".join(h) if len(h) == 2 else h for h in row] for row in sheet.heads]
    return "\n".join(aligned_lines(Sheet(sheet.name, "", heads, sheet.rows, sheet.pairs, sheet.named)))


@layout
def spaced_thousands(sheet: Sheet) -> str:
    """Thousands apart by a blank, cells by three."""
    rows = [[re.sub(r"(?<![\d.])(\d{1,2})(\d{3})(?!\d)", r"\1 \2", cell) for cell in row] for row in sheet.rows]
    heads = ["   ".join(filled(row, None)) for row in sheet.heads]
    return "\n".join([*heads, *("   ".join(filled(row, "—")) for row in rows)])


@layout
def two_up(sheet: Sheet) -> str | None:
    """Two rows side by side under headings told twice."""
    if len(sheet.heads) > 1:
        return None
    half = (len(sheet.rows) + 1) // 2
    blank = [""] * len(sheet.heads[0])
    right = [*sheet.rows[half:], blank][:half]
    rows = [[*a, *b] for a, b in zip(sheet.rows[:half], right, strict=True)]
    return "\n".join("\t".join(row) for row in [sheet.heads[0] * 2, *rows])


def _stacked(sheet: Sheet, beside: int) -> list[Row] | None:
    """Rows and columns changed: what is measured, its stages under each other, and a column for each row."""
    groups = [(head, cols) for head, cols in sheet.groups() if len(cols) > 1]
    if len(sheet.heads) == 1 or len(groups) < 2 or {a for _, a in sheet.pairs} != {g[1][1] for g in groups}:
        return None
    rows = [["项目", "类别", *(row[0] for row in sheet.rows)]]
    for head, cols in groups:
        for at, col in enumerate(cols):
            rows.append([head if at == beside else "", sheet.heads[1][col], *(row[col] for row in sheet.rows)])
    return rows


@layout
def stacked_tabs(sheet: Sheet) -> str | None:
    """Target, actual and rate of one thing under each other, by tabs."""
    rows = _stacked(sheet, 0)
    return "\n".join("\t".join(row) for row in rows) if rows else None


@layout
def stacked_aligned(sheet: Sheet) -> str | None:
    """The same, columns under each other, the name beside the middle line."""
    rows = _stacked(sheet, 1)
    return "\n".join(aligned_lines(Sheet("", "", rows[:1], rows[1:], [], 0), "right")) if rows else None


@layout
def stacked_blanks(sheet: Sheet) -> str | None:
    """The same with single blanks, the name beside the first line."""
    rows = _stacked(sheet, 0)
    return "\n".join(" ".join(filled(row, None)) for row in rows) if rows else None


@layout
def numbered_lines(sheet: Sheet) -> str:
    """Rows as numbered items with the figures behind dashes."""
    lines = []
    for at, row in enumerate(sheet.rows, 1):
        told = [f"{sheet.flat[c]}{row[c]}" for pair in sheet.pairs for c in pair if row[c]]
        lines.append(f"{at}. {row[sheet.named]}——{'，'.join(told)}" if told else row[0])
    return "\n".join(lines)
