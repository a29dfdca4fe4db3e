"""What every reader needs against hostile and damaged files: one place that turns foreign errors into ours."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from indicators.errors import IndicatorsError, LimitError, ReadError
from indicators.settings import Limits

# Limits: R101 bytes, R102 characters, R104 cells, R105 memory, R106 pages, R107 what a container holds, R108 nesting,
# R109 time. R001 is an empty file in every format.
DAMAGED = "R010"
ENCRYPTED = "R011"
NO_TEXT = "R012"
UNSUPPORTED = "R013"
UNSAFE = "R014"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What old Office files begin with, and new ones that are encrypted."""
_MAX_STEPS = 900
"""Nesting beyond which walking a tree would exhaust Python's own stack."""


@contextmanager
def guarded(name: str, what: str, hint: str) -> Iterator[None]:
    """Anything that a parsing library throws leaves as a :class:`ReadError` naming the file.

    Parsers raise whatever their code happens to trip over (KeyError, struct.error, RecursionError,
    AssertionError), so the list cannot be closed; errors of ours pass through unchanged.
    """
    try:
        yield
    except IndicatorsError:
        raise
    except ImportError:
        raise
    except MemoryError:
        raise LimitError(
            f"{what} needs more memory than there is", path=name, code="R105", hint="split the file"
        ) from None
    except RecursionError:
        raise LimitError(
            f"{what} is nested too deeply", path=name, code="R108", hint="save the file anew and try again"
        ) from None
    except Exception as error:
        detail = " ".join(str(error).split())[:120]
        raise ReadError(
            f"{what} cannot be read: {type(error).__name__}{': ' + detail if detail else ''}",
            path=name,
            hint=hint,
            code=DAMAGED,
        ) from error


class Deadline:
    """Time left for one document; :meth:`check` raises :class:`LimitError` once it is spent."""

    def __init__(self, name: str, limits: Limits):
        self.name = name
        self._seconds = limits.max_seconds
        self._end = time.monotonic() + limits.max_seconds

    def left(self) -> float:
        """Seconds that remain; never below zero."""
        return max(0.0, self._end - time.monotonic())

    def check(self) -> None:
        """Raises :class:`LimitError` (R109) where no time is left."""
        if time.monotonic() > self._end:
            raise LimitError(
                f"reading took more than {self._seconds:g} s",
                path=self.name,
                code="R109",
                hint="split the file or raise Limits.max_seconds",
            )


def check_size(data: bytes, name: str, limits: Limits) -> None:
    """Refuses an empty file and one beyond ``max_bytes``."""
    if not data:
        raise ReadError("the file is empty", path=name, code="R001", hint="check how it was saved or downloaded")
    if len(data) > limits.max_bytes:
        raise LimitError(
            f"the file has {len(data):,} bytes, the limit is {limits.max_bytes:,}",
            path=name,
            code="R101",
            hint="split the file or raise Limits.max_bytes",
        )


def check_chars(count: int, name: str, limits: Limits) -> None:
    """Refuses a document of more than ``max_chars`` characters; ``count`` is how many it has as far as it is read."""
    if count > limits.max_chars:
        raise LimitError(
            f"more than {limits.max_chars:,} characters of text",
            path=name,
            code="R102",
            hint="split the file or raise Limits.max_chars",
        )


def check_cells(count: int, name: str, limits: Limits) -> None:
    """Refuses a table or workbook of more than ``max_cells`` cells; ``count`` is how many it has so far."""
    if count > limits.max_cells:
        raise LimitError(
            f"more than {limits.max_cells:,} table cells",
            path=name,
            code="R104",
            hint="split the file or raise Limits.max_cells",
        )


def check_depth(root: Any, name: str, limits: Limits) -> None:
    """Refuses an element tree (lxml) nested deeper than ``max_nesting``."""
    steps = min(max(limits.max_nesting, 1), _MAX_STEPS)
    if root.getroottree().xpath("boolean(" + "/*" * (steps + 1) + ")"):
        raise LimitError(
            f"elements are nested more than {steps} deep",
            path=name,
            code="R108",
            hint="save the file anew, or raise Limits.max_nesting",
        )
