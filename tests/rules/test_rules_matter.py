"""Every rule that reads the words around figures changes what is read: its case fails when the rule is taken out."""

from __future__ import annotations

from pathlib import Path

import pytest
from rowcases import Case, cases, mistakes, parameters, scored
from without_rule import without

from indicators import rulebook

FILES = (
    *("cues", "words", "names", "figures", "answers", "lists", "tables", "verdicts", "links"),
    *("sections", "periods_of_reports"),
)
TESTS = Path(__file__).parents[1]
CHAIN = {f"{case['file']}/{case['id']}": case for case in cases(TESTS / "chain" / "cases")}
CASES = [
    # `chain = "settled/all-of-them"`: the text and rows of that case of tests/chain, which fails without the rule.
    {**CHAIN.get(case.get("chain", ""), {}), **case, "id": case["rule"]}
    for case in cases(TESTS / "rules" / "cases")
]


@pytest.mark.parametrize("case", parameters(CASES))
def test_with_the_rule(case: Case) -> None:
    assert mistakes(case, scored(case)) == []


@pytest.mark.parametrize("case", parameters(CASES))
def test_without_the_rule(case: Case) -> None:
    name, section, rule_id = case["rule"].split("/")
    with without(name, section, rule_id):
        assert mistakes(case, scored(case)) != []


def test_every_rule_has_a_case() -> None:
    rules = {f"{n}/{section}/{r['id']}" for n in FILES for section, found in rulebook.load(n).items() for r in found}
    told = [case["rule"] for case in CASES]
    assert sorted(rules - set(told)) == []
    assert sorted(set(told) - rules) == []


def test_rules_stand_again_behind_a_case() -> None:
    case = CASES[0]
    with without(*case["rule"].split("/")):
        pass
    assert mistakes(case, scored(case)) == []
