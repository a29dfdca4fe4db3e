"""One report, quarter after quarter: every indicator becomes a series."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicators import score_text
from indicators.comparing import Series, series

_HEAD = "序号\t工作任务\t完成情况\n"


def _quarter(title: str, *rows: tuple[str, str]) -> str:
    return f"安河县2023年{title}重点工作完成情况\n\n{_HEAD}" + "".join(
        f"{i}\t{a}\t{b}\n" for i, (a, b) in enumerate(rows, 1)
    )


FIRST = _quarter(
    "一季度",
    ("新增规上工业企业40家", "新增规上工业企业9家。"),
    ("完成固定资产投资120亿元", "完成固定资产投资26亿元。"),
    ("新增省级绿色工厂5家", "获批省级绿色工厂1家。"),
    ("新建公厕30座", "新建公厕4座。"),
)
HALF = _quarter(
    "上半年",
    ("新增规上工业企业40家", "新增规上工业企业19家。"),
    ("完成固定资产投资110亿元", "完成固定资产投资520000万元。"),
    ("新增国家级绿色工厂2家", "获批国家级绿色工厂1家。"),
    ("新建公厕30座", "正在选址。"),
)
YEAR = _quarter(
    "",
    ("新增规上工业企业40家", "新增规上工业企业43家。"),
    ("完成固定资产投资110亿元", "完成固定资产投资112亿元。"),
)


def _found(all_series: list[Series], name: str) -> Series:
    found = [s for s in all_series if name in s.indicator]
    assert len(found) == 1, [s.indicator for s in all_series]
    return found[0]


@pytest.fixture(scope="module")
def told() -> list[Series]:
    # Given out of order: the as-of dates put them right.
    return series([score_text(text, name=name) for name, text in (("h", HALF), ("y", YEAR), ("q", FIRST))])


def test_points_stand_in_order_of_date(told: list[Series]) -> None:
    firms = _found(told, "规上工业企业")
    assert [(p.as_of, p.value, p.target, p.source) for p in firms.points] == [
        ("2023-03-31", 9, 40, "q"),
        ("2023-06-30", 19, 40, "h"),
        ("2023-12-31", 43, 40, "y"),
    ]
    assert [p.verdict for p in firms.points] == ["behind", "behind", "exceeded"]
    assert firms.drifts == []


def test_a_changed_target_is_a_drift_and_units_are_converted(told: list[Series]) -> None:
    invested = _found(told, "固定资产投资")
    assert invested.unit == "元"
    assert [p.value for p in invested.points] == [2600000000, 5200000000, 11200000000]
    assert [(a.target, b.target) for a, b in invested.drifts] == [(12000000000, 11000000000)]


def test_another_level_is_another_series(told: list[Series]) -> None:
    assert [len(_found(told, name).points) for name in ("省级绿色工厂", "国家级绿色工厂")] == [1, 1]


def test_a_quarter_without_a_figure_keeps_its_point(told: list[Series]) -> None:
    assert [(p.value, p.verdict) for p in _found(told, "公厕").points] == [(4, "behind"), (None, "unreported")]


def test_no_report_gives_two_points_to_a_series(told: list[Series]) -> None:
    for one in told:
        assert len({p.source for p in one.points}) == len(one.points)


def test_paths_are_scored(tmp_path: Path) -> None:
    for name, text in (("q1.txt", FIRST), ("q2.txt", HALF)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = series([tmp_path / "q2.txt", str(tmp_path / "q1.txt")])
    assert [p.source for p in _found(found, "规上工业企业").points] == [
        str(tmp_path / "q1.txt"),
        str(tmp_path / "q2.txt"),
    ]


def test_nothing_gives_nothing() -> None:
    assert series([]) == []
