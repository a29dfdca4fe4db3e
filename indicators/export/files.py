"""Files that appear under their name only when they are whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A temporary name beside ``path`` to write to; it takes the place of ``path`` when the block ends well."""
    # A name may have 255 bytes, a character four: what is cut here leaves room for the number.
    part = path.with_name(f".{os.getpid()}.{path.name[:56]}")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
