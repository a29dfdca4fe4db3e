"""Scorers and the store of weights, on weights small enough to reckon by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from indicators.errors import RuleError
from indicators.learning import store
from indicators.learning.scorers import Boosted, Linear, Steps, from_data
from indicators.settings import MODEL_VARIABLE


def test_linear_scores_add_up_by_class() -> None:
    scorer = Linear(["a", "b", "c"], [0.0, 1.0, 0.0], {"x": [2.0, 0.0, 0.0], "unit=%": [0.0, 0.0, 1.0]})
    chances = scorer({"x": 0.5, "unit=%": 1.0, "never seen": 9.0})
    assert sum(chances.values()) == pytest.approx(1.0)
    assert chances["a"] == pytest.approx(chances["b"]) == pytest.approx(chances["c"])


def test_two_classes_share_one_score() -> None:
    scorer = Linear(["no", "yes"], [0.0], {"x": [1.0]})
    assert scorer({"x": 2.0})["yes"] == pytest.approx(1 / (1 + math.exp(-2)))


def test_trees_go_left_up_to_the_threshold_and_absent_features_are_zero() -> None:
    tree = [[0, 0.5, 1, 2], [-1.0], [1, 2.0, 3, 4], [3.0], [7.0]]
    scorer = from_data(
        {"kind": "boosted", "classes": ["no", "yes"], "bias": [0.0], "names": ["x", "y"], "trees": [tree]}
    )

    def raw(features: dict[str, float]) -> float:
        yes = scorer(features)["yes"]
        return math.log(yes / (1 - yes))

    assert raw({}) == pytest.approx(-1.0)
    assert raw({"x": 0.5}) == pytest.approx(-1.0)
    assert raw({"x": 1.0, "y": 2.0}) == pytest.approx(3.0)
    assert raw({"x": 1.0, "y": 2.1}) == pytest.approx(7.0)


def test_trees_take_turns_among_the_classes() -> None:
    scorer = Boosted(["a", "b", "c"], [0.0, 0.0, 0.0], [], [1.0, 2.0, 3.0, 1.0, 0.0, -1.0])
    chances = scorer({})
    assert chances["a"] == pytest.approx(chances["b"]) == pytest.approx(chances["c"])


def test_steps_hold_their_value_up_to_the_next_edge() -> None:
    steps = Steps([0.5, 0.8], [0.1, 0.6, 0.95])
    assert [steps(x) for x in (0.0, 0.49, 0.5, 0.79, 0.8, 1.0)] == [0.1, 0.1, 0.6, 0.6, 0.95, 0.95]


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="nearest"):
        from_data({"kind": "nearest"})


WEIGHTS = {
    "settings": {"margin": {"*": 0.1}},
    "scorer": {"kind": "linear", "classes": ["a"], "bias": [0.0], "weights": {}},
}


def test_a_folder_of_ones_own_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "roles.json").write_text(json.dumps(WEIGHTS), encoding="utf-8")
    monkeypatch.setenv(MODEL_VARIABLE, str(tmp_path))
    found = store.model("roles")
    assert found is not None
    assert found.settings == {"margin": {"*": 0.1}}
    assert store.model("links") is None


def test_none_switches_every_step_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODEL_VARIABLE, "none")
    assert not any(store.model(step) for step in store.STEPS)


def test_a_list_switches_the_other_steps_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODEL_VARIABLE, "confidence")
    assert store.model("roles") is None
    assert store.model("links") is None


@pytest.mark.parametrize("value", ["colours", "roles,colours"])
def test_a_step_that_does_not_exist_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODEL_VARIABLE, value)
    with pytest.raises(RuleError, match="colours"):
        store.model("roles")


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODEL_VARIABLE, str(tmp_path / "absent"))
    with pytest.raises(RuleError, match="absent"):
        store.model("roles")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"settings": {}, "scorer": {"kind": "linear"}}'])
def test_weights_that_are_none_are_refused_by_name(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "weights"
    folder.mkdir()
    (folder / "links.json").write_text(content, encoding="utf-8")
    monkeypatch.setenv(MODEL_VARIABLE, str(folder))
    store.forget()
    with pytest.raises(RuleError, match=r"links\.json"):
        store.model("links")
