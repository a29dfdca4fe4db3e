"""Running text of a PDF: columns, paragraphs, page furniture and how characters are printed. One hazard a test."""

from __future__ import annotations

import pytest

from .helpers import grid, tables, texts
from .makepdf import Pdf
from .pdfs import one_page, read

LEFT = [
    "　　全市上下紧扣年度目标任务，狠抓落", "实，前三季度完成工业投资三百二十亿", "元，同比增长百分之十二点五，高于全",
    "省平均水平。其中技术改造投资增长较", "快，占工业投资的比重达到四成以上，", "新开工项目一百二十个，竣工九十个。",
]  # fmt: skip


RIGHT = [
    "　　服务业发展态势良好，社会消费品零", "售总额达到二百八十亿元，增长百分之", "九点一。新增限额以上商贸企业三十五",
    "家，完成全年任务的百分之一百一十。", "旅游接待人次和收入双双增长两成，民", "宿客房新增八百间，床位一千二百张。",
]  # fmt: skip


def test_two_columns_are_read_one_after_the_other() -> None:
    pdf, page = one_page()
    page.text(200, 40, "前三季度经济运行情况", 16)
    page.lines(50, 90, LEFT, 12, 20).lines(310, 90, RIGHT, 12, 20)
    source = read(pdf)
    assert texts(source) == ["前三季度经济运行情况", "".join(LEFT).strip(), "".join(RIGHT).strip()]


def test_short_page_follows_the_columns_of_the_others() -> None:
    pdf = Pdf()
    for _ in range(2):
        pdf.page().lines(50, 90, LEFT, 12, 20).lines(310, 90, RIGHT, 12, 20)
    pdf.page().lines(50, 90, ["　　甲县完成三件。", "　　乙县完成四件。"], 12, 20).lines(
        310, 90, ["　　丙县完成五件。", "　　丁县完成六件。"], 12, 20
    )
    source = read(pdf)
    last = [b.passage.text for b in source.blocks if b.place.page == 3]  # type: ignore[union-attr]
    assert last == ["甲县完成三件。", "乙县完成四件。", "丙县完成五件。", "丁县完成六件。"]


def test_paragraphs_by_indent_and_page_breaks() -> None:
    pdf = Pdf()
    first = [
        "　　全年建成高标准农田四十万亩，改造老旧管网三百公里，新增城市绿",
        "地五十公顷，各项指标均好于预期，完成了年初确定的全部目标任务并且",
    ]
    second = ["提前了一个月。", "　　二是推进污染防治，空气优良天数三百一十天。"]
    pdf.page().lines(60, 700, first, 14, 22).text(290, 810, "1", 9)
    pdf.page().lines(60, 60, second, 14, 22).text(290, 810, "2", 9)
    assert texts(read(pdf)) == ["".join(first).strip() + second[0], second[1].strip()]


def test_page_numbers_and_running_heads_go() -> None:
    pdf = Pdf()
    for at in range(4):
        page = pdf.page().text(200, 30, "某市政府工作报告汇编", 9)
        page.text(60, 300, f"第{'一二三四'[at]}季度完成{at + 3}件。").text(270, 815, f"第 {at + 1} 页 共 4 页", 9)
    assert texts(read(pdf)) == [f"第{'一二三四'[at]}季度完成{at + 3}件。" for at in range(4)]


@pytest.mark.parametrize(("rotate", "bbox"), [(90, (60.0, 100.0, 360.0, 160.0)), (0, (100.0, 482.0, 160.0, 782.0))])
def test_text_that_runs_upwards(rotate: int, bbox: tuple[float, ...]) -> None:
    """A landscape page stored upright, which the viewer turns; and one that the viewer leaves lying."""
    pdf = Pdf()
    page = pdf.page(595, 842, rotate=rotate)
    # Reading coordinates (x to the right, y down, 842 wide) stand at (y, x) from the lower left corner.
    for x in (60, 160, 360):
        page.line(100, 842 - x, 160, 842 - x)
    for y in (100, 130, 160):
        page.line(y, 842 - 60, y, 842 - 360)
    for x, y, text in ((65, 105, "指标"), (165, 105, "数值"), (65, 135, "出口"), (165, 135, "9.6亿美元")):
        page.text(y + 8.8, 842 - x - 8.8, text, 10, angle=90)
    source = read(pdf)
    assert grid(source) == [["指标", "数值"], ["出口", "9.6亿美元"]]
    assert tables(source)[0].place.bbox == bbox


def test_slanted_watermark_is_no_text() -> None:
    pdf, page = one_page()
    page.text(60, 100, "完成投资12亿元，同比增长8%。").text(150, 400, "内部资料9件", 40, angle=45)
    assert texts(read(pdf)) == ["完成投资12亿元，同比增长8%。"]


def test_bold_type_by_printing_twice() -> None:
    pdf, page = one_page()
    page.text(60, 100, "完成率100%，位居第一。").text(60.3, 100, "完成率100%，位居第一。")
    assert texts(read(pdf)) == ["完成率100%，位居第一。"]


def test_raised_figures() -> None:
    pdf, page = one_page()
    page.text(60, 100, "减排10", 12).text(96, 99.5, "4", 7).text(101, 100, "吨标准煤。", 12)
    assert texts(read(pdf)) == ["减排10⁴吨标准煤。"]


def test_blanks_between_figures_stay() -> None:
    pdf, page = one_page()
    page.text(60, 100, "AR VR 90 89.97 完成")
    assert texts(read(pdf)) == ["AR VR 90 89.97完成"]


def test_title_of_two_lines_is_one() -> None:
    pdf, page = one_page()
    page.text(190, 60, "某市人民政府办公室", 20).text(170, 92, "重点工作完成情况通报", 20)
    page.lines(60, 150, ["　　截至十二月底，各项任务推进有力，全年目标基本完成，现将有关情", "况通报如下。"], 14, 22)
    source = read(pdf)
    assert source.title == "某市人民政府办公室重点工作完成情况通报"


@pytest.mark.parametrize("rotate", [180, 270])
def test_pages_that_the_viewer_turns(rotate: int) -> None:
    """What is read stands at (x, y) of the page as the viewer shows it."""
    pdf = Pdf()
    page = pdf.page(595, 842, rotate=rotate)

    def stored(x: float, y: float) -> tuple[float, float]:
        return (595 - x, 842 - y) if rotate == 180 else (595 - y, x)

    for x in (60, 160, 360):
        page.line(*stored(x, 100), *stored(x, 160))
    for y in (100, 130, 160):
        page.line(*stored(60, y), *stored(360, y))
    for x, y, text in ((65, 105, "指标"), (165, 105, "数值"), (65, 135, "出口"), (165, 135, "9.6亿美元")):
        left, base = stored(x, y + 8.8)
        page.text(left, base - 8.8, text, 10, angle=rotate)
    source = read(pdf)
    assert grid(source) == [["指标", "数值"], ["出口", "9.6亿美元"]]
    assert tables(source)[0].place.bbox == (60.0, 100.0, 360.0, 160.0)


def test_text_beside_the_page_is_not_shown() -> None:
    pdf, page = one_page()
    page.text(60, 100, "完成3件。").text(700, 100, "页外9件。").text(60, 900, "页下8件。")
    assert texts(read(pdf)) == ["完成3件。"]


def test_rare_characters_of_place_names() -> None:
    pdf, page = one_page()
    page.text(60, 100, "在𬭁村改造道路3公里。")
    assert texts(read(pdf.data().replace(b"/UniGB-UCS2-H", b"/UniGB-UTF16-H"))) == ["在𬭁村改造道路3公里。"]


def test_items_as_wide_as_the_column_are_paragraphs() -> None:
    pdf, page = one_page()
    items = [
        "1.全年改造老旧管网三百公里，新增城市绿地五十公顷。",
        "2.全年建成高标准农田四十万亩，疏浚河道六十一公里。",
        "3.全年完成技改投资十二亿元，同比增长百分之八多。",
    ]
    page.lines(60, 100, items, 12, 20)
    assert texts(read(pdf)) == items


def test_figures_set_apart_from_their_line_stay_in_it() -> None:
    pdf, page = one_page()
    page.text(60, 100, "完成投资", 12).text(120, 100, "9.6", 12).text(150, 100, "亿元。", 12)
    page.lines(60, 130, ["全年改造老旧管网三百公里，新增城市绿地五十公顷、疏浚河道", "六十一公里。"], 12, 20)
    assert texts(read(pdf))[0] == "完成投资9.6亿元。"
