"""Loads the lexicons and patterns of ``rules/``, and those that a user lays beside them.

A rule file is TOML. Top-level arrays of tables (``[[unit]]``, ``[[heading]]``) hold the rules, each with
an ``id`` unique in its section; a user's file of the same name adds rules and replaces those of the same id.
``{{label}}`` in a pattern, or alone in a list of words, stands for the words of the ``[[shared]]`` rule of that id in
``words.toml`` and of those with ``joins = "label"``: what several rules have in common is written once. In a pattern it
may stand for the pattern of a ``[[part]]`` of ``words.toml`` as well.
User folders come from the environment variable ``INDICATORS_RULES`` (folders parted by ``os.pathsep``).
"""

from __future__ import annotations

import os
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicators import shipped
from indicators.errors import RuleError
from indicators.settings import RULES_VARIABLE
from indicators.sieve import Rare

if TYPE_CHECKING:
    import regex

Rule = dict[str, Any]
Rules = dict[str, list[Rule]]
_SHARED = re.compile(r"\{\{([a-z-]+)\}\}")
"""Stands for words, or a part of a pattern, that several rules share."""


def user_folders() -> list[Path]:
    """The folders named by ``INDICATORS_RULES``, in order; later ones win."""
    named = os.environ.get(RULES_VARIABLE, "")
    return [Path(part) for part in named.split(os.pathsep) if part]


def names() -> list[str]:
    """The rule files that ship with the library, without their ending."""
    return sorted(item.name[:-5] for item in shipped.rules().iterdir() if item.name.endswith(".toml"))


def shipped_text(name: str) -> str:
    """The text of ``rules/<name>.toml`` as it ships, the user's own rules left out."""
    return (shipped.rules() / f"{name}.toml").read_text(encoding="utf-8")


def parse(text: str, path: str) -> Rules:
    """The rules of one file; raises :class:`RuleError` naming file and line where it is malformed."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"not valid TOML: {error}", path=path, hint="see docs/rules.md") from None
    rules: Rules = {}
    for section, entries in data.items():
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise RuleError(f"'{section}' must be written as [[{section}]] tables", path=path)
        seen: set[str] = set()
        for entry in entries:
            if not isinstance(entry.get("id"), str):
                raise RuleError(f"a [[{section}]] rule has no id", path=path)
            if entry["id"] in seen:
                raise RuleError(f"[[{section}]] id '{entry['id']}' stands twice", path=path)
            seen.add(entry["id"])
        rules[section] = entries
    return rules


@cache
def load(name: str) -> Rules:
    """All rules of ``rules/<name>.toml``, the user's own merged in: before ours, or in place of ours of the same id.

    Where two rules claim the same words the first one counts, so that a user's word is the last. Read once per process.
    """
    found = _merged(name, user_folders())
    return with_shared(found, _common(found if name == "words" else load("words")))


def _merged(name: str, folders: list[Path]) -> Rules:
    ours = parse(shipped_text(name), f"{name}.toml")
    merged = {section: {rule["id"]: rule for rule in rules} for section, rules in ours.items()}
    for folder in folders:
        path = folder / f"{name}.toml"
        if path.is_file():
            for section, rules in parse(path.read_text(encoding="utf-8"), str(path)).items():
                known = merged.get(section, {})
                own = {rule["id"]: rule for rule in rules}
                added = {key: rule for key, rule in own.items() if key not in known}
                merged[section] = added | {key: own.get(key, rule) for key, rule in known.items()}
    return {section: list(by_id.values()) for section, by_id in merged.items()}


def shared_rules(folders: list[Path]) -> list[Rule]:
    """The ``[[shared]]`` and ``[[part]]`` rules of ``words.toml``, those of ``folders`` merged in."""
    return _common(_merged("words", folders))


def _common(words: Rules) -> list[Rule]:
    return [*words["shared"], *words["part"]]


def with_shared(rules: Rules, shared: list[Rule]) -> Rules:
    """The rules with what they share put in; raises :class:`RuleError` where no rule has such words."""
    return {section: [spliced(rule, shared) for rule in listed] for section, listed in rules.items()}


def spliced(rule: Rule, shared: list[Rule]) -> Rule:
    """One rule with the words and parts of ``shared`` put in; itself where it asks for none."""
    put: Rule = {}
    if isinstance(pattern := rule.get("pattern"), str) and "{{" in pattern:
        put["pattern"] = _put_in(pattern, shared, ())
    if isinstance(listed := rule.get("words"), list) and any("{{" in str(word) for word in listed):
        put["words"] = [word for said in listed for word in _said(str(said), shared)]
    return {**rule, **put} if put else rule


def _put_in(pattern: str, shared: list[Rule], within: tuple[str, ...]) -> str:
    """The pattern with what it shares; a part may itself share (``within`` are those that it stands in)."""

    def told(found: re.Match[str]) -> str:
        name = found[1]
        part = next((rule["pattern"] for rule in shared if rule["id"] == name and "pattern" in rule), None)
        if name in within:
            raise RuleError(f"the [[part]] '{name}' of words.toml asks for itself", hint="see docs/rules.md")
        if part is not None:
            return _put_in(part, shared, (*within, name))
        return "|".join(map(re.escape, _words_of(name, shared)))

    return _SHARED.sub(told, pattern)


def _said(word: str, shared: list[Rule]) -> list[str]:
    found = _SHARED.fullmatch(word)
    return [word] if found is None else _words_of(found[1], shared)


def _words_of(rule_id: str, shared: list[Rule]) -> list[str]:
    """The words of a ``[[shared]]`` rule and of those that join it, longest first."""
    found = {word for rule in shared if rule_id in (rule["id"], rule.get("joins")) for word in rule.get("words", [])}
    if not found:
        raise RuleError(f"words.toml has no [[shared]] rule '{rule_id}'", hint="see docs/rules.md")
    return sorted(found, key=lambda word: (-len(word), word))


def words(name: str, section: str) -> list[str]:
    """Every entry of the ``words`` lists of a section, longest first, so that an alternation prefers it."""
    found = {word for rule in load(name).get(section, []) for word in rule.get("words", [])}
    return sorted(found, key=lambda word: (-len(word), word))


def source(name: str, section: str) -> str:
    """The patterns of a section as the text of one alternation, in file order, to be set into a longer pattern."""
    return "|".join(rule["pattern"] for rule in load(name)[section])


@cache
def phrase(name: str, section: str, year: int | None = None) -> regex.Pattern[str]:
    """What any rule of a section matches; compiled once. ``{Y}`` in a pattern stands for ``year``."""
    import regex  # the number grammar reads rules too, and does without it

    text = source(name, section)
    return regex.compile(text if year is None else text.replace("{Y}", str(year)))


@cache
def rare(name: str, section: str) -> Rare:
    """:func:`phrase` for a section that is dear to look for."""
    return Rare([rule["pattern"] for rule in load(name)[section]])
