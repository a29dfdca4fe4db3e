"""The public helpers: units that compare and convert, headings that print a unit, results that travel."""

from __future__ import annotations

import pickle
import subprocess
import sys
from decimal import Decimal

import pytest

from indicators.errors import UsageError
from indicators.quantities import comparable, convert, find_periods, find_quantities, heading_unit, unit_kind

_COMPARE = """
家 户, 家 个, 项 个, 个 座, 台 台(套), 名 人, 位 人, 个 人, 公里 千米, 公里 米, 亩 公顷, 平米 平方米, 平方公里 亩,
吨 公斤, 斤 公斤, 千瓦 兆瓦, 千瓦时 GWh, 天 周, 个月 年, 小时 分钟, 元 角, % ‰, 万元 万元, 元/吨 元/公斤,
吨/年 公斤/年, 工作日 天
"""
_DO_NOT_COMPARE = """
人 人次, 家 家次, 次 个, 批次 个, % 百分点, 元 美元, 欧元 美元, 家 元, 吨 亩, 千瓦 千瓦时, 吨标准煤 吨, 年 岁, 天 小时,
元/吨 元, 倍 %, TB GB, 百万 家
"""
_CONVERSIONS = """
3 公里 米 3000, 15 亩 公顷 1, 1 公顷 亩 15, 2 吨 公斤 2000, 10 斤 公斤 5, 1.5 兆瓦 千瓦 1500, 2 年 个月 24,
90 分钟 小时 1.5, 5 角 元 0.5, 6.5 ‰ % 0.65, 12 家 户 12, 30 元/公斤 元/吨 30000, 7 个 个 7, 1 平方公里 亩 1500
"""
_KINDS = """
家 count, 元 money, % ratio, ％ ratio, 百分点 points, 倍 multiple, 亩 area, 台（套） count, 元/吨 price,
吨/年 rate_per_time, 人/平方公里 rate, 微克/立方米 concentration, 不知道 other, 个月 duration, 岁 age, 千瓦时 energy
"""


def _split(table: str) -> list[list[str]]:
    return [entry.split() for entry in table.replace("\n", " ").split(",")]


@pytest.mark.parametrize(("a", "b"), _split(_COMPARE))
def test_units_that_compare(a: str, b: str) -> None:
    assert comparable(a, b)
    assert comparable(b, a)


@pytest.mark.parametrize(("a", "b"), [*_split(_DO_NOT_COMPARE), ("", "家")])
def test_units_that_do_not_compare(a: str, b: str) -> None:
    assert not comparable(a, b)
    with pytest.raises(UsageError):
        convert(Decimal(1), a, b)


@pytest.mark.parametrize(("value", "a", "b", "expected"), _split(_CONVERSIONS))
def test_conversions_are_exact(value: str, a: str, b: str, expected: str) -> None:
    assert convert(Decimal(value), a, b) == Decimal(expected)


@pytest.mark.parametrize(("unit", "kind"), [*_split(_KINDS), ("", "number")])
def test_kinds(unit: str, kind: str) -> None:
    assert unit_kind(unit) == kind


@pytest.mark.parametrize(
    ("heading", "scale", "unit"),
    [
        ("资金(万元)", 10_000, "元"),
        ("投资额（亿元）", 10**8, "元"),
        ("占比（%）", 1, "%"),
        ("面积/亩", 1, "亩"),
        ("单位：万人", 10_000, "人"),
        ("发行总额（亿）", 10**8, ""),
        ("数量（个）", 1, "个"),
        ("万元", 10_000, "元"),
    ],
)
def test_headings_that_print_a_unit(heading: str, scale: int, unit: str) -> None:
    assert heading_unit(heading) == (Decimal(scale), unit)


@pytest.mark.parametrize("heading", ["完成情况", "备注（说明）", "", "序号", "责任单位"])
def test_headings_that_print_none(heading: str) -> None:
    assert heading_unit(heading) is None


def test_a_columns_unit_reaches_its_figures() -> None:
    (quantity,) = find_quantities("1,200.5", unit="资金(万元)")
    assert (quantity.value, quantity.unit, quantity.kind) == (Decimal(12_005_000), "元", "money")
    (own,) = find_quantities("35%", unit="万元")
    assert (own.value, own.unit) == (35, "%")
    assert find_quantities("2022年", unit="万元") == []
    assert [q.value for q in find_quantities("12、15", unit="家")] == [12, 15]


def test_the_reports_year_resolves_periods() -> None:
    (open_period,) = find_periods("1-11月")
    assert (open_period.first, open_period.last, open_period.iso) == (None, None, None)
    (period,) = find_periods("1-11月", year=2021)
    assert period.iso == "2021-01/2021-11"
    (quantity,) = find_quantities("去年实现产值85亿元", year=2022)
    assert quantity.period is not None
    assert (quantity.period.iso, quantity.period.relative) == ("2021-01/2021-12", "last_year")
    printed, later = find_periods("2020年增长5%，上半年增长6%", year=2023)
    assert (printed.iso, later.iso) == ("2020-01/2020-12", "2020-01/2020-06")


def test_values_are_exact_decimals() -> None:
    (quantity,) = find_quantities("0.1万亿元")
    assert isinstance(quantity.value, Decimal)
    assert quantity.value == Decimal(10**11)
    (long,) = find_quantities("12345678901234567890.123456789元")
    assert str(long.value) == "12345678901234567890.123456789"


def test_offsets_count_into_the_raw_text() -> None:
    text = "　新增\u200b企业 １８０ 家\r\n以上，同比\t增长５．５％"
    first, second = find_quantities(text)
    assert text[first.start : first.end] == first.text == "１８０ 家\r\n以上"
    assert (first.low, first.bound) == (180, "at_least")
    assert second.text == "５．５％"


def test_results_can_be_pickled_and_hashed() -> None:
    found = find_quantities("2022年新增企业180家以上")
    assert pickle.loads(pickle.dumps(found)) == found
    assert len({*found, *found}) == len(found)


def test_the_grammar_works_alone() -> None:
    """Neither importing nor using it brings in spaCy, jieba or pandas."""
    script = (
        "import sys; from indicators.quantities import find_quantities; find_quantities('新增12家');"
        "print([m for m in ('spacy', 'jieba', 'pandas', 'numpy', 'cn2an') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("text", ["", " ", "\n", "无", "\x00", "1" * 5000, "亿" * 500, "(" * 500])
def test_nothing_found_in_nothing(text: str) -> None:
    assert find_quantities(text) == []
