"""Many reports: on one machine (``score_many``, ``run_batch``), on a cluster (``score_batch``)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from indicators.run.arrow import batch_schema, score_batch
    from indicators.run.batch import BatchSummary, run_batch
    from indicators.run.local import score_many
    from indicators.run.outcome import Failure, Outcome, Progress

__all__ = [
    "BatchSummary",
    "Failure",
    "Outcome",
    "Progress",
    "batch_schema",
    "run_batch",
    "score_batch",
    "score_many",
]

_LAZY = {
    "BatchSummary": "batch",
    "Failure": "outcome",
    "Outcome": "outcome",
    "Progress": "outcome",
    "batch_schema": "arrow",
    "run_batch": "batch",
    "score_batch": "arrow",
    "score_many": "local",
}


def __getattr__(name: str) -> Any:
    # The command line imports this package to learn its options, also for ``--help``: that must stay instant.
    if name in _LAZY:
        return getattr(import_module(f"indicators.run.{_LAZY[name]}"), name)
    raise AttributeError(f"module 'indicators.run' has no attribute {name!r}")
