"""Counts lists of names that the text makes plain are all: A、B被认定为省级集群 is two."""

from __future__ import annotations

from decimal import Decimal

import regex

from indicators.extract import names
from indicators.extract.clauses import Span
from indicators.extract.model import Mention
from indicators.schema.quantity import Quantity
from indicators.tasks.model import Part

_LISTED = regex.compile(
    r"(?P<list>[^，,。；;：:]{4,80}?)(?:均|也|都|已|先后|成功|顺利|分别|正式)*"
    r"(?P<verb>被认定为|认定为|被评为|被评定为|被授予|获评|获批|获认定为?|入选|入围|荣获|通过(?=[^，。]{0,20}认定))(?P<what>[^，,。；;]{2,60})"
)
_ITEM = regex.compile(r"、|(?<=[\p{Han}”])(?:和|及|与)(?=[\p{Han}“])")
_OPENING = regex.compile(
    r"^(?:近日|目前|其中|同时|此外|另有|我[市省县区州]|全[市省县区州]|[^，]{0,8}(?:年|月|底|末)[，,]?|\d+[.、])+"
)
_MAX_ITEM = 25


def counted_mentions(text: str, clause: Span, sentence: Span, part: Part, topic: int) -> Mention | None:
    """The mention of a clause that lists names without counting them; ``None`` where it lists fewer than two."""
    match = _LISTED.match(text, clause[0], clause[1])
    if not match:
        return None
    listed = match.group("list")
    opening = _OPENING.match(listed)
    skip = opening.end() if opening else 0
    items = [item for item in _ITEM.split(listed[skip:]) if item]
    if "、" not in listed[skip:] or len(items) < 2 or any(not 2 <= len(item) <= _MAX_ITEM for item in items):
        return None
    if listed.endswith("等") or regex.search(
        r"支持|推动|组织|推荐|指导|帮助|争取|力争|申报", listed + match.group("what")
    ):
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
