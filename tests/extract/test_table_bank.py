"""Marked tables, written blind: the bank is whole, and as many are understood as were when this was written."""

from __future__ import annotations

from benchmarks.tables import Marked, load, misread

BLOCK = """as_of: 2024-06-30
上半年几件事（单位：户）
事项	全年要	6月底有了
新进规企业	{T:40}	{A:23}
技改企业	{T:18}	{A:9}
"""
LEAST_OPEN, LEAST_HELD = 150, 62
"""Tables that are right in full; those held back are never read by whoever teaches the rules."""


def test_marks_are_taken_out_and_what_is_misread_is_told() -> None:
    table = Marked.of("one", 1, BLOCK)
    assert table.as_of is not None
    assert (table.as_of.month, table.held) == (6, False)
    assert [table.text[a:b] for kind, a, b in table.marks if kind == "T"] == ["40", "18"]
    assert list(misread(table)) == []
    turned = Marked.of("one", 3, BLOCK.replace("{T:40}", "{A:40}").replace("{A:9}", "{T:9}"))
    assert turned.held
    assert list(misread(turned)) == ["A 40 missed", "A 40 promised", "T 9 missed"]


def test_every_figure_of_the_bank_is_marked_once() -> None:
    tables = load()
    assert len(tables) > 300
    for table in tables:
        assert table.marks, (table.file, table.number)
        assert not set("{}") & set(table.text), (table.file, table.number)
        assert all(a < b <= len(table.text) for _, a, b in table.marks)
    assert len({table.text for table in tables}) == len(tables)


def test_as_many_tables_are_understood_as_were() -> None:
    right = [table.held for table in load() if not list(misread(table))]
    assert right.count(False) >= LEAST_OPEN
    assert right.count(True) >= LEAST_HELD
