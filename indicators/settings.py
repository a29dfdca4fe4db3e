"""The one place for limits and defaults that a caller may set."""

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
