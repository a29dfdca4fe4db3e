"""``python -m benchmarks.quantities [--peers /path/to/python] [--text FILE ...] [--chars N]``.

Every contender runs in a process of its own, one after the other, over the same text and the same sixty quantities.
Peers live in an environment of their own, never among our dependencies::

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install recognizers-text-suite "emoji<2" jionlp jieba edsnlp

A peer that is not installed is skipped, and the table says so.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def default_texts() -> list[Path]:
    """Reports beside the repository where they are, else the documents of our own corpus."""
    shared = Path(os.environ.get("INDICATORS_SHARED", ROOT.parent / "shared"))
    texts = sorted((shared / "reports").glob("state-council/*.txt"))
    return texts or sorted((ROOT / "corpus" / "documents").glob("*.txt"))


def run(python: str, name: str, text: Path) -> dict[str, float | str]:
    command = [python, str(HERE / "worker.py"), name, str(text), str(HERE / "cases.txt")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if not lines:
        return {"name": name, "absent": (done.stderr.strip().splitlines() or ["no answer"])[-1]}
    told: dict[str, float | str] = json.loads(lines[-1])
    return told


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quantities", description=__doc__)
    parser.add_argument("--peers", default=os.environ.get("PEERS_PYTHON", "/tmp/peers/bin/python"))
    parser.add_argument("--text", nargs="*", type=Path)
    parser.add_argument("--chars", type=int, default=100_000, help="read no more than this of the text")
    options = parser.parse_args()
    text = "\n".join(path.read_text(encoding="utf-8") for path in options.text or default_texts())[: options.chars]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "text.txt"
        file.write_text(text, encoding="utf-8")
        pythons = {"indicators": sys.executable}
        names = ["indicators", "Recognizers-Text", "JioNLP", "jieba.posseg", "EDS-NLP"]
        rows = []
        for name in names:
            python = pythons.get(name, options.peers)
            if not Path(python).exists():
                rows.append({"name": name, "absent": f"no Python at {python}"})
                continue
            rows.append(run(python, name, file))
    print(f"{len(text):,} characters, one process each, CPU seconds of that process\n")
    print("| | characters a second | cold start s | peak MiB | found | of 60 right | figure only | of 30 false |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    base = next((row for row in rows if row["name"] == "indicators"), {})
    for row in rows:
        if "absent" in row:
            print(f"| {row['name']} | skipped: {row['absent']} | | | | | | |")
            continue
        speed = float(row["chars"]) / float(row["cpu"])
        print(
            f"| {row['name']} | {speed:,.0f} | {float(row['cold']):.2f} | {float(row['mib']):.0f} | {row['found']} "
            f"| {row['right']} | {row['figure']} | {row['false']} |"
        )
    print()
    for row in rows[1:]:
        if "absent" not in row and base:
            ratio = (float(base["chars"]) / float(base["cpu"])) / (float(row["chars"]) / float(row["cpu"]))
            print(f"indicators reads {ratio:.1f} times as fast as {row['name']}")


if __name__ == "__main__":
    main()
