"""Limits, paths, formats told by content, and bytes of every kind: only errors of our own come out."""

from __future__ import annotations

import io
import pickle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.errors import IndicatorsError, LimitError, ReadError
from indicators.readers import read, read_all, read_bytes, read_text, sniff, suffixes
from indicators.schema.source import Paragraph, Table
from indicators.settings import Limits

TEXT = "2031年工作总结\n\n全年新增企业12家，完成率104%。\n"


def test_paths_files_and_names(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    by_path = read(path)
    assert by_path.name == str(path)
    assert (by_path.encoding, by_path.title, by_path.format) == ("gb18030", "2031年工作总结", "txt")
    assert read(io.BytesIO(TEXT.encode())).name == "-"
    assert read(io.StringIO(TEXT), name="剪贴板").name == "剪贴板"
    assert read(str(path)).blocks == by_path.blocks == read_text(TEXT).blocks
    assert len(by_path.sha256) == 64
    assert by_path.sha256 != read(io.BytesIO(TEXT.encode())).sha256
    assert [source.name for source in read_all(path)] == [str(path)]
    assert pickle.loads(pickle.dumps(by_path)) == by_path


@pytest.mark.parametrize("name", ["a.doc", "b.wps", "c.xls", "d.rtf", "e.ofd", "f.png", "g.rar"])
def test_formats_of_others_are_refused_with_what_to_do(name: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(b"whatever", name)
    assert caught.value.code == "R004"
    assert caught.value.hint
    assert name in str(caught.value)


def test_an_old_office_file_under_a_new_name_is_refused() -> None:
    with pytest.raises(ReadError, match="old Office"):
        read_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.txt")


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        read(tmp_path / "none.txt")
    assert caught.value.code == "R007"
    with pytest.raises(ReadError) as caught:
        read(tmp_path)
    assert caught.value.code == "R006"
    with pytest.raises(ReadError):
        read("a\0b.txt")


@pytest.mark.parametrize(
    ("data", "suffix", "form"),
    [
        (b"%PDF-1.7", ".txt", "pdf"),
        (b"<!DOCTYPE html><p>", ".xls", "html"),
        (b"\xef\xbb\xbf<html>", ".txt", "html"),
        (b"PK\x03\x04..word/document.xml", "", "docx"),
        (b"PK\x03\x04..xl/workbook.xml", "", "xlsx"),
        (b"PK\x03\x04..a.txt", ".zip", "zip"),
        ("序号\t任务".encode(), ".tsv", "tsv"),
        (b"text", "", "txt"),
        (b"text", ".unknown", "txt"),
        (b"text", ".doc", ""),
    ],
)
def test_formats_are_told_by_content_first(data: bytes, suffix: str, form: str) -> None:
    assert sniff(data, suffix) == form


def test_suffixes_name_every_format() -> None:
    assert {".txt", ".md", ".csv", ".tsv", ".html", ".docx", ".xlsx", ".pdf", ".zip"} <= set(suffixes())


@pytest.mark.parametrize(
    ("limits", "text", "code"),
    [
        (Limits(max_bytes=20), TEXT, "R101"),
        (Limits(max_chars=10), TEXT, "R102"),
        (Limits(max_line_chars=12), TEXT, "R103"),
        (Limits(max_cells=5), "序号\t指标\t目标值\n1\t甲\t3\n2\t乙\t4\n", "R104"),
    ],
)
def test_limits(limits: Limits, text: str, code: str) -> None:
    with pytest.raises(LimitError) as caught:
        read_bytes(text.encode(), "大.txt", limits=limits)
    assert caught.value.code == code
    assert caught.value.path == "大.txt"
    assert caught.value.hint


def test_a_line_of_fifty_megabytes_is_refused() -> None:
    with pytest.raises(LimitError):
        read_bytes(b"9" * 50_000_000, "line.txt")
    with pytest.raises(LimitError) as caught:
        read_bytes(b"x\n" + b"9" * 2_500_000, "line.txt")
    assert caught.value.code == "R103"
    assert "line 2" in caught.value.message


def test_time_is_limited() -> None:
    rows = "".join(f"{at}\n新建公园{at}个\n区园林局\n已建成{at}个\n" for at in range(1, 200))
    with pytest.raises(LimitError):
        read_text("序号\n工作任务\n责任单位\n进展情况\n" + rows + "9\n新建\n公园", limits=Limits(max_seconds=0.0))


PIECES = st.sampled_from(
    [
        "序号",
        "目标任务",
        "责任单位",
        "完成情况",
        "已完成",
        "未完成",
        "进度安排",
        "施 工 图",
        "√",
        "1",
        "2",
        "3",
        "12",
        "新增企业30家",
        "市财政局",
        "5512345",
        "≥40%",
        "—",
        "一、",
        "1.",
        "\t",
        "|",
        "---",
        "<p>",
        "</td>",
        "&nbsp;",
        "\f",
        "\n",
        "\r\n",
        "\n\n",
        " ",
        "\u3000",
        '"',
        ",",
        "。",
        "，",
        "- 3 -",
        "注：",
        "产出指标",
        "数量指标",
        "三级指标",
        "目标值",
        "单位",
        "万元",
        "# ",
        "\u200b",
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=120).map("".join))
def test_any_mixture_of_layout_is_read_or_refused(text: str) -> None:
    try:
        source = read_text(text)
    except IndicatorsError:
        return
    assert source.text == text
    for block in source.blocks:
        passages = [block.passage] if isinstance(block, Paragraph) else [cell.passage for cell in block.cells]
        for passage in passages:
            assert len(passage.text) == len(passage.offsets)
            assert all(0 <= offset < len(text) for offset in passage.offsets)
        if isinstance(block, Table):
            assert all(cell.row + cell.rowspan <= block.n_rows for cell in block.cells)
            assert all(cell.col + cell.colspan <= block.n_cols for cell in block.cells)
            assert len(block.grid()) == block.n_rows


def named(data: bytes, name: str) -> bool:
    """Whether the bytes are read, or refused with an error of ours that names the document."""
    try:
        return read_bytes(data, name).name == name
    except IndicatorsError as error:
        return error.path == name and bool(error.message)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.csv", "a.tsv", "a", "a.log"]))
def test_any_bytes_are_read_or_refused_by_name(data: bytes, name: str) -> None:
    assert named(data, name)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(PIECES.map(lambda piece: piece.encode("gb18030")), st.binary(max_size=4)), max_size=60))
def test_damaged_gb18030_is_read_or_refused(pieces: list[bytes]) -> None:
    assert named(b"".join(pieces), "损.txt")
