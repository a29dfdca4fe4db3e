"""The words of a Word paragraph: tracked insertions in, deletions out, breaks, tabs and text boxes kept."""

from __future__ import annotations

from typing import Any, Literal

from indicators.readers.layout.fold import raised

NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
W = f"{{{NS['w']}}}"
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", NS["w"].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", NS["m"].encode()),
)
"""Namespaces of Strict Open XML, which Word can save, and the usual ones."""


def q(tag: str) -> str:
    """The qualified name of a WordprocessingML tag."""
    return W + tag


def val(element: Any) -> str | None:
    """The ``w:val`` of an element."""
    value = element.get(q("val"))
    return None if value is None else str(value)


_TEXT, _RUN, _MATH = q("t"), q("r"), f"{{{NS['m']}}}t"
_VANISH, _ALIGN = f"{q('rPr')}/{q('vanish')}", f"{q('rPr')}/{q('vertAlign')}"
_SKIPPED = {q(tag) for tag in ("del", "moveFrom", "pPr", "rPr", "delText", "instrText", "fldData")} | {
    f"{{{NS['mc']}}}Fallback"
}
_SYMBOLS = {"F0FC": "√", "F0FE": "☑", "F052": "☑", "F0A8": "□", "F0A3": "□", "F050": "√", "F0FB": "×", "F04F": "×"}
"""Ticks and boxes of Wingdings and Wingdings 2, which is how Word types them."""


def paragraph_text(paragraph: Any) -> tuple[str, list[Any]]:
    """The text of a ``w:p`` and the content elements of the text boxes anchored in it."""
    parts: list[str] = []
    boxes: list[Any] = []
    stack = [iter(paragraph)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            continue
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if tag == _TEXT:
            parts.append(_run_text(element))
        elif tag == _RUN:
            if not _hidden(element):
                stack.append(iter(element))
        elif tag == q("ruby"):
            base = element.find(q("rubyBase"))
            if base is not None:
                stack.append(iter(base))
        elif tag in _SKIPPED:
            continue
        elif tag == q("txbxContent"):
            boxes.append(element)
        elif tag == _MATH:
            parts.append(_run_text(element))
        elif tag in (q("tab"), q("ptab")):
            parts.append("\t" if tag == q("tab") else " ")
        elif tag in (q("br"), q("cr")):
            parts.append("\n")
        elif tag == q("noBreakHyphen"):
            parts.append("-")
        elif tag == q("sym"):
            parts.append(_SYMBOLS.get(str(element.get(q("char"), "")).upper(), ""))
        else:
            stack.append(iter(element))
    return "".join(parts), boxes


def _hidden(run: Any) -> bool:
    vanish = run.find(_VANISH)
    return vanish is not None and val(vanish) not in ("0", "false", "off")


def _run_text(element: Any) -> str:
    text = str(element.text or "")
    run = element.getparent()
    align = run.find(_ALIGN) if run is not None else None
    return raised(text) if align is not None and val(align) == "superscript" else text


def nested_tables(table: Any) -> Literal["data", "frame"]:
    """Whether a table inside a cell is a table of its own or one row or column of text in a frame."""
    rows = [row for row in table.iter(q("tr")) if next(row.iterancestors(q("tbl"))) is table]
    widest = max((sum(1 for cell in row if cell.tag == q("tc")) for row in rows), default=0)
    return "data" if len(rows) > 1 and widest > 1 else "frame"
