"""Counts lists of names that the text makes plain are all: A、B被认定为省级集群 is two."""

from __future__ import annotations

from decimal import Decimal

from indicators.extract import names
from indicators.extract.clauses import Span
from indicators.extract.model import Mention
from indicators.rulebook import phrase
from indicators.schema.quantity import Quantity
from indicators.tasks.model import Part

_MAX_ITEM = 25


def counted_mentions(text: str, clause: Span, sentence: Span, part: Part, topic: int) -> Mention | None:
    """The mention of a clause that lists names without counting them; ``None`` where it lists fewer than two."""
    match = phrase("lists", "granted").match(text, clause[0], clause[1])
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
    what = match.group("what")
    verb = match.group("verb").replace("被", "").removesuffix("为")
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
        name=names.build(f"{verb}{what}", context=f"{verb}{what}"),
        topic=topic,
        counted=True,
    )
