"""Ten minutes of documents, one in ten hostile: ``python -m benchmarks.soak [--minutes 10] [--hostile FOLDER]``.

Nothing may crash, every hostile document comes back (scored or with a failure of ours), memory must not creep.
The hostile ones are made here, one for each way in which a file can be bad; a folder of readers' fixtures adds to them.
Ends with exit status 1 where something went wrong.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Watch
from benchmarks.texts import sets
from indicators.run import Outcome, score_many
from indicators.run.local import usable_cores
from indicators.schema.report import Report


def hostile_files(folder: Path) -> list[str]:
    """Files that are empty, binary, cut short, mislabelled, deeply nested, endless or made to explode."""
    chance = random.Random(8)
    noise = bytes(chance.randrange(256) for _ in range(200_000))
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 300_000_000)
        archive.writestr("[Content_Types].xml", b"<Types/>")
    sheets = io.BytesIO()
    with zipfile.ZipFile(sheets, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook")
    entities = (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % (98 + n, *[97 + n] * 8) for n in range(12))
        + b"]><a>&m;</a>"
    )
    contents: dict[str, bytes] = {
        "empty.txt": b"",
        "blank.txt": b" \n\t\r\n" * 1000,
        "noise.txt": noise,
        "noise.pdf": b"%PDF-1.7\n" + noise,
        "noise.docx": b"PK\x03\x04" + noise,
        "noise.xlsx": noise,
        "cut.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]>>endobj",
        "bomb.docx": bomb.getvalue(),
        "cut.xlsx": sheets.getvalue()[:-20],
        "nothing.xlsx": sheets.getvalue(),
        "entities.html": entities,
        "nested.html": b"<html><body>" + b"<div>" * 50_000 + "新增企业12家".encode() + b"</div>" * 50_000,
        "tables.html": b"<table><tr><td>" * 3000 + b"1",
        "spans.html": "<table><tr><td rowspan=99999999 colspan=99999999>新增企业12家</td></tr></table>".encode(),
        "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise,
        "zeros.txt": b"\x00" * 500_000,
        "digits.txt": b"1" * 1_000_000,
        "wan.txt": ("万" * 300_000).encode(),
        "brackets.txt": ("（" * 300_000).encode(),
        "ranges.txt": ("1-" * 300_000).encode(),
        "line.txt": ("新增企业12家，" * 100_000).encode(),
        "numbers.txt": "\n".join(f"{n}." for n in range(50_000)).encode(),
        "commas.csv": b"," * 1_000_000,
        "quotes.csv": b'"' * 500_001,
        "wide.csv": ("项目," * 50_000 + "\n" + "1," * 50_000).encode(),
        "half.txt": "全年新增企业十二家。".encode()[:-4] + b"\xff\xfe\x00",
        "utf16.txt": "新增企业12家。".encode("utf-16"),
        "control.txt": ("新增\x1b[31m企业\x00\x07\u202e12家\u200b" * 2000).encode(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return sorted(str(folder / name) for name in contents)


def stream(good: list[str], bad: list[str], seconds: float) -> Iterator[str]:
    """Good ones with a bad one in every ten, until the time is over."""
    until = time.monotonic() + seconds
    number = 0
    while time.monotonic() < until:
        number += 1
        yield bad[number // 10 % len(bad)] if number % 10 == 0 else good[number % len(good)]


def main() -> int:
    """Runs, prints what happened, and returns 1 where the library was at fault."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--workers", type=int, default=usable_cores())
    parser.add_argument("--timeout", type=float, default=60.0)
    parser.add_argument("--hostile", type=Path, help="a folder with more hostile files")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="indicators-soak-") as folder:
        bad = hostile_files(Path(folder))
        if args.hostile is not None:
            bad += sorted(str(path) for path in args.hostile.rglob("*") if path.is_file())
        good = [str(path) for some in sets() for path in some.paths]
        with Watch() as watch:
            outcomes = score_many(stream(good, bad, args.minutes * 60), workers=args.workers, timeout=args.timeout)
            return report(outcomes, set(bad), watch)


def report(outcomes: Iterator[Outcome[Report]], bad: set[str], watch: Watch) -> int:
    """Counts outcomes and judges them."""
    counts: Counter[str] = Counter()
    faults: dict[str, str] = {}
    slowest: dict[str, float] = {}
    for outcome in outcomes:
        kind = "hostile" if outcome.path in bad else "good"
        how = "scored" if outcome.failure is None else outcome.failure.code
        counts[f"{kind} {how}"] += 1
        name = Path(outcome.path).name
        slowest[name] = max(slowest.get(name, 0.0), outcome.seconds)
        if outcome.failure is not None and (kind == "good" or outcome.failure.code in ("B001", "B002", "E999", "R009")):
            faults[name] = f"{outcome.failure.stage} {outcome.failure.code}: {outcome.failure.message}"
    print(f"{sum(counts.values()):,} documents")
    for what, count in sorted(counts.items()):
        print(f"  {count:7,} {what}")
    print("slowest:", ", ".join(f"{n} {s:.1f} s" for n, s in sorted(slowest.items(), key=lambda i: -i[1])[:6]))
    settled = watch.samples[len(watch.samples) // 4 :]
    halves = settled[: len(settled) // 2], settled[len(settled) // 2 :]
    for place, label in ((1, "this process"), (2, "largest worker")):
        first, last = (sorted(s[place] for s in half)[len(half) // 2] if half else 0.0 for half in halves)
        print(f"memory of {label}: median {first:.0f} MiB in the first half, {last:.0f} MiB in the second")
    for name, fault in sorted(faults.items()):
        print(f"FAULT {name}: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
