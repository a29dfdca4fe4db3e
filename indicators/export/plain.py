"""Text from reports made safe and aligned for terminals: no control codes, Chinese counted as two columns."""

from __future__ import annotations

import unicodedata
from typing import Any

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_AROUND = 28
"""Characters of context shown on either side of a figure."""
_SHORT = {"\n": " ", "\r": " ", "\t": " "}


def _harmful(char: str) -> bool:
    return char in _BIDI or char in "\u2028\u2029" or unicodedata.category(char) in ("Cc", "Cs")


def printable(text: str) -> str:
    """``text`` on one line, with control characters, terminal escapes and direction marks spelled out (``\\x1b``)."""
    if text.isprintable():
        return text
    return "".join(_SHORT.get(c) or (_escape(c) if _harmful(c) else c) for c in text)


def _escape(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def in_context(text: str, start: int, end: int) -> str:
    """The words of a span between 【】 with what stands around them, layout white space left out."""
    before = "".join(text[max(0, start - 4 * _AROUND) : start].split())[-_AROUND:]
    after = "".join(text[end : end + 4 * _AROUND].split())[:_AROUND]
    return f"…{before}【{''.join(text[start:end].split())}】{after}…"


def escape_json(text: str) -> str:
    """A JSON document whose strings hold no raw control or direction characters; the data stays the same.

    ``json`` escapes what lies below U+0020 itself; U+009B alone starts a terminal escape too.
    """
    if text.isprintable():
        return text
    return "".join(f"\\u{ord(c):04x}" if c not in "\n\r\t" and _harmful(c) else c for c in text)


def plain_number(value: Any) -> Any:
    """``45.0`` as ``45``, inside lists too: a count reads like a count in every export. Else ``value`` itself."""
    if isinstance(value, list):
        return [plain_number(item) for item in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def width(text: str) -> int:
    """Columns that ``text`` takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(_columns(c) for c in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """``text`` filled up with blanks to ``columns``; ``right`` aligns it to the right."""
    fill = " " * max(0, columns - width(text))
    return fill + text if right else text + fill


def wrap(text: str, columns: int) -> list[str]:
    """``text`` cut into lines of at most ``columns``; never inside an ASCII word or number that fits on a line."""
    lines: list[str] = []
    line, used = "", 0
    for piece in _pieces(text):
        size = width(piece)
        if used and used + size > columns:
            lines.append(line.rstrip())
            piece = piece.lstrip()
            line, used, size = "", 0, width(piece)
        while size > columns:
            cut = next(i for i in range(len(piece), 0, -1) if i == 1 or width(piece[:i]) <= columns)
            lines.append(piece[:cut])
            piece = piece[cut:]
            size = width(piece)
        line, used = line + piece, used + size
    lines.append(line.rstrip())
    return [part for part in lines if part] or [""]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for char in text:
        if pieces and char.isascii() and not char.isspace() and pieces[-1][-1].isascii() and pieces[-1][-1] != " ":
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def ellipsis(text: str, columns: int) -> str:
    """``text`` cut to ``columns``, the cut marked with …"""
    if width(text) <= columns:
        return text
    kept, used = [], 0
    for char in text:
        used += _columns(char)
        if used > columns - 1:
            break
        kept.append(char)
    return "".join(kept) + "…"
