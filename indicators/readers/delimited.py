"""Tables of delimited text: csv and tsv files, and tab-separated lines inside a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from indicators.errors import ReadError
from indicators.readers import grid, lines
from indicators.readers.encoding import decode
from indicators.readers.grid import Fragments
from indicators.readers.headings import column_role, is_heading_row
from indicators.readers.lines import Line
from indicators.readers.scan import Found, Scan
from indicators.schema.source import Block, Paragraph, Place, Source, Table, join
from indicators.settings import Limits

_BARS = 2
"""Bars that a row has at least, none at its ends; rows with bars at their ends are Markdown."""
_LABELLED = re.compile(r"[^：:]{2,12}[：:]")
_UNIT = re.compile(r"[（(]?单位[：:]")
_PREFACE = 3
"""Cells that a line above the headings has at most."""
_DELIMITERS = ",\t;|，；｜^~"


def _fields(text: str, start: int, end: int, delimiter: str) -> list[list[Fragments]]:
    """Rows of cells of ``text[start:end]``: quotes may hold delimiters, line ends and doubled quotes."""
    rows: list[list[Fragments]] = []
    row: list[Fragments] = []
    at = start
    stops = re.compile(f"[{re.escape(delimiter)}\r\n]")
    while at <= end:
        cell: Fragments = []
        begin = at
        while begin < end and text[begin] in " \u3000\ufeff" and text[begin] != delimiter:
            begin += 1
        if begin < end and text[begin] == '"' and (closed := _quoted(text, begin, end, cell)) is not None:
            at = closed
            found = stops.search(text, at, end)
            stop = found.start() if found else end
        else:
            found = stops.search(text, at, end)
            stop = found.start() if found else end
            cell = [(at, stop)]
        row.append(cell)
        if found is None:
            rows.append(row)
            break
        at = stop + 1
        if text[stop] != delimiter:
            if text[stop] == "\r" and text[at : at + 1] == "\n":
                at += 1
            rows.append(row)
            row = []
            if at >= end:
                break
    return [row for row in rows if any(text[a:b].strip() for cell in row for a, b in cell)]


def _quoted(text: str, begin: int, end: int, cell: Fragments) -> int | None:
    """Fills ``cell`` with the fragments of a quoted field and returns where it ends; ``None`` if it never closes."""
    at = begin + 1
    while True:
        close = text.find('"', at, end)
        if close < 0:
            return None
        if text[close + 1 : close + 2] == '"':
            cell.append((at, close + 1))
            at = close + 2
            continue
        cell.append((at, close))
        return close + 1


def delimiter_of(text: str) -> str:
    """The delimiter that most lines share in the same number, outside quotes; "" where there is none."""
    sample = re.sub(r'"[^"]*"', "", text[:65536]).splitlines()
    sample = [line for line in sample if line.strip()][:200]
    best, best_score = "", 0.0
    for mark in _DELIMITERS:
        counts = Counter(line.count(mark) for line in sample)
        counts.pop(0, None)
        if not counts:
            continue
        common, times = counts.most_common(1)[0]
        # Chinese commas stand in prose too: only a steady count over most lines makes one a delimiter.
        score = times / len(sample) * min(common, 4) * (0.5 if mark in "，；" else 1.0)
        if score > best_score and times * 2 > len(sample):
            best, best_score = mark, score
    return best


def source_from_delimited(text: str, name: str, limits: Limits, form: str, delimiter: str | None = None) -> Source:
    """A csv or tsv document. Title lines above the table become paragraphs."""
    lines.check_limits(text, name, limits)
    delimiter = delimiter or delimiter_of(text)
    if not delimiter:
        from indicators.readers.text import source_from_text

        source = source_from_text(text, name, limits, form)
        warning = "no delimiter was found: read as plain text"
        return Source(name, text, source.blocks, form, source.title, warnings=(*source.warnings, warning))
    rows = _fields(text, 0, len(text), delimiter)
    lead = 0
    while lead < min(len(rows) - 1, 8) and sum(bool(join(text, cell)) for cell in rows[lead]) == 1:
        lead += 1
    if lead == min(len(rows) - 1, 8):
        lead = 0
    blocks: list[Block] = []
    for at, row in enumerate(rows[:lead]):
        passage = join(text, [piece for cell in row for piece in cell])
        blocks.append(Paragraph(passage, "title" if at == 0 else "paragraph", place=Place(line=at + 1)))
    body = rows[lead:]
    if not body:
        raise ReadError("no table was found", path=name, code="R008", hint="the file holds no row of cells")
    title = blocks[0].passage.text if blocks and isinstance(blocks[0], Paragraph) else None
    made = grid.build(text, body, limits, name)
    caption = blocks[0].passage if blocks and isinstance(blocks[0], Paragraph) else made.caption
    blocks.append(Table(made.cells, made.n_rows, made.n_cols, made.header_rows, caption, Place(table=1)))
    return Source(name, text, tuple(blocks), form, title)


def _read(data: bytes, name: str, limits: Limits, form: str) -> Source:
    decoded = decode(data, name)
    # Excel writes the delimiter it used into a first line of its own.
    told = re.match(r"sep=(.)\r?\n", decoded.text)
    source = source_from_delimited(decoded.text, name, limits, form, told[1] if told else None)
    return Source(name, source.text, source.blocks, form, source.title, decoded.encoding, "", source.warnings)


def read_csv(data: bytes, name: str, limits: Limits) -> Source:
    """Reads a ``.csv`` file of any encoding and delimiter."""
    return _read(data, name, limits, "csv")


def read_tsv(data: bytes, name: str, limits: Limits) -> Source:
    """Reads a ``.tsv`` file of any encoding."""
    return _read(data, name, limits, "tsv")


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
            fields = _fields(text, *_raw(text, line), mark)
            if not fields:
                # Quotes with nothing but tabs between them.
                break
            cells = fields[0]
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
            short = rows and len(rows[-1]) < n_cols
            if here > last + 1 or not rows or not (short or _carries_on(every, here, n_cols, mark)):
                break
            rows[-1][-1].append((line.start, line.end))
            last = here
        here += 1
    return (scan.build(rows, at), last + 1) if len(rows) >= 2 or (rows and n_cols >= 4) else None


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
    known = sum(column_role(word) not in ("other", "category") for word in words if word)
    return len(words) >= 3 and is_heading_row(words) and known >= 3 and len({column_role(w) for w in words}) >= 3


def _states_unit(text: str, cells: list[Fragments]) -> bool:
    """表一 | 单位：万元 |: a line above the headings that only names the table and states its unit."""
    words = [word for cell in cells if (word := join(text, cell).text)]
    return len(words) <= _PREFACE and any(_UNIT.match(word) for word in words)


def _is_preface(text: str, cells: list[Fragments]) -> bool:
    """填报单位：财务处 <tab> 报送日期：1月10日: a line of labels above the headings, no row of the table."""
    words = [word for cell in cells if (word := join(text, cell).text)]
    return bool(words) and all(_LABELLED.match(word) and column_role(word) == "other" for word in words)


def _carries_on(every: Sequence[Line], at: int, n_cols: int, mark: str) -> bool:
    """Whether the line after a tabless one is a row of the same table again."""
    return at + 1 < len(every) and every[at + 1].text.count(mark) == n_cols - 1 and n_cols > 2
