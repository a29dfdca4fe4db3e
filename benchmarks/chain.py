"""One core: the whole chain, each of its stages and ``find_quantities``, the peers beside them on the same text."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measure import best
from benchmarks.quantities import __main__ as quantities
from benchmarks.stages import STAGES, clocked
from benchmarks.table import Table
from benchmarks.texts import Documents

PEERS = ("Recognizers-Text", "JioNLP", "jieba.posseg", "EDS-NLP")
PEER_CHARS = 60_000
"""The slowest peer does some 10,000 characters a second; every peer gets the same sample."""


def run(sets: list[Documents], peer_python: str | None) -> list[Table]:
    """Tables: the chain over each set of documents, the stages, and the peers."""
    import indicators

    indicators.score_text("2022年全市新增企业12家，完成目标10家的120%。")
    head = ("documents", "files", "characters", "chars/s", "documents/min", "rows")
    chain = Table("The whole chain on one core (CPU seconds)", head)
    columns = ("stage", *[f"{s.name}: share" for s in sets], *[f"{s.name}: chars/s" for s in sets])
    stages = Table("Where the chain's time goes", columns)
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
    texts = {"all sets in turn": sample(sets), f"{sets[-1].name} alone": sample(sets[-1:])}
    return [chain, stages, *(peers(name, text, peer_python) for name, text in texts.items())]


def sample(sets: list[Documents]) -> str:
    """Whole documents of every set in turn, up to :data:`PEER_CHARS`."""
    chosen: list[str] = []
    queues = [list(some.texts) for some in sets]
    while any(queues) and sum(map(len, chosen)) < PEER_CHARS:
        chosen.extend(queue.pop(0) for queue in queues if queue)
    return "\n".join(chosen)


def peers(name: str, text: str, peer_python: str | None) -> Table:
    """Ours and theirs over one sample of text, one after the other, each of theirs in a process of its own."""
    import indicators

    table = Table(
        f"Beside the peers: {name}, {len(text):,} characters, one core, one after the other, CPU seconds",
        ("what runs", "chars/s", "times Recognizers-Text", "found", "first answer s"),
    )
    digits = re.compile(r"\d+(?:\.\d+)?")
    answers: list[dict[str, Any]] = [
        {"name": "**indicators: the whole chain**", "cpu": best(lambda: indicators.score_text(text))},
        {"name": "bare regex, digits only (the floor)", "cpu": best(lambda: digits.findall(text))},
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "text.txt")
        file.write_text(text, encoding="utf-8")
        for who, python in {"indicators": sys.executable, **dict.fromkeys(PEERS, peer_python)}.items():
            answers.append(dict(quantities.run(python, who, file)) if python else {"name": who, "absent": True})
    answers[2]["name"] = "**indicators: find_quantities**"
    answers[0]["found"] = f"{len(indicators.score_text(text).rows())} rows"
    answers[1]["found"] = len(digits.findall(text))
    base = next((len(text) / a["cpu"] for a in answers if a["name"] == PEERS[0] and "cpu" in a), None)
    for answer in answers:
        if "cpu" not in answer:
            table.add(f"{answer['name']} (skipped: not installed, see --peers)", *["–"] * 4)
            continue
        speed = len(text) / answer["cpu"]
        start = f"{answer['cold']:.1f}" if "cold" in answer else ""
        table.add(answer["name"], speed, f"{speed / base:.1f}" if base else "–", answer["found"], start)
    return table
