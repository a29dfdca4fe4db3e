"""Characters by pdfplumber for pages where pdfium loses some: fonts that are not in the file.

pdfium measures a text object by its glyphs. Without the font, an object of a single character (a tick, a row's
number, each in its cell) measures nothing and is dropped. pdfplumber takes widths from the file and keeps it.
"""

from __future__ import annotations

import io
import logging
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from indicators.readers.pdf_page import Char, PageContent


@contextmanager
def _quiet() -> Iterator[None]:
    """pdfminer logs each oddity of a file, and Python prints what nobody handles; a library prints nothing."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


class Fallback:
    """A second look at a document with pdfplumber; opened when the first page needs it."""

    def __init__(self, data: bytes):
        self._data = data
        self._document: Any = None
        self.missing = False

    def fill(self, content: PageContent) -> bool:
        """Replaces the characters of a page; ``False`` where pdfplumber is missing or finds less."""
        if self.missing:
            return False
        try:
            import pdfplumber
        except ImportError:
            self.missing = True
            return False
        try:
            with _quiet():
                if self._document is None:
                    self._document = pdfplumber.open(io.BytesIO(self._data))
                page = self._document.pages[content.number - 1]
                chars = [char for found in page.chars if (char := _char(found, float(page.height))) is not None]
                page.close()
        except Exception:  # what pdfium read stands; this was to better it
            self.missing = True
            return False
        shown = [char for char in chars if not char.text.isspace()]
        if content.turned or len(shown) < sum(1 for char in content.chars if not char.text.isspace()):
            return False
        content.chars = chars
        return True

    def close(self) -> None:
        """Lets the document go."""
        if self._document is not None:
            self._document.close()


def _char(found: dict[str, Any], height: float) -> Char | None:
    text = str(found["text"])
    if len(text) != 1 or not found["upright"]:
        return None
    x0, x1, top, bottom = (float(found[key]) for key in ("x0", "x1", "top", "bottom"))
    base, size = height - float(found["matrix"][5]), float(found["size"])
    if not all(math.isfinite(value) for value in (x0, x1, top, bottom, base, size)) or not 0.5 < size <= 2000:
        return None
    return Char(text, x0, top, x1, bottom, base, size)
