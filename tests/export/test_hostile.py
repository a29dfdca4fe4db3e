"""Text that wants to be markup, a formula or something to read backwards stays text in every export."""

from __future__ import annotations

import hashlib
import zipfile
from html import unescape
from pathlib import Path

import pytest

from indicators.export.page import render_page, write_html
from indicators.export.workbook import write_xlsx
from indicators.schema.report import Assessment, Fact, Finding, Report, Rival, Step, Task

HOSTILE = [
    "<script>alert('a')</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(2)</script>",
    "<!--<script>",
    "{{ 7*7 }}{% raw %}",
    '=HYPERLINK("http://example.invalid","x")',
    "@SUM(A1:A9)",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "http://example.invalid/link",
    "left\u202egnorw\u202c right\u200f",
    "null\u0000bell\u0007",
    "lone\ud800surrogate",
    "长" * 10_000,
]


def hostile_report() -> Report:
    text = "\n".join(HOSTILE) + "\n"
    tasks = []
    for line in HOSTILE:
        start = text.index(line)
        fact = Fact(
            text=line,
            value=1,
            low=1,
            high=1,
            unit=line[:9],
            start=start,
            end=start + len(line),
            context=line,
            place=line,
        )
        tasks.append(
            Task(number=line[:40], text=line, responsible=[line], verdict="missed", assessments=[
                Assessment(indicator=line, target=fact, bound="at_least", actual=fact, verdict="missed", reason=line,
                           flags=["stated"], confidence=0.5, rivals=[Rival(text=line, why=line, indicator=line)],
                           trace=[Step(stage="judge", rule=line, text=line)]),
            ])
        )  # fmt: skip
    return Report(
        source="<b>x</b>.txt", title='"><script>alert(3)</script>=1+1', text=text, tasks=tasks, warnings=list(HOSTILE),
        sha256=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
        findings=[Finding(flag="forecast", severity=3, task=line, indicator=line, message=line) for line in HOSTILE],
    )  # fmt: skip


def test_the_page_shows_it_as_text(open_page, tmp_path: Path) -> None:
    path = write_html([hostile_report()], tmp_path / "hostile.html")[0]
    opened = open_page(path)
    page = opened.page
    for n in range(len(HOSTILE)):
        page.evaluate(f"document.getElementById('r{n}')?.click()")
    page.click("#findings summary")
    assert opened.dialogs == []
    assert opened.requests == [path.as_uri()]
    assert page.locator("img").count() == 0
    assert page.evaluate("document.scripts.length") == 2
    shown = page.locator("#text").inner_text()
    for line in HOSTILE[:10]:
        assert line in shown
    assert "left⟨U+202E⟩gnorw" in shown
    assert "\u202e" not in page.evaluate("document.body.innerText")


def test_the_index_shows_it_as_text(open_page, tmp_path: Path) -> None:
    paths = write_html([hostile_report(), hostile_report()], tmp_path / "index.html")
    opened = open_page(paths[0])
    assert opened.page.locator(".entry .title").first.inner_text() == hostile_report().title
    assert opened.dialogs == []
    assert all(path.resolve().is_relative_to(tmp_path) for path in paths)


def test_nothing_in_the_page_can_run_but_its_own_script() -> None:
    html = render_page(hostile_report())
    assert html.count("<script") == 2
    policy = unescape(html.split("<style>")[0])
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_page_shows_words_and_no_objects_of_the_program() -> None:
    page = render_page(hostile_report())
    assert "built-in" not in page
    assert page == render_page(hostile_report())


def test_the_workbook_holds_strings_only(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    path = write_xlsx([hostile_report()], tmp_path / "hostile.xlsx")
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            content = archive.read(name).decode("utf-8", "replace")
            if name.startswith("xl/worksheets/sheet"):
                assert "<f>" not in content
            if name.endswith(".rels"):
                assert "example.invalid" not in content
    book = openpyxl.load_workbook(path)
    heads = [cell.value for cell in book["Rows"][1]]
    column = heads.index("指标")
    cells = [row[column] for row in book["Rows"].iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["s"] * len(HOSTILE)
    assert cells[5].value == HOSTILE[5]
    source = [str(cell.value) for row in book["Source"].iter_rows() for cell in row if cell.value is not None]
    assert HOSTILE[0] in source
    assert HOSTILE[6] in source
    assert sum(len(value) for value in source if set(value) == {"长"}) == 10_000
