"""score_batch: the same rows as on one machine, wherever it runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
import run_standin

from indicators.errors import UsageError
from indicators.export.frames import to_arrow
from indicators.run import batch_schema, score_batch
from indicators.run.watched import score_watched

RAY_SCRIPT = Path(__file__).with_name("run_on_ray.py")
SPARK_SCRIPT = Path(__file__).with_name("run_on_spark.py")


@pytest.fixture
def paths(tmp_path: Path) -> list[str]:
    """Six documents, one of them bad."""
    found = []
    for number in range(6):
        path = tmp_path / f"报告{number}.txt"
        path.write_text(
            f"@year 2022\n企业,10,{number}\n项目,3,{number}\n" if number != 2 else "@limit x\n", encoding="utf-8"
        )
        found.append(str(path))
    return found


def expected(paths: list[str]) -> pa.Table:
    return to_arrow([run_standin.score(path) for path in paths if "报告2" not in path])


def test_rows_and_failures(paths: list[str]) -> None:
    table = score_batch(pa.table({"path": paths}), scorer=run_standin.score)
    assert table.schema == batch_schema()
    good = table.filter(pa.compute.is_null(table["error_code"]))
    assert good.select(expected(paths).column_names).to_pylist() == expected(paths).to_pylist()
    [bad] = table.filter(pa.compute.is_valid(table["error_code"])).to_pylist()
    assert (bad["source"], bad["error_stage"], bad["error_code"]) == (paths[2], "readers", "R100")
    assert bad["error_message"] == "too long"
    assert bad["indicator"] is None


def test_content_instead_of_paths(paths: list[str]) -> None:
    far = [f"s3://bucket/{Path(path).name}" for path in paths]
    contents = [Path(path).read_bytes() for path in paths]
    table = score_batch(pa.table({"path": far, "bytes": contents}), scorer="run_standin:score", as_of="2021-06-30")
    assert set(table["source"].to_pylist()) == set(far)
    near = score_batch(pa.table({"path": paths}), scorer="run_standin:score", as_of="2021-06-30")
    assert table.drop_columns("source").slice(0, 4) == near.drop_columns("source").slice(0, 4)
    assert set(table["as_of"].to_pylist()) == {"2021-06-30", None}


def test_under_a_time_limit_the_rows_are_the_same(paths: list[str]) -> None:
    here = score_batch(pa.table({"path": paths}), scorer="run_standin:score", as_of="2021-06-30")
    watched = score_batch(pa.table({"path": paths}), scorer="run_standin:score", as_of="2021-06-30", timeout=60)
    assert watched == here
    far = [f"s3://{number}/报告.txt" for number in range(len(paths))]
    contents = [Path(path).read_bytes() for path in paths]
    table = score_batch(pa.table({"path": far, "bytes": contents}), scorer="run_standin:score", timeout=60)
    assert list(dict.fromkeys(table["source"].to_pylist())) == far


def test_a_document_that_hangs_or_kills_costs_only_itself(paths: list[str]) -> None:
    Path(paths[1]).write_text("@sleep 600\n", encoding="utf-8")
    Path(paths[4]).write_text("@exit 3\n", encoding="utf-8")
    table = score_batch(pa.table({"path": paths}), scorer=run_standin.score, timeout=1)
    codes = dict(zip(table["source"].to_pylist(), table["error_code"].to_pylist(), strict=True))
    assert [codes[path] for path in paths] == [None, "B001", "R100", None, "B002", None]


def test_the_second_process_waits_for_the_next_batch(paths: list[str]) -> None:
    good = [path for path in paths if "报告2" not in path]
    pids = {outcome.result for _ in range(2) for outcome in score_watched(good, run_standin.pid, None, 60)}
    assert len(pids) == 1
    assert os.getpid() not in pids


def test_no_documents_and_no_paths() -> None:
    empty = score_batch(pa.table({"path": pa.array([], pa.string())}), scorer=run_standin.score)
    assert (empty.num_rows, empty.schema) == (0, batch_schema())
    with pytest.raises(UsageError, match="timeout must be more than 0"):
        score_batch(pa.table({"path": ["a"]}), scorer=run_standin.score, timeout=0)
    with pytest.raises(UsageError, match="no column 'path'"):
        score_batch(pa.table({"file": ["a"]}))


def _python_with(module: str, variable: str) -> str:
    """This interpreter, or the one that the variable names, when it has ``module``; else the test is skipped."""
    python = os.environ.get(variable, sys.executable)
    if subprocess.run([python, "-c", f"import {module}"], capture_output=True).returncode:
        pytest.skip(f"{module} is not installed (set {variable} to a Python that has it)")
    return python


def _run(python: str, script: Path, folder: Path) -> str:
    root = Path(__file__).parents[2]
    path = os.pathsep.join([str(root), str(script.parent)])
    done = subprocess.run(
        [python, str(script), str(folder)],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout.splitlines()[-1]


def test_two_ray_nodes_give_the_rows_of_the_local_run(paths: list[str], tmp_path: Path) -> None:
    python = _python_with("ray.data", "INDICATORS_RAY_PYTHON")
    assert _run(python, RAY_SCRIPT, tmp_path) == "2 nodes worked, 10 rows and 1 failure as on one machine"


def test_the_spark_recipe_gives_the_rows_of_the_local_run(paths: list[str], tmp_path: Path) -> None:
    if shutil.which("java") is None:
        pytest.skip("Java is not installed")
    python = _python_with("pyspark", "INDICATORS_SPARK_PYTHON")
    assert _run(python, SPARK_SCRIPT, tmp_path) == "10 rows and 1 failure as on one machine"
