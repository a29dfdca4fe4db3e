"""What reading costs beside scoring, and how many pages of PDF a second: ``python -m benchmarks.readers``.

The files are generated: a page is a heading, three paragraphs and a ruled table of eighteen rows, about 1,300
characters. Every figure of a line comes from the same run; the peer for PDF is pdfplumber, which gives tables
and text of single pages and does not join them.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import indicators
from benchmarks.measure import best, machine
from benchmarks.table import Table
from indicators.readers import read_bytes

PAGES = (1, 10, 100)
ROWS = 18
_MAKEPDF = Path(__file__).parents[1] / "tests" / "readers" / "formats" / "makepdf.py"
Row = tuple[str, str, str, str]
HEAD: Row = ("序号", "目标任务", "责任单位", "完成情况")


def rows(page: int) -> list[Row]:
    """The table of a page; numbers and wording differ from row to row, so that nothing is read from a cache."""
    out = []
    for at in range(ROWS):
        n = page * ROWS + at + 1
        target = f"新建第{n}类便民服务点{n % 90 + 10}个，技改投资增长{n % 12 + 3}%"
        actual = f"建成服务点{n % 95 + 9}个，技改投资增长{n % 13 + 2}.5%"
        out.append((f"{n:02d}", target, f"第{n % 9 + 1}工作组", actual))
    return out


def prose(page: int) -> list[str]:
    """Three paragraphs of a page."""
    return [
        f"截至第{page + 1}批次，累计完成投资{page * 7 + 31}亿元，占年度计划的{page % 60 + 40}%，"
        f"比序时进度快{page % 5 + 1}个百分点。",
        f"新开工项目{page + 12}个，竣工{page + 9}个，其余项目按计划推进，未发现需要调整的情况。",
        f"下一步将盯紧未完成的{page % 7 + 1}项任务，确保年底前全部完成。",
    ]


def html(pages: int) -> bytes:
    """The report as a web page."""
    parts = ["<html><head><meta charset=utf-8><title>通报</title></head><body><div id=zoom>"]
    for page in range(pages):
        parts.append(f"<h2>第{page + 1}部分</h2>" + "".join(f"<p>{text}</p>" for text in prose(page)))
        cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in (HEAD, *rows(page)))
        parts.append("<table border=1>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")
    return "".join([*parts, "</div></body></html>"]).encode()


def docx(pages: int) -> bytes:
    """The report as a Word file; its parts are written directly, python-docx takes minutes for a hundred pages."""
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = Document()
    body = document.element.body

    def text(value: str) -> str:
        return f"<w:p><w:r><w:t>{value}</w:t></w:r></w:p>"

    for page in range(pages):
        document.add_heading(f"第{page + 1}部分", 1)
        for paragraph in prose(page):
            document.add_paragraph(paragraph)
        lines = ("".join(f"<w:tc>{text(cell)}</w:tc>" for cell in row) for row in (HEAD, *rows(page)))
        xml = "".join(f"<w:tr>{line}</w:tr>" for line in lines)
        body.insert(len(body) - 1, parse_xml(f"<w:tbl {nsdecls('w')}><w:tblPr/>{xml}</w:tbl>"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx(pages: int) -> bytes:
    """The report as a worksheet, a block of rows for each page."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("通报")
    for page in range(pages):
        for row in ([f"第{page + 1}部分"], *([text] for text in prose(page)), [], HEAD, *rows(page), []):
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf(pages: int, *, tick: str = "") -> bytes:
    """The report as a PDF. A ``tick`` in each row makes the reader look twice: the font is not in the file."""
    spec = importlib.util.spec_from_file_location("makepdf", _MAKEPDF)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(_MAKEPDF)
    made: Any = importlib.util.module_from_spec(spec)
    sys.modules["makepdf"] = made
    spec.loader.exec_module(made)
    paper = made.Pdf()
    for page in range(pages):
        sheet = paper.page()
        sheet.text(60, 40, f"第{page + 1}部分", 14)
        for at, text in enumerate(prose(page)):
            sheet.text(80, 70 + 36 * at, text[:40]).text(60, 88 + 36 * at, text[40:])
        cells = {(r, c): cell for r, row in enumerate((HEAD, *rows(page))) for c, cell in enumerate(row)}
        if tick:
            cells.update({(r, 4): tick for r in range(1, ROWS + 1)})
        cells[0, 4] = "完成"
        cells = {at: "\n".join(text[i : i + 14] for i in range(0, len(text), 14)) for at, text in cells.items()}
        sheet.table(40, 200, [40, 170, 80, 170, 40], [30] * (ROWS + 1), cells, size=9)
    data: bytes = paper.data()
    return data


def _plumber(data: bytes) -> int:
    import pdfplumber

    found = 0
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            found += len(page.extract_tables()) + len(page.extract_text())
            page.close()
    return found


def _wall(function: Callable[[], object]) -> float:
    """Seconds on the clock, fastest of three: the second look runs in a process of its own."""
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        function()
        times.append(time.perf_counter() - begun)
    return min(times)


def run(pages: tuple[int, ...] = PAGES) -> list[Table]:
    """Two tables: reading beside scoring for every format, and PDF beside pdfplumber."""
    costs = Table("Reading beside scoring", ("format", "pages", "KB", "read ms", "score ms", "read / score"))
    makers: dict[str, Callable[[int], bytes]] = {"html": html, "docx": docx, "xlsx": xlsx, "pdf": pdf}
    for form, make in makers.items():
        for count in pages:
            data = make(count)
            name = f"report.{form}"
            source = read_bytes(data, name)
            repeats = 5 if count < 100 else 1
            read = best(lambda data=data, name=name: read_bytes(data, name), repeats)  # type: ignore[misc]
            score = best(lambda source=source: indicators.score(source), repeats)  # type: ignore[misc]
            row = (f"{read * 1000:.0f}", f"{score * 1000:.0f}", f"{read / score:.2f}")
            costs.add(form, count, len(data) // 1024, *row)
    speed = Table("PDF, pages a second", ("file", "pages", "indicators", "pdfplumber", "times"))
    some = pages[-1] if pages[-1] < 100 else 10
    for label, tick in (("nothing lost without the font", ""), ("a tick in each row, font not in the file", "√")):
        data = pdf(some, tick=tick)
        ours = some / _wall(lambda data=data: read_bytes(data, "report.pdf"))  # type: ignore[misc]
        theirs = some / _wall(lambda data=data: _plumber(data))  # type: ignore[misc]
        speed.add(label, some, f"{ours:.1f}", f"{theirs:.1f}", f"{ours / theirs:.1f}")
    return [costs, speed]


def main() -> int:
    """Measures and prints Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.readers", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one and ten pages only")
    args = parser.parse_args()
    print(f"{machine()}\n")
    for table in run(PAGES[:2] if args.quick else PAGES):
        print(table.markdown())
    return 0


if __name__ == "__main__":
    sys.exit(main())
