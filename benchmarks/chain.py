"""One core: the whole chain, each of its stages and ``find_quantities``, the peers beside them on the same text."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measure import best
from benchmarks.peers import PEERS
from benchmarks.stages import STAGES, clocked
from benchmarks.table import Table
from benchmarks.texts import Documents

PEER_CHARS = 60_000
"""The slowest peer does some 10,000 characters a second; every peer gets the same sample."""


def run(sets: list[Documents], peer_python: str | None) -> list[Table]:
    """Tables: the chain over each set of documents, the stages, and the peers."""
    import indicators

    indicators.score_text("2022年全市新增企业12家，完成目标10家的120%。")
    chain = Table(
        "The whole chain on one core", ("documents", "files", "characters", "chars/s", "documents/min", "rows")
    )
    stages = Table(
        "Where the chain's time goes",
        ("stage", *[f"{s.name}: share" for s in sets], *[f"{s.name}: chars/s" for s in sets]),
    )
    shares: dict[str, list[tuple[float, float]]] = {}
    for some in sets:
        rows = sum(len(indicators.score(path).rows()) for path in some.paths)
        seconds = best(lambda some=some: [indicators.score(path) for path in some.paths])  # type: ignore[misc]
        chain.add(some.name, len(some.paths), some.chars, some.chars / seconds, 60 * len(some.paths) / seconds, rows)
        with clocked() as clock:
            for path in some.paths:
                indicators.score(path)
        total = sum(clock.seconds.values())
        for stage in (*STAGES, "quantities"):
            spent = clock.seconds.get(stage, 0.0)
            shares.setdefault(stage, []).append((spent / total, some.chars / spent if spent else 0.0))
    for stage, parts in shares.items():
        label = "find_quantities (within extract)" if stage == "quantities" else stage
        stages.add(label, *[f"{100 * share:.0f} %" for share, _ in parts], *[speed for _, speed in parts])
    return [chain, stages, peers(sets, peer_python)]


def sample(sets: list[Documents]) -> str:
    """Whole documents of every set in turn, up to :data:`PEER_CHARS`."""
    chosen: list[str] = []
    queues = [list(some.texts) for some in sets]
    while any(queues) and sum(map(len, chosen)) < PEER_CHARS:
        chosen.extend(queue.pop(0) for queue in queues if queue)
    return "\n".join(chosen)


def peers(sets: list[Documents], peer_python: str | None) -> Table:
    """Ours and theirs over one sample of text, one after the other."""
    import indicators
    from indicators.readers import read_text

    text = sample(sets)
    lines = [line for line in text.splitlines() if line.strip()]
    table = Table(
        f"Beside the peers: one text of {len(text):,} characters, one core, one after the other",
        ("what runs", "chars/s", "times Recognizers-Text", "found", "first answer s", "MiB"),
    )
    whole = best(lambda: _chain_over(text))
    found = sum(len(indicators.find_quantities(line)) for line in lines)
    quantities = best(lambda: [indicators.find_quantities(line) for line in lines])
    read_text(text)
    answers = [_peer(name, text, peer_python) for name in PEERS]
    base = next((a["chars"] / a["seconds"] for a in answers if "seconds" in a and "Recognizers" in a["name"]), None)

    def times(speed: float) -> str:
        return f"{speed / base:.1f}" if base else "–"

    rows = len(indicators.score_text(text).rows())
    table.add("**indicators: the whole chain**", len(text) / whole, times(len(text) / whole), f"{rows} rows", "", "")
    table.add("**indicators: find_quantities**", len(text) / quantities, times(len(text) / quantities), found, "", "")
    for answer in answers:
        if "absent" in answer:
            table.add(answer["name"], "not installed", "–", "–", "", "")
            continue
        speed = answer["chars"] / answer["seconds"]
        table.add(
            answer["name"], speed, times(speed), answer["found"], f"{answer['start']:.1f}", f"{answer['mib']:.0f}"
        )
    return table


def _chain_over(text: str) -> None:
    import indicators

    indicators.score_text(text)


def _peer(name: str, text: str, peer_python: str | None) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "text.txt")
        file.write_text(text, encoding="utf-8")
        command = [peer_python or sys.executable, str(Path(__file__).with_name("peers.py")), str(file), name]
        done = subprocess.run(command, capture_output=True, text=True, timeout=900)
    if done.returncode:
        return {"name": name, "absent": done.stderr.strip().splitlines()[-1]}
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer
