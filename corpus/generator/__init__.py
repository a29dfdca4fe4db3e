"""Multiplies the forms of the written corpus: ``python -m corpus.generator FOLDER [--count N] [--seed N]``.

Templates over a lexicon, figures drawn so that every verdict occurs, distractors between them. What it writes is a
corpus folder of its own (documents, gold, spans, index), kept apart from the written documents so that its worth can be
measured. All of it is of split ``train``. The same seed gives the same documents.
"""

from __future__ import annotations

import random
from pathlib import Path

from corpus.generator.forms import FORMS
from corpus.tools.compile import entry, lines, spans
from corpus.tools.marks import Marked, compile_document

SEED = 11


def marked(number: int, seed: int = SEED) -> tuple[str, str]:
    """Name and marked text of one generated document."""
    dice = random.Random(f"{seed}:{number}")
    form = sorted(FORMS)[number % len(FORMS)]
    return f"g-{number:04d}-{form}", FORMS[form](dice)


def documents(count: int, seed: int = SEED) -> list[Marked]:
    """``count`` compiled documents."""
    return [compile_document(*marked(number, seed)) for number in range(count)]


def write(folder: Path, count: int = 200, seed: int = SEED) -> None:
    """Writes a corpus folder."""
    made = documents(count, seed)
    for part in ("documents", "gold", "spans"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for document in made:
        (folder / "documents" / f"{document.name}.txt").write_text(document.text, encoding="utf-8")
        (folder / "gold" / f"{document.name}.gold.jsonl").write_text(lines(document.rows), encoding="utf-8")
        (folder / "spans" / f"{document.name}.spans.jsonl").write_text(lines(spans(document)), encoding="utf-8")
    (folder / "index-generated.jsonl").write_text(lines([entry(document) for document in made]), encoding="utf-8")
