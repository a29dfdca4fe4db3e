"""What a table claims of a task: ticks and status words."""

from __future__ import annotations

from functools import cache

import regex

from indicators import rulebook
from indicators.readers.tables.headings import ColumnRole, Heading
from indicators.rulebook import phrase
from indicators.schema.report import Claimed
from indicators.tasks.rows import Row, text_of


def claimed(rows: list[Row], headings: list[Heading]) -> Claimed | None:
    """What ticks and status words say; a tick whose column the layout lost says nothing."""
    done = _ticked(rows, headings, "done_mark")
    notdone = _ticked(rows, headings, "notdone_mark")
    if done & notdone:
        return None
    if done or notdone:
        return "not_completed" if notdone else "completed"
    for row in rows:
        status = text_of(row, headings, "status")
        if phrase("tables", "tick").fullmatch(status):
            return "completed"
        if status and (said := claimed_by(status)):
            return said
    return None


def claimed_by(status: str) -> Claimed | None:
    """What a status word claims: 已完成, 正在推进."""
    return next((claimed for pattern, claimed in _statuses() if pattern.search(status)), None)


def _ticked(rows: list[Row], headings: list[Heading], role: ColumnRole) -> set[int]:
    return {
        id(cell)
        for row in rows
        for i, heading in enumerate(headings)
        if heading.role == role and (cell := row[i]) is not None and phrase("tables", "tick").search(cell.passage.text)
    }


@cache
def _statuses() -> tuple[tuple[regex.Pattern[str], Claimed], ...]:
    """What a status word claims, in file order."""
    return tuple((regex.compile(rule["pattern"]), rule["claimed"]) for rule in rulebook.load("tables")["status"])
