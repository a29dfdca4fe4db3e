"""Fits a linear or boosted scorer with scikit-learn and writes it down as plain data.

:mod:`indicators.learning.scorers` reads it back. Needs the extra ``dev``.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from indicators.errors import MissingExtraError

# Small tables: threads that wait for each other on a busy machine take fifty times as long. Read when OpenMP starts.
os.environ.setdefault("OMP_NUM_THREADS", "1")

Features = Mapping[str, float]
Settings = Mapping[str, Any]


def names_of(examples: Sequence[Features], at_least: int, without: tuple[str, ...] = ()) -> list[str]:
    """The features that ``at_least`` so many examples have, those that start with ``without`` left out."""
    counts = Counter(name for features in examples for name in features)
    return sorted(n for n, c in counts.items() if c >= at_least and not (without and n.startswith(without)))


def _matrix(examples: Sequence[Features], names: Sequence[str]) -> Any:
    """A row an example, a column a feature; sparse, for most pairs of characters stand in few examples."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

    place = {name: index for index, name in enumerate(names)}
    values, columns, starts = [], [], [0]
    for features in examples:
        for name, value in features.items():
            if (column := place.get(name)) is not None:
                columns.append(column)
                values.append(value)
        starts.append(len(values))
    return csr_matrix((values, columns, starts), shape=(len(examples), len(names)))


def fit(kind: str, examples: Sequence[Features], labels: Sequence[str], settings: Settings) -> dict[str, Any]:
    """The data of a scorer of ``kind`` (``linear``, ``boosted``)."""
    try:
        from threadpoolctl import threadpool_limits  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ModuleNotFoundError:
        raise MissingExtraError.for_extra("dev", "training") from None
    without = tuple(settings.get("without", ()))
    names = names_of(examples, settings["min_examples"], without)
    table = _matrix(examples, names)
    with threadpool_limits(1):
        return (_linear if kind == "linear" else _boosted)(table, list(labels), names, settings)


def _linear(table: Any, labels: list[str], names: list[str], settings: Settings) -> dict[str, Any]:
    import numpy as np
    from scipy.sparse import diags  # type: ignore[import-untyped, unused-ignore]
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    scale = abs(table).max(axis=0).toarray().ravel()
    scale[scale == 0] = 1.0
    model = LogisticRegression(C=settings["c"], max_iter=600).fit(table @ diags(1 / scale), labels)
    weights = {
        name: [round(float(w), 4) for w in model.coef_[:, index] / scale[index]]
        for index, name in enumerate(names)
        if np.abs(model.coef_[:, index]).max() > 5e-3
    }
    return {
        "kind": "linear",
        "classes": [str(c) for c in model.classes_],
        "bias": [round(float(b), 4) for b in model.intercept_],
        "weights": weights,
    }


def _boosted(table: Any, labels: list[str], names: list[str], settings: Settings) -> dict[str, Any]:
    from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-untyped]

    model = HistGradientBoostingClassifier(
        max_iter=settings["rounds"],
        learning_rate=settings["rate"],
        max_leaf_nodes=settings["leaves"],
        min_samples_leaf=settings["leaf_examples"],
        l2_regularization=1.0,
        max_features=0.3,
        early_stopping=False,
        random_state=settings["seed"],
    ).fit(table.toarray(), labels)
    trees = [[_node(node) for node in predictor.nodes] for each in model._predictors for predictor in each]
    kept = sorted({int(node[0]) for tree in trees for node in tree if len(node) > 1})
    place = {old: new for new, old in enumerate(kept)}
    for tree in trees:
        for node in tree:
            if len(node) > 1:
                node[0] = place[int(node[0])]
    return {
        "kind": "boosted",
        "classes": [str(c) for c in model.classes_],
        "bias": [round(float(b), 6) for b in model._baseline_prediction.ravel()],
        "names": [names[old] for old in kept],
        "trees": trees,
    }


def _node(node: Any) -> list[float]:
    if node["is_leaf"]:
        return [round(float(node["value"]), 5)]
    return [int(node["feature_idx"]), round(float(node["num_threshold"]), 6), int(node["left"]), int(node["right"])]
