"""Steps ask one another by the names of rules; a name that no rule or step gives would never be met again."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path
from typing import get_args

from indicators import rulebook
from indicators.extract.lexicon import Form

PACKAGE = Path(__file__).parents[2] / "indicators"
TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))]


def _texts(tree: ast.AST) -> list[str]:
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def _asked_about() -> Counter[str]:
    """The texts that some ``rule`` is compared with, and how often."""
    compared = [node for tree in TREES for node in ast.walk(tree) if isinstance(node, ast.Compare)]
    of_rules = [node for node in compared if any(getattr(side, "attr", "") == "rule" for side in _sides(node))]
    return Counter(text for node in of_rules for text in _texts(node))


def _sides(node: ast.Compare) -> list[ast.expr]:
    return [node.left, *node.comparators]


def test_every_rule_asked_about_is_given() -> None:
    asked = _asked_about()
    cues = {f"{section}.{rule['id']}" for section, rules in rulebook.load("cues").items() for rule in rules}
    written = Counter(text for tree in TREES for text in _texts(tree))
    assert len(asked) > 10
    assert [name for name, count in asked.items() if name not in cues and written[name] <= count] == []


def test_every_form_asked_about_is_given() -> None:
    given = {rule["form"] for rules in rulebook.load("cues").values() for rule in rules if "form" in rule}
    assert given == set(get_args(Form)) - {""}
