"""The ways in which plain text writes a table: each layout makes a text of a :class:`Sheet`, or none."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indicators.readers.layout.lines import width

Row = list[str]
_FRAME = re.compile("[〔〕]")
_NOTHING = ("", "—")


@dataclass(frozen=True)
class Sheet:
    """A table before a layout writes it."""

    name: str
    title: str
    heads: list[Row]
    rows: list[Row]
    pairs: list[list[int]]
    named: int

    @classmethod
    def of(cls, table: dict[str, object]) -> Sheet:
        """From a ``[[table]]`` of tables.toml."""
        head, rows, pairs = table["head"], table["rows"], table["pairs"]
        assert isinstance(head, list)
        assert isinstance(rows, list)
        assert isinstance(pairs, list)
        named = table.get("named", 0)
        assert isinstance(named, int)
        cells = [line.split("|") for line in rows]
        return cls(str(table["name"]), str(table["title"]), [line.split("|") for line in head], cells, pairs, named)

    def plain(self) -> Sheet:
        """The same without the frames that mark figures."""
        rows = [[_FRAME.sub("", cell) for cell in row] for row in self.rows]
        return Sheet(self.name, self.title, self.heads, rows, self.pairs, self.named)

    def wanted(self) -> Counter[tuple[str, str]]:
        """The pairs of target and actual that a reader should find; an actual not given is ``""``."""
        told = [(_figure(row[t]), _figure(row[a])) for row in self.rows for t, a in self.pairs]
        return Counter(pair for pair in told if pair[0])

    @property
    def every(self) -> list[Row]:
        """Headings and rows."""
        return [*self.heads, *self.rows]

    @property
    def flat(self) -> Row:
        """A heading a column: that of the group put before its own."""
        if len(self.heads) == 1:
            return self.heads[0]
        upper = ""
        flat = []
        for above, below in zip(*self.heads, strict=True):
            upper = above or upper
            flat.append(upper + below)
        return flat

    def groups(self) -> list[tuple[str, list[int]]]:
        """The headings of the first line with the columns under each."""
        found: list[tuple[str, list[int]]] = []
        for col, head in enumerate(self.heads[0]):
            if head or not found:
                found.append((head, [col]))
            else:
                found[-1][1].append(col)
        return found


def _figure(cell: str) -> str:
    framed = re.search("〔(.*?)〕", cell)
    found = framed[1] if framed else cell
    return "" if found in _NOTHING else "".join(found.split())


Layout = Callable[[Sheet], str | None]
LAYOUTS: dict[str, Layout] = {}


def layout(write: Layout) -> Layout:
    """Registers ``write`` under its name."""
    LAYOUTS[write.__name__] = write
    return write


def _joined(name: str, cell: str, row: str = "\n", *, blanks: str | None = "") -> None:
    """A layout that only joins cells and rows; blank cells are left out where ``blanks`` is ``None``."""

    def write(sheet: Sheet) -> str:
        heads = [_cells(line, None if blanks else blanks) for line in sheet.heads]
        return row.join(cell.join(line) for line in [*heads, *(_cells(line, blanks) for line in sheet.rows)])

    write.__name__ = name
    layout(write)


def _cells(row: Row, blanks: str | None) -> Row:
    return [cell for cell in row if cell] if blanks is None else [cell or blanks for cell in row]


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


def _widths(sheet: Sheet, apart: int = 3) -> list[int]:
    """Columns wide enough for their own cells (a heading over a group spreads over its columns)."""
    own = [*sheet.heads[-1:], *sheet.rows]
    singles = [[cell if len(cols) == 1 else "" for cell, cols in _spans(sheet)]]
    return [max(width(row[col]) for row in [*own, *singles]) + apart for col in range(len(sheet.heads[0]))]


def _spans(sheet: Sheet) -> Iterator[tuple[str, list[int]]]:
    """For each column, the heading of the first line that begins there and the columns under it."""
    for head, cols in sheet.groups():
        yield head, cols
        yield from (("", [col]) for col in cols[1:])


def _pad(cell: str, size: int, how: str = "left") -> str:
    room = max(0, size - width(cell))
    left = {"left": 0, "right": room, "centre": room // 2}[how]
    return " " * left + cell + " " * (room - left)


def _aligned(sheet: Sheet, how: str = "left") -> list[str]:
    sizes = _widths(sheet)
    lines = []
    if len(sheet.heads) > 1:
        spread = [(head, sum(sizes[col] for col in cols), len(cols)) for head, cols in sheet.groups()]
        lines.append("".join(_pad(head, size, "centre" if n > 1 else how) for head, size, n in spread).rstrip())
    for row in [sheet.heads[-1], *sheet.rows]:
        cells = [
            _pad(cell, size, how if col else "left") for col, (cell, size) in enumerate(zip(row, sizes, strict=True))
        ]
        lines.append("".join(cells).rstrip())
    return lines


@layout
def aligned(sheet: Sheet) -> str:
    """Columns under each other by blanks."""
    return "\n".join(_aligned(sheet))


@layout
def aligned_right(sheet: Sheet) -> str:
    """Figures end under each other."""
    return "\n".join(_aligned(sheet, "right"))


@layout
def aligned_centre(sheet: Sheet) -> str:
    """Cells in the middle of their columns."""
    return "\n".join(_aligned(sheet, "centre"))


@layout
def aligned_ruled(sheet: Sheet) -> str:
    """A line of strokes above and below the headings and at the end."""
    lines = _aligned(sheet)
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
    return "\n".join(_aligned(Sheet(sheet.name, "", sheet.heads, rows, sheet.pairs, sheet.named)))


@layout
def aligned_head_wrapped(sheet: Sheet) -> str | None:
    """Headings broken over two lines, above columns under each other."""
    if len(sheet.heads) > 1:
        return None
    halves = [(h[: (len(h) + 1) // 2], h[(len(h) + 1) // 2 :]) for h in sheet.heads[0]]
    rows = [[a for a, _ in halves], [b for _, b in halves], *sheet.rows]
    sizes = [max(width(row[col]) for row in rows) + 3 for col in range(len(halves))]
    return "\n".join("".join(_pad(c, s) for c, s in zip(row, sizes, strict=True)).rstrip() for row in rows)


@layout
def head_wrapped(sheet: Sheet) -> str | None:
    """Headings broken over two lines, single blanks between cells."""
    if len(sheet.heads) > 1:
        return None
    first, rest = [h[:2] for h in sheet.heads[0]], [h[2:] for h in sheet.heads[0]]
    return "\n".join(" ".join(_cells(row, None)) for row in [first, rest, *sheet.rows])


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
    return "\n".join([*heads, *(" ".join(_cells(row, None)) for row in sheet.rows)])


@layout
def name_line_figures_line(sheet: Sheet) -> str:
    """The name on a line of its own, the rest of the row on the next."""
    rows = [
        " ".join(_cells(row[: sheet.named + 1], None)) + "\n" + " ".join(_cells(row[sheet.named + 1 :], None))
        for row in sheet.rows
    ]
    return "\n".join([*(" ".join(_cells(row, None)) for row in sheet.heads), *rows])


@layout
def figures_of_row_on_line(sheet: Sheet) -> str:
    """Words on lines of their own, neighbouring figures on one: what some converters make of a table."""
    lines = [cell for row in sheet.heads for cell in row if cell]
    for row in sheet.rows:
        run: Row = []
        for cell in [*_cells(row, None), "."]:
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

    lines = [bar + bar.join(" " + _pad(c, s - 1) for c, s in zip(row, sizes, strict=True)) + bar for row in sheet.every]
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
    lines = [" ".join(_cells(row, None)) for row in sheet.every]
    middle = len(sheet.heads) + 2
    return "\n".join([*lines[:middle], "", "- 3 -", "", *lines[middle:]])


@layout
def page_break_aligned(sheet: Sheet) -> str:
    """A page number and the headings once more between rows whose columns stand under each other."""
    lines = _aligned(sheet)
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
    heads = [" ".join(_cells(row, None)) for row in sheet.heads]
    lines = [*heads, *(" ".join(_cells(row, "—")) for row in sheet.rows)]
    middle = len(sheet.heads) + 2
    return "\n".join([*lines[:middle], "（以上两项含上年结转部分）", *lines[middle:]])


@layout
def note_between_aligned(sheet: Sheet) -> str:
    """A note between rows whose columns stand under each other."""
    lines = _aligned(sheet, "right")
    middle = len(sheet.heads) + 2
    return "\n".join([*lines[:middle], "  注：上述两项为快报数。", *lines[middle:]])


@layout
def spaced_heads(sheet: Sheet) -> str:
    """Short headings spread by wide blanks, columns under each other."""
    heads = [["\u3000".join(h) if len(h) == 2 else h for h in row] for row in sheet.heads]
    return "\n".join(_aligned(Sheet(sheet.name, "", heads, sheet.rows, sheet.pairs, sheet.named)))


@layout
def spaced_thousands(sheet: Sheet) -> str:
    """Thousands apart by a blank, cells by three."""
    rows = [[re.sub(r"(?<![\d.])(\d{1,2})(\d{3})(?!\d)", r"\1 \2", cell) for cell in row] for row in sheet.rows]
    heads = ["   ".join(_cells(row, None)) for row in sheet.heads]
    return "\n".join([*heads, *("   ".join(_cells(row, "—")) for row in rows)])


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
    return "\n".join(_aligned(Sheet("", "", rows[:1], rows[1:], [], 0), "right")) if rows else None


@layout
def stacked_blanks(sheet: Sheet) -> str | None:
    """The same with single blanks, the name beside the first line."""
    rows = _stacked(sheet, 0)
    return "\n".join(" ".join(_cells(row, None)) for row in rows) if rows else None


@layout
def numbered_lines(sheet: Sheet) -> str:
    """Rows as numbered items with the figures behind dashes."""
    lines = []
    for at, row in enumerate(sheet.rows, 1):
        told = [f"{sheet.flat[c]}{row[c]}" for pair in sheet.pairs for c in pair if row[c]]
        lines.append(f"{at}. {row[sheet.named]}——{'，'.join(told)}" if told else row[0])
    return "\n".join(lines)
