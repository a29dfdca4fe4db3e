"""Archives and files of formats that cannot be read: one hazard a test."""

from __future__ import annotations

import io
import zipfile

import pytest

from indicators.errors import IndicatorsError, LimitError, ReadError
from indicators.readers import read_all, read_bytes, sniff
from indicators.readers.archive import iter_archive, iter_members
from indicators.schema.source import Source
from indicators.settings import Limits

from .makedocx import docx, p

PAGE = "<p>完成{}件。</p>"


def pack(members: dict[str, str | bytes], level: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", level) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def read(data: bytes, limits: Limits | None = None) -> list[Source]:
    return list(iter_archive(data, "包.zip", limits or Limits()))


def test_every_report_is_read() -> None:
    data = pack({"甲/一.html": PAGE.format(1), "乙/二.docx": docx(p("完成2件。")), "说明.jpg": b"\xff\xd8", "丙/": ""})
    sources = read(data)
    assert [source.name for source in sources] == ["包.zip/甲/一.html", "包.zip/乙/二.docx"]
    assert [source.text for source in sources] == ["完成1件。\n", "完成2件。\n"]
    assert all(len(source.sha256) == 64 for source in sources)


def test_archive_by_the_usual_way() -> None:
    data = io.BytesIO(pack({"一.html": PAGE.format(1), "二.html": PAGE.format(2)}))
    assert [source.text for source in read_all(data, name="包.zip")] == ["完成1件。\n", "完成2件。\n"]


def test_names_packed_by_windows() -> None:
    data = bytearray(pack({"xxxxxx.html": PAGE.format(1)}))
    data = bytearray(bytes(data).replace(b"xxxxxx.html", "总结表".encode("gbk") + b".html"))
    assert [name for name, _ in iter_members(bytes(data), "包.zip", Limits())] == ["包.zip/总结表.html"]


def test_names_that_climb_out() -> None:
    data = pack({"../../etc/一.html": PAGE.format(1), "..\\二.html": PAGE.format(2), "a\x1b[31m.html": PAGE.format(3)})
    names = [name for name, _ in iter_members(data, "包.zip", Limits())]
    assert names == ["包.zip/etc/一.html", "包.zip/二.html", "包.zip/a?[31m.html"]


def test_archive_in_an_archive() -> None:
    inner = pack({"内.html": PAGE.format(1)})
    assert [source.name for source in read(pack({"局.zip": inner}))] == ["包.zip/局.zip/内.html"]
    with pytest.raises(LimitError, match="archive inside archives"):
        read(pack({"外.zip": pack({"局.zip": inner})}))


def test_what_systems_leave_behind_is_ignored() -> None:
    data = pack({"__MACOSX/._一.html": b"\x00", ".DS_Store": b"", "~$二.docx": b"", "一.html": PAGE.format(1)})
    assert len(read(data)) == 1


def test_report_that_cannot_be_read_does_not_hide_the_others() -> None:
    data = pack({"坏.docx": b"PK\x03\x04", "好.html": PAGE.format(1), "旧.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"})
    sources = iter_archive(data, "包.zip", Limits())
    assert next(sources).text == "完成1件。\n"
    with pytest.raises(ReadError, match=r"2 of 3 files.*坏\.docx.*旧\.doc"):
        next(sources)


def test_archive_without_reports() -> None:
    with pytest.raises(ReadError, match=r"包\.zip.*no report"):
        read(pack({"a.jpg": b"\xff\xd8"}))


def test_word_file_named_zip() -> None:
    assert [source.text for source in read(docx(p("完成4件。")))] == ["完成4件。\n"]


def test_bomb() -> None:
    with pytest.raises(LimitError, match=r"包\.zip.*grows"):
        read(pack({"a.txt": b"0" * 20_000_000}))


def test_members_together_are_limited() -> None:
    with pytest.raises(LimitError, match="unpacks to"):
        read(pack({f"{at}.txt": b"abc" * 1000 for at in range(10)}), Limits(max_unpacked_bytes=20_000))


def test_member_is_limited() -> None:
    with pytest.raises(LimitError, match=r"'a\.txt' has"):
        read(pack({"a.txt": "完成3件。" * 100}), Limits(max_bytes=500))


def test_encrypted_member() -> None:
    data = bytearray(pack({"一.html": PAGE.format(1)}, zipfile.ZIP_STORED))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    with pytest.raises(ReadError, match="encrypted"):
        read(bytes(data))


def test_damaged_member() -> None:
    data = pack({"一.html": PAGE.format(1) * 50}, zipfile.ZIP_STORED)
    with pytest.raises(ReadError, match=r"包\.zip"):
        read(data.replace("完成1件".encode(), "完成9件".encode(), 1))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("报告.doc", "docx"),
        ("报告.wps", "docx"),
        ("报告.xls", "xlsx"),
        ("报告.et", "xlsx"),
        ("报告.ofd", "pdf"),
        ("报告.ppt", "pdf"),
    ],
)
def test_formats_to_convert(name: str, told: str) -> None:
    with pytest.raises(IndicatorsError, match=f"{name}.*{told}"):
        read_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000), name)


def test_an_office_file_under_the_ending_of_the_other_is_read_as_what_it_is() -> None:
    word = docx(p("2023年目标是新增企业45家以上。"))
    assert sniff(word, ".docx") == sniff(word, ".xlsx") == sniff(word, ".bin") == "docx"
    assert sniff(word.replace(b"word/document", b"xl/workbook__"), ".docx") == "xlsx"
    assert sniff(word.replace(b"word/document", b"word/nothing_"), ".xlsx") == "xlsx"
    assert read_bytes(word, "renamed.xlsx").text.startswith("2023年目标")
