"""What the tests of PDF files share; every file is written by :mod:`makepdf`."""

from __future__ import annotations

from indicators.readers.pdf.reader import read_pdf
from indicators.schema.source import Source
from indicators.settings import Limits

from .helpers import check
from .makepdf import Page, Pdf

HEAD = {(0, 0): "序号", (0, 1): "目标任务", (0, 2): "完成情况"}
WIDTHS = [50.0, 200.0, 200.0]


def read(pdf: Pdf | bytes, limits: Limits | None = None) -> Source:
    data = pdf if isinstance(pdf, bytes) else pdf.data()
    return check(read_pdf(data, "报告.pdf", limits or Limits()))


def one_page() -> tuple[Pdf, Page]:
    pdf = Pdf()
    return pdf, pdf.page()
