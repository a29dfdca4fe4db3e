"""Files that outlive a kill, a full disk and a power failure: written whole or not at all, and flushed to the disk."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from indicators.errors import BatchError

_TEMPORARY = ".tmp"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turns a failed write into a :class:`BatchError` that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            hint = "make room, then run the same command with --resume; what is done is kept"
            raise BatchError("the disk is full", path=str(path), hint=hint, code="B004") from None
        reason = error.strerror or str(error)
        raise BatchError(f"cannot be written: {reason}", path=str(path), hint="check the folder", code="B004") from None


def replace(path: Path, fill: Callable[[Path], None]) -> None:
    """Lets ``fill`` write a temporary file beside ``path``, makes it durable and gives it its name."""
    temporary = path.with_name(path.name + _TEMPORARY)
    with writing(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            fill(temporary)
            _sync(temporary)
            os.replace(temporary, path)
            _sync(path.parent)
        except BaseException:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise


def replace_text(path: Path, text: str) -> None:
    """Writes ``text`` as UTF-8, whole or not at all."""

    def fill(temporary: Path) -> None:
        temporary.write_bytes(text.encode())

    replace(path, fill)


def append_text(path: Path, text: str) -> None:
    """Appends and makes durable. After a power failure the last line may be torn; readers drop such a line."""
    with writing(path):
        data = text.encode()
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            before = os.fstat(handle).st_size
            try:
                while data:
                    data = data[os.write(handle, data) :]
                os.fsync(handle)
            except OSError:
                with suppress(OSError):
                    os.ftruncate(handle, before)
                raise
        finally:
            os.close(handle)


def json_line(value: object) -> str:
    """One line of JSON; a file name that is not valid Unicode is escaped rather than lost."""
    line = json.dumps(value, ensure_ascii=False) + "\n"
    return line if _encodable(line) else json.dumps(value) + "\n"


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _sync(path: Path) -> None:
    """Makes a file, or the names in a folder, survive a power failure."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:
        # Windows opens no folders; its renames are durable without it.
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
