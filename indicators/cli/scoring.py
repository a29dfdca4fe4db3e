"""What the commands share that score documents: one after the other, and what fails told at once."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from indicators.cli.inputs import STDIN, documents, sources
from indicators.cli.messages import Progress, warn
from indicators.errors import IndicatorsError
from indicators.settings import DEBUG_VARIABLE

if TYPE_CHECKING:
    from indicators.schema.report import Report
    from indicators.schema.source import Source


class Failures:
    """What could not be scored; says so at once and remembers that the exit status is 1."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, name: str, error: Exception) -> None:
        """Name the document and the reason on stderr."""
        self.count += 1
        if isinstance(error, IndicatorsError):
            warn(str(error) if error.path else f"{name}: {error}")
            return
        # A mistake of ours, not of the document: one document is lost, the rest goes on.
        if os.environ.get(DEBUG_VARIABLE):
            traceback.print_exception(error)
        why = f"internal error, please report it: {type(error).__name__}: {error}"
        warn(f"[E999] {name}: {why} ({DEBUG_VARIABLE}=1 shows the traceback)")


def scored(paths: Sequence[str], as_of: date | None, failures: Failures) -> Iterator[tuple[Report, Source]]:
    """Report and source of all documents that ``paths`` name, in order; what cannot be scored goes to ``failures``."""
    names, missing = documents(paths)
    for error in missing:
        failures.add("", error)
    progress = Progress(len(names))
    for number, name in enumerate(names, 1):
        progress.at(number, name)
        for pair in _score_document(name, as_of, failures, progress):
            yield pair
            progress.at(number, name)
    progress.clear()


def _score_document(
    name: str, as_of: date | None, failures: Failures, progress: Progress
) -> Iterator[tuple[Report, Source]]:
    """The reports of one path (several for an archive), their warnings told on stderr."""
    from indicators import score
    from indicators.corrections import apply_corrections

    inside = sources(name)
    while True:
        try:
            source = next(inside, None)
            report = apply_corrections(score(source, as_of=as_of)) if source is not None else None
        except BrokenPipeError:
            raise
        except Exception as error:
            progress.clear()
            failures.add(_label(name), error)
            return
        if source is None or report is None:
            return
        progress.clear()
        for warning in report.warnings:
            warn(f"{_label(report.source)}: {warning}")
        if not any(task.assessments for task in report.tasks):
            warn(f"{_label(report.source)}: no quantified target or actual was found")
        yield report, source


def _label(name: str) -> str:
    return "standard input" if name == STDIN else name
