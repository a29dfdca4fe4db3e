"""The workbook: what stands where, and what an auditor's marks in it become."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from indicators.cli import main
from indicators.corrections import CorrectionStore, apply_corrections, read_corrections
from indicators.errors import UsageError
from indicators.export.workbook import write_xlsx
from indicators.schema.source import Cell, Passage, Source, Table

from .sample import TEXT, long_report, report

openpyxl = pytest.importorskip("openpyxl")
# Data bars in the form of Excel 2010 are nothing that openpyxl reads.
pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported")


@pytest.fixture
def book_path(tmp_path: Path) -> Path:
    return write_xlsx([report()], tmp_path / "report.xlsx")


def heads_of(sheet: Any) -> list[str]:
    return [cell.value for cell in sheet[1]]


def test_sheets_and_rows(book_path: Path) -> None:
    book = openpyxl.load_workbook(book_path)
    assert book.sheetnames == ["Summary", "Rows", "Findings", "Source", "About"]
    rows = book["Rows"]
    heads = heads_of(rows)
    assert rows.freeze_panes == "C2"
    assert rows.auto_filter.ref is not None
    second = {head: cell.value for head, cell in zip(heads, rows[3], strict=True)}
    assert (second["任务"], second["指标"], second["结论"]) == ("2", "改造老旧小区", "✔ 完成")
    assert (second["目标"], second["实际"], second["完成率"]) == ("45个", "45个", 1)
    assert book["Findings"]["E2"].value == "报告称已完成，但实际高于上限。"
    about = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert about["SHA-256"] == report().sha256
    assert about["数据截至"] == "2023-12-31"
    assert {"indicators", "schema", "rules", "models"} <= set(about)
    assert len(book["Summary"]._charts) == 2


def test_a_row_leads_to_its_place_in_the_source(book_path: Path) -> None:
    book = openpyxl.load_workbook(book_path)
    heads = heads_of(book["Rows"])
    actual = book["Rows"].cell(4, heads.index("实际") + 1)
    assert actual.value == "11800户"
    sheet, place = actual.hyperlink.location.split("!")
    assert "惠及居民11800户" in book[sheet.strip("'")][place].value


def test_a_table_of_the_source_comes_out_as_cells(tmp_path: Path) -> None:
    start = TEXT.index("236根")
    cells = (
        Cell(0, 0, Passage("充电桩", tuple(range(6)) [:3]), header=True),
        Cell(0, 1, Passage("236根", tuple(range(start, start + 4))), header=True),
    )  # fmt: skip
    source = Source("x.txt", TEXT, (Table(cells, 1, 2),))
    path = write_xlsx([report()], tmp_path / "cells.xlsx", sources=[source])
    book = openpyxl.load_workbook(path)
    assert [cell.value for cell in book["Source"][2]][1:3] == ["充电桩", "236根"]
    actual = book["Rows"].cell(2, heads_of(book["Rows"]).index("实际") + 1)
    assert actual.hyperlink.location.replace("'", "") == "Source!C2"


def test_several_reports_stand_in_one_workbook(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_xlsx([report(), long_report(30)], tmp_path / "two.xlsx"))
    column = heads_of(book["Rows"]).index("报告")
    assert {row[column].value for row in book["Rows"].iter_rows(min_row=2)} == {
        "2023年度重点工作完成情况表",
        "30项工程建设情况",
    }


def test_a_large_workbook_is_written_row_by_row_and_reads_the_same(tmp_path: Path, monkeypatch) -> None:
    whole = openpyxl.load_workbook(write_xlsx([report()], tmp_path / "a.xlsx"))
    monkeypatch.setattr("indicators.export.workbook.MANY_CELLS", 0)
    streamed = openpyxl.load_workbook(write_xlsx([report()], tmp_path / "b.xlsx"))
    for name in whole.sheetnames:
        assert list(whole[name].values) == list(streamed[name].values), name


def test_a_comparison_shows_both_texts(tmp_path: Path) -> None:
    whole = report()
    first = whole.tasks[0].assessments[0]
    later = "全年建成充电桩301根。"
    assert first.actual is not None
    actual = first.actual.model_copy(
        update={"text": "301根", "start": 7, "end": 11, "spans": [(7, 11)], "source": "later.txt"}
    )
    task = whole.tasks[0].model_copy(update={"assessments": [first.model_copy(update={"actual": actual})]})
    compared = whole.model_copy(update={"tasks": [task], "actual_source": "later.txt", "actual_text": later})
    book = openpyxl.load_workbook(write_xlsx([compared], tmp_path / "compared.xlsx"))
    cell = book["Rows"].cell(2, heads_of(book["Rows"]).index("实际") + 1)
    assert book["Source"][cell.hyperlink.location.split("!")[1]].value == later


def test_a_text_longer_than_a_sheet_is_cut_and_said_so(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("indicators.export.sourcesheet.MAX_ROWS", 4)
    book = openpyxl.load_workbook(write_xlsx([report(), report()], tmp_path / "cut.xlsx"))
    values = [row[1] for row in book["Source"].values]
    assert values[-1] == "工作表行数已满，其余原文略去"
    assert book["Rows"].max_row == 15


def test_marks_in_the_workbook_are_read_back(book_path: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(book_path)
    rows = book["Rows"]
    column = {head: at + 1 for at, head in enumerate(heads_of(rows))}
    rows.cell(2, column["审核"], "正确")
    rows.cell(4, column["正确的实际值"], "1.25万户")
    rows.cell(4, column["备注"], "以住建局台账为准")
    rows.cell(5, column["正确的结论"], "完成")
    rows.cell(6, column["正确的实际值"], "无")
    marked = tmp_path / "marked.xlsx"
    book.save(marked)
    store = tmp_path / "store"
    assert main(["correct", str(marked), "--store", str(store)]) == 0
    assert {annotation.source for annotation in read_corrections(marked)} == {report().source}
    after = apply_corrections(report(), store).rows()
    assert after[0].confidence == 1.0
    assert (after[2].actual_value, after[2].verdict, after[2].completion) == (12500, "exceeded", 1.0417)
    assert "以住建局台账为准" in after[2].reason
    assert (after[3].verdict, after[3].actual_text) == ("met", "0.86吨标煤")
    assert (after[4].actual_text, after[4].verdict) == (None, "unreported")
    assert after[1] == report().rows()[1]


def part_a_row_from_its_key(book: Any) -> None:
    rows = book["Rows"]
    rows.cell(2, heads_of(rows).index("指标") + 1, "改造老旧小区")
    rows.cell(2, heads_of(rows).index("审核") + 1, "正确")


def test_sorting_takes_the_hidden_keys_along(book_path: Path) -> None:
    rows = openpyxl.load_workbook(book_path)["Rows"]
    first, last = rows.auto_filter.ref.split(":")
    assert first == "A1"
    assert rows[last].column == len(heads_of(rows))
    assert rows.column_dimensions[openpyxl.utils.get_column_letter(heads_of(rows).index("sha256") + 1)].hidden


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda book: book["Rows"].cell(2, heads_of(book["Rows"]).index("审核") + 1, "也许"),
            "row 2: '也许' is none of",
        ),
        (part_a_row_from_its_key, "row 2: '改造老旧小区' stands beside the hidden key of '新建公共充电桩'"),
        (lambda book: book["Rows"].delete_cols(heads_of(book["Rows"]).index("sha256") + 1), "no column 'sha256'"),
        (lambda book: book.remove(book["Rows"]), "no sheet 'Rows'"),
    ],
)
def test_a_workbook_that_cannot_be_used_is_refused_with_the_reason(
    book_path: Path, tmp_path: Path, change, message: str
) -> None:
    book = openpyxl.load_workbook(book_path)
    change(book)
    path = tmp_path / "changed.xlsx"
    book.save(path)
    with pytest.raises(UsageError, match=message) as caught:
        read_corrections(path)
    assert caught.value.path == str(path)


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(UsageError, match="not a readable workbook"):
        read_corrections(path)


@pytest.mark.skipif(which("soffice") is None, reason="no LibreOffice on this machine")
def test_libreoffice_opens_it(book_path: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(book_path)],
        capture_output=True, text=True, timeout=240, check=True,
    )  # fmt: skip
    complaints = [line for line in done.stderr.splitlines() if line.strip() and "javaldx" not in line]
    assert complaints == []
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_a_mark_given_twice_counts_once_and_the_later_wins(book_path: Path, tmp_path: Path) -> None:
    store = CorrectionStore(tmp_path / "store")
    book = openpyxl.load_workbook(book_path)
    rows = book["Rows"]
    at = heads_of(rows).index("审核") + 1
    rows.cell(2, at, "有误")
    first = tmp_path / "first.xlsx"
    book.save(first)
    rows.cell(2, at, "正确")
    second = tmp_path / "second.xlsx"
    book.save(second)
    assert (store.add(read_corrections(first)).new, store.add(read_corrections(second)).replaced) == (1, 1)
    assert apply_corrections(report(), store).rows()[0].confidence == 1.0
