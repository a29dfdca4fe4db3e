"""Bytes to text, in the order that guesses wrong least often: BOM, declared, UTF-8, GB18030, then a guess."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from indicators.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Documents that declare one of these are written with characters of the larger set all the time.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "hz": "gb18030", "big5": "big5hkscs", "iso8859-1": "cp1252"}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Private use, C1 controls, unassigned marks of the replacement block: what a wrong decoding is full of.
_ODD = re.compile("[\x80-\x9f\ue000-\uf8ff\ufff0-\uffff\U000e0000-\U0010ffff]")
_SAVE_AS = "save it as UTF-8 text, or convert it to docx, xlsx, html or pdf"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without its BOM, and the Python name of the encoding it was in."""

    text: str
    encoding: str


def codec_name(label: str | None) -> str | None:
    """The Python codec for a declared label (``gb2312`` gives ``gb18030``); ``None`` where there is none."""
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
        "".encode(name)  # str-to-str and bytes-to-bytes codecs (rot13, zip) are no character encodings
    except (LookupError, ValueError, TypeError, UnicodeError):
        return None
    return _WIDER.get(name, name)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding, "strict")
    except (UnicodeError, ValueError):
        return None


def _plausible(text: str) -> bool:
    sample = text[:200_000]
    limit = max(2, len(sample) // 200)
    return len(_ODD.findall(sample)) + len(_CONTROL.findall(sample)) <= limit


_CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")
_SAMPLE = 20_000


def _chinese_count(text: str) -> int:
    """How many characters of the sample are Chinese, counted by runs, which cost what a character does."""
    return sum(map(len, _CHINESE.findall(text[:_SAMPLE])))


def _chinese(text: str | None) -> bool:
    """Whether a decoded text is Chinese where it is not Latin; a wrong decoding seldom is."""
    sample = text[:_SAMPLE] if text else ""
    latin = len(sample.encode("ascii", "ignore"))
    return _chinese_count(sample) * 2 > len(sample) - latin


def _utf16_without_bom(data: bytes) -> Decoded | None:
    if len(data) % 2:
        return None
    head = data[:4096]
    for encoding, high in (("utf-16-le", 1), ("utf-16-be", 0)):
        # Line ends, digits and blanks have a zero high byte; text never has a zero low byte beside one.
        if head[high::2].count(0) * 20 >= len(head) // 2 and head[1 - high :: 2].count(0) == 0:
            text = _strict(data, encoding)
            if text is not None and _plausible(text):
                return Decoded(text, encoding)
    return None


def _guess(data: bytes) -> Decoded | None:
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return None
    best = from_bytes(data[:1_000_000]).best()
    if best is None:
        return None
    text = _strict(data, best.encoding)
    return Decoded(text, best.encoding) if text is not None and _plausible(text) else None


def decode(data: bytes, name: str, declared: str | None = None) -> Decoded:
    """The text of ``data``; ``declared`` is the encoding that the document or its transport names.

    Raises :class:`ReadError` for an empty file (R001), a binary one (R002), and one in no known encoding (R003).
    """
    if not data.strip(b"\x00 \t\r\n\f\xef\xbb\xbf\xfe\xff"):
        raise ReadError("the document is empty", path=name, code="R001", hint="nothing but white space was found")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = _strict(data[len(bom) :], encoding)
            if text is None or not _plausible(text):
                raise ReadError(f"begins as {encoding} and is broken further on", path=name, code="R003", hint=_SAVE_AS)
            return Decoded(text, encoding)
    if declared_codec := codec_name(declared):
        text = _strict(data, declared_codec)
        if declared_codec != "utf-8" and _chinese(unicode := _strict(data, "utf-8")) and unicode is not None:
            # A page saved anew as UTF-8 still declares gb2312, and UTF-8 passes for it; the reverse does not happen.
            return Decoded(unicode, "utf-8")
        if text is not None and _plausible(text):
            return Decoded(text, declared_codec)
    if b"\x00" in data:
        if found := _utf16_without_bom(data):
            return found
        raise ReadError("this is a binary file, not text", path=name, code="R002", hint=_SAVE_AS)
    for encoding in ("utf-8", "gb18030"):
        text = _strict(data, encoding)
        if text is not None:
            if encoding == "utf-8" and not text[:_SAMPLE].isascii() and not _chinese(text):
                # Two words of GB 18030 may pass for UTF-8 (the bytes of 联通 are those of three Latin letters).
                national = _strict(data, "gb18030")
                if national is not None and _chinese(national) and _chinese_count(national) > 1:
                    return Decoded(national, "gb18030")
            if _plausible(text):
                return Decoded(text, encoding)
            if encoding == "utf-8":
                raise ReadError("this is a binary file, not text", path=name, code="R002", hint=_SAVE_AS)
    if found := _guess(data):
        return found
    raise ReadError("the encoding of the text cannot be told", path=name, code="R003", hint=_SAVE_AS)
