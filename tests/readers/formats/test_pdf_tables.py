"""Tables of one PDF page: how their lines are drawn, or that there are none. One hazard a test."""

from __future__ import annotations

from .helpers import grid, spans, tables, texts
from .makepdf import Pdf
from .pdfs import HEAD, WIDTHS, one_page, read


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


def test_second_line_of_a_cell_without_lines_between_columns() -> None:
    rows = [
        ("任务", "计划", "完成情况"),
        ("修渠", "60公里", "修成六十一公里，"),
        ("", "", "其中石渠八公里"),
        ("建站", "8座", "建成9座"),
    ]
    told = [
        ["任务", "计划", "完成情况"],
        ["修渠", "60公里", "修成六十一公里，其中石渠八公里"],
        ["建站", "8座", "建成9座"],
    ]
    ruled, bare = Pdf(), Pdf()
    for pdf, rules in ((ruled, (100, 125, 220)), (bare, ())):
        page = pdf.page()
        for top in rules:
            page.line(60, top, 460, top)
        for at, row in enumerate(rows):
            for c, text in enumerate(row):
                if text:
                    page.text(65 + c * 150, 106 + at * 24, text)
    assert grid(read(ruled)) == told
    assert grid(read(bare)) == told


def test_lines_around_running_text_are_no_table() -> None:
    pdf, page = one_page()
    for top in (100, 125, 200):
        page.line(60, top, 460, top)
    page.lines(65, 106, ["完成投资12亿元，同比增长8%。", "其中工业投资5亿元。"], 10, 24)
    source = read(pdf)
    assert tables(source) == []
    assert texts(source) == ["完成投资12亿元，同比增长8%。其中工业投资5亿元。"]


def test_drawing_with_one_word_is_no_table() -> None:
    pdf, page = one_page()
    page.text(60, 60, "布局如下图，完成3处。").table(60, 100, [100, 100], [40, 40], {(0, 0): "示意图"})
    source = read(pdf)
    assert tables(source) == []
    assert texts(source) == ["布局如下图，完成3处。", "示意图"]


def test_curves_and_paths_that_are_not_drawn_are_no_lines() -> None:
    pdf, page = one_page()
    page.text(70, 110, "完成3件，其中加急1件。").box(60, 100, 200, 30).box(60, 130, 200, 30)
    # A curve across the frame, and an upright line that is laid out and not drawn.
    page.ops += ["100 742 m 100 700 200 700 200 742 c S", "160 742 m 160 682 l n"]
    source = read(pdf)
    assert tables(source) == []
    assert texts(source) == ["完成3件，其中加急1件。"]


def test_table_stamped_as_a_whole() -> None:
    """Programs that merge or stamp pages put all of one into a form, text and lines alike."""
    pdf, page = one_page()
    page.form = True
    page.table(60, 100, WIDTHS, [30, 30], {**HEAD, (1, 0): "1", (1, 1): "新建泵站4座", (1, 2): "√"})
    source = read(pdf)
    assert grid(source) == [["序号", "目标任务", "完成情况"], ["1", "新建泵站4座", "√"]]
    assert tables(source)[0].place.bbox == (60.0, 100.0, 510.0, 160.0)
