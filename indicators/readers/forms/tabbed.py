"""Tables in plain text whose cells stand on one line, parted by tabs or bars."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout import fields
from indicators.readers.layout.lines import Line
from indicators.readers.layout.numbering import CHAPTERS, numbered
from indicators.readers.layout.pieces import Fragments
from indicators.readers.tables.captions import states_unit
from indicators.readers.tables.heading_row import HeadingRow, is_heading_row
from indicators.readers.tables.headings import column_role
from indicators.schema.source import Table, join

_BARS = 2
"""Bars that a row has at least, none at its ends; rows with bars at their ends are Markdown."""
_LABELLED = re.compile(r"[^：:]{2,12}[：:]")
_SENTENCE = re.compile("[，。；：:]")
_SECTION = re.compile("[\u4e00-\u9fff]{2,8}[:：]?")
_FIGURE = re.compile(r"[-+]?\d[\d,.]*[%％]?")
"""A last cell that is whole: no words go on behind it."""
_LONGEST_SECTION = 24
_CLOSED = 3
"""Characters at most of a last cell that nothing is added to: 达标, 4, 完成."""
_PREFACE = 3
"""Cells that a line above the headings has at most."""


def find_tables(scan: Scan) -> Found:
    """Tables whose cells stand on one line, parted by tabs or bars."""
    found = scan.tables(lambda at: _parted(scan, at, "\t")) if "\t" in scan.text else []
    if "|" not in scan.text:
        return found
    rest = scan.without(found)
    return found + rest.tables(lambda at: _parted(rest, at, "|"))


def _raw(text: str, line: Line) -> tuple[int, int]:
    """The line with the tabs at its ends, which part empty cells."""
    start, end = line.start, line.end
    while start > 0 and text[start - 1] in "\t \u3000":
        start -= 1
    while end < len(text) and text[end] in "\t \u3000":
        end += 1
    return start, end


def _parted(scan: Scan, at: int, mark: str) -> tuple[Table, int] | None:
    """The table of cells parted by ``mark`` that begins at line ``at`` and the line after it."""
    text, every = scan.text, scan.every
    if not _is_row(every[at], mark):
        return None
    rows: list[list[Fragments]] = []
    texts: list[str] = []
    last = here = at
    n_cols = 0
    while here < len(every) and scan.is_free(here):
        line = every[here]
        if _is_row(line, mark) or (rows and line.text.count(mark) >= max(_BARS, n_cols - 2)):
            rows_here = fields.split(text, *_raw(text, line), mark)
            if not rows_here:
                # Quotes with nothing but tabs between them.
                break
            cells = rows_here[0]
            if not rows and _states_unit(text, cells) and here + 1 < len(every) and _is_row(every[here + 1], mark):
                return None
            if rows and _other_table(text, cells, rows, line.text in texts):
                break
            rows.append(cells)
            texts.append(line.text)
            n_cols = max(n_cols, len(cells))
            last = here
        elif line.text:
            # A line end inside a cell: what follows belongs to the row's last cell, if rows go on after it.
            goes_on = here + 1 < len(every) and _is_row(every[here + 1], mark)
            beside = here == last + 1 and bool(rows) and _is_section(text, line, rows[-1], n_cols, goes_on=goes_on)
            if rows and (beside or _is_chapter(every, here, mark)):
                rows.append([[(line.start, line.end)]])
                last = here
                here += 1
                continue
            short = rows and len(rows[-1]) < n_cols
            if here > last + 1 or not rows or not (short or _carries_on(text, every, here, n_cols, mark)):
                break
            rows[-1][-1].append((line.start, line.end))
            last = here
        here += 1
    return (scan.build(rows, at), last + 1) if len(rows) >= 2 or (rows and n_cols >= 4) else None


def _is_section(text: str, line: Line, above: list[Fragments], n_cols: int, *, goes_on: bool) -> bool:
    """妇女保健 on a line of its own below a row that is complete: it heads the rows below and ends no cell.

    ``goes_on``: a row stands right below the line.
    """
    if len(above) < n_cols or not _SECTION.fullmatch(line.text):
        return False
    last = join(text, above[-1]).text
    if goes_on and _FIGURE.fullmatch(last):
        return True
    return line.text[-1] not in ":：" and (len(last) <= _CLOSED or column_role(last) != "other")


def _is_chapter(every: Sequence[Line], at: int, mark: str) -> bool:
    """二、水环境 alone on its line, rows right below it: it heads them and ends no cell."""
    line = every[at]
    number = numbered(line.text) if len(line.text) <= _LONGEST_SECTION else None
    if number is None or number.rank not in CHAPTERS or _SENTENCE.search(line.text):
        return False
    return at + 1 < len(every) and _is_row(every[at + 1], mark)


def _is_row(line: Line, mark: str) -> bool:
    """Whether a line holds cells: a tab parts two, bars between blanks or words part three and more."""
    if mark == "\t":
        return "\t" in line.text
    return line.text.count(mark) >= _BARS and not line.text.startswith(mark)


def _other_table(text: str, cells: list[Fragments], rows: list[list[Fragments]], seen: bool) -> bool:
    """Whether a line of cells begins another table: it heads columns, and not those of the table before it."""
    if seen or (len(rows) < 2 and len(cells) >= len(rows[0]) and not _is_preface(text, rows[0])):
        return False
    words = [join(text, cell).text for cell in cells[:40]]
    if sum(word[:1].isdigit() for word in words) * 3 > len(words):
        return False
    heads = HeadingRow.of(words)
    known = heads.known - heads.roles.count("category")
    return len(words) >= 3 and is_heading_row(words) and known >= 3 and len(set(heads.roles)) >= 3


def _states_unit(text: str, cells: list[Fragments]) -> bool:
    """表一 | 单位：万元 |: a line above the headings that only names the table and states its unit."""
    words = [word for cell in cells if (word := join(text, cell).text)]
    return len(words) <= _PREFACE and any(states_unit(word) for word in words)


def _is_preface(text: str, cells: list[Fragments]) -> bool:
    """填报单位：财务处 <tab> 报送日期：1月10日: a line of labels above the headings, no row of the table."""
    words = [word for cell in cells if (word := join(text, cell).text)]
    return bool(words) and all(_LABELLED.match(word) and column_role(word) == "other" for word in words)


def _carries_on(text: str, every: Sequence[Line], at: int, n_cols: int, mark: str) -> bool:
    """Whether the line after a tabless one is a row of the same table again."""
    if at + 1 >= len(every) or n_cols <= 2:
        return False
    start, end = _raw(text, every[at + 1])
    return text.count(mark, start, end) == n_cols - 1
