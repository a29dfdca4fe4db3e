"""Headings of figures told by their parts: the thing and the word for what is promised or done, 油菜任务 | 油菜完成.

What no lexicon lists whole is read so over figures alone; over words the same may name what is to be done.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indicators.readers.tables.heading_row import twins
from indicators.readers.tables.headings import Heading
from indicators.rulebook import phrase

_UNIT = re.compile(r"[(（][^()（）]*[)）]$")
_SEVERAL = 2


def surely_told_by_parts(headings: list[Heading], figures: Sequence[bool | None]) -> list[Heading]:
    """The same where nothing better may tell it: no other figures stand there unknown, and no heading is a twin."""
    unknown = [i for i, (h, held) in enumerate(zip(headings, figures, strict=True)) if _is_open(h, held)]
    left = [i for i in unknown if _promised(headings[i]) is headings[i]]
    if left or any(twins([h.text for h in headings], [h.role for h in headings])):
        return headings
    return told_by_parts(headings, figures)


def told_by_parts(headings: list[Heading], figures: Sequence[bool | None]) -> list[Heading]:
    """The headings with those over figures (``figures``, a column each) told that name a thing and its part.

    The thing is the group of a promise and of what names it again; several promises of things are of one each.
    """
    found = [_promised(h) if _is_open(h, held) else h for h, held in zip(headings, figures, strict=True)]
    if any(h.role == "target" for h in headings):
        found = [_to_come(h) if _is_open(h, held) else h for h, held in zip(found, figures, strict=True)]
    if not any(h.role == "target" for h in found):
        return headings
    found = [_told(h) if _is_open(h, held) else h for h, held in zip(found, figures, strict=True)]
    return _grouped(found, [i for i, (a, b) in enumerate(zip(headings, found, strict=True)) if a != b])


def _is_open(heading: Heading, figures: bool | None) -> bool:
    return heading.role == "other" and not heading.group and bool(figures) and bool(heading.text)


def bare(heading: Heading) -> str:
    """A heading without its unit and its time."""
    text = _UNIT.sub("", heading.text)
    return text.replace(heading.period, "", 1) if heading.period else text


def _promised(heading: Heading) -> Heading:
    text = bare(heading)
    said = phrase("tables", "promise_headed").fullmatch(text) or phrase("tables", "promise_opened").fullmatch(text)
    return replace(heading, role="target") if said else heading


def _to_come(heading: Heading) -> Heading:
    """今年定的 | 今年干成 | 明年再定: beside a promise a time to come heads the next one."""
    return replace(heading, role="target") if phrase("tables", "to_come").fullmatch(bare(heading)) else heading


def _told(heading: Heading) -> Heading:
    said = phrase("tables", "told_headed").fullmatch(bare(heading))
    return replace(heading, role="actual") if said is not None else heading


def _thing(heading: Heading, rule: str) -> str:
    said = phrase("tables", rule).fullmatch(bare(heading))
    return next(filter(None, said.groups()), "") if said is not None else ""


def _grouped(headings: list[Heading], changed: Sequence[int]) -> list[Heading]:
    """The headings with the things of the promises as groups, where a column that was told now is concerned."""
    promised = {
        i: thing
        for i, h in enumerate(headings)
        if h.role == "target" and not h.group and (thing := _thing(h, "promise_headed"))
    }
    told = {
        i: thing
        for i, h in enumerate(headings)
        if h.role == "actual" and not h.group and (thing := _thing(h, "told_headed"))
    }
    found = list(headings)
    answered = {}
    for i, thing in told.items():
        own = [at for at, other in promised.items() if thing in other or other in thing]
        if len(own) == 1 and {i, own[0]} & set(changed):
            answered[own[0]] = i
    bare_answers = any(h.role in ("actual", "result") and not h.group and i not in told for i, h in enumerate(headings))
    alone = len(promised) >= _SEVERAL and not bare_answers and bool(set(promised) & set(changed))
    for at, thing in promised.items():
        if at in answered or alone:
            found[at] = replace(headings[at], group=thing)
        if at in answered:
            found[answered[at]] = replace(headings[answered[at]], group=thing)
            rate = answered[at] + 1
            if rate < len(found) and found[rate].role == "completion" and not found[rate].group:
                found[rate] = replace(found[rate], group=thing)
    return found
