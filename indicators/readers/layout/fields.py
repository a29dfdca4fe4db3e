"""Cells of delimited text: quotes may hold delimiters, line ends and doubled quotes."""

from __future__ import annotations

import re

from indicators.readers.layout.pieces import Fragments


def split(text: str, start: int, end: int, delimiter: str) -> list[list[Fragments]]:
    """Rows of cells of ``text[start:end]``; a cell is where its pieces stand. Rows without a word are left out."""
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
