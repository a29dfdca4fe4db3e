"""A run killed at random moments gives the rows of an unbroken one: ``python -m benchmarks.kills [--documents 10000]``.

Both runs are ``indicators batch`` over the corpus multiplied, the real chain; the second is killed with SIGKILL
``--kills`` times and resumed. All rows are compared, and the processes left behind are counted. Exit status 1 where
anything differs.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import children, resident
from benchmarks.scaling import multiplied
from benchmarks.texts import sets


def batch(folder: Path, out: Path, *options: str) -> list[str]:
    """The command line of a run."""
    return [sys.executable, "-m", "indicators", "batch", str(folder), str(out), *options]


def main() -> int:
    """Runs both and compares."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    args = parser.parse_args()
    print(f"seed {args.seed}")
    with tempfile.TemporaryDirectory(prefix="indicators-kills-") as name:
        folder = Path(name)
        multiplied(sets()[0], args.documents, folder / "in")
        begun = time.monotonic()
        subprocess.run(batch(folder / "in", folder / "whole"), check=True)
        seconds = time.monotonic() - begun
        moments = random.Random(args.seed)
        left_behind = 0
        for _ in range(args.kills):
            run = subprocess.Popen(batch(folder / "in", folder / "killed", "--resume"))
            at = moments.uniform(1, seconds / (args.kills - 1))
            try:
                run.wait(at)
            except subprocess.TimeoutExpired:
                workers = children(run.pid)
                run.kill()
                run.wait()
                left_behind += _left(workers)
                done = _lines(folder / "killed/manifest.jsonl")
                print(f"killed after {at:.1f} s with {len(workers)} processes, {done:,} documents done")
        subprocess.run(batch(folder / "in", folder / "killed", "--resume"), check=True)
        same = _differences(folder / "whole", folder / "killed")
        shutil.rmtree(folder / "in")
    print(f"{left_behind} processes left behind; {same}")
    return 0 if left_behind == 0 and same.endswith("none differs") else 1


def _left(pids: list[int]) -> int:
    """How many of the processes have not ended by themselves within half a minute."""
    until = time.monotonic() + 30
    while (alive := sum(resident(pid) > 0 for pid in pids)) and time.monotonic() < until:
        time.sleep(0.2)
    return alive


def _lines(file: Path) -> int:
    return file.read_bytes().count(b"\n") if file.exists() else 0


def _differences(one: Path, other: Path) -> str:
    import duckdb

    def rows(out: Path) -> str:
        return f"(SELECT * FROM '{out}/rows/*/*.parquet')"

    connection = duckdb.connect()
    counts = [connection.execute(f"SELECT count(*) FROM {rows(out)}").fetchone() for out in (one, other)]
    differing = 0
    for left, right in ((one, other), (other, one)):
        [found] = connection.execute(f"SELECT count(*) FROM ({rows(left)} EXCEPT ALL {rows(right)})").fetchone() or (0,)
        differing += found
    shown = " and ".join(f"{count[0]:,}" for count in counts if count)
    manifests = {out: sorted((out / "manifest.jsonl").read_text().splitlines()) for out in (one, other)}
    if _names(manifests[one]) != _names(manifests[other]):
        return f"{shown} rows, the manifests name different documents"
    return f"{shown} rows, {'none differs' if differing == 0 else f'{differing:,} differ'}"


def _names(lines: list[str]) -> list[str]:
    import json

    return sorted(json.loads(line)["path"] for line in lines)


if __name__ == "__main__":
    sys.exit(main())
