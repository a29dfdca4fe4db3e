"""Chooses what training leaves open: how sure the model must be to overturn a role, from which chance on a pair is
taken, and the curve from raw score to confidence. All of it on predictions for documents not trained on."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from indicators.learning.links import best_choice

from .examples import Example

Group = dict[tuple[int, int], tuple[float, Example]]
"""The candidates of one linking with their chances, by indices of target and actual."""
WRONG_LINK = 0.5
NEVER = 2.0
"""A margin that no chance reaches."""
NEARLY = 0.85
"""A margin that does this share of the good of the best one is as good as that: the two differ by a few documents."""
Chances = Sequence[dict[str, float]]


def role_margins(
    met: Sequence[tuple[Example, dict[str, float]]], grid: Sequence[float], cost: float, least: int
) -> dict[str, float]:
    """How sure a model must be of another role, by rule and roles (``mode.none:actual>target``); ``*`` is never.

    ``met``: figures with what the rules said of them at first, and the chances that a model gives them. A margin is the
    widest of those that do (nearly) most good: documents that it helps, less those that it harms, these counted
    ``cost`` times; it must help ``least``. Documents are counted, not figures: what is right for one figure of a list
    is right for all of them.
    """
    kinds: dict[str, list[Overturn]] = {}
    for turn in _overturns(met):
        kinds.setdefault(turn.kind, []).append(turn)
    found = {"*": NEVER}
    for kind, turns in sorted(kinds.items()):
        ways = [(margin, *_good_done(turns, margin, cost)) for margin in grid]
        good = [(gain, margin) for margin, gain, helped in ways if gain > 0 and helped >= least]
        if good:
            found[kind] = max(margin for gain, margin in good if gain >= NEARLY * max(good)[0])
    return found


class Overturn(NamedTuple):
    """A figure of which a model thinks otherwise than the rules."""

    kind: str
    """Rule and roles, ``mode.none:actual>target``."""
    ahead: float
    """How far the chance of the model's role is ahead of that of the rules' role."""
    worth: int
    """1 if the model is right, -1 if the rules are, 0 if neither."""
    document: str


def _overturns(met: Sequence[tuple[Example, dict[str, float]]]) -> Iterator[Overturn]:
    for example, chances in met:
        best = max(chances, key=lambda name: chances[name])
        if best != example.rules:
            worth = (best == example.label) - (example.rules == example.label)
            kind = f"{example.info['said']}:{example.rules}>{best}"
            yield Overturn(kind, chances[best] - chances[example.rules], worth, example.document)


def _good_done(turns: Sequence[Overturn], margin: float, cost: float) -> tuple[float, int]:
    """What a margin gains, in documents, and how many it helps."""
    worth_of: Counter[str] = Counter()
    for turn in turns:
        worth_of[turn.document] += turn.worth if turn.ahead >= margin else 0
    helped, harmed = sum(w > 0 for w in worth_of.values()), sum(w < 0 for w in worth_of.values())
    return helped - cost * harmed, helped


def usual_length(documents: Sequence[str], share: float) -> int:
    """How many figures all but the longest of the documents have, ``share`` of them; a name for every figure."""
    counts = sorted(Counter(documents).values())
    return counts[int(share * (len(counts) - 1))] if counts else 0


def role_changes(met: Sequence[tuple[Example, dict[str, float]]], margins: dict[str, float]) -> dict[str, int]:
    """What a model with these margins does to the figures that the rules met: how many roles it mends and spoils."""
    done = Counter(turn.worth for turn in _overturns(met) if turn.ahead >= margins.get(turn.kind, margins["*"]))
    right = sum(example.rules == example.label for example, _ in met)
    return {"met": len(met), "right_at_first": right, "mended": done[1], "spoilt": done[-1]}


def link_settings(
    examples: Sequence[Example], chances: Chances, grid: Sequence[float], trusts: Sequence[float], cost: float
) -> dict[str, float]:
    """From which chance on a pair is taken, within a task and across running text, and how much the rules' pairs are
    trusted beyond their chance. ``cost``: what a target counts that the rules answered rightly and the choice does not.
    """
    groups: dict[tuple[str, int], Group] = {}
    for example, chance in zip(examples, chances, strict=True):
        at = (example.document, example.info["linking"])
        groups.setdefault(at, {})[example.info["i"], example.info["j"]] = (chance["yes"], example)
    by_rules = {at: _answers(_rules_choice(group), group) for at, group in groups.items()}
    best: tuple[float, float, dict[str, float]] | None = None
    for trust in trusts:
        for task in grid:
            for text in grid:
                gain = sum(
                    _gain(_answers(_choice(group, {True: task, False: text}, trust), group), by_rules[at], cost)
                    for at, group in groups.items()
                )
                if best is None or (gain, trust) > best[:2]:
                    best = (gain, trust, {"trust": trust, "threshold_task": task, "threshold_text": text})
    assert best is not None
    return best[2]


def _rules_choice(group: Group) -> dict[int, int]:
    ranked = sorted((-e.info["weight"], i, j) for (i, j), (_, e) in group.items() if e.rules == "yes")
    taken: dict[int, int] = {}
    for _, i, j in ranked:
        if i not in taken and j not in taken.values():
            taken[i] = j
    return taken


def _choice(group: Group, thresholds: dict[bool, float], trust: float) -> dict[int, int]:
    candidates = {at: (chance, e.info["task"], e.rules == "yes") for at, (chance, e) in group.items()}
    return {i: j for i, j, _ in best_choice(candidates, thresholds, trust)}


def _answers(chosen: dict[int, int], group: Group) -> dict[int, float]:
    """By target: 1 answered rightly or rightly left open, 0 an answer missed, less for a wrong one."""
    answered = {i for (i, _), (_, e) in group.items() if e.label == "yes"}
    found = {i: float(i not in answered) for i, _ in group}
    for i, j in chosen.items():
        found[i] = 1.0 if group[i, j][1].label == "yes" else -WRONG_LINK
    return found


def _gain(ours: dict[int, float], rules: dict[int, float], cost: float) -> float:
    return sum(value - (cost if rules[i] == 1.0 and value < 1.0 else 0.0) for i, value in ours.items())


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


def log_loss(chances: Sequence[float], right: Sequence[bool]) -> float:
    """The mean surprise, in nats, at which rows were right and which wrong."""
    told = (chance if good else 1.0 - chance for chance, good in zip(chances, right, strict=True))
    return -sum(math.log(max(1e-6, chance)) for chance in told) / max(1, len(right))


def share_sure(confidences: Sequence[float], right: Sequence[bool]) -> dict[str, Any]:
    """How many rows are at 0.9 or more, and how many of those are right."""
    at = [good for value, good in zip(confidences, right, strict=True) if value >= 0.9]
    return {"rows": len(right), "sure": len(at), "sure_right": sum(at)}
