"""What a heading says of its column: the shipped wordings, units, periods, two levels, turned tables."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from indicators import rulebook
from indicators.readers import read_text
from indicators.readers.flattened.atoms import label_at, marks
from indicators.readers.tables.columns import resolve_headings
from indicators.readers.tables.heading_row import is_heading_row
from indicators.readers.tables.headings import (
    Heading,
    column_role,
    is_unit,
    parse_heading,
)
from indicators.readers.tables.turned import turn_round
from indicators.schema.source import Table

RULES = rulebook.load("headings")
WORDINGS = tomllib.loads((Path(__file__).parent / "heading_cases.toml").read_text(encoding="utf-8"))["wordings"]


def table_of(text: str) -> Table:
    (table,) = (block for block in read_text(text).blocks if isinstance(block, Table))
    return table


@pytest.mark.parametrize(("text", "role", "unit", "period"), WORDINGS, ids=[case[0] for case in WORDINGS])
def test_wording(text: str, role: str, unit: str, period: str) -> None:
    found = parse_heading(text)
    assert (found.role, found.unit, found.period or "") == (role, unit, period)


@pytest.mark.parametrize("rule", RULES["heading"], ids=[rule["id"] for rule in RULES["heading"]])
def test_rule_matches_its_words_and_examples_only(rule: dict[str, Any]) -> None:
    assert rule["examples"]
    assert rule["meaning"]
    for text in [*rule.get("words", []), *rule["examples"]]:
        assert column_role(text) == rule["role"], text
    for text in rule.get("counterexamples", []):
        assert column_role(text) != rule["role"], text


def test_each_role_is_met_by_a_wording() -> None:
    """Without the rule of a role, a wording of it would not be read."""
    told = {role for _, role, _, _ in WORDINGS}
    assert {rule["role"] for rule in RULES["heading"]} - told == {"category"}
    assert column_role("一级指标") == "category"


@pytest.mark.parametrize("rule", RULES["label"], ids=[rule["id"] for rule in RULES["label"]])
def test_labels(rule: dict[str, Any]) -> None:
    for text in rule["examples"]:
        assert label_at(text) == text
    for text in rule["counterexamples"]:
        assert label_at(text) is None


def test_marks_and_units() -> None:
    for rule in RULES["mark"]:
        assert set(rule["examples"]) <= marks()
    assert all(is_unit(text) for text in ("万元", "%", "个", "平方公里", "亿美元"))
    assert not any(is_unit(text) for text in ("责任", "2031年", "备注"))


def test_heading_rows() -> None:
    assert is_heading_row(["序号", "目标任务", "责任单位", "完成情况"])
    assert is_heading_row(["县区", "目标值", "", "完成率"])
    assert not is_heading_row(["1", "新建公园3个", "区园林局", "已建成"])
    assert not is_heading_row(["全年目标任务完成情况良好。", "继续努力。"])


TWO_LEVELS = """县区\t工业产值（亿元）\t\t\t新增企业（户）\t
\t年度目标\t1-9月完成\t完成率\t年度目标\t1-9月完成
东河区\t120\t98.5\t82.1%\t20\t17
西山县\t64\t51.2\t80%\t12\t13
"""


def test_two_levels() -> None:
    table = table_of(TWO_LEVELS)
    assert table.header_rows == 2
    found = resolve_headings(table)
    assert [heading.role for heading in found] == ["region", "target", "actual", "completion", "target", "actual"]
    assert found[1] == Heading("target", "工业产值（亿元）年度目标", "亿元", None, "工业产值（亿元）")
    assert (found[5].unit, found[5].period, found[5].group) == ("户", "1-9月", "新增企业（户）")


def test_marks_under_a_common_heading() -> None:
    table = table_of(
        "序号\t任务\t完成情况\t\t落实情况\n\t\t已完成\t未完成\t\n1\t新建桥梁2座\t√\t\t已建成2座\n2\t新建泵站3座\t\t√\t建成2座\n"
    )
    roles = [heading.role for heading in resolve_headings(table)]
    assert roles == ["number", "task", "done_mark", "notdone_mark", "result"]


def test_years_take_their_meaning_from_the_caption() -> None:
    rows = "指标\t2030\t2035\t性质\n入园率\t92%\t≥98%\t预期\n优良天数\t310天\t330天\t约束\n"
    named = table_of("“十六五”指标（2030年实际，2035年目标）\n" + rows)
    assert [heading.role for heading in resolve_headings(named)] == ["indicator", "baseline", "target", "nature"]
    bare = table_of(rows)
    assert [heading.role for heading in resolve_headings(bare)] == ["indicator", "baseline", "target", "nature"]


def test_an_earlier_years_actual_is_the_base() -> None:
    table = table_of("指标名称\t2030年实际\t2031年计划\t2031年实际\n财政收入\t41.2\t44\t45.1\n用水量\t3.1\t3\t2.9\n")
    assert [heading.role for heading in resolve_headings(table)] == ["indicator", "baseline", "target", "actual"]


def test_a_growth_rate_answers_a_target_for_it() -> None:
    table = table_of("县区\t工业投资\t\n\t全年增速目标\t1-5月增速\n东河区\t10\t12.3\n西山县\t9\t6.8\n")
    assert [heading.role for heading in resolve_headings(table)] == ["region", "target", "actual"]


def test_a_quarters_target_over_figures_is_a_target() -> None:
    table = table_of("指标\t二季度目标\t二季度完成\n用电量\t35\t36.2\n货运量\t120\t118\n")
    found = resolve_headings(table)
    assert (found[1].role, found[1].period) == ("target", "二季度")


@pytest.mark.parametrize(
    ("heading", "cells", "role"),
    [
        ("完成情况", ["√", "×", "√"], "status"),
        ("自评", ["√", "√", "×"], "status"),
        ("自评情况", ["完成", "未完成", "已完成"], "status"),
        ("自评情况", ["已建成", "完成", "未完成"], "result"),
        ("自评", ["10", "9.5分", "8"], "score"),
        ("完成情况", ["10", "9.5", "8"], "result"),
        ("时间节点", ["6月底", "2031年12月底前", "长期"], "deadline"),
        ("四季度节点", ["封顶2栋", "12月底", "验收"], "schedule"),
    ],
)
def test_what_stands_below_tells_the_column(heading: str, cells: list[str], role: str) -> None:
    rows = "".join(f"{i}\t建设泵站{i}座\t{cell}\t建成{i}座\n" for i, cell in enumerate(cells, 1))
    table = table_of(f"序号\t任务\t{heading}\t推进情况\n" + rows)
    assert resolve_headings(table)[2].role == role


def test_remarks_tell_what_was_done_where_the_results_are_ticks() -> None:
    ticks = "序号\t任务\t完成情况\t备注\n1\t建桥2座\t√\t建成2座\n2\t修路8公里\t×\t完工5公里\n"
    assert [heading.role for heading in resolve_headings(table_of(ticks))][2:] == ["status", "result"]
    words = ticks.replace("√", "建成1座").replace("×", "完工3公里")
    assert [heading.role for heading in resolve_headings(table_of(words))][2:] == ["result", "remark"]


def test_leads_are_no_labels() -> None:
    for rule in RULES["lead"]:
        assert set(rule["examples"]) <= set(rule["words"])
        assert not set(rule["counterexamples"]) & set(rule["words"])


def test_transposed_tables_are_turned() -> None:
    table = table_of(
        "项目\tPM2.5浓度\t优良天数比率（%）\n2030年实际\t41\t80\n2031年目标\t≤40\t≥82\n2031年完成\t39\t83.1\n"
    )
    turned = turn_round(table)
    assert (turned.n_rows, turned.n_cols, turned.header_rows) == (3, 4, 1)
    assert [heading.role for heading in resolve_headings(turned)][1:] == ["baseline", "target", "actual"]
    assert turn_round(turned) is turned


def test_ordinary_tables_are_not_turned() -> None:
    table = table_of("序号\t目标任务\t完成情况\n1\t建桥2座\t已建成\n2\t修路8公里\t完工\n")
    assert turn_round(table) is table
