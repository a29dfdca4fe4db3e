"""Checks rule files the way a user needs it: every mistake, with file and line, before a report meets the rules.

What a rule of a section must and may hold is read off the rules that ship: a key that all of them have is required,
a key that none of them has is a misspelling.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indicators import rulebook
from indicators.errors import RuleError

_HEADER = re.compile(r"^\s*\[\[\s*([\w-]+)\s*\]\]")
_TOML_LINE = re.compile(r"\(at line (\d+)")
_EXACT = re.compile(r"\d+(?:\.\d+)?(?:/\d*[1-9]\d*)?")
_PLACEHOLDER = re.compile(r"\{[A-Z]|_")
_OPTIONAL = frozenset({"examples", "counterexamples", "meaning"})
_CHOICES = frozenset({"bound", "change", "claimed", "flow", "form", "reads", "role", "sense", "side", "sign", "stage"})
"""Keys whose values the code knows by name: what the rules of the section that ship do not hold means nothing to it."""
_SHARED_CHOICES = frozenset({"spread", "verdict", "where"})
"""The same, with the values of all sections of the file open to each."""
_NAMES = frozenset({"group", "kind"})
"""Keys that a user may give new values: only what looks like a misspelling is one."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a rule file; ``line`` counts from 1."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the rules that ship hold in one section."""

    required: frozenset[str]
    types: dict[str, frozenset[type]]
    items: dict[str, frozenset[type]]
    """Types of what stands in lists."""
    values: dict[str, frozenset[str]]
    """What stands under the keys that name a choice or a kind."""
    plain: bool
    """Whether a rule's own pattern tells its counterexamples apart. Elsewhere rules also yield to one another, so that
    only the library as a whole can tell."""


def check_folder(folder: str | Path) -> list[Problem]:
    """Every mistake in the rule files of ``folder``; raises :class:`RuleError` where there is no rule file."""
    path = Path(folder)
    if not path.is_dir():
        raise RuleError("this is no folder", path=str(folder), hint="give the folder that holds your .toml files")
    files = sorted(path.glob("*.toml"))
    if not files:
        hint = f"name your files like ours: {', '.join(f'{name}.toml' for name in rulebook.names())}"
        raise RuleError("the folder holds no rule file", path=str(folder), hint=hint)
    shared = _shared_with(path)
    return [problem for file in files for problem in _check_file(file, shared)]


def _shared_with(folder: Path) -> list[rulebook.Rule]:
    """Words that several rules share, those of the folder among them unless its file cannot be read."""
    try:
        return rulebook.shared_rules([folder])
    except (RuleError, UnicodeDecodeError):
        return rulebook.shared_rules([])


def _check_file(file: Path, shared: list[rulebook.Rule]) -> list[Problem]:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        return [Problem(str(file), line, "not UTF-8; save the file as UTF-8")]
    return check_text(text, str(file), file.stem, shared)


def check_text(text: str, path: str, name: str, shared: list[rulebook.Rule] | None = None) -> list[Problem]:
    """Every mistake in ``text``, read as the rule file ``name`` (``units``); ``path`` is named in the problems.

    ``shared`` are the rules whose words others may use, those of the library unless given.
    """
    if name not in rulebook.names():
        known = ", ".join(rulebook.names())
        return [
            Problem(path, 1, f"no rule file is called {name}{_did_you_mean(name, rulebook.names())}; there are {known}")
        ]
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        return [Problem(path, int(found.group(1)) if found else text.count("\n") + 1, f"not valid TOML: {error}")]
    shapes = _shapes(name)
    lines = text.splitlines()
    words = rulebook.shared_rules([]) if shared is None else shared
    problems: list[Problem] = []
    for section, entries in data.items():
        if section not in shapes:
            hint = f"{name}.toml has {', '.join(f'[[{known}]]' for known in shapes)}"
            message = f"unknown section '{section}'{_did_you_mean(section, shapes)}; {hint}"
            problems.append(Problem(path, _line_of(lines, section), message))
        elif not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            problems.append(Problem(path, _line_of(lines, section), f"write each rule as [[{section}]]"))
        else:
            problems += _check_section(path, lines, section, entries, shapes[section], words)
    return sorted(problems, key=lambda problem: problem.line)


def _check_section(
    path: str,
    lines: list[str],
    section: str,
    entries: list[rulebook.Rule],
    shape: _Shape,
    shared: list[rulebook.Rule],
) -> Iterator[Problem]:
    starts = [at for at, line in enumerate(lines) if (header := _HEADER.match(line)) and header.group(1) == section]
    seen: set[str] = set()
    for entry, start in zip(entries, starts, strict=False):
        name = entry.get("id")
        if not isinstance(name, str) or not name:
            yield Problem(path, start + 1, f"this [[{section}]] has no id")
            continue
        if name in seen:
            yield Problem(path, _line_of(lines, "id", start), f"[[{section}]] id '{name}' stands twice")
        seen.add(name)
        try:
            whole = rulebook.spliced(entry, shared)
        except RuleError as error:
            yield Problem(path, start + 1, f"{section} '{name}': {error.message}")
            continue
        for key, message in _check_rule(section, whole, shape):
            yield Problem(path, _line_of(lines, key, start), f"{section} '{name}': {message}")


def _check_rule(section: str, rule: dict[str, Any], shape: _Shape) -> Iterator[tuple[str, str]]:
    for key in sorted(shape.required - rule.keys()):
        yield "id", f"has no '{key}', which every [[{section}]] needs"
    for key, value in rule.items():
        types = shape.types.get(key)
        if types is None:
            if key not in _OPTIONAL:
                yield key, f"unknown key '{key}'{_did_you_mean(key, shape.types)}"
        elif type(value) not in types:
            wanted = " or ".join(sorted(_type_name(kind) for kind in types))
            yield key, f"'{key}' must be {wanted}, not {_type_name(type(value))}"
        elif isinstance(value, list):
            yield from _check_items(key, value, shape.items.get(key, frozenset({str})))
        elif isinstance(value, str):
            yield from _check_value(key, value, shape.values.get(key, frozenset()))
    if rule.get("words") == []:
        yield "words", "'words' is empty"
    yield from _check_examples(rule, shape.plain)


def _check_items(key: str, items: list[Any], types: frozenset[type]) -> Iterator[tuple[str, str]]:
    if not all(type(item) in types and item != "" for item in items):
        yield key, f"'{key}' must be a list of {'words' if types == {str} else 'numbers'}"


def _check_value(key: str, value: str, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    meant = _did_you_mean(value, known)
    if value not in known and (key in _CHOICES | _SHARED_CHOICES or (key in _NAMES and meant)):
        yield key, f"unknown {key} '{value}'" + (meant or f"; there are {', '.join(sorted(known))}")
    if key == "scale" and not _EXACT.fullmatch(value):
        yield key, f"'scale' must be an exact number (0.01, 2000/3), not {value!r}"


def _check_examples(rule: dict[str, Any], plain: bool) -> Iterator[tuple[str, str]]:
    patterns: list[Any] = []
    for key in ("pattern", "patterns"):
        for pattern in _listed(rule.get(key)):
            try:
                patterns.append(_compile(pattern))
            except ValueError as error:
                yield key, f"'{key}' is no regular expression: {error}"
                return
    if any(_PLACEHOLDER.search(pattern.pattern) for pattern in patterns):
        return  # {Y} and _ are filled in by the library
    words = [_squash(word) for word in _listed(rule.get("words"))]
    for example in _listed(rule.get("examples")):
        squashed = _squash(example)
        if (patterns or words) and not (
            any(pattern.search(squashed) for pattern in patterns) or any(word in squashed for word in words)
        ):
            yield "examples", f"the example {example!r} does not match"
    for example in _listed(rule.get("counterexamples")) if plain else []:
        if any(pattern.search(_squash(example)) for pattern in patterns):
            yield "counterexamples", f"the counterexample {example!r} matches"


def _listed(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str)]


def _squash(text: str) -> str:
    return "".join(text.split()).lower()


def _compile(pattern: str) -> Any:
    import regex

    try:
        return regex.compile(pattern, regex.IGNORECASE)
    except regex.error as error:
        raise ValueError(str(error)) from None


def _shapes(name: str) -> dict[str, _Shape]:
    shapes: dict[str, _Shape] = {}
    sections = rulebook.parse(rulebook.shipped_text(name), f"{name}.toml")
    shared = _values([rule for rules in sections.values() for rule in rules], _SHARED_CHOICES)
    for section, rules in sections.items():
        types: dict[str, set[type]] = {}
        items: dict[str, set[type]] = {}
        for rule in rules:
            for key, value in rule.items():
                types.setdefault(key, set()).add(type(value))
                if isinstance(value, list) and value:
                    items.setdefault(key, set()).update(map(type, value))
        required = frozenset.intersection(*(frozenset(rule) for rule in rules)) - {"counterexamples"}
        plain = "pattern" in required and not any(problem for rule in rules for problem in _check_examples(rule, True))
        values = {**_values(rules, _CHOICES | _NAMES), **shared}
        shapes[section] = _Shape(required, _frozen(types), _frozen(items), values, plain)
    return shapes


def _values(rules: list[dict[str, Any]], keys: frozenset[str]) -> dict[str, frozenset[str]]:
    return {key: frozenset(rule[key] for rule in rules if key in rule) for key in keys}


def _frozen(types: dict[str, set[type]]) -> dict[str, frozenset[type]]:
    return {key: frozenset(kinds) for key, kinds in types.items()}


def _line_of(lines: list[str], key: str, start: int = 0) -> int:
    """The line where ``key`` is set in the table that starts at ``start``, or that of the table itself."""
    setting = re.compile(rf"\s*\[*\s*{re.escape(key)}\s*[=\].]")
    for at in range(start, len(lines)):
        if at > start and start and _HEADER.match(lines[at]):
            break
        if setting.match(lines[at]):
            return at + 1
    return start + 1


def _type_name(kind: type) -> str:
    names = {
        str: "text",
        list: "a list",
        bool: "true or false",
        int: "a whole number",
        float: "a number",
        dict: "a table",
    }
    return names.get(kind, kind.__name__)


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1)
    return f" (did you mean '{close[0]}'?)" if close else ""
