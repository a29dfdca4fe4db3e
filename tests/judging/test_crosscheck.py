"""The audit: contradictions inside one report, from the cases beside this file and from the corpus."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indicators import score_text
from indicators.judging.crosscheck import cross_check
from indicators.readers import read
from indicators.schema.report import Assessment, Fact, Report, Task

HERE = Path(__file__).parent
CORPUS = HERE.parents[1] / "corpus"


def _cases() -> list[Any]:
    cases = tomllib.loads((HERE / "cases" / "crosscheck.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(case, id=case["id"]) for case in cases]


@pytest.mark.parametrize("case", _cases())
def test_findings(case: dict[str, Any]) -> None:
    report = cross_check(score_text(case["text"].strip()))
    told = [(f.flag, f.indicator, f.message) for f in report.findings]
    assert len(told) == len(case["findings"]), told
    for finding, wanted in zip(report.findings, case["findings"], strict=True):
        assert finding.flag == wanted["flag"]
        assert wanted["indicator"] in finding.indicator
        for words in wanted["words"]:
            assert words in finding.message
        for start, end in finding.spans:
            assert report.text[start:end].strip()
        if "rows" in wanted:
            flagged = [row for row in report.rows() if wanted["flag"] in row.flags]
            assert len(flagged) == wanted["rows"]
            assert all(any(words in row.reason for words in wanted["words"]) for row in flagged)


def _fact(text: str, value: float, context: str, start: int = 0) -> Fact:
    return Fact(
        text=text, value=value, low=value, high=value, unit="家", start=start, end=start + 1,
        spans=[(start, start + 1)], context=context,
    )  # fmt: skip


def _report(*rows: Assessment, as_of: str = "2023-12-31") -> Report:
    return Report(
        source="x.txt", as_of=as_of, tasks=[Task(text=f"第{i}项", assessments=[r]) for i, r in enumerate(rows)]
    )


def _actual(name: str, text: str, value: float, context: str, start: int, **more: Any) -> Assessment:
    return Assessment(indicator=name, actual=_fact(text, value, context, start), **more)


def test_worst_first() -> None:
    def claim(actual: float) -> Assessment:
        target = Fact(text="100家", value=100, low=100, unit="家")
        told = Fact(text=f"{actual:g}家", value=actual, low=actual, high=actual, unit="家")
        return Assessment(
            indicator="新增企业", target=target, actual=told, verdict="missed", flags=["claim_conflict"], confidence=0.9
        )

    a = _actual("新增上云企业", "46家", 46, "全年新增上云企业46家", 1)
    b = _actual("新增上云企业", "12家", 12, "新增上云企业12家", 5)
    report = cross_check(_report(a, claim(95), b, claim(40)))
    assert [f.flag for f in report.findings] == ["claim_conflict", "claim_conflict", "figure_conflict"]
    assert "40家" in report.findings[0].message
    assert "95家" in report.findings[1].message


def test_an_open_period_weighs_less() -> None:
    def claim(verdict: Any) -> Assessment:
        target = Fact(text="100家", value=100, low=100, unit="家")
        told = Fact(text="40家", value=40, low=40, high=40, unit="家")
        return Assessment(indicator="新增企业", target=target, actual=told, verdict=verdict, flags=["claim_conflict"])

    report = cross_check(_report(claim("behind"), claim("missed")))
    assert [f.severity for f in report.findings] == [3, 2]


def test_cross_check_twice_changes_nothing() -> None:
    a = _actual("新增上云企业", "46家", 46, "全年新增上云企业46家", 1)
    b = _actual("新增上云企业", "12家", 12, "新增上云企业12家", 5)
    once = cross_check(_report(a, b))
    assert [row.flags for row in once.rows()] == [["figure_conflict"], ["figure_conflict"]]
    twice = cross_check(once)
    assert [row.flags for row in twice.rows()] == [row.flags for row in once.rows()]
    assert len(twice.findings) == len(once.findings) == 1
    assert [row.reason for row in twice.rows()] == [row.reason for row in once.rows()]


@pytest.mark.parametrize(
    ("name", "context", "more"),
    [
        ("新增上云企业", "上半年新增上云企业12家", {}),
        ("新增上云企业", "其中新增上云企业12家", {}),
        ("新增上云企业", "预计新增上云企业12家", {"flags": ["forecast"]}),
        ("新增上云企业（不含商贸）", "新增上云企业（不含商贸）12家", {}),
        ("累计上云企业", "累计上云企业12家", {}),
        ("新增省级上云企业", "新增省级上云企业12家", {}),
        ("新增上云企业", "12家", {}),
        ("新增上云企业", "培育企业12家，新增上云企业12家", {}),
        ("新增上云企业", "新增上云企业约50家", {"text": "约50家", "value": 50}),
    ],
)
def test_not_the_same_thing(name: str, context: str, more: dict[str, Any]) -> None:
    text, value = more.pop("text", "12家"), more.pop("value", 12)
    first = _actual("新增上云企业", "46家", 46, "全年新增上云企业46家", 1)
    report = cross_check(_report(first, _actual(name, text, value, context, 5, **more)))
    assert report.findings == []


def _planted(flag: str) -> Iterator[Any]:
    for index in sorted(CORPUS.glob("index-*.jsonl")):
        for line in index.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            if entry["split"] not in ("train", "dev"):
                continue
            gold = (CORPUS / "gold" / f"{entry['name']}.gold.jsonl").read_text(encoding="utf-8")
            rows = [json.loads(row) for row in gold.splitlines() if row.strip()]
            rows = [r for r in rows if flag in (r.get("note") or "").replace("claim conflict", "claim_conflict")]
            if rows:
                yield pytest.param(entry["name"], rows, id=entry["name"])


def _found(report: Report, gold: dict[str, Any]) -> Assessment | None:
    """The library's row for a gold row, where it has target and actual as gold has them."""
    for task in report.tasks:
        for a in task.assessments:
            if a.target is None or a.actual is None or gold["target_value"] is None:
                continue
            if (a.target.value, a.actual.value) == (gold["target_value"], gold["actual_value"]):
                return a
    return None


def test_claims_planted_in_the_corpus() -> None:
    """Of the planted claims whose figures are read right, most are flagged; each is told with both figures."""
    import indicators

    flagged, silent = 0, []
    for param in _planted("claim_conflict"):
        name, rows = param.values
        report = cross_check(indicators.score(read(CORPUS / "documents" / f"{name}.txt")))
        messages = [f.message for f in report.findings if f.flag == "claim_conflict"]
        for gold in rows:
            a = _found(report, gold)
            if a is None or a.target is None or a.actual is None:
                continue
            if "claim_conflict" not in a.flags:
                silent.append((name, gold["indicator"]))
                continue
            flagged += 1
            assert any(a.target.text in m and a.actual.text in m for m in messages)
    assert flagged >= 0.6 * (flagged + len(silent)), silent


def test_no_conflict_of_figures_where_none_is_planted() -> None:
    """Precision first: over the training documents no two figures are set against each other that do not clash."""
    import indicators

    planted = {param.id for param in _planted("figure_conflict")}
    told = []
    for index in sorted(CORPUS.glob("index-*.jsonl")):
        for line in index.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            if entry["split"] == "train" and entry["name"] not in planted:
                report = cross_check(indicators.score(read(CORPUS / "documents" / f"{entry['name']}.txt")))
                told += [(entry["name"], f.message) for f in report.findings if f.flag == "figure_conflict"]
    assert told == []
