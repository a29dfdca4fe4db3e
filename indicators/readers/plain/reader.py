"""Plain text and Markdown: front matter, tables in every form, and the paragraphs between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from indicators.readers.files.encoding import decode
from indicators.readers.flattened.find import find_tables as find_flattened
from indicators.readers.forms import (
    aligned,
    anchored,
    barred,
    bodied,
    boxed,
    cards,
    celled,
    columned,
    evened,
    fitted,
    goals,
    keyed,
    labelled,
    laidout,
    legends,
    markdown,
    marked,
    markup_tables,
    records,
    shared,
    spaced,
    streamed,
    tabbed,
    unheaded,
)
from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout import lines, paragraphs
from indicators.readers.layout.lines import Line
from indicators.readers.layout.title import mark_title
from indicators.readers.plain import poured
from indicators.readers.tables.captions import caption_below
from indicators.schema.source import Block, Paragraph, Place, Source, Table
from indicators.settings import Limits

_FRONT = re.compile(r"\ufeff?\s*---[ \t]*\r?\n(.{0,20000}?\n)---[ \t]*(?:\r?\n|$)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_][\w-]{0,40}):[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)
FORMS = (
    markup_tables,
    boxed,
    barred,
    markdown,
    tabbed,
    marked,
    legends,
    keyed,
    cards,
    shared,
    celled,
    columned,
    laidout,
    aligned,
    anchored,
    goals,
    streamed,
    labelled,
    spaced,
    unheaded,
    bodied,
    records,
)
"""Modules whose ``find_tables(scan)`` knows one form of table each; what is surest comes first and takes its lines."""
LOOSE = (shared, celled, columned, laidout, aligned, anchored, goals, streamed, spaced, bodied)
"""Forms that may take other lines for a table, or deal its cells wrongly: another reading may fit better."""


def _front_matter(text: str) -> tuple[int, dict[str, str]]:
    """Where the text begins after a front matter between ``---`` lines, and the plain fields in it."""
    found = _FRONT.match(text)
    if not found:
        return 0, {}
    fields = {key.lower(): value.strip("\"'") for key, value in _FIELD.findall(found[1])}
    return (found.end(), fields) if fields else (0, {})


def source_from_text(text: str, name: str, limits: Limits, form: str = "txt") -> Source:
    """A document from its text; offsets are into ``text``. Raises as :func:`lines.check_limits` does."""
    lines.check_limits(text, name, limits)
    begin, meta = _front_matter(text)
    every = poured.cut(lines.split(text, begin))
    blocks, warnings = _blocks(text, every, limits, name)
    title = meta.get("title") or None
    head = [block for block in takewhile(_is_paragraph, blocks[:3]) if isinstance(block, Paragraph)]
    if title is None:
        marked, title = mark_title(head)
        blocks = [*marked, *blocks[len(head) :]]
    return Source(name, text, tuple(blocks), form, title, None, "", tuple(warnings), meta)


def _is_paragraph(block: Block) -> bool:
    return isinstance(block, Paragraph)


def _blocks(text: str, every: Sequence[Line], limits: Limits, name: str) -> tuple[list[Block], list[str]]:
    tables: Found = []
    scan = Scan(text, every, limits, name)
    loose: Found = []
    for form in FORMS:
        found = form.find_tables(scan)
        tables += found
        loose += found if form in LOOSE else []
        scan = scan.without(found)
    tables = _fitted(scan, tables, loose)
    tables += _evened(scan, tables)
    warnings: list[str] = []
    blocks: list[Block] = []
    at = 0
    for first, after, table in sorted(tables, key=lambda found: found[0]):
        _between(text, every[at:first], blocks, warnings, limits, name)
        blocks.append(_captioned(table, blocks))
        at = after
    _between(text, every[at:], blocks, warnings, limits, name)
    return blocks, warnings


def _evened(scan: Scan, tables: Found) -> Found:
    """The tables of cells on lines of their own that only their shape tells, where no flattened table stands."""
    found = evened.find_tables(scan.without(tables))
    if not found:
        return found
    places = sorted((first, after) for first, after, _ in tables)
    begins, ends = [0, *(after for _, after in places)], [*(first for first, _ in places), len(scan.every)]
    flat = [
        (begin + first, begin + after)
        for begin, end in zip(begins, ends, strict=True)
        for first, after, _ in find_flattened(scan.text, scan.every[begin:end], scan.limits, scan.name).tables
    ]
    return [one for one in found if not any(first < one[1] and one[0] < after for first, after in flat)]


def _fitted(scan: Scan, tables: Found, loose: Found) -> Found:
    """The tables with those dealt out by what fits, where they fit better than a loose form or what is flattened."""
    loose = fitted.doubtful(loose)
    sure = [one for one in tables if one not in loose]
    free = replace(scan, taken=scan.taken.difference(*(range(first, after) for first, after, _ in loose)))
    for first, after, table in fitted.find_tables(free):
        begin = max((end for _, end, _ in sure if end <= first), default=0)
        end = min((start for start, _, _ in sure if start >= after), default=len(scan.every))
        beside = find_flattened(scan.text, scan.every[begin:end], scan.limits, scan.name).tables
        flat = [table for start, stop, table in beside if begin + start < after and begin + stop > first]
        rivals = [one for one in loose if one in tables and one[0] < after and one[1] > first]
        read = [table for _, _, table in rivals]
        better = fitted.is_better(table, flat) and fitted.is_better(table, read)
        if better and all(first <= one[0] for one in rivals):
            tables = [*(one for one in tables if one not in rivals), (first, after, table)]
    return tables


def _between(
    text: str, part: Sequence[Line], blocks: list[Block], warnings: list[str], limits: Limits, name: str
) -> None:
    """Appends what stands between tables of ruled text: flattened tables where there are any, and paragraphs."""
    if not any(line.text for line in part):
        return
    found = find_flattened(text, part, limits, name)
    warnings += found.warnings
    at = 0
    for first, after, table in found.tables:
        blocks += paragraphs.build(text, found.outside(part[at:first]))
        blocks.append(_captioned(table, blocks))
        at = after
    blocks += paragraphs.build(text, found.outside(part[at:]))


def _captioned(table: Table, blocks: Sequence[Block]) -> Table:
    """The table with the caption that ``blocks``, all before it, end on, and its number among them."""
    count = sum(isinstance(block, Table) for block in blocks) + 1
    return replace(table, caption=caption_below(blocks), place=Place(table=count, line=table.place.line))


def read_txt(data: bytes, name: str, limits: Limits) -> Source:
    """Reads a ``.txt`` file of any encoding."""
    return _read(data, name, limits, "txt")


def read_md(data: bytes, name: str, limits: Limits) -> Source:
    """Reads a ``.md`` file of any encoding."""
    return _read(data, name, limits, "md")


def _read(data: bytes, name: str, limits: Limits, form: str) -> Source:
    decoded = decode(data, name)
    return replace(source_from_text(decoded.text, name, limits, form), encoding=decoded.encoding)
