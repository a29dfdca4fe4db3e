"""Text cut into lines that keep their offsets; what every reader of plain text starts from."""

from __future__ import annotations

import re
from typing import NamedTuple

from indicators.errors import LimitError, ReadError
from indicators.readers.files.guard import check_chars
from indicators.settings import Limits

_BREAK = re.compile("[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]")
_NARROW = re.compile("[\0-\u1fff]+")
_LAYOUT = re.compile(r"[-—–－·]?\s*\d{1,3}\s*[-—–－·]?|第\s*\d+\s*页.{0,10}|[….·]{1,6}")
_LONGEST_LAYOUT = 20
_RULE = re.compile(r"[-—–─━═=_]{5,}")
BLANK = " \t\u3000\xa0\ufeff\u200b\u2002\u2003\u2009"


class Line(NamedTuple):
    """``text[start:end]`` is the line without the white space around it; ``number`` counts from 1.

    A named tuple, as are the words of a line: a frozen dataclass takes three times as long to make.
    """

    text: str
    start: int
    end: int
    number: int
    indent: int = 0
    """Width of the white space before it, a full-width blank counting two."""
    page_break: bool = False
    """A form feed stands before it."""

    @property
    def width(self) -> int:
        """Columns that it takes in print: two for a Chinese character, one for a Latin one."""
        return width(self.text)


def is_layout(line: Line) -> bool:
    """Whether a line is only a page's number, a rule or the dots of what is left out: a table may go on behind it."""
    if len(line.text) >= _LONGEST_LAYOUT:
        return _RULE.fullmatch(line.text) is not None
    return _LAYOUT.fullmatch(line.text) is not None or _RULE.fullmatch(line.text) is not None


def width(text: str) -> int:
    """Columns that a text takes in print."""
    return len(text) if text.isascii() else 2 * len(text) - sum(map(len, _NARROW.findall(text)))


def check_limits(text: str, name: str, limits: Limits) -> None:
    """Raises :class:`LimitError` for a text or a line beyond the limits, :class:`ReadError` for an empty one."""
    check_chars(len(text), name, limits)
    if not text.strip() or not text.strip(BLANK + "\r\n\f\v"):
        raise ReadError("the document is empty", path=name, code="R001", hint="nothing but white space was found")
    at = 0
    while len(text) - at > limits.max_line_chars:
        # Cheap for ordinary files: hops from the last line end within reach, never scans a line twice.
        cut = max(text.rfind(mark, at, at + limits.max_line_chars + 1) for mark in "\n\r\f")
        if cut < at:
            number = text.count("\n", 0, at) + 1
            raise LimitError(
                f"line {number} is longer than {limits.max_line_chars:,} characters",
                path=name,
                code="R103",
                hint="raise Limits.max_line_chars; a report has no such lines",
            )
        at = cut + 1


def split(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """Every line of ``text[start:end]``, blank ones too (with ``start == end``)."""
    lines: list[Line] = []
    end = len(text) if end is None else end
    at, number, feed = start, 1, False
    while at <= end:
        found = _BREAK.search(text, at, end)
        stop = found.start() if found else end
        raw = text[at:stop]
        bare = raw.strip(BLANK)
        lead = raw.index(bare[0]) if bare else 0
        first = at + lead
        lines.append(Line(bare, first, first + len(bare), number, width(raw[:lead]) if lead else 0, feed))
        if found is None:
            break
        feed = found[0] == "\f" or (feed and not bare)
        at = stop + (2 if text.startswith("\r\n", stop, end) else 1)
        number += 1
    return lines
