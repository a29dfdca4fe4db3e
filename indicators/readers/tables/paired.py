"""Headings that name a thing and say whether it is promised or told: 要投 | 要建 | 投了 | 建了, 占比(要) | 占比(得).

In a table that tells several things, what answers what is said by the thing that both headings name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from indicators.readers.tables.heading_row import money_role
from indicators.readers.tables.headings import ColumnRole, Heading, column_role
from indicators.rulebook import phrase

_BRACKETED = re.compile(r"(?P<thing>[^（）()]{2,14})[（(](?P<part>[^（）()]{1,6})[)）]")
_SIDES: frozenset[ColumnRole] = frozenset(("target", "actual", "baseline", "completion"))
_TIMES: frozenset[ColumnRole] = frozenset(("other", "period", "schedule"))
"""What a heading is taken for that is nothing but a time."""
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


def _stems(headings: list[Heading], role: str, rule: str) -> dict[int, str]:
    """The verb that each heading of a role names, by place."""
    match: Callable[[str], re.Match[str] | None] = phrase("tables", rule).fullmatch  # type: ignore[assignment]
    told = {i: match(_UNIT.sub("", h.text)) for i, h in enumerate(headings) if h.role == role and not h.group}
    return {i: m["stem"] for i, m in told.items() if m is not None}


def told_so_far(headings: list[Heading], figures: Sequence[bool | None], caption: str) -> list[Heading]:
    """年任务 | 一季, 年初喊的 | 前三季: the time that alone heads figures beside a promise says how far it came.

    ``figures``: whether each column holds figures. Two such columns are a schedule, and so is what is handed out.
    """
    spans = [
        i
        for i, h in enumerate(headings)
        if h.role in _TIMES and figures[i] and phrase("tables", "so_far").fullmatch(_UNIT.sub("", h.text))
    ]
    if len(spans) != 1 or phrase("tables", "hands_out").search(caption):
        return headings
    roles = {h.role for h in headings if h.group == headings[spans[0]].group}
    if "target" not in roles or roles & {"actual", "result"}:
        return headings
    return [replace(h, role="actual") if i == spans[0] else h for i, h in enumerate(headings)]
