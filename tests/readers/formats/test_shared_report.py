"""One report in four formats: the same cells from each, and each cell's place."""

from __future__ import annotations

from functools import cache

import pytest

from indicators.readers import read
from indicators.schema.source import Source

from .helpers import SHARED, check, grid, tables

FORMATS = ("docx", "xlsx", "html", "pdf")
pytestmark = pytest.mark.skipif(not (SHARED / "reports").is_dir(), reason="the shared reports are not here")


@cache
def source(form: str) -> Source:
    return check(read(SHARED / "reports" / f"anqing-2022q4.{form}"))


@pytest.mark.parametrize("form", FORMATS)
def test_same_cells(form: str) -> None:
    assert len(tables(source(form))) == 1
    assert grid(source(form)) == grid(source("xlsx"))
    shape = [(c.row, c.col, c.rowspan, c.colspan) for c in tables(source(form))[0].cells]
    assert shape == [(c.row, c.col, c.rowspan, c.colspan) for c in tables(source("xlsx"))[0].cells]


@pytest.mark.parametrize("form", FORMATS)
def test_sixteen_tasks_of_two_rows(form: str) -> None:
    table = tables(source(form))[0]
    assert (table.n_rows, table.n_cols, table.header_rows) == (34, 8, 2)
    numbers = [cell for cell in table.cells if cell.col == 0 and not cell.header]
    assert len(numbers) == 16
    assert all(cell.rowspan == 2 and cell.passage.text.isdigit() for cell in numbers)


@pytest.mark.parametrize("form", FORMATS)
def test_title_and_caption(form: str) -> None:
    title = source(form).title
    assert title
    assert tables(source(form))[0].caption.text == title


def test_what_surrounds_the_web_page_is_left_out() -> None:
    page = source("html")
    assert not page.warnings
    assert len(page.blocks) == 2
    assert {"索引号", "发布日期"} <= page.meta.keys()


@pytest.mark.parametrize("form", FORMATS)
def test_every_cell_has_its_place(form: str) -> None:
    for cell in tables(source(form))[0].cells:
        place = cell.place
        assert place.cell
        assert (place.sheet is not None) == (form == "xlsx")
        assert (place.page is not None and place.bbox is not None) == (form == "pdf")
        assert (place.table == 1) == (form != "xlsx")
    if form == "pdf":
        assert {cell.place.page for cell in tables(source(form))[0].cells} == {1, 2, 3, 4, 5, 6}
