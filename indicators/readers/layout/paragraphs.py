"""Lines to paragraphs: lines broken in mid-sentence joined, headings and numbered items told apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from indicators.readers.layout import continuation, markup
from indicators.readers.layout.lines import Line
from indicators.readers.layout.numbering import Numbered, Numbers, levels, numbered
from indicators.readers.layout.title import names_kind
from indicators.schema.source import Paragraph, ParagraphKind, Place

_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_BULLET = re.compile(r"[-*+•·▪■◆●○★☆▲△]\s*(?=\S)")
_LABELLED = re.compile(r"[^：:，,。；;\s]{2,16}[：:]\s*\S*\d")
_COUNTED = re.compile(r"(\d{1,3})\s+(?=[\u4e00-\u9fff])")
_RULED = re.compile(r"[-—–―─━_=＝*＊]{4,}|(?:[-—─*＊=][ 　]){3,}[-—─*＊=]")
"""A line drawn across the page; words.is_rule knows those among words, where four dashes stand for no figure."""
_HEADING_CHARS = 40
_LAST_HEADING_RANK = 7
"""What ranks lower (一是, 第一，) stands in front of items alone."""
_RUN = 3
"""Lines of one form that make a list of them."""


def _labelled(lines: Sequence[Line]) -> set[int]:
    """Runs of "label：figure" lines."""
    return _in_runs(lines, lambda _, text: 0 if _LABELLED.match(text) else None)


def _counting(lines: Sequence[Line]) -> set[int]:
    """Runs of lines that count on with a bare number: 1 新建, 2 改造, 3 修缮."""
    return _in_runs(lines, lambda at, text: int(found[1]) - at if (found := _COUNTED.match(text)) else None)


def _in_runs(lines: Sequence[Line], kin: Callable[[int, str], int | None]) -> set[int]:
    """Places of lines in runs, and of the line behind each run: none goes on with another.

    ``kin`` gives the lines of one run the same number, by their place among the lines that are told and their text.
    """
    filled = [at for at, line in enumerate(lines) if line.text]
    kinds = [kin(i, lines[at].text) for i, at in enumerate(filled)]
    told: set[int] = set()
    for kind, places in groupby(range(len(filled)), kinds.__getitem__):
        run = list(places)
        if kind is not None and len(run) >= _RUN:
            told.update(filled[run[0] : run[-1] + 2])
    return told


def _below_title(lines: Sequence[Line]) -> set[int]:
    """The place of the second line where the first one names the kind of document: 2024年民生工作要点."""
    filled = [at for at, line in enumerate(lines) if line.text][:2]
    if len(filled) < 2 or not names_kind(lines[filled[0]].text):
        return set()
    return set() if re.search("[。，；：:]", lines[filled[0]].text) else {filled[1]}


def _group(lines: Sequence[Line], text: str) -> list[list[Line]]:
    apart = _labelled(lines) | _counting(lines) | _below_title(lines)
    habit = continuation.habits(text, lines)
    ends = _ends(lines, text, habit.soft)
    groups: list[list[Line]] = []
    gap, soft = False, False
    now: continuation.Opened | None = None
    numbers = Numbers()
    for at, line in enumerate(lines):
        if not line.text:
            if habit.soft and continuation.is_soft(text, line):
                soft = True
            else:
                gap = True
            continue
        if _RULED.fullmatch(line.text):
            gap, now = True, None  # a line drawn across the page ends what stands above it
            continue
        found = numbers.of(line.text)
        special = found or at in apart or _MARKDOWN_HEADING.match(line.text) or _BULLET.match(line.text)
        if now is not None and not special and continuation.goes_on(now, line, gap, soft, habit):
            groups[-1].append(line)
            now.take(line)
        else:
            groups.append([line])
            now = continuation.opened(line, now.last if now else None, gap, found is not None, ends[at])
        gap, soft = False, False
    return groups


def _ends(lines: Sequence[Line], text: str, soft: bool) -> list[bool]:
    """For each line, whether the end of a sentence comes at a line's end before the next blank line."""
    told = [False] * len(lines)
    now = False
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        if line.text:
            now = now or continuation.ends(line.text)
        elif not (soft and continuation.is_soft(text, line)):
            now = False
        told[at] = now
    return told


def kind_of(text: str, found: Numbered | None) -> ParagraphKind:
    """A short numbered line without a sentence is a heading, any other numbered one an item."""
    if found is None:
        return "paragraph"
    rest = text[found.end :]
    short = len(rest) <= _HEADING_CHARS and not re.search(r"[。；;]", rest)
    return "heading" if short and found.rank <= _LAST_HEADING_RANK else "item"


def build(text: str, lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs of these lines, in order. Markup in them is read as layout; levels are those the lines use."""
    made: list[tuple[Paragraph, int | None]] = []
    numbers = Numbers()
    for group in _group(lines, text):
        stretch = [(line.start, line.end) for line in group]
        pieces: list[list[tuple[int, int]]] = [stretch]
        if any(markup.has_markup(text, a, b) for a, b in stretch):
            pieces = [block for a, b in stretch for block in markup.blocks(text, a, b)]
        place = Place(line=group[0].number)
        for piece in pieces:
            passage = markup.passage(text, piece)
            if not passage:
                continue
            if hashes := _MARKDOWN_HEADING.match(text[passage.offsets[0] : passage.offsets[0] + 9]):
                body = passage.slice(len(hashes[1]), len(passage.text))
                if body:
                    found = numbered(body.text)
                    number = found.number if found else None
                    made.append((Paragraph(body, "heading", number, len(hashes[1]), place), None))
                continue
            found = numbers.of(passage.text)
            number = found.number if found else None
            kind = kind_of(passage.text, found)
            made.append((Paragraph(passage, kind, number, 0, place), found.rank if found else None))
    level = levels(rank for _, rank in made if rank is not None)
    return [p if rank is None else replace(p, level=level[rank]) for p, rank in made]
