"""Reads annotated documents (the written corpus, a generator's output, a user's own folder) and labels the chain's own
mentions and candidate pairs with them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from indicators.errors import ReadError
from indicators.extract.model import Mention
from indicators.learning.around import Said

Row = dict[str, Any]
Offsets = tuple[int, int]
FIRST_MET = "first_met.jsonl"


@dataclass(frozen=True, slots=True)
class Document:
    """One annotated document; ``spans`` are marked figures with their roles, ``gold`` its rows."""

    name: str
    path: Path
    form: str
    split: str
    family: str
    as_of: date | None
    gold: tuple[Row, ...]
    spans: tuple[Row, ...]
    origin: str = "written"
    targets: dict[Offsets, tuple[Offsets, ...]] = field(default_factory=dict)
    """Offsets of every marked target with the offsets of the actuals that answer it."""
    first_met: dict[Offsets, Said] = field(default_factory=dict)
    """What the rules said of its figures before anyone had read it; empty where nobody wrote it down."""


def read_lines(path: Path) -> tuple[Row, ...]:
    if not path.is_file():
        return ()
    return tuple(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def load(folder: Path, splits: Iterable[str], *, origin: str = "written") -> list[Document]:
    """The documents of a corpus folder that belong to ``splits``; raises :class:`ReadError` where it is no corpus."""
    indexes = sorted(folder.glob("index-*.jsonl"))
    if not indexes:
        raise ReadError("no corpus: index-*.jsonl is missing", path=str(folder), hint="see corpus/README.md")
    wanted, found = set(splits), []
    first_met = read_first_met(folder / FIRST_MET)
    for entry in (entry for path in indexes for entry in read_lines(path)):
        if entry["split"] not in wanted:
            continue
        name = entry["name"]
        gold = read_lines(folder / "gold" / f"{name}.gold.jsonl")
        found.append(
            Document(
                name=name,
                path=folder / "documents" / f"{name}.txt",
                form=entry["form"],
                split=entry["split"],
                family=entry.get("family") or name,
                as_of=None,
                gold=gold,
                spans=read_lines(folder / "spans" / f"{name}.spans.jsonl"),
                origin=origin,
                targets=_answers(gold),
                first_met=first_met.get(name, {}),
            )
        )
    return found


def read_first_met(path: Path) -> dict[str, dict[Offsets, Said]]:
    """What the rules said of figures at first, by document and offsets."""
    return {
        line["name"]: {(start, end): Said(role, rule) for start, end, role, rule in line["figures"]}
        for line in read_lines(path)
    }


def _answers(gold: Sequence[Row]) -> dict[Offsets, tuple[Offsets, ...]]:
    found: dict[Offsets, tuple[Offsets, ...]] = {}
    for row in gold:
        if row.get("target_span"):
            at = (row["target_span"][0], row["target_span"][1])
            answers = tuple((a, b) for a, b in row.get("actual_spans") or ())
            found[at] = found.get(at, ()) + answers
    return found


def fingerprint(documents: Sequence[Document]) -> str:
    """A hash of texts and annotations, so that weights can say what they were trained on."""
    digest = hashlib.sha256()
    for document in sorted(documents, key=lambda d: (d.origin, d.name)):
        digest.update(document.name.encode())
        digest.update(document.path.read_bytes())
        digest.update(json.dumps([document.gold, document.spans], ensure_ascii=False, sort_keys=True).encode())
    return digest.hexdigest()[:16]


def role_label(mention: Mention, document: Document) -> str:
    """target, actual or none: what the annotation makes of the figure; the rule's own reading where it marks both."""
    start, end = mention.span
    marked = {s["role"] for s in document.spans if s["start"] < end and start < s["end"]}
    if mention.role in marked:
        return mention.role if mention.role in ("target", "actual") else "none"
    return "target" if "target" in marked else "actual" if "actual" in marked else "none"


def pair_label(target: Mention, actual: Mention, document: Document) -> bool | None:
    """Whether the annotation links the two; ``None`` where the target is not annotated."""
    answers = _of_target(target.span, document)
    if answers is None:
        return None
    start, end = actual.span
    return any(a < end and start < b for a, b in answers)


def _of_target(span: Offsets, document: Document) -> tuple[Offsets, ...] | None:
    for (start, end), answers in document.targets.items():
        if start < span[1] and span[0] < end:
            return answers
    return None


def folds(documents: Sequence[Document], count: int, *, by_form: bool = False) -> list[set[str]]:
    """Names of the documents of each fold: families stay together, forms and sizes are spread evenly.

    ``by_form`` keeps whole forms together instead, so that a fold's forms are new to the other folds.
    """
    families: dict[str, list[Document]] = {}
    for document in documents:
        families.setdefault(document.form if by_form else document.family, []).append(document)
    ordered = sorted(families.values(), key=lambda f: (f[0].form, -sum(len(d.gold) for d in f), f[0].name))
    found: list[set[str]] = [set() for _ in range(count)]
    for index, family in enumerate(ordered):
        found[index % count].update(document.name for document in family)
    return found
