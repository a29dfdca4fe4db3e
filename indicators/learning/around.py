"""Named features of the figures around a figure: how they stand to it, and what the rules made of it and of them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from indicators.extract.model import Mention

_DIGITS = re.compile(r"\d[\d,.]*")
_FAR = 30
"""Characters looked at on either side of a figure, up to the next figure."""
_FURTHER = 20
"""Characters looked at in front of the figure before it."""
_NEIGHBOURS = 4
"""Figures on either side among which the next one of the same unit is looked for."""
_WIDEST = 3
"""Ratios of e^1.5 and more are told apart no further."""


class Said(NamedTuple):
    """What the rules made of a figure."""

    role: str
    """target, actual or none."""
    rule: str
    """The rule, or the family of rules, that decided."""


def in_text(mentions: Sequence[Mention], wanted: Sequence[Mention]) -> Iterator[dict[str, float]]:
    """The features of the ``wanted`` of the mentions, in order, that figures and words around them give, whatever the
    rules say."""
    by_part: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_part.setdefault(id(mention.part), []).append(mention)
    rows = [sorted(same_part, key=lambda m: m.start) for same_part in by_part.values()]
    alike: dict[tuple[int, tuple[int, int], str], list[Mention]] = {}
    for mention in (m for row in rows for m in row):
        alike.setdefault(_kind(mention), []).append(mention)
    in_part = {id(mention): (row, at) for row in rows for at, mention in enumerate(row)}
    in_kind = {id(mention): (row, at) for row in alike.values() for at, mention in enumerate(row)}
    for mention in wanted:
        yield _words_between(*in_part[id(mention)]) | _alike(*in_kind[id(mention)])


def _kind(mention: Mention) -> tuple[int, tuple[int, int], str]:
    """Figures are held against those of the same unit in their sentence."""
    return id(mention.part), mention.sentence, mention.quantity.unit


def _words_between(part: Sequence[Mention], at: int) -> dict[str, float]:
    mention = part[at]
    text = mention.part.passage.text
    found: dict[str, float] = {}
    ahead = part[at - 1] if at else None
    behind = part[at + 1] if at + 1 < len(part) else None
    _pairs(found, "before2=", text[max(ahead.end if ahead else 0, mention.start - _FAR) : mention.start])
    _pairs(found, "behind2=", text[mention.end : min(behind.start if behind else len(text), mention.end + _FAR)])
    if ahead is not None:
        further = part[at - 2].end if at > 1 else 0
        _pairs(found, "further2=", text[max(further, ahead.start - _FURTHER) : ahead.start])
        found[f"like_ahead={ahead.quantity.unit == mention.quantity.unit}"] = 1.0
    if behind is not None:
        found[f"like_behind={behind.quantity.unit == mention.quantity.unit}"] = 1.0
    return found


def _alike(row: Sequence[Mention], at: int) -> dict[str, float]:
    before, after = at, len(row) - at - 1
    found = {f"alike_before={min(2, before)}": 1.0, f"alike_after={min(2, after)}": 1.0}
    if before:
        _ratio(found, "before", row[at], row[at - 1])
    if after:
        _ratio(found, "after", row[at], row[at + 1])
    return found


def _pairs(found: dict[str, float], key: str, text: str) -> None:
    for a, b in pairwise(_DIGITS.sub("0", text)):
        found[key + a + b] = 1.0


def _ratio(found: dict[str, float], side: str, mention: Mention, other: Mention) -> None:
    own, theirs = mention.quantity.value, other.quantity.value
    if own and theirs:
        steps = round(2 * math.log(abs(own / theirs)))
        found[f"ratio_{side}={max(-_WIDEST, min(_WIDEST, steps))}"] = 1.0
        found[f"larger_{side}"] = float(own > theirs)


def by_rules(mentions: Sequence[Mention], said: Mapping[int, Said]) -> Iterator[dict[str, float]]:
    """The features of every mention, in order, that the rules' words on it and on its neighbours give.

    ``said`` holds them by ``id`` of the mention; a mention without one has no such features.
    """
    for at, mention in enumerate(mentions):
        own = said.get(id(mention))
        if own is None:
            yield {}
            continue
        found = {f"rule={own.rule}": 1.0, f"role={own.role}": 1.0}
        ahead = mentions[max(0, at - _NEIGHBOURS) : at][::-1]
        for side, near in (("ahead", ahead), ("behind", mentions[at + 1 : at + 1 + _NEIGHBOURS])):
            _neighbours(found, side, mention, near, said)
        yield found


def _neighbours(
    found: dict[str, float], side: str, mention: Mention, near: Sequence[Mention], said: Mapping[int, Said]
) -> None:
    first = said.get(id(near[0])) if near else None
    if first is not None:
        found[f"{side}_role={first.role}"] = found[f"{side}_rule={first.rule}"] = 1.0
    alike = next((m for m in near if m.quantity.unit == mention.quantity.unit), None)
    told = said.get(id(alike)) if alike is not None else None
    if told is not None:
        found[f"{side}_alike={told.role}"] = 1.0
