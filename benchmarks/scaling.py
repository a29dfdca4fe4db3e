"""More workers must mean more speed, more documents neither more time nor more memory for each of them."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from benchmarks.measure import Watch
from benchmarks.table import Table
from benchmarks.texts import Documents
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
        paths = multiplied(some, count, Path(folder, "in"))
        for workers in (1, 2, 4):
            with Watch() as watch:
                begun = time.perf_counter()
                summary = run_batch(paths, Path(folder, f"out{workers}"), workers=workers)
                seconds = time.perf_counter() - begun
            if summary.failed:
                raise RuntimeError(f"{summary.failed} documents failed: {summary.codes}")
            base = base or seconds
            parent, worker = watch.peak()
            table.add(workers, seconds, 60 * count / seconds, chars / seconds, base / seconds, parent, worker)
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
            paths = multiplied(some, count, Path(folder, "in"))
            with Watch() as watch:
                begun = time.perf_counter()
                summary = run_batch(paths, Path(folder, "out"), workers=workers)
                seconds = time.perf_counter() - begun
            disk = sum(f.stat().st_size for f in Path(folder, "out").rglob("*") if f.is_file()) / 2**20
            parent, worker = watch.peak()
            table.add(count, seconds, 1000 * seconds / count, summary.rows, parent, worker, disk)
            shutil.rmtree(Path(folder, "in"))
    return table
