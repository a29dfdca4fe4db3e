"""Every rule of the number grammar against its own examples and counterexamples."""

from __future__ import annotations

import re

import pytest

from indicators import rulebook
from indicators.quantities import find_periods, find_quantities
from indicators.quantities.text import fold
from indicators.quantities.units import lookup


def _rules(name: str, section: str, key: str) -> list[tuple[str, str]]:
    return [(rule["id"], text) for rule in rulebook.load(name)[section] for text in rule.get(key, [])]


def _rule(name: str, section: str, rule_id: str) -> dict[str, object]:
    return next(rule for rule in rulebook.load(name)[section] if rule["id"] == rule_id)


def _unit_names(rule_id: str) -> set[str]:
    words = [str(word) for word in _rule("units", "unit", rule_id)["words"]]  # type: ignore[attr-defined]
    return {unit.name for word in words if (unit := lookup(word)) is not None}


@pytest.mark.parametrize(("rule_id", "text"), _rules("units", "unit", "examples"))
def test_unit_is_read(rule_id: str, text: str) -> None:
    rule = _rule("units", "unit", rule_id)
    assert [(q.unit in _unit_names(rule_id), q.kind) for q in find_quantities(text)] == [(True, rule["kind"])]


@pytest.mark.parametrize(("rule_id", "text"), _rules("units", "unit", "counterexamples"))
def test_unit_is_not_read(rule_id: str, text: str) -> None:
    assert not [q for q in find_quantities(text) if q.unit in _unit_names(rule_id)]


@pytest.mark.parametrize("rule", rulebook.load("units")["unit"], ids=lambda rule: rule["id"])
def test_every_unit_has_an_example(rule: dict[str, object]) -> None:
    assert rule["examples"]
    assert rule["meaning"]


_TOUCHING = [
    (rule["side"], rule["bound"], word, rule) for rule in rulebook.load("bounds")["bound"] for word in rule["words"]
]


@pytest.mark.parametrize(("side", "bound", "word", "rule"), _TOUCHING, ids=[f"{s} {w}" for s, _, w, _ in _TOUCHING])
def test_every_bound_word_bounds(side: str, bound: str, word: str, rule: dict[str, object]) -> None:
    figure = "12天" if rule.get("kinds") else "12家"
    lead = rule["only_after"][0] if rule.get("only_after") else "，"  # type: ignore[index]
    text = f"{lead}{word}{figure}" if side == "before" else f"，{figure}{word}"
    (quantity,) = find_quantities(text)
    assert quantity.bound == bound
    assert quantity.text == (
        figure if not rule.get("in_text", True) else text[len(str(lead)) :] if side == "before" else text[1:]
    )


@pytest.mark.parametrize(("rule_id", "text"), _rules("bounds", "bound", "examples"))
def test_bound_example(rule_id: str, text: str) -> None:
    found = find_quantities(text)
    rule = _rule("bounds", "bound", rule_id)
    assert [q.bound for q in found] == [rule["bound"]] * len(found) or rule_id == "about-after"
    assert found


@pytest.mark.parametrize(("rule_id", "text"), _rules("bounds", "bound", "counterexamples"))
def test_bound_counterexample(rule_id: str, text: str) -> None:
    (quantity,) = find_quantities(text)
    assert quantity.bound is None
    assert quantity.text == quantity.number_text


@pytest.mark.parametrize(
    ("change", "word"), [(r["change"], w) for r in rulebook.load("bounds")["change"] for w in r["words"]]
)
def test_every_change_word_tells(change: str, word: str) -> None:
    (quantity,) = find_quantities(f"，{word}12%")
    assert quantity.change == change
    assert quantity.low is None or quantity.low == 12


@pytest.mark.parametrize(("rule_id", "text"), _rules("not_quantities", "name", "examples"))
def test_name_covers_its_example(rule_id: str, text: str) -> None:
    """The rule's own pattern matches, and the text holds no quantity."""
    rule = _rule("not_quantities", "name", rule_id)
    guards = [f"(?<={before})" for before in rule.get("before", [])] or [""]  # type: ignore[attr-defined]
    assert any(re.search(f"{guard}(?:{rule['pattern']})", fold(text)) for guard in guards)
    assert find_quantities(text) == []


@pytest.mark.parametrize(("rule_id", "text"), _rules("not_quantities", "name", "counterexamples"))
def test_name_leaves_its_counterexample(rule_id: str, text: str) -> None:
    assert find_quantities(text) != []


@pytest.mark.parametrize(("rule_id", "text"), _rules("periods", "period", "examples"))
def test_period_example(rule_id: str, text: str) -> None:
    (period,) = find_periods(text, year=2022)
    assert find_quantities(text) == []
    assert period.text.strip("“”") in text


@pytest.mark.parametrize("name", ["units", "bounds", "not_quantities", "periods", "contexts", "numerals"])
def test_every_rule_tells_what_it_is_for(name: str) -> None:
    for rules in rulebook.load(name).values():
        for rule in rules:
            assert rule["meaning"], rule["id"]
            assert rule["examples"], rule["id"]


_CONTEXTS = [
    (section, rule["id"], text)
    for section in ("duration", "plain", "prefix", "magnitude", "share", "minus")
    for rule in rulebook.load("contexts")[section]
    for text in rule["examples"]
]


@pytest.mark.parametrize(("section", "rule_id", "text"), _CONTEXTS)
def test_context_decides(section: str, rule_id: str, text: str) -> None:
    """A reference makes a figure none; every other context makes it one."""
    found = find_quantities(text)
    assert bool(found) == (rule_id != "reference")
    if section == "prefix":
        assert found[0].unit == _rule("contexts", section, rule_id)["unit"]
    if section == "duration":
        assert found[0].kind == "duration"
    if section == "minus":
        assert found[0].low is not None
        assert found[0].low < 0


_OTHERS = [
    (section, rule["id"], text)
    for section in ("duration", "plain", "magnitude", "share")
    for rule in rulebook.load("contexts")[section]
    for text in rule.get("counterexamples", [])
]


@pytest.mark.parametrize(("section", "rule_id", "text"), _OTHERS)
def test_context_does_not_decide(section: str, rule_id: str, text: str) -> None:
    assert bool(find_quantities(text)) == (rule_id == "reference")


@pytest.mark.parametrize("text", [t for rule in rulebook.load("contexts")["minus"] for t in rule["counterexamples"]])
def test_dash_is_no_sign(text: str) -> None:
    assert all(quantity.low is None or quantity.low >= 0 for quantity in find_quantities(text))


@pytest.mark.parametrize("rule", rulebook.load("contexts")["project"], ids=lambda rule: rule["id"])
def test_project_names_are_marked(rule: dict[str, list[str]]) -> None:
    for text in rule["examples"]:
        assert any(q.part_of_name for q in find_quantities(text)) == (not str(rule["id"]).startswith("not-")), text
    for text in rule.get("counterexamples", []):
        assert not any(q.part_of_name for q in find_quantities(text)), text


@pytest.mark.parametrize(
    "text", [text for rules in rulebook.load("numerals").values() for rule in rules for text in rule["examples"]]
)
def test_numeral_characters_read(text: str) -> None:
    (quantity,) = find_quantities(text)
    assert quantity.unit
