"""Word: one hazard a test."""

from __future__ import annotations

import io
import zipfile

import pytest

from indicators.errors import LimitError, ReadError
from indicators.readers.docx.numbering import han_number, shown
from indicators.readers.docx.reader import read_docx
from indicators.schema.source import Paragraph, Source
from indicators.settings import Limits

from .helpers import check, grid, spans, tables, texts
from .makedocx import W, docx, level, numbered, numbering, p, run, styles, tbl, tc, tr

M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
TABLE = tbl(tr("任务", "完成情况"), tr("绿化造林2万亩", "完成2.1万亩"), tr("新增就业1500人", "新增1620人"))


def read(data: bytes, limits: Limits | None = None) -> Source:
    return check(read_docx(data, "报告.docx", limits or Limits()))


def test_paragraphs_and_tables_in_order() -> None:
    source = read(docx(p("前言部分。"), TABLE, p("后记部分。")))
    assert [type(block).__name__ for block in source.blocks] == ["Paragraph", "Table", "Paragraph"]
    assert (
        source.text
        == "前言部分。\n任务\t完成情况\n绿化造林2万亩\t完成2.1万亩\n新增就业1500人\t新增1620人\n后记部分。\n"
    )
    assert tables(source)[0].header_rows == 1
    assert tables(source)[0].cells[3].place.cell == "r2c2"
    assert source.blocks[2].place.paragraph == 2


def test_python_docx_writes_what_is_read() -> None:
    docx_module = pytest.importorskip("docx")
    document = docx_module.Document()
    document.add_heading("第一季度通报", 1)
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "合并三列"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "合并两行"
    table.cell(1, 1).text = "开工5个"
    out = io.BytesIO()
    document.save(out)
    source = read(out.getvalue())
    assert source.blocks[0].kind == "heading"  # type: ignore[union-attr]
    assert source.blocks[0].level == 1  # type: ignore[union-attr]
    # The row that spans the table is its name, and stands before it.
    assert texts(source) == ["第一季度通报", "合并三列"]
    assert grid(source) == [["合并两行", "开工5个", ""], ["合并两行", "", ""]]


def test_cells_merged_over_columns_and_rows() -> None:
    rows = [
        tr(tc("目标", merge="restart"), tc("完成情况", span=2)),
        tr(tc(merge="continue"), "已完成", "未完成"),
        tr(tc("修渠18公里", merge="restart"), "√", ""),
        tr(tc(merge="continue"), "19公里", ""),
    ]
    source = read(docx(tbl(*rows)))
    assert spans(source) == {"目标": (2, 1), "完成情况": (1, 2), "修渠18公里": (2, 1)}
    assert grid(source)[3] == ["修渠18公里", "19公里", ""]
    assert tables(source)[0].header_rows == 2


def test_merge_that_goes_on_without_a_beginning() -> None:
    source = read(docx(tbl(tr("甲", "乙"), tr(tc("孤立3件", merge="continue"), "4件"))))
    assert grid(source)[1] == ["孤立3件", "4件"]


def test_row_that_begins_after_the_first_column() -> None:
    source = read(docx(tbl(tr("甲", "乙", "丙"), tr("5件", "6件", props='<w:gridBefore w:val="1"/>'))))
    assert grid(source)[1] == ["", "5件", "6件"]


def test_heading_rows_that_repeat_on_each_page() -> None:
    flag = "<w:tblHeader/>"
    source = read(docx(tbl(tr("A", "B", props=flag), tr("C", "D", props=flag), tr("E", "F"))))
    assert tables(source)[0].header_rows == 2


def test_table_in_a_cell() -> None:
    inner = tbl(tr("乡镇", "户数"), tr("东乡", "35户"))
    source = read(docx(tbl(tr("工作", "进展"), tr("改厕", tc("完成情况见内表", inner, p("进度正常"))))))
    assert len(tables(source)) == 2
    assert grid(source)[1] == ["改厕", "完成情况见内表进度正常"]
    assert grid(source, 1) == [["乡镇", "户数"], ["东乡", "35户"]]
    assert source.text.count("35户") == 1


def test_frame_around_text_is_no_table() -> None:
    source = read(docx(tbl(tr(tc(p("通报正文。"), TABLE)))))
    assert texts(source) == ["通报正文。"]
    assert len(tables(source)) == 1


def test_list_numbers_are_printed() -> None:
    lists = numbering(
        level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3."),
        level(0, "bullet", "●"),
        overrides={7: 1},
    )
    body = [
        numbered("工业", 1),
        numbered("技改", 1, 1),
        numbered("项目入库20个", 1, 2),
        numbered("项目开工15个", 1, 2),
        numbered("农业", 1),
        numbered("增收", 1, 1),
        numbered("育苗3万株", 1, 2),
        numbered("另附", 2),
        numbered("重新开始", 7),
    ]
    source = read(docx(*body, parts={"word/numbering.xml": lists}))
    assert texts(source) == [
        "一、工业", "（一）技改", "1.项目入库20个", "2.项目开工15个",
        "二、农业", "（一）增收", "1.育苗3万株", "另附", "一、重新开始",
    ]  # fmt: skip
    kinds = [(b.number, b.level) for b in source.blocks if isinstance(b, Paragraph)]
    assert kinds[:4] == [("一", 1), ("一", 2), ("1", 3), ("2", 3)]


def test_list_numbers_from_a_style() -> None:
    style = (
        '<w:style w:styleId="L"><w:name w:val="清单"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="M"><w:name w:val="清单二"/><w:basedOn w:val="L"/></w:style>'
    )
    parts = {"word/styles.xml": styles(style), "word/numbering.xml": numbering(level(0, "decimal", "%1、", start=5))}
    body = [p("维修道路", props='<w:pStyle w:val="L"/>'), p("架桥2座", props='<w:pStyle w:val="M"/>')]
    assert texts(read(docx(*body, parts=parts))) == ["5、维修道路", "6、架桥2座"]


@pytest.mark.parametrize(
    ("number", "form", "printed"),
    [
        (10, "chineseCounting", "十"), (21, "chineseCountingThousand", "二十一"), (105, "chineseCounting", "一百零五"),
        (1010, "chineseCounting", "一千零一十"), (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "decimalEnclosedCircle", "③"),
        (4, "upperRoman", "IV"), (9, "lowerRoman", "ix"), (4000, "upperRoman", "4000"), (28, "lowerLetter", "bb"),
        (2, "upperLetter", "B"), (7, "decimalZero", "07"), (15, "decimalFullWidth", "１５"), (9, "unheardOf", "9"),
        (205, "ideographDigital", "二〇五"), (12, "japaneseCounting", "十二"), (3, "none", ""),
    ],
)  # fmt: skip
def test_number_formats(number: int, form: str, printed: str) -> None:
    assert shown(number, form) == printed
    assert han_number(20_000) == "20000"


def test_list_that_is_not_whole() -> None:
    """A level that its list lacks prints nothing, and what is no number counts as none."""
    lists = numbering(level(1, "decimal", "%1.%2、"))
    body = [
        numbered("修路3公里", 1, 1),
        p("架桥2座", props='<w:numPr><w:ilvl w:val="深"/><w:numId w:val="1"/></w:numPr>'),
        p("植树5株", props='<w:pStyle w:val="无"/>'),
    ]
    source = read(docx(*body, parts={"word/numbering.xml": lists}))
    assert texts(source) == [".1、修路3公里", "架桥2座", "植树5株"]


def test_tracked_changes_as_accepted() -> None:
    body = [
        p(
            "完成",
            f"<w:del>{run('90').replace('w:t', 'w:delText')}</w:del>",
            f"<w:ins>{run('95')}</w:ins>",
            "件。",
            f"<w:moveFrom>{run('移走8件。')}</w:moveFrom>",
            f"<w:moveTo>{run('移来8件。')}</w:moveTo>",
        ),
        tbl(tr("指标", "数量"), tr("旧行", "70件", props="<w:del/>"), tr("新行", "71件", props="<w:ins/>")),
    ]
    source = read(docx(*body))
    assert texts(source) == ["完成95件。移来8件。"]
    assert grid(source) == [["指标", "数量"], ["新行", "71件"]]


def test_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p('框内：新建站点6个。')}</w:txbxContent>"
    drawing = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert texts(read(docx(p("正文。", drawing)))) == ["正文。", "框内：新建站点6个。"]


def test_headers_footers_and_comments_are_left_out() -> None:
    parts = {
        "word/header1.xml": f'<w:hdr xmlns:w="{W}">{p("页眉77件")}</w:hdr>',
        "word/footer1.xml": f'<w:ftr xmlns:w="{W}">{p("第1页")}</w:ftr>',
        "word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment>{p("批注88件")}</w:comment></w:comments>',
    }
    assert read(docx(p("正文9件。"), parts=parts)).text == "正文9件。\n"


def test_styles_tell_title_and_headings() -> None:
    entries = styles(
        '<w:style w:styleId="T"><w:name w:val="Title"/></w:style>',
        '<w:style w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>',
        '<w:style w:styleId="X"><w:name w:val="自定义"/><w:basedOn w:val="1"/></w:style>',
    )
    body = [p("年终总结", props='<w:pStyle w:val="T"/>'), p("主要成绩", props='<w:pStyle w:val="X"/>'), p("完成3件。")]
    source = read(docx(*body, parts={"word/styles.xml": entries}))
    assert source.title == "年终总结"
    assert [(b.kind, b.level) for b in source.blocks] == [("title", 0), ("heading", 1), ("paragraph", 0)]  # type: ignore[union-attr]


def test_headings_by_the_name_of_their_style_alone() -> None:
    entries = styles(
        '<w:style w:styleId="A"><w:name w:val="heading 2"/></w:style>',
        '<w:style w:styleId="B"><w:name w:val="标题 3"/></w:style>',
    )
    body = [p("农业", props='<w:pStyle w:val="A"/>'), p("水利", props='<w:pStyle w:val="B"/>')]
    source = read(docx(*body, parts={"word/styles.xml": entries}))
    assert [(b.kind, b.level) for b in source.blocks] == [("heading", 2), ("heading", 3)]  # type: ignore[union-attr]


def test_ticks_tabs_breaks_and_hidden_text() -> None:
    tick = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    text = p("甲", "<w:r><w:tab/></w:r>", "12", "<w:r><w:br/></w:r>", "家", run("藏5件", "<w:vanish/>"), tick)
    assert texts(read(docx(text))) == ["甲12家√"]


def test_words_with_reading_aids_formulas_and_fixed_hyphens() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('wéi')}</w:rt><w:rubyBase>{run('圩')}</w:rubyBase></w:ruby></w:r>"
    formula = f'<m:oMath xmlns:m="{M}"><m:r><m:t>8.5</m:t></m:r></m:oMath>'
    text = p(
        "加固", ruby, "堤", formula, "公里，1", "<w:r><w:noBreakHyphen/></w:r>", "9月完工", "<?editor mark?>", "。"
    )
    assert texts(read(docx(text))) == ["加固圩堤8.5公里，1-9月完工。"]


def test_raised_figures() -> None:
    text = p("每10", run("3", '<w:vertAlign w:val="superscript"/>'), "吨")
    assert texts(read(docx(text))) == ["每10³吨"]


def test_field_codes_are_not_shown() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE \\* 123</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("45") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert texts(read(docx(p("共", field, "项")))) == ["共45项"]


def test_content_controls_are_looked_through() -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    table = tbl(tr("指标", "数"), control(tr(control(tc("外贸")), tc("7亿元"))))
    source = read(docx(control(p("控件内完成2件。")), table))
    assert texts(source) == ["控件内完成2件。"]
    assert grid(source) == [["指标", "数"], ["外贸", "7亿元"]]


def test_changes_and_choices_around_whole_blocks_are_looked_through() -> None:
    choice = f"<mc:AlternateContent><mc:Choice Requires='wps'>{p('新版3件。')}</mc:Choice></mc:AlternateContent>"
    body = [f"<w:ins>{p('插入2件。')}</w:ins>", "<?editor mark?>", f"<w:customXml>{TABLE}</w:customXml>", choice]
    source = read(docx(*body))
    assert texts(source) == ["插入2件。", "新版3件。"]
    assert len(tables(source)) == 1


def test_text_box_and_frame_inside_a_cell() -> None:
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('框内改厕6座')}</w:txbxContent></v:textbox></w:pict></w:r>"
    frame = tbl(tr("其中东乡35户", "西乡40户"))
    source = read(docx(tbl(tr("工作", "进展"), tr("改厕", tc(p("已动工", box), frame)))))
    assert len(tables(source)) == 1
    assert grid(source)[1] == ["改厕", "已动工框内改厕6座其中东乡35户西乡40户"]


def test_span_that_is_no_number() -> None:
    row = tr(tc("甲", span=2).replace('w:val="2"', 'w:val="二"'), "乙")
    assert grid(read(docx(tbl(row, tr("5件", "6件"))))) == [["甲", "乙"], ["5件", "6件"]]


def test_strict_open_xml() -> None:
    strict = docx(p("严格格式完成4件。"), TABLE)
    with zipfile.ZipFile(io.BytesIO(strict)) as archive:
        xml = archive.read("word/document.xml").replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
    source = read(docx(parts={"word/document.xml": xml}))
    assert texts(source) == ["严格格式完成4件。"]
    assert len(tables(source)) == 1


def test_document_under_another_name() -> None:
    assert texts(read(docx(p("另名完成5件。"), main="word/document2.xml"))) == ["另名完成5件。"]


def test_missing_parts_do_not_matter() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{p("裸文档。")}</w:body></w:document>'
        )
    assert texts(read(out.getvalue())) == ["裸文档。"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{bomb}<w:document xmlns:w="{W}"><w:body/></w:document>'
    with pytest.raises(ReadError, match=r"报告\.docx.*entities"):
        read(docx(parts={"word/document.xml": xml.encode(encoding)}))


def test_part_that_unpacks_to_too_much() -> None:
    with pytest.raises(LimitError, match=r"报告\.docx.*grows"):
        read(docx(p("x"), parts={"word/media/a.xml": b"0" * 30_000_000}))


def test_unpacked_size_is_limited() -> None:
    with pytest.raises(LimitError, match="unpacks to"):
        read(docx(p("x"), parts={"word/a.bin": bytes(range(256)) * 500}), Limits(max_unpacked_bytes=100_000))


def test_too_much_text() -> None:
    with pytest.raises(LimitError, match="characters"):
        read(docx(*[p("完成一千件任务") for _ in range(300)]), Limits(max_chars=1000))


def test_too_many_cells() -> None:
    with pytest.raises(LimitError, match="cells"):
        read(docx(tbl(*[tr("1", "2") for _ in range(300)])), Limits(max_cells=500))


def test_span_that_would_fill_memory() -> None:
    row = tr(tc("1", span=1_000_000_000), tc("2"))
    assert tables(read(docx(tbl(row, row))))[0].n_cols == 2


def test_hostile_nesting() -> None:
    text = "<w:smartTag>" * 2_000 + run("完成1件") + "</w:smartTag>" * 2_000
    with pytest.raises(LimitError, match="nested"):
        read(docx(f"<w:p>{text}</w:p>"))


def test_cut_off() -> None:
    data = docx(p("完成6件。"), TABLE)
    with pytest.raises(ReadError, match=r"报告\.docx"):
        read(data[: len(data) // 2])


def test_not_well_formed() -> None:
    with pytest.raises(ReadError, match=r"报告\.docx.*cannot be read"):
        read(docx(parts={"word/document.xml": b"<w:document><w:body>"}))


def test_no_word_document() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(ReadError, match="no Word document"):
        read(out.getvalue())


def test_encrypted() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(ReadError, match="encrypted"):
        read(data)


def test_old_binary_file() -> None:
    with pytest.raises(ReadError, match=r"save it as \.docx"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
