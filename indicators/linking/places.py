"""Puts back what a region is told of: 全省生产总值增长7%。青河市增长8%，白水市增长6%.

Links are made before: a region's own promise and answer stand in one clause or carry the region's name. What is
measured is put back for people, and for the direction that it gives the verdict: less is better for 青河市, where the
concentration of dust is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indicators.extract import lexicon, names
from indicators.extract.model import Mention, Name
from indicators.linking.model import Pair
from indicators.rulebook import phrase

_NEAR = 1
"""Paragraphs at most from the one that named a rate, or last spoke of it, to one that leaves out what it is of."""


@dataclass(slots=True)
class _Thing:
    """What was measured last in a unit, and in which paragraph it was spoken of last."""

    name: Name
    paragraph: int


def name_places(pairs: Sequence[Pair]) -> None:
    """Names in full what pairs of running text, in reading order, tell of a region alone."""
    things: dict[str, _Thing] = {}
    paragraphs: dict[int, int] = {}
    for pair in pairs:
        at = paragraphs.setdefault(id(pair.unit), len(paragraphs))
        for mention in _told(pair):
            unit, bare = mention.quantity.unit, _bare(mention.name)
            place = None if mention.name.verb else phrase("names", "place").fullmatch(bare)
            if (theme := _theme(mention)) and (place is not None or not bare):
                things[unit] = _Thing(names.build(theme), at)
            elif place is None:
                thing = _without_place(mention.name)
                if thing is not None and mention is pair.lead:
                    things[unit] = _Thing(thing, at)
                continue
            thing_told = things.get(unit)
            near = _NEAR if unit in names.RATES else 0
            if thing_told is not None and at - thing_told.paragraph <= near:
                thing_told.paragraph = at
                mention.name = _in_full(mention.name, place["who"] if place is not None else "", thing_told.name)


def _told(pair: Pair) -> Iterator[Mention]:
    """The mentions of a pair that measure something; a rate of completion is of what it is told of."""
    yield from (m for m in (pair.target, *pair.actuals) if m is not None and m.role in ("target", "actual"))


def _theme(mention: Mention) -> str:
    """What a sentence says at its front that it is about: 规上工业方面，青河市增长9%."""
    match = phrase("names", "theme").match(mention.in_front)
    return str(match["thing"]) if match is not None else ""


def _bare(name: Name) -> str:
    """A name without the word for its change."""
    word = _change_word(name)
    return name.text[: len(name.text) - len(word)]


def _change_word(name: Name) -> str:
    """The word for the change at the end of a name."""
    if name.change is None:
        return ""
    return max((word for word in lexicon.change_words() if name.text.endswith(word)), key=len, default="")


def _without_place(name: Name) -> Name | None:
    """云山县新建农村公路 told of the next region is 新建农村公路; ``None`` where the name tells no thing."""
    if len(name.core) < 2 or phrase("names", "place_listed").search(name.text):
        return None
    front = phrase("names", "place_in_front").match(name.text)
    if front is None:
        return name
    text = name.text[front.end() :]
    return names.build(text.removesuffix(_change_word(name)), change=name.change, word=_change_word(name))


def _in_full(name: Name, who: str, thing: Name) -> Name:
    """The thing, of this place, with the change that its own words tell."""
    told = name if name.change is not None else thing
    text = f"{who}{_bare(thing)}"
    return names.build(text, subject=name.subject, change=told.change, word=_change_word(told), anchor=text)
