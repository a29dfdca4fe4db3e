"""The page in a real browser, as an auditor uses it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indicators.cli import main
from indicators.corrections import CorrectionStore, apply_corrections, read_corrections
from indicators.export.page import write_html

from .sample import long_report, report

ROWS = "tr.row"


def wait_for_rows(page: Any, count: int) -> None:
    """The page's policy forbids evaluating strings, so waiting is done from outside."""
    page.wait_for_selector(f"{ROWS} >> nth={count - 1}")
    page.wait_for_selector(f"{ROWS} >> nth={count}", state="detached")


def test_the_page_asks_for_nothing_and_complains_of_nothing(open_page, hand_page: Path) -> None:
    opened = open_page(hand_page)
    opened.page.click("#r0")
    assert opened.requests == [hand_page.as_uri()]
    assert opened.complaints == []


def test_clicking_a_row_shows_both_quantities_in_the_source(open_page, tmp_path: Path) -> None:
    path = write_html([long_report(300)], tmp_path / "long.html")[0]
    page = open_page(path).page
    page.keyboard.press("/")
    page.keyboard.type("第250号")
    wait_for_rows(page, 1)
    page.click(ROWS)
    selected = page.locator(".text .m.on")
    assert selected.all_inner_texts() == ["100项"]
    page.wait_for_timeout(300)
    for role in ("t", "a"):
        for mark in page.locator(f".text .m.{role}.on").all():
            box = mark.bounding_box()
            assert box is not None
            assert 0 <= box["y"] <= 900


def test_clicking_a_highlight_selects_its_row(open_page, hand_page: Path) -> None:
    page = open_page(hand_page).page
    page.click("mark.m:has-text('0.86吨标煤')")
    row = page.locator("tr.row.selected")
    assert row.get_attribute("aria-selected") == "true"
    assert row.locator(".name").inner_text() == "单位工业增加值能耗"
    assert "高于上限" in page.locator("tr.detail .reason").inner_text()


@pytest.mark.parametrize(
    ("act", "left"),
    [
        (lambda page: page.click("[data-verdict=missed]"), ["惠及居民户数", "单位工业增加值能耗"]),
        (lambda page: page.select_option("#f-unit", "市人社局"), ["引进高层次人才"]),
        (lambda page: page.select_option("#f-flag", "forecast"), ["引进高层次人才"]),
        (lambda page: page.select_option("#f-flag", "*"), ["惠及居民户数", "单位工业增加值能耗", "引进高层次人才"]),
        (lambda page: page.select_option("#f-conf", "low"), ["开通公交线路", "完成线路调研"]),
        (lambda page: page.fill("#q", "充电桩 市能源局"), ["新建公共充电桩"]),
    ],
)
def test_filters(open_page, hand_page: Path, act, left: list[str]) -> None:
    page = open_page(hand_page).page
    act(page)
    wait_for_rows(page, len(left))
    assert page.locator("tr.row .name").all_inner_texts() == left
    page.click("#clear")
    assert page.locator(ROWS).count() == 7


def test_evidence_marks_the_figure_itself_and_not_its_twin(open_page, hand_page: Path) -> None:
    page = open_page(hand_page).page
    page.click("#r1")
    target, actual = page.locator("#d1 .excerpt").all()
    marked = "node => node.querySelector('.m').previousSibling.textContent"
    assert target.evaluate(marked).endswith("2 改造老旧小区")
    assert actual.evaluate(marked).endswith("已改造老旧小区")


def test_a_finding_leads_to_its_row(open_page, hand_page: Path) -> None:
    page = open_page(hand_page).page
    page.click("#findings summary")
    page.click("button.finding")
    assert page.locator("tr.row.selected .name").inner_text() == "单位工业增加值能耗"
    text = page.evaluate("document.body.innerText")
    assert "null" not in text
    assert "undefined" not in text


def test_sorting_puts_the_worst_first(open_page, hand_page: Path) -> None:
    page = open_page(hand_page).page
    page.select_option("#f-sort", "worst")
    names = page.locator("tr.row .badge").all_inner_texts()
    assert names == ["未完成", "未完成", "未报告", "完成", "完成", "超额完成", "无目标"]
    page.select_option("#f-sort", "completion")
    assert page.locator("tr.row .name").first.inner_text() == "惠及居民户数"


def test_keys_move_open_and_mark(open_page, hand_page: Path) -> None:
    page = open_page(hand_page).page
    for key in "jjj":
        page.keyboard.press(key)
    assert page.locator("tr.row.selected .name").inner_text() == "惠及居民户数"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == "r1"
    assert page.locator("tr.detail").count() == 0
    page.keyboard.press("Enter")
    assert page.get_attribute("#r1", "aria-expanded") == "true"
    assert page.locator("tr.detail").count() == 1
    page.keyboard.press("1")
    assert page.locator("#r1 .marked-as").inner_text() == "正确"
    page.keyboard.press("Escape")
    assert page.locator("tr.detail").count() == 0
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()


def test_rivals_are_shown_on_demand(open_page, hand_page: Path) -> None:
    page = open_page(hand_page).page
    page.click("#r0")
    assert not page.locator(".rivals").is_visible()
    page.click("text=未采用的数据 · 1")
    assert "只是其中一部分" in page.locator(".rivals").inner_text()
    page.click(".rivals .rival-text")
    assert page.locator("#text .rival-on").inner_text() == "90根"


def test_marks_are_downloaded_and_honoured(open_page, hand_page: Path, tmp_path: Path, capsys) -> None:
    page = open_page(hand_page).page
    page.click("#r0")
    page.click("#d0 [data-mark=right]")
    page.click("#r4")
    page.click("#d4 [data-mark=wrong]")
    page.click("#r5")
    page.click("#d5 [data-mark=corrected]")
    page.fill("#d5 input[name=actual]", "7条")
    page.fill("#d5 input[name=note]", "见附件二")
    page.click("#d5 button[type=submit]")
    assert page.locator("#r5 .marked-as").inner_text() == "更正"
    assert page.locator("#marked").inner_text() == "已审核 3 / 7"
    with page.expect_download() as download:
        page.click("#download")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [line["mark"] for line in lines] == ["right", "wrong", "corrected"]

    store = tmp_path / "store"
    assert main(["correct", str(file), "--store", str(store)]) == 0
    assert "3 new, 0 replaced" in capsys.readouterr().out
    rows = apply_corrections(report(), CorrectionStore(store)).rows()
    assert (rows[0].confidence, rows[4].confidence) == (1.0, 0.0)
    bus = rows[5]
    assert (bus.actual_text, bus.actual_value, bus.actual_unit) == ("7条", 7, "条")
    assert (bus.verdict, bus.completion, bus.confidence) == ("exceeded", 1.1667, 1.0)
    assert "见附件二" in bus.reason


def test_a_correction_that_changes_nothing_is_not_saved(open_page, hand_page: Path) -> None:
    page = open_page(hand_page).page
    page.click("#r0")
    page.click("#d0 [data-mark=corrected]")
    page.click("#d0 button[type=submit]")
    assert page.locator("#d0 input[name=actual]").evaluate("node => node.validationMessage") != ""
    assert page.locator("#r0 .marked-as").count() == 0
    page.select_option("#d0 select[name=verdict]", "met")
    page.click("#d0 button[type=submit]")
    assert page.locator("#r0 .marked-as").inner_text() == "更正"


def test_what_was_typed_survives_a_filter(open_page, hand_page: Path) -> None:
    page = open_page(hand_page).page
    page.click("#r0")
    page.click("#d0 [data-mark=corrected]")
    page.fill("#d0 input[name=note]", "待核")
    page.select_option("#f-unit", "市能源局")
    wait_for_rows(page, 1)
    assert page.locator("#d0 input[name=note]").input_value() == "待核"


def test_a_rejected_figure_can_be_taken_over_with_its_place(open_page, hand_page: Path, tmp_path: Path) -> None:
    page = open_page(hand_page).page
    page.click("#r0")
    page.click("text=未采用的数据 · 1")
    page.click("#d0 .rivals button.small")
    page.click("#d0 button[type=submit]")
    with page.expect_download() as download:
        page.click("#download")
    download.value.save_as(tmp_path / "x.jsonl")
    (correction,) = read_corrections(tmp_path / "x.jsonl")
    assert report().text[correction.new_actual_start : correction.new_actual_end] == "90根"


def test_text_selected_in_the_source_can_be_taken_over(open_page, hand_page: Path) -> None:
    page = open_page(hand_page).page
    page.click("#r5")
    page.click("#d5 [data-mark=corrected]")
    page.evaluate(
        """() => {
          const line = [...document.querySelectorAll('#text p')].find((p) => p.textContent.includes('推荐人选'));
          const node = line.lastChild;
          const at = node.data.indexOf('52名');
          window.getSelection().setBaseAndExtent(node, at, node, at + 3);
        }"""
    )
    page.click("text=取原文所选文字")
    assert page.locator("#d5 input[name=actual]").input_value() == "52名"


def test_marks_survive_a_reload_and_can_be_taken_back(open_page, hand_page: Path) -> None:
    page = open_page(hand_page).page
    page.click("#r0")
    page.click("#d0 [data-mark=wrong]")
    page.reload()
    assert page.locator("#r0 .marked-as").inner_text() == "有误"
    page.click("#r0")
    page.click("#d0 >> text=撤销标记")
    assert page.locator(".marked-as").count() == 0
    assert page.locator("#download").is_disabled()


def test_the_page_speaks_english(open_page, hand_page: Path) -> None:
    page = open_page(hand_page).page
    page.click("#lang")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("#r0 .badge").inner_text() == "Exceeded"
    assert page.locator("#r0 .name").inner_text() == "新建公共充电桩"


def test_verdicts_have_symbol_word_and_colour(open_page, hand_page: Path) -> None:
    page = open_page(hand_page).page
    seen = set()
    for badge in page.locator("tr.row .badge").all():
        seen.add(
            (
                badge.locator("use").get_attribute("href"),
                badge.inner_text(),
                badge.evaluate("node => getComputedStyle(node).color"),
            )
        )
    assert len(seen) == len({symbol for symbol, _, _ in seen}) == len({word for _, word, _ in seen}) == 5


def test_five_thousand_rows_keep_few_in_the_document(open_page, tmp_path: Path) -> None:
    path = write_html([long_report(5000)], tmp_path / "many.html")[0]
    page = open_page(path).page
    assert page.locator("#shown").inner_text() == "显示 5000 共 5000 行"
    assert page.locator(ROWS).count() < 300
    page.evaluate("document.getElementById('verdicts').scrollTo(0, 1e7)")
    page.wait_for_selector("#r4999")
    assert page.locator(ROWS).count() < 300
    page.click("#r4999")
    page.wait_for_timeout(500)
    box = page.locator(".text .m.on").first.bounding_box()
    assert box is not None
    assert 0 < box["y"] < 900
    assert page.locator("#r4999").get_attribute("aria-rowindex") == "5001"


def test_on_paper_every_row_stands_with_its_reason(open_page, tmp_path: Path) -> None:
    path = write_html([long_report(300)], tmp_path / "long.html")[0]
    page = open_page(path).page
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(ROWS).count() == 300
    assert page.locator("#r299 .reason").is_visible()
    assert not page.locator("#filters").is_visible()


def test_on_a_phone_the_source_is_one_tap_away(open_page, hand_page: Path) -> None:
    page = open_page(hand_page, width=390, height=844).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("#r2 .name")
    page.click("#d2 >> text=看实际")
    assert page.locator("mark.m.on:has-text('11800户')").is_visible()
    page.click("#back")
    assert page.locator("#r2").is_visible()


def test_the_index_leads_to_every_page_and_back(open_page, tmp_path: Path) -> None:
    reports = [report("a/甲 报告#1.txt"), long_report(12)]
    index = write_html(reports, tmp_path / "all reports.html")[0]
    opened = open_page(index)
    page = opened.page
    assert page.locator(".entry .title").all_inner_texts() == [r.title for r in reports]
    page.click(".entry >> nth=1")
    page.wait_for_selector("#r11")
    page.click(".crumb")
    page.click("[data-verdict=behind]")
    assert page.locator(".entry").count() == 1
    page.click("#findings summary")
    page.click("a.finding")
    assert page.locator("tr.row.selected .name").inner_text() == "单位工业增加值能耗"
    assert all(request.startswith("file:") for request in opened.requests)
    assert opened.complaints == []
