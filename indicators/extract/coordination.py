"""分别: one list of things, one list of figures. Gives every figure its own thing back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from indicators import rulebook
from indicators.extract.clauses import Frame
from indicators.extract.lexicon import alternation, promise_tail
from indicators.extract.model import Mention

_JOINT = regex.compile(r"分别|各自?(?=增|达|为|下降|完成)")
_SPEAKER = 4
"""Characters that may name who promised (董事会) in front of the noun for the promise."""
_GLUE = regex.compile(r"^[、和及与,，以\s]*$")
_ALL = regex.compile(r"、|以及|和|及|与")
_COMMA_LAST = regex.compile(r"、|(?:以及|和|及|与)(?=[^、和及与]*$)")


@cache
def _heads() -> regex.Pattern[str]:
    return regex.compile(f"(?:{alternation(rulebook.words('words', 'head'))})$")


def joint_runs(frame: Frame) -> list[tuple[int, int, str, str]]:
    """``(first, last, subject, predicate)`` of every run of figures behind 分别; indices into ``frame.live``."""
    runs = []
    for index, quantity in enumerate(frame.live):
        left = frame.text[frame.left_wall(quantity.start) : quantity.start]
        match = _JOINT.search(left) or _said_of_both(left)
        if not match:
            continue
        last = index
        while last + 1 < len(frame.live):
            between = frame.text[frame.live[last].end : frame.live[last + 1].start]
            if not _GLUE.match(between):
                break
            last += 1
        if last == index:
            continue
        subject = left[: match.start()]
        if not subject.strip():
            wall = frame.left_wall(quantity.start) - 1
            opening = frame.left_wall(wall) if wall > frame.start else wall
            told = any(opening <= q.start < wall for q in frame.live)
            subject = "" if told else frame.text[opening:wall]
        runs.append((index, last, subject, left[match.end() :]))
    return runs


def _said_of_both(left: str) -> regex.Match[str] | None:
    """董事会下达的是13.5亿元和4500万元: a promise noun without a thing speaks of the things just listed."""
    match = promise_tail().search(left)
    return match if match and len(left) - len(match.group()) <= _SPEAKER and match.group() else None


def previous_names(count: int, so_far: Sequence[Mention]) -> list[Mention] | None:
    """ "实际分别完成…" without things of its own speaks of the things just listed, in their order."""
    earlier = [m for m in so_far if m.role in ("target", "actual")][-count:]
    return earlier if len(earlier) == count else None


def split_things(subject: str, count: int) -> list[str] | None:
    """The ``count`` things that a subject lists, the shared head put back; ``None`` where they do not add up."""
    for splitter in (regex.compile("、|(?<=”)(?=“)"), _COMMA_LAST, _ALL):
        things = [part for part in splitter.split(subject) if part]
        if len(things) == count:
            return _share_head(things)
    return None


def _share_head(things: list[str]) -> list[str]:
    last = things[-1]
    match = _heads().search(last)
    if not match or match.start() == 0:
        return things
    head = last[match.start() :]
    first_len = len(things[0])
    if first_len <= 3 and first_len < match.start() and len(things) == 2:
        # 城市和农村低保人均补助标准: short parallel items share everything behind the item.
        head = last[first_len:]
    return [thing if thing.endswith(head) or _heads().search(thing) else thing + head for thing in things[:-1]] + [last]
