"""The written corpus is free of faults, and the validator sees the faults it is there for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from corpus.tools import compile as compiler
from corpus.tools import validate
from corpus.tools.figures import read, squash
from corpus.tools.marks import MarkError, compile_document

HEADER = "form: snippet\nregion: 甲市\nas_of: 2023-12-31\nshare: 1\nsplit: train\n---\n"


def test_corpus_has_no_faults() -> None:
    assert validate.faults() == []


def test_every_split_has_documents() -> None:
    assert {entry["split"] for entry in validate.index()} == {"train", "dev", "test"}


def test_committed_files_are_what_the_marks_compile_to() -> None:
    names = [path.stem for path in (compiler.CORPUS / "marked").glob("*.txt")]
    assert names
    for name in names:
        for path, content in compiler.outputs(compiler.load(name)).items():
            assert path.read_text(encoding="utf-8") == content, path


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("2800余家", (2800,), "家"),
        ("突破400亿元", (4e10,), "元"),
        ("2-3个", (2, 3), "个"),
        ("0.5%到3%", (0.5, 3), "%"),
        ("5成", (50,), "%"),
        ("百分之五点五", (5.5,), "%"),
        ("高于全省0.5个百分点", (0.5,), "百分点"),
        ("50万千瓦", (500000,), "千瓦"),
        ("280.6亿元", (28060000000,), "元"),
        ("至少引进1个", (1,), "个"),
        ("-2.4%", (-2.4,), "%"),
        ("0.45吨标准煤/万元", (0.45,), "吨标准煤/万元"),
    ],
)
def test_figures(text: str, values: tuple[float, ...], unit: str) -> None:
    figure = read(text)
    assert (figure.values, figure.unit) == (values, unit)


def compiled() -> tuple[str, dict[str, Any]]:
    document = compile_document("x", HEADER + "新增企业{1a:197户}，目标{1t:180家\n以上}。\n---\n1 *|新增企业|>\n")
    return document.text, document.rows[0]


def test_marks_give_offsets_values_and_verdict() -> None:
    text, row = compiled()
    start, end = row["target_span"]
    assert text[start:end] == "180家\n以上"
    assert row["target_text"] == "180家以上"
    assert (row["target_value"], row["actual_value"], row["verdict"]) == (180, 197, "exceeded")
    assert list(validate.row_faults(row, text, squash(text), 1.0)) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"target_text": "181家以上"}, "does not stand"),
        ({"target_value": 1800}, "does not agree"),
        ({"target_unit": "人"}, "does not agree"),
        ({"verdict": "missed"}, "figures say"),
        ({"verdict": "great"}, "unknown verdict"),
        ({"bound": "range"}, "two values"),
        ({"bound": None}, "target with bound"),
        ({"target_span": [0, 2]}, "target_span holds"),
        ({"actual_text": None}, "without actual_text"),
    ],
)
def test_validator_refuses(change: dict[str, Any], fault: str) -> None:
    text, row = compiled()
    assert any(fault in found for found in validate.row_faults(row | change, text, squash(text), 1.0))


@pytest.mark.parametrize(
    ("rewrite", "message"),
    [
        (lambda raw: raw.replace("。\n---", "{2a:5户}。\n---"), "without a row"),
        (lambda raw: raw.replace("{1t:", "{2t:"), "no span is marked"),
        (lambda raw: raw.replace("以上}", "以上"), "not closed"),
        (lambda raw: raw.replace("split: train\n", ""), "lacks split"),
        (lambda raw: raw.replace("|>", "|"), "without a bound"),
    ],
)
def test_marks_refuse(rewrite: Callable[[str], str], message: str) -> None:
    raw = HEADER + "目标{1t:180家以上}。\n---\n1 *|新增企业|>\n"
    with pytest.raises(MarkError, match=message):
        compile_document("x", rewrite(raw))


def test_leaks_between_splits_are_found() -> None:
    text = "今年全市计划新增规模以上工业企业一百八十家，技术改造投资增长百分之十以上，建成第五代移动通信基站。"
    entries = [{"name": "one", "split": "train"}, {"name": "two", "split": "test"}]
    found = list(validate.split_faults(entries, {"one": text, "two": text.replace("今年", "全年")}))
    assert len(found) == 1
    assert "share" in found[0]
    family = [entry | {"family": "same"} for entry in entries]
    assert any("family same" in fault for fault in validate.split_faults(family, {}))


def test_rows_are_json_lines() -> None:
    for path in (validate.CORPUS / "gold").glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert isinstance(json.loads(line), dict)
