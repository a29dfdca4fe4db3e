"""分别: one list of things, one list of figures. Gives every figure its own thing back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import regex

from indicators import rulebook
from indicators.extract import names
from indicators.extract.clauses import Frame
from indicators.extract.lexicon import alternation, promise_tail
from indicators.extract.model import Mention
from indicators.extract.roles import promised_behind
from indicators.rulebook import phrase
from indicators.schema.quantity import Quantity

_QUALIFIER = 3
"""Characters of a first part that is taken for a qualifier where one too many is listed."""
_SPEAKER = 4
"""Characters that may name who promised (董事会) in front of the noun for the promise."""
_BETWEEN_ITEMS = regex.compile("、|(?<=”)(?=“)")


@cache
def _heads() -> regex.Pattern[str]:
    return regex.compile(f"(?:{alternation(rulebook.words('words', 'head'))})$")


def joint_runs(frame: Frame) -> list[tuple[int, int, str, str]]:
    """``(first, last, subject, predicate)`` of every run of figures behind 分别; indices into ``frame.live``."""
    runs: list[tuple[int, int, str, str]] = []
    for index, quantity in enumerate(frame.live):
        if runs and index <= runs[-1][1]:
            continue
        left = frame.text[frame.left_wall(quantity.start) : quantity.start]
        match = phrase("lists", "jointly").search(left)
        of_both = _said_of_both(left) or phrase("lists", "answers_all").fullmatch(left) if match is None else None
        against = phrase("lists", "all_against").fullmatch(left) if match is None and of_both is None else None
        if match is None and of_both is None and against is None:
            continue
        last = index
        while last + 1 < len(frame.live):
            between = frame.text[frame.live[last].end : frame.live[last + 1].start]
            if (
                not phrase("lists", "glue").match(between)
                or phrase("lists", "beyond").match(frame.live[last + 1].text)
                or (frame.live[last + 1].unit != quantity.unit and "，" in between)
            ):
                break
            last += 1
        if last == index:
            continue
        if against is not None:
            if promised_behind(frame.text[slice(*frame.behind(last))], quantity.unit):
                runs.append((index, last, "", left))
            continue
        if match is None:
            runs.append((index, last, left, ""))
            continue
        subject = left[: match.start()]
        if not subject.strip():
            wall = frame.left_wall(quantity.start) - 1
            opening = frame.left_wall(wall) if wall > frame.start else wall
            told = any(opening <= q.start < wall for q in frame.live)
            subject = "" if told else frame.text[opening:wall]
        runs.append((index, last, subject, left[match.end() :]))
    return runs


def _said_of_both(left: str) -> re.Match[str] | None:
    """董事会下达的是13亿元和5000万元: a promise noun without a thing speaks of the things just listed."""
    match = promise_tail().search(left)
    return match if match and len(left) - len(match.group()) <= _SPEAKER and match.group() else None


def split_things(subject: str, count: int) -> list[str] | None:
    """The ``count`` things that a subject lists, the shared head put back; ``None`` where they do not add up."""
    subject = phrase("lists", "counted_last").sub("", subject)
    for splitter in (_BETWEEN_ITEMS, phrase("lists", "last_and"), phrase("lists", "any_and")):
        things = [part for part in splitter.split(subject) if part]
        if len(things) == count:
            return _share_head(things)
        if len(things) > count and splitter is not phrase("lists", "any_and") and len(things[0]) <= _QUALIFIER:
            # 新建、续建项目投资、面积和税收: what stands first qualifies and is no thing of its own.
            return _share_head(["、".join(things[: len(things) - count + 1]), *things[len(things) - count + 1 :]])
    return None


def _share_head(things: list[str]) -> list[str]:
    last = things[-1]
    if len(things[0]) == 1 and len(last) > _QUALIFIER:
        return [thing + last[1:] if len(thing) == 1 else thing for thing in things]  # 中、高等职业学校
    match = _heads().search(last)
    if not match or match.start() == 0:
        return things
    head = last[match.start() :]
    first_len = len(things[0])
    if first_len <= 3 and first_len < match.start() and len(things) == 2:
        # 小学和初中生均公用经费: short parallel items share everything behind the item.
        head = last[first_len:]
    return [thing if thing.endswith(head) or _heads().search(thing) else thing + head for thing in things[:-1]] + [last]


def joint_clauses(frame: Frame, so_far: Sequence[Mention]) -> tuple[dict[int, str], dict[int, tuple[int, int]]]:
    """For figures behind 分别: the clause each would have of its own, or how far back the thing stands it repeats."""
    found: dict[int, str] = {}
    same: dict[int, tuple[int, int]] = {}
    for first, last, subject, predicate in joint_runs(frame):
        count = last - first + 1
        stripped, _ = names.strip_lead(subject)
        base = phrase("lists", "compared_last").search(stripped)
        if (counted := phrase("lists", "things_before").match(stripped)) and len(so_far) + first >= count:
            stripped, predicate = "", f"{stripped[counted.end() :]}{predicate}"
            subject = ""
        elif (rates := phrase("lists", "rates_before").fullmatch(stripped)) and len(so_far) + first >= count:
            changed = {"降幅": "下降"}.get(rates["change"], "增长") if rates["change"] else rates["share"]
            stripped, predicate = "", f"{changed}{predicate if rates['share'] else ''}"
            subject = ""
        thing = phrase("lists", "compared_first").sub("", stripped[: base.start()] if base else stripped)
        promise = promise_tail().search(thing)
        noun = promise.group() if promise else ""
        things = split_things(thing[: len(thing) - len(noun)], count)
        for offset in range(count):
            if things is not None:
                found[first + offset] = f"{things[offset]}{base.group() if base else ''}{noun}{predicate}"
            elif len(thing) - len(noun) < 2 or (noun and len(thing) - len(noun) <= 4 and len(so_far) >= count):
                found[first + offset] = f"{subject}{predicate}"
                same[first + offset] = (offset, count)
    return found, same


def shared_things(left: str, quantity: Quantity) -> list[str]:
    """One figure for several things (排放量都要下降2%, 油料、蔬菜均达到3万吨): the clause of each."""
    match = phrase("lists", "shared").search(left)
    if match is None or not (quantity.unit in names.RATES or match["each"]):
        return []
    subject, _ = names.strip_lead(left[: match.start()])
    for count in (2, 3, 4):
        things = split_things(subject, count)
        if things is not None and all(len(thing) > 1 for thing in things):
            return [f"{thing}{left[match.end() :]}" for thing in things]
    return []
