"""``indicators score``: paths, formats, exit statuses and messages."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
pytestmark = pytest.mark.usefixtures("fake_score")


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text("任务三：新增45家以上。", encoding="utf-8")
    return str(path)


def test_table(run: Run, report: str) -> None:
    status, out, err = run("score", report)
    assert status == 0
    assert "某县四季度完成情况" in out
    assert "45家以上" in out
    assert "115.6%" in out
    assert "▲ 超额完成" in out
    assert out.splitlines()[-1] == "合计  ▲ 超额完成 1   ○ 未报告 1   – 无目标 1   ⚑ 审计提示 1"
    assert "表格缺少表头" in err


def test_nothing_of_a_report_reaches_the_terminal_raw(run: Run, report: str) -> None:
    for argv in (["score", report], ["explain", report], ["audit", report], ["score", report, "--format", "jsonl"]):
        _, out, err = run(*argv)
        assert "红" in out
        for sign in ("\x1b", "\x9b", "\u202e"):
            assert sign not in out
            assert sign not in err
    _, out, _ = run("score", report, "--format", "csv")
    assert "\x1b" not in out
    assert "\x9b" not in out


def test_jsonl_rows_keep_the_data(run: Run, report: str) -> None:
    status, out, _ = run("score", report, "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [row["task"] for row in rows] == ["3", "8", "8"]
    assert rows[0]["target_low"] == 45
    assert rows[0]["source"] == report
    assert rows[1]["indicator"].endswith("\x1b[31m红\x1b[0m\x9b2J\u202e")


def test_json_is_always_an_array(run: Run, report: str, tmp_path: Path) -> None:
    _, out, _ = run("score", report, "--format", "json")
    (data,) = json.loads(out)
    assert [task["number"] for task in data["tasks"]] == ["3", "8", "9"]
    assert "text" not in data
    (tmp_path / "bad.txt").write_text("@bad", encoding="utf-8")
    status, out, _ = run("score", str(tmp_path / "bad.txt"), "--format", "json")
    assert (status, json.loads(out)) == (1, [])


def test_csv_neutralises_formulas(run: Run, report: str) -> None:
    _, out, _ = run("score", report, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["indicator"] for row in rows][2] == "'=cmd()"
    assert rows[0]["target_low"] == "45"
    assert rows[0]["responsible"] == "县工信局"
    assert rows[1]["actual_value"] == ""


def test_as_of_is_passed_on(run: Run, report: str) -> None:
    _, out, _ = run("score", report, "--format", "jsonl", "--as-of", "2024-06-30")
    assert json.loads(out.splitlines()[0])["as_of"] == "2024-06-30"


def test_folder_is_walked_sorted_hidden_skipped(run: Run, tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.md", ".hidden.txt", "sub/.d/e.txt", "notes.xyz", "~$a.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("新增45家。", encoding="utf-8")
    _, out, _ = run("score", str(tmp_path), str(tmp_path / "a.txt"), "--format", "jsonl")
    sources = list(dict.fromkeys(json.loads(line)["source"] for line in out.splitlines()))
    assert sources == [str(tmp_path / name) for name in ("a.txt", "b.txt", "sub/c.md")]
    assert len(out.splitlines()) == 9


def test_one_bad_document_costs_that_document(run: Run, report: str, tmp_path: Path) -> None:
    bad, bug = tmp_path / "bad.txt", tmp_path / "bug.txt"
    bad.write_text("@bad", encoding="utf-8")
    bug.write_text("@bug", encoding="utf-8")
    status, out, err = run("score", str(bad), str(bug), report, str(tmp_path / "none.txt"), "--format", "jsonl")
    assert status == 1
    assert len(out.splitlines()) == 3
    assert f"[R000] {bad}: cannot be scored (mend it)" in err
    assert f"[E999] {bug}: internal error" in err
    assert "none.txt" in err
    assert "Traceback" not in err


def test_output_file_is_written_whole_or_not_at_all(run: Run, report: str, tmp_path: Path) -> None:
    target = tmp_path / "rows.jsonl"
    status, out, _ = run("score", report, "--output", str(target))
    assert (status, out) == (0, "")
    assert len(target.read_text(encoding="utf-8").splitlines()) == 3
    assert target.stat().st_mode & 0o777 == 0o666 & ~_umask()
    target.write_text("before", encoding="utf-8")
    with pytest.raises(SystemExit):
        _interrupted_run(report, target)
    assert target.read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.txt", "rows.jsonl"]


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _interrupted_run(report: str, target: Path) -> None:
    from indicators.cli.outputs import open_writer

    with open_writer("jsonl", str(target)):
        raise SystemExit


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["score"], "required: PATH"),
        (["score", "x.txt", "--format", "yaml"], "invalid choice"),
        (["score", "x.txt", "--as-of", "yesterday"], "[U001]"),
        (["score", "x.txt", "--format", "xlsx"], "[U002]"),
        (["score", "x.txt", "--output", "/nowhere/at/all.csv"], "[U003]"),
        (["score", "x.txt", "--output", "report.pdf"], "[U008]"),
        (["explain", "{report}", "--task", "77"], "its tasks: 3 8 9"),
        (["rules", "list", "nonsense"], "[U005]"),
        (["nonsense"], "invalid choice"),
        ([], "usage:"),
    ],
)
def test_wrong_usage(run: Run, report: str, argv: list[str], message: str) -> None:
    status, out, err = run(*[part.replace("{report}", report) for part in argv])
    assert status == 2
    assert out == ""
    assert message in err


def test_version_and_help(run: Run) -> None:
    from indicators import __version__

    assert run("--version") == (0, f"indicators {__version__}\n", "")
    status, out, _ = run("--help")
    assert status == 0
    assert all(name in out for name in ("score", "explain", "audit", "compare", "batch", "rules", "doctor"))


def test_help_imports_nothing_slow() -> None:
    code = "import sys\nfrom indicators.cli import main\nmain(['--help'])\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "usage: indicators" in done.stdout
    loaded = set(done.stderr.split())
    assert loaded.isdisjoint({"spacy", "jieba", "lxml", "pandas", "polars", "pyarrow", "openpyxl", "numpy", "regex"})


def test_explain_shows_words_steps_and_rivals(run: Run, report: str) -> None:
    status, out, _ = run("explain", report, "--task", "3")
    assert status == 0
    assert "新增规上工业企业【45家以上】" in out
    assert "配对  assignment 0.98  指标名称相同" in out
    assert "未取  3.1%（失业率）  得分 0.02：量纲不同" in out
    assert out.count("任务 ") == 1


def test_explain_finds_a_task_by_its_words(run: Run, report: str) -> None:
    _, by_words, _ = run("explain", report, "--task", "失业率")
    _, by_number, _ = run("explain", report, "--task", "8")
    assert by_words == by_number
    assert "报告自述 已完成" in by_words


def test_audit_lists_findings(run: Run, report: str) -> None:
    status, out, _ = run("audit", report)
    assert status == 0
    assert "审计提示 1 条" in out
    assert "[严重] 任务 8  失业率" in out
    assert "【4%以内】" in out
