"""Zip archives of reports: walked with limits, names mended, what cannot be read told at the end."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from indicators.errors import IndicatorsError, LimitError, ReadError
from indicators.readers.files.container import open_container, read_member
from indicators.readers.files.guard import DAMAGED, Deadline, check_size
from indicators.schema.source import Source
from indicators.settings import Limits

_HINT = "unpack it and give the files"
_MAX_DEPTH = 2
"""Archives inside archives: one level is common (a folder of departments' uploads), more is an attack."""
_MAX_MEMBERS = 2_000
_IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def iter_members(data: bytes, name: str, limits: Limits, *, _depth: int = 1) -> Iterator[tuple[str, bytes]]:
    """Name (``archive.zip/folder/report.docx``) and bytes of every report in an archive, in its own order.

    Raises :class:`LimitError` for bombs and :class:`ReadError` for what is damaged or encrypted.
    """
    from indicators.readers import told_suffixes

    check_size(data, name, limits)
    wanted = told_suffixes()
    deadline = Deadline(name, limits)
    with open_container(data, name, limits, hint=_HINT) as archive:
        names = set(archive.namelist())
        if "[Content_Types].xml" in names:
            # An Office file under the name of a zip.
            kind = ".docx" if any(one.startswith("word/") for one in names) else ".xlsx"
            yield name + kind, data
            return
        members = [one for one in archive.infolist() if not one.is_dir() and _counts(one.filename)]
        if len(members) > _MAX_MEMBERS:
            raise LimitError(f"{len(members):,} files in the archive", path=name, code="R107", hint=_HINT)
        for member in members:
            deadline.check()
            shown = _mended(member)
            if not shown.lower().endswith(wanted):
                continue
            if member.file_size > limits.max_bytes:
                raise LimitError(
                    f"'{shown}' has {member.file_size:,} bytes, the limit is {limits.max_bytes:,}",
                    path=name,
                    code="R101",
                    hint="raise Limits.max_bytes",
                )
            content = read_member(archive, member.filename, name, _HINT)
            if shown.lower().endswith(".zip"):
                if _depth >= _MAX_DEPTH:
                    raise LimitError(f"'{shown}' is an archive inside archives", path=name, code="R107", hint=_HINT)
                yield from iter_members(content, f"{name}/{shown}", limits, _depth=_depth + 1)
            else:
                yield f"{name}/{shown}", content


def iter_archive(data: bytes, name: str, limits: Limits) -> Iterator[Source]:
    """Every report in an archive as a :class:`Source`. Those that cannot be read are told once the others are out.

    Raises :class:`ReadError` naming each of them, and for an archive without any report.
    """
    from indicators.readers import read_bytes

    failed: list[IndicatorsError] = []
    count = 0
    for member, content in iter_members(data, name, limits):
        count += 1
        try:
            yield read_bytes(content, member, limits=limits)
        except IndicatorsError as error:
            failed.append(error)
    if not count:
        raise ReadError("the archive holds no report", path=name, hint=_HINT, code=DAMAGED)
    if len(failed) == count == 1:
        raise failed[0]
    if failed:
        told = "; ".join(f"{PurePosixPath(e.path or '').name}: {e.message}" for e in failed[:5])
        more = f" and {len(failed) - 5} more" if len(failed) > 5 else ""
        raise ReadError(
            f"{len(failed)} of {count} files in the archive cannot be read: {told}{more}",
            path=name,
            hint=failed[0].hint or _HINT,
            code=failed[0].code,
        )


def _counts(filename: str) -> bool:
    name = PurePosixPath(filename.replace("\\", "/")).name
    return not filename.startswith(_IGNORED) and not name.startswith((".", "~$"))


def _mended(member: zipfile.ZipInfo) -> str:
    """The name as it was typed: Windows in Chinese packs names in GBK without saying so. Only for showing."""
    shown = member.filename
    if not member.flag_bits & 0x800:
        raw = shown.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                shown = raw.decode(encoding)
                break
            except UnicodeError:
                continue
    parts = [part for part in shown.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "".join(char if char.isprintable() else "?" for char in "/".join(parts)) or "?"
