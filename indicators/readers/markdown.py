"""Markdown: tables between bars; headings, lists and front matter as in plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indicators.readers import grid
from indicators.readers.encoding import decode
from indicators.readers.grid import Fragments
from indicators.readers.lines import Line
from indicators.schema.source import Source, Table
from indicators.settings import Limits

_RULE = re.compile(r"\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?")
_BAR = re.compile(r"(?<!\\)[|｜]")


def _cells(line: Line) -> list[Fragments]:
    bars = [found.start() for found in _BAR.finditer(line.text)]
    edges = [-1, *bars, len(line.text)]
    spans = [(a + 1, b) for a, b in pairwise(edges)]
    if bars and bars[0] == 0:
        spans = spans[1:]
    if bars and bars[-1] == len(line.text) - 1:
        spans = spans[:-1]
    return [[(line.start + a, line.start + b)] for a, b in spans]


def find_tables(
    text: str, every: Sequence[Line], limits: Limits, name: str, taken: Sequence[tuple[int, int]]
) -> list[tuple[int, int, Table]]:
    """Tables between bars, with or without a ruling line: (first line, line after, table)."""
    tables: list[tuple[int, int, Table]] = []
    at = 0
    while at < len(every):
        if len(_BAR.findall(every[at].text)) < 1:
            at += 1
            continue
        end = at
        while end < len(every) and _BAR.search(every[end].text):
            end += 1
        part = every[at:end]
        ruled = any(_RULE.fullmatch(line.text) and "-" in line.text for line in part)
        bars = [len(_cells(line)) for line in part]
        if len(part) >= 2 and max(bars) >= 2 and (ruled or min(bars) == max(bars) > 2):
            rows = [_cells(line) for line in part if not (_RULE.fullmatch(line.text) and "-" in line.text)]
            if rows:
                tables.append((at, end, grid.build(text, rows, limits, name, every[at].number)))
        at = end
    return tables


def read_md(data: bytes, name: str, limits: Limits) -> Source:
    """Reads a ``.md`` file of any encoding."""
    from indicators.readers.text import source_from_text

    decoded = decode(data, name)
    source = source_from_text(decoded.text, name, limits, "md")
    return Source(
        name, source.text, source.blocks, "md", source.title, decoded.encoding, "", source.warnings, source.meta
    )
