"""What each learned step does to mentions and pairs, with weights written by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indicators.extract.mentions import find_mentions
from indicators.extract.model import Mention
from indicators.learning import (
    PairFacts,
    calibrated,
    choose_pairs,
    document_features,
    pair_scorer,
    rescore_roles,
    store,
)
from indicators.learning.confidence import row_features
from indicators.learning.links import pair_features, standings
from indicators.learning.roles import MODEL_RULE, role_features
from indicators.learning.words import word_features
from indicators.linking.model import Pair
from indicators.schema.source import Passage
from indicators.settings import MODEL_VARIABLE
from indicators.tasks.model import Context, Part, TaskUnit

CONTEXT = Context(year=2023, month=12)
Ship = Callable[..., None]


def mentions(text: str) -> list[Mention]:
    return find_mentions(Part("prose", Passage(text, range(len(text)))), CONTEXT)


@pytest.fixture
def ship(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ship:
    """Writes weights of a step and switches the model on."""

    def written(step: str, scorer: dict[str, Any], **settings: Any) -> None:
        (tmp_path / f"{step}.json").write_text(json.dumps({"settings": settings, "scorer": scorer}), encoding="utf-8")
        monkeypatch.setenv(MODEL_VARIABLE, str(tmp_path))
        store.forget()

    return written


def linear(classes: list[str], weights: dict[str, list[float]], bias: list[float]) -> dict[str, Any]:
    return {"kind": "linear", "classes": classes, "bias": bias, "weights": weights}


ROLES = ["actual", "none", "target"]


def test_a_sure_model_overturns_the_rule(ship: Ship) -> None:
    ship("roles", linear(ROLES, {"unit=家": [0.0, 0.0, 9.0]}, [0.0, 0.0, 0.0]), margin={"*": 0.5}, most=9)
    found = mentions("全市新增规上工业企业120家，进出口总额35亿元。")
    assert [m.role for m in found] == ["actual", "actual"]
    rescore_roles(found)
    assert [(m.role, m.rule == MODEL_RULE) for m in found] == [("target", True), ("actual", False)]
    assert found[0].score > 0.99


def test_a_model_in_doubt_leaves_the_rule_and_only_gives_its_chance(ship: Ship) -> None:
    ship("roles", linear(ROLES, {"unit=家": [0.0, 0.0, 0.3]}, [0.0, 0.0, 0.0]), margin={"*": 0.5}, most=9)
    found = mentions("全市新增规上工业企业120家。")
    rescore_roles(found)
    assert found[0].role == "actual"
    assert found[0].chances is not None
    assert found[0].chances["actual"] == pytest.approx(0.299, abs=0.01)


def test_a_margin_may_hold_for_one_rule_and_direction_alone(ship: Ship) -> None:
    scorer = linear(ROLES, {}, [0.0, 0.0, 5.0])
    found = mentions("全市新增规上工业企业120家。")
    assert (found[0].role, found[0].rule) == ("actual", "mode.none")
    for kind, role in (("mode.actual:actual>target", "actual"), ("mode.none:actual>target", "target")):
        ship("roles", scorer, margin={"*": 2.0, kind: 0.3}, most=9)
        rescore_roles(found)
        assert found[0].role == role


def test_a_text_longer_than_those_learned_from_is_left_to_the_rules(ship: Ship) -> None:
    ship("roles", linear(ROLES, {}, [0.0, 0.0, 9.0]), margin={"*": 0.0}, most=1)
    found = mentions("全市新增规上工业企业120家，进出口总额35亿元。")
    rescore_roles(found)
    assert [m.role for m in found] == ["actual", "actual"]
    assert [round(m.chances["target"], 2) for m in found if m.chances] == [1.0, 1.0]


def test_ranks_and_printed_rates_of_completion_are_out_of_reach(ship: Ship) -> None:
    ship("roles", linear(ROLES, {}, [0.0, 0.0, 9.0]), margin={"*": 0.0}, most=9)
    found = mentions("税收完成35亿元，完成年度预算的97%，居全省第3位。")
    before = [m.role for m in found]
    assert "completion" in before
    rescore_roles(found)
    assert [new for new, old in zip((m.role for m in found), before, strict=True) if old == "completion"] == [
        "completion"
    ]


def test_without_a_model_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODEL_VARIABLE, "none")
    found = mentions("全市新增规上工业企业120家。")
    before = (found[0].role, found[0].rule, found[0].score)
    rescore_roles(found)
    assert (found[0].role, found[0].rule, found[0].score) == before
    facts = PairFacts(name_score=1.0, rule_score=1.0, obstacle=None, same_task=True)
    assert pair_scorer(found[0], found[0], facts, {}) is None
    assert choose_pairs([found[0]], [found[0]], {(0, 0): facts}) is None
    assert calibrated(Pair(TaskUnit(None, ""), found[0]), "unreported", 0.37) == 0.37


def test_the_window_is_told_by_name() -> None:
    found = mentions("年初目标新增规上工业企业120家，截至目前已新增131家。")
    (_, first), (_, second) = list(role_features(found))
    assert first["unit=家"] == second["unit=家"] == 1.0
    assert second["before=截至"] == second["last=已"] == 1.0
    assert "before=截至" not in first
    assert first["behind=截至"] == 1.0


def pair(target: str, actual: str) -> tuple[Mention, Mention]:
    found = mentions(f"力争{target}。截至目前，{actual}。")
    return found[0], found[1]


def test_the_surest_pairs_are_chosen_one_to_one(ship: Ship) -> None:
    by_name = linear(["no", "yes"], {"name_score": [8.0]}, [-4.0])
    ship("links", by_name, threshold_task=0.5, threshold_text=0.9, trust=0.0)
    target, actual = pair("新增规上工业企业120家", "新增规上工业企业131家")

    def facts(score: float, *, same_task: bool = True) -> PairFacts:
        return PairFacts(name_score=score, rule_score=score, obstacle=None, same_task=same_task)

    candidates = {(0, 0): facts(0.7), (0, 1): facts(0.9), (1, 1): facts(1.0), (1, 0): facts(0.2)}
    chosen = choose_pairs([target, target], [actual, actual], candidates)
    assert chosen is not None
    assert [(i, j) for i, j, _ in chosen] == [(1, 1), (0, 0)]
    assert [chance for *_, chance in chosen] == sorted((chance for *_, chance in chosen), reverse=True)
    far_apart = {(0, 0): facts(0.7, same_task=False), (1, 1): facts(1.0, same_task=False)}
    assert choose_pairs([target, target], [actual, actual], far_apart) == [(1, 1, pytest.approx(0.982, abs=0.001))]


def test_pair_features_tell_names_figures_and_distance() -> None:
    target, actual = pair("新增规上工业企业120家", "新增规上工业企业132家")
    found = pair_features(target, actual, PairFacts(1.0, 1.0, None, same_task=False))
    assert found["same_unit"] == found["behind"] == found["same_core"] == 1.0
    assert found["log_ratio"] == pytest.approx(0.0953, abs=1e-3)
    assert found["sentences_between"] == 1.0
    assert found["obstacle=None"] == 1.0
    refused = pair_features(target, actual, PairFacts(1.0, 1.0, "单位不同（家／%）", same_task=False))
    assert refused["obstacle=单位不同"] == refused["refused"] == 1.0


def test_standing_counts_better_rivals_on_both_sides() -> None:
    def facts(score: float) -> PairFacts:
        return PairFacts(name_score=score, rule_score=score, obstacle=None, same_task=True)

    told = {at: standing for at, _, standing in standings({(0, 0): facts(0.9), (0, 1): facts(0.5), (1, 1): facts(0.7)})}
    assert (told[0, 0]["target_rank"], told[0, 1]["target_rank"]) == (0.0, 1.0)
    assert (told[0, 1]["actual_rank"], told[1, 1]["actual_rank"]) == (1.0, 0.0)
    assert told[0, 0]["target_margin"] == pytest.approx(0.4)
    assert told[0, 0]["actual_margin"] == pytest.approx(0.9)
    tied = {at[1]: one for at, _, one in standings({(0, j): facts(score) for j, score in enumerate((0.7, 0.9, 0.7))})}
    assert [tied[j]["target_ties"] for j in range(3)] == [1.0, 0.0, 1.0]
    assert [tied[j]["target_rank"] for j in range(3)] == [1.0, 0.0, 1.0]
    assert [tied[j]["target_margin"] for j in range(3)] == pytest.approx([-0.2, 0.2, -0.2])


def test_confidence_follows_the_curve(ship: Ship) -> None:
    curve = {"edges": [0.5], "values": [0.2, 0.97]}
    ship("confidence", linear(["right", "wrong"], {"how=alone": [9.0]}, [-4.0]), curve=curve)
    target, actual = pair("新增规上工业企业120家", "新增规上工业企业131家")
    unit = TaskUnit(None, "")
    assert calibrated(Pair(unit, target, [actual], 0.9, "name"), "exceeded", 0.5) == 0.97
    assert calibrated(Pair(unit, None, [actual], how="alone"), None, 0.5) == 0.2


def test_row_features_tell_what_kind_of_row_it_is() -> None:
    target, actual = pair("新增规上工业企业120家", "新增规上工业企业131家")
    unit = TaskUnit(None, "")
    both = row_features(Pair(unit, target, [actual], 0.9, "name"), "exceeded", 0.5, flags=["forecast"])
    assert both["shape=target+actual"] == both["flag=forecast"] == both["same_name"] == 1.0
    alone = row_features(Pair(unit, None, [actual], how="alone"), None, 0.5)
    assert alone["shape=+actual"] == 1.0
    assert "target_score" not in alone


def test_a_second_reading_knows_what_the_rules_said_apart_from_the_words() -> None:
    (mention,) = mentions("全市力争新增规上工业企业120家以上。")
    before = word_features(mention)
    assert before["before=力争"] == before["l1=业"] == before["unit=家"] == 1.0
    mention.role, mention.rule, mention.score = "other", "any.rule", 0.1
    assert word_features(mention) == before
    ((_, told),) = role_features([mention])
    assert told["rule=any"] == told["role=none"] == 1.0
    ((_, blind),) = role_features([mention], said=lambda _: None)
    assert not {name for name in blind if name.startswith(("rule=", "role="))}


def test_figures_are_told_by_those_around_them() -> None:
    found = mentions("年初定下改造管网36公里，如今修好29公里，花了1.2亿元。")
    by_length, again, money = (features for _, features in role_features(found))
    assert by_length["alike_after=1"] == again["alike_before=1"] == money["alike_before=0"] == 1.0
    assert (by_length["larger_after"], again["larger_before"]) == (1.0, 0.0)
    assert again["before2=修好"] == by_length["behind2=修好"] == money["further2=修好"] == 1.0
    assert by_length["like_behind=True"] == again["like_behind=False"] == 1.0
    assert again["ratio_before=0"] == 1.0
    assert again["ahead_role=target"] == again["ahead_alike=target"] == money["ahead_role=actual"] == 1.0
    assert by_length["behind_alike=actual"] == 1.0
    assert not {name for name in money if name.startswith(("behind_", "ahead_alike"))}


def test_a_row_tells_what_the_second_reading_makes_of_it(ship: Ship) -> None:
    ship("roles", linear(ROLES, {"before=力争": [0.0, 0.0, 9.0]}, [0.0, 0.0, 0.0]), margin={"*": 2.0}, most=9)
    (mention,) = mentions("全市力争新增规上工业企业120家以上。")
    unread = row_features(Pair(TaskUnit(None, ""), mention, []), "unreported", 0.5)
    assert unread["target_no_chance"] == 1.0
    rescore_roles([mention])
    row = row_features(Pair(TaskUnit(None, ""), mention, []), "unreported", 0.5)
    assert row["target_chance"] > 0.99 > row["target_chance_other"]
    assert "target_no_chance" not in row


def test_what_a_heading_says_is_out_of_reach(ship: Ship) -> None:
    ship("roles", linear(ROLES, {}, [9.0, 0.0, 0.0]), margin={"*": 0.0}, most=9)
    (mention,) = mentions("全市力争新增规上工业企业120家以上。")
    mention.rule = "column"
    rescore_roles([mention])
    assert (mention.role, mention.chances) == ("target", None)


def test_a_pair_that_the_rules_take_is_trusted_beyond_its_chance(ship: Ship) -> None:
    by_name = linear(["no", "yes"], {"name_score": [8.0]}, [-4.0])
    ship("links", by_name, threshold_task=0.5, threshold_text=0.5, trust=0.4)
    target, actual = pair("新增规上工业企业120家", "新增规上工业企业131家")

    def facts(score: float, *, by_rules: bool) -> PairFacts:
        return PairFacts(score, score, None, same_task=True, by_rules=by_rules)

    rivals = {(0, 0): facts(0.65, by_rules=False), (0, 1): facts(0.45, by_rules=True)}
    chosen = choose_pairs([target], [actual, actual], rivals)
    assert chosen == [(0, 1, pytest.approx(0.401, abs=0.001))]


def test_a_document_tells_how_well_it_was_read_as_a_whole() -> None:
    target, actual = pair("新增规上工业企业120家", "新增规上工业企业131家")
    unit = TaskUnit(None, "")
    rows = [Pair(unit, target, [actual], 0.9, "name"), Pair(unit, target, [])]
    found = document_features(rows, "新增规上工业企业120家。新增规上工业企业131家。共8个镇、6.5万人。")
    assert found["document_rows"] == 0.2
    assert found["document_promises"] == 1.0
    assert found["document_unanswered"] == 0.5
    assert found["document_used"] == 0.75
    assert document_features([], "") == {}


def test_what_all_rows_of_a_document_share_counts_in_each(ship: Ship) -> None:
    curve = {"edges": [0.5], "values": [0.2, 0.97]}
    ship("confidence", linear(["right", "wrong"], {"document_unanswered": [9.0]}, [-4.0]), curve=curve)
    target, actual = pair("新增规上工业企业120家", "新增规上工业企业131家")
    row = Pair(TaskUnit(None, ""), target, [actual], 0.9, "name")
    assert calibrated(row, "exceeded", 0.5, document={"document_unanswered": 0.0}) == 0.97
    assert calibrated(row, "exceeded", 0.5, document={"document_unanswered": 1.0}) == 0.2
