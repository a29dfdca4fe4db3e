"""Printed rates of completion tell which columns of figures answer the promise that they are of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from indicators.readers.tables.headings import ColumnRole, Heading
from indicators.readers.tables.rates import is_rate_of, is_rate_where_told, rated_columns
from indicators.rulebook import phrase
from indicators.tasks.rows import Row

_RATED: tuple[ColumnRole, ...] = ("target", "completion", "actual")
_ROLES: tuple[ColumnRole, ...] = ("target", "actual", "completion")
"""What a triple of :func:`rated_columns` holds."""
_UNTOLD: tuple[ColumnRole, ...] = ("other", "period", "schedule", "done_mark")
"""What a column of figures may be headed as of which nothing is known; 已完成 heads ticks or figures."""
_UNIT = re.compile(r"[(（].*[)）]$")
_SEVERAL = 2
_FEW = 3
_SIGNS = ("%", "％")


def told_by_figures(headings: list[Heading], rows: Sequence[Row]) -> list[Heading]:
    """Columns that no heading tells, but a rate between them: a promise, its answer, and how much that is of it."""
    unknown = {i for i, heading in enumerate(headings) if heading.role in _UNTOLD}
    if not unknown:
        return headings
    cells = [[cell.passage.text if (cell := row[i]) is not None else "" for row in rows] for i in range(len(headings))]
    found = list(headings)
    few = len(rows) < _FEW and any(h.role == "completion" for h in headings)
    asked = _rate_asked(headings, rows)
    for triple in rated_columns(cells, 1) if few else rated_columns(cells):
        if asked is not None and asked not in triple:
            group = _UNIT.sub("", headings[triple[2]].text)
            found[triple[2]] = replace(headings[triple[2]], role="actual", group=group)
            found[asked] = replace(headings[asked], group=group)
            break
        if few and not (headings[triple[2]].role == "completion" and _names_promise(headings[triple[0]])):
            continue  # so few rows bear out by chance what no heading says
        if headings[triple[0]].role == "target" and [h.role for h in headings].count("completion") >= _SEVERAL:
            continue  # several things come up to the one promise
        if (
            headings[triple[0]].role == "other"
            and not _promised(headings[triple[0]])
            and _of_whole(headings[triple[2]])
        ):
            continue  # 毕业生 | 签约 | 就业率: the share of a whole that nobody promised
        if _stage(headings[triple[0]], headings) is not None:
            continue  # 目标 | 开工 | 竣工 | 竣工率: what was begun may come up to the promise, and is none
        if any(i not in unknown and headings[i].role != role for i, role in zip(triple, _ROLES, strict=True)):
            continue
        group = headings[triple[0]].group or _thing_of(headings[triple[0]], headings[triple[1]])
        for i, role in zip(triple, _ROLES, strict=True):
            found[i] = replace(headings[i], role=role, group=headings[i].group or group)
    return found


def _of_whole(rate: Heading) -> bool:
    """Whether a heading is that of a rate which names no promise: 就业率, 开工率, and not 完成率."""
    return phrase("tables", "rate_of_whole").fullmatch(_UNIT.sub("", rate.text)) is not None


def _rate_asked(headings: Sequence[Heading], rows: Sequence[Row]) -> int | None:
    """收案 | 结案 | 结案率 | 省里要的: the column that promises the rate itself, the only promise and in per cent."""
    promises = [i for i, heading in enumerate(headings) if heading.role == "target"]
    if len(promises) != 1 or headings[promises[0]].group:
        return None
    told = [text for text in _texts(rows, promises[0]) if text]
    return promises[0] if told and all(text.endswith(_SIGNS) for text in told) else None


def _names_promise(heading: Heading) -> bool:
    """造林任务: whether a heading ends in a noun for the promise."""
    return heading.role == "target" or _promised(heading) != ""


def _promised(heading: Heading) -> str:
    """造林 of 造林任务, 死亡人数 of 死亡人数控制数: what a heading promises, where it ends in a noun for that."""
    found = phrase("tables", "promise_headed").fullmatch(_UNIT.sub("", heading.text))
    return next(filter(None, found.groups()), "") if found is not None else ""


def promised_beside(headings: list[Heading], columns: Sequence[Sequence[str]]) -> list[Heading]:
    """死亡人数控制数 | 死亡, 开工目标 | 开工: a heading ends in a noun for the promise, and the next names its thing.

    ``columns``: the cells of those that hold figures alone.
    """
    if any(heading.role == "target" for heading in headings):
        return headings
    found = list(headings)
    for i, (own, beside) in enumerate(pairwise(headings)):
        thing = _promised(own) if own.role == "other" and columns[i] and columns[i + 1] else ""
        answer = _UNIT.sub("", beside.text)
        said = beside.role == "actual" or (beside.role == "other" and (answer in thing or thing in answer))
        if thing and said and not any(text.endswith(_SIGNS) for text in columns[i + 1]):
            found[i] = replace(own, role="target", group=own.group or thing)
            found[i + 1] = replace(beside, role="actual", group=own.group or thing)
            if i + 2 < len(found) and found[i + 2].role == "completion" and not found[i + 2].group:
                found[i + 2] = replace(found[i + 2], group=own.group or thing)
    return found


def rates_among_answers(headings: list[Heading], rows: Sequence[Row]) -> list[Heading]:
    """任务 | 实际 | 完成 over 3000 | 4099.6 | 137%: of two columns of what was done one is the rate of the other."""
    told = [i for i, heading in enumerate(headings) if heading.role in ("actual", "result", "done_mark")]
    if len(told) < _SEVERAL:
        return headings
    found = list(headings)
    for rate in told:
        texts = _texts(rows, rate)
        signed = [text for text in texts if text.endswith(_SIGNS)]
        if not signed or 2 * len(signed) < len([text for text in texts if text]):
            continue
        group = headings[rate].group
        promises = [i for i, h in enumerate(headings) if h.role in ("target", "task") and h.group == group]
        answers = [i for i in told if i != rate and headings[i].group == group]
        if any(is_rate_where_told(_texts(rows, p), _texts(rows, a), texts) for p in promises for a in answers):
            found[rate] = replace(headings[rate], role="completion")
    return found


def _texts(rows: Sequence[Row], at: int) -> list[str]:
    """The cells of a column, one a row, "" where there is none."""
    return [cell.passage.text.strip() if (cell := row[at]) is not None else "" for row in rows]


def told_by_stages(headings: Sequence[Heading], columns: Sequence[Sequence[str]]) -> list[Heading]:
    """目标 | 开工 | 竣工: columns of figures headed by a stage tell what came so far.

    The last answers the promise beside them where nothing else does, and each other tells of itself.
    """
    found = list(headings)
    stages = {i: stage for i in range(len(found)) if columns[i] and (stage := _stage(headings[i], headings))}
    for group in {group for group, _ in stages.values()}:
        own = [heading.role for heading in headings if heading.group == group]
        if "target" not in own:
            continue
        at = [i for i, (beside, _) in stages.items() if beside == group]
        last = None if {"actual", "result"} & set(own) else at[-1]
        for i in at:
            named = group if i == last else f"{_UNIT.sub('', group)}{stages[i][1]}"
            found[i] = replace(headings[i], role="actual", group=named)
    return found


def _stage(heading: Heading, headings: Sequence[Heading]) -> tuple[str, str] | None:
    """The upper heading and the stage that a heading names of which nothing else is known."""
    if heading.role != "other":
        return None
    for group in sorted({other.group for other in headings}, key=len, reverse=True):
        own = _UNIT.sub("", heading.text.removeprefix(group))
        if heading.text.startswith(group) and phrase("tables", "stage_heading").fullmatch(own):
            return group, own
    return None


def _thing_of(promise: Heading, answer: Heading) -> str:
    """What is measured, where a heading says it: 计划工程 | 完工 of the one, 任务数 | 到位资金 of the other."""
    if promise.role == "other":
        front = phrase("tables", "promise_in_heading").fullmatch(_UNIT.sub("", promise.text))
        return next(filter(None, front.groups()), "") if front else ""
    return answer.text if answer.role == "other" else ""


def told_by_rates(headings: Sequence[Heading], columns: Sequence[Sequence[str]]) -> list[Heading]:
    """The headings with the columns made answers that the rates beside them show to be over the one promise."""
    headings = _one_answer(headings, columns)
    promises, rates, told = ([i for i, h in enumerate(headings) if h.role == role] for role in _RATED)
    if len(promises) != 1 or headings[promises[0]].group:
        return list(headings)
    if len(rates) >= _SEVERAL:
        return _each_rated(headings, columns, promises[0], rates)
    found = list(headings)
    answer = _answer(headings, columns, promises[0], rates[0]) if rates and not told else None
    if answer is not None:
        thing = headings[answer].text
        found[answer] = replace(headings[answer], role="actual", group=thing)
        found[promises[0]] = replace(headings[promises[0]], group=thing)
    return found


def _one_answer(headings: Sequence[Heading], columns: Sequence[Sequence[str]]) -> Sequence[Heading]:
    """任务 | 本级 | 上级 | 合计 | 占任务%: of several columns of what was done the one answers that the rate is of."""
    found = list(headings)
    for group in {heading.group for heading in headings}:
        own = {
            role: [i for i, h in enumerate(headings) if h.role == role and h.group == group and columns[i]]
            for role in _RATED
        }
        promises, rates, told = (own[role] for role in _RATED)
        if len(promises) != 1 or len(rates) != 1 or len(told) < _SEVERAL:
            continue
        fits = [i for i in told if is_rate_of(columns[promises[0]], columns[i], columns[rates[0]])]
        for i in told if fits else ():
            if i != fits[-1]:  # 到位 100 | 执行 100 | 执行率: of two alike the one next to the rate
                found[i] = replace(headings[i], group=f"{group}{_UNIT.sub('', headings[i].text.removeprefix(group))}")
    return found


def _answer(headings: Sequence[Heading], columns: Sequence[Sequence[str]], promise: int, rate: int) -> int | None:
    """到位资金 | 任务数 | 完成率: the column that the printed rates make the answer."""
    for at, heading in enumerate(headings):
        unknown = heading.role == "other" and not heading.group and columns[at]
        if unknown and is_rate_of(columns[promise], columns[at], columns[rate]):
            return at
    return None


def _each_rated(
    headings: Sequence[Heading], columns: Sequence[Sequence[str]], promise: int, rates: Sequence[int]
) -> list[Heading]:
    """目标人数 | 甲项完成 | 完成率 | 乙项完成 | 完成率: several things are each to come up to the one promise."""
    answers: dict[str, int] = {}
    for rate in rates:
        at = rate - 1
        if headings[at].role not in ("other", "actual") or headings[at].group:
            continue
        thing = phrase("tables", "answer_of_thing").sub("", headings[at].text)
        if thing and is_rate_of(columns[promise], columns[at], columns[rate]):
            answers.setdefault(thing, at)
    found = list(headings)
    if len(answers) >= _SEVERAL:
        for thing, at in answers.items():
            found[at] = replace(headings[at], role="actual", group=thing)
            found[at + 1] = replace(headings[at + 1], group=thing)
    return found
