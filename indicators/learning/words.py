"""Named features of a figure and the words around it, with nothing in them of what the rules made of it."""

from __future__ import annotations

import math
import re
from itertools import pairwise

from indicators.extract import lexicon, names
from indicators.extract.model import Mention

_WORDS = re.compile(
    r"目标|任务|计划|预算|力争|确保|要求|争取|预期|年初|原定|规划|打算|今年|全年|明年|年底|到20\d\d年|截至|目前|已|"
    r"实现|达到?|完成|实际|累计|共|均|超额|未|不足|仅|其中|占|比|同比|增长|下降|上年|去年|进度|序时|以上|以内|标准|奖励|补助"
)
_WALL = re.compile(r"[，,；;：:。！？（）()、]")
_NEAR = 12
_SEEN_CHARS = 80


def word_features(mention: Mention) -> dict[str, float]:
    """Named features of a figure and its window."""
    text = mention.part.passage.text
    start, end = mention.sentence
    found = _figure(mention)
    _window(found, mention, text[start : mention.start], text[mention.end : end])
    return found


def _figure(mention: Mention) -> dict[str, float]:
    """What the figure itself is: unit, bound, what it measures, where in its sentence it stands."""
    quantity = mention.quantity
    start, end = mention.sentence
    found: dict[str, float] = {
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
        "left_len": min(len(mention.left), 30) / 10,
        "right_len": min(len(mention.right), 30) / 10,
        "sentence_len": min(end - start, 200) / 50,
        "place_in_sentence": (mention.start - start) / max(1, end - start),
        "log_value": math.log10(1 + abs(float(quantity.value or 0))),
    }
    if mention.period is not None:
        found[f"period={mention.period.kind}"] = 1.0
        found[f"relative={mention.period.relative}"] = 1.0
    return found


def _window(found: dict[str, float], mention: Mention, before: str, behind: str) -> None:
    """Adds what stands in front of the figure and behind it; ``before`` and ``behind`` are its sentence's halves."""
    left, right = mention.left, mention.right
    for size in (1, 2, 3, 4):
        found[f"l{size}={left[-size:]}"] = 1.0
    for size in (1, 2, 3):
        found[f"r{size}={right[:size]}"] = 1.0
    for a, b in pairwise(left[-_NEAR:]):
        found[f"lb={a}{b}"] = 1.0
    for a, b in pairwise(right[:8]):
        found[f"rb={a}{b}"] = 1.0
    seen = before[-_SEEN_CHARS:]
    last = None
    for last in _WORDS.finditer(seen):
        found[f"before={last.group()}"] = 1.0
    for word in _WORDS.findall(behind[:_SEEN_CHARS]):
        found[f"behind={word}"] = 1.0
    found[f"last={last.group() if last else None}"] = 1.0
    if last is not None:
        found["last_far"] = min(len(seen) - last.end(), 60) / 20
    verb = names.ends_in_verb(left)
    known = lexicon.verb_said(verb)
    found[f"verb={known.sense if known else None}"] = 1.0
    wall_before = _WALL.search(before[: -_SEEN_CHARS - 1 : -1])
    wall_behind = _WALL.search(behind)
    found[f"wall_before={wall_before.group() if wall_before else None}"] = 1.0
    found[f"wall_behind={wall_behind.group() if wall_behind else None}"] = 1.0
