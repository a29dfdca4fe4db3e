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


def _patterns() -> Iterator[tuple[str, dict[str, Any], regex.Pattern[str]]]:
    for section, rules in rulebook.load("cues").items():
        for cue, rule in zip(lexicon.cues(section), rules, strict=True):
            yield f"cues/{section}/{rule['id']}", rule, cue.pattern
    for name in ("names", "sections", "periods_of_reports", "audit", "comparing"):
        for section, rules in rulebook.load(name).items():
            for rule in rules:
                if "pattern" in rule and "words" not in rule:
                    yield f"{name}/{section}/{rule['id']}", rule, regex.compile(rule["pattern"])


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


def test_words_stand_once_in_their_rule() -> None:
    for name in rulebook.names():
        for section, rules in rulebook.load(name).items():
            for rule in rules:
                words = rule.get("words", [])
                twice = sorted({word for word in words if words.count(word) > 1})
                assert twice == [], f"{name}/{section}/{rule['id']}"
