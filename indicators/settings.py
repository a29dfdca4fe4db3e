"""The one place for limits, defaults and environment variables: all that a caller may set beside arguments."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what a reader accepts; beyond them it raises :class:`~indicators.errors.LimitError`."""

    max_bytes: int = 64 * 1024 * 1024
    """Size of a file on disk."""
    max_chars: int = 8_000_000
    """Length of the text that a reader returns."""
    max_line_chars: int = 2_000_000
    """Length of one line of text."""
    max_pages: int = 2_000
    """Pages of a PDF."""
    max_cells: int = 400_000
    """Cells of one table or workbook."""
    max_nesting: int = 200
    """Depth of nested elements in HTML."""
    max_unpacked_bytes: int = 512 * 1024 * 1024
    """Size of everything unpacked from a zip container (docx, xlsx, zip)."""
    max_seconds: float = 120.0
    """Time for reading one document."""


DEFAULT_LIMITS = Limits()

DEFAULT_TIMEOUT = 120.0
"""Seconds that one document of a batch may take, reading and scoring."""

RULES_VARIABLE = "INDICATORS_RULES"
"""Folders of rules of one's own, parted by ``os.pathsep``; later ones win."""
MODEL_VARIABLE = "INDICATORS_MODEL"
"""The learned steps to use: ``all``, ``none``, some of their names, or a folder of weights."""
CORRECTIONS_VARIABLE = "INDICATORS_CORRECTIONS"
"""The folder of stored corrections; without it ``./corrections``."""
FONT_VARIABLE = "INDICATORS_FONT"
"""The font of charts: a file or the name of a family."""
DEBUG_VARIABLE = "INDICATORS_DEBUG"
"""Set to anything: a fault of the library shows its traceback."""
