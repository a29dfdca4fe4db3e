"""The pipe ``indicators.quantities``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from indicators.pipes.extensions import store_quantity
from indicators.pipes.names import SavedByName
from indicators.quantities import find_quantities


class QuantityFinder(SavedByName):
    """Fills ``doc.spans[spans_key]`` with a span for each quantity, labelled with its kind (``count``, ``money``).

    A token that a quantity covers in part belongs to its span; ``Span._.quantity`` has the exact offsets.
    """

    def __init__(self, nlp: Language, name: str, spans_key: str) -> None:
        super().__init__(nlp, name)
        self.spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        spans: list[Span] = []
        for quantity in find_quantities(doc.text):
            span = doc.char_span(quantity.start, quantity.end, label=quantity.kind, alignment_mode="expand")
            if span is not None:
                store_quantity(span, quantity)
                spans.append(span)
        doc.spans[self.spans_key] = SpanGroup(doc, name=self.spans_key, spans=spans)
        return doc
