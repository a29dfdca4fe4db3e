"""Tables whose cells stand on one line: csv and tsv of any delimiter, markdown, tabs and blanks inside a text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indicators.errors import ReadError
from indicators.readers import read_bytes, read_text
from indicators.readers.layout.lines import width
from indicators.readers.tables.columns import resolve_headings
from indicators.schema.source import Paragraph, Source, Table


def grid(source: Source, at: int = 0) -> list[list[str]]:
    table = [block for block in source.blocks if isinstance(block, Table)][at]
    return [[cell.passage.text if cell else "" for cell in row] for row in table.grid()]


ROWS = [
    ["序号", "指标名称", "目标值", "完成值"],
    ["1", "新增企业", "≥12家", "13家"],
    ["2", "用水量", "≤3亿吨", "2.9亿吨"],
]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "，", "^"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimiters_and_encodings(delimiter: str, encoding: str, newline: str) -> None:
    text = newline.join(delimiter.join(row) for row in ROWS) + newline
    source = read_bytes(text.encode(encoding), "表.csv")
    assert grid(source) == ROWS
    assert source.format == "csv"


def test_quotes_hold_delimiters_line_ends_and_quotes() -> None:
    text = '指标名称,目标值,完成情况\n"企业,新增","12家","一是""抓入规""；\n二是抓培育"\n用水量,3亿吨,2.9亿吨\n'
    assert grid(read_bytes(text.encode(), "a.csv"))[1] == ["企业,新增", "12家", '一是"抓入规"；二是抓培育']


def test_an_open_quote_swallows_nothing() -> None:
    text = '指标名称,目标值,完成值\n"企业,12家,13家\n用水量,3亿吨,2.9亿吨\n'
    assert grid(read_bytes(text.encode(), "a.csv"))[2] == ["用水量", "3亿吨", "2.9亿吨"]


def test_title_lines_above_a_csv_are_paragraphs() -> None:
    text = "2031年主要指标,,\n单位：亿元,,\n指标名称,目标值,完成值\n财政收入,44,45.1\n"
    source = read_bytes(text.encode(), "a.csv")
    assert source.title == "2031年主要指标"
    assert grid(source)[0] == ["指标名称", "目标值", "完成值"]


def test_excels_line_that_names_the_delimiter() -> None:
    source = read_bytes("sep=;\n指标名称;目标值;完成值\n财政收入;44;45.1\n".encode(), "a.csv")
    assert grid(source)[-1] == ["财政收入", "44", "45.1"]


def test_a_csv_without_delimiter_is_plain_text_with_a_warning() -> None:
    source = read_bytes("全年新增企业12家。\n".encode(), "a.csv")
    assert source.warnings == ("no delimiter was found: read as plain text",)


def test_blank_cells_below_a_number_are_merged() -> None:
    text = "序号\t工作任务\t阶段目标\t完成情况\n1\t建桥\t开工\t已开工\n\t\t完工\t在建\n2\t修路\t完工\t完工\n"
    source = read_text(text)
    table = next(block for block in source.blocks if isinstance(block, Table))
    assert [(cell.row, cell.rowspan) for cell in table.cells if cell.passage.text in ("1", "建桥")] == [(1, 2), (1, 2)]
    assert grid(source)[2] == ["1", "建桥", "完工", "在建"]


def test_headings_again_on_the_next_page_are_dropped() -> None:
    head = "序号\t工作事项\t责任单位\t完成情况\n"
    body = "{0}\t任务{0}项\t县水利局\t<p>1.已完成{0}处。</p> <p>2.验收 2 处。</p>\n"
    text = head + body.format(1) + "\n\n\n" + head + body.format(2) + body.format(3)
    found = grid(read_text(text))
    assert [row[0] for row in found] == ["序号", "1", "2", "3"]
    assert found[3][3] == "1.已完成3处。2.验收2处。"


def test_other_headings_begin_another_table() -> None:
    text = (
        "资金（万元）\t预算数\t执行数\t执行率\n"
        "总额\t120\t118\t98.3%\n"
        "三级指标\t指标值\t完成值\t得分\n"
        "培训人次\t≥300\t320\t10\n"
        "满意度\t90%\t95%\t10\n"
    )
    source = read_text(text)
    assert len(grid(source, 0)) == 2
    assert grid(source, 1)[0] == ["三级指标", "指标值", "完成值", "得分"]


def test_section_rows_and_short_rows_stay_in_the_table() -> None:
    text = (
        "序号\t指标名称\t单位\t2031年计划\t2031年实际\t备注\n"
        "一\t经济增长\n"
        "1\t财政收入\t亿元\t44\t45.1\n"
        "二\t民生\n"
        "2\t新增就业\t万人\t3.8\t4.1\t初步数\n"
    )
    found = grid(read_text(text))
    assert found[1] == ["一", "经济增长", "", "", "", ""]
    assert found[4] == ["2", "新增就业", "万人", "3.8", "4.1", "初步数"]


def test_a_line_end_inside_a_cell_of_a_tab_table() -> None:
    text = "序号\t工作任务\t责任单位\t完成情况\n1\t建桥\t县交通局\t已完成2座，\n在建1座\n2\t修路\t县交通局\t完工\n"
    assert grid(read_text(text))[1][3] == "已完成2座，在建1座"


def test_markdown_tables() -> None:
    text = (
        "# 通报\n\n"
        "| 县区 | 工业产值 | | |\n"
        "| :-- | --: | --: | --: |\n"
        "| | 年度目标 | 1-5月完成 | 完成率 |\n"
        "| 东河区 | 120 | 51.2 | 42.7% |\n\n"
        "> 注：初步数。\n"
    )
    source = read_bytes(text.encode(), "a.md")
    assert source.format == "md"
    table = next(block for block in source.blocks if isinstance(block, Table))
    assert table.header_rows == 2
    assert [heading.group for heading in resolve_headings(table)] == ["", "工业产值", "工业产值", "工业产值"]
    assert grid(source)[2] == ["东河区", "120", "51.2", "42.7%"]


def test_bars_without_a_ruling_line() -> None:
    assert grid(read_text("指标|目标值|完成值\n入园率|98%|98.2%\n"))[1] == ["入园率", "98%", "98.2%"]


def test_blank_separated_table_with_gaps_and_inner_blanks() -> None:
    text = (
        "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因\n"
        "产出指标 数量指标 新建站点 ≥40个 42个 10 10\n"
        "产出指标 质量指标 合格率 100% 96.5% 10 9 返工\n"
        "满意度指标 群众满意度 ≥90% 93% 10 10\n"
        "总分 100 98\n"
    )
    found = grid(read_text(text))
    assert found[1] == ["产出指标", "数量指标", "新建站点", "≥40个", "42个", "10", "10", ""]
    assert found[2][-1] == "返工"
    assert found[3] == ["满意度指标", "", "群众满意度", "≥90%", "93%", "10", "10", ""]
    assert len(found) == 4


def test_blank_separated_table_on_two_levels() -> None:
    text = (
        "2031年安全生产控制指标\n单位：起、人\n地区 事故起数 死亡人数\n控制数 实际 占比 控制数 实际 占比\n"
        "东河区 9 6 66.7 8 5 62.5\n西山县 7 7 100 6 6 100\n合计 16 13 81.3 14 11 78.6\n"
    )
    source = read_text(text)
    table = next(block for block in source.blocks if isinstance(block, Table))
    assert [heading.role for heading in resolve_headings(table)] == ["region"] + ["target", "actual", "completion"] * 2
    assert grid(source)[2] == ["东河区", "9", "6", "66.7", "8", "5", "62.5"]
    assert "单位：起、人" in table.caption.text


def test_prose_with_heading_words_is_no_table() -> None:
    source = read_text("目标任务 责任单位 完成情况\n全县上下一心，目标任务全面完成。各责任单位认真总结。\n谢谢大家。\n")
    assert not [block for block in source.blocks if isinstance(block, Table)]


def test_every_character_of_a_cell_is_where_its_offset_says() -> None:
    text = '序号,指标名称,完成情况\n1,"企业 ""新增""","已完成\n12 家"\n'
    source = read_bytes(text.encode(), "a.csv")
    table = next(block for block in source.blocks if isinstance(block, Table))
    for cell in table.cells:
        assert "".join(source.text[offset] for offset in cell.passage.offsets) == cell.passage.text


def test_a_file_of_delimiters_only_is_refused() -> None:
    with pytest.raises(ReadError):
        read_bytes(b",,,\n,,,\n", "a.csv")


def test_table_markup_inside_a_text() -> None:
    text = (
        "2031年重点任务完成情况\n<div><table border=1>\n<tr><th rowspan=2>序号</th><th rowspan=2>目标任务</th>"
        "<th colspan='2'>完成情况</th></tr>\n<tr><th>已完成</th><th>未完成</th></tr>\n"
        '<tr><td rowspan="2">1</td><td>新建<b>水厂</b>&nbsp;2座</td><td>√</td><td></td></tr>\n'
        "<tr><td>铺设管网&ge;30公里<table><tr><td>内</td></tr></table><td><td>√</tr>\n</table></div>\n以上为全部任务。\n"
    )
    source = read_text(text)
    table = next(block for block in source.blocks if isinstance(block, Table))
    assert table.header_rows == 2
    assert [heading.role for heading in resolve_headings(table)] == ["number", "task", "done_mark", "notdone_mark"]
    assert grid(source)[2:] == [["1", "新建水厂2座", "√", ""], ["1", "铺设管网≥30公里内", "", "√"]]
    assert source.title == "2031年重点任务完成情况"
    assert source.blocks[-1].passage.text == "以上为全部任务。"  # type: ignore[union-attr]


def test_endless_spans_in_markup_are_bounded() -> None:
    text = "<table><tr><td colspan=9999 rowspan=9999>指标</td><td>目标值</td></tr><tr><td>3</td></tr></table>\n"
    table = next(block for block in read_text(text).blocks if isinstance(block, Table))
    assert table.n_cols <= 1001
    assert table.n_rows == 2


LAID_OUT = [
    ["序号", "目标任务", "责任单位", "完成情况", "备注"],
    ["1", "新建健身步道36公里、足球场4片", "县文旅局", "建成步道28.5公里，足球场3片已投入使用", ""],
    ["2", "改造供热管网12公里", "县住建局、供热公司", "改造完成12.4公里", "超额"],
    ["4", "发放稳岗补贴800万元，惠及企业150家", "县人社局", "发放762万元，惠及企业163家", ""],
]


def laid_out(measure: Callable[[str], int], *, centred: bool = False, again: bool = False) -> str:
    """The rows as ``pdftotext -layout`` prints them: cells wrapped side by side in columns of ten characters."""
    lines = ["全县民生实事进展", ""]
    for at, row in enumerate(LAID_OUT):
        cells = [[cell[i : i + 10] for i in range(0, len(cell), 10)] for cell in row]
        tall = max(map(len, cells))
        if centred and at:
            cells[0] = [*[""] * (tall // 2), row[0]]
        if again and at == 2:
            lines += ["", "  ".join(f"{cell}{' ' * (22 - measure(cell))}" for cell in LAID_OUT[0]), ""]
        for i in range(tall):
            line = "".join((piece := cell[i] if i < len(cell) else "") + " " * (24 - measure(piece)) for cell in cells)
            lines.append("  " + line.rstrip())
    return "\n".join([*lines, "", "", "", "下一步将加快剩余项目建设。"]) + "\n"


@pytest.mark.parametrize("measure", [len, width])
@pytest.mark.parametrize("again", [False, True])
def test_cells_wrapped_side_by_side_in_aligned_columns(measure: Callable[[str], int], again: bool) -> None:
    source = read_text(laid_out(measure, again=again))
    assert grid(source) == LAID_OUT
    assert source.title == "全县民生实事进展"
    last = source.blocks[-1]
    assert isinstance(last, Paragraph)
    assert last.passage.text == "下一步将加快剩余项目建设。"


def test_rows_whose_numbers_stand_in_mid_height_are_not_guessed() -> None:
    """Which line such a row begins with is not clear: no table of aligned columns is made of it."""
    from indicators.readers.forms import aligned
    from indicators.readers.forms.scan import Scan
    from indicators.readers.layout import lines
    from indicators.settings import Limits

    for centred in (False, True):
        text = laid_out(len, centred=centred)
        found = aligned.find_tables(Scan(text, lines.split(text), Limits(), "a.txt"))
        assert len(found) == (0 if centred else 1)


def test_quotes_around_nothing_but_a_tab_are_no_row() -> None:
    assert [block for block in read_text('"\t"\n').blocks if isinstance(block, Table)] == []
    table = grid(read_text('指标名称\t目标值\n入园率\t92%\n"\t"\n'))
    assert table == [["指标名称", "目标值"], ["入园率", "92%"]]


def test_a_numbered_tables_answers_on_lines_of_their_own() -> None:
    """A line without a number is no row, though it falls into as many stretches as there are columns."""
    source = read_text(
        "全县督查事项（三季度）\n\n序号 年度任务 责任单位 三季度节点 完成情况\n\n"
        "1 改造危桥 24 座 县交通局 完工 15 座\n完工危桥 17 座，在建 5 座。\n\n"
        "2 新增停车泊位 900 个 县城管局 新增 600 个\n新增泊位 648 个，其中公共泊位 410 个。\n\n"
        "3 培训护工 1200 人次 县民政局 培训 900 人次\n培训护工 872 人次。\n"
    )
    assert [row[0] for row in grid(source)[1:]] == ["1", "2", "3"]
    assert [row[4] for row in grid(source)[1:]] == [
        "完工危桥17座，在建5座。",
        "新增泊位648个，其中公共泊位410个。",
        "培训护工872人次。",
    ]
    (table,) = (block for block in source.blocks if isinstance(block, Table))
    assert [heading.role for heading in resolve_headings(table)][2:] == ["responsible", "schedule", "result"]


def test_a_table_on_one_line_is_read_by_its_numbers() -> None:
    source = read_text(
        "云泽市高质量发展指标（2025年）\n"
        "序号 指标 单位 2025年目标值 来源 一、经济 1 数字产业增加值占比 % ≥ 12 市统计局 2 研发投入强度 % ≥2.6 市科技局 "
        "二、民生 3 基本保险 养老保险参保率 % ≥97 市人社局 医疗保险参保率 % ≥ 98 市医保局 4 登记失业率 % ≤4.5 市人社局"
    )
    assert grid(source) == [
        ["序号", "指标", "单位", "2025年目标值", "来源"],
        ["1", "数字产业增加值占比", "%", "≥12", "市统计局"],
        ["2", "研发投入强度", "%", "≥2.6", "市科技局"],
        ["3", "基本保险养老保险参保率", "%", "≥97", "市人社局"],
        ["3", "医疗保险参保率", "%", "≥98", "市医保局"],
        ["4", "登记失业率", "%", "≤4.5", "市人社局"],
    ]


@pytest.mark.parametrize(
    "line",
    [
        "序号 指标 单位 目标值 来源 " + "本段文字只是列出了几个常见的列名，" * 6,
        "序号 指标 单位 目标值 1 某项指标 % ≥5 2 另一项 % ≥6 " + "后面只剩下没有编号的说明文字" * 5,
        "1 数字产业增加值占比 % ≥ 12 2 研发投入强度 % ≥2.6 3 登记失业率 % ≤4.5 " + "没有列名的编号也不成表。" * 5,
    ],
)
def test_a_long_line_without_headings_or_rows_is_no_table(line: str) -> None:
    assert [block for block in read_text(f"云泽市说明\n{line}\n").blocks if isinstance(block, Table)] == []


def test_headings_that_blanks_spread_out_and_rows_that_share_a_number() -> None:
    source = read_text(
        "云泽市民生实事进展\n\n"
        "序号 考核指标 单 位 工作目标 已完成数 占年任务之比 备  注\n"
        "1 城镇新增就业 万人 4.1 4.6  112.2% 人社局\n"
        "2 自然村通水泥路 公里  820 841  102.6% 交通局\n"
        "提质改造农村公路 公里  96 99  103.1%\n"
        "3 适龄妇女免费检查 41200 43800 106.3% 妇联\n"
    )
    assert grid(source) == [
        ["序号", "考核指标", "单位", "工作目标", "已完成数", "占年任务之比", "备注"],
        ["1", "城镇新增就业", "万人", "4.1", "4.6", "112.2%", "人社局"],
        ["2", "自然村通水泥路", "公里", "820", "841", "102.6%", "交通局"],
        ["2", "提质改造农村公路", "公里", "96", "99", "103.1%", ""],
        ["3", "适龄妇女免费检查", "", "41200", "43800", "106.3%", "妇联"],
    ]


def test_a_figure_that_looks_like_the_next_rows_number_stays_in_its_row() -> None:
    source = read_text(
        "云泽市公共服务指标\n序号 指标 单位 目标值 完成值 1 新建医院 所 5 2 2 新建学校 所 6 3 3 新建公园 个 4 4 "
        "4 新建书屋 个 9 8 5 新建菜市场 个 11 12 6 新建停车场 个 14 13"
    )
    assert grid(source)[1:] == [
        ["1", "新建医院", "所", "5", "2"],
        ["2", "新建学校", "所", "6", "3"],
        ["3", "新建公园", "个", "4", "4"],
        ["4", "新建书屋", "个", "9", "8"],
        ["5", "新建菜市场", "个", "11", "12"],
        ["6", "新建停车场", "个", "14", "13"],
    ]


def test_bars_with_nothing_but_marks_between_are_no_table() -> None:
    assert [block.passage.text for block in read_text("<p>|||").blocks] == ["|||"]
