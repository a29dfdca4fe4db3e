"""The extent of an indicator's name as something to be decided: rows with candidate windows, held against the gold.

A decision is a row whose figure is that of an annotated row. Annotated names are often restored or shortened, so what
counts is the contract's own likeness of names (shared pairs of characters, the column ``indicator_name``); the gold
marks no spans of names. A decision is right where no candidate is more like the annotated name than what was chosen.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from indicators import pipeline
from indicators.judging import assess
from indicators.linking.model import Pair

from . import hooks, scoring
from .dataset import Document
from .examples import Example
from .kinds import KINDS, Decider, Stopwatch, taught
from .windows import extent_features

LEAST_GAIN = 0.02
"""A candidate is better than the rules' name where it is more alike by this much."""
SURE = (0.5, 0.6, 0.7, 0.8, 0.9)
"""The rules' name stays unless a candidate's chance to be better is higher than the best of these."""
NEGATIVES = {"linear": 5, "boosted": 5, "spacy": 1}
"""Candidates no better than the rules' name that are learned from for each row, drawn by chance: there are twenty."""
_SAME = 1e-9


@dataclass(slots=True)
class Naming:
    """One row: the rules' name and the candidates. ``gold`` is ``None`` where the row is not annotated."""

    row: int
    rules: str
    gold: str | None
    examples: list[Example] = field(default_factory=list)
    """One for each candidate; ``info["text"]`` is the name, ``info["alike"]`` how like the annotated one it is."""

    @property
    def likeness(self) -> float:
        """Of the rules' name."""
        return scoring.likeness(self.gold, self.rules)

    @property
    def oracle(self) -> float:
        """Of the best candidate, the rules' own name among them."""
        return max([self.likeness, *(float(e.info["alike"]) for e in self.examples)])

    def chosen(self, chances: Sequence[Mapping[str, float]], sure: float) -> str:
        """The surest candidate where its chance is above ``sure``, or the rules' name."""
        best = self.rules
        for example, chance in zip(self.examples, chances, strict=True):
            if chance.get("yes", 0.0) > sure:
                best, sure = example.info["text"], chance["yes"]
        return best


@dataclass(slots=True)
class Told:
    """The rows that the rules make of one document, and the names in them."""

    document: Document
    rows: list[dict[str, Any]]
    namings: list[Naming]


def told(documents: Sequence[Document], sources: Mapping[str, Any]) -> list[Told]:
    """Every document's rows with the candidates of each. Switch the model off around it."""
    found = []
    for document in documents:
        kept: list[Pair] = []
        with hooks.hooked(assessed=lambda pair, *_, kept=kept: kept.append(pair)):  # type: ignore[misc]
            report = pipeline.score_source(sources[document.name], as_of=document.as_of)
        rows = [row.model_dump(mode="json") for row in report.rows()]
        gold = _by_place(document)
        namings = [n for at, pair in enumerate(kept) if (n := _naming(at, pair, gold, document)) is not None]
        found.append(Told(document, rows, namings))
    return found


Places = dict[tuple[bool, int, int], str]


def _by_place(document: Document) -> Places:
    """The annotated names by whether the row has a target and where its figure stands; ambiguous rows left out."""
    found: Places = {}
    for row in document.gold:
        spans = [row["target_span"]] if row.get("target_span") else row.get("actual_spans") or []
        if spans and not row.get("ambiguous"):
            found[bool(row.get("target_span")), spans[0][0], spans[0][1]] = row["indicator"]
    return found


def _naming(at: int, pair: Pair, gold: Places, document: Document) -> Naming | None:
    lead = pair.target or (pair.actuals[0] if pair.actuals else None)
    if lead is None:
        return None
    start, end = lead.span
    with_target = pair.target is not None
    names = (name for (kind, a, b), name in gold.items() if kind == with_target and a < end and start < b)
    made = Naming(at, assess._shown(pair, lead), next(names, None))
    other = pair.actuals[0] if with_target and pair.actuals else None
    for window, features in extent_features(made.rules, lead, other):
        alike = scoring.likeness(made.gold, window.text) if made.gold is not None else 0.0
        front, behind = window.base[: window.start], window.base[window.end :]
        info = {"text": window.text, "alike": alike, "window": (made.rules, front[-6:], window.text, behind[:6])}
        made.examples.append(Example(features, "no", "no", document.name, info))
    if made.gold is not None:
        best, needed = made.oracle, made.likeness + LEAST_GAIN
        for example in made.examples:
            if example.info["alike"] >= max(best - _SAME, needed):
                example.label = "yes"
    return made


def sample(namings: Sequence[Naming], negatives: int, seed: int) -> list[Example]:
    """What is learned from: every better candidate, and for each row some that are not."""
    dice, found = random.Random(seed), []
    for naming in namings:
        if naming.gold is None:
            continue
        found += [e for e in naming.examples if e.label == "yes"]
        others = [e for e in naming.examples if e.label == "no"]
        found += others if len(others) <= negatives else dice.sample(others, negatives)
    return found


def compare(
    rows: Sequence[Told], held_out: Sequence[set[str]], settings: Mapping[str, Any], seed: int
) -> dict[str, Any]:
    """By kind: right decisions, microseconds a decision, name likeness and audit F1 of the rows, on ``held_out``."""
    found: dict[str, Any] = {}
    unseen = [t for t in rows if any(t.document.name in names for names in held_out)]
    found["rules"] = _measured([(t, [n.rules for n in t.namings]) for t in unseen]) | {"microseconds": 0.0}
    found["oracle"] = _measured([(t, [_oracle(n) for n in t.namings]) for t in unseen])
    for kind in KINDS:
        weighed: list[tuple[Told, list[Chances]]] = []
        spent = 0.0
        for names in held_out:
            seen = [n for t in rows if t.document.name not in names for n in t.namings]
            decider = Stopwatch(taught(kind, sample(seen, NEGATIVES[kind], seed), settings, seed))
            weighed += [(t, _weighed(t, decider)) for t in rows if t.document.name in names]
            spent += decider.seconds
        tries = [_measured(_chosen(weighed, sure)) | {"from": sure} for sure in SURE]
        decisions = sum(len(t.namings) for t in unseen)
        best = max(tries, key=lambda told: told["name"])
        found[kind] = best | {"microseconds": round(1e6 * spent / max(1, decisions), 1)}
    found["decisions"] = sum(n.gold is not None for t in unseen for n in t.namings)
    return found


def _oracle(naming: Naming) -> str:
    return next((e.info["text"] for e in naming.examples if e.label == "yes"), naming.rules)


Chances = list[dict[str, float]]


def _weighed(row: Told, decider: Decider) -> list[Chances]:
    """The chances of the candidates of each name of a document, all asked for at once."""
    chances = decider([e for n in row.namings for e in n.examples])
    found, at = [], 0
    for naming in row.namings:
        found.append(chances[at : at + len(naming.examples)])
        at += len(naming.examples)
    return found


def _chosen(weighed: Sequence[tuple[Told, list[Chances]]], sure: float) -> list[tuple[Told, list[str]]]:
    return [(t, [n.chosen(c, sure) for n, c in zip(t.namings, each, strict=True)]) for t, each in weighed]


def _measured(picked: Sequence[tuple[Told, Sequence[str]]]) -> dict[str, float]:
    """Right decisions; likeness over all decisions; likeness and audit F1 of the rows as the contract counts them."""
    counts: Counter[str] = Counter()
    right, alike, decisions = 0, 0.0, 0
    for each, texts in picked:
        rows = [dict(row) for row in each.rows]
        for naming, text in zip(each.namings, texts, strict=True):
            rows[naming.row]["indicator"] = text
            if naming.gold is not None:
                likeness = scoring.likeness(naming.gold, text)
                decisions += 1
                alike += likeness
                right += likeness >= naming.oracle - _SAME
        counts.update(scoring.compare(each.document.gold, rows).counts)
    figures = scoring.figures(counts)
    return {
        "right": round(right / max(1, decisions), 4),
        "alike": round(alike / max(1, decisions), 4),
        "name": round(figures["name"], 4),
        "audit_f1": round(figures["audit_f1"], 4),
    }
