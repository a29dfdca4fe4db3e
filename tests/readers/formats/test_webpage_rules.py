"""Every rule of ``rules/webpages.toml``: its examples match, its counterexamples do not."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from indicators import rulebook
from indicators.readers.html.text import names
from indicators.readers.html.words import boilerplate_words, byline, content_words, is_chrome, meta_table

RULES = rulebook.load("webpages")
CASES = [(section, rule) for section, rules in RULES.items() for rule in rules]


def _classes(text: str) -> set[str]:
    return names(SimpleNamespace(get=lambda key: text if key == "class" else None))


def _card(label: str) -> bool:
    from lxml import etree

    others = [word for word in ("发文字号", "主题词", "有效性") if word != label][:2]
    rows = "".join(f"<tr><td>{word}</td><td>值</td></tr>" for word in (label, *others))
    table = etree.fromstring(f"<table>{rows}</table>", etree.HTMLParser()).find(".//table")
    return label in meta_table(table)


MATCHERS: dict[str, Callable[[str], Any]] = {
    "boilerplate": lambda text: _classes(text) & boilerplate_words(),
    "content": lambda text: {text.lower()} & content_words(),
    "meta": _card,
    "byline": byline,
    "published": byline,
    "chrome": is_chrome,
}


@pytest.mark.parametrize(("section", "rule"), CASES, ids=[f"{s}-{r['id']}" for s, r in CASES])
def test_examples(section: str, rule: dict[str, Any]) -> None:
    assert rule["examples"]
    assert rule["counterexamples"]
    for example in rule["examples"]:
        assert MATCHERS[section](example), example
    for counterexample in rule["counterexamples"]:
        assert not MATCHERS[section](counterexample), counterexample


@pytest.mark.parametrize(
    ("word", "section"),
    [(w, s) for s, r in CASES for w in r.get("words", []) if s in ("boilerplate", "content", "meta")],
)
def test_every_word_works_alone(word: str, section: str) -> None:
    assert MATCHERS[section](word)


@pytest.mark.parametrize("word", [w for s, r in CASES if s == "byline" for w in r["words"]])
def test_every_byline_word(word: str) -> None:
    other = "来源" if word != "来源" else "作者"
    fields = byline(f"{word}：甲 {other}：乙")
    assert fields.get(word) == "甲"


def test_content_words_are_no_boilerplate() -> None:
    assert not boilerplate_words() & content_words()
