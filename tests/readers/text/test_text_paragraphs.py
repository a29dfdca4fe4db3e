"""Paragraphs, titles, headings and numbered items of plain text, case by case."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from indicators.quantities.numerals import chinese_int
from indicators.readers import read_text
from indicators.readers.layout.numbering import numbered
from indicators.schema.source import Paragraph

CASES = tomllib.loads((Path(__file__).parent / "paragraph_cases.toml").read_text(encoding="utf-8"))["case"]


def told(block: Paragraph) -> str:
    return f"{block.kind}|{block.number or ''}|{block.level}|{block.passage.text}"


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    source = read_text(case["text"])
    assert [told(block) for block in source.blocks if isinstance(block, Paragraph)] == case["blocks"], case["why"]
    title = next((line.split("|")[3] for line in case["blocks"] if line.startswith("title")), None)
    assert source.title == case.get("title", title)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_text_is_unchanged_and_offsets_point_into_it(case: dict[str, Any]) -> None:
    text = case["text"].replace("\n", "\r\n")
    source = read_text(text)
    assert source.text == text
    for block in source.blocks:
        assert isinstance(block, Paragraph)
        for char, offset in zip(block.passage.text, block.passage.offsets, strict=True):
            assert text[offset] in (char, "&") or (char == " " and text[offset].isspace())


@pytest.mark.parametrize(
    ("text", "number", "rank_before"),
    [
        ("一、", "一", 3),
        ("（三）", "三", 4),
        ("12.建设", "12", 6),
        ("（4）", "4", 7),
        ("③", "③", 9),
        ("第二章 ", "二", 1),
    ],
)
def test_numbers(text: str, number: str, rank_before: int) -> None:
    found = numbered(text + "新增")
    assert found is not None
    assert found.number == number
    assert found.rank < rank_before


@pytest.mark.parametrize("text", ["3.5万户", "2031年", "5G基站", "12 家企业", "十余家", "一批项目", "二手车"])
def test_no_numbers(text: str) -> None:
    assert numbered(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("九十九", 99), ("百", None)]
)
def test_chinese_numerals(text: str, value: int | None) -> None:
    assert chinese_int(text) == value
