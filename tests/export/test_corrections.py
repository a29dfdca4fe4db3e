"""Corrections: how they are read, kept and honoured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import indicators
from indicators.cli import main
from indicators.corrections import Annotation, CorrectionStore, apply_corrections, read_corrections
from indicators.errors import UsageError
from indicators.export.rowkey import row_key
from indicators.schema.report import Report

from .sample import report


def line(row: int, mark: str = "corrected", of: Report | None = None, **news: Any) -> dict[str, Any]:
    """The JSONL line for the row at this place of the sample."""
    of = of or report()
    at = [(task, a) for task in of.tasks for a in task.assessments][row]
    return {"schema_version": 1, "source": of.source, **row_key(of, *at)._asdict(), "mark": mark, **news}


def stored(tmp_path: Path, *lines: dict[str, Any]) -> CorrectionStore:
    store = CorrectionStore(tmp_path / "store")
    store.add(Annotation(**values) for values in lines)
    return store


@pytest.mark.parametrize(
    ("row", "news", "expected"),
    [
        (0, {"new_actual_text": "180根"}, ("180根", 180, "missed", 0.9)),
        (0, {"new_actual_text": "200根"}, ("200根", 200, "met", 1.0)),
        (2, {"new_actual_text": "1.3万户"}, ("1.3万户", 13000, "exceeded", 1.0833)),
        (3, {"new_actual_text": "0.79吨标煤"}, ("0.79吨标煤", 0.79, "exceeded", 0.9875)),
        (4, {"new_actual_text": "41名"}, ("41名", 41, "exceeded", 1.3667)),
        (0, {"new_actual_text": "1,236"}, ("1,236", 1236, "exceeded", 6.18)),
        (2, {"new_actual_text": "12000人次"}, ("12000人次", 12000, "missed", None)),
        (0, {"new_actual_text": ""}, (None, None, "unreported", None)),
        (0, {"new_verdict": "met"}, ("236根", 236, "met", 1.18)),
        (0, {"new_actual_text": "180根", "new_verdict": "met"}, ("180根", 180, "met", 0.9)),
        (1, {"new_actual_value": 44, "new_actual_unit": "个"}, ("44个", 44, "missed", 0.9778)),
    ],
)
def test_a_corrected_row_says_what_the_auditor_says(tmp_path: Path, row: int, news: dict, expected: tuple) -> None:
    after = apply_corrections(report(), stored(tmp_path, line(row, **news))).rows()
    got = after[row]
    assert (got.actual_text, got.actual_value, got.verdict, got.completion) == expected
    assert got.confidence == 1.0
    before = report().rows()
    assert after[:row] + after[row + 1 :] == before[:row] + before[row + 1 :]


def test_what_stood_there_before_is_kept_and_the_trace_tells_the_mark(tmp_path: Path) -> None:
    store = stored(tmp_path, line(0, new_actual_text="180根", new_indicator="新建充电桩", note="见台账"))
    corrected = apply_corrections(report(), store)
    assessment = corrected.tasks[0].assessments[0]
    assert assessment.indicator == "新建充电桩"
    assert assessment.correction is not None
    assert (assessment.correction.was_indicator, assessment.correction.was_verdict) == ("新建公共充电桩", "exceeded")
    assert assessment.correction.was_actual == report().tasks[0].assessments[0].actual
    assert assessment.trace[-1].rule == "auditor.corrected"
    assert "见台账" in assessment.trace[-1].text
    assert assessment.reason.endswith("原判断：实际236根，目标不低于200根，完成118%。")
    assert corrected.tasks[0].verdict == "missed"


@pytest.mark.parametrize(
    ("news", "flags", "findings"),
    [
        ({"new_actual_text": "0.79吨标煤"}, [], 0),
        ({"new_actual_text": "0.9吨标煤"}, ["claim_conflict"], 1),
        ({"new_verdict": "met"}, [], 0),
    ],
)
def test_flags_and_findings_follow_the_correction(tmp_path: Path, news: dict, flags: list, findings: int) -> None:
    corrected = apply_corrections(report(), stored(tmp_path, line(3, **news)))
    assert corrected.tasks[2].assessments[0].flags == flags
    assert [finding.flag for finding in corrected.findings] == ["claim_conflict"] * findings


def test_a_row_called_wrong_raises_no_finding_and_one_called_right_keeps_its_own(tmp_path: Path) -> None:
    store = stored(tmp_path, line(3, mark="wrong"))
    assert apply_corrections(report(), store).findings == []
    store.add([Annotation(**line(3, mark="right"))])
    assert [finding.indicator for finding in apply_corrections(report(), store).findings] == ["单位工业增加值能耗"]


def test_a_correction_that_stands_in_the_text_gets_its_place(tmp_path: Path) -> None:
    store = stored(tmp_path, line(0, new_actual_text="90根"))
    actual = apply_corrections(report(), store).tasks[0].assessments[0].actual
    assert actual is not None
    assert report().text[actual.start : actual.end] == "90根"


def test_a_corrected_row_can_be_corrected_again(tmp_path: Path) -> None:
    store = stored(tmp_path, line(0, new_actual_text="180根"))
    once = apply_corrections(report(), store)
    store.add([Annotation(**line(0, of=once, mark="right"))])
    twice = apply_corrections(once, store)
    assert twice.rows()[0].actual_text == "236根"
    assert twice.tasks[0].assessments[0].trace[-1].rule == "auditor.right"
    assert apply_corrections(report(), store).rows() == twice.rows()


def test_marks_for_another_document_change_nothing(tmp_path: Path) -> None:
    store = stored(tmp_path, line(0, mark="wrong") | {"sha256": "0" * 64})
    assert apply_corrections(report(), store) == report()


def test_a_report_without_a_file_is_known_by_its_text(tmp_path: Path) -> None:
    loose = report().model_copy(update={"sha256": ""})
    store = stored(tmp_path, line(0, mark="wrong", of=loose))
    assert apply_corrections(loose, store).rows()[0].confidence == 0.0


def test_the_store_comes_from_the_environment(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("INDICATORS_CORRECTIONS", str(tmp_path / "mine"))
    file = tmp_path / "x.jsonl"
    file.write_text(json.dumps(line(0, mark="wrong"), ensure_ascii=False) + "\n\n", encoding="utf-8")
    assert main(["correct", str(file)]) == 0
    assert [path.name for path in (tmp_path / "mine").iterdir()] == [f"{report().sha256}.jsonl"]
    assert apply_corrections(report()).rows()[0].confidence == 0.0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("nonsense", "line 1 is not a JSON object"),
        ("[1]", "line 1 is not a JSON object"),
        ("[" * 100_000, "line 1 is not a JSON object"),
        (json.dumps(line(0, mark="right")) + "\n" + json.dumps(line(0, mark="perhaps")), "line 2: mark"),
        (json.dumps(line(0)), "needs a new actual, verdict or indicator"),
        (json.dumps(line(0, mark="right") | {"sha256": "../../etc/passwd"}), "line 1: sha256"),
        (json.dumps(line(0, mark="right") | {"verdikt": "met"}), "line 1: verdikt"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_reason(
    tmp_path: Path, capsys, content: str, message: str
) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        read_corrections(file)
    assert main(["correct", str(file), "--store", str(tmp_path / "store")]) == 1
    assert "bad.jsonl" in capsys.readouterr().err
    assert not (tmp_path / "store").exists()


def test_files_that_are_missing_or_not_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_corrections(tmp_path / "none.jsonl")
    (tmp_path / "bytes.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="not UTF-8"):
        read_corrections(tmp_path / "bytes.jsonl")


def test_scoring_the_same_document_again_honours_the_correction(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("INDICATORS_CORRECTIONS", str(tmp_path / "mine"))
    document = tmp_path / "brief.txt"
    document.write_text("今年目标是新增企业80家。截至12月底，新增企业91家。\n", encoding="utf-8")
    scored = indicators.score(document, as_of="2023-12-31")
    file = tmp_path / "x.jsonl"
    file.write_text(json.dumps(line(0, of=scored, new_actual_text="79家"), ensure_ascii=False), encoding="utf-8")
    assert main(["correct", str(file)]) == 0
    capsys.readouterr()
    assert main(["score", str(document), "--as-of", "2023-12-31", "--format", "jsonl"]) == 0
    row = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (row["actual_value"], row["verdict"], row["completion"]) == (79, "missed", 0.9875)
    document.write_text("今年目标是新增企业80家。截至12月底，新增企业92家。\n", encoding="utf-8")
    assert main(["score", str(document), "--as-of", "2023-12-31", "--format", "jsonl"]) == 0
    row = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (row["actual_value"], row["verdict"]) == (92, "exceeded"), "another document is not touched"
