"""Plans answered by later reports, from the cases beside this file and from the State Council pair."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from without_rule import without

from indicators import rulebook
from indicators.comparing import compare
from indicators.errors import ReadError
from indicators.readers import read_text
from indicators.schema.report import Assessment, Report
from models.hooks import model_set_to

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SHARED = Path(os.environ.get("INDICATORS_SHARED", ROOT.parent / "shared"))


def _cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}-{case['id']}")
        for path in sorted((HERE / "cases").glob("*.toml"))
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


def _compared(case: dict[str, Any]) -> Report:
    return compare(read_text(case["plan"].strip(), "plan.txt"), read_text(case["report"].strip(), "report.txt"))


def _rows(report: Report) -> list[Assessment]:
    return [assessment for task in report.tasks for assessment in task.assessments]


def _row(report: Report, wanted: dict[str, Any]) -> Assessment:
    found = [
        a
        for a in _rows(report)
        if wanted["indicator"] in a.indicator and a.target is not None and a.target.value == wanted["target"]
    ]
    assert len(found) == 1, [(a.indicator, a.target and a.target.text) for a in _rows(report)]
    return found[0]


def _check(case: dict[str, Any]) -> None:
    report = _compared(case)
    assert len(_rows(report)) == case["rows"], [(a.indicator, a.target and a.target.text) for a in _rows(report)]
    if "as_of" in case:
        assert report.as_of == case["as_of"]
    for wanted in case["expect"]:
        row = _row(report, wanted)
        assert (row.actual.value if row.actual else None) == wanted.get("actual"), row.reason
        assert row.verdict == wanted.get("verdict", "unreported"), row.reason
        if "flags" in wanted:
            assert sorted(row.flags) == wanted["flags"]
        if "rival" in wanted:
            assert any(wanted["rival"] in rival.why for rival in row.rivals)
        for words in wanted.get("message", []):
            assert words in row.reason
            assert any(words in f.message for f in report.findings if f.flag == "target_drift")


def _holds(case: dict[str, Any]) -> bool:
    try:
        _check(case)
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize("case", _cases())
def test_case(case: dict[str, Any]) -> None:
    _check(case)


@pytest.mark.parametrize(
    ("section", "rule_id"),
    [(section, rule["id"]) for section, rules in rulebook.load("comparing").items() for rule in rules],
)
def test_some_case_fails_without_the_rule(section: str, rule_id: str) -> None:
    """By the rules alone: learned links make up for many a missing one."""
    with model_set_to("none"), without("comparing", section, rule_id):
        assert not all(_holds(param.values[0]) for param in _cases())


@pytest.mark.parametrize("case", _cases())
def test_offsets_and_sources(case: dict[str, Any]) -> None:
    """Every figure stands where the row says, in the document that the row names."""
    report = _compared(case)
    assert (report.source, report.actual_source) == ("plan.txt", "report.txt")
    for row in report.rows():
        told = row.model_dump()
        assert (told["source"], told["actual_source"]) == ("plan.txt", "report.txt")
    for assessment in _rows(report):
        for fact in (assessment.target, assessment.actual):
            if fact is not None and fact.spans:
                printed = "".join(report.text_of(fact)[fact.spans[0][0] : fact.spans[0][1]].split())
                assert fact.text.startswith(printed)
        assert assessment.actual is None or assessment.actual.source == "report.txt"


def test_as_of_overrides_the_report_date() -> None:
    plan = read_text("安河县2023年工作计划\n今年新增规上工业企业40家。", "plan.txt")
    report = read_text("安河县工作进展\n新增规上工业企业18家。", "report.txt")
    from datetime import date

    compared = compare(plan, report, as_of=date(2023, 6, 30))
    assert compared.as_of == "2023-06-30"
    assert [a.verdict for a in _rows(compared)] == ["behind"]


def test_another_year_is_told_as_a_warning() -> None:
    plan = read_text("安河县2023年工作计划\n今年新增规上工业企业40家。", "plan.txt")
    report = read_text("安河县2025年重点工作完成情况\n全年新增规上工业企业18家。", "report.txt")
    compared = compare(plan, report)
    assert _rows(compared) == []
    assert any("plan.txt" in warning and "2025" in warning for warning in compared.warnings)


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="nowhere"):
        compare(tmp_path / "nowhere.txt", tmp_path / "either.txt")


def test_state_council_2016_2017(tmp_path: Path) -> None:
    gold = SHARED / "gold" / "pairs" / "2016-2017.gold.jsonl"
    if not gold.is_file():
        pytest.skip("the shared material is not here")
    reports = SHARED / "reports" / "state-council"
    compared = compare(reports / "2016.txt", reports / "2017.txt")
    rows = [row.model_dump(mode="json") | {"source": "2016-2017"} for row in compared.rows()]
    predicted = tmp_path / "2016-2017.jsonl"
    predicted.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    scorer = SHARED / "eval" / "score_rows.py"
    out = subprocess.run(
        [sys.executable, str(scorer), str(gold), str(predicted), "--json"], check=True, capture_output=True, text=True
    )
    total = json.loads(out.stdout)[-1]
    assert total["link"] >= 0.9
    assert total["target_f1"] >= 0.9
    told = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    silent = [g for g in told if g["verdict"] == "unreported" and not g["ambiguous"]]
    for g in silent:
        values = g["target_value"] if isinstance(g["target_value"], list) else [g["target_value"]]
        for row in rows:
            same = [row["target_low"], row["target_high"]]
            if any(value in same for value in values) and row["target_text"] == g["target_text"]:
                name = set(g["indicator"]) & set(row["indicator"])
                linked = row["actual_value"] is not None and len(name) >= 0.8 * len(set(g["indicator"]))
                assert not linked, (g["indicator"], row["indicator"], row["actual_text"])
