"""A process beside this one that scores under a time limit; it stays from one batch to the next.

A hanging document can only be left behind by ending the process that reads it: no thread or signal interrupts a
pattern or a reader in C. A scheduler's worker must not end, so the document gets a process of its own.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from functools import lru_cache

from indicators.run.local import Pool
from indicators.run.outcome import Outcome
from indicators.run.worker import Function, Scoring
from indicators.schema.report import Report

_TURN = threading.Lock()


@lru_cache(maxsize=1)
def _pool(scorer: Function | str, as_of: str | None, timeout: float) -> Pool:
    # Loading the pipeline takes seconds and a batch of a cluster less: the process waits for the next batch. It ends
    # with this one, and when another scorer or limit takes its place.
    return Pool(Scoring(scorer, {} if as_of is None else {"as_of": as_of}), workers=1, timeout=timeout, keep=True)


def score_watched(
    paths: Iterable[str], scorer: Function | str, as_of: str | None, timeout: float
) -> Iterator[Outcome[Report]]:
    """Outcomes of the documents in order; one that takes longer than ``timeout`` seconds has failed with ``B001``.

    Threads of this process take turns.
    """
    with _TURN:
        yield from _pool(scorer, as_of, timeout).run(paths)
