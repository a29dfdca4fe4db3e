"""What the model card says of the kinds that were tried: only figures, and the bar that they clear or miss."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from models import tried
from models.kinds import KINDS, Stopwatch, likeliest, taught
from models.train import CONFIG


def names(gains: dict[str, float], audit: float = 0.9) -> dict[str, Any]:
    told = {name: {"right": 0.7, "alike": 0.8, "name": 0.8 + gain} for name, gain in gains.items()}
    return {name: f | {"audit_f1": audit if name != "rules" else 0.9, "microseconds": 3.0} for name, f in told.items()}


def test_the_extent_ships_only_where_names_gain_enough_and_rows_lose_nothing() -> None:
    low = names({"rules": 0.0, "linear": 0.01, "boosted": 0.019, "spacy": -0.1})
    assert tried.clears_extents(low, 0.02) == (False, "boosted", pytest.approx(0.019))
    assert tried.clears_extents(names({"rules": 0.0, "linear": 0.03, "boosted": 0.0, "spacy": 0.0}), 0.02)[0]
    losing = names({"rules": 0.0, "linear": 0.03, "boosted": 0.0, "spacy": 0.0}, audit=0.89)
    assert not tried.clears_extents(losing, 0.02)[0]


def reader(copies: float, written: float) -> dict[str, float]:
    return {"line_ends_copies": 0.9, "audit_f1_copies": 0.5 + copies, "audit_f1_written": 0.9 + written}


def test_breaks_must_gain_on_copies_and_lose_nothing_on_written_tables() -> None:
    told = {"in_reader": {"rules": reader(0, 0), "linear × 1": reader(0.03, -0.01), "boosted × 1": reader(0.01, 0.0)}}
    clears, best, copies, written = tried.clears_breaks(told, 0.02)
    assert not clears
    assert best == "linear × 1"
    assert (copies, written) == (pytest.approx(0.03), pytest.approx(-0.01))
    told["in_reader"]["boosted × 0.5"] = reader(0.02, 0.001)
    assert tried.clears_breaks(told, 0.02)[:2] == (True, "boosted × 0.5")


def test_the_card_tells_every_step_that_was_measured() -> None:
    told = json.loads(tried.COMPARISON.read_text(encoding="utf-8"))
    section = tried.section()
    assert set(told) == {"roles", "links", "extents", "breaks"}
    assert all(f"| {step} | {told[step]['decisions']} |" in section for step in told)
    assert section in (tried.COMPARISON.parent / "CARD.md").read_text(encoding="utf-8")


def test_a_step_that_clears_no_bar_has_no_weights() -> None:
    told = json.loads(tried.COMPARISON.read_text(encoding="utf-8"))
    bars = json.loads(CONFIG.read_text(encoding="utf-8"))["least_gain"]
    weights = Path(tried.__file__).parent / "weights"
    assert tried.clears_extents(told["extents"], bars["extents"])[0] or not (weights / "extents.json").exists()
    assert tried.clears_breaks(told["breaks"], bars["breaks"])[0] or not (weights / "breaks.json").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_learns_what_a_feature_tells(kind: str) -> None:
    pytest.importorskip("sklearn")
    from models.examples import Example

    def example(n: int) -> Example:
        label = "yes" if n % 2 else "no"
        told = {f"source={label}": 1.0}
        return Example(told, label, "no", "d", {"window": ("是" if n % 2 else "否",)})

    settings = {
        "linear": {"c": 1.0, "min_examples": 2},
        "boosted": {"rounds": 10, "rate": 0.2, "leaves": 4, "leaf_examples": 4, "min_examples": 2},
        "spacy": {"rounds": 6},
    }
    decider = Stopwatch(taught(kind, [example(n) for n in range(80)], settings, 1))
    assert [likeliest(chances) for chances in decider([example(1), example(2)])] == ["yes", "no"]
    assert decider.seconds > 0
