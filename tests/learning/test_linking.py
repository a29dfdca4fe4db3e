"""Links chosen by a learned scorer: what it weighs, what the rules keep from it, what it leaves as rivals."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from indicators import score_text
from indicators.learning import store
from indicators.linking import learned
from indicators.linking.weigh import weigh
from indicators.settings import MODEL_VARIABLE

BY_NAME = {"kind": "linear", "classes": ["no", "yes"], "bias": [-3.0], "weights": {"name_score": [8.0]}}
SETTINGS = {"threshold_task": 0.5, "threshold_text": 0.5, "trust": 0.0}

CASES = [
    pytest.param(
        "2023年目标：新增省级绿色工厂10家。全年新增国家级绿色工厂4家，新增省级绿色工厂11家。",
        {"新增省级绿色工厂": ("11家", "model")},
        {("新增省级绿色工厂", "4家", "级别不同")},
        id="another-level-is-no-candidate",
    ),
    pytest.param(
        "2023年目标：建成绿色工厂10家。全年申报绿色工厂12家，建设绿色车间20个。",
        {"建成绿色工厂": (None, None)},
        {("建成绿色工厂", "12家", "申报或推荐不等于认定")},
        id="another-stage-is-no-candidate",
    ),
    pytest.param(
        "2023年目标：新增绿色工厂10家。全年新增绿色工厂产值5亿元，新增绿色工厂9家。",
        {"新增绿色工厂": ("9家", "model")},
        set(),
        id="another-unit-is-not-weighed",
    ),
    pytest.param(
        "2023年目标：新增绿色工厂10家。全年新增绿色工厂9家，新增绿色工厂车间12家。",
        {"新增绿色工厂": ("9家", "model")},
        {("新增绿色工厂", "12家", "另有更相近的")},
        id="what-was-not-taken-is-a-rival",
    ),
    pytest.param(
        "2023年目标：新增绿色工厂10家。全年培训职工900人。",
        {"新增绿色工厂": (None, None)},
        set(),
        id="nothing-alike",
    ),
]


@pytest.fixture(autouse=True)
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A scorer of links that goes by the likeness of names alone."""
    weights = json.dumps({"settings": SETTINGS, "scorer": BY_NAME})
    (tmp_path / "links.json").write_text(weights, encoding="utf-8")
    monkeypatch.setenv(MODEL_VARIABLE, str(tmp_path))
    store.forget()
    yield
    store.forget()


@pytest.mark.parametrize(("text", "links", "rivals"), CASES)
def test_links(text: str, links: dict[str, tuple[str | None, str | None]], rivals: set[tuple[str, str, str]]) -> None:
    told = [a for task in score_text(text).tasks for a in task.assessments if a.target is not None]
    rules = {a.indicator: next((s.rule for s in a.trace if s.stage == "link"), None) for a in told}
    assert {a.indicator: (a.actual.text if a.actual else None, rules[a.indicator]) for a in told} == links
    assert {(a.indicator, rival.text, rival.why) for a in told for rival in a.rivals} == rivals


def test_a_promise_among_very_many_weighs_the_answers_most_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    weighed = []
    monkeypatch.setattr(learned, "weigh", lambda *asked: (weighed.append(asked), weigh(*asked))[1])
    kinds = [f"{a}{b}" for a in "甲乙丙丁戊己庚辛壬癸" for b in "东南西北中前后左右"]
    text = "".join(
        f"计划新增{kind}企业{n}家。\n\n实际新增{kind}企业{n + 1}家。\n\n" for n, kind in enumerate(kinds, 10)
    )
    rows = [row for task in score_text(text).tasks for row in task.assessments]
    assert len(weighed) <= 60 * len(kinds) < len(kinds) ** 2
    assert all(row.actual is not None and row.actual.value == n + 1 for n, row in enumerate(rows, 10))
