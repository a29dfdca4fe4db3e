"""Compares predicted rows with gold rows the way the project's contract does, row by row, so that a single row can
be called right or wrong. ``tests/learning`` holds it against the contract's own scorer where that is at hand."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

Row = dict[str, Any]
_COUNTS = ["", "项目", "家次", *"家户个座处所项株只支条款种例件次期场"]
_SAME_UNIT = dict.fromkeys(_COUNTS, "*") | {"名": "人", "千米": "公里", "％": "%", "百分比": "%", "台(套)": "台"}
_ALIKE = 0.15


def _squash(text: Any) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))


def _unit(text: Any) -> str:
    squashed = _squash(text)
    return _SAME_UNIT.get(squashed, squashed)


def _number(value: Any) -> tuple[float, ...] | None:
    if value is None or value == "":
        return None
    if isinstance(value, list | tuple):
        return tuple(float(v) for v in value if v is not None) or None
    return (float(value),)


def _same(a: tuple[float, ...] | None, b: tuple[float, ...] | None) -> bool:
    if a is None or b is None:
        return a is b
    return len(a) == len(b) and all(abs(x - y) <= 1e-6 * max(1.0, abs(x), abs(y)) for x, y in zip(a, b, strict=True))


@lru_cache(maxsize=8192)
def _grams(text: Any) -> Counter[str]:
    clean = re.sub(r"[^\w]", "", _squash(text))
    return Counter(clean[i : i + 2] for i in range(len(clean) - 1)) or Counter(clean)


def likeness(a: Any, b: Any) -> float:
    """How alike two names are, 0..1: the share of character pairs that they have in common."""
    one, two = _grams(a), _grams(b)
    total = sum(one.values()) + sum(two.values())
    return 2 * sum((one & two).values()) / total if total else 0.0


def gold_target(row: Row) -> tuple[float, ...] | None:
    """The target's figure of a gold row."""
    return _number(row.get("target_value"))


def row_target(row: Row) -> tuple[float, ...] | None:
    """The target's figure of a predicted row."""
    low, high = row.get("target_low"), row.get("target_high")
    if low is None and high is None:
        return _number(row.get("target_value"))
    if low is not None and high is not None and low != high:
        return (float(low), float(high))
    figure = low if low is not None else high
    return (float(figure),) if figure is not None else None


def _actual(row: Row) -> tuple[float, ...] | None:
    return _number(row.get("actual_value"))


def _same_task(a: Any, b: Any) -> bool:
    one, two = _squash(str(a or "")), _squash(str(b or ""))
    return bool(one) and (one == two or (len(one) > 3 and len(two) > 3 and (one in two or two in one)))


def _target_key(g: Row, p: Row) -> float | None:
    if not _same(gold_target(g), row_target(p)) or _unit(g.get("target_unit")) != _unit(p.get("target_unit")):
        return None
    alike = likeness(g.get("indicator"), p.get("indicator"))
    task = _same_task(g.get("task"), p.get("task")) or _same_task(g.get("task"), p.get("task_text"))
    exact = _squash(g.get("target_text")) == _squash(p.get("target_text"))
    if alike < _ALIKE and not (task and exact):
        return None
    kind: bool = g.get("kind", "headline") == p.get("kind", "headline")
    return alike + 0.5 * task + 0.2 * exact + 0.1 * kind - 0.01 * bool(g.get("ambiguous"))


def _actual_key(g: Row, p: Row) -> float | None:
    if not _same(_actual(g), _actual(p)) or _unit(g.get("actual_unit")) != _unit(p.get("actual_unit")):
        return None
    alike = likeness(g.get("indicator"), p.get("indicator"))
    exact = _squash(g.get("actual_text")) == _squash(p.get("actual_text"))
    return alike + 0.2 * exact if alike >= _ALIKE else None


def _stated_key(g: Row, p: Row) -> float | None:
    told, found = g.get("completion"), p.get("completion")
    if told is not None and (found is None or abs(told - found) > 0.006):
        return None
    alike = likeness(g.get("indicator"), p.get("indicator"))
    return alike if alike >= _ALIKE else None


def _matched(
    gold: Sequence[Row], rows: Sequence[Row], key: Callable[[Row, Row], float | None]
) -> list[tuple[int, int]]:
    """One-to-one, best first."""
    ranked = sorted(
        ((score, -i, -j) for i, g in enumerate(gold) for j, p in enumerate(rows) if (score := key(g, p)) is not None),
        reverse=True,
    )
    left: set[int] = set()
    right: set[int] = set()
    found = []
    for _, i, j in ranked:
        if -i not in left and -j not in right:
            left.add(-i)
            right.add(-j)
            found.append((-i, -j))
    return found


def link_right(g: Row, p: Row) -> bool:
    """Whether the actual beside a target is the right one."""
    told, found = _actual(g), _actual(p)
    if told is None and found is None:
        completion, printed = g.get("completion"), p.get("completion")
        return completion is None or (printed is not None and abs(completion - printed) <= 0.006)
    return _same(told, found)


@dataclass(slots=True)
class Comparison:
    """Counts of the contract, and for every predicted row whether it is right (``None``: not scored)."""

    counts: Counter[str] = field(default_factory=Counter)
    right: list[bool | None] = field(default_factory=list)


def compare(gold: Sequence[Row], rows: Sequence[Row]) -> Comparison:
    """Holds the rows of one document against its gold."""
    found = Comparison(right=[None] * len(rows))
    gold_targets = [g for g in gold if gold_target(g) is not None]
    with_target = [i for i, p in enumerate(rows) if row_target(p) is not None]
    _targets(found, gold_targets, rows, with_target)
    _lone_actuals(found, gold, gold_targets, rows)
    _stated(found, gold, rows)
    return found


def _targets(found: Comparison, gold: list[Row], rows: Sequence[Row], at: list[int]) -> None:
    counts = found.counts
    pairs = _matched(gold, [rows[i] for i in at], _target_key)
    for i, j in pairs:
        g, p = gold[i], rows[at[j]]
        if g.get("ambiguous"):
            counts["ignored"] += 1
            continue
        link, verdict = link_right(g, p), g.get("verdict") == p.get("verdict")
        counts["t_tp"] += 1
        counts["link"] += link
        counts["verdict"] += verdict
        counts["audit"] += link and verdict
        counts["name_millionths"] += round(1e6 * likeness(g.get("indicator"), p.get("indicator")))
        found.right[at[j]] = link and verdict
    hit, used = {i for i, _ in pairs}, {j for _, j in pairs}
    counts["t_fn"] += sum(i not in hit and not g.get("ambiguous") for i, g in enumerate(gold))
    for j, index in enumerate(at):
        if j in used:
            continue
        p = rows[index]
        repeat = p.get("kind") == "milestone" and any(
            _same(gold_target(g), row_target(p))
            and _unit(g.get("target_unit")) == _unit(p.get("target_unit"))
            and _same_task(g.get("task"), p.get("task"))
            for g in gold
        )
        if not repeat:
            counts["t_fp"] += 1
            found.right[index] = False


def _lone_actuals(found: Comparison, gold: Sequence[Row], gold_targets: list[Row], rows: Sequence[Row]) -> None:
    counts = found.counts
    alone = [g for g in gold if gold_target(g) is None and _actual(g) is not None]
    at = [i for i, p in enumerate(rows) if row_target(p) is None and _actual(p) is not None]
    if not alone:
        return
    answered = [g for g in gold_targets if _actual(g) is not None]
    pairs = _matched(alone, [rows[i] for i in at], _actual_key)
    for i, j in pairs:
        ambiguous = bool(alone[i].get("ambiguous"))
        counts["ignored" if ambiguous else "a_tp"] += 1
        found.right[at[j]] = None if ambiguous else True
    hit, used = {i for i, _ in pairs}, {j for _, j in pairs}
    counts["a_fn"] += sum(i not in hit and not g.get("ambiguous") for i, g in enumerate(alone))
    for j, index in enumerate(at):
        if j in used:
            continue
        if any(_actual_key(g, rows[index]) is not None for g in answered):
            # The contract does not count it; an auditor who finds the actual beside its target would not mind.
            continue
        counts["a_fp"] += 1
        found.right[index] = False


def _stated(found: Comparison, gold: Sequence[Row], rows: Sequence[Row]) -> None:
    counts = found.counts
    told = [g for g in gold if gold_target(g) is None and g.get("verdict")]
    at = [i for i, p in enumerate(rows) if row_target(p) is None and p.get("verdict")]
    if not told and not at:
        return
    pairs = _matched(told, [rows[i] for i in at], _stated_key)
    wrong = 0
    for i, j in pairs:
        right = told[i]["verdict"] == rows[at[j]]["verdict"]
        if told[i].get("ambiguous"):
            found.right[at[j]] = None
            continue
        counts["s_tp"] += right
        wrong += not right
        found.right[at[j]] = right and found.right[at[j]] is not False
    hit, used = {i for i, _ in pairs}, {j for _, j in pairs}
    counts["s_fn"] += wrong + sum(i not in hit and not g.get("ambiguous") for i, g in enumerate(told))
    missed = [at[j] for j in range(len(at)) if j not in used]
    counts["s_fp"] += wrong + len(missed)
    for index in missed:
        found.right[index] = False
    counts["s_gold"] += sum(not g.get("ambiguous") for g in told)


def f1(right: float, extra: float, missed: float) -> float:
    """Harmonic mean of precision and recall."""
    return 2 * right / (2 * right + extra + missed) if right else 0.0


def figures(counts: Counter[str]) -> dict[str, float]:
    """The contract's headline figures from counts added up over documents."""
    c = counts
    found = max(1, c["t_tp"])
    wrong = c["t_tp"] - c["audit"]
    return {
        "audit_f1": f1(c["audit"], wrong + c["t_fp"], wrong + c["t_fn"]),
        "target_f1": f1(c["t_tp"], c["t_fp"], c["t_fn"]),
        "link": c["link"] / found,
        "verdict": c["verdict"] / found,
        "name": c["name_millionths"] / 1e6 / found,
        "actual_f1": f1(c["a_tp"], c["a_fp"], c["a_fn"]),
        "stated_f1": f1(c["s_tp"], c["s_fp"], c["s_fn"]),
    }
