"""Takes one rule out of the rulebook of the running process, and puts it back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from indicators import rulebook

READ_FROM_RULES = (
    *("indicators.readers.tables.heading", "indicators.readers.flattened", "indicators.readers.layout"),
    *("indicators.extract", "indicators.tasks", "indicators.linking", "indicators.judging"),
)
"""Packages whose caches hold what the rules say."""
_NOTHING = "\U0010fffd"
"""A word that no text holds: an empty list would match everywhere."""


@contextmanager
def without(name: str, section: str, rule_id: str) -> Iterator[None]:
    """The library as it would be if ``rules/<name>.toml`` had no ``[[section]]`` with this id."""
    true = rulebook._merged

    def merged(wanted: str, folders: list[Path]) -> rulebook.Rules:
        rules = true(wanted, folders)
        if wanted != name:
            return rules
        return {**rules, section: [_blunt(r) if r["id"] == rule_id else r for r in rules[section]]}

    known = rulebook.load(name).get(section, [])
    assert any(rule["id"] == rule_id for rule in known), f"there is no rule {section}/{rule_id}"
    rulebook._merged = merged
    forget()
    try:
        yield
    finally:
        rulebook._merged = true
        forget()


def forget() -> None:
    """Empties every cache of what was read from the rules."""
    rulebook.load.cache_clear()  # a rule may hold words of another file
    rulebook.phrase.cache_clear()
    rulebook.rare.cache_clear()
    for module_name, module in list(sys.modules.items()):
        if module_name.startswith(READ_FROM_RULES):
            for value in list(vars(module).values()):
                clear = getattr(value, "cache_clear", None)
                if clear is not None and str(value.__module__).startswith(READ_FROM_RULES):
                    clear()


def _blunt(rule: dict[str, Any]) -> dict[str, Any]:
    return {
        **rule,
        **{k: v for k, v in (("pattern", "(?!)"), ("words", [_NOTHING]), ("after", [_NOTHING])) if k in rule},
    }
