"""Counts what the text does not: A、B被认定为省级集群 is two, 已全部建成 is all that was promised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from indicators.extract import names
from indicators.extract.clauses import HARD, Span
from indicators.extract.model import Mention
from indicators.rulebook import phrase, rare
from indicators.schema.quantity import Quantity
from indicators.tasks.model import Part

_MAX_ITEM = 25
_LEAST_NAME = 2
_DIGIT = re.compile(r"\d")


def counted_mentions(text: str, clause: Span, sentence: Span, part: Part, topic: int) -> Mention | None:
    """The mention of a clause that lists names without counting them; ``None`` where it lists fewer than two."""
    match = rare("lists", "granted").match(text, clause[0], clause[1])
    if not match:
        return None
    listed = match.group("list")
    opening = phrase("lists", "granted_opening").match(listed)
    skip = opening.end() if opening else 0
    items = [item for item in phrase("lists", "granted_item").split(listed[skip:]) if item]
    if "、" not in listed[skip:] or len(items) < 2 or any(not 2 <= len(item) <= _MAX_ITEM for item in items):
        return None
    if listed.endswith("等") or phrase("lists", "not_granted").search(listed + match.group("what")):
        return None
    start = match.start("list") + skip
    end = match.end("list")
    number = Decimal(len(items))
    quantity = Quantity(text[start:end], start, end, number, number, "", "count", number_start=start, number_end=end)
    granted = f"{match['verb']}{match['what']}"
    return Mention(
        quantity=quantity,
        part=part,
        start=start,
        end=end,
        sentence=sentence,
        left="",
        right=text[end : match.end()],
        role="actual",
        rule="counted",
        score=0.75,
        name=names.build(granted, context=granted),
        topic=topic,
        counted=True,
    )


def whole_told(text: str, clause: Span, sentence: Span, part: Part, promises: Sequence[Mention]) -> list[Mention]:
    """已全部建成: all of the one amount that was promised, or of each in one list (12个项目、143公里)."""
    if not promises or any(m.quantity.unit in names.RATES or m.quantity.low is None for m in promises):
        return []
    said = phrase("answers", "all_of_it").match(text[clause[0] : clause[1]].rstrip("。；;！"))
    if said is None:
        return []
    between = [text[a.end : b.start] for a, b in pairwise(promises)]
    if any("、" not in words or not HARD.isdisjoint(words) for words in between):
        return []
    start, end = clause[0] + said.start("said"), clause[0] + said.end("said")
    if names.flow_stage(said["said"])[1] == "start" and any(m.name.stage != "start" for m in promises):
        return []  # 计划改造12个，已全部开工: begun is not done
    return [replace(all_of(promise, text, (start, end)), part=part, sentence=sentence) for promise in promises]


def all_promised(text: str, clause: Span, sentence: Span, part: Part, before: Mention | None) -> Mention | None:
    """剩下的村全部出列: what a plan promises of all of them, which is 100 %; ``before`` is the figure in front.

    年底前全部完工 behind an amount promises nothing beyond that amount.
    """
    said = rare("answers", "all_to_be_done").match(text, clause[0], clause[1])
    if said is None:
        return None
    thing = said["thing"] or ""
    if not thing and before is not None and before.quantity.unit in names.RATES and before.sentence == sentence:
        thing = _DIGIT.split(before.name.anchor)[0]  # 农网项目6月底前开工率要到100%，11月底前全部完工
    if len(thing) < _LEAST_NAME:
        return None
    start, end = said.span("all")
    hundred = Decimal(100)
    quantity = Quantity(
        text[start:end], start, end, hundred, hundred, "%", "ratio", bound="exactly", number_start=start, number_end=end
    )
    return Mention(
        quantity, part, start, end, sentence, text[clause[0] : start], said["verb"], role="target", rule="all-promised",
        score=0.7, name=names.build(f"{thing}{said['verb']}"), whole=True,
    )  # fmt: skip


def all_of(promise: Mention, text: str, told: Span) -> Mention:
    """What is told of all that a promise was for, at its words."""
    start, end = told
    quantity = replace(
        promise.quantity, text=text[start:end], start=start, end=end, bound=None, number_start=start, number_end=end
    )
    return Mention(
        quantity, promise.part, start, end, promise.sentence, "", "", role="actual", rule="whole-told", score=0.8,
        name=promise.name, topic=promise.topic, counted=True, whole=True,
    )  # fmt: skip
