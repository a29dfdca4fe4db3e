"""What a pattern cannot do without: no sieve may keep a text from the pattern that matches it."""

from __future__ import annotations

import pytest
import regex

from indicators import rulebook
from indicators.extract import lexicon
from indicators.needed import ways
from indicators.sieve import Rare, Sieve


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("力争", ["力争"]),
        ("(?:力争|确保(?![”])|(?<!需|必)要(?:达到|完成))", ["力争 确保 达到 完成"]),
        ("达到?", ["达"]),
        ("(?:完成)?实", ["实"]),
        ("(?:甲乙|丙)+丁", ["丁", "甲乙 丙"]),
        ("[甲乙]丙?", ["甲 乙"]),
        ("(?P<year>20\\d\\d)年", ["20", "年"]),
        ("甲{0,2}乙{1,2}", ["乙"]),
        ("(?:(?P<a>甲)?(?:(?(a)乙|丙)丁))", ["丁"]),
    ],
)
def test_the_words_of_a_pattern(pattern: str, words: list[str]) -> None:
    assert ways(pattern) == [(pattern, [frozenset(group.split()) for group in words])]


def test_the_alternatives_of_a_pattern() -> None:
    assert [source for source, _ in ways("力争|确保(?:甲|乙)|[|]丙|")] == ["力争", "确保(?:甲|乙)", "[|]丙", ""]


def test_alternatives_that_speak_of_one_another_stay_together() -> None:
    for pattern in (r"(甲)乙|丙\1", "(?P<a>甲)乙|(?(a)丁|戊)己"):
        assert [source for source, _ in ways(pattern)] == [pattern]


@pytest.mark.parametrize(
    "pattern", ["甲?", "甲|", "\\p{Han}{2}", "[^甲]", "[a-z]", "(?i)abc", "(?(1)a|b)", "", "^$", "(甲", "甲)"]
)
def test_a_pattern_that_may_do_without_any_word(pattern: str) -> None:
    assert [] in [words for _, words in ways(pattern)]


def test_words_that_overlap_are_all_found() -> None:
    assert list(Sieve(["完成任务", "任务书", "务", "甲"]).held("完成任务书")) == [0, 1, 2]


def test_a_rare_phrase_is_found_as_the_phrase_itself_would() -> None:
    phrase = regex.compile("(?P<a>甲)乙丙|(?P<b>乙)丙?|^丁|(?<=丙)戊$")
    rare = Rare([phrase.pattern])
    for text in ("", "甲乙丙", "丙乙", "甲丁", "丁甲", "丙戊", "丙戊己", "甲乙", "己甲乙丙戊"):
        for at in range(len(text) + 1):
            assert str(rare.search(text, at)) == str(phrase.search(text, at)), text
            assert str(rare.match(text, at)) == str(phrase.match(text, at)), text
        assert rare.cut(text) == phrase.sub("", text), text
    found = rare.search("己乙丙")
    assert found is not None
    assert (found["a"], found["b"]) == (None, "乙")


def test_a_rare_phrase_with_what_must_follow() -> None:
    phrase = regex.compile("(?:甲乙?|(?P<a>丙)(?(a)丁|戊))(?P<b>己)?$")
    rare = Rare(["甲乙?", "(?P<a>丙)(?(a)丁|戊)"], behind="(?P<b>己)?$")
    for text in ("甲", "甲乙甲", "甲乙己", "甲丙丁己", "丙丁丙丁", "甲戊", "丙甲乙己己", ""):
        assert str(rare.search(text)) == str(phrase.search(text)), text
        assert str(rare.match(text)) == str(phrase.match(text)), text
        assert rare.cut(text) == phrase.sub("", text), text


def test_no_example_of_a_cue_is_kept_from_it() -> None:
    for section, rules in rulebook.load("cues").items():
        for rule in rules:
            for example in rule["examples"]:
                assert list(Sieve([rule["pattern"]]).held(example)) == [0], (section, rule["id"], example)
                assert lexicon.cues_in(section, example), (section, example)
