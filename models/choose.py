"""Chooses what training leaves open: how sure the model must be to overturn a role, from which chance on a pair is
taken, and the curve from raw score to confidence. All of it on predictions for documents not trained on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .examples import Example

WRONG_LINK = 0.5
Chances = Sequence[dict[str, float]]


def role_margins(examples: Sequence[Example], chances: Chances, grid: Sequence[float], cost: float) -> dict[str, float]:
    """By direction (``actual>target``) the margin that gains most; 2.0, out of reach, where every margin loses."""
    flips: dict[str, list[tuple[float, bool, bool]]] = {}
    for example, chance in zip(examples, chances, strict=True):
        best = max(chance, key=lambda name: chance[name])
        if best != example.rules:
            margin = chance[best] - chance.get(example.rules, 0.0)
            flip = (margin, best == example.label, example.rules == example.label)
            flips.setdefault(f"{example.rules}>{best}", []).append(flip)
    found: dict[str, float] = {"*": 2.0}
    for direction, told in sorted(flips.items()):
        gains = [(sum(good - cost * bad for margin, good, bad in told if margin >= least), least) for least in grid]
        gain, margin = max(gains)
        found[direction] = margin if gain > 0 else 2.0
    return found


def link_thresholds(examples: Sequence[Example], chances: Chances, grid: Sequence[float]) -> dict[str, float]:
    """From which chance on a pair is taken, within a task and across running text."""
    groups: dict[tuple[str, int], list[tuple[float, int, int, Example]]] = {}
    for example, chance in zip(examples, chances, strict=True):
        info = example.info
        groups.setdefault((example.document, info["linking"]), []).append(
            (chance["yes"], info["i"], info["j"], example)
        )
    found = {}
    for task, name in ((True, "threshold_task"), (False, "threshold_text")):
        scores = []
        for threshold in grid:
            right = 0.0
            for candidates in groups.values():
                if candidates[0][3].info["task"] is task:
                    right += _right(candidates, threshold)
            scores.append((right, -abs(threshold - 0.5), threshold))
        found[name] = max(scores)[2]
    return found


def _right(candidates: list[tuple[float, int, int, Example]], threshold: float) -> float:
    """How many targets a greedy choice answers rightly, or rightly leaves open; a wrong answer is worse than none."""
    taken: dict[int, bool] = {}
    used: set[int] = set()
    answered = {i for _, i, _, example in candidates if example.label == "yes"}
    for chance, i, j, example in sorted(candidates, key=lambda c: (-c[0], c[1], c[2])):
        if chance >= threshold and i not in taken and j not in used:
            taken[i] = example.label == "yes"
            used.add(j)
    targets = {i for _, i, _, _ in candidates}
    return sum((1.0 if taken[i] else -WRONG_LINK) if i in taken else float(i not in answered) for i in targets)


def confidence_curve(
    raw: Sequence[float], right: Sequence[bool], sure: Sequence[float], share: float, least: int
) -> dict[str, list[float]]:
    """A rising step curve from raw score to the share of right rows.

    Only scores above which at least ``sure`` of all rows were right are given 0.9 or more: a reader who trusts rows
    at 0.9 is promised that share. Where fewer than ``share`` of the rows would reach 0.9, the next promise of ``sure``
    is tried. Steps hold at least ``least`` rows, each pulled a little towards one half.
    """
    from sklearn.isotonic import IsotonicRegression  # type: ignore[import-untyped]

    ordered = sorted(zip(raw, right, strict=True))
    fitted = IsotonicRegression(y_min=0.0, y_max=1.0).fit_transform(
        [score for score, _ in ordered], [float(good) for _, good in ordered]
    )
    steps: list[list[float]] = []
    """first score, rows, right rows"""
    last = None
    for (score, good), value in zip(ordered, fitted, strict=True):
        if steps and (value == last or steps[-1][1] < least):
            steps[-1][1] += 1
            steps[-1][2] += good
        else:
            steps.append([score, 1, float(good)])
        last = value
    if len(steps) > 1 and steps[-1][1] < least:
        tail = steps.pop()
        steps[-1][1] += tail[1]
        steps[-1][2] += tail[2]
    bar = None
    for promise in sure:
        bar = _bar(ordered, promise)
        if bar is not None and sum(score >= bar for score, _ in ordered) >= share * len(ordered):
            break
    edges, values, floor = [], [], 0.0
    for index, (first, size, hits) in enumerate(steps):
        floor = max(floor, (hits + 0.5) / (size + 1))
        if index:
            edges.append(first)
        values.append(round(min(floor, 0.89), 4))
    return _split_at(edges, values, bar, ordered)


def _bar(ordered: Sequence[tuple[float, bool]], sure: float) -> float | None:
    """The lowest score above which at least ``sure`` of the rows were right."""
    found, rows, good = None, 0, 0
    for index in range(len(ordered) - 1, -1, -1):
        score, ok = ordered[index]
        rows, good = rows + 1, good + ok
        if index and ordered[index - 1][0] == score:
            continue
        # Half a row more counted as wrong: an estimate from few rows is not believed too easily.
        if good >= sure * (rows + 0.5):
            found = score
    return found


def _split_at(
    edges: list[float], values: list[float], bar: float | None, ordered: Sequence[tuple[float, bool]]
) -> dict[str, list[float]]:
    if bar is None:
        return {"edges": edges, "values": values}
    keep = [edge for edge in edges if edge < bar]
    kept_values = values[: len(keep) + 1]
    top = [good for score, good in ordered if score >= bar]
    half = sorted(score for score, _ in ordered if score >= bar)[len(top) // 2]
    upper = [good for score, good in ordered if score >= half]
    lower = [good for score, good in ordered if bar <= score < half]
    low = (sum(lower) + 0.5) / (len(lower) + 1) if lower else 0.95
    high = (sum(upper) + 0.5) / (len(upper) + 1)
    low = round(max(0.9, min(0.99, low)), 4)
    high = round(max(low, min(0.99, high)), 4)
    if half > bar:
        return {"edges": [*keep, bar, half], "values": [*kept_values, low, high]}
    return {"edges": [*keep, bar], "values": [*kept_values, high]}


def share_sure(confidences: Sequence[float], right: Sequence[bool]) -> dict[str, Any]:
    """How many rows are at 0.9 or more, and how many of those are right."""
    at = [good for value, good in zip(confidences, right, strict=True) if value >= 0.9]
    return {"rows": len(right), "sure": len(at), "sure_right": sum(at)}
