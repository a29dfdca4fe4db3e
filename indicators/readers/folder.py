"""Which documents lie in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from indicators.errors import UsageError
from indicators.readers import suffixes, told_suffixes


def documents(path: str, *, outside: str | None = None) -> list[str]:
    """The document ``path``, or every one below the folder ``path``, in sorted order.

    Documents in formats that must be converted first (.doc, .wps, .xls, …) are among them, to be refused with a hint.
    Hidden files, lock files of Office (``~$…``) and what lies in the folder ``outside`` are left out; links to
    folders are not followed. Raises :class:`~indicators.errors.UsageError` where there is nothing.
    """
    if not os.path.lexists(path):
        raise UsageError("there is no such file or folder", path=path, hint="check the path")
    if not os.path.isdir(path):
        return [path]
    skipped = os.path.realpath(outside) if outside is not None else None
    found = list(_walk(Path(path), told_suffixes(), skipped))
    if not found:
        raise UsageError("the folder holds no report", path=path, hint=f"known endings: {' '.join(suffixes())}")
    return found


def _walk(folder: Path, known: tuple[str, ...], skipped: str | None) -> Iterator[str]:
    with os.scandir(folder) as items:
        entries = sorted(items, key=lambda item: item.name)
    for item in entries:
        if item.name.startswith((".", "~$")):
            continue
        if item.is_dir(follow_symlinks=False):
            if os.path.realpath(item.path) != skipped:
                yield from _walk(Path(item.path), known, skipped)
        elif item.name.lower().endswith(known) and not item.is_dir():
            yield item.path
