"""Folding keeps the length; names of bodies are told from other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import rulebook
from indicators.readers.layout.fold import fold
from indicators.readers.tables import organisations


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("規模以上工業增加值增長９．５％", "规模以上工业增加值增长9.5%"),
        ("（１）ＡＢＣ　完成", "(1)ABC 完成"),
        ("實際利用外資３億美元，臺灣產業園", "实际利用外资3亿美元，台湾产业园"),
        ("显著、著名、乾坤、瞭望，全年。", "显著、著名、乾坤、瞭望，全年。"),
        ("新增5G基站1700个", "新增5G基站1700个"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_fold_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_each_character_of_the_table_is_folded() -> None:
    rules = rulebook.load("traditional")["characters"]
    assert sum(len(rule["traditional"]) for rule in rules) > 2000
    for rule in rules:
        assert len(rule["traditional"]) == len(rule["simplified"])
        assert fold(rule["traditional"]) == rule["simplified"]


@pytest.mark.parametrize(
    "text",
    [
        "市财政局",
        "市经济和信息化局",
        "县人力资源和社会保障局",
        "市发展改革委、市财政局",
        "桐城市政府",
        "安庆高新区管委会",
        "各县（市、区）人民政府",
        "市自然资源和规划局【耕保科】",
        "市残联",
        "区住房和城乡建设局市城管局",
        "市数据资源管理局",
    ],
)
def test_lists_of_bodies(text: str) -> None:
    assert organisations.is_list(text)


@pytest.mark.parametrize(
    "text",
    ["新增规上工业企业", "完成投资12亿元", "建设科技馆3座", "推动市场主体倍增", "全面完成", "12家", "料项目", "局"],
)
def test_no_bodies(text: str) -> None:
    assert not organisations.is_list(text)


def test_a_name_broken_off_at_the_end_of_a_page() -> None:
    assert organisations.is_broken_off("县人力资源和")
    assert not organisations.is_broken_off("完成投资")
    assert organisations.may_be_name("生产运营部")
    assert not organisations.may_be_name("全年完成投资12亿元")
