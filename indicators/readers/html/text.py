"""Visible text of HTML elements: white space collapsed as a browser does, ``<br>`` and blocks as line ends."""

from __future__ import annotations

from typing import Any

import regex

from indicators.readers.layout.fold import raised

HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCK_TAGS = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody "
    "td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_CELLS = frozenset(("td", "th"))
_SPACE = regex.compile(r"[ \t\r\n\f]+")
_PART = regex.compile(r"[A-Za-z][a-z]*|\p{Han}+")


def is_block(element: Any) -> bool:
    """Whether a browser starts a new line for the element."""
    style = str(element.get("style") or "").replace(" ", "").lower()
    if "display:inline" in style:
        return False
    return element.tag in _BLOCKS or "display:block" in style


def names(element: Any) -> set[str]:
    """The words of an element's class and id in lower case: ``leftBox main-nav`` gives left, box, main, nav, …"""
    raw = f"{element.get('class') or ''} {element.get('id') or ''}"
    if raw == " ":
        return set()
    whole = {word.lower() for word in raw.split()}
    return whole | {part.lower() for part in _PART.findall(raw)}


class Flow:
    """Inline text of one block, gathered piece by piece."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def add(self, text: str | None, element: Any) -> None:
        """Adds the text of a node; white space collapses unless ``element`` is preformatted."""
        if not text:
            return
        if element.tag == "pre":
            self._parts.append(text)
            return
        text = _SPACE.sub(" ", text)
        if element.tag == "sup":
            text = raised(text)
        if text.startswith(" ") and (not self._parts or self._parts[-1].endswith((" ", "\n"))):
            text = text[1:]
        if text:
            self._parts.append(text)

    def break_line(self) -> None:
        """A ``<br>`` or the border of a block inside a cell."""
        self._parts.append("\n")

    def take(self) -> str:
        """The text so far, which is then forgotten."""
        text = "".join(self._parts)
        self._parts.clear()
        return text.strip(" \n\r\t")


def flow_text(element: Any, skip: tuple[Any, ...] = ()) -> str:
    """The visible text of an element and all it holds, but for the elements in ``skip``; a line per block."""
    if len(element) == 0:
        return (
            "\n".join(line for line in (element.text or "").splitlines() if line)
            if element.tag == "pre"
            else (_SPACE.sub(" ", element.text or "").strip())
        )
    flow = Flow()
    skipped = {id(one) for one in skip}

    def visit(node: Any) -> None:
        if id(node) in skipped:
            return
        if node.tag == "br":
            flow.break_line()
            return
        inside = node is not element
        breaks = inside and is_block(node) and node.tag not in _CELLS
        if breaks:
            flow.break_line()
        elif inside and node.tag in _CELLS and node.getprevious() is not None:
            flow.add("\t", _PRE)
        flow.add(node.text, node)
        for child in node:
            visit(child)
            flow.add(child.tail, node)
        if breaks:
            flow.break_line()

    visit(element)
    lines = [line.strip() for line in flow.take().split("\n")]
    return "\n".join(line for line in lines if line)


class _Preformatted:
    tag = "pre"


_PRE = _Preformatted()
