"""Who answers for a table's task: the names of bodies in its responsible columns."""

from __future__ import annotations

import re
from functools import cache

import regex

from indicators import rulebook
from indicators.readers.tables.headings import Heading
from indicators.rulebook import phrase
from indicators.schema.source import Cell
from indicators.tasks.rows import Row

_INNER_COMMA = re.compile(r"[（(][^（）()]*[)）]")
_BETWEEN = regex.compile(r"[，,；;\s]+")
_GROUP = re.compile(r"【[^】]*】|\[[^\]]*\]")


def responsible(rows: list[Row], headings: list[Heading]) -> list[str]:
    """Units of the responsible columns, in order, each once; a cell may run several names together."""
    found: list[str] = []
    cells: list[Cell] = []
    for row in rows:
        for i, heading in enumerate(headings):
            cell = row[i]
            if heading.role in ("responsible", "assistant") and cell is not None and all(cell is not c for c in cells):
                cells.append(cell)
    for cell in cells:
        # A group of contacts in 【】 is no unit.
        for piece in _BETWEEN.split(_group_free(cell.passage.text)):
            names = _bodies().findall(piece) or ([piece] if piece else [])
            found.extend(name.replace("·", "、") for name in names)
    return list(dict.fromkeys(found))


def _group_free(text: str) -> str:
    """Contacts in 【】 out; the comma inside 县（市、区） parts no units."""
    text = phrase("tables", "tick").sub(" ", _GROUP.sub(" ", text))
    return _INNER_COMMA.sub(lambda match: match.group().replace("、", "·"), text)


@cache
def _bodies() -> regex.Pattern[str]:
    """The name of a body that answers for tasks, where a cell runs several together."""
    end = rulebook.source("tables", "body_end")
    return regex.compile(
        rf"[^，,、；;\s]+?(?:{end})(?:[（(][^（）()]*[)）])?(?=[^，,、；;\s]{{3,}}|[，,、；;\s]|$)(?!长)"
    )
