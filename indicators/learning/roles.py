"""The role of a figure given its window: overturns the rule's role where the model is sure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from indicators.extract import lexicon, names
from indicators.extract.model import Mention, Role
from indicators.learning import store
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
_WORDS = regex.compile(
    r"目标|任务|计划|预算|力争|确保|要求|争取|预期|年初|原定|规划|打算|今年|全年|明年|年底|到20\d\d年|截至|目前|已|"
    r"实现|达到?|完成|实际|累计|共|均|超额|未|不足|仅|其中|占|比|同比|增长|下降|上年|去年|进度|序时|以上|以内|标准|奖励|补助"
)
_WALL = regex.compile(r"[，,；;：:。！？（）()、]")
_NEAR = 12
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
    quantity, text = mention.quantity, mention.part.passage.text
    start, end = mention.sentence
    before, behind = text[start : mention.start], text[mention.end : end]
    found: dict[str, float] = {
        f"rule={mention.rule}": 1.0,
        f"role={mention.role}": 1.0,
        f"part={mention.part.role}": 1.0,
        f"tense={mention.part.tense}": 1.0,
        f"unit={quantity.unit}": 1.0,
        f"kind={quantity.kind}": 1.0,
        f"bound={quantity.bound}": 1.0,
        f"change={mention.name.change}": 1.0,
        f"stage={mention.name.stage}": 1.0,
        f"flow={mention.name.flow}": 1.0,
        f"claim={mention.claim}": 1.0,
        "approximate": float(quantity.approximate),
        "named": float(bool(mention.name.text)),
        "labelled": float(bool(mention.part.label)),
        "distributed": float(bool(mention.distributed)),
        "whole": float(mention.whole),
        "forecast": float(mention.forecast),
        "plan": float(context.is_plan),
        "year_over": float(context.closed),
        "left_len": min(len(mention.left), 30) / 10,
        "right_len": min(len(mention.right), 30) / 10,
        "sentence_len": min(end - start, 200) / 50,
        "place_in_sentence": (mention.start - start) / max(1, end - start),
        "log_value": math.log10(1 + abs(float(quantity.value or 0))),
    }
    if mention.period is not None:
        found[f"period={mention.period.kind}"] = 1.0
        found[f"relative={mention.period.relative}"] = 1.0
    _words(found, mention, before, behind, context)
    _neighbours(found, mentions, index)
    return found


def _words(found: dict[str, float], mention: Mention, before: str, behind: str, context: Context) -> None:
    left, right = mention.left, mention.right
    for size in (1, 2, 3, 4):
        found[f"l{size}={left[-size:]}"] = 1.0
    for size in (1, 2, 3):
        found[f"r{size}={right[:size]}"] = 1.0
    for a, b in pairwise(left[-_NEAR:]):
        found[f"lb={a}{b}"] = 1.0
    for a, b in pairwise(right[:8]):
        found[f"rb={a}{b}"] = 1.0
    for word in _WORDS.findall(before[-_SEEN_CHARS:]):
        found[f"before={word}"] = 1.0
    for word in _WORDS.findall(behind[:_SEEN_CHARS]):
        found[f"behind={word}"] = 1.0
    last = max(_WORDS.finditer(before), key=lambda match: match.start(), default=None)
    found[f"last={last.group() if last else None}"] = 1.0
    if last is not None:
        found["last_far"] = min(len(before) - last.end(), 60) / 20
    for section in _SECTIONS:
        for cue in lexicon.cues(section):
            if cue.pattern.search(before[-_SEEN_CHARS:]):
                found[f"cue={cue.id}"] = 1.0
            if behind and cue.pattern.search(behind[:40]):
                found[f"cue_behind={cue.section}"] = 1.0
    verb = names.ends_in_verb(left)
    known = lexicon.verbs().get(verb.rstrip("了过")) if verb else None
    found[f"verb={known.sense if known else None}"] = 1.0
    wall_before = _WALL.search(before[::-1])
    wall_behind = _WALL.search(behind)
    found[f"wall_before={wall_before.group() if wall_before else None}"] = 1.0
    found[f"wall_behind={wall_behind.group() if wall_behind else None}"] = 1.0
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
