"""The pipe ``indicators.score``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from indicators.dates import as_date
from indicators.errors import UsageError
from indicators.pipeline import score_source
from indicators.pipes.extensions import store_report
from indicators.pipes.names import SavedByName
from indicators.readers import read_text
from indicators.schema.report import Fact, Report
from indicators.schema.source import Source

TARGET, ACTUAL = "TARGET", "ACTUAL"
NAME = "<doc>"
"""What stands for the path in the rows of a document that came as a spaCy ``Doc``."""


class ReportScorer(SavedByName):
    """Fills ``doc.spans[spans_key]`` with the targets and actuals, and ``Doc._.indicators_report``.

    Spans are labelled ``TARGET`` or ``ACTUAL``; ``span.id_`` is the number of the row in ``report.rows()``, so that
    the target and the actual of one row share it. Every part of a sum has its own span.
    """

    def __init__(self, nlp: Language, name: str, spans_key: str, as_of: str | None) -> None:
        super().__init__(nlp, name)
        self.spans_key = spans_key
        self.as_of = as_date(as_of)

    def __call__(self, doc: Doc) -> Doc:
        report = self.score(read_text(doc.text, NAME))
        spans: list[Span] = []
        for start, end, label, row in _facts(report):
            span = doc.char_span(start, end, label=label, span_id=str(row), alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.spans[self.spans_key] = SpanGroup(doc, name=self.spans_key, spans=spans)
        store_report(doc, report)
        return doc

    def score(self, source: Source, *, as_of: date | None = None) -> Report:
        """Scores one document as this pipe is set; ``as_of`` goes before its own."""
        return score_source(source, as_of=as_of or self.as_of)


def scorer_of(nlp: Language) -> ReportScorer:
    """The pipe ``indicators.score`` of a pipeline; raises :class:`~indicators.errors.UsageError` where it has none."""
    for _, pipe in nlp.pipeline:
        if isinstance(pipe, ReportScorer):
            return pipe
    hint = 'nlp.add_pipe("indicators.score"), or take indicators.load()'
    raise UsageError("the pipeline has no pipe indicators.score", hint=hint, code="U007")


def _facts(report: Report) -> Iterator[tuple[int, int, str, int]]:
    row = 0
    for task in report.tasks:
        for assessment in task.assessments:
            for fact, label in ((assessment.target, TARGET), (assessment.actual, ACTUAL)):
                for start, end in _places(fact):
                    yield start, end, label, row
            row += 1


def _places(fact: Fact | None) -> list[tuple[int, int]]:
    if fact is None:
        return []
    if fact.spans:
        return fact.spans
    return [(fact.start, fact.end)] if fact.start is not None and fact.end is not None else []
