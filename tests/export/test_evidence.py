"""Where figures are marked in the text, and how a source is laid out."""

from __future__ import annotations

import math

import pytest

from indicators.export.evidence import Marks, Run, place_in_context
from indicators.export.layout import blocks, documents
from indicators.export.page import page_data, render_page
from indicators.export.titles import task_line
from indicators.schema.report import Assessment, Fact, Report, Rival, Task
from indicators.schema.source import Cell, Paragraph, Passage, Place, Source, Table, join


def a_report(text: str, *rows: tuple[tuple[int, int] | None, tuple[int, int] | None]) -> Report:
    def fact(span: tuple[int, int] | None) -> Fact | None:
        return None if span is None else Fact(text=text[slice(*span)], start=span[0], end=span[1], spans=[span])

    return Report(
        source="x.txt",
        text=text,
        tasks=[
            Task(assessments=[Assessment(indicator=str(n), target=fact(target), actual=fact(actual))])
            for n, (target, actual) in enumerate(rows)
        ],
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], [Run("计划10家，完成12家")]),
        (
            [((2, 5), (8, 11))],
            [Run("计划"), Run("10家", ("0t",)), Run("，完成"), Run("12家", ("0a",))],
        ),
        (
            [((2, 5), None), ((2, 5), (2, 5))],
            [Run("计划"), Run("10家", ("0t", "1a", "1t")), Run("，完成12家")],
        ),
        (
            [((2, 4), None), ((3, 5), None)],
            [Run("计划"), Run("1", ("0t",)), Run("0", ("0t", "1t")), Run("家", ("1t",)), Run("，完成12家")],
        ),
        ([((8, 99), None)], [Run("计划10家，完成"), Run("12家", ("0t",))]),
        ([((99, 101), None)], [Run("计划10家，完成12家")]),
    ],
)
def test_runs_break_where_marks_do(rows: list, expected: list[Run]) -> None:
    text = "计划10家，完成12家"
    runs = Marks(a_report(text, *rows)).runs(text, 0, len(text))
    assert runs == expected
    assert "".join(run.text for run in runs) == text


def test_a_mark_in_clean_text_covers_the_characters_that_came_from_its_span() -> None:
    text = "新增企业100\n 家以\n上，好"
    report = a_report(text, ((4, 13), None))
    passage = join(text, [(0, len(text))])
    runs = Marks(report).passage_runs(passage, text)
    assert runs == [Run("新增企业"), Run("100家以上", ("0t",)), Run("，好")]


def test_a_figure_cut_by_a_page_break_is_marked_in_its_own_cell_only() -> None:
    text = "新增1\n页脚 别的9家\n00家"
    report = a_report(text, ((2, len(text)), None))
    marks = Marks(report)
    assert marks.passage_runs(join(text, [(0, 3), (12, len(text))]), text)[1].keys == ("0t",)
    assert marks.passage_runs(join(text, [(4, 11)]), text) == [Run("页脚别的9家")]


def test_numbered_items_of_a_cell_begin_on_lines_of_their_own() -> None:
    text = "1.印发方案\n并检查。\n2.完成3.\n5亿元。"
    runs = Marks(a_report(text)).passage_runs(join(text, [(0, len(text))]), text)
    assert "".join(run.text for run in runs) == "1.印发方案并检查。\n2.完成3.5亿元。"


def test_only_targets_and_actuals_colour_a_run() -> None:
    assert [Run("x", keys).roles for keys in (("3t",), ("3a", "4t"), ("3r0",), ())] == ["t", "ta", "", ""]


def test_rivals_are_marked_with_their_number() -> None:
    text = "甲1家乙2家"
    report = a_report(text, ((1, 3), None))
    rivals = [Rival(text="x"), Rival(text="2家", start=4, end=6)]
    assessment = report.tasks[0].assessments[0].model_copy(update={"rivals": rivals})
    report = report.model_copy(update={"tasks": [report.tasks[0].model_copy(update={"assessments": [assessment]})]})
    assert Marks(report).runs(text, 3, 6) == [Run("乙"), Run("2家", ("0r1",))]


@pytest.mark.parametrize(
    ("context", "start", "at"),
    [("甲10家，乙10家", 1, 1), ("甲10家，乙10家", 6, 6), ("乙10家", 6, 1), ("别处", 6, -1)],
)
def test_a_figure_is_told_from_its_twin_in_the_context(context: str, start: int, at: int) -> None:
    text = "甲10家，乙10家"
    fact = Fact(text="10家", start=start, end=start + 3, context=context)
    assert place_in_context(fact, text) == at


TABLE_TEXT = "标题\n指标 目标\n企业 10家\n脚注5家"


def a_source() -> Source:
    def passage(start: int, end: int) -> Passage:
        return Passage(TABLE_TEXT[start:end], tuple(range(start, end)))

    cells = (
        Cell(0, 0, passage(3, 5), header=True),
        Cell(0, 1, passage(6, 8), header=True),
        Cell(1, 0, passage(9, 11)),
        Cell(1, 1, passage(12, 15)),
    )
    title = Paragraph(passage(0, 2), kind="title", place=Place(page=1))
    return Source(
        "x", TABLE_TEXT, (title, Table(cells, 2, 2, header_rows=1, caption=passage(0, 2), place=Place(page=2)))
    )


def test_a_source_keeps_its_tables_pages_and_what_no_block_holds() -> None:
    report = a_report(TABLE_TEXT, ((12, 15), (18, 20)))
    shown = blocks(Marks(report), a_source())
    assert [block.kind for block in shown] == ["page", "title", "page", "table", "stray", "line"]
    table = shown[3]
    assert table.runs == [], "the caption repeats the title"
    assert [[cell.header for cell in row] for row in table.chunks[0]] == [[True, True], [False, False]]
    assert table.chunks[0][1][1].runs == [Run("10家", ("0t",))]
    assert shown[5].runs == [Run("脚注"), Run("5家", ("0a",))]


def test_a_source_of_another_text_is_not_used() -> None:
    report = a_report("另一份文件10家", ((5, 8), None))
    assert [block.kind for block in blocks(Marks(report), a_source())] == ["line"]


def test_a_comparison_shows_the_plan_and_the_later_report_each_with_its_own_marks() -> None:
    target = Fact(text="10家", start=2, end=5)
    actual = Fact(text="12家", start=2, end=5, source="later.txt")
    rival = Rival(text="9家", start=6, end=8)
    compared = Report(
        source="plan.txt",
        text="新建10家",
        actual_source="later.txt",
        actual_text="建成12家，9家",
        tasks=[Task(assessments=[Assessment(indicator="x", target=target, actual=actual, rivals=[rival])])],
    )
    plan, later = documents(compared)
    assert (plan.name, later.name) == ("plan.txt", "later.txt")
    assert plan.blocks[0].runs == [Run("新建"), Run("10家", ("0t",))]
    assert later.blocks[0].runs == [Run("建成"), Run("12家", ("0a",)), Run("，"), Run("9家", ("0r0",))]
    assert "later.txt</h2>" in render_page(compared)


def test_plain_text_is_laid_out_line_by_line_with_one_gap_for_many_blank_lines() -> None:
    report = a_report("一\n\n \n\n二10家\r\n三", ((7, 10), None))
    shown = blocks(Marks(report))
    assert [block.kind for block in shown] == ["line", "gap", "line", "line"]
    assert shown[2].runs == [Run("二"), Run("10家", ("0t",))]


def test_long_tables_are_cut_where_no_cell_spans() -> None:
    text = "格" * 400
    cells = [Cell(row, 0, Passage("格", (row,)), rowspan=1) for row in range(400)]
    cells[119] = Cell(119, 0, Passage("格", (119,)), rowspan=5)
    source = Source("x", text, (Table(tuple(cells), 400, 1),))
    report = a_report(text)
    chunks = blocks(Marks(report), source)[0].chunks
    assert [len(chunk) for chunk in chunks] == [124, 120, 120, 36]


def test_an_empty_report_and_numbers_that_json_lacks_make_a_page() -> None:
    assert "<main" in render_page(Report(source="empty.txt"))
    report = a_report("10家", ((0, 3), None))
    odd = report.tasks[0].assessments[0].model_copy(update={"completion": math.inf})
    odd_report = report.model_copy(update={"tasks": [report.tasks[0].model_copy(update={"assessments": [odd]})]})
    assert page_data(odd_report)["rows"][0]["completion"] is None


@pytest.mark.parametrize(
    ("number", "text", "shown"),
    [
        ("1", "1.农村公路", "1.农村公路"),
        ("一", "一、主要目标", "一、主要目标"),
        ("2", "（2）养老服务", "（2）养老服务"),
        ("4", "40个项目开工", "4 40个项目开工"),
        ("3", "新增企业45家", "3 新增企业45家"),
        (None, "新增企业45家", "新增企业45家"),
    ],
)
def test_a_number_is_not_said_twice(number: str | None, text: str, shown: str) -> None:
    assert task_line(Task(number=number, text=text)) == shown
