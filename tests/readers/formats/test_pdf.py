"""PDF: one hazard a test. Every file is written by :mod:`makepdf`."""

from __future__ import annotations

import pytest

from indicators.errors import LimitError, ReadError
from indicators.readers.pdf import read_pdf
from indicators.schema.source import Source
from indicators.settings import Limits

from .helpers import check, grid, spans, tables, texts
from .makepdf import Page, Pdf

HEAD = {(0, 0): "序号", (0, 1): "目标任务", (0, 2): "完成情况"}
WIDTHS = [50.0, 200.0, 200.0]


def read(pdf: Pdf | bytes, limits: Limits | None = None) -> Source:
    data = pdf if isinstance(pdf, bytes) else pdf.data()
    return check(read_pdf(data, "报告.pdf", limits or Limits()))


def one_page() -> tuple[Pdf, Page]:
    pdf = Pdf()
    return pdf, pdf.page()


def test_ruled_table_with_places() -> None:
    pdf, page = one_page()
    page.text(180, 50, "重点工作完成情况", 18)
    page.table(60, 100, WIDTHS, [30, 30], {**HEAD, (1, 0): "1", (1, 1): "新建泵站4座", (1, 2): "√"})
    source = read(pdf)
    assert grid(source) == [["序号", "目标任务", "完成情况"], ["1", "新建泵站4座", "√"]]
    assert source.title == "重点工作完成情况"
    assert tables(source)[0].header_rows == 1
    cell = tables(source)[0].cells[4]
    assert cell.place.page == 1
    assert cell.place.bbox == (110.0, 130.0, 310.0, 160.0)
    assert source.blocks[0].place.bbox == (180.0, 50.0, 324.0, 68.0)


def test_cells_merged_over_rows_and_columns() -> None:
    pdf, page = one_page()
    cells = {
        (0, 0): ("任务", 2, 1), (0, 1): ("完成情况", 1, 2), (1, 1): "已完成", (1, 2): "未完成",
        (2, 0): ("治理河道\n16公里", 2, 1), (2, 1): "√", (3, 1): "17公里",
    }  # fmt: skip
    page.table(60, 100, [120, 100, 100], [20, 20, 30, 30], cells)
    source = read(pdf)
    assert spans(source) == {"任务": (2, 1), "完成情况": (1, 2), "治理河道16公里": (2, 1)}
    assert grid(source)[3] == ["治理河道16公里", "17公里", ""]
    assert tables(source)[0].header_rows == 2


def test_lines_of_a_cell_join_without_blanks() -> None:
    pdf, page = one_page()
    page.table(
        60,
        100,
        [120, 80],
        [20, 50],
        {(0, 0): "任务", (0, 1): "数", (1, 0): "推广节水灌\n溉面积12.5\n万亩", (1, 1): "13"},
    )
    assert grid(read(pdf))[1] == ["推广节水灌溉面积12.5万亩", "13"]


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


def test_open_sides_and_open_end() -> None:
    pdf, page = one_page()
    cells = {
        **HEAD,
        (1, 0): "1",
        (1, 1): "建桥2座",
        (1, 2): "建成2座",
        (2, 0): "2",
        (2, 1): "修路3公里",
        (2, 2): "修通",
    }
    page.table(60, 100, WIDTHS, [30, 30, 30], cells, sides=False, last=False)
    assert grid(read(pdf)) == [
        ["序号", "目标任务", "完成情况"],
        ["1", "建桥2座", "建成2座"],
        ["2", "修路3公里", "修通"],
    ]


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


def test_text_that_runs_over_the_last_line_of_a_cell() -> None:
    pdf, page = one_page()
    page.table(60, 100, WIDTHS, [30, 18], {**HEAD, (1, 0): "1", (1, 1): "建设连接两县的跨", (1, 2): "建成"})
    page.text(113, 118 + 30, "河大桥2座")
    source = read(pdf)
    assert grid(source)[1] == ["1", "建设连接两县的跨河大桥2座", "建成"]
    assert texts(source) == []


def test_lines_drawn_as_thin_bars() -> None:
    pdf, page = one_page()
    for top in (100, 130, 160):
        page.bar(60, top, 300, 0.7)
    for x in (60, 160, 360):
        page.bar(x, 100, 0.7, 60.7)
    page.text(65, 105, "指标").text(165, 105, "数值").text(65, 135, "出口额").text(165, 135, "9.6亿美元")
    assert grid(read(pdf)) == [["指标", "数值"], ["出口额", "9.6亿美元"]]


def test_lines_drawn_as_boxes_around_cells() -> None:
    pdf, page = one_page()
    for r, row in enumerate([("指标", "数值"), ("出口额", "9.6亿美元"), ("进口额", "4亿美元")]):
        for c, text in enumerate(row):
            page.box(60 + c * 100.8, 100 + r * 30.8, 100, 30).text(65 + c * 100.8, 105 + r * 30.8, text)
    assert grid(read(pdf))[2] == ["进口额", "4亿美元"]


def test_three_line_table() -> None:
    pdf, page = one_page()
    for top in (100, 125, 200):
        page.line(60, top, 460, top)
    rows = [
        ("指标", "计划", "实绩"),
        ("粮食(万吨)", "60", "61.5"),
        ("蔬菜(万吨)", "80", "83"),
        ("水产(万吨)", "5", "5.2"),
    ]
    for at, row in enumerate(rows):
        for c, text in enumerate(row):
            page.text(65 + c * 150, 106 + at * 24, text)
    source = read(pdf)
    assert grid(source) == [list(row) for row in rows]
    assert tables(source)[0].header_rows == 1


def test_table_without_lines() -> None:
    pdf, page = one_page()
    rows = [
        ("指标", "计划", "实绩"),
        ("粮食", "60万吨", "61.5万吨"),
        ("蔬菜", "80万吨", "83万吨"),
        ("水产", "5万吨", "5.2万吨"),
    ]
    page.text(60, 60, "主要农产品产量如下。")
    for at, row in enumerate(rows):
        for c, text in enumerate(row):
            page.text(65 + c * 150, 100 + at * 20, text)
    source = read(pdf)
    assert grid(source) == [list(row) for row in rows]
    assert texts(source) == ["主要农产品产量如下。"]


def test_frame_around_text_is_no_table() -> None:
    pdf, page = one_page()
    page.box(50, 90, 400, 60).text(60, 100, "提示：本表数据为快报数。")
    source = read(pdf)
    assert tables(source) == []
    assert texts(source) == ["提示：本表数据为快报数。"]


def test_underlines_and_drawings_are_no_tables() -> None:
    pdf, page = one_page()
    page.text(60, 100, "完成投资12亿元，同比增长8%。").line(60, 112, 200, 112).line(60, 700, 200, 700)
    assert tables(read(pdf)) == []


def test_table_inside_a_cell() -> None:
    pdf, page = one_page()
    page.table(60, 100, [100, 300], [30, 120], {(0, 0): "工作", (0, 1): "进展", (1, 0): "改厕", (1, 1): "分布如下"})
    page.table(180, 170, [80, 80], [25, 25], {(0, 0): "乡镇", (0, 1): "户数", (1, 0): "东乡", (1, 1): "35户"})
    source = read(pdf)
    assert grid(source) == [["工作", "进展"], ["改厕", "分布如下"]]
    assert grid(source, 1) == [["乡镇", "户数"], ["东乡", "35户"]]


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


def test_scan_without_text() -> None:
    pdf = Pdf()
    pdf.page().picture()
    pdf.page().picture()
    with pytest.raises(ReadError, match=r"报告\.pdf.*scan without a text layer.*OCR"):
        read(pdf)


def test_some_pages_are_pictures() -> None:
    pdf = Pdf()
    pdf.page().text(60, 100, "前三季度完成投资五十亿元，同比增长两成。")
    pdf.page().picture()
    source = read(pdf)
    assert "第2页" in source.warnings[0]


def test_page_without_anything() -> None:
    pdf, _ = one_page()
    with pytest.raises(ReadError, match="no text"):
        read(pdf)


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


def test_too_many_pages() -> None:
    pdf = Pdf()
    for _ in range(5):
        pdf.page().text(60, 100, "完成3件。")
    with pytest.raises(LimitError, match=r"报告\.pdf.*5 pages"):
        read(pdf, Limits(max_pages=4))


def test_too_much_text() -> None:
    pdf, page = one_page()
    page.lines(60, 60, ["完成三件任务" * 5] * 30)
    with pytest.raises(LimitError, match="characters"):
        read(pdf, Limits(max_chars=500))


def test_page_full_of_lines_is_read_without_tables() -> None:
    pdf, page = one_page()
    page.text(60, 30, "地图：完成测绘3幅。")
    for at in range(7000):
        page.line(at % 500, 50 + at // 10, at % 500 + 4, 50 + at // 10)
    source = read(pdf)
    assert texts(source) == ["地图：完成测绘3幅。"]
    assert "第1页线条过多" in source.warnings[0]


def test_encrypted() -> None:
    pdf, page = one_page()
    page.text(60, 100, "完成3件。")
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <" + b"ab" * 32 + b"> /U <" + b"cd" * 32 + b"> /P -4 >>"
    data = pdf.data().replace(b"/Root 1 0 R", lock + b" /ID [<00><00>] /Root 1 0 R")
    with pytest.raises(ReadError, match=r"报告\.pdf.*encrypted"):
        read(data)


@pytest.mark.parametrize("keep", [0.02, 0.3])
def test_cut_off(keep: float) -> None:
    pdf, page = one_page()
    page.text(60, 100, "完成3件。")
    data = pdf.data()
    with pytest.raises(ReadError, match=r"报告\.pdf"):
        read(data[: int(len(data) * keep)])


def test_time_is_limited() -> None:
    pdf, page = one_page()
    page.lines(60, 60, ["完成三件任务。"] * 30)
    with pytest.raises(LimitError, match="took more than"):
        read(pdf, Limits(max_seconds=-1.0))


def test_font_that_would_fill_memory() -> None:
    """A font whose widths run from 1 to a hundred thousand million; what pdfplumber does with it is stopped."""
    pdf, page = one_page()
    page.table(60, 100, WIDTHS, [30, 30], {**HEAD, (1, 0): "1", (1, 1): "新建泵站4座", (1, 2): "√"})
    source = read(pdf.data().replace(b"/W [1 95 500]", b"/W [1 99999999999 500]"), Limits(max_seconds=6.0))
    assert grid(source)[1][1] == "新建泵站4座"
    assert "未嵌入的字体" in source.warnings[0]


def test_pages_inside_pages_do_not_hang() -> None:
    """A page tree whose kid is the tree itself."""
    data = (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>\nendobj\n"
        b"trailer << /Root 1 0 R /Size 3 >>\n%%EOF\n"
    )
    with pytest.raises(ReadError):
        read(data)
