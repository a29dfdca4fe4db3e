"""``indicators batch`` with the real chain: exit statuses, messages, the same rows as ``score``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import indicators
from indicators.cli import main
from indicators.cli.batch import clock, progress_line, summary_lines
from indicators.run.outcome import Progress

SAMPLES = [Path(__file__).parents[2] / "docs/samples" / name for name in ("completion-table.txt", "year-review.txt")]


def reports(folder: Path) -> Path:
    """Two samples and an empty file."""
    folder.mkdir()
    for sample in SAMPLES:
        (folder / sample.name).write_bytes(sample.read_bytes())
    (folder / "empty.txt").write_bytes(b"")
    return folder


def test_a_failed_document_is_told_and_the_others_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = reports(tmp_path / "in"), tmp_path / "out"
    assert main(["batch", str(folder), str(out), "--format", "jsonl", "--workers", "2"]) == 1
    got = [json.loads(line) for line in (out / "rows/part-00000.jsonl").read_text().splitlines()]
    wanted = [
        row.model_dump(mode="json")
        for path in sorted(folder.glob("*.txt"))
        if path.name != "empty.txt"
        for row in indicators.score(path).rows()
    ]
    assert got == wanted
    assert got
    [error] = [json.loads(line) for line in (out / "errors.jsonl").read_text().splitlines()]
    assert (Path(error["file"]).name, error["stage"]) == ("empty.txt", "readers")
    said = capsys.readouterr()
    assert said.out == ""
    assert "2 scored, 1 failed" in said.err
    assert error["code"] in said.err
    assert f"{out}/errors.jsonl" in said.err


def test_all_scored_then_nothing_left_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = reports(tmp_path / "in"), tmp_path / "out"
    (folder / "empty.txt").unlink()
    command = ["batch", str(folder), str(out), "--workers", "1", "--as-of", "2022-06-30"]
    assert main(command) == 0
    assert list(out.glob("rows/year=2022/part-*.parquet"))
    assert main(command) == 2
    assert "already holds a run" in capsys.readouterr().err
    assert main([*command, "--resume"]) == 0
    assert "2 of them by an earlier run" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["{tmp}/nowhere", "{tmp}/out"], "no such file or folder"),
        (["{tmp}/in", "{tmp}/out"], "holds no report"),
        (["{tmp}/in", "{tmp}/out", "--as-of", "yesterday"], "is no date"),
        (["{tmp}/in", "{tmp}/out", "--workers", "0"], "at least 1"),
        (["{tmp}/in", "{tmp}/out", "--timeout", "nan"], "more than 0"),
        (["{tmp}/in", "{tmp}/out", "--format", "csv"], "invalid choice"),
        (["{tmp}/in"], "required: OUT"),
    ],
)
def test_wrong_usage(tmp_path: Path, options: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    assert main(["batch", *[option.format(tmp=tmp_path) for option in options]]) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def on_terminal(command: list[str]) -> str:
    """What a command shows on a terminal."""
    import pty

    main_end, terminal = pty.openpty()
    run = subprocess.Popen(
        command, stderr=terminal, stdout=terminal, env=os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    )
    os.close(terminal)
    shown = b""
    while True:
        try:
            data = os.read(main_end, 65536)
        except OSError:
            break
        if not data:
            break
        shown += data
    run.wait()
    os.close(main_end)
    return shown.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
def test_progress_on_a_terminal(tmp_path: Path) -> None:
    folder = reports(tmp_path / "in")
    shown = on_terminal([sys.executable, "-m", "indicators", "batch", str(folder), str(tmp_path / "out")])
    assert "3/3" in shown
    assert "1 failed" in shown
    assert "\x1b[" in shown


@pytest.mark.parametrize(
    ("progress", "line"),
    [
        (Progress(0, 0, 10, 0.0), "0/10 documents, 0 failed, 0.0/s"),
        (Progress(1500, 3, 3000, 60.0), "1,500/3,000 documents, 3 failed, 25.0/s, 1:00 left"),
        (Progress(7, 0, None, 2.0), "7 documents, 0 failed, 3.5/s"),
    ],
)
def test_progress_lines(progress: Progress, line: str) -> None:
    assert progress_line(progress) == line


@pytest.mark.parametrize(("seconds", "text"), [(0.4, "0:00"), (59.6, "1:00"), (3725, "1:02:05")])
def test_clock(seconds: float, text: str) -> None:
    assert clock(seconds) == text


def test_summary() -> None:
    from indicators.run import BatchSummary

    summary = BatchSummary(1000, 990, 10, 400, 50000, 60.0, {"R001": 7, "B001": 3})
    assert summary_lines(summary, "out") == [
        "1,000 documents (400 of them by an earlier run): 990 scored, 10 failed, 50,000 rows in 1:00, "
        "600 documents a minute",
        "failed: R001 7, B001 3; see out/errors.jsonl",
    ]


def test_help_loads_nothing_slow() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "indicators", "batch", "--help"], capture_output=True, text=True
    )
    assert done.returncode == 0
    loaded: Callable[[str], bool] = lambda name: f" {name}\n" in done.stderr  # noqa: E731
    assert not [name for name in ("spacy", "jieba", "pyarrow", "numpy", "multiprocessing", "pydantic") if loaded(name)]
