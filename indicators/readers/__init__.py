"""Files, bytes and strings to :class:`~indicators.schema.Source`; one module a format, imported when first needed.

Contract of a format module ``indicators.readers.<module>``::

    def read_<format>(data: bytes, name: str, limits: Limits) -> Source

``name`` goes into ``Source.name`` and every error. ``Source.sha256`` is filled here, so readers leave it empty.
A reader raises only :class:`~indicators.errors.IndicatorsError`; whatever else escapes it is reported as R009.
Archives hold several reports: ``indicators.readers.archive.iter_archive(data, name, limits) -> Iterator[Source]``.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from indicators.errors import IndicatorsError, LimitError, ReadError
from indicators.readers.files.guard import OLE, check_size
from indicators.schema.source import Source
from indicators.settings import DEFAULT_LIMITS, Limits

Reader = Callable[[bytes, str, Limits], Source]

FORMATS: dict[str, tuple[str, ...]] = {
    # format: (module, suffixes...)
    "txt": ("plain.reader", ".txt", ".text", ".log"),
    "md": ("plain.reader", ".md", ".markdown"),
    "csv": ("plain.delimited", ".csv"),
    "tsv": ("plain.delimited", ".tsv", ".tab"),
    "html": ("html.reader", ".html", ".htm", ".xhtml", ".shtml"),
    "docx": ("docx.reader", ".docx", ".docm"),
    "xlsx": ("xlsx.reader", ".xlsx", ".xlsm"),
    "pdf": ("pdf.reader", ".pdf"),
}
ARCHIVES = (".zip",)
_BY_SUFFIX = {suffix: form for form, (_, *suffixes) in FORMATS.items() for suffix in suffixes}
# Formats that people have and that no reader here takes: what to do is all that helps.
_CONVERT = {
    ".doc": "open it in Word or WPS and save it as .docx",
    ".wps": "open it in WPS and save it as .docx",
    ".rtf": "open it in Word or WPS and save it as .docx",
    ".odt": "open it in LibreOffice and save it as .docx",
    ".xls": "open it in Excel or WPS and save it as .xlsx",
    ".et": "open it in WPS and save it as .xlsx",
    ".ods": "open it in LibreOffice and save it as .xlsx",
    ".ofd": "export it as .pdf",
    ".caj": "export it as .pdf",
    ".mht": "open it in a browser and save it as .html",
    ".rar": "unpack it and give the files",
    ".7z": "unpack it and give the files",
    ".ppt": "save it as .pdf",
    ".pptx": "save it as .pdf",
    ".dps": "save it as .pdf",
    ".jpg": "a picture holds no text: run text recognition first",
    ".jpeg": "a picture holds no text: run text recognition first",
    ".png": "a picture holds no text: run text recognition first",
}
_PICTURES = (".jpg", ".jpeg", ".png")


def suffixes() -> list[str]:
    """Every file name ending that :func:`read` or :func:`read_all` takes, archives included."""
    return sorted([*_BY_SUFFIX, *ARCHIVES])


def told_suffixes() -> tuple[str, ...]:
    """The endings of what a folder or an archive gives: what can be read, and documents that must be converted first.

    A report in a format that nothing reads here is told and not passed over; pictures are, they are seldom reports.
    """
    return (*suffixes(), *(suffix for suffix in _CONVERT if suffix not in _PICTURES))


def sniff(data: bytes, suffix: str = "") -> str:
    """The format of ``data``: its first bytes decide over a suffix that they contradict. ``zip`` for an archive."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data[:1024].find(b"%PDF-") >= 0:
        return "pdf"
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _sniff_zip(data, suffix)
    if head.startswith((b"<!doctype html", b"<html")) or (suffix in _CONVERT and b"<html" in head):
        # Web systems serve pages under .doc, .xls and .txt.
        return "html"
    if suffix == ".zip":
        return "zip"
    return _BY_SUFFIX.get(suffix, "" if suffix in _CONVERT else "txt")


def _sniff_zip(data: bytes, suffix: str) -> str:
    """Word and Excel files are zip archives; the ending counts unless the file holds the other's main part alone."""
    holds = {"docx": b"word/document" in data, "xlsx": b"xl/workbook" in data}
    named = _BY_SUFFIX.get(suffix, "zip" if suffix == ".zip" else "")
    if named == "zip" or holds.get(named):
        return named
    found = [form for form, held in holds.items() if held]
    return found[0] if found else named if named in holds else "zip"


def reader_for(form: str) -> Reader:
    """The reader of a format named in :data:`FORMATS`; imports its module."""
    module = import_module(f"indicators.readers.{FORMATS[form][0]}")
    reader: Reader = getattr(module, f"read_{form}")
    return reader


def read_bytes(data: bytes, name: str, *, limits: Limits = DEFAULT_LIMITS) -> Source:
    """One document from its bytes; the suffix of ``name`` and the first bytes tell its format."""
    check_size(data, name, limits)
    suffix = Path(name).suffix.lower()
    form = sniff(data, suffix)
    if not form:
        raise ReadError(f"{suffix} files cannot be read", path=name, code="R004", hint=_CONVERT[suffix])
    if form != "zip" and data.startswith(OLE):
        hint = "remove the password, or save it as .docx or .xlsx from Word, Excel or WPS"
        raise ReadError("this is an old Office file or an encrypted one", path=name, code="R004", hint=hint)
    if form == "zip":
        found = list(_archive(data, name, limits))
        if len(found) == 1:
            return found[0]
        raise ReadError(
            f"the archive holds {len(found)} reports, not one",
            path=name,
            code="R005",
            hint="use read_all, or unpack it",
        )
    try:
        source = reader_for(form)(data, name, limits)
    except IndicatorsError:
        raise
    except MemoryError:
        hint = "split the file, or lower Limits.max_bytes to refuse such files early"
        raise LimitError("reading it needs more memory than there is", path=name, code="R105", hint=hint) from None
    except Exception as error:
        raise ReadError(
            f"the {form} reader failed ({type(error).__name__}: {error})",
            path=name,
            code="R009",
            hint="the file may be damaged; if it opens elsewhere, please report this",
        ) from error
    return replace(source, sha256=hashlib.sha256(data).hexdigest())


def _archive(data: bytes, name: str, limits: Limits) -> Iterator[Source]:
    iterate: Callable[[bytes, str, Limits], Iterator[Source]]
    iterate = import_module("indicators.readers.archive").iter_archive
    return iterate(data, name, limits)


def _load(path: str | os.PathLike[str] | IO[Any], name: str | None, limits: Limits) -> tuple[bytes, str]:
    if not isinstance(path, str | os.PathLike):
        got = path.read(limits.max_bytes + 1)
        data = got.encode("utf-8", "surrogatepass") if isinstance(got, str) else bytes(got)
        return data, name or str(getattr(path, "name", "-") or "-")
    shown = name or os.fspath(path)
    try:
        if os.path.isdir(path):
            raise ReadError("this is a folder", path=shown, code="R006", hint="give the files in it")
        if os.path.exists(path) and not os.path.isfile(path):
            raise ReadError("this is no regular file", path=shown, code="R006", hint="give a file, or - for input")
        with open(path, "rb") as file:
            return file.read(limits.max_bytes + 1), shown
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ReadError(f"cannot be opened: {why}", path=shown, code="R007", hint="check the path") from None


def read(path: str | os.PathLike[str] | IO[Any], *, name: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Source:
    """One document from a path or an open file (binary, or text); ``name`` overrides the name it is known by.

    Raises :class:`ReadError`, :class:`LimitError` or :class:`MissingExtraError`, each naming the document.
    """
    data, shown = _load(path, name, limits)
    return read_bytes(data, shown, limits=limits)


def read_all(
    path: str | os.PathLike[str] | IO[Any], *, name: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Source]:
    """Every document of a file: one, or each report of an archive."""
    data, shown = _load(path, name, limits)
    if sniff(data, Path(shown).suffix.lower()) == "zip" and len(data) <= limits.max_bytes:
        yield from _archive(data, shown, limits)
    else:
        yield read_bytes(data, shown, limits=limits)


def read_text(text: str, name: str = "<text>", *, limits: Limits = DEFAULT_LIMITS) -> Source:
    """A document from a string: narrative, plan, or a table that was flattened to lines, tabs or blanks."""
    from indicators.readers.plain.reader import source_from_text

    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return replace(source_from_text(text, name, limits), sha256=digest)


__all__ = ["FORMATS", "read", "read_all", "read_bytes", "read_text", "reader_for", "sniff", "suffixes"]
