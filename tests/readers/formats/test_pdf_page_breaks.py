"""Tables that a page break cuts: what goes on, what begins anew. One hazard a test."""

from __future__ import annotations

import pytest

from .helpers import grid, spans, tables, texts
from .makepdf import Pdf
from .pdfs import HEAD, WIDTHS, read


def _long_table(pdf: Pdf, rows: list[tuple[str, str, str]], repeat: bool) -> None:
    """Each given list of rows on a page of its own, at the foot of one and the head of the next."""
    for at in range(0, len(rows), 2):
        page = pdf.page()
        cells: dict[tuple[int, int], str | tuple[str, int, int]] = {}
        start = 0
        if repeat or at == 0:
            cells.update(HEAD)
            start = 1
        for r, row in enumerate(rows[at : at + 2]):
            cells.update({(start + r, c): text for c, text in enumerate(row)})
        heights = [30.0] * (start + len(rows[at : at + 2]))
        page.table(60, 60 if at else 700 - sum(heights), WIDTHS, heights, cells)
        page.text(290, 810, f"- {at // 2 + 1} -", 9)


@pytest.mark.parametrize("repeat", [True, False])
def test_table_over_pages(repeat: bool) -> None:
    pdf = Pdf()
    rows = [(str(at), f"建设项目{at}0个。", f"已开工{at}1个。") for at in range(1, 7)]
    _long_table(pdf, rows, repeat)
    source = read(pdf)
    assert len(tables(source)) == 1
    assert grid(source) == [["序号", "目标任务", "完成情况"], *[list(row) for row in rows]]
    assert tables(source)[0].header_rows == 1
    assert [cell.place.page for cell in tables(source)[0].cells if cell.col == 0] == [1, 1, 1, 2, 2, 3, 3]
    assert texts(source) == []


def test_row_cut_by_a_page_break() -> None:
    pdf = Pdf()
    _long_table(
        pdf,
        [
            ("1", "新增绿地10公顷。", "完成11公顷。"),
            ("2", "改造管网，确保年底前", "全年改造管网23公里。"),
            ("", "完成22公里。", ""),
            ("3", "建公厕5座。", "建成6座。"),
        ],
        repeat=True,
    )
    source = read(pdf)
    assert grid(source)[2] == ["2", "改造管网，确保年底前完成22公里。", "全年改造管网23公里。"]
    assert len(grid(source)) == 4


def test_row_cut_between_two_sentences() -> None:
    pdf = Pdf()
    _long_table(
        pdf,
        [
            ("1", "新增绿地10公顷。", "完成11公顷。"),
            ("2", "改造管网22公里。", "1.改造管网23公里。"),
            ("", "", "2.另有5公里在建。"),
            ("3", "建公厕5座。", "建成6座。"),
        ],
        repeat=True,
    )
    assert grid(read(pdf))[2] == ["2", "改造管网22公里。", "1.改造管网23公里。2.另有5公里在建。"]


def test_merged_cell_cut_by_a_page_break() -> None:
    pdf = Pdf()
    heads = {(0, 0): "序号", (0, 1): "任务", (0, 2): "类别", (0, 3): "情况"}
    widths = [50.0, 120.0, 80.0, 200.0]
    first = {
        **heads, (1, 0): ("1", 2, 1), (1, 1): ("种茶9万亩", 2, 1), (1, 2): "进度", (1, 3): "完成5万亩。",
        (2, 2): "措施", (2, 3): "发放种苗。", (3, 0): "2", (3, 1): "养蚕3万张", (3, 2): "进度", (3, 3): "完成2万张。",
    }  # fmt: skip
    second = {
        **heads, (1, 2): "措施", (1, 3): "技术培训9场。",
        (2, 0): ("3", 2, 1), (2, 1): ("养蜂4万箱", 2, 1), (2, 2): "进度",
        (2, 3): "完成4万箱。", (3, 2): "措施",
        (3, 3): "补贴到位。",
    }  # fmt: skip
    pdf.page().table(60, 600, widths, [30] * 4, first)
    pdf.page().table(60, 60, widths, [30] * 4, second)
    source = read(pdf)
    assert grid(source)[3:5] == [["2", "养蚕3万张", "进度", "完成2万张。"], ["2", "养蚕3万张", "措施", "技术培训9场。"]]
    assert spans(source)["养蚕3万张"] == (2, 1)


def test_other_table_on_the_next_page_stays_apart() -> None:
    pdf = Pdf()
    pdf.page().table(60, 600, WIDTHS, [30, 30], {**HEAD, (1, 0): "1", (1, 1): "建桥2座", (1, 2): "建成2座"})
    other = {(0, 0): "县区", (0, 1): "任务数", (1, 0): "东县", (1, 1): "15户"}
    pdf.page().table(60, 60, [100, 150], [30, 30], other)
    assert len(tables(read(pdf))) == 2


def test_text_between_keeps_tables_apart() -> None:
    pdf = Pdf()
    table = {**HEAD, (1, 0): "1", (1, 1): "建桥2座", (1, 2): "建成2座"}
    pdf.page().table(60, 600, WIDTHS, [30, 30], table)
    pdf.page().text(60, 60, "附表二：").table(60, 100, WIDTHS, [30, 30], table)
    source = read(pdf)
    assert len(tables(source)) == 2
    assert tables(source)[1].caption.text == "附表二："


def test_row_cut_without_any_line_across() -> None:
    """What browsers print: the last page holds the rest of a row between upright lines only."""
    pdf = Pdf()
    first = {**HEAD, (1, 0): "1", (1, 1): "建桥2座。", (1, 2): "年内建成两座，另有一"}
    pdf.page().table(60, 700, WIDTHS, [30, 30], first, last=False)
    page = pdf.page().text(313, 63, "座开工。").text(113, 200, "表后说明文字，与表格无关。")
    for x in (60, 110, 310, 510):
        page.line(x, 60, x, 90)
    source = read(pdf)
    assert grid(source)[1] == ["1", "建桥2座。", "年内建成两座，另有一座开工。"]
    assert texts(source) == ["表后说明文字，与表格无关。"]


FOUR = {(0, 0): "序号", (0, 1): "任务", (0, 2): "责任单位", (0, 3): "完成情况"}


def _four_columns(pdf: Pdf) -> None:
    row = {(1, 0): "1", (1, 1): "建桥2座", (1, 2): "甲局", (1, 3): "建成2座"}
    pdf.page().table(60, 600, [50, 200, 100, 100], [30, 30], {**FOUR, **row})


def test_columns_that_stay_merged_on_the_next_page() -> None:
    pdf = Pdf()
    _four_columns(pdf)
    rest = {
        (0, 0): "2",
        (0, 1): "修路3公里",
        (0, 2): "由甲局实施，修通",
        (1, 0): "3",
        (1, 1): "建站1座",
        (1, 2): "同上，建成",
    }
    pdf.page().table(60, 60, [50, 200, 200], [30, 30], rest)
    source = read(pdf)
    assert len(tables(source)) == 1
    assert grid(source)[2:] == [["2", "修路3公里", *["由甲局实施，修通"] * 2], ["3", "建站1座", *["同上，建成"] * 2]]


def test_other_headings_begin_another_table() -> None:
    pdf = Pdf()
    _four_columns(pdf)
    other = {(0, 0): "序号", (0, 1): "指标", (0, 2): "数值", (1, 0): "1", (1, 1): "出口额", (1, 2): "9亿元"}
    pdf.page().table(60, 60, [50, 200, 200], [30, 30], other)
    assert len(tables(read(pdf))) == 2


def test_table_without_lines_does_not_go_on_with_a_ruled_one() -> None:
    pdf = Pdf()
    pdf.page().table(60, 600, WIDTHS, [30, 30], {**HEAD, (1, 0): "1", (1, 1): "建桥2座", (1, 2): "建成2座"})
    page = pdf.page()
    for at, row in enumerate([("县区", "计划", "实绩"), ("东县", "60户", "61户"), ("西县", "80户", "83户")]):
        for c, text in enumerate(row):
            page.text(65 + c * 150, 60 + at * 20, text)
    source = read(pdf)
    assert [len(table.cells) for table in tables(source)] == [6, 9]
    assert grid(source, 1)[2] == ["西县", "80户", "83户"]


def test_headings_that_are_alike_by_chance() -> None:
    """A first column that reaches below the rows that repeat is no heading repeated."""
    pdf = Pdf()
    heads = {(0, 1): ("情况", 1, 2), (1, 1): "计划", (1, 2): "实绩"}
    widths, rows = [120.0, 100.0, 100.0], [30.0] * 3
    pdf.page().table(
        60, 600, widths, rows, {**heads, (0, 0): ("任务", 2, 1), (2, 0): "修路", (2, 1): "3公里", (2, 2): "4公里"}
    )
    pdf.page().table(60, 60, widths, rows, {**heads, (0, 0): ("任务", 3, 1), (2, 1): "5座", (2, 2): "6座"})
    assert grid(read(pdf))[5] == ["任务", "5座", "6座"]


def test_answer_that_begins_only_on_the_next_page_stays_in_its_column() -> None:
    pdf = Pdf()
    pdf.page().table(60, 600, WIDTHS, [30, 30], {**HEAD, (1, 0): "1", (1, 1): "建桥2座，确保年底前"})
    rest = {(0, 2): "建成2座。", (1, 0): "2", (1, 1): "修路3公里", (1, 2): "修通"}
    pdf.page().table(60, 60, WIDTHS, [30, 30], rest)
    source = read(pdf)
    assert grid(source)[2] == ["1", "", "建成2座。"]
    assert grid(source)[3] == ["2", "修路3公里", "修通"]
