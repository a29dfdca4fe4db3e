"""The output contract: what the command line prints is what ``docs/row.schema.json`` says, for every sample."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator, FormatChecker

import indicators
from indicators.cli import main
from indicators.schema.report import VERDICTS, Flag, Report, Row

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "row.schema.json").read_text(encoding="utf-8"))
SHARED = Path(os.environ.get("INDICATORS_SHARED", ROOT.parent / "shared"))
SAMPLES = sorted((ROOT / "docs" / "samples").glob("*.txt"))
REAL = sorted((SHARED / "reports").glob("*.txt")) if SHARED.is_dir() else []

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="no shared reports here (INDICATORS_SHARED)")


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator(schema, format_checker=FormatChecker())


def printed_rows(path: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    assert main(["score", str(path), "--format", "jsonl"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def squash(text: str) -> str:
    return "".join(text.split())


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["required"]) == set(SCHEMA["properties"])


def test_model_and_schema_name_the_same_fields_in_the_same_order() -> None:
    assert list(Row.model_fields) == list(SCHEMA["properties"]) == SCHEMA["required"]


def test_model_and_schema_agree_on_words() -> None:
    properties = SCHEMA["properties"]
    assert set(properties["verdict"]["enum"]) == {*VERDICTS, None}
    assert properties["flags"]["items"]["enum"] == list(get_args(Flag))


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "good"},
        {"confidence": 1.5},
        {"flags": ["unheard_of"]},
        {"as_of": "yesterday"},
        {"schema_version": 2},
        {"actual_value": "3"},
        {"target_start": 1.5},
    ],
)
def test_schema_refuses_what_is_wrong(change: dict[str, Any]) -> None:
    report = indicators.score_text("目标是新增企业45家。全年新增企业52家。")
    row = json.loads(report.rows()[0].model_dump_json())
    assert validator(SCHEMA).is_valid(row)
    assert not validator(SCHEMA).is_valid({**row, **change})
    for name in SCHEMA["required"]:
        assert not validator(SCHEMA).is_valid({key: value for key, value in row.items() if key != name})


@needs_shared
def test_compatible_with_the_shared_contract() -> None:
    shared = json.loads((SHARED / "eval" / "row.schema.json").read_text(encoding="utf-8"))
    assert set(shared["required"]) <= set(SCHEMA["required"])
    described = ("description",)
    for name, rule in shared["properties"].items():
        ours = {key: value for key, value in SCHEMA["properties"][name].items() if key not in described}
        assert ours == {key: value for key, value in rule.items() if key not in described}, name


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_samples(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = printed_rows(path, capsys)
    assert any(row["verdict"] for row in rows)
    check(rows, path)


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_real_reports(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = printed_rows(path, capsys)
    assert rows
    check(rows, path)
    shared = json.loads((SHARED / "eval" / "row.schema.json").read_text(encoding="utf-8"))
    for row in rows:
        validator(shared).validate(row)


def check(rows: list[dict[str, Any]], path: Path) -> None:
    text = indicators.read(path).text
    for row in rows:
        validator(SCHEMA).validate(row)
        assert row["source"] == str(path)
        assert row["target_text"] or row["actual_text"] or row["verdict"], row
        if row["target_start"] is not None:
            assert squash(text[row["target_start"] : row["target_end"]]) == squash(row["target_text"]), row
        if row["actual_start"] is not None and not {"summed", "counted"} & set(row["flags"]):
            assert squash(text[row["actual_start"] : row["actual_end"]]) == squash(row["actual_text"]), row
        if row["target_low"] is not None and row["target_high"] is not None:
            assert row["target_low"] <= row["target_high"]


def test_report_survives_json() -> None:
    report = indicators.score(SAMPLES[0])
    assert Report.model_validate_json(report.to_json()) == report.model_copy(update={"text": ""})
