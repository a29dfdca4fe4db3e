"""Regions or firms that share one thing, which the text names behind the last of them alone."""

from __future__ import annotations

import itertools

from indicators.extract.clauses import Frame
from indicators.quantities import comparable
from indicators.rulebook import phrase


def split_regions(subject: str, count: int) -> list[str] | None:
    """云山、白水两县新增就业, 云山县、白水县新增就业: each region with the thing, ``None`` for other lists."""
    counted = phrase("lists", "counted_regions").fullmatch(subject)
    if counted is not None:
        listed = _listed(counted["listed"])
        kind = counted["kind"]
        own = kind if len(kind) == 1 else ""  # 白水两县; 县区 tells no region's own kind
        named = [name if not own or name.endswith(own) else f"{name}{own}" for name in listed]
        return [f"{name}{counted['thing']}" for name in named] if len(named) == count else None
    shared = phrase("lists", "regions_share").fullmatch(subject)
    if shared is None:
        return None
    listed = _listed(shared["listed"])
    return [f"{name}{shared['thing']}" for name in listed] if len(listed) == count else None


def each_of_places(left: str, frame: Frame, index: int) -> dict[str, str]:
    """东乡、西乡各定新建文化站5个: each place with the words of its own clause, where the text comes back to each.

    It comes back by name (东乡建成6个，西乡建成4个) or by so many figures in turn (分别建成6个、4个).
    """
    shared = phrase("lists", "each_of_places").match(left)
    if shared is None:
        return {}
    places = _listed(shared["listed"])
    behind = frame.live[index + 1 : index + 1 + len(places)]
    at = frame.live[index].end
    by_name = all(frame.text.find(place, at) >= 0 for place in places)
    in_turn = len(behind) == len(places) and all(comparable(q.unit, frame.live[index].unit) for q in behind)
    glued = in_turn and all(
        phrase("lists", "glue").match(frame.text[a.end : b.start]) for a, b in itertools.pairwise(behind)
    )
    told = by_name or glued
    return {place: f"{place}{shared['front']}{shared['behind']}" for place in places} if told else {}


def _listed(text: str) -> list[str]:
    return [name for name in phrase("lists", "any_and").split(text) if name]
