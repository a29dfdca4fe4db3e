"""The kinds of scorer that every learned decision is tried with: linear, boosted, and spaCy's text classifier."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from indicators.learning.scorers import from_data

from .examples import Example
from .fit import fit
from .window import WindowScorer

KINDS = ("linear", "boosted", "spacy")
Decider = Callable[[Sequence[Example]], list[dict[str, float]]]
"""Gives every example the probability of each class."""


def taught(kind: str, seen: Sequence[Example], settings: Mapping[str, Any], seed: int) -> Decider:
    """A scorer of ``kind`` that has learned from ``seen``; ``settings`` hold one mapping for each kind."""
    own = settings.get(kind, {})
    if kind == "spacy":
        return WindowScorer(seen, seed=seed, rounds=own.get("rounds", 8))
    told = {**own, "seed": seed}
    scorer = from_data(fit(kind, [e.features for e in seen], [e.label for e in seen], told))
    return lambda unseen: [scorer(e.features) for e in unseen]


def likeliest(chances: Mapping[str, float]) -> str:
    """The class with the highest chance."""
    return max(chances, key=lambda name: chances[name])


class Stopwatch:
    """Adds up the processor time that a decider takes."""

    def __init__(self, decider: Decider):
        self.decider = decider
        self.seconds = 0.0

    def __call__(self, examples: Sequence[Example]) -> list[dict[str, float]]:
        started = time.process_time()
        found = self.decider(examples)
        self.seconds += time.process_time() - started
        return found
