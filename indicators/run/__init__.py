"""Many reports: on one machine (``score_many``, ``run_batch``), on a cluster (``score_batch``)."""

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
