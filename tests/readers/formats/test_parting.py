"""One grid that holds several tables is cut where a row heads columns anew."""

from __future__ import annotations

import indicators
from indicators.readers.tables.several import tables_of
from indicators.readers.tables.shape import RawCell

FORM = """<table>
<tr><td colspan="2">项目资金（万元）</td><td>年初预算数</td><td>全年预算数</td><td>全年执行数</td><td>执行率</td></tr>
<tr><td colspan="2">年度资金总额</td><td>120</td><td>130</td><td>129.5</td><td>99.6%</td></tr>
<tr><td rowspan="2">年度总体目标</td><td colspan="3">预期目标</td><td colspan="2">实际完成情况</td></tr>
<tr><td colspan="3">检查企业不少于600家次，整改率100%。</td><td colspan="2">检查企业648家次，整改率96%。</td></tr>
<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>年度指标值</td><td>实际完成值</td><td>得分</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td>新建消防站</td><td>12个</td><td>10个</td><td>8</td></tr>
</table>"""


def _row(at: int, *texts: str) -> list[RawCell]:
    return [RawCell(at, col, text) for col, text in enumerate(texts)]


def test_each_table_of_a_form_is_read_under_its_own_headings(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "form.html"
    path.write_text(f"<html><body><p>2022年度项目支出绩效自评表</p>{FORM}</body></html>", encoding="utf-8")
    rows = {(row.indicator, row.target_text, row.actual_text, row.verdict) for row in indicators.score(path).rows()}
    assert rows == {
        ("年度资金总额", "130", "129.5", "met"),
        ("检查企业", "不少于600家次", "648家次", "exceeded"),
        ("企业整改率", "100%", "96%", "missed"),
        ("新建消防站", "12个", "10个", "missed"),
    }


def test_headings_printed_again_part_nothing() -> None:
    head = ("序号", "目标任务", "完成情况")
    cells = [*_row(0, *head), *_row(1, "1", "建桥2座", "建成2座"), *_row(2, *head), *_row(3, "2", "修路3公里", "修通")]
    assert len(tables_of(cells)) == 1


def test_a_spanning_cell_ends_with_its_table() -> None:
    tall = RawCell(1, 0, "建桥2座", rowspan=4)
    told = RawCell(1, 1, "建成1座")
    head = [RawCell(3, 1, "预期目标"), RawCell(3, 2, "实际完成情况")]
    cells = [
        *_row(0, "目标任务", "完成情况"),
        tall,
        told,
        *_row(2, "", "2个在建"),
        *head,
        RawCell(4, 1, "3座"),
        RawCell(4, 2, "1座"),
    ]
    parts = tables_of(cells)
    assert [len({cell.row for cell in piece}) for piece in parts] == [3, 2]
    assert next(cell for cell in parts[0] if cell.text == "建桥2座").rowspan == 2
