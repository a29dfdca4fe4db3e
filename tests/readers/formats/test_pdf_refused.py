"""PDF files that are refused, or read in part with a warning: scans, limits, damage. One hazard a test."""

from __future__ import annotations

import pytest

from indicators.errors import LimitError, ReadError
from indicators.readers.pdf import page as pdf_page
from indicators.settings import Limits

from .helpers import grid, texts
from .makepdf import Pdf
from .pdfs import HEAD, WIDTHS, one_page, read


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


def test_font_that_would_fill_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """A font whose widths run from 1 to a hundred thousand million; what pdfplumber does with it is stopped.

    On a machine with Chinese fonts pdfium loses nothing and pdfplumber is not asked, hence the first line.
    """
    monkeypatch.setattr("indicators.readers.pdf.page._loses_text", lambda *page: True)
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


def test_fonts_that_do_not_say_what_they_print() -> None:
    """Characters of the private areas: every font means something else by them."""
    pdf, page = one_page()
    page.lines(60, 100, ["\ue123\ue124\ue125\ue126" * 5, "\ue223\ue224\ue225\ue226" * 5])
    with pytest.raises(ReadError, match=r"报告\.pdf.*which characters.*OCR"):
        read(pdf)


def test_file_without_pages() -> None:
    with pytest.raises(ReadError, match=r"报告\.pdf"):
        read(Pdf())


def test_too_much_text_over_many_pages() -> None:
    pdf = Pdf()
    for _ in range(3):
        pdf.page().lines(60, 60, ["完成三件任务" * 5] * 12)
    with pytest.raises(LimitError, match="characters"):
        read(pdf, Limits(max_chars=1000))


def test_page_of_too_many_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_page, "_MAX_OBJECTS", 100)
    pdf, page = one_page()
    for at in range(101):
        page.box(at, at, 1, 1)
    with pytest.raises(LimitError, match=r"报告\.pdf.*page 1 holds more than 100 objects"):
        read(pdf)
