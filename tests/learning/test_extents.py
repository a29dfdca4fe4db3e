"""Candidate windows for a name, and how a choice among them is measured."""

from __future__ import annotations

from typing import Any

import pytest

from indicators.extract.mentions import find_mentions
from indicators.extract.model import Mention
from indicators.readers import read_text
from indicators.schema.source import Passage
from indicators.tasks.model import Context, Part
from models import extents
from models.dataset import Document
from models.examples import Example
from models.extents import Naming
from models.hooks import model_set_to
from models.windows import extent_features, windows


def mention(text: str) -> Mention:
    return find_mentions(Part("prose", Passage(text, range(len(text)))), Context(year=2023, month=12))[0]


def texts(shown: str, lead: Mention) -> list[str]:
    return [window.text for window in windows(shown, lead)]


def test_the_rules_name_comes_first_and_is_shortened_at_one_end_only() -> None:
    found = texts("向上争资到位资金", mention("截至9月底，到位资金12亿元。"))
    assert found[0] == "向上争资到位资金"
    assert {"到位资金", "向上争资"} <= set(found)
    assert "争资到位" not in found


def test_a_window_of_the_clause_may_end_before_the_promise_or_the_linking_verb() -> None:
    found = texts("x", mention("人均公园绿地面积目标为14平方米。"))
    assert {"人均公园绿地面积", "公园绿地面积", "公园绿地面积目标为"} <= set(found)
    assert "公园绿地" not in found, "a name ends where words of its clause allow it"
    assert "公路里程" in texts("x", mention("全市公路里程达到14公里。"))


def test_windows_reach_back_three_clauses_and_leave_figures_out() -> None:
    lead = mention("旧管网改造，泵站建设，河道清淤，堤防加固，验收合格后拨付资金30万元。")
    found = texts("拨付资金", lead)
    assert "堤防加固" in found
    assert "河道清淤" in found
    assert "旧管网改造" not in found
    assert not any(char.isdigit() for text in found for char in text)


def test_each_candidate_is_told_once_and_never_the_rules_own() -> None:
    lead = mention("年末森林覆盖率达到35%。")
    found = [window.text for window, _ in extent_features("森林覆盖率", lead, None)]
    assert "森林覆盖率" not in found
    assert len(found) == len(set(found)) > 3


def test_what_both_clauses_print_is_noted() -> None:
    lead, other = mention("县里要求森林覆盖率35%。"), mention("森林覆盖率达到36%。")
    features = {window.text: told for window, told in extent_features("县里要求森林覆盖率", lead, other)}
    assert features["森林覆盖率"]["in_other"] == 1.0
    assert features["要求森林覆盖率"]["in_other"] == 0.0
    assert features["森林覆盖率"]["front=县里要求"] == 1.0


def candidate(text: str, gold: str) -> Example:
    return Example({}, "no", "no", "d", {"text": text, "alike": extents.scoring.likeness(gold, text)})


def test_the_rules_name_stays_unless_a_candidate_is_likelier_better_than_not() -> None:
    naming = Naming(0, "县里植树", "植树", [candidate("植树", "植树"), candidate("县里", "植树")])
    assert naming.chosen([{"yes": 0.5}, {"yes": 0.2}], 0.5) == "县里植树"
    assert naming.chosen([{"yes": 0.6}, {"yes": 0.7}], 0.5) == "县里"
    assert naming.chosen([{"yes": 0.6}, {"yes": 0.7}], 0.8) == "县里植树"
    assert (naming.likeness, naming.oracle) == (pytest.approx(0.5), 1.0)


GOLD: dict[str, Any] = {
    "indicator": "森林覆盖率", "target_text": "35%", "target_value": 35, "target_unit": "%", "actual_text": "36%",
    "actual_value": 36, "actual_unit": "%", "verdict": "exceeded", "kind": "headline",
}  # fmt: skip


def told(text: str) -> extents.Told:
    at = text.index("35%")
    gold = {**GOLD, "target_span": [at, at + 3]}
    document = Document("d", __file__, "snippet", "train", "d", None, (gold,), ())  # type: ignore[arg-type]
    with model_set_to("none"):
        return extents.told([document], {"d": read_text(text, "d.txt")})[0]


def test_rows_are_matched_to_annotated_ones_by_the_place_of_the_figure() -> None:
    found = told("森林覆盖率目标35%，全年森林覆盖率达到36%。")
    (naming,) = [n for n in found.namings if n.gold is not None]
    assert (naming.gold, naming.rules) == ("森林覆盖率", "森林覆盖率")
    assert not [e for e in naming.examples if e.label == "yes"], "nothing is better than a name that is right"


def test_a_worse_name_costs_likeness_and_the_right_decision() -> None:
    row = told("森林覆盖率目标35%，全年森林覆盖率达到36%。")
    kept = extents._measured([(row, [n.rules for n in row.namings])])
    lost = extents._measured([(row, ["覆盖率" for _ in row.namings])])
    assert (kept["right"], kept["name"], kept["audit_f1"]) == (1.0, 1.0, 1.0)
    assert lost["right"] == 0.0
    assert lost["name"] == pytest.approx(2 / 3, abs=1e-3)


def test_few_of_the_candidates_that_are_no_better_are_learned_from() -> None:
    examples = [candidate(f"甲{n}", "植树") for n in range(9)]
    examples[0].label = "yes"
    seen = extents.sample([Naming(0, "植", "植树", examples), Naming(1, "植", None, examples)], 2, seed=1)
    assert [e.label for e in seen].count("yes") == 1
    assert len(seen) == 3
