"""More workers must mean more speed, more documents neither more time nor more memory for each of them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.measure import Watch
from benchmarks.table import Table
from benchmarks.texts import ROOT, Documents
from indicators.export import frames
from indicators.run import run_batch
from indicators.run.local import usable_cores


def multiplied(some: Documents, count: int, folder: Path) -> list[str]:
    """``count`` files: the documents over and over, each under a name of its own."""
    folder.mkdir(parents=True)
    paths = []
    for number in range(count):
        origin = some.paths[number % len(some.paths)]
        path = folder / f"{number:06}-{origin.name}"
        path.write_bytes(origin.read_bytes())
        paths.append(str(path))
    return paths


@dataclass(frozen=True, slots=True)
class Run:
    """What a run took."""

    seconds: float
    rows: int
    parent: float
    """Peak MiB of the process that leads it."""
    worker: float
    """Peak MiB of the largest of the others."""


def run(folder: Path, out: Path, workers: int) -> Run:
    """Scores a folder in a process of its own: the server of an earlier run would have the pipeline loaded."""
    command = [sys.executable, "-m", "benchmarks.scaling", str(folder), str(out), str(workers)]
    return Run(**json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout))


def main(folder: str, out: str, workers: str) -> None:
    """The process of :func:`run`."""
    frames.arrow_schema()  # what the leading process imports is not the workers' time
    with Watch() as watch:
        begun = time.perf_counter()
        summary = run_batch(sorted(map(str, Path(folder).iterdir())), out, workers=int(workers))
        seconds = time.perf_counter() - begun
    if summary.failed:
        raise RuntimeError(f"{summary.failed} documents failed: {summary.codes}")
    print(json.dumps(asdict(Run(seconds, summary.rows, *watch.peak()))))


def by_workers(some: Documents, count: int) -> Table:
    """The same documents with 1, 2 and 4 workers."""
    table = Table(
        f"Workers: {count:,} documents ({some.name}), starting the processes included",
        ("workers", "seconds", "documents/min", "chars/s", "times one worker", "MiB parent", "MiB largest worker"),
        note=f"{usable_cores()} cores were usable.",
    )
    base = None
    chars = sum(len(some.texts[n % len(some.texts)]) for n in range(count))
    with tempfile.TemporaryDirectory(prefix="indicators-bench-") as folder:
        multiplied(some, count, Path(folder, "in"))
        for workers in (1, 2, 4):
            took = run(Path(folder, "in"), Path(folder, f"out{workers}"), workers)
            base = base or took.seconds
            speeds = 60 * count / took.seconds, chars / took.seconds, base / took.seconds
            table.add(workers, took.seconds, *speeds, took.parent, took.worker)
    return table


def by_documents(some: Documents, counts: list[int]) -> Table:
    """From 10 to 10,000 documents with all cores."""
    workers = min(4, usable_cores())
    table = Table(
        f"Growth: {workers} workers, {some.name} over and over",
        ("documents", "seconds", "ms a document", "rows", "MiB parent", "MiB largest worker", "MiB on disk"),
        note="The first rows hold the start of the processes; memory is the peak of resident memory.",
    )
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="indicators-bench-") as folder:
            multiplied(some, count, Path(folder, "in"))
            took = run(Path(folder, "in"), Path(folder, "out"), workers)
            disk = sum(f.stat().st_size for f in Path(folder, "out").rglob("*") if f.is_file()) / 2**20
            each = 1000 * took.seconds / count
            table.add(count, took.seconds, each, took.rows, took.parent, took.worker, disk)
            shutil.rmtree(Path(folder, "in"))
    return table


if __name__ == "__main__":
    main(*sys.argv[1:])
