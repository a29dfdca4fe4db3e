"""Tables of figures: a row an indicator (or a district), columns for target, actual, rate of completion."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from indicators.readers.headings import Heading
from indicators.schema.source import EMPTY, Cell, Passage, Table
from indicators.tasks.model import Part

_VALUE = regex.compile(
    r"(?:[≥≤><＝=≧≦～~约近超]|不低于|不少于|不超过|不高于|至少|达到?|大于|小于|控制在|-|－)*\s*"
    r"[\d０-９][\d０-９,，.．]*(?:\s*[-—–~～至]\s*[\d０-９.．]+)?\s*(?:多|余)?"
    r"[十百千万亿]*[\p{Han}%％‰/／()（）㎡A-Za-z³²μ℃]{0,10}"
)
_CAPTION_UNIT = regex.compile(r"单位[:：]\s*([\p{Han}%％/、，,]{1,12})")


def is_value(text: str) -> bool:
    """Whether a cell holds nothing but a figure with its bound and unit."""
    return bool(_VALUE.fullmatch(text.strip()))


def value_parts(rows: Sequence[Sequence[Cell | None]], headings: list[Heading], table: Table) -> list[Part]:
    """Parts of the cells that hold bare figures under a target or actual heading; ``[]`` where there are none."""
    parts: list[Part] = []
    for row in rows:
        name = _row_name(row, headings)
        unit = next((_plain(row[i]) for i, h in enumerate(headings) if h.role == "unit"), "")
        for i, heading in enumerate(headings):
            cell = row[i]
            if heading.role not in ("target", "actual", "baseline") or cell is None or not is_value(cell.passage.text):
                continue
            group = heading.group
            indicator = "".join(piece for piece in (name, group) if piece) or heading.text
            parts.append(
                Part(
                    role=f"{heading.role}_value",  # type: ignore[arg-type]
                    passage=cell.passage,
                    indicator=indicator,
                    unit=unit or heading.unit or _group_unit(headings, group) or _caption_unit(table.caption),
                    group=f"{id(row)}:{group}",
                    label=heading.text,
                    completion=_completion(row, headings, group, i) if heading.role == "actual" else EMPTY,
                    place=cell.place,
                )
            )
    if not any(part.role in ("target_value", "actual_value") for part in parts):
        return []
    return parts


def _plain(cell: Cell | None) -> str:
    return cell.passage.text if cell is not None else ""


def _row_name(row: Sequence[Cell | None], headings: list[Heading]) -> str:
    """What the row measures: its indicator, task or region; the first column where no heading says."""
    for role in ("indicator", "task", "region"):
        names = [_plain(row[i]) for i, h in enumerate(headings) if h.role == role and _plain(row[i])]
        if names:
            return names[-1] if role == "indicator" else names[0]
    for i, heading in enumerate(headings):
        if heading.role in ("other", "category", "label", "responsible") and _plain(row[i]) and not is_value(_plain(row[i])):
            return _plain(row[i])
    return ""


def _group_unit(headings: list[Heading], group: str) -> str:
    return next((h.unit for h in headings if h.group == group and h.unit and h.role != "completion"), "")


def _caption_unit(caption: Passage) -> str:
    match = _CAPTION_UNIT.search(caption.text)
    return regex.split(r"[、，,]", match.group(1))[0] if match else ""


def _completion(row: Sequence[Cell | None], headings: list[Heading], group: str, at: int) -> Passage:
    """The printed rate that belongs to the actual at ``at``: the next one of the same group."""
    for i in [*range(at + 1, len(headings)), *range(at)]:
        cell = row[i]
        if headings[i].role == "completion" and headings[i].group == group and cell is not None:
            return cell.passage
    return EMPTY
