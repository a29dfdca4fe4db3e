"""From a source to its tasks: tables row by row, running text item by item, in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from indicators.readers.tables.headings import column_role
from indicators.rulebook import phrase
from indicators.schema.source import Block, Paragraph, Source, Table
from indicators.tasks.asof.context import find_context
from indicators.tasks.model import Context, TaskUnit
from indicators.tasks.prose import prose_tasks
from indicators.tasks.tables import table_tasks

_TITLE_PARAGRAPHS = 3
_FIRST_CELLS = 60
"""Cells of a table that may tell its date."""
_CLOSING_CHARS = 40
_LEAD_IN = re.compile(r"([^，,。；;:：]{6,40})[:：]")


def _lead_in(text: str) -> str:
    """What a text without a title says of itself in front of its first colon: 2024年农村供水攻坚方案：…."""
    match = _LEAD_IN.match(text)
    return match.group(1) if match else ""


def _first_told(table: Table) -> list[str]:
    """What a table's first cells say, but for its schedule, which dates its steps and not the report."""
    first = table.cells[:_FIRST_CELLS]
    planned = {c.col for c in first if c.row < table.header_rows and column_role(c.passage.text) == "schedule"}
    return [
        c.passage.text
        for c in first
        if (c.row < table.header_rows or c.col not in planned)
        and not phrase("periods_of_reports", "step_label").match(c.passage.text)
    ]


def _closing(behind: Sequence[Block]) -> str:
    """The short line right below a table, ``""`` where another thing stands there."""
    told = behind[0].passage.text if behind and isinstance(behind[0], Paragraph) else ""
    return told if len(told) <= _CLOSING_CHARS else ""


def find_tasks(source: Source, as_of: date | None = None) -> tuple[list[TaskUnit], Context]:
    """The tasks of a document and what it says of its own time."""
    paragraphs = [block for block in source.blocks if isinstance(block, Paragraph)]
    tables = [block for block in source.blocks if isinstance(block, Table)]
    title = source.title or next((p.passage.text for p in paragraphs if p.kind == "title"), "")
    body = [p.passage.text for p in paragraphs]
    for table in tables:
        body.append(table.caption.text)
        body.extend(_first_told(table))
    dateline = source.meta.get("date", "") or " ".join(body[:_TITLE_PARAGRAPHS])
    context = find_context(title or (_lead_in(body[0]) if body else ""), body, dateline, as_of)
    units: list[TaskUnit] = []
    run: list[Paragraph] = []
    for at, block in enumerate(source.blocks):
        if isinstance(block, Paragraph):
            run.append(block)
            continue
        units.extend(prose_tasks(run, context))
        run = []
        units.extend(table_tasks(block, context, _closing(source.blocks[at + 1 : at + 2])))
    units.extend(prose_tasks(run, context))
    return units, context
