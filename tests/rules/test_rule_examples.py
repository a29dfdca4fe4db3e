"""Every pattern matches its examples as the library reads it, and not its counterexamples.

``tests/cli/test_rules_commands.py`` checks the shape of every rule file, and the examples loosely; the number grammar's
rules have ``tests/quantities``. Here the patterns that read words are compiled the way the library compiles them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import regex

from indicators import rulebook
from indicators.extract import lexicon

PACKAGE = Path(__file__).parents[2] / "indicators"
PHRASES = (
    *("names", "figures", "answers", "lists", "tables", "verdicts", "links"),
    *("sections", "periods_of_reports", "audit", "comparing", "organisations", "words"),
)
"""Files whose patterns are read by ``rulebook.phrase``."""
YEAR = r"(?:19|20)\d{2}"
"""What the code puts for ``{Y}`` is one year; the examples may name any."""


def _patterns() -> Iterator[tuple[str, dict[str, Any], regex.Pattern[str]]]:
    for section, rules in rulebook.load("cues").items():
        for cue, rule in zip(lexicon.cues(section), rules, strict=True):
            yield f"cues/{section}/{rule['id']}", rule, cue.pattern
    for name in PHRASES:
        for section, rules in rulebook.load(name).items():
            for rule in rules:
                if "pattern" in rule and "words" not in rule:
                    pattern = rule["pattern"].replace("{Y}", YEAR)
                    yield f"{name}/{section}/{rule['id']}", rule, regex.compile(pattern)


PATTERNS = [pytest.param(rule, pattern, id=name) for name, rule, pattern in _patterns()]


@pytest.mark.parametrize(("rule", "pattern"), PATTERNS)
def test_examples(rule: dict[str, Any], pattern: regex.Pattern[str]) -> None:
    assert rule["meaning"]
    assert rule["examples"]
    for text in rule["examples"]:
        assert pattern.search(text), text


@pytest.mark.parametrize(("rule", "pattern"), PATTERNS)
def test_counterexamples(rule: dict[str, Any], pattern: regex.Pattern[str]) -> None:
    assert rule["counterexamples"]
    for text in rule["counterexamples"]:
        assert not pattern.search(text), text


@pytest.mark.parametrize("rule", rulebook.load("cues")["actual"], ids=lambda rule: rule["id"])
def test_what_governs_says_how_far(rule: dict[str, Any]) -> None:
    assert rule["spread"] in ("sentence", "clause")


def _read_sections() -> set[str]:
    """Every text that the code holds: a section that none of them names is read by nothing."""
    return {
        node.value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_section_is_read() -> None:
    told = _read_sections()
    unread = [f"{n}/{s}" for n in rulebook.names() for s in rulebook.load(n) if s not in told]
    assert unread == []


def _read_phrases() -> Iterator[tuple[str, str]]:
    """File and section of every pattern that the code asks for."""
    for path in PACKAGE.rglob("*.py"):
        calls = [
            (
                getattr(node.func, "attr", getattr(node.func, "id", "")),
                [getattr(arg, "value", None) for arg in node.args],
            )
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
        ]
        for name, args in calls:
            match name, args:
                case (("phrase" | "source"), [str(file), str(section), *_]):
                    yield file, section
                case "time_phrase", [str(section), *_]:
                    yield "periods_of_reports", section


def test_what_the_code_asks_for_is_there() -> None:
    """A section is first looked up when a text needs it; a misspelt one must not wait for that text."""
    asked = set(_read_phrases())
    assert len(asked) > 50
    assert [pair for pair in sorted(asked) if pair[1] not in rulebook.load(pair[0])] == []
    assert {name for name, _ in asked} <= set(PHRASES)


def test_words_stand_once_in_their_rule() -> None:
    for name in rulebook.names():
        for section, rules in rulebook.load(name).items():
            for rule in rules:
                words = rule.get("words", [])
                twice = sorted({word for word in words if words.count(word) > 1})
                assert twice == [], f"{name}/{section}/{rule['id']}"
