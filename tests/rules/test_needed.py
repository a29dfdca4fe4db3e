"""What a pattern cannot do without: no gate may keep a text from the pattern that matches it."""

from __future__ import annotations

import pytest

from indicators import rulebook
from indicators.extract import lexicon
from indicators.needed import gate, needed


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("力争|确保(?![”])|(?<!需|必)要(?:达到|完成)", {"力争", "确保", "达到", "完成"}),
        ("达到?|(?:完成)?实", {"达", "实"}),
        ("(?:甲乙|丙)+丁", {"丁"}),
        ("[甲乙]丙?", {"甲", "乙"}),
        ("(?P<year>20\\d\\d)年", {"20"}),
        ("甲{0,2}乙{1,2}", {"乙"}),
        ("(?P<a>甲)?(?:(?(a)乙|丙)丁)", {"丁"}),
    ],
)
def test_the_words_of_a_pattern(pattern: str, words: set[str]) -> None:
    assert needed(pattern) == words


@pytest.mark.parametrize(
    "pattern", ["甲?", "甲|", "\\p{Han}{2}", "[^甲]", "[a-z]", "(?i)abc", "(?(1)a|b)", "", "^$", "(甲", "甲)"]
)
def test_a_pattern_that_may_do_without_any_word(pattern: str) -> None:
    assert needed(pattern) == frozenset()
    assert gate([pattern, "甲"]).search("乙")


def test_no_example_of_a_cue_is_kept_from_it() -> None:
    for section, rules in rulebook.load("cues").items():
        for rule in rules:
            for example in rule["examples"]:
                assert gate([rule["pattern"]]).search(example), (section, rule["id"], example)
                assert lexicon.cues_in(section, example), (section, example)
