"""Words that several rules share: spliced into patterns, joined by a user's own, and missed by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from without_rule import forget

from indicators import rulebook, rulecheck, score_text
from indicators.errors import RuleError

OWN = """
[[shared]]
id = "our-labels"
joins = "label"
meaning = "what one county calls a target"
words = ["封山数"]
"""
TEXT = "云泽县2023年工作总结\n全年造林33公顷，封山数30公顷。\n"


def _rows() -> list[tuple[str | None, str | None, str | None]]:
    return [(row.target_text, row.actual_text, row.verdict) for row in score_text(TEXT).rows()]


def test_a_word_that_joins_is_known_to_every_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _rows()
    (tmp_path / "words.toml").write_text(OWN, encoding="utf-8")
    monkeypatch.setenv("INDICATORS_RULES", str(tmp_path))
    forget()
    try:
        assert before != _rows() == [("30公顷", "33公顷", "exceeded")]
    finally:
        monkeypatch.undo()
        forget()


def test_words_are_put_in_longest_first() -> None:
    known = [{"id": "line", "words": ["线", "及格线"]}]
    rules = {"cue": [{"id": "x", "pattern": "(?:{{line}})"}], "word": [{"id": "y", "words": ["杠", "{{line}}"]}]}
    spliced = rulebook.with_shared(rules, known)
    assert spliced["cue"][0]["pattern"] == "(?:及格线|线)"
    assert spliced["word"][0]["words"] == ["杠", "及格线", "线"]
    assert rules["cue"][0]["pattern"] == "(?:{{line}})"


def test_unknown_words_are_named() -> None:
    with pytest.raises(RuleError, match="no \\[\\[shared\\]\\] rule 'nothing'"):
        rulebook.with_shared({"cue": [{"id": "x", "pattern": "{{nothing}}"}]}, [])


def test_a_check_tells_of_unknown_words(tmp_path: Path) -> None:
    (tmp_path / "lists.toml").write_text(
        "[[jointly]]\nid = 'x'\nmeaning = 'm'\npattern = '{{nothing}}数'\nexamples = ['数']\ncounterexamples = ['a']\n",
        encoding="utf-8",
    )
    problems = [(problem.line, problem.message) for problem in rulecheck.check_folder(tmp_path)]
    assert problems == [(1, "jointly 'x': words.toml has no [[shared]] rule 'nothing'")]


def test_a_check_knows_the_words_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text(OWN.replace('joins = "label"\n', ""), encoding="utf-8")
    (tmp_path / "cues.toml").write_text(
        "[[target]]\nid = 'x'\nmeaning = 'm'\nwhere = 'before'\npattern = '{{our-labels}}为?$'\n"
        "examples = ['封山数为']\ncounterexamples = ['封山']\n",
        encoding="utf-8",
    )
    assert rulecheck.check_folder(tmp_path) == []


def test_parts_are_put_in_and_may_hold_others() -> None:
    known = [
        {"id": "line", "words": ["线", "及格线"]},
        {"id": "drawn", "pattern": "(?:划|定)(?:{{line}})"},
    ]
    rule = {"id": "x", "pattern": "^(?:{{drawn}})$"}
    assert rulebook.spliced(rule, known)["pattern"] == "^(?:(?:划|定)(?:及格线|线))$"


def test_a_part_that_asks_for_itself_is_named() -> None:
    known = [{"id": "one", "pattern": "{{other}}"}, {"id": "other", "pattern": "a{{one}}"}]
    with pytest.raises(RuleError, match="asks for itself"):
        rulebook.spliced({"id": "x", "pattern": "{{one}}"}, known)


def test_shared_words_and_parts_have_ids_of_their_own() -> None:
    ids = [rule["id"] for rule in rulebook.shared_rules([])]
    assert len(ids) == len(set(ids))
