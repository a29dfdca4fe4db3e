"""Whether an actual answers a target: a chance for every candidate pair, and the best one-to-one choice among them."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import regex

from indicators.extract.model import Mention
from indicators.learning import store
from indicators.quantities import comparable

_SENTENCE_END = re.compile(r"[。！？；;]")
_OF_YEAR = re.compile(r"一季度|二季度|三季度|四季度|上半年|下半年|前三季度|全年|\d{1,2}月|年底|季度|半年")
_FAR = 400


@dataclass(frozen=True, slots=True)
class PairFacts:
    """What the rules of linking know of a pair of mentions."""

    name_score: float
    """How alike the names are, 0..1, before anything is added or taken off."""
    rule_score: float
    """The rules' own score of the pair."""
    obstacle: str | None
    """Why the rules refuse the pair; ``None`` where they do not."""
    same_task: bool
    same_topic: bool = False
    by_rules: bool = False
    """Whether the rules by themselves would take the pair where no rival is nearer."""
    borne_out: bool = False
    """Whether they would, and the printed rate is exactly that of the two."""


def pair_scorer(target: Mention, actual: Mention, facts: PairFacts, standing: Mapping[str, float]) -> float | None:
    """The chance, 0..1, that ``actual`` answers ``target``; ``None`` without a model.

    ``standing`` says how the pair stands among its rivals (:func:`standings`).
    """
    model = store.model("links")
    if model is None:
        return None
    return model.scorer(pair_features(target, actual, facts) | dict(standing))["yes"]


def choose_pairs(
    targets: Sequence[Mention], actuals: Sequence[Mention], facts: Mapping[tuple[int, int], PairFacts]
) -> list[tuple[int, int, float]] | None:
    """The best one-to-one choice: ``(target index, actual index, chance)``, surest first; ``None`` without a model.

    ``facts`` holds the candidates by their indices; a pair that is missing is none.
    """
    model = store.model("links")
    if model is None:
        return None
    settings = model.settings
    candidates = {
        (i, j): (
            1.0 if known.borne_out else pair_scorer(targets[i], actuals[j], known, standing) or 0.0,
            known.same_task,
            known.by_rules,
        )
        for (i, j), known, standing in standings(facts)
    }
    thresholds = {True: settings["threshold_task"], False: settings["threshold_text"]}
    return best_choice(candidates, thresholds, settings["trust"])


def best_choice(
    candidates: Mapping[tuple[int, int], tuple[float, bool, bool]], thresholds: Mapping[bool, float], trust: float
) -> list[tuple[int, int, float]]:
    """Best first, one-to-one: candidates are ``(chance, within a task, taken by the rules)`` by their indices.

    A pair that the rules take stands ``trust`` better than its chance; the threshold goes by where the pair stands.
    """
    ranked = sorted((-(chance + trust * rules), i, j) for (i, j), (chance, _, rules) in candidates.items())
    taken: set[int] = set()
    used: set[int] = set()
    chosen = []
    for weight, i, j in ranked:
        chance, same_task, _ = candidates[i, j]
        if -weight >= thresholds[same_task] and i not in taken and j not in used:
            taken.add(i)
            used.add(j)
            chosen.append((i, j, chance))
    return chosen


def standings(
    facts: Mapping[tuple[int, int], PairFacts],
) -> list[tuple[tuple[int, int], PairFacts, dict[str, float]]]:
    """Every candidate with its rank among the rivals of its target and of its actual."""
    by_target: dict[int, list[float]] = {}
    by_actual: dict[int, list[float]] = {}
    for (i, j), known in facts.items():
        weight = _weight(known)
        by_target.setdefault(i, []).append(weight)
        by_actual.setdefault(j, []).append(weight)
    for weights in (*by_target.values(), *by_actual.values()):
        weights.sort()
    found = []
    for (i, j), known in facts.items():
        weight = _weight(known)
        standing = _standing("target", weight, by_target[i]) | _standing("actual", weight, by_actual[j])
        found.append(((i, j), known, standing))
    return found


def _standing(side: str, weight: float, rivals: Sequence[float]) -> dict[str, float]:
    """How a weight stands among those of all candidates of its target, or of its actual, the least first."""
    worse, not_better = bisect_left(rivals, weight), bisect_right(rivals, weight)
    others = (*rivals[worse - 1 : worse], *rivals[max(not_better, len(rivals) - 1) :])
    return {
        f"{side}_rank": float(min(len(rivals) - not_better, 6)),
        f"{side}_margin": weight - max(others, default=0.0),
        f"{side}_ties": float(min(not_better - worse - 1, 4)),
        f"{side}_rivals": float(min(len(rivals), 8)),
    }


def _weight(known: PairFacts) -> float:
    return known.rule_score - (0.5 if known.obstacle else 0.0) + (0.3 if known.same_topic else 0.0)


def pair_features(target: Mention, actual: Mention, facts: PairFacts) -> dict[str, float]:
    """Named features of one pair, rivals left out."""
    found = {
        **_known(target, actual, facts),
        **_as_told(target, actual),
        **_named(target, actual),
        **_besides(target, actual),
        **_ratio(target, actual),
    }
    if actual.part is target.part:
        between = _between(target, actual)
        found["sentences_between"] = float(min(len(_SENTENCE_END.findall(between)), 6))
        found["commas_between"] = float(min(between.count("，") + between.count(","), 8))
        found["figures_between"] = float(min(len(regex.findall(r"\d+(?:\.\d+)?", between)), 8))
    return found


def _known(target: Mention, actual: Mention, facts: PairFacts) -> dict[str, float]:
    """What the rules know of the pair, and how far apart its two stand."""
    same_part = actual.part is target.part
    far = actual.start - target.start if same_part else actual.span[0] - target.span[0]
    return {
        "name_score": facts.name_score,
        "rule_score": facts.rule_score,
        "refused": float(facts.obstacle is not None),
        f"obstacle={facts.obstacle.split('（')[0] if facts.obstacle else None}": 1.0,
        "same_task": float(facts.same_task),
        "same_topic": float(facts.same_topic),
        "same_part": float(same_part),
        "same_sentence": float(same_part and actual.sentence == target.sentence),
        "same_unit": float(actual.quantity.unit == target.quantity.unit),
        "comparable": float(comparable(target.quantity.unit, actual.quantity.unit)),
        "behind": float(far > 0),
        "far": math.log1p(min(abs(far), 20000)),
    }


def _as_told(target: Mention, actual: Mention) -> dict[str, float]:
    """In what part of the report the two stand, as what they were read, and how surely."""
    return {
        f"target_part={target.part.role}": 1.0,
        f"actual_part={actual.part.role}": 1.0,
        f"target_kind={target.quantity.kind}": 1.0,
        f"target_rule={target.rule}": 1.0,
        f"actual_rule={actual.rule}": 1.0,
        f"actual_role={actual.role}": 1.0,
        f"bound={target.quantity.bound}": 1.0,
        f"actual_bound={actual.quantity.bound}": 1.0,
        "target_score": target.score,
        "actual_score": actual.score,
    }


def _named(target: Mention, actual: Mention) -> dict[str, float]:
    """How far the names of the two agree."""
    t, a = target.name, actual.name
    return {
        f"levels={_agreement(t.level, a.level)}": 1.0,
        f"stages={_agreement(t.stage, a.stage)}": 1.0,
        f"stage_pair={t.stage}>{a.stage}": 1.0,
        f"flows={_agreement(t.flow, a.flow)}": 1.0,
        f"changes={_agreement(t.change, a.change)}": 1.0,
        f"subjects={_agreement(t.subject, a.subject)}": 1.0,
        "same_text": float(t.text == a.text),
        "same_core": float(t.core == a.core and bool(t.core)),
        "target_named": float(bool(t.core)),
        "actual_named": float(bool(a.core)),
        "name_lengths": abs(len(t.core) - len(a.core)) / 10,
        "inside": float(bool(t.core) and bool(a.core) and (t.core in a.core or a.core in t.core)),
        "same_ending": float(t.core[-2:] == a.core[-2:]),
    }


def _besides(target: Mention, actual: Mention) -> dict[str, float]:
    """What else is said of the two: forecast, claimed, of the whole, for which time."""
    return {
        "forecast": float(actual.forecast),
        "claimed": float(bool(actual.claim)),
        "target_whole": float(target.whole),
        "distributed": float(bool(target.distributed) != bool(actual.distributed)),
        "same_value": float(target.quantity.value == actual.quantity.value),
        f"times={times(target, actual)}": 1.0,
        f"tenses={target.part.tense}>{actual.part.tense}": 1.0,
        f"labelled={target.part.label[:4]}": 1.0,
    }


def _between(target: Mention, actual: Mention) -> str:
    text = target.part.passage.text
    first, last = sorted((target, actual), key=lambda m: m.start)
    return text[first.end : min(last.start, first.end + _FAR)]


def _agreement(a: str | None, b: str | None) -> str:
    if not a and not b:
        return "neither"
    if not a or not b:
        return "one"
    return "same" if a == b else "other"


def times(target: Mention, actual: Mention) -> str:
    """Whether the words around the two name the same part of the year."""
    return _agreement(_time(target), _time(actual))


def _time(mention: Mention) -> str | None:
    if mention.period is not None and mention.period.iso:
        return mention.period.iso
    told = _OF_YEAR.findall(f"{mention.part.label}{mention.in_front[-40:]}")
    return told[-1] if told else None


def _ratio(target: Mention, actual: Mention) -> dict[str, float]:
    """How far the two figures are apart: an answer is rarely ten times its promise."""
    a, b = float(actual.quantity.value or 0), float(target.quantity.value or 0)
    if a <= 0 or b <= 0:
        return {"no_ratio": 1.0}
    log = max(-4.0, min(4.0, math.log(a / b)))
    return {"log_ratio": log, "off_by": abs(log)}
