"""Lines to paragraphs: lines broken in mid-sentence joined, titles, headings and numbered items told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indicators.readers import markup
from indicators.readers.lines import Line, width
from indicators.readers.numbering import Numbered, numbered
from indicators.schema.source import Paragraph, ParagraphKind, Passage, Place

_TERMINAL = re.compile(r"[。！？!?；;：:…][”’」』）)】]*$")
_GOES_ON = re.compile(r"[，,、（(《“‘「『【—-]$")
_CONTINUES = re.compile(r"[，、。；：！？,;）)》”’」』】%％]")
_CLAUSE = re.compile(r"[，。；,;]")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_BULLET = re.compile(r"[-*+•·▪■◆●○★☆▲△]\s*(?=\S)")
_TITLE_WIDTH = 120
_CUT_CHARS = 40
_NO_TITLE = re.compile(r"[。；;：:，,][”’」』）)】]*$|[。；]")
# What stands above a title: an annex's number, who published it and when.
_ABOUT = re.compile(
    r"附[件表]\s*[\d一二三四五六七八九十]*$|（?\d{4}年度?）?$|■|来源|发布|作者|单位[:：]|索引号|日期|[\dA-Za-z./:_?=&<>-]+$"
)
_FIGURES = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.]|[年月日号季届至～~—-])")


def wrap_width(lines: Sequence[Line]) -> int:
    """The width at which the lines were wrapped, 0 where they were not: many lines of nearly the same width."""
    widths = sorted(line.width for line in lines if line.text)
    if len(widths) < 4:
        return 0
    wide = widths[int(len(widths) * 0.9)]
    if wide > 130:
        return 0
    full = sum(wide * 0.88 <= w <= wide * 1.08 for w in widths)
    return wide if full * 10 >= len(widths) * 3 else 0


def _begins(line: Line, previous: int | None) -> Numbered | None:
    return numbered(line.text, previous)


def _leaves_open(lines: Sequence[Line]) -> bool:
    """Whether the writer ends paragraphs without a full stop: then no stop missing tells of a cut sentence."""
    long = [line for line in lines if len(line.text) >= _CUT_CHARS]
    return len(long) >= 3 and sum(_TERMINAL.search(line.text) is None for line in long) * 5 >= len(long) * 2


def _goes_on(before: Line, line: Line, gap: bool, wrap: int, head: Numbered | None, cuts: bool) -> bool:
    """Whether ``line`` carries on the paragraph whose last line is ``before``; ``head`` numbers that paragraph.

    ``cuts``: a long line without a full stop was cut, by a page break most often.
    """
    if _CONTINUES.match(line.text):
        return True
    if _GOES_ON.search(before.text):
        return True
    if _TERMINAL.search(before.text):
        return False
    if line.indent > before.indent + 2 and not gap:
        return False
    if wrap:
        return before.width >= wrap * 0.8
    if head is not None and not _CLAUSE.search(before.text):
        return False
    # Unwrapped text: only a sentence cut by a page break goes on after its line.
    return cuts and len(before.text) >= _CUT_CHARS and _CLAUSE.search(before.text) is not None


def _group(lines: Sequence[Line], text: str) -> list[list[Line]]:
    wrap = wrap_width(lines)
    cuts = not _leaves_open(lines)
    groups: list[list[Line]] = []
    gap = False
    head: Numbered | None = None
    last_number: int | None = None
    for line in lines:
        if not line.text:
            gap = True
            continue
        found = _begins(line, last_number)
        special = found or _MARKDOWN_HEADING.match(line.text) or _BULLET.match(line.text)
        if groups and not special and _goes_on(groups[-1][-1], line, gap, wrap, head, cuts):
            groups[-1].append(line)
        else:
            groups.append([line])
            head = found
            if found is not None and found.rank == 4:
                last_number = found.value
        gap = False
    return groups


def _kind(passage: Passage, found: Numbered | None) -> ParagraphKind:
    if found is None:
        return "paragraph"
    rest = passage.text[found.end :]
    short = len(rest) <= 40 and not re.search(r"[。；;]", rest)
    return "heading" if short and found.rank <= 7 else "item"


def build(text: str, lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs of these lines, in order. Markup in them is read as layout; levels are those the lines use."""
    made: list[tuple[Paragraph, int | None]] = []
    last_number: int | None = None
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
            found = numbered(passage.text, last_number)
            if found is not None and found.rank == 4:
                last_number = found.value
            number = found.number if found else None
            kind = _kind(passage, found)
            made.append((Paragraph(passage, kind, number, 0, place), found.rank if found else None))
    ranks = sorted({rank for _, rank in made if rank is not None})
    return [p if rank is None else replace(p, level=ranks.index(rank) + 1) for p, rank in made]


def mark_title(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], str | None]:
    """The document's title among its first paragraphs: short, unnumbered, no sentence; its lines joined to one.

    Returns the paragraphs with the title marked (kind ``title``) and its text, ``None`` where there is none.
    """
    for at, paragraph in enumerate(paragraphs[:3]):
        body = paragraph.passage.text
        if paragraph.kind == "heading" and paragraph.number is None:
            pass
        elif paragraph.number is not None or _NO_TITLE.search(body) or width(body) > _TITLE_WIDTH:
            return paragraphs, None
        if len(body) < 4 or _ABOUT.match(body) or len(_FIGURES.findall(body)) > 2:
            continue
        passage = paragraph.passage
        taken = at + 1
        while taken < len(paragraphs) and taken - at < 3 and _title_goes_on(paragraphs[taken], passage):
            more = paragraphs[taken].passage
            passage = Passage(passage.text + more.text, (*passage.offsets, *more.offsets))
            taken += 1
        title = replace(paragraph, passage=passage, kind="title", level=0)
        return [*paragraphs[:at], title, *paragraphs[taken:]], passage.text
    return paragraphs, None


def _title_goes_on(paragraph: Paragraph, title: Passage) -> bool:
    """A title printed on two lines: the first names no kind of document yet, the second is short and does."""
    body = paragraph.passage.text
    if paragraph.kind != "paragraph" or paragraph.number or width(body) > 60 or re.search(r"[，。；：:（(]", body):
        return False
    ends = re.compile(r"(?:情况|报告|方案|计划|要点|通报|总结|公报|通知|意见|表|清单|规划|办法|进展|说明|答复|分解)$")
    return ends.search(title.text) is None and ends.search(body) is not None
