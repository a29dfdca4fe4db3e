"""Zip containers (docx, xlsx, zip) opened with their unpacked size, names and XML checked first."""

from __future__ import annotations

import io
import zipfile

from indicators.errors import LimitError, ReadError
from indicators.readers.files.guard import ENCRYPTED, OLE, UNSAFE, UNSUPPORTED, Deadline, guarded
from indicators.settings import Limits

_CHUNK = 1 << 18
_MAX_RATIO = 400
"""A part of more than a megabyte that grows more than this is a bomb: deflate reaches 1032, reports stay below 100."""
_FORBIDDEN = tuple(
    marker.encode(encoding) for marker in ("<!DOCTYPE", "<!ENTITY") for encoding in ("ascii", "utf-16-le", "utf-16-be")
)


def open_container(data: bytes, name: str, limits: Limits, *, hint: str) -> zipfile.ZipFile:
    """The archive, once its table of contents is known to stay within ``limits``.

    Raises :class:`ReadError` for what is no zip (old Office files and encrypted ones are told apart) and
    :class:`LimitError` for a bomb. ``zipfile`` never yields more than a member's declared size, so the sum
    of the declared sizes bounds what can be unpacked.
    """
    if data.startswith(OLE):
        marks = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))
        if any(mark in data for mark in marks):
            raise ReadError("the file is encrypted", path=name, hint="save it without a password", code=ENCRYPTED)
        raise ReadError(
            "this is an old binary Office file",
            path=name,
            hint="open it in Word, Excel or WPS and save it as .docx or .xlsx",
            code=UNSUPPORTED,
        )
    with guarded(name, "the zip container", hint):
        archive = zipfile.ZipFile(io.BytesIO(data))
    members = archive.infolist()
    if len(members) > 20_000:
        raise LimitError(
            f"{len(members):,} entries in the container", path=name, code="R107", hint="unpack it yourself"
        )
    total = sum(member.file_size for member in members)
    if total > limits.max_unpacked_bytes:
        raise LimitError(
            f"unpacks to {total:,} bytes, the limit is {limits.max_unpacked_bytes:,}",
            path=name,
            code="R107",
            hint="raise Limits.max_unpacked_bytes if you trust the file",
        )
    for member in members:
        ratio = member.file_size // max(member.compress_size, 1)
        if member.file_size > 1 << 20 and ratio > _MAX_RATIO:
            raise LimitError(
                f"'{_shown(member.filename)}' grows {ratio} times when unpacked",
                path=name,
                code="R107",
                hint="this is how a zip bomb looks; unpack it yourself if you trust it",
            )
    return archive


def read_member(archive: zipfile.ZipFile, member: str, name: str, hint: str) -> bytes:
    """The bytes of one member; encrypted and damaged ones give a :class:`ReadError`."""
    with guarded(name, f"'{_shown(member)}' in the container", hint):
        if archive.getinfo(member).flag_bits & 1:
            raise ReadError(
                f"'{_shown(member)}' is encrypted", path=name, hint="pack it without a password", code=ENCRYPTED
            )
        return archive.read(member)


def read_xml(archive: zipfile.ZipFile, member: str, name: str, limits: Limits, hint: str) -> bytes:
    """The bytes of an XML part that declares no entities and is not too large to parse into a tree."""
    size = archive.getinfo(member).file_size
    bound = max(16 * limits.max_chars, 1 << 20)
    if size > bound:
        raise LimitError(
            f"'{_shown(member)}' has {size:,} bytes of XML, the limit is {bound:,}",
            path=name,
            code="R102",
            hint="split the file or raise Limits.max_chars",
        )
    data = read_member(archive, member, name, hint)
    if any(marker in data for marker in _FORBIDDEN):
        raise ReadError(
            f"'{_shown(member)}' declares XML entities, which no Office program writes",
            path=name,
            hint="do not trust this file; save it anew from Word, Excel or WPS",
            code=UNSAFE,
        )
    return data


def count_marker(archive: zipfile.ZipFile, member: str, marker: bytes, name: str, deadline: Deadline, hint: str) -> int:
    """How often ``marker`` stands in a member, read in chunks so that its size does not matter."""
    count = 0
    tail = b""
    with guarded(name, f"'{_shown(member)}' in the container", hint), archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            deadline.check()
            count += (tail + chunk).count(marker)
            tail = chunk[-(len(marker) - 1) :] if len(marker) > 1 else b""
    return count


def _shown(member: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in member)[:80]
