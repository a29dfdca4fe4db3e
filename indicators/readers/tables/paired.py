"""Headings that name a thing and say whether it is promised or told: 要投 | 要建 | 投了 | 建了, 占比(要) | 占比(得).

In a table that tells several things, what answers what is said by the thing that both headings name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from indicators.readers.tables.heading_row import money_role
from indicators.readers.tables.headings import ColumnRole, Heading, column_role, is_listed
from indicators.rulebook import phrase

_BRACKETED = re.compile(r"(?P<thing>[^（）()]{2,14})[（(](?P<part>[^（）()]{1,6})[)）]")
_SIDES: frozenset[ColumnRole] = frozenset(("target", "actual", "baseline", "completion"))
_TIMES: frozenset[ColumnRole] = frozenset(("other", "period", "schedule"))
"""What a heading is taken for that is nothing but a time."""
_BEHIND: frozenset[ColumnRole] = frozenset(("actual", "period", "schedule", "completion", "growth"))
"""What may be told of the thing that a promise in front names."""
_SEVERAL = 2
_LEAST_LABELS = 3
_UNIT = re.compile(r"[(（].*[)）]$")


def paired(headings: list[Heading]) -> list[Heading]:
    """The headings with the thing that each promise and its answer name as their group."""
    return _by_stem(_by_bracket(headings))


def money_line(headings: list[Heading], cells: Sequence[str]) -> list[Heading]:
    """年初 | 调整 | 支出 | 执行 over one row of figures: the labels of a project's money; 执行 100% is a rate."""
    roles = [h.role if (own := money_role(h.text)) == "other" else own for h in headings]
    if not {"target", "actual"} <= set(roles[1:]) or len(headings) < _LEAST_LABELS:
        return headings
    roles = [
        "completion" if role == "actual" and cell.endswith(("%", "％")) else role
        for role, cell in zip(roles, cells, strict=True)
    ]
    project = phrase("tables", "project_label").search(headings[0].text)
    group = project["name"] if project else ""
    if not headings[0].text and not cells[0]:  # a line that names nothing is of what its promise is called
        group = next(h.text for h, role in zip(headings, roles, strict=True) if role == "target")
    told = zip(headings[1:], roles[1:], strict=True)
    return [headings[0], *(replace(h, role=role, group=h.group or group) for h, role in told)]


def _by_bracket(headings: list[Heading]) -> list[Heading]:
    """税收占比(要) | 税收占比(得): what the brackets say of a thing that several headings name."""
    named = {i: m for i, h in enumerate(headings) if (m := _BRACKETED.fullmatch(h.text)) and not h.group}
    parts: dict[str, dict[ColumnRole, int]] = {}
    for i, match in named.items():
        role = column_role(match["part"])
        if role in _SIDES and column_role(match["thing"]) not in ("target", "actual"):
            parts.setdefault(match["thing"], {}).setdefault(role, i)
    found = list(headings)
    for thing, columns in parts.items():
        if len(columns) < _SEVERAL:
            continue
        for role, i in columns.items():
            found[i] = replace(headings[i], role=role, group=thing)
    return found


def _by_stem(headings: list[Heading]) -> list[Heading]:
    """全年要投 | 全年要动工 | 投了 | 动了: each of several promises is answered by the heading of the same verb."""
    promised = _stems(headings, "target", "promised_stem")
    told = _stems(headings, "actual", "told_stem")
    first = {stem[0] for stem in promised.values()}
    if len(first) < _SEVERAL or len({stem[0] for stem in told.values()}) < len(told):
        return headings
    found = list(headings)
    for i, stem in told.items():
        own = {at: thing for at, thing in promised.items() if thing[0] == stem[0]}
        group = max(own.values(), key=len, default="")
        for at in (i, *own) if group else ():
            found[at] = replace(headings[at], group=group)
    return found


def things_told(headings: list[Heading]) -> list[Heading]:
    """计划里程 | 完成里程 | 计划投资 | 完成投资: what several columns promise and tell is the group of each."""
    found: dict[str, dict[ColumnRole, int]] = {}
    thing_first, thing_last = phrase("tables", "thing_first"), phrase("tables", "thing_last")
    for i, heading in enumerate(headings):
        bare = _UNIT.sub("", heading.text)
        match = thing_first.fullmatch(bare) or thing_last.fullmatch(bare)
        if match is None or bool(match["promised"]) == bool(match["told"]) or heading.group:
            continue
        found.setdefault(match["thing"], {})["target" if match["promised"] else "actual"] = i
    pairs = {thing: columns for thing, columns in found.items() if len(columns) == 2}
    if len(pairs) < _SEVERAL:
        return _things_in_front(_due(headings))
    result = list(headings)
    for thing, columns in pairs.items():
        for role, i in columns.items():
            result[i] = replace(headings[i], role=role, group=thing)
    return result


def _due(headings: list[Heading]) -> list[Heading]:
    """竣工数 | 年内应竣工数: what is due and how much of it is done, whatever else the table tells."""
    result = list(headings)
    for i, heading in enumerate(headings):
        due = phrase("tables", "due").fullmatch(heading.text)
        if due is None:
            continue
        told = [j for j, h in enumerate(headings) if j != i and h.text in (due["thing"], f"{due['thing']}数")]
        if len(told) == 1:
            result[i] = replace(heading, role="target", group=due["thing"])
            result[told[0]] = replace(headings[told[0]], role="actual", group=due["thing"])
    return result


def _things_in_front(headings: list[Heading]) -> list[Heading]:
    """营业收入预算 | 累计完成 | 利润总额预算 | 累计完成: what a promise is for holds up to the next promise."""
    things = [_thing_promised(heading) for heading in headings]
    named = [i for i, thing in enumerate(things) if thing]
    if (fronts := _answered_barely(headings)) and len({*named, *fronts}) >= _SEVERAL:
        things = [thing or fronts.get(i, "") for i, thing in enumerate(things)]
        named = sorted({*named, *fronts})
    told = [i for i, h in enumerate(headings) if h.role in _BEHIND and h.role != "growth" and not h.group]
    if len(named) < _SEVERAL or any(not any(a < i < b for i in told) for a, b in pairwise([*named, len(headings)])):
        return headings
    result = list(headings)
    for a, b in pairwise([*named, len(headings)]):
        result[a] = replace(headings[a], role="target", group=things[a])
        for i in range(a + 1, b):
            role, units = headings[i].role, {headings[a].unit, headings[i].unit} - {"", "%"}
            if role in _BEHIND and len(units) < _SEVERAL:
                role = role if role in ("completion", "growth") else "actual"
                result[i] = replace(headings[i], role=role, group=things[a])
    return result


def _thing_promised(heading: Heading) -> str:
    """营业收入 of 营业收入预算, 建 of 全年要建; "" where a heading names no thing that it promises."""
    if heading.group or heading.role not in ("other", "target"):
        return ""
    front = phrase("tables", "promise_in_heading").fullmatch(_UNIT.sub("", heading.text))
    return next(filter(None, front.groups()), "") if front is not None else ""


def _answered_barely(headings: Sequence[Heading]) -> dict[int, str]:
    """新增就业 | 完成 | 失业率控制 | 实际: a bare word for what was done asks what stands in front of it; by place.

    A word that heads several columns is bare, whatever it says: 造林任务 | 种下 | 抚育任务 | 种下.
    """
    printed = Counter(h.text for h in headings if h.role == "actual")
    found = {}
    for i, (own, told) in enumerate(pairwise(headings)):
        bare = is_listed(told.text) or printed[told.text] >= _SEVERAL
        named = own.role == "other" and own.text and not own.group
        if i and named and bare and told.role == "actual" and not told.group:
            text = _UNIT.sub("", own.text)
            noun = phrase("tables", "promise_headed").match(text)
            found[i] = next(filter(None, noun.groups()), text) if noun else text
    return found


def _stems(headings: list[Heading], role: str, rule: str) -> dict[int, str]:
    """The verb that each heading of a role names, by place."""
    match: Callable[[str], re.Match[str] | None] = phrase("tables", rule).fullmatch  # type: ignore[assignment]
    told = {i: match(_UNIT.sub("", h.text)) for i, h in enumerate(headings) if h.role == role and not h.group}
    return {i: m["stem"] for i, m in told.items() if m is not None}


def told_so_far(headings: list[Heading], figures: Sequence[bool | None], caption: str) -> list[Heading]:
    """年任务 | 一季, 年初喊的 | 前三季: the time that alone heads figures beside a promise says how far it came.

    ``figures``: whether each column holds figures. Two such columns are a schedule.
    """
    running = phrase("tables", "running_totals").search(caption)
    spans = [
        i
        for i, h in enumerate(headings)
        if h.role in _TIMES and figures[i] and _tells_so_far(_UNIT.sub("", h.text), running is not None)
    ]
    if running:
        spans = spans[-1:]  # 累计数 of 7月, 10月 and 12月: the last one tells how far it came
    if len(spans) != 1:
        return headings
    roles = {h.role for h in headings if h.group == headings[spans[0]].group}
    if "target" not in roles or roles & {"actual", "result"}:
        return headings
    return [replace(h, role="actual") if i == spans[0] else h for i, h in enumerate(headings)]


def _tells_so_far(heading: str, running: bool) -> bool:
    """Whether a heading is nothing but the time its figures count up to; any month is where totals run on."""
    told = phrase("tables", "so_far").fullmatch(heading)
    return told is not None or (running and phrase("tables", "month_alone").fullmatch(heading) is not None)
