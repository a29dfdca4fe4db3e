"""What a task's own text names, for figures beside it that bear no name."""

from __future__ import annotations

import re

from indicators.readers.layout.numbering import numbered
from indicators.readers.tables.headings import column_role
from indicators.rulebook import phrase
from indicators.tasks.model import TaskUnit

_HEADING_CHARS = 24
"""Characters at most of a task's text that is a name and no promise."""
_UNIT_BEHIND = re.compile(r"[（(][^（）()]*[)）]$")


def heading_of(unit: TaskUnit) -> str:
    """The name of a task that promises nothing in figures: 城镇老旧小区改造."""
    if unit.form == "table" and (head := _head_of_item(unit)):
        return head
    if unit.form == "prose" or len(unit.text) > _HEADING_CHARS or any(char.isdigit() for char in unit.text):
        return ""
    name = _UNIT_BEHIND.sub("", unit.text)
    return name if column_role(name) == "other" else ""  # 年度总体目标 beside its row heads it and names no task


def _head_of_item(unit: TaskUnit) -> str:
    """What a numbered item opens with, a sentence of its own: 3.进出口总额。年度目标：20亿元。完成情况：…."""
    marker = numbered(unit.text)
    opening, stop, _ = unit.text[marker.end if marker else 0 :].partition("。")
    match = phrase("names", "item_head").match(opening) if marker and stop else None
    return str(match.group(1)) if match and not phrase("names", "no_subject").search(match.group(1)) else ""
