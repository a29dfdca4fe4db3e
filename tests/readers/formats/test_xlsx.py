"""Worksheets: one hazard a test."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from indicators.errors import LimitError, ReadError
from indicators.readers.xlsx.format import display
from indicators.readers.xlsx.reader import read_xlsx
from indicators.schema.source import Source
from indicators.settings import Limits

from .helpers import check, grid, spans, tables, texts

HEAD = ["指标", "年度目标", "完成数"]


def book(fill: Callable[[Any], None]) -> bytes:
    workbook = openpyxl.Workbook()
    fill(workbook)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def sheet(*rows: list[Any], then: Callable[[Any], None] | None = None) -> bytes:
    def fill(workbook: Any) -> None:
        for row in rows:
            workbook.active.append(row)
        if then:
            then(workbook.active)

    return book(fill)


def read(data: bytes, limits: Limits | None = None) -> Source:
    return check(read_xlsx(data, "台账.xlsx", limits or Limits()))


def swap(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same container with the bytes of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def test_plain_table() -> None:
    source = read(sheet(HEAD, ["税收(亿元)", 8, 8.25], ["技改项目", 40, 43]))
    assert grid(source) == [HEAD, ["税收(亿元)", "8", "8.25"], ["技改项目", "40", "43"]]
    assert tables(source)[0].header_rows == 1
    assert tables(source)[0].cells[4].place.label() == "工作表“Sheet” B2"
    assert source.text == "指标\t年度目标\t完成数\n税收(亿元)\t8\t8.25\n技改项目\t40\t43\n"


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (0.125, "0.0%", "12.5%"),
        (1.0, "0%", "100%"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (-1234.5, "#,##0.0;(#,##0.0)", "(1,234.5)"),
        (-5, "0.0", "-5.0"),
        (180, '0"家"', "180家"),
        (0.1 + 0.2, "General", "0.3"),
        (12345678901, "General", "12345678901"),
        (3500, '#,##0.0,"千元"', "3.5千元"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.50"),
        (99.5, "[$¥-804]#,##0.00", "¥99.50"),
        (0.00012, "0.00E+00", "1.20E-04"),
        (7, "000", "007"),
        (85, '[>=60]"合格";"不合格"', "合格"),
        (45, '[>=60]"合格";"不合格"', "不合格"),
        (2.5, "0.0##", "2.5"),
        (0.99999, "0.0E+0", "1.0E+0"),
        (1234567.0, "General", "1234567"),
        (2.5, "# ?/?", "2.5"),
        (True, "General", "TRUE"),
        (dt.datetime(2023, 6, 30), 'yyyy"年"m"月"d"日"', "2023年6月30日"),
        (dt.datetime(2023, 6, 30), "mm-dd-yy", "2023/6/30"),
        (dt.datetime(2023, 6, 30), "yyyy-mm", "2023-06"),
        (dt.datetime(2023, 6, 30, 9, 5), "yyyy/m/d h:mm", "2023/6/30 9:05"),
        (dt.datetime(2023, 6, 30, 15, 5), "上午/下午h:mm", "下午3:05"),
        (dt.datetime(2023, 6, 30), "aaaa", "星期五"),
        (dt.datetime(2023, 6, 30), "General", "2023年6月30日"),
        (dt.date(2023, 6, 30), r"d\-mmm\-yy", "30-Jun-23"),
        (dt.date(2023, 6, 30), "ddd", "Fri"),
        (dt.time(9, 5), "h:mm:ss", "9:05:00"),
        (dt.time(9, 5), "[h]:mm", "9:05"),
        (dt.timedelta(hours=36, minutes=5), "[h]:mm:ss", "36:05:00"),
        (1e300, "0.00000000000000000000", "1e+300"),
        (float("inf"), "0.0", "inf"),
        ("00123", "@", "00123"),
        (None, "0.0", ""),
    ],
)
def test_values_as_shown(value: object, number_format: str, shown: str) -> None:
    assert display(value, number_format) == shown


def test_formats_reach_the_cells() -> None:
    def form(active: Any) -> None:
        active["B2"].number_format, active["C2"].number_format = "0.0%", "#,##0"
        active["C3"].number_format = 'yyyy"年"m"月"'

    source = read(sheet(HEAD, ["增幅", 0.125, 1234567], ["时间", "x", dt.date(2023, 11, 1)], then=form))
    assert grid(source)[1:] == [["增幅", "12.5%", "1,234,567"], ["时间", "x", "2023年11月"]]


def test_merged_cells() -> None:
    def merge(active: Any) -> None:
        for area in ("A1:A2", "B1:C1", "A3:A4"):
            active.merge_cells(area)

    rows = [["任务", "完成情况", None], [None, "已完成", "未完成"], ["修桥4座", "3座", None], [None, "1座", None]]
    source = read(sheet(*rows, then=merge))
    assert spans(source) == {"任务": (2, 1), "完成情况": (1, 2), "修桥4座": (2, 1)}
    assert grid(source)[3] == ["修桥4座", "1座", ""]
    assert tables(source)[0].header_rows == 2


def test_merged_cells_without_text_hold_their_place() -> None:
    rows = [["任务", "完成情况", None, "备注"], ["修桥4座", None, None, "在建"], ["铺路3公里", "2公里", "1公里", None]]
    source = read(sheet(*rows, then=lambda active: [active.merge_cells(area) for area in ("B1:C1", "B2:C2")]))
    assert spans(source) == {"完成情况": (1, 2), "": (1, 2)}
    assert grid(source)[1] == ["修桥4座", "", "", "在建"]


def test_title_rows_name_the_table() -> None:
    def merge(active: Any) -> None:
        active.merge_cells("A1:C1")

    source = read(sheet(["某县任务表", None, None], [None, None, "单位：万元"], HEAD, ["税收", 500, 510], then=merge))
    assert source.title == "某县任务表"
    assert tables(source)[0].caption.text == "某县任务表单位：万元"
    assert grid(source)[0] == HEAD


def test_title_merged_over_the_whole_row() -> None:
    source = read(sheet(["某县任务表"], HEAD, ["税收", 500, 510], then=lambda a: a.merge_cells("A1:XFD1")))
    assert tables(source)[0].n_cols == 3


def test_sheets_and_hidden_sheets() -> None:
    def fill(workbook: Any) -> None:
        workbook.active.title = "一季度"
        workbook.active.append(HEAD)
        workbook.active.append(["植树", "5万株", "6万株"])
        for name, state in (("二季度", "visible"), ("底稿", "hidden"), ("密", "veryHidden")):
            other = workbook.create_sheet(name)
            other.append(HEAD)
            other.append(["修路", "7公里", "8公里"])
            other.sheet_state = state

    source = read(book(fill))
    assert [table.place.sheet for table in tables(source)] == ["一季度", "二季度"]
    assert [warning for warning in source.warnings if "隐藏" in warning] == [
        "工作表“底稿”已隐藏，未读取",
        "工作表“密”已隐藏，未读取",
    ]


def test_hidden_rows_are_read_and_told() -> None:
    def hide(active: Any) -> None:
        active.row_dimensions[2].hidden = True

    source = read(sheet(HEAD, ["造林", "3万亩", "4万亩"], then=hide))
    assert grid(source)[1][0] == "造林"
    assert "1个隐藏行" in source.warnings[0]


def test_formula_by_its_cached_value() -> None:
    def cache(name: str, part: bytes) -> bytes:
        return part.replace(b"<f>B2/2</f><v></v>", b"<f>B2/2</f><v>25</v>").replace(
            b"<f>B2/2</f><v />", b"<f>B2/2</f><v>25</v>"
        )

    data = sheet(HEAD, ["入库", 50, "=B2/2"], ["出库", 60, "=B3/2"])
    source = read(swap(data, cache))
    assert grid(source)[1:] == [["入库", "50", "25"], ["出库", "60", ""]]
    assert source.warnings == ("工作表“Sheet”C3共1个公式没有缓存值，按空白读取；用 Excel 或 WPS 打开并保存即可",)


def test_nothing_is_computed_and_markup_stays_text() -> None:
    source = read(sheet(HEAD, ["'=cmd|1", "<b>3</b>", "#DIV/0!"]))
    assert grid(source)[1] == ["'=cmd|1", "<b>3</b>", "#DIV/0!"]


def test_two_tables_on_a_sheet() -> None:
    source = read(sheet(["工业"], HEAD, ["产值", 90, 95], [None], ["农业"], HEAD, ["粮食", 60, 61]))
    assert [table.caption.text for table in tables(source)] == ["工业", "农业"]
    assert grid(source, 1)[1] == ["粮食", "60", "61"]


def test_empty_row_inside_a_table() -> None:
    source = read(sheet(HEAD, ["产值", 90, 95], [None], ["税收", 8, 9]))
    assert grid(source) == [HEAD, ["产值", "90", "95"], ["税收", "8", "9"]]


def test_notes_around_a_table_are_paragraphs() -> None:
    source = read(sheet(["说明：口径同上年。"], [None], HEAD, ["产值", 90, 95], [None], ["填表人甲"]))
    assert texts(source) == ["说明：口径同上年。", "填表人甲"]
    assert len(tables(source)) == 1


def test_cell_far_away_costs_nothing() -> None:
    def far(active: Any) -> None:
        active["XFD1048576"] = "远"

    source = read(sheet(HEAD, ["产值", 90, 95], then=far))
    assert grid(source) == [HEAD, ["产值", "90", "95"]]
    assert texts(source) == ["远"]


def test_block_too_large_for_a_table() -> None:
    def spread(active: Any) -> None:
        for at in range(1, 1200):
            active.cell(at, 1 + at % 2 * 4000, at)

    with pytest.raises(LimitError, match=r"台账\.xlsx.*cells"):
        read(sheet(HEAD, then=spread))


def test_line_breaks_in_a_cell() -> None:
    source = read(sheet(HEAD, ["甲局\n乙局", "1.建3座\r\n2.修4座", "x_x000D_y"]))
    assert grid(source)[1] == ["甲局乙局", "1.建3座2.修4座", "xy"]


def test_empty_columns_left_of_the_table() -> None:
    source = read(sheet([], [None, None, *HEAD], [None, None, "产值", 90, 95]))
    assert grid(source) == [HEAD, ["产值", "90", "95"]]
    assert tables(source)[0].cells[0].place.cell == "C2"


def test_too_many_cells() -> None:
    with pytest.raises(LimitError, match=r"台账\.xlsx.*cells"):
        read(sheet(*[[1, 2, 3] for _ in range(500)]), Limits(max_cells=1000))


def test_one_long_text_in_every_cell() -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        active = workbook.add_worksheet()
        for at in range(500):
            active.write_string(at // 10, at % 10, "完成\n任务" * 500)
    with pytest.raises(LimitError, match="characters"):
        read(out.getvalue(), Limits(max_chars=100_000))


def test_hundred_thousand_cells_are_read() -> None:
    workbook = openpyxl.Workbook(write_only=True)
    active = workbook.create_sheet("大表")
    for at in range(10_000):
        active.append([f"项目{at}", *range(9)])
    out = io.BytesIO()
    workbook.save(out)
    assert len(tables(read(out.getvalue()))[0].cells) == 100_000


def test_entities_are_refused() -> None:
    def bomb(name: str, part: bytes) -> bytes:
        head = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        return head + part.partition(b"?>")[2] if name == "xl/worksheets/sheet1.xml" else part

    with pytest.raises(ReadError, match="entities"):
        read(swap(sheet(HEAD), bomb))


def test_part_that_unpacks_to_too_much() -> None:
    def bomb(name: str, part: bytes) -> bytes:
        return part + b" " * 40_000_000 if name == "xl/styles.xml" else part

    with pytest.raises(LimitError, match="grows"):
        read(swap(sheet(HEAD), bomb))


def test_cut_off() -> None:
    data = sheet(HEAD, ["产值", 90, 95])
    with pytest.raises(ReadError, match=r"台账\.xlsx"):
        read(data[:-300])


def test_encrypted() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(ReadError, match="encrypted"):
        read(data)


def test_empty_workbook() -> None:
    assert read(sheet()).blocks == ()
