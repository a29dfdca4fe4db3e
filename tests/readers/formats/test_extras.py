"""What a reader says when its optional dependency is not installed."""

from __future__ import annotations

import sys

import pytest

from indicators.errors import MissingExtraError
from indicators.readers import read_bytes

from .makedocx import docx, p
from .makepdf import Pdf


def _pdf() -> bytes:
    pdf = Pdf()
    pdf.page().text(60, 100, "完成3件。")
    return pdf.data()


@pytest.mark.parametrize(
    ("module", "extra", "name", "data"),
    [
        ("lxml", "html", "a.html", b"<p>x</p>"),
        ("lxml", "office", "a.docx", docx(p("x"))),
        ("openpyxl", "office", "a.xlsx", docx(p("x")).replace(b"word/document", b"xl/workbook__")),
        ("pypdfium2", "pdf", "a.pdf", _pdf()),
    ],
)
def test_extra_is_named(monkeypatch: pytest.MonkeyPatch, module: str, extra: str, name: str, data: bytes) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=rf"{name}.*indicators\[{extra}\]"):
        read_bytes(data, name)


def test_pdf_without_pdfplumber_says_what_may_be_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether pdfium loses a lonely tick depends on the fonts of the machine, so the loss is told to the reader."""
    monkeypatch.setattr("indicators.readers.pdf.page._loses_text", lambda *page: True)
    pdf = Pdf()
    pdf.page().text(60, 100, "完成3件。").text(60, 130, "√")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    source = read_bytes(pdf.data(), "a.pdf")
    assert source.text.startswith("完成3件。\n")
    assert source.warnings == ("第1页用了未嵌入的字体，可能缺字",)
