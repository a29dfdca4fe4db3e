"""How sure a row is: the product of its roles and its link, before calibration."""

from __future__ import annotations

from indicators.linking.model import Pair
from indicators.schema.report import Verdict


def confidence(pair: Pair, verdict: Verdict | None) -> float:
    """0..1. An unreported target is as sure as its best rival is weak."""
    score = 1.0
    for mention in [*([pair.target] if pair.target else []), *pair.actuals[:1]]:
        score *= mention.score
    if pair.target is not None and pair.actuals:
        score *= 0.6 + 0.4 * pair.score
    elif verdict == "unreported" and pair.rivals:
        score *= 1 - 0.4 * pair.rivals[0].score
    return round(max(0.01, min(0.99, score)), 3)
