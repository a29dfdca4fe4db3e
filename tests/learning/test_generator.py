"""Generated documents: the same for the same seed, annotated without fault, with every verdict."""

from __future__ import annotations

from pathlib import Path

from corpus.generator import documents, marked, write
from corpus.generator.forms import FORMS
from corpus.tools.validate import row_faults, squash
from models.dataset import load

COUNT = 60


def test_the_same_seed_gives_the_same_documents() -> None:
    assert [marked(n, 5) for n in range(12)] == [marked(n, 5) for n in range(12)]
    assert marked(0, 5) != marked(0, 6)


def test_every_row_agrees_with_its_document() -> None:
    faults = [
        (document.name, row["indicator"], fault)
        for document in documents(COUNT)
        for row in document.rows
        for fault in row_faults(row, document.text, squash(document.text), float(document.header["share"]))
    ]
    assert faults == []


def test_every_form_and_verdict_occurs() -> None:
    made = documents(COUNT)
    assert {document.header["form"].removeprefix("generated-") for document in made} == set(FORMS)
    verdicts = {row["verdict"] for document in made for row in document.rows}
    assert verdicts >= {"exceeded", "met", "missed", "on_track", "behind", "unreported", None}
    roles = {role for document in made for span in document.spans for role, _ in span.roles}
    assert roles >= {"target", "actual", "baseline", "rank", "scope", "limit", "other"}


def test_what_is_written_is_a_corpus_folder(tmp_path: Path) -> None:
    write(tmp_path, count=6)
    found = load(tmp_path, ["train"], origin="generated")
    assert len(found) == 6
    assert all(document.gold and document.spans for document in found)
    assert load(tmp_path, ["dev", "test"]) == []
    at, answers = next((at, answers) for d in found for at, answers in d.targets.items() if answers)
    assert at not in answers
