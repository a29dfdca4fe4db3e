"""Bytes to text in the order that guesses wrong least often, and what is no text refused by name."""

from __future__ import annotations

import codecs

import pytest

from indicators.errors import ReadError
from indicators.readers import read_bytes
from indicators.readers.files.encoding import codec_name, decode

TEXT = "全年新增规上企业１２家，完成率 104.5%。\r\n〇二是“镕”“喆”。\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("gb18030"), "gb18030"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        ("新增3家".encode("gb18030"), "gb18030"),
        (b"GDP 5.2%", "utf-8"),
        ("联通".encode("gb18030"), "gb18030"),
        ("Südlink 2 %".encode(), "utf-8"),
    ],
)
def test_told_without_a_declaration(data: bytes, encoding: str) -> None:
    found = decode(data, "r.txt")
    assert found.encoding == encoding
    assert found.text.startswith(("全年", "新增", "GDP", "联通", "Süd"))


def test_text_comes_out_unchanged() -> None:
    assert decode(TEXT.encode("gb18030"), "r.txt").text == TEXT
    assert read_bytes(TEXT.encode("gb18030"), "r.txt").text == TEXT


def test_a_declared_gb2312_holds_characters_of_the_larger_set() -> None:
    assert decode(TEXT.encode("gb18030"), "r.html", "gb2312").text == TEXT
    assert decode(TEXT.encode("big5hkscs", "ignore"), "r.html", "big5").encoding == "big5hkscs"


def test_a_wrong_declaration_gives_way() -> None:
    assert decode(TEXT.encode("utf-8"), "r.html", "gb2312").text == TEXT
    assert decode(TEXT.encode("gb18030"), "r.html", "utf-8").text == TEXT
    assert decode(TEXT.encode("utf-8"), "r.html", "no-such-code").text == TEXT


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("GB2312", "gb18030"),
        ("gbk", "gb18030"),
        ("x-gbk", None),
        ("utf8", "utf-8"),
        ("rot13", None),
        ("", None),
        (None, None),
    ],
)
def test_codec_names(label: str | None, name: str | None) -> None:
    assert codec_name(label) == name


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "R001", "empty"),
        (b" \r\n\t\n", "R001", "empty"),
        (codecs.BOM_UTF8, "R001", "empty"),
        (codecs.BOM_UTF16_LE + "\n".encode("utf-16-le"), "R001", "empty"),
        (b"\x7fELF\x00\x00\x01\x02" * 40, "R002", "binary"),
        (bytes(range(256)) * 8, "R002", "binary"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x41", "R003", "broken"),
        (b"\xff\xfe" + b"\x00\xe0\x01\xe1" * 40, "R003", "broken"),
        (b"\x8f\xff\x80\xfe\xff\x9d" * 30, "R003", "encoding"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, code: str, words: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "folder/report.txt")
    assert caught.value.code == code
    assert words in caught.value.message
    assert caught.value.path == "folder/report.txt"
    assert caught.value.hint
