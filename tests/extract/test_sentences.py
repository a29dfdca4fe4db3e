"""A sentence is as long as people write one: what runs on for pages is cut, so that no text takes quadratic time."""

from __future__ import annotations

from itertools import pairwise

from indicators.extract.clauses import sentences


def test_what_runs_on_is_cut_at_a_mark() -> None:
    text = "新增企业12家，" * 1000
    found = sentences(text)
    assert (found[0][0], found[-1][1]) == (0, len(text))
    assert all(before[1] == after[0] for before, after in pairwise(found))
    assert all(text[end - 1] == "，" and end - start <= 2000 for start, end in found)


def test_what_holds_no_mark_is_cut_all_the_same() -> None:
    assert [end - start for start, end in sentences("企" * 5000)] == [2000, 2000, 1000]


def test_a_long_sentence_stays_whole() -> None:
    assert len(sentences("新增企业12家，" * 100 + "合计1200家。")) == 1
