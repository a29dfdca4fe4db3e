"""HTML: one hazard a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicators.errors import LimitError, ReadError
from indicators.readers.html.reader import declared_encoding, read_html
from indicators.schema.source import Source
from indicators.settings import Limits

from .helpers import check, grid, spans, tables, texts

TABLE = (
    "<table border=1><tr><td>序号</td><td>目标任务</td><td>完成情况</td></tr>"
    "<tr><td>1</td><td>新建充电桩300个</td><td>建成充电桩312个</td></tr>"
    "<tr><td>2</td><td>粮食播种面积稳定在80万亩</td><td>播种81.2万亩</td></tr></table>"
)
ROWS = [
    ["序号", "目标任务", "完成情况"],
    ["1", "新建充电桩300个", "建成充电桩312个"],
    ["2", "粮食播种面积稳定在80万亩", "播种81.2万亩"],
]


def read(html: str | bytes, limits: Limits | None = None) -> Source:
    data = html.encode() if isinstance(html, str) else html
    return check(read_html(data, "页面.html", limits or Limits()))


def test_plain_table() -> None:
    source = read(f"<html><body>{TABLE}</body></html>")
    assert grid(source) == ROWS
    assert tables(source)[0].header_rows == 1
    assert source.text == "\n".join("\t".join(row) for row in ROWS) + "\n"
    assert tables(source)[0].cells[4].place.cell == "r2c2"


def test_fragment_without_html_and_body() -> None:
    assert grid(read(TABLE)) == ROWS


def test_unclosed_cells_and_rows() -> None:
    html = "<table border=1><tr><td>指标<td>目标<tr><td>造林<td>5万亩<tr><td>出栏<td>30万头</table>"
    assert grid(read(html)) == [["指标", "目标"], ["造林", "5万亩"], ["出栏", "30万头"]]


@pytest.mark.parametrize("side", ["<div class=sidebar>{}</div>", "<div class='left'>{}</div>", "<aside>{}</aside>"])
def test_side_column_is_no_content(side: str) -> None:
    decoy = side.format("<h3>最新信息</h3><ul><li>去年建成公园17座</li><li>外贸增长9%</li></ul>")
    page = f"<body>{decoy}<div class=main><h1>重点工作进展</h1><p>截至6月，完成投资12亿元。</p>{TABLE}</div></body>"
    source = read(page)
    assert "17座" not in source.text
    assert "9%" not in source.text
    assert texts(source) == ["重点工作进展", "截至6月，完成投资12亿元。"]


def test_left_column_that_is_the_article_stays() -> None:
    page = (
        "<body><div class=left><h1>工作总结</h1><p>全年植树40万株，成活率95%。</p><p>改造老旧小区21个。</p></div>"
        "<div class=right><ul><li><a href=a>甲</a></li><li><a href=b>乙</a></li><li><a href=c>丙</a></li></ul></div>"
    )
    assert texts(read(page)) == ["工作总结", "全年植树40万株，成活率95%。", "改造老旧小区21个。"]


def test_navigation_footer_and_page_tools_go() -> None:
    page = (
        "<body><ul class=nav><li><a href=/>首页</a></li><li><a href=/b>政务</a></li></ul>"
        "<div class=crumbs>当前位置：<a href=/>首页</a> &gt; 正文</div>"
        "<div id=zoom><p>新增床位500张，超过年度目标。</p></div>"
        "<p>上一篇：<a href=x>二季度完成情况</a></p><div>打印本页 关闭窗口</div>"
        "<div class=footer><p>主办单位：某某局　电话：0000-1234567</p><p>备案号 00000001</p></div></body>"
    )
    assert texts(read(page)) == ["新增床位500张，超过年度目标。"]


def test_page_laid_out_with_tables() -> None:
    page = (
        "<table width=100%><tr><td colspan=2><a href=/>首页</a></td></tr>"
        "<tr><td width=200><ul><li><a href=1>通知</a></li><li><a href=2>公示</a></li><li><a href=3>动态</a></li></ul>"
        "</td>"
        f"<td><p>各项任务推进情况如下。</p>{TABLE}</td></tr></table>"
    )
    source = read(page)
    assert grid(source) == ROWS
    assert len(tables(source)) == 1
    assert texts(source) == ["各项任务推进情况如下。"]


def test_text_of_the_article_that_is_short_beside_a_large_table() -> None:
    page = (
        f"<body><div><p>根据年初部署，现将进展汇总。</p><div align=center>{TABLE}</div><p>特此说明。</p></div></body>"
    )
    assert texts(read(page)) == ["根据年初部署，现将进展汇总。", "特此说明。"]


def test_sentence_beside_the_largest_part_stays() -> None:
    article = "<div><p>全年修路三公里，架桥两座，植树五万株。</p><p>各项任务进展顺利。</p></div>"
    assert texts(read(f"<body>{article}<div>另有6件在办。</div></body>"))[-1] == "另有6件在办。"


def test_page_that_is_one_run_of_bold_text() -> None:
    assert texts(read("<body><b>全年修路三公里，架桥两座。</b></body>")) == ["全年修路三公里，架桥两座。"]


@pytest.mark.parametrize(
    ("role", "rows"),
    [
        ("presentation", "<tr><td>修路3公里。<td>架桥2座。<tr><td>植树5株。<td>改厕6座。"),
        ("", "<tr><td>修路3公里。<td><tr><td><td>架桥2座。<tr><td>植树5株。<tr><td><td>改厕6座。"),
    ],
)
def test_table_that_only_arranges(role: str, rows: str) -> None:
    source = read(f"<table role='{role}'><caption>进展</caption>{rows}</table>")
    assert tables(source) == []
    assert texts(source) == ["进展", "修路3公里。", "架桥2座。", "植树5株。", "改厕6座。"]


def test_lines_without_full_stops_beside_a_large_part_stay() -> None:
    page = f"<body><div><p>单位：甲局</p><p>新增岗位50个</p><div>{TABLE}<p>统计口径同上年。</p></div></div></body>"
    assert "新增岗位50个" in texts(read(page))


def test_article_in_several_marked_parts() -> None:
    long = "全年完成投资九亿元，增长两成。" * 5
    page = (
        f"<body><div><div class=content><p>{long}</p></div><div class=content><p>另有6件在办。</p></div></div></body>"
    )
    assert texts(read(page)) == [long, "另有6件在办。"]


def test_rowspan_and_colspan() -> None:
    html = (
        "<table border=1><tr><td rowspan=2>任务</td><td colspan=2>完成情况</td></tr>"
        "<tr><td>已完成</td><td>未完成</td></tr>"
        "<tr><td rowspan=2>修路30公里</td><td>√</td><td></td></tr><tr><td>31公里</td><td></td></tr></table>"
    )
    source = read(html)
    assert grid(source)[2:] == [["修路30公里", "√", ""], ["修路30公里", "31公里", ""]]
    assert spans(source) == {"任务": (2, 1), "完成情况": (1, 2), "修路30公里": (2, 1)}
    assert tables(source)[0].header_rows == 2


def test_spans_that_overlap_or_reach_out() -> None:
    html = (
        "<table border=1><tr><td>指标</td><td rowspan=9>计划</td><td colspan=1000>实绩</td></tr>"
        "<tr><td rowspan=0>税收8亿元</td><td>8.2亿元</td></tr><tr><td>合计8.2亿元</td></tr></table>"
    )
    source = read(html)
    assert tables(source)[0].n_cols == 3
    assert grid(source)[1] == ["税收8亿元", "计划", "8.2亿元"]


def test_table_inside_a_cell_is_told_once() -> None:
    inner = "<table border=1><tr><td>县区</td><td>任务数</td></tr><tr><td>东区</td><td>12户</td></tr></table>"
    html = (
        "<table border=1><tr><td>工作</td><td>进展</td></tr><tr><td>走访企业</td><td>全年走访90户，分布见表，"
        f"各县区均已超过年初确定的任务数，其余工作也按序时进度推进。{inner}</td></tr><tr><td>培训</td><td>6场</td></tr></table>"
    )
    source = read(html)
    assert len(tables(source)) == 2
    assert source.text.count("12户") == 1
    assert grid(source, 1) == [["县区", "任务数"], ["东区", "12户"]]
    assert grid(source)[1][1].endswith("按序时进度推进。")


def test_line_breaks_blanks_and_entities() -> None:
    html = "<p>第一行<br>第二行&nbsp;&nbsp;5&#37;&mdash;8%</p><p>增长\n12.5\t%&lt;目标&gt;</p>"
    assert texts(read(html)) == ["第一行", "第二行5%—8%", "增长12.5 %<目标>"]


def test_line_breaks_in_cells_stay_in_the_cell() -> None:
    html = (
        "<table border=1><tr><td>单位</td><td>数量</td></tr>"
        "<tr><td>甲局<br>乙局</td><td><p>1.完成3件</p><p>2.推进4件</p></td></tr></table>"
    )
    source = read(html)
    assert grid(source)[1] == ["甲局乙局", "1.完成3件2.推进4件"]
    assert "甲局\n乙局" in source.text


def test_word_paste() -> None:
    html = (
        "<div class=WordSection1><p class=MsoNormal><span lang=EN-US style='mso-hide:all'>隐藏9个</span>"
        "<!--[if gte mso 9]><xml>12345</xml><![endif]--><span>建成</span><span lang=EN-US> 28 </span><span>个"
        "<o:p></o:p></span></p><p><del>原定30个</del><ins>调整为28个</ins>。</p></div>"
    )
    assert texts(read(html)) == ["建成28个", "调整为28个。"]


def test_what_a_browser_does_not_show() -> None:
    html = (
        "<script>var a='完成99个'</script><style>p{}</style><noscript>请开启脚本</noscript><template>模板7件</template>"
        "<p>办结率98%。</p><p hidden>隐藏1件</p><p style='display : none'>隐藏2件</p><input value='3件'>"
        "<select><option>4件</option></select><!-- 5件 -->"
    )
    assert read(html).text == "办结率98%。\n"


def test_declared_gb2312_holds_characters_beyond_it() -> None:
    page = f"<html><head><meta charset=gb2312></head><body><p>朱镕基主持，囍事３件。</p>{TABLE}</body></html>"
    source = read(page.encode("gb18030"))
    assert "镕" in source.text
    assert source.encoding == "gb18030"


def test_undeclared_gb18030() -> None:
    source = read(f"<html><body>{TABLE}</body></html>".encode("gb18030"))
    assert grid(source) == ROWS


def test_utf8_that_declares_gb2312() -> None:
    head = "<meta http-equiv=Content-Type content='text/html; charset=gb2312'>"
    assert grid(read(f"<html><head>{head}</head><body>{TABLE}</body></html>")) == ROWS


def test_utf16_with_bom() -> None:
    assert grid(read(f"<html><body>{TABLE}</body></html>".encode("utf-16"))) == ROWS


def test_encoding_declared_in_xml() -> None:
    page = f"<?xml version='1.0' encoding='GBK'?><html><body>{TABLE}</body></html>".encode("gbk")
    assert declared_encoding(page) == "GBK"
    assert grid(read(page)) == ROWS


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<meta name=ArticleTitle content='甲县工作通报'><title>乙_网站</title>", "<h1>丙</h1>", "甲县工作通报"),
        ("<title>其他_某局网站</title>", "<h1>年度任务完成情况</h1>", "年度任务完成情况"),
        ("<title>年度重点任务完成情况_某局</title>", "", "年度重点任务完成情况"),
    ],
)
def test_title(head: str, body: str, title: str) -> None:
    assert read(f"<html><head>{head}</head><body>{body}<p>完成投资3亿元。</p></body></html>").title == title


def test_index_card_and_byline_become_meta() -> None:
    page = (
        "<body><table><tr><td>索引号：</td><td>001/2023-5</td><td>发布机构：</td><td>某局</td></tr>"
        "<tr><td>发布日期：</td><td>2023-02-03</td><td>文号：</td><td>〔2023〕3号</td></tr></table>"
        f"<h1>完成情况</h1><div>发布时间：2023-02-03 来源：办公室 浏览次数：312</div>{TABLE}</body>"
    )
    source = read(page)
    assert len(tables(source)) == 1
    assert source.meta["发布日期"] == "2023-02-03"
    assert source.meta["浏览次数"] == "312"
    assert texts(source) == ["完成情况"]


def test_ordered_list_gets_its_numbers() -> None:
    source = read("<p>任务清单：</p><ol start=3><li>新建公厕8座。</li><li>改造管网12公里。</li></ol>")
    assert texts(source)[1:] == ["3.新建公厕8座。", "4.改造管网12公里。"]


def test_ordered_list_that_begins_with_no_number() -> None:
    assert texts(read("<ol start='甲'><li>修路3公里</li><li>架桥2座</li></ol>")) == ["1.修路3公里", "2.架桥2座"]


def test_blocks_that_their_style_sets_in_a_line() -> None:
    line = "<div style='display: inline'>完成修路</div><div style='display:inline'>3公里。</div>"
    assert texts(read(f"<body>{line}<p>架桥2座。</p></body>")) == ["完成修路3公里。", "架桥2座。"]


def test_index_card_with_label_and_value_in_one_cell() -> None:
    card = "<tr><td>索引号：A1</td><td>发布机构：甲局</td></tr><tr><td>名称：通报</td><td></td></tr>"
    source = read(f"<table border=1>{card}</table><p>全年修路3公里。</p>")
    assert texts(source) == ["全年修路3公里。"]
    assert dict(source.meta) == {"索引号": "A1", "发布机构": "甲局", "名称": "通报"}


def test_source_named_behind_a_sentence_is_no_byline() -> None:
    line = "全年修路三公里、架桥两座，植树五万株，改厕六座，建站八处 来源：甲局 作者：乙"
    assert "".join(texts(read(f"<p>{line}</p><p>另有3件在办。</p>"))).startswith("全年修路三公里")


def test_raised_figures() -> None:
    assert texts(read("<p>排放10<sup>4</sup>吨，新增绿地5km<sup>2</sup>。</p>")) == ["排放10⁴吨，新增绿地5km²。"]


def test_headings_marked_up() -> None:
    html = (
        "<table><caption>表3 考核指标</caption><thead><tr><th>甲类</th><th>乙类</th></tr></thead>"
        "<tbody><tr><td>A</td><td>B</td></tr><tr><td>C</td><td>D</td></tr></tbody></table>"
    )
    source = read(html)
    assert tables(source)[0].header_rows == 1
    assert tables(source)[0].caption.text == "表3考核指标"


def test_title_and_unit_rows_inside_the_table() -> None:
    html = (
        "<table border=1><tr><td colspan=3>主要指标完成表</td></tr><tr><td colspan=3>单位：万元</td></tr>"
        "<tr><td>指标</td><td>年度目标</td><td>完成数</td></tr><tr><td>税收</td><td>500</td><td>510</td></tr></table>"
    )
    source = read(html)
    assert grid(source)[0] == ["指标", "年度目标", "完成数"]
    assert tables(source)[0].caption.text == "主要指标完成表单位：万元"
    assert tables(source)[0].header_rows == 1


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密七件")
    html = (
        f"<!DOCTYPE html [<!ENTITY a 'x'><!ENTITY f SYSTEM '{secret.as_uri()}'>]>"
        "<html><body><p>前&f;&a;后，完成5件。</p></body></html>"
    )
    source = read(html)
    assert "完成5件" in source.text
    assert "秘密" not in source.text


def test_markup_of_a_report_stays_text() -> None:
    assert texts(read("<p>&lt;script&gt;alert(1)&lt;/script&gt;完成3件。</p>")) == [
        "<script>alert(1)</script>完成3件。"
    ]


def test_hostile_nesting_is_refused() -> None:
    with pytest.raises(LimitError, match=r"页面\.html.*nested"):
        read("<div>" * 5_000 + "完成1件" + "</div>" * 5_000)


def test_many_tables_in_tables_end() -> None:
    html = "<table><tr><td>甲</td><td>乙" * 30 + "完成2件" + "</td></tr></table>" * 30
    assert "完成2件" in read(html).text


def test_too_many_cells() -> None:
    html = "<table border=1>" + "<tr><td>甲</td><td>1</td></tr>" * 600 + "</table>"
    with pytest.raises(LimitError, match="cells"):
        read(html, Limits(max_cells=1000))


def test_spans_that_would_fill_memory() -> None:
    row = "<tr>" + "<td rowspan=1000 colspan=1000>1</td>" * 50 + "</tr>"
    with pytest.raises(LimitError):
        read("<table border=1>" + row * 1000 + "</table>", Limits(max_cells=10_000))


def test_millions_of_tags() -> None:
    with pytest.raises(LimitError, match="tags"):
        read(b"<b>" * 4_000_001)


def test_text_of_fifty_megabytes() -> None:
    with pytest.raises(LimitError, match="characters"):
        read(b"<p>" + b"1" * 50_000_000)


def test_hundred_thousand_cells_are_read() -> None:
    html = "<table border=1>" + ("<tr>" + "<td>12</td>" * 10 + "</tr>") * 10_000 + "</table>"
    assert len(tables(read(html))[0].cells) == 100_000


@pytest.mark.parametrize("html", ["<html></html>", "<script>1</script>", "<!-- -->", "<img src=a.png>"])
def test_page_without_text(html: str) -> None:
    with pytest.raises(ReadError, match=r"页面\.html"):
        read(html)


def test_empty_file() -> None:
    with pytest.raises(ReadError, match=r"页面\.html.*empty"):
        read(b"")
