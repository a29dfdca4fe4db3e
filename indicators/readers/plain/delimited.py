"""Files of delimited text: csv and tsv."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from indicators.errors import ReadError
from indicators.readers.files.encoding import decode
from indicators.readers.layout import fields, lines
from indicators.readers.plain.reader import source_from_text
from indicators.readers.tables import grid
from indicators.schema.source import Block, Paragraph, Place, Source, Table, join
from indicators.settings import Limits

_DELIMITERS = ",\t;|，；｜^~"


def _delimiter_of(text: str) -> str:
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


def _source_from_delimited(text: str, name: str, limits: Limits, form: str, delimiter: str | None = None) -> Source:
    """A csv or tsv document. Title lines above the table become paragraphs."""
    lines.check_limits(text, name, limits)
    delimiter = delimiter or _delimiter_of(text)
    if not delimiter:
        source = source_from_text(text, name, limits, form)
        warning = "no delimiter was found: read as plain text"
        return Source(name, text, source.blocks, form, source.title, warnings=(*source.warnings, warning))
    rows = fields.split(text, 0, len(text), delimiter)
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
    source = _source_from_delimited(decoded.text, name, limits, form, told[1] if told else None)
    return replace(source, encoding=decoded.encoding)


def read_csv(data: bytes, name: str, limits: Limits) -> Source:
    """Reads a ``.csv`` file of any encoding and delimiter."""
    return _read(data, name, limits, "csv")


def read_tsv(data: bytes, name: str, limits: Limits) -> Source:
    """Reads a ``.tsv`` file of any encoding."""
    return _read(data, name, limits, "tsv")
