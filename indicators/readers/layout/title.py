"""A document's title among its first paragraphs."""

from __future__ import annotations

import re
from dataclasses import replace

from indicators.readers.layout.lines import width
from indicators.rulebook import phrase
from indicators.schema.source import Paragraph, Passage

_WIDEST = 120
"""Columns of a title in print at most."""
_NO_TITLE = re.compile(r"[。；;：:，,][”’」』）)】]*$|[。；]")
_FIGURES = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.]|[年月日号季届至～~—-])")


def names_kind(text: str) -> bool:
    """Whether a text ends in the kind of a document, as a whole title does: 2024年民生工作要点."""
    return phrase("sections", "kind_of_document").search(text) is not None


def mark_title(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], str | None]:
    """The document's title among its first paragraphs: short, unnumbered, no sentence; its lines joined to one.

    Returns the paragraphs with the title marked (kind ``title``) and its text, ``None`` where there is none.
    """
    for at, paragraph in enumerate(paragraphs[:3]):
        body = paragraph.passage.text
        if paragraph.kind == "heading" and paragraph.number is None:
            pass
        elif paragraph.number is not None or _NO_TITLE.search(body) or width(body) > _WIDEST:
            return paragraphs, None
        if len(body) < 4 or phrase("sections", "above_title").match(body) or len(_FIGURES.findall(body)) > 2:
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
    return not names_kind(title.text) and names_kind(body)
