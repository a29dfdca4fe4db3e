"""Markup met inside plain text: tags and entities are layout, their content is the text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from indicators.schema.source import Passage, join

_TAG = re.compile(
    r"<(/?)(p|br|div|span|b|strong|i|em|u|a|font|li|ul|ol|h[1-6]|section|article|center|sup|sub|img|hr|o:p"
    r"|table|tbody|thead|tfoot|tr|td|th|caption|blockquote|pre|code)\b[^<>]{0,2000}?/?>|<!--.{0,2000}?-->",
    re.IGNORECASE | re.DOTALL,
)
_INLINE = frozenset(("span", "b", "strong", "i", "em", "u", "a", "font", "sup", "sub", "img", "o:p", "code"))
_PLAIN = re.compile(r"[^\s<&\u200b\ufeff\u00ad]*")
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8});")


def has_markup(text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether a tag that this module knows stands in the text."""
    end = len(text) if end is None else end
    return text.find("<", start, end) >= 0 and _TAG.search(text, start, end) is not None


def blocks(text: str, start: int, end: int) -> Iterator[list[tuple[int, int]]]:
    """The stretch cut at block tags (``<p>``, ``<br>``, ``<td>``); each block as the fragments between inline tags."""
    at = start
    fragments: list[tuple[int, int]] = []
    for tag in _TAG.finditer(text, start, end):
        if tag.start() > at:
            fragments.append((at, tag.start()))
        at = tag.end()
        if (tag[2] or "").lower() not in _INLINE and tag[2] is not None:
            if any(text[a:b].strip() for a, b in fragments):
                yield fragments
            fragments = []
    if at < end:
        fragments.append((at, end))
    if any(text[a:b].strip() for a, b in fragments):
        yield fragments


def passage(text: str, fragments: list[tuple[int, int]]) -> Passage:
    """The fragments joined, tags out, entities read; a character made from an entity has the offset of its ``&``."""
    if len(fragments) == 1:
        start, end = fragments[0]
        if _PLAIN.fullmatch(text, start, end):
            return Passage(text[start:end], tuple(range(start, end)))
    bare = [piece for a, b in fragments for block in blocks(text, a, b) for piece in block]
    made = join(text, bare)
    if "&" not in made.text:
        return made
    chars: list[str] = []
    offsets: list[int] = []
    at = 0
    for entity in _ENTITY.finditer(made.text):
        read = html.unescape(entity[0])
        if read == entity[0]:
            continue
        chars += made.text[at : entity.start()]
        offsets += made.offsets[at : entity.start()]
        for char in read:
            if not char.isspace():
                chars.append(char)
                offsets.append(made.offsets[entity.start()])
        at = entity.end()
    chars += made.text[at:]
    offsets += made.offsets[at:]
    return Passage("".join(chars), tuple(offsets))
