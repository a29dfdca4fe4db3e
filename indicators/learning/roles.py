"""The role of a figure given its window: overturns the rule's role where the model is sure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from indicators.extract import lexicon
from indicators.extract.model import Mention, Role
from indicators.learning import store
from indicators.learning.words import figure_features, window_features
from indicators.quantities import comparable
from indicators.quantities.years import named_years
from indicators.tasks.model import Context

CLASS_OF: dict[Role, str] = {
    "target": "target",
    "actual": "actual",
    "compare": "actual",
    "scope": "none",
    "other": "none",
    "baseline": "none",
    "denominator": "none",
}
"""The roles that the model may overturn, by the class it knows them under. Printed rates of completion, gaps and
ranks are told by their words and stay as they are; so does what the headings of a table of figures say."""
ROLE_OF: dict[str, Role] = {"target": "target", "actual": "actual", "none": "other"}
MODEL_RULE = "model.roles"
_SECTIONS = ("target", "actual", "baseline", "completion", "gap", "claim", "compare", "forecast", "answer")
_SEEN_CHARS = 80


def open_to_model(mention: Mention) -> bool:
    """Whether the model has a say in the role of this mention."""
    return mention.role in CLASS_OF and mention.rule != "column"


def rescore_roles(mentions: Sequence[Mention], context: Context) -> None:
    """Overturns, in place, the roles that the model is sure are wrong.

    ``mentions`` are those of one task or document, in reading order. Every mention that the model has a say in gets
    its chance as its score; an overturned one gets the rule ``model.roles``. Does nothing without a model.
    """
    model = store.model("roles")
    if model is None:
        return
    needed = model.settings["margin"]
    decided: list[tuple[Mention, str, float]] = []
    for mention, features in role_features(mentions, context):
        chances = model.scorer(features)
        best = max(chances, key=lambda name: chances[name])
        now = CLASS_OF[mention.role]
        if best != now and chances[best] - chances[now] < needed.get(f"{now}>{best}", needed["*"]):
            best = now
        decided.append((mention, best, chances[best]))
    for mention, best, chance in decided:
        mention.score = round(chance, 3)
        if best != CLASS_OF[mention.role]:
            mention.role, mention.rule = ROLE_OF[best], MODEL_RULE


def role_features(mentions: Sequence[Mention], context: Context) -> Iterator[tuple[Mention, dict[str, float]]]:
    """The mentions that the model may decide on, each with its named features."""
    for index, mention in enumerate(mentions):
        if open_to_model(mention):
            yield mention, _features(mentions, index, context)


def _features(mentions: Sequence[Mention], index: int, context: Context) -> dict[str, float]:
    mention = mentions[index]
    text = mention.part.passage.text
    start, end = mention.sentence
    before, behind = text[start : mention.start], text[mention.end : end]
    found = figure_features(mention)
    found |= {
        f"rule={mention.rule}": 1.0,
        f"role={mention.role}": 1.0,
        f"part={mention.part.role}": 1.0,
        f"tense={mention.part.tense}": 1.0,
        "plan": float(context.is_plan),
        "year_over": float(context.closed),
    }
    window_features(found, mention, before, behind)
    _cues(found, before, behind, context)
    _neighbours(found, mentions, index)
    return found


def _cues(found: dict[str, float], before: str, behind: str, context: Context) -> None:
    for section in _SECTIONS:
        for cue in lexicon.cues(section):
            if cue.pattern.search(before[-_SEEN_CHARS:]):
                found[f"cue={cue.id}"] = 1.0
            if behind and cue.pattern.search(behind[:40]):
                found[f"cue_behind={cue.section}"] = 1.0
    if context.year is not None:
        years = named_years(before)
        if years:
            found["year_told"] = max(-3.0, min(3.0, years[-1] - context.year))


def _neighbours(found: dict[str, float], mentions: Sequence[Mention], index: int) -> None:
    mention = mentions[index]
    same = [
        (at, other)
        for at, other in enumerate(mentions[max(0, index - 12) : index + 13], max(0, index - 12))
        if other is not mention and other.part is mention.part and other.sentence == mention.sentence
    ]
    found["mates"] = float(min(len(same), 10))
    found["ordinal"] = float(sum(at < index for at, _ in same))
    for at, other in same:
        side = "before" if at < index else "behind"
        if abs(at - index) <= 2:
            step = f"{side}{abs(at - index)}"
            found[f"{step}_role={other.role}"] = 1.0
            found[f"{step}_rule={other.rule}"] = 1.0
            found[f"{step}_comparable"] = float(comparable(other.quantity.unit, mention.quantity.unit))
            found[f"{step}_same_value"] = float(other.quantity.value == mention.quantity.value)
            found[f"{step}_bound={other.quantity.bound}"] = 1.0
        if other.topic == mention.topic:
            alike = comparable(other.quantity.unit, mention.quantity.unit)
            found[f"topic_{side}={other.role}"] = 1.0
            if alike:
                found[f"topic_alike_{side}={other.role}"] = 1.0
                found["topic_ratio"] = _ratio(mention, other)
    for role in ("target", "actual", "completion", "gap"):
        found[f"mates_{role}"] = float(sum(other.role == role for _, other in same))


def _ratio(mention: Mention, other: Mention) -> float:
    """How many times the other figure this one is, on a log scale, -2..2."""
    a, b = float(mention.quantity.value or 0), float(other.quantity.value or 0)
    if a <= 0 or b <= 0:
        return 0.0
    return max(-2.0, min(2.0, math.log(a / b)))
