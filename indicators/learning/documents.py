"""How well a document as a whole was read: where its other figures were not understood, a row is less sure, too."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from indicators.learning.confidence import Row

_FIGURE = re.compile(r"\d[\d.,]*")
_LONG, _MANY = 2000, 60
"""Characters and rows from which a document counts as long."""
_CARRIED = "mode."
"""Rules that decide by what went before, where no word beside a figure does."""


def document_features(rows: Sequence[Row], text: str) -> Mapping[str, float]:
    """Named features that all ``rows`` read from ``text`` have in common; shares 0..1."""
    if not rows:
        return {}
    told = [mention for row in rows for mention in (row.target, *row.actuals) if mention is not None]
    promises = [row for row in rows if row.target is not None]
    unanswered = [row for row in promises if not row.actuals and row.completion is None and row.claim is None]
    figures = sum(1 for _ in _FIGURE.finditer(text))
    return {
        "document_length": min(_LONG, len(text)) / 500,
        "document_rows": min(_MANY, len(rows)) / 10,
        "document_promises": len(promises) / len(rows),
        "document_unanswered": len(unanswered) / max(1, len(promises)),
        "document_used": min(2.0, len(told) / max(1, figures)),
        "document_carried": sum(m.rule.startswith(_CARRIED) for m in told) / max(1, len(told)),
        "document_score": sum(m.score for m in told) / max(1, len(told)),
    }
