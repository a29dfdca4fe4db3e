"""The folder of rows: nothing lost and nothing twice, whenever a run is stopped."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb
import pytest
from run_processes import gone

from indicators.errors import BatchError, UsageError
from indicators.readers.folder import documents
from indicators.run import durable, run_batch
from indicators.run.batch import Pool, partition, version_key
from indicators.run.manifest import Folder, parse_entry
from indicators.run.outcome import Outcome, Progress
from indicators.run.worker import attempt

DRIVER = Path(__file__).with_name("run_driver.py")


class HerePool(Pool):
    """The pool's interface without processes, so that hundreds of runs cost a second."""

    def run(self, paths: Any) -> Iterator[Outcome[Any]]:
        function = self.setup()
        for index, path in enumerate(paths):
            yield Outcome(index, path, *attempt(function, path))


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indicators.run.batch.Pool", HerePool)


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """Eleven documents of three years, one of no year, two of them bad."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(11):
        year = ["2021", "2022", "2023", "none"][number % 4]
        (folder / f"{number:02}.txt").write_text(f"@year {year}\n企业,10,{number}\n项目,5,{number}\n", encoding="utf-8")
    (folder / "03.txt").write_text("")
    (folder / "08.txt").write_text("@bug x\n")
    return folder


def snapshot(out: Path) -> dict[str, bytes]:
    """Every file of a finished run with its bytes."""
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file() and p.name != ".lock"}


def batch(inputs: Path, out: Path, **options: Any) -> Any:
    options = {"format": "jsonl", "scorer": "run_standin:score", "part_documents": 4, "workers": 2} | options
    return run_batch(documents(str(inputs)), out, **options)


def rows_of(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for f in sorted((out / "rows").glob("*.jsonl")) for line in f.read_text().splitlines()]


def test_rows_errors_and_manifest(tmp_path: Path, inputs: Path) -> None:
    summary = batch(inputs, tmp_path / "out")
    assert (summary.documents, summary.scored, summary.failed, summary.rows) == (11, 9, 2, 18)
    assert summary.codes == {"R001": 1, "E999": 1}
    rows = rows_of(tmp_path / "out")
    assert [Path(row["source"]).stem for row in rows[::2]] == ["00", "01", "02", "04", "05", "06", "07", "09", "10"]
    errors = [json.loads(line) for line in (tmp_path / "out/errors.jsonl").read_text().splitlines()]
    assert [(Path(e["file"]).name, e["stage"], e["code"]) for e in errors] == [
        ("03.txt", "readers", "R001"),
        ("08.txt", "score", "E999"),
    ]
    assert all(e["message"] and e["hint"] for e in errors)
    entries = [parse_entry(line) for line in (tmp_path / "out/manifest.jsonl").read_text().splitlines()]
    assert [e.path for e in entries if e] == documents(str(inputs))


@pytest.mark.usefixtures("here")
def test_parquet_is_parted_by_year(tmp_path: Path, inputs: Path) -> None:
    batch(inputs, tmp_path / "out", format="parquet")
    found = duckdb.sql(
        f"SELECT year, count(*) FROM '{tmp_path}/out/rows/**/*.parquet' GROUP BY year ORDER BY year NULLS LAST"
    ).fetchall()
    assert found == [(2021, 4), (2022, 6), (2023, 6), (None, 2)]
    assert partition("2022-06-30") == "2022"


def _counting_os(fatal: int) -> Any:
    """``os``, whose ``fatal``-th durable step is cut short by SIGKILL; a write is cut in its middle."""

    class Counting:
        count = 0

        def __getattr__(self, name: str) -> Any:
            real = getattr(os, name)
            if name not in ("replace", "fsync", "write"):
                return real

            def step(*args: Any) -> Any:
                Counting.count += 1
                if Counting.count == fatal:
                    if name == "write":
                        os.write(args[0], args[1][: len(args[1]) // 2])
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*args)

            return step

    return Counting()


@pytest.mark.usefixtures("here")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_death_at_every_single_step_and_resume_give_the_unbroken_run(
    tmp_path: Path, inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch(inputs, tmp_path / "whole")
    whole = snapshot(tmp_path / "whole")
    fatal = 0
    survived = False
    while not survived:
        fatal += 1
        out = tmp_path / f"out{fatal}"
        child = os.fork()
        if child == 0:
            monkeypatch.setattr(durable, "os", _counting_os(fatal))
            try:
                batch(inputs, out)
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        survived = not os.WIFSIGNALED(status)
        batch(inputs, out, resume=True)
        assert snapshot(out) == whole, f"killed at step {fatal}"
    assert fatal > 20


def start(inputs: Path, out: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(DRIVER), str(inputs), str(out), *options]
    # A shell that runs the tests in the background has Ctrl-C ignored, which a child would inherit.
    return subprocess.Popen(
        command,
        start_new_session=True,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_killed_at_random_moments_and_resumed(tmp_path: Path, inputs: Path) -> None:
    for number in range(60):
        (inputs / f"more{number:02}.txt").write_text(f"@sleep 0.03\n产值,100,{number}\n", encoding="utf-8")
    whole, out = tmp_path / "whole", tmp_path / "out"
    assert start(inputs, whole).wait() == 0
    moments = random.Random(os.environ.get("INDICATORS_SEED", time.time_ns()))
    deaths = 0
    for _ in range(5):
        run = start(inputs, out, *(["--resume"] if out.exists() else []))
        try:
            run.wait(moments.uniform(0.2, 1.4))
        except subprocess.TimeoutExpired:
            run.kill()
            run.wait()
            deaths += 1
        assert gone(run.pid), "a worker outlived the run"
    assert start(inputs, out, "--resume").wait() == 0
    assert deaths > 0
    assert snapshot(out) == snapshot(whole)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_ctrl_c_ends_cleanly_and_keeps_what_is_done(tmp_path: Path, inputs: Path) -> None:
    (inputs / "zz-slow.txt").write_text("@sleep 30\n企业,1,1\n", encoding="utf-8")
    run = start(inputs, tmp_path / "out", "--jsonl")
    deadline = time.monotonic() + 20
    manifest = tmp_path / "out/manifest.jsonl"
    while not (manifest.exists() and manifest.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.3)
    os.killpg(run.pid, signal.SIGINT)
    _, messages = run.communicate(timeout=20)
    assert run.returncode == 130
    assert "Traceback" not in messages
    assert gone(run.pid)
    assert len(manifest.read_text().splitlines()) == 11
    (inputs / "zz-slow.txt").unlink()
    assert start(inputs, tmp_path / "out", "--jsonl", "--resume").wait() == 0
    batch(inputs, tmp_path / "whole")
    assert rows_of(tmp_path / "out") == rows_of(tmp_path / "whole")


def test_a_full_disk_is_reported_and_the_run_resumed(tmp_path: Path, inputs: Path) -> None:
    out = tmp_path / "out"
    run = start(inputs, out, "--limit", "2500", "--jsonl")
    _, messages = run.communicate(timeout=60)
    assert run.returncode == 1
    assert "the disk is full" in messages
    assert "--resume" in messages
    assert "Traceback" not in messages
    assert not list(out.rglob("*.tmp"))
    assert start(inputs, out, "--resume", "--jsonl").wait() == 0
    batch(inputs, tmp_path / "whole")
    assert snapshot(out) == snapshot(tmp_path / "whole")


@pytest.mark.usefixtures("here")
def test_resume_does_again_what_is_no_longer_current(tmp_path: Path, inputs: Path) -> None:
    out = tmp_path / "out"
    batch(inputs, out)
    assert batch(inputs, out, resume=True).resumed == 11
    (inputs / "00.txt").write_text("@year 2021\n企业,10,99\n", encoding="utf-8")
    (inputs / "09.txt").unlink()
    (inputs / "99.txt").write_text("企业,10,1\n", encoding="utf-8")
    summary = batch(inputs, out, resume=True)
    assert summary.documents == 11
    assert summary.resumed == 4, "the part of the four unchanged documents in the middle stays"
    batch(inputs, tmp_path / "fresh")
    key = lambda row: (row["source"], row["indicator"])  # noqa: E731
    assert sorted(rows_of(out), key=key) == sorted(rows_of(tmp_path / "fresh"), key=key)


@pytest.mark.usefixtures("here")
def test_other_rules_or_options_do_everything_again(
    tmp_path: Path, inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    batch(inputs, out)
    assert batch(inputs, out, resume=True, as_of="2020-06-30").resumed == 0
    assert {row["as_of"] for row in rows_of(out)} == {"2020-06-30"}
    key = version_key("run_standin:score", None)
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "units.toml").write_text('[[unit]]\nid = "x"\n')
    monkeypatch.setenv("INDICATORS_RULES", str(rules))
    ruled = version_key("run_standin:score", None)
    monkeypatch.setenv("INDICATORS_MODEL", "none")
    assert len({key, ruled, version_key("run_standin:score", None)}) == 3


@pytest.mark.usefixtures("here")
def test_an_archive_gives_its_reports_and_names_what_it_could_not(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.writestr("one.txt", "今年目标是新增企业80家。截至12月底，新增企业91家。")
        archive.writestr("two.txt", "")
        archive.writestr("three.txt", "今年目标是新增企业30家。截至12月底，新增企业31家。")
    shown: list[Progress] = []
    summary = batch(folder, out, scorer=None, on_progress=shown.append)
    assert (summary.documents, summary.failed, summary.rows) == (1, 1, 2)
    assert (shown[-1].done, shown[-1].failed) == (1, 1)
    assert [row["source"].rsplit("/", 1)[1] for row in rows_of(out)] == ["one.txt", "three.txt"]
    [error] = map(json.loads, (out / "errors.jsonl").read_text().splitlines())
    assert "two.txt" in error["message"]


@pytest.mark.usefixtures("here")
def test_corrections_are_honoured_and_make_a_run_outdated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from indicators.corrections import Annotation, CorrectionStore

    monkeypatch.setenv("INDICATORS_CORRECTIONS", str(tmp_path / "store"))
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").write_text("今年目标是新增企业80家。截至12月底，新增企业91家。", encoding="utf-8")
    batch(folder, out, scorer=None)
    [row] = rows_of(out)
    names = ("task", "indicator", "target_start", "target_end", "actual_start", "actual_end")
    sha256 = hashlib.sha256((folder / "a.txt").read_bytes()).hexdigest()
    place = {name: row[name] for name in names}
    CorrectionStore(tmp_path / "store").add(
        [Annotation(sha256=sha256, mark="corrected", new_verdict="missed", **place)]
    )
    assert batch(folder, out, scorer=None, resume=True).resumed == 0
    assert [row["verdict"] for row in rows_of(out)] == ["missed"]


@pytest.mark.usefixtures("here")
def test_leavings_of_a_killed_run_are_removed(tmp_path: Path, inputs: Path) -> None:
    out = tmp_path / "out"
    batch(inputs, out)
    whole = snapshot(out)
    (out / "rows/part-00009.jsonl").write_text("{}\n")
    (out / "rows/part-00002.jsonl.tmp").write_text("{")
    with (out / "manifest.jsonl").open("a") as manifest:
        manifest.write('{"path": "torn')
    batch(inputs, out, resume=True)
    assert snapshot(out) == whole
    # A row file that is missing makes its part undone.
    (out / "rows/part-00001.jsonl").unlink()
    assert batch(inputs, out, resume=True).resumed == 7
    assert len(rows_of(out)) == 18


@pytest.mark.usefixtures("here")
def test_a_used_folder_is_refused(tmp_path: Path, inputs: Path) -> None:
    out = tmp_path / "out"
    batch(inputs, out)
    with pytest.raises(UsageError, match="already holds a run"):
        batch(inputs, out)
    with pytest.raises(UsageError, match="holds rows as jsonl, not parquet"):
        batch(inputs, out, resume=True, format="parquet")
    (tmp_path / "cut short").mkdir()
    (tmp_path / "cut short/manifest.jsonl").write_text("")
    assert batch(inputs, tmp_path / "cut short").resumed == 0
    with pytest.raises(UsageError, match="unknown format"):
        batch(inputs, tmp_path / "other", format="csv")
    with Folder(out), pytest.raises(BatchError, match="another run is writing there"):
        batch(inputs, out, resume=True)
    (tmp_path / "file").write_text("")
    with pytest.raises(BatchError, match="cannot be written"):
        batch(inputs, tmp_path / "file" / "out")


@pytest.mark.usefixtures("here")
def test_names_that_are_no_unicode_survive_a_resume(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    name = os.fsdecode(b"\xb1\xa8\xb8\xe6\xe2\x80\xa8.txt")
    (folder / name).write_text("")
    assert batch(folder, tmp_path / "out").failed == 1
    assert batch(folder, tmp_path / "out", resume=True).resumed == 1
    [error] = (tmp_path / "out/errors.jsonl").read_text().splitlines()
    assert json.loads(error)["file"].endswith(name)


def test_walking_a_folder(tmp_path: Path) -> None:
    names = ["b/2.TXT", "a.pdf", ".hidden.txt", "~$a.docx", "notes.xyz", "scan.jpg", "out/rows/x.txt", "b/.git/y.txt"]
    for name in [*names, "old.wps"]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (tmp_path / "empty").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    found = documents(str(tmp_path), outside=str(tmp_path / "out"))
    assert [Path(path).relative_to(tmp_path).as_posix() for path in found] == ["a.pdf", "b/2.TXT", "old.wps"]
    assert documents(str(tmp_path / "a.pdf")) == [str(tmp_path / "a.pdf")]
    with pytest.raises(UsageError, match="holds no report"):
        documents(str(tmp_path / "empty"))
    with pytest.raises(UsageError, match="no such file"):
        documents(str(tmp_path / "nowhere"))


def test_entries_read_back() -> None:
    line = '{"path": "a", "sha256": "b", "version": "c", "part": 0, "of": 1, "rows": 0, "files": [], "failure": null}\n'
    entry = parse_entry(line)
    assert entry is not None
    assert entry.line() == line
    assert asdict(entry)["of"] == 1
    assert [parse_entry(bad) for bad in ("", "{", "[]", "{}", '{"failure": null}')] == [None] * 5
