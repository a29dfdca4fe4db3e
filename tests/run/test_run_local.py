"""score_many: order, isolation of bad documents, bounded memory, processes started once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import run_standin

from indicators.errors import BatchError, UsageError
from indicators.run import Progress, score_many
from indicators.run.local import Pool
from indicators.run.outcome import failure_of


def write(folder: Path, *texts: str) -> list[str]:
    paths = []
    for number, text in enumerate(texts):
        path = folder / f"{number:03}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(str(path))
    return paths


def test_results_come_in_input_order_with_hash_and_progress(tmp_path: Path) -> None:
    paths = write(tmp_path, "@sleep 0.3\n企业,10,9", *[f"企业,10,{n}" for n in range(12)])
    seen: list[Progress] = []
    outcomes = list(score_many(paths, workers=3, scorer=run_standin.score, on_progress=seen.append))
    assert [o.path for o in outcomes] == paths
    assert [o.index for o in outcomes] == list(range(13))
    assert [o.result.rows()[0].actual_value for o in outcomes if o.result] == [9, *range(12)]
    assert all(len(o.sha256) == 64 and o.failure is None for o in outcomes)
    assert [p.done for p in seen] == list(range(1, 14))
    assert seen[-1].total == 13
    assert seen[-1].failed == 0
    assert seen[-1].seconds_left == 0


@pytest.mark.parametrize(
    ("text", "stage", "code", "message"),
    [
        ("", "readers", "R001", "the file is empty"),
        ("@limit x\n", "readers", "R100", "too long"),
        ("@bug 漏洞\n", "score", "E999", "RuntimeError: 漏洞 at run_standin.py"),
        ("@die SIGKILL\n", "worker", "B002", "killed by signal 9"),
        ("@die SIGSEGV\n", "worker", "B002", "killed by signal 11"),
        ("@exit 3\n", "worker", "B002", "exit status 3"),
        ("@sleep 60\n", "worker", "B001", "not done after 1 s"),
    ],
)
def test_a_bad_document_costs_that_document_only(
    tmp_path: Path, text: str, stage: str, code: str, message: str
) -> None:
    paths = write(tmp_path, "企业,10,9", text, "企业,10,9", "企业,10,9")
    outcomes = list(score_many(paths, workers=2, timeout=1, scorer="run_standin:score"))
    assert [o.failure is None for o in outcomes] == [True, False, True, True]
    failure = outcomes[1].failure
    assert failure is not None
    assert (failure.file, failure.stage, failure.code) == (paths[1], stage, code)
    assert message in failure.message
    assert outcomes[1].result is None
    assert len(outcomes[1].sha256) == 64


def test_every_document_bad_still_ends(tmp_path: Path) -> None:
    paths = write(tmp_path, *["@exit 1\n"] * 5, *["@sleep 60\n"] * 2)
    outcomes = list(score_many(paths, workers=2, timeout=0.5, scorer=run_standin.score))
    assert [o.failure.code for o in outcomes if o.failure] == ["B002"] * 5 + ["B001"] * 2


def test_a_file_that_is_not_there_is_reported(tmp_path: Path) -> None:
    [outcome] = score_many([str(tmp_path / "none.txt")], workers=1, scorer=run_standin.score)
    assert outcome.failure is not None
    assert outcome.failure.stage == "readers"
    assert outcome.failure.message == "No such file or directory"
    assert outcome.sha256 == ""


def test_processes_are_started_once(tmp_path: Path) -> None:
    paths = write(tmp_path, *["企业,1,1"] * 40)
    pids = {o.result for o in score_many(paths, workers=2, scorer=run_standin.pid)}
    assert 1 <= len(pids) <= 2
    assert os.getpid() not in pids


def test_input_is_drawn_no_faster_than_results_are_taken(tmp_path: Path) -> None:
    [path] = write(tmp_path, "企业,1,1")
    drawn = 0

    def endless() -> Iterator[str]:
        nonlocal drawn
        while True:
            drawn += 1
            yield path

    outcomes = score_many(endless(), workers=2, window=6, scorer=run_standin.score)
    for taken in range(1, 30):
        next(outcomes)
        assert drawn <= taken + 6
    outcomes.close()  # type: ignore[attr-defined]


def test_closing_ends_the_processes(tmp_path: Path) -> None:
    paths = write(tmp_path, "企业,1,1", *["@sleep 60\n"] * 4)
    pool = Pool(run_setup(), workers=2, timeout=None)
    outcomes = pool.run(paths)
    next(outcomes)
    pids = [worker.process.pid for worker in pool._alive]
    assert pids
    outcomes.close()  # type: ignore[attr-defined]
    for pid in pids:
        assert pid is not None
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def run_setup() -> object:
    from indicators.run.worker import Scoring

    return Scoring("run_standin:score")


@pytest.mark.parametrize("misdeed", ["@die SIGKILL\n", "@sleep 60\n"])
def test_documents_in_hand_behind_one_that_fails_are_scored_by_another_process(tmp_path: Path, misdeed: str) -> None:
    paths = write(tmp_path, *["企业,1,1"] * 3, misdeed, *["企业,1,1"] * 20)
    outcomes = list(score_many(paths, workers=1, timeout=2, scorer="run_standin:score"))
    assert [o.path for o in outcomes] == paths
    assert [o.index for o in outcomes if o.failure is not None] == [3]


def test_an_idle_worker_that_dies_blames_no_document(tmp_path: Path) -> None:
    paths = write(tmp_path, *["企业,1,1"] * 6)
    pool = Pool(run_setup(), workers=1, window=1)  # type: ignore[arg-type]
    outcomes = pool.run(paths)
    first = next(outcomes)
    process = pool._alive[0].process
    assert not pool._alive[0].jobs
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    rest = list(outcomes)
    assert [o.failure for o in [first, *rest]] == [None] * 6


def test_workers_that_cannot_load_end_the_run(tmp_path: Path) -> None:
    paths = write(tmp_path, "企业,1,1")
    with pytest.raises(BatchError, match=r"could not load.*names no function"):
        list(score_many(paths, workers=1, scorer="run_standin:nothing"))
    with pytest.raises(BatchError, match=r"end before they are ready.*7"):
        list(Pool(run_standin.DieOnLoad(), workers=1).run(paths))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"workers": 0}, "workers must be at least 1"),
        ({"timeout": 0}, "timeout must be more than 0"),
        ({"scorer": lambda path: None}, "cannot be sent to a worker"),
    ],
)
def test_wrong_options_are_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        list(score_many([], **options))  # type: ignore[arg-type]


def test_nothing_in_nothing_out() -> None:
    assert list(score_many([], workers=2, scorer=run_standin.score)) == []


def test_the_stage_is_the_step_that_raised() -> None:
    from indicators.rulebook import parse

    try:
        parse("= broken", "mine.toml")
    except Exception as error:
        failure = failure_of(error, "a.txt")
    assert (failure.stage, failure.code) == ("score", "L000")
    assert failure.hint == "see docs/rules.md"


def test_ctrl_c_reaches_no_worker_not_even_the_first(tmp_path: Path) -> None:
    # In a process of its own: the first start of a worker also starts multiprocessing's resource tracker.
    paths = write(tmp_path, "企业,1,1", "企业,1,1")
    code = (
        "import sys, run_standin\nfrom indicators.run import score_many\n"
        "print([o.result for o in score_many(sys.argv[1:], workers=1, scorer=run_standin.interruptible)])"
    )
    here = str(Path(__file__).parent)
    told = subprocess.run(
        [sys.executable, "-c", code, *paths], cwd=here, capture_output=True, text=True, timeout=60, check=True
    )
    assert told.stdout.strip() == "[False, False]"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_holds_nothing_up(tmp_path: Path) -> None:
    """Nobody writes to it: who opens it to read waits for ever."""
    os.mkfifo(tmp_path / "pipe.txt")
    [outcome] = score_many([str(tmp_path / "pipe.txt")], workers=1, timeout=20)
    assert outcome.failure is not None
    assert (outcome.failure.code, outcome.sha256) == ("R006", "")
