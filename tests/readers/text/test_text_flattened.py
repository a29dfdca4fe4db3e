"""Tables flattened by PDF-to-text come out as the cells they were: invented tables there and back, and hazards."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from flatten_tables import Spec, cut_row, flatten, found_rows, load, names, squeezed, wrong_cells

from indicators.readers import read, read_text
from indicators.schema.source import Paragraph, Source, Table

SHARED = Path(os.environ.get("INDICATORS_SHARED", Path(__file__).parents[4] / "shared"))
STYLES = {
    "tight": {},
    "a blank line between lines": {"spacing": "\n\n"},
    "blanks beside figures": {"blanks": True},
    "headings on each page": {"page_lines": 18},
    "pages without headings": {"page_lines": 18, "heading_again": False},
    "windows line ends": {"spacing": "\r\n"},
}


def tables(source: Source) -> list[Table]:
    return [block for block in source.blocks if isinstance(block, Table)]


def paragraphs(source: Source) -> list[str]:
    return [block.passage.text for block in source.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", names())
def test_every_cell_comes_back(name: str, style: str) -> None:
    spec = load(name)
    source = read_text(flatten(spec, **STYLES[style]))  # type: ignore[arg-type]
    assert wrong_cells(source, spec) == []
    assert len(found_rows(source)) == len(spec.rows)
    assert source.title == squeezed(spec.title)


def test_a_row_cut_by_a_page_break_stays_one_row() -> None:
    """Rows that the break does not cut are whole; of the cells of the row that it cuts, nine in ten are."""
    cells, lost = 0, 0
    for name in names():
        spec = load(name)
        for at in range(1, len(spec.rows) - 1):
            for keep in (1, 2):
                wrong = wrong_cells(read_text(cut_row(spec, at, keep)), spec)
                # In a table with row labels a task takes two rows, so its cut shows in both.
                allowed = {at - 1, at, at + 1} if spec.label else {at}
                assert {row for row, *_ in wrong} <= allowed, (name, at, keep)
                cells += len(spec.columns)
                lost += len(wrong)
    assert lost * 10 <= cells


@pytest.mark.parametrize("name", names())
def test_passages_point_at_their_characters(name: str) -> None:
    source = read_text(flatten(load(name), spacing="\n\n", page_lines=12, blanks=True))
    for table in tables(source):
        for cell in table.cells:
            printed = "".join(source.text[offset] for offset in cell.passage.offsets)
            assert printed == cell.passage.text


def test_the_mark_of_an_unknown_column_spans_both_columns() -> None:
    source = read_text(
        "序号\n目标任务\n责任单位\n季度类别\n第三季度\n完成情况\n落实情况\n已完成 未完成\n"
        "2\n新建充电桩300个\n市交通运输局\n进度安排\n建成充电桩200个。\n√\n已建成240个。\n"
        "施 工 图\n每月调度。\n√\n召开调度会3次。\n"
        "5\n改造公厕15座\n市城管局\n进度安排\n完成12座。\n√\n已完成13座。\n施 工 图\n逐座验收。\n√\n已验收9座。\n"
    )
    (table,) = tables(source)
    marks = [cell for cell in table.cells if cell.passage.text == "√"]
    assert [(cell.col, cell.colspan) for cell in marks] == [(5, 2)] * 4
    assert [cell.passage.text for cell in table.cells if cell.row == 1] == ["已完成", "未完成"]
    assert table.header_rows == 2
    task = next(cell for cell in table.cells if cell.passage.text == "新建充电桩300个")
    assert task.rowspan == 2


def test_figures_inside_cells_number_no_rows() -> None:
    source = read_text(
        "序号\n工作任务\n责任单位\n进展情况\n"
        "3\n建设停车场\n区住建局\n已完成：\n12 处停车场改造，新增泊位\n40 万吨污水处理厂一期通水。\n"
        "5\n新增绿地\n区园林局\n新增绿地\n6 公顷，提前完成。\n"
        "6\n修缮校舍\n区教育局\n完工 8 所。\n"
    )
    assert [row[0] for row in found_rows(source)] == ["3", "5", "6"]


def test_notes_and_text_below_a_table_are_no_cells() -> None:
    spec = load("livelihood")
    below = (
        "注：电梯加装含续建项目。\n一、存在的主要问题\n"
        "部分项目受征迁影响推进偏慢，需要进一步加强调度，确保按期全面建成并投入使用。\n"
    )
    source = read_text(flatten(spec) + below)
    assert wrong_cells(source, spec) == []
    assert paragraphs(source)[-3:] == [squeezed(line) for line in below.splitlines()]


def test_two_tables_with_other_columns_stay_two() -> None:
    first, second = load("figures"), load("county")
    source = read_text(flatten(first) + "\n" + flatten(second))
    one, two = tables(source)
    assert (one.n_cols, two.n_cols) == (len(first.columns), len(second.columns))
    assert (one.n_rows, two.n_rows) == (len(first.rows) + 1, len(second.rows) + 1)
    assert two.caption.text == squeezed(second.title)


def test_page_numbers_and_repeated_headings_are_layout() -> None:
    spec = load("waterworks")
    text = flatten(spec, page_lines=10).replace("- 7 -", "第 7 页 共 9 页")
    source = read_text(text)
    assert wrong_cells(source, spec) == []
    assert not any("页" in paragraph for paragraph in paragraphs(source))


def test_headings_without_rows_are_paragraphs_and_a_warning() -> None:
    source = read_text("序号\n目标任务\n责任单位\n完成情况\n全市上下认真抓好落实，各项工作有序推进。\n")
    assert tables(source) == []
    assert "rows" in source.warnings[0]
    assert "line 1" in source.warnings[0]
    assert "".join(paragraphs(source)).startswith("序号目标任务")


def test_narrative_is_no_table() -> None:
    text = "今年以来，全区目标任务完成情况良好。\n1\n2\n3\n工业投资增长 9.5%，完成年度计划的 101%。\n"
    assert tables(read_text(text)) == []


@pytest.fixture(scope="module")
def true_cells() -> dict[str, list[list[str]]]:
    openpyxl = pytest.importorskip("openpyxl")
    path = SHARED / "reports" / "anqing-2022q4.xlsx"
    if not path.is_file():
        pytest.skip("no shared reports")
    rows = list(openpyxl.load_workbook(path).active.iter_rows(min_row=4, values_only=True))
    squeezed_rows = [[squeezed(str(value)) if value is not None else "" for value in row] for row in rows]
    return {squeezed_rows[at][0]: squeezed_rows[at : at + 2] for at in range(0, len(rows), 2)}


@pytest.mark.parametrize("file", ["anqing-2022q4.txt", "anqing-2022q4.gb18030.txt"])
def test_a_real_report_has_the_cells_of_its_workbook(file: str, true_cells: dict[str, list[list[str]]]) -> None:
    (table,) = tables(read(SHARED / "reports" / file))
    rows = [[squeezed(cell.passage.text) if cell else "" for cell in row] for row in table.grid()[table.header_rows :]]
    assert len(true_cells) == 16
    assert list(dict.fromkeys(row[0] for row in rows)) == list(true_cells)
    for number, expected in true_cells.items():
        found = [row for row in rows if row[0] == number]
        assert len(found) == 2
        for i, (want, have) in enumerate(zip(expected, found, strict=True)):
            # The workbook's merged cells stand in the first row only; the text does not tell 已完成 from 未完成.
            merged = expected[0][:3] if i else want[:3]
            assert have == [*merged, *want[3:6], want[5] or want[6], want[7]]


def test_a_real_report_over_many_pages_has_all_its_tasks() -> None:
    path = SHARED / "reports" / "anqing-2024q2.txt"
    if not path.is_file():
        pytest.skip("no shared reports")
    (table,) = tables(read(path))
    rows = [[squeezed(cell.passage.text) if cell else "" for cell in row] for row in table.grid()[table.header_rows :]]
    numbers = ["1", "4", "5", "6", "8", "9", "10", "11", "12", "18", "19", "22", "23", "25", "29", "30", "31"]
    assert [row[0] for row in rows] == [number for number in numbers for _ in range(2)]
    assert [row[4] for row in rows] == ["进度安排", "施工图"] * 17
    assert all(re.fullmatch(r"\d{7}", row[3]) for row in rows)
    assert all(re.search(r"】$", row[2]) for row in rows)
    by_number = {row[0]: row for row in rows}
    assert by_number["31"][1].endswith("能耗下降3.2%")
    assert "“四位一体”" in by_number["29"][1]
    assert by_number["29"][1].endswith("1家")
    assert {row[6] for row in rows} == {"√", "正在推进", "持续推进"}


def test_specs_are_invented_for_other_regions() -> None:
    """The fixtures are no copy of a shared report: none of their cells stands in one."""
    folder = SHARED / "reports"
    if not folder.is_dir():
        pytest.skip("no shared reports")
    real = "".join(squeezed(path.read_text(encoding="utf-8")) for path in folder.glob("anqing-20*[24].txt"))
    specs: list[Spec] = [load(name) for name in names()]
    long_cells = [cell for spec in specs for row in spec.rows for cell in row if len(cell) > 12]
    assert long_cells
    assert not [cell for cell in long_cells if squeezed(cell) in real]


def test_a_heading_in_front_of_the_numbers_ends_the_search() -> None:
    text = "附表 主要指标\n\n领域 序号 指标 单位 基期值 目标值\n生态 1 森林覆盖率 % 38.1 40\n"
    assert read_text(text * 40).blocks
