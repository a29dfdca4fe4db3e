"""Workers forked from a server that has the pipeline loaded: as safe as those that are started from nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import run_standin
from run_processes import gone, members

from indicators.run import score_many, starting
from indicators.run.local import Pool
from indicators.run.worker import Scoring

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the server is for Linux")
HERE = str(Path(__file__).parent)


def write(folder: Path, *texts: str) -> list[str]:
    paths = [folder / f"{number:03}.txt" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return [str(path) for path in paths]


@pytest.mark.parametrize(
    ("misdeed", "code", "message"),
    [
        ("@die SIGKILL\n", "B002", "killed by signal 9"),
        ("@exit 3\n", "B002", "exit status 3"),
        ("@sleep 60\n", "B001", "not done after 2 s"),
    ],
)
def test_a_worker_that_dies_or_hangs_is_replaced(tmp_path: Path, misdeed: str, code: str, message: str) -> None:
    paths = write(tmp_path, *["企业,1,1"] * 5, misdeed, *["企业,1,1"] * 20)
    outcomes = list(Pool(run_standin.Forked("run_standin:score"), workers=2, timeout=2).run(paths))
    assert [o.path for o in outcomes] == paths
    assert [o.index for o in outcomes if o.failure is not None] == [5]
    failure = outcomes[5].failure
    assert failure is not None
    assert (failure.code, message in failure.message) == (code, True)


def test_the_server_has_one_thread_and_workers_the_environment_of_their_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = write(tmp_path, *["企业,1,1"] * 4)
    servers = set()
    for value in ("one", "two"):
        monkeypatch.setenv("INDICATORS_STANDIN", value)
        for outcome in Pool(run_standin.Forked("run_standin:where"), workers=2).run(paths):
            assert outcome.result is not None
            server, threads, variable = outcome.result
            servers.add(server)
            assert (threads, variable) == (1, value)
    assert len(servers) == 1
    assert os.getpid() not in servers


def test_which_runs_have_a_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def way(workers: int, setup: Scoring) -> str:
        return starting.context(workers, setup.preload).get_start_method()

    ours = Scoring()
    assert (way(4, ours), way(1, ours), way(4, Scoring("run_standin:score"))) == ("forkserver", "spawn", "spawn")
    monkeypatch.setenv("INDICATORS_RULES", str(tmp_path))
    assert way(4, ours) == "spawn"
    monkeypatch.delenv("INDICATORS_RULES")
    monkeypatch.setenv("INDICATORS_MODEL", f"{tmp_path}/")
    assert way(4, ours) == "spawn"


def test_rows_are_those_of_one_worker(tmp_path: Path) -> None:
    samples = Path(HERE).parents[1] / "docs/samples"
    paths = sorted(str(path) for path in samples.glob("*.txt"))
    one, many = ([o.result.rows() for o in score_many(paths, workers=n) if o.result] for n in (1, 3))
    assert len(one) == len(paths)
    assert one == many


CODE = """
import sys, run_standin
from indicators.run.local import Pool
if __name__ == "__main__":
    setup = run_standin.Forked("run_standin:" + sys.argv[1])
    for outcome in Pool(setup, workers=2, timeout=None).run(sys.argv[2:]):
        print(outcome.result, flush=True)
"""


def start(scorer: str, paths: list[str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CODE, scorer, *paths]
    return subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, text=True, start_new_session=True)


def test_ctrl_c_reaches_no_worker(tmp_path: Path) -> None:
    told, _ = start("interruptible", write(tmp_path, "企业,1,1", "企业,1,1")).communicate(timeout=60)
    assert told.split() == ["False", "False"]


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_a_run_that_is_killed_leaves_no_process_behind(tmp_path: Path, end: signal.Signals) -> None:
    run = start("score", write(tmp_path, "企业,1,1", *["@sleep 60\n"] * 4))
    assert run.stdout is not None
    run.stdout.readline()
    time.sleep(0.2)
    assert len(members(run.pid)) >= 4  # itself, the server, two workers
    run.send_signal(end)
    run.communicate(timeout=60)
    assert gone(run.pid)
