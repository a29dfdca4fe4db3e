"""Terminal text: control characters spelled out, Chinese counted as two columns, tables that fit."""

from __future__ import annotations

import io
import json

import pytest
from cli_report import make_report
from hypothesis import given
from hypothesis import strategies as st

from indicators.export.csv import COLUMNS, CsvWriter, cell
from indicators.export.jsonl import row_line
from indicators.export.plain import ellipsis, escape_json, pad, plain_number, printable, width, wrap
from indicators.export.terminal import TableWriter, render
from indicators.schema.report import Row, percent

ANY = st.text(st.characters(), max_size=80)


@given(ANY)
def test_printable_text_is_printable(text: str) -> None:
    shown = printable(text)
    assert "\n" not in shown
    assert not any(ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 for c in shown)
    assert not set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200e\u200f\u2028\u2029") & set(shown)
    shown.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("新增45家", "新增45家"),
        ("a\nb\tc", "a b c"),
        ("\x1b[31m红", "\\x1b[31m红"),
        ("\x9b2J", "\\x9b2J"),
        ("\u202e倒", "\\u202e倒"),
        ("全角\u3000空", "全角\u3000空"),
        ("\ud800", "\\ud800"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.dictionaries(ANY, ANY, max_size=3))
def test_escaped_json_is_the_same_data(data: dict[str, str]) -> None:
    line = escape_json(json.dumps(data, ensure_ascii=False))
    assert json.loads(line) == data
    assert "\x9b" not in line
    assert "\u202e" not in line
    line.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("目标", 4), ("5G基站", 6), ("é", 1), ("e\u0301", 1), ("，", 2)]
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=60), st.integers(4, 30))
def test_wrapped_lines_fit_and_lose_nothing(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_words_and_numbers_are_not_cut() -> None:
    assert wrap("完成投资1234.56亿元", 12) == ["完成投资", "1234.56亿元"]


@given(st.text(st.characters(categories=["L", "N"]), max_size=40), st.integers(2, 20))
def test_ellipsis_fits(text: str, columns: int) -> None:
    short = ellipsis(text, columns)
    assert width(short) <= columns
    assert short == text or short.endswith("…")


def test_pad() -> None:
    assert pad("目标", 6) == "目标  "
    assert pad("5%", 6, right=True) == "    5%"
    assert pad("目标任务", 6) == "目标任务"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (45.0, "45"),
        (0.125, "0.125"),
        (-3.2, "-3.2"),
        (35e9, "35000000000"),
        ([2.0, 3.0], "2;3"),
        (["甲", "乙"], "甲;乙"),
        ("=1+1", "'=1+1"),
        ("+86 10", "'+86 10"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" =x", "' =x"),
        ("＝x", "'＝x"),
        ("-3.5", "-3.5"),
        ("新增45家", "新增45家"),
        (["=a", "b"], "'=a;b"),
    ],
)
def test_csv_cell(value: object, text: str) -> None:
    assert cell(value) == text


def test_csv_columns_are_those_of_the_contract() -> None:
    stream = io.StringIO()
    CsvWriter(stream).close()
    assert stream.getvalue() == ",".join(COLUMNS) + "\n"
    assert tuple(Row.model_fields) == COLUMNS


@pytest.mark.parametrize(("value", "plain"), [(45.0, 45), (0.5, 0.5), ([1.0, 2.5], [1, 2.5]), (1e20, 1e20), ("1", "1")])
def test_counts_print_as_counts(value: object, plain: object) -> None:
    assert plain_number(value) == plain
    assert type(plain_number(value)) is type(plain)


def test_json_line_holds_the_keys_of_the_contract_in_order() -> None:
    line = row_line(make_report().rows()[0])
    assert list(json.loads(line)) == list(Row.model_fields)
    assert '"target_low": 45,' in line


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 200])
def test_table_fits_its_width(columns: int) -> None:
    lines = render(make_report(), columns=columns).splitlines()
    table = lines[lines.index("") + 1 : -2]
    assert max(width(line) for line in table) <= max(columns, 74)


def test_colours_are_only_added() -> None:
    plain, coloured = render(make_report()), render(make_report(), colour=True)
    assert "\x1b[32;1m▲ 超额完成\x1b[0m" in coloured
    for code in ("32;1", "35", "2", "0"):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert coloured == plain


def test_several_reports_end_with_their_totals() -> None:
    stream = io.StringIO()
    writer = TableWriter(stream)
    for name in ("a.txt", "b.txt"):
        writer.add(make_report(name))
    writer.close()
    assert stream.getvalue().splitlines()[-1] == "2 份报告  ▲ 超额完成 2   ○ 未报告 2"


@pytest.mark.parametrize(("share", "text"), [(1.0, "100%"), (1.2821, "128.2%"), (0.9, "90%"), (0.0, "0%")])
def test_percent(share: float, text: str) -> None:
    assert percent(share) == text
