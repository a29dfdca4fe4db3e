"""Targets and actuals of Chinese reports, linked and judged. The whole public API stands here.

>>> import indicators
>>> report = indicators.score_text("今年目标是新增企业80家。截至12月底，新增企业91家。")
>>> [(row.indicator, row.verdict) for row in report.rows()]
[('新增企业', 'exceeded')]
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicators._version import __version__
from indicators.dates import as_date
from indicators.errors import IndicatorsError, LimitError, MissingExtraError, ReadError, RuleError, UsageError

if TYPE_CHECKING:
    from spacy.language import Language

    from indicators.comparing.compare import compare
    from indicators.comparing.series import series
    from indicators.pipes import load
    from indicators.quantities import find_periods, find_quantities
    from indicators.readers import read
    from indicators.schema.quantity import Period, Quantity
    from indicators.schema.report import Report
    from indicators.schema.source import Source

__all__ = [
    "IndicatorsError",
    "LimitError",
    "MissingExtraError",
    "Period",
    "Quantity",
    "ReadError",
    "Report",
    "RuleError",
    "Source",
    "UsageError",
    "__version__",
    "compare",
    "find_periods",
    "find_quantities",
    "load",
    "read",
    "score",
    "score_text",
    "series",
]

_LAZY = {
    "Period": "indicators.schema.quantity",
    "Quantity": "indicators.schema.quantity",
    "Report": "indicators.schema.report",
    "Source": "indicators.schema.source",
    "find_quantities": "indicators.quantities",
    "find_periods": "indicators.quantities",
    "load": "indicators.pipes",
    "read": "indicators.readers",
    "compare": "indicators.comparing",
    "series": "indicators.comparing",
}


def __getattr__(name: str) -> Any:
    # Importing the package must cost nothing that a caller does not use.
    if name in _LAZY:
        from importlib import import_module

        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'indicators' has no attribute {name!r}")


def score(
    path_or_source: str | Path | Source, *, as_of: date | str | None = None, nlp: Language | None = None
) -> Report:
    """Scores a report: reads it, finds targets and actuals, links and judges them.

    ``path_or_source`` is a path to a .txt, .md, .csv, .html, .docx, .xlsx or .pdf file, or a
    :class:`Source`. ``as_of`` (a date or ``"2022-12-31"``) overrides the date that the report tells.
    ``nlp`` is a spaCy pipeline with the pipe ``indicators.score``, whose settings then hold for the file: unlike
    ``nlp(text)`` this keeps the file's tables and pages. An ``as_of`` given here goes before the pipe's.
    Raises :class:`ReadError` where the document cannot be read, :class:`UsageError` where ``as_of`` is no date or
    ``nlp`` has no such pipe. Offsets in the report refer to ``Report.text``.
    """
    from indicators.pipeline import score_source
    from indicators.schema.source import Source as _Source

    if not isinstance(path_or_source, _Source):
        from indicators.readers import read as _read

        path_or_source = _read(path_or_source)
    if nlp is not None:
        from indicators.pipes.scorer import scorer_of

        return scorer_of(nlp).score(path_or_source, as_of=as_date(as_of))
    return score_source(path_or_source, as_of=as_date(as_of))


def score_text(text: str, *, name: str = "<text>", as_of: date | str | None = None) -> Report:
    """Scores a text that is already in memory; ``name`` stands for its path in the rows."""
    from indicators.pipeline import score_source
    from indicators.readers import read_text

    return score_source(read_text(text, name), as_of=as_date(as_of))
