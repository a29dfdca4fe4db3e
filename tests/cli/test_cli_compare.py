"""``indicators compare``: a plan's targets answered by a later report, in the formats of ``score``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

PLAN = "2023年工作计划\n\n一、主要目标\n\n2023年，新增规上工业企业45家以上。城镇登记失业率控制在4%以内。\n"
REPORT = "2023年工作总结\n\n一、2023年工作回顾\n\n2023年，新增规上工业企业52家。城镇登记失业率3.1%。\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    plan, report = tmp_path / "plan.txt", tmp_path / "report.txt"
    plan.write_text(PLAN, encoding="utf-8")
    report.write_text(REPORT, encoding="utf-8")
    return str(plan), str(report)


def test_rows_name_both_documents(run: Run, files: tuple[str, str]) -> None:
    status, out, _ = run("compare", *files, "--format", "jsonl")
    rows = {row["target_text"]: row for row in map(json.loads, out.splitlines())}
    assert status == 0
    assert (rows["45家以上"]["actual_text"], rows["45家以上"]["verdict"]) == ("52家", "exceeded")
    assert all((row["source"], row["actual_source"]) == files for row in rows.values())


def test_csv_has_the_column_too(run: Run, files: tuple[str, str]) -> None:
    _, out, _ = run("compare", *files, "--format", "csv")
    assert {row["actual_source"] for row in csv.DictReader(io.StringIO(out))} == {files[1]}


def test_table(run: Run, files: tuple[str, str]) -> None:
    status, out, _ = run("compare", *files)
    assert status == 0
    assert "52家" in out
    assert files[0] in out
    assert files[1] in out


def test_a_document_that_is_not_there(run: Run, files: tuple[str, str]) -> None:
    status, out, err = run("compare", files[0], files[1] + ".none")
    assert (status, out) == (1, "")
    assert "report.txt.none" in err
    assert "Traceback" not in err
