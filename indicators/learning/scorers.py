"""Scorers over named features, in plain Python: a linear one and one of boosted trees. Deterministic.

A feature vector is a ``dict`` of name to number; a name that is absent counts as 0, a category is a name of
its own with the value 1 (``{"unit=%": 1.0}``). Both kinds are read from JSON (:func:`from_data`).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import repeat
from operator import add
from typing import Any, Protocol, TypeAlias

Features = Mapping[str, float]
Tree: TypeAlias = "float | tuple[int, float, Tree, Tree]"


class Scorer(Protocol):
    """Gives every class a probability; they add up to 1."""

    @property
    def classes(self) -> Sequence[str]: ...

    def __call__(self, features: Features) -> dict[str, float]: ...


def _softmax(values: Sequence[float]) -> list[float]:
    """Raw scores as probabilities."""
    top = max(values)
    powers = [math.exp(value - top) for value in values]
    total = sum(powers)
    return [power / total for power in powers]


def _probabilities(classes: Sequence[str], raw: Sequence[float]) -> dict[str, float]:
    # Two classes are trained with one score, that of the second class.
    values = _softmax([0.0, raw[0]] if len(classes) == 2 and len(raw) == 1 else raw)
    return dict(zip(classes, values, strict=True))


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights by feature name; one number per class, or a single one where there are two classes."""

    classes: Sequence[str]
    bias: Sequence[float]
    weights: Mapping[str, Sequence[float]]

    def __call__(self, features: Features) -> dict[str, float]:
        """Probability by class."""
        known: list[Sequence[float]] = []
        for weights, value in zip(map(self.weights.get, features), features.values(), strict=True):
            if weights is not None and value:  # most pairs of characters were never seen
                known.append(weights if value == 1.0 else [weight * value for weight in weights])
        columns = zip(*known, strict=True) if known else repeat(())
        # Added one by one in the order of the features, which sum() does not promise: the last digits stay the same.
        raw = [reduce(add, column, bias) for bias, column in zip(self.bias, columns, strict=False)]
        return _probabilities(self.classes, raw)


@dataclass(frozen=True)
class Boosted:
    """Regression trees whose leaves add up.

    A tree is a leaf's value, or ``(place in names, threshold, left tree, right tree)``: left where the feature
    is at most the threshold. ``trees[i]`` speaks for score ``i % len(bias)``.
    """

    classes: Sequence[str]
    bias: Sequence[float]
    names: Sequence[str]
    trees: Sequence[Tree]

    def __call__(self, features: Features) -> dict[str, float]:
        """Probability by class."""
        values = list(map(features.get, self.names, repeat(0.0)))
        raw = [self._sum(self.trees[score :: len(self.bias)], bias, values) for score, bias in enumerate(self.bias)]
        return _probabilities(self.classes, raw)

    @staticmethod
    def _sum(trees: Sequence[Tree], bias: float, values: Sequence[float]) -> float:
        for node in trees:
            while node.__class__ is tuple:  # a third of the time of isinstance, some hundred times a row
                place, threshold, left, right = node
                node = left if values[place] <= threshold else right
            bias += node  # type: ignore[operator]  # a leaf
        return bias


@dataclass(frozen=True, slots=True)
class Steps:
    """A rising step curve: which share of the rows with this score was right."""

    edges: Sequence[float]
    values: Sequence[float]

    def __call__(self, score: float) -> float:
        """The value of the step that ``score`` falls on."""
        return self.values[bisect_right(self.edges, score)]


def _tree(nodes: Sequence[Sequence[float]], at: int = 0) -> Tree:
    """The tree below node ``at``; a file lists ``[place, threshold, left, right]`` and leaves ``[value]``."""
    node = nodes[at]
    if len(node) == 1:
        return node[0]
    return int(node[0]), node[1], _tree(nodes, int(node[2])), _tree(nodes, int(node[3]))


def from_data(data: Mapping[str, Any]) -> Scorer:
    """A scorer from what :mod:`models.train` wrote."""
    if data["kind"] == "linear":
        return Linear(data["classes"], data["bias"], data["weights"])
    if data["kind"] == "boosted":
        return Boosted(data["classes"], data["bias"], data["names"], [_tree(tree) for tree in data["trees"]])
    raise ValueError(f"unknown kind of scorer: {data['kind']!r}")
