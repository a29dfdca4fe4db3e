"""Runs the chain over annotated documents and collects what the learned steps are trained on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from indicators import pipeline
from indicators.extract.model import Mention
from indicators.judging.confidence import confidence
from indicators.learning.confidence import row_features
from indicators.learning.links import pair_features, standings
from indicators.learning.roles import role_features, said_of
from indicators.linking.learned import open_facts
from indicators.linking.model import Located, Pair
from indicators.readers import read
from indicators.schema.report import Assessment
from indicators.tasks.model import Context

from . import hooks, scoring
from .dataset import Document, pair_label, role_label

Features = dict[str, float]


@dataclass(slots=True)
class Example:
    """One thing to decide: its features, the right answer, what the rules say, where it stands."""

    features: Features
    label: str
    rules: str
    document: str
    info: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Run:
    """The chain's rows of one document, compared with its gold."""

    document: Document
    comparison: scoring.Comparison
    rows: list[dict[str, Any]]
    examples: list[Example] = field(default_factory=list)
    """One per row that the contract scores: right or wrong."""


def sources(documents: Sequence[Document]) -> dict[str, Any]:
    """Every document read once."""
    return {document.name: read(document.path) for document in documents}


def role_examples(documents: Sequence[Document], read_in: dict[str, Any]) -> list[Example]:
    """The mentions of the rules with features and annotated class.

    What the rules said is among the features as they said it at first, left out where nobody wrote that down. ``info``
    tells where it is known and may be overturned.
    """
    found: list[Example] = []
    for document in documents:
        seen: list[list[Mention]] = []
        with hooks.watched(seen.append):
            pipeline.score_source(read_in[document.name], as_of=document.as_of)
        for mentions in seen:
            for mention, features in role_features(mentions, lambda m: document.first_met.get(m.span)):  # noqa: B023
                label = role_label(mention, document)
                first = document.first_met.get(mention.span)
                # Read before the chain goes on: later steps may give the mention another role.
                window = (mention.left[-24:], mention.quantity.text, mention.right[:12])
                open_to_model = first is not None and mention.part.role == "prose"
                said = first or said_of(mention)
                info = {"window": window, "rule": mention.rule, "said": said.rule, "first_met": open_to_model}
                found.append(Example(features, label, said.role, document.name, info))
    return found


def without_second_reading(rows: Sequence[Example]) -> list[Example]:
    """Rows as confidence sees them where no roles are shipped."""
    return [replace(row, features={k: v for k, v in row.features.items() if "_chance" not in k}) for row in rows]


def pair_examples(
    documents: Sequence[Document], read_in: dict[str, Any], *, first: int = 0, alone: bool = False
) -> list[Example]:
    """The candidate pairs that are left open when the names are to decide, with the annotated answer."""
    found: list[Example] = []
    linking = count(first)
    for document in documents:

        def observe(
            targets: list[Pair], actuals: Sequence[Located], used: set[int], context: Context, threshold: float
        ) -> None:
            facts = open_facts(targets, actuals, used, context, threshold)
            number = next(linking)
            for (i, j), known, standing in standings(facts):
                target, actual = targets[i].target, actuals[j][1]
                assert target is not None
                label = pair_label(target, actual, document)  # noqa: B023
                if label is None:
                    continue
                features = pair_features(target, actual, known) | standing
                rules = "yes" if known.by_rules else "no"
                info: dict[str, Any] = {
                    "linking": number,
                    "i": i,
                    "j": j,
                    "task": known.same_task,
                    "weight": known.rule_score,
                }
                info["window"] = (target.left[-16:], target.quantity.text, actual.left[-16:], actual.quantity.text)
                found.append(Example(features, "yes" if label else "no", rules, document.name, info))  # noqa: B023

        with hooks.hooked(observe=observe, alone=alone):
            pipeline.score_source(read_in[document.name], as_of=document.as_of)
    return found


def run(document: Document, source: Any, *, alone: bool = False) -> Run:
    """Scores one document with the steps that are switched on."""
    kept: list[tuple[Pair, Assessment, Mapping[str, float]]] = []
    with hooks.hooked(assessed=lambda *one: kept.append(one), alone=alone):
        report = pipeline.score_source(source, as_of=document.as_of)
    rows = [row.model_dump(mode="json") for row in report.rows()]
    comparison = scoring.compare(document.gold, rows)
    found = Run(document, comparison, rows)
    if len(kept) != len(rows):
        raise RuntimeError(f"{document.name}: {len(kept)} rows assessed, {len(rows)} told")
    for (pair, assessment, told), row, right in zip(kept, rows, comparison.right, strict=True):
        if right is None:
            continue
        rules = confidence(pair, assessment.verdict)
        features = {**row_features(pair, assessment.verdict, rules, flags=assessment.flags), **told}
        found.examples.append(
            Example(features, "right" if right else "wrong", str(rules), document.name, {"now": row["confidence"]})
        )
    return found
