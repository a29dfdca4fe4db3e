"""分别: one list of things, one list of figures. Gives every figure its own thing back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import regex

from indicators import rulebook
from indicators.extract import names
from indicators.extract.clauses import Frame
from indicators.extract.endings import Found, alternation
from indicators.extract.lexicon import promise_tail
from indicators.extract.model import Mention
from indicators.extract.regions import each_of_places, split_regions
from indicators.extract.roles import promised_behind
from indicators.quantities import comparable
from indicators.rulebook import phrase
from indicators.schema.quantity import Quantity

_QUALIFIER = 3
"""Characters of a first part that is taken for a qualifier where one too many is listed."""
_SPEAKER = 4
"""Characters that may name who promised (董事会) in front of the noun for the promise."""
_BETWEEN_ITEMS = re.compile("、|(?<=”)(?=“)")


class Run(NamedTuple):
    """Figures that share their words: from the ``first`` to the ``last`` of ``frame.live``."""

    first: int
    last: int
    subject: str
    predicate: str


@cache
def _heads() -> regex.Pattern[str]:
    return regex.compile(f"(?:{alternation(rulebook.words('words', 'head'))})$")


def _joint_runs(frame: Frame) -> list[Run]:
    """Every run of figures behind 分别, or of figures that go on with the things of such a run."""
    runs: list[Run] = []
    for index, quantity in enumerate(frame.live):
        if runs and index <= runs[-1].last:
            continue
        left = frame.text[frame.left_wall(quantity.start) : quantity.start]
        opened = _opens_run(frame, index, left)
        again = runs[-1] if opened is None and runs and phrase("lists", "changes_again").fullmatch(left) else None
        if opened is None and again is None:
            continue
        last = _last_of_run(frame, index)
        if last == index:
            continue
        if again is not None and last - index == again.last - again.first:
            runs.append(Run(index, last, "", left))  # 收入分别为3万元和2万元，增长5%和6%
        elif opened is not None and (opened != ("", left) or _set_against_all(frame, last)):
            runs.append(Run(index, last, *opened))
    return runs


def _opens_run(frame: Frame, index: int, left: str) -> tuple[str, str] | None:
    """``(subject, predicate)`` of the run that a figure opens, ``None`` where its words open none."""
    match = phrase("lists", "jointly").search(left)
    if match is None:
        if _said_of_both(left) or phrase("lists", "answers_all").fullmatch(left):
            return left, ""
        return ("", left) if phrase("lists", "all_against").fullmatch(left) else None
    subject = left[: match.start()]
    if not subject.strip():
        wall = frame.left_wall(frame.live[index].start) - 1
        opening = frame.left_wall(wall) if wall > frame.start else wall
        told = any(opening <= q.start < wall for q in frame.live)
        subject = "" if told else frame.text[opening:wall]
    return subject, left[match.end() :]


def _last_of_run(frame: Frame, index: int) -> int:
    """The last figure of the run that ``index`` opens: nothing but joining words between them."""
    unit, last = frame.live[index].unit, index
    while last + 1 < len(frame.live):
        between = frame.text[frame.live[last].end : frame.live[last + 1].start]
        if (
            not phrase("lists", "glue").match(between)
            or phrase("lists", "beyond").match(frame.live[last + 1].text)
            or (frame.live[last + 1].unit != unit and "，" in between)
        ):
            break
        last += 1
    return last


def _set_against_all(frame: Frame, last: int) -> bool:
    """均低于5.5%、4.5%的目标: the noun for the promise behind the last figure of a run."""
    return promised_behind(frame.text[slice(*frame.behind(last))], frame.live[last].unit)


def _said_of_both(left: str) -> Found | None:
    """董事会下达的是13亿元和5000万元: a promise noun without a thing speaks of the things just listed."""
    match = promise_tail().search(left)
    return match if match and len(left) - len(match.group()) <= _SPEAKER and match.group() else None


def _split_things(subject: str, count: int) -> list[str] | None:
    """The ``count`` things that a subject lists, the shared head put back; ``None`` where they do not add up."""
    if (regions := split_regions(subject, count)) is not None:
        return regions
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
        # 中、高等职业学校 share what follows 高, 县、乡镇企业 what follows 乡镇
        whole = phrase("lists", "whole_in_front").match(last)
        shared = last[whole.end() if whole else 1 :]
        return [thing + shared if len(thing) == 1 else thing for thing in things[:-1]] + [last]
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
    for run in _joint_runs(frame):
        first, subject, predicate = run.first, run.subject, run.predicate
        count = run.last - first + 1
        stripped, _ = names.strip_lead(subject)
        base = phrase("lists", "compared_last").search(stripped)
        if (counted := phrase("lists", "things_before").match(stripped)) and len(so_far) + first >= count:
            stripped, predicate = "", f"{stripped[counted.end() :]}{predicate}"
            subject = ""
        elif (rates := phrase("lists", "rates_before").fullmatch(stripped)) and len(so_far) + first >= count:
            changed = names.verb_of_change(rates["change"]) if rates["change"] else rates["share"]
            stripped, predicate = "", f"{changed}{predicate if rates['share'] else ''}"
            subject = ""
        thing = phrase("lists", "compared_first").sub("", stripped[: base.start()] if base else stripped)
        asked = phrase("lists", "asker").fullmatch(thing) is not None and len(so_far) + first >= count
        asked = asked or _stands_for_results(frame, run, thing, so_far)
        promise = promise_tail().search(thing)
        noun = promise.group() if promise else ""
        things = _split_things(thing[: len(thing) - len(noun)], count)
        for offset in range(count):
            if things is not None:
                found[first + offset] = f"{things[offset]}{base.group() if base else ''}{noun}{predicate}"
            elif asked or len(thing) - len(noun) < 2 or (noun and len(thing) - len(noun) <= 4 and len(so_far) >= count):
                found[first + offset] = f"{subject}{predicate}"
                same[first + offset] = (offset, count)
    return found, same


def _stands_for_results(frame: Frame, run: Run, thing: str, so_far: Sequence[Mention]) -> bool:
    """审计数分别为640万元、575万元, 实际到位2.3亿元、1.6亿元: words for the result, one in the unit of each promise."""
    bare = phrase("answers", "result_noun").fullmatch(thing) or phrase("lists", "answers_all").fullmatch(run.subject)
    if bare is None:
        return False
    units = [m.quantity.unit for m in so_far]
    for index, quantity in enumerate(frame.live[: run.first]):
        places = each_of_places(frame.before(index, frame.start), frame, index)
        units += [quantity.unit] * max(1, len(places))
    told = [q.unit for q in frame.live[run.first : run.last + 1]]
    return len(units) >= len(told) and all(map(comparable, units[-len(told) :], told))


def shared_things(left: str, quantity: Quantity) -> list[str]:
    """One figure for several things (排放量都要下降2%, 油料、蔬菜均达到3万吨): the clause of each."""
    match = phrase("lists", "shared").search(left)
    if match is None or not (quantity.unit in names.RATES or match["each"]):
        return []
    subject, _ = names.strip_lead(left[: match.start()])
    for count in (2, 3, 4):
        things = _split_things(subject, count)
        if things is not None and all(len(thing) > 1 for thing in things):
            return [f"{thing}{left[match.end() :]}" for thing in things]
    return []
