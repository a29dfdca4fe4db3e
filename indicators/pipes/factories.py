"""The factories that spaCy finds by entry point. Imports spaCy and nothing else: ``spacy.blank()`` pays for it."""

from __future__ import annotations

from spacy.language import Language

from indicators.pipes.names import Pipe, alias, savable

QUANTITIES = "indicators.quantities"
SCORE = "indicators.score"


@Language.factory(
    savable(QUANTITIES), default_config={"spans_key": QUANTITIES}, assigns=["doc.spans", "span._.quantity"]
)
def create_quantities(nlp: Language, name: str, spans_key: str) -> Pipe:
    """The pipe that finds every quantity; ``spans_key`` names the span group it fills."""
    from indicators.pipes.quantities import QuantityFinder

    return QuantityFinder(nlp, name, spans_key)


@Language.factory(
    savable(SCORE),
    default_config={"spans_key": "indicators", "as_of": None},
    assigns=["doc.spans", "doc._.indicators_report"],
)
def create_score(nlp: Language, name: str, spans_key: str, as_of: str | None) -> Pipe:
    """The pipe that scores the whole document; ``as_of`` (ISO date) overrides the date found in it."""
    from indicators.pipes.scorer import ReportScorer

    return ReportScorer(nlp, name, spans_key, as_of)


alias(QUANTITIES, create_quantities)
alias(SCORE, create_score)
