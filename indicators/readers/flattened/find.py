"""Tables flattened by PDF-to-text: lines in reading order back into the cells they came from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from indicators.readers.files.guard import Deadline
from indicators.readers.flattened.heads import Head, find_head, repeats
from indicators.readers.flattened.table import read_table
from indicators.readers.layout.lines import Line
from indicators.readers.layout.numbering import numbered
from indicators.rulebook import phrase
from indicators.schema.source import Table
from indicators.settings import Limits

_PAGE_NUMBER = re.compile(
    r"[-—–－·]\s*\d{1,4}\s*[-—–－·]|第\s*\d{1,4}\s*页(?:[，,\s/]*共\s*\d{1,4}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
)
_MIN_BODY = 4
_WIDEST = 80
"""Columns in print at most of a line that names a table."""
_CHAPTER = 3
"""The lowest rank of a numbered heading that may stand above one."""
_MAX_WARNINGS = 20


@dataclass
class Found:
    """Tables as (first line, line after, table), by place in the lines given; and the lines that are layout."""

    tables: list[tuple[int, int, Table]] = field(default_factory=list)
    layout: set[int] = field(default_factory=set)
    """Offsets where lines begin that are headings printed again, or page numbers."""
    warnings: list[str] = field(default_factory=list)

    def outside(self, part: Sequence[Line]) -> list[Line]:
        """The lines of ``part`` that are no layout."""
        return [line for line in part if line.start not in self.layout or not line.text]


def find_tables(text: str, every: Sequence[Line], limits: Limits, name: str) -> Found:
    """The flattened tables among the lines. Raises :class:`LimitError` where they take longer than allowed."""
    found = Found()
    deadline = Deadline(name, limits)
    regions = _regions(text, every, deadline)
    for at, (head, begin) in enumerate(regions):
        deadline.check()
        stop = regions[at + 1][1] if at + 1 < len(regions) else len(every)
        part = every[begin:stop]
        runs = [(first + begin, after + begin) for first, after in repeats(part, [head])]
        layout = {i for first, after in runs for i in range(first, after) if every[i].text}
        layout |= set(range(head.first, head.after))
        layout |= {i for i in range(begin, stop) if _PAGE_NUMBER.fullmatch(every[i].text)}
        inside = {i - head.after for i in layout}
        made = read_table(text, every[head.after : stop], inside, head, limits, deadline)
        if made is None:
            where = f"line {every[head.first].number}"
            found.warnings.append(f"{where}: a table's headings without rows that could be told: read as paragraphs")
            continue
        table, after = made
        found.layout |= {every[i].start for i in layout}
        first = min([a for a, b in runs if b <= head.first and b + 3 >= head.first], default=head.first)
        found.tables.append((first, min(after + head.after, stop), table))
    del found.warnings[_MAX_WARNINGS:]
    return found


def _regions(text: str, every: Sequence[Line], deadline: Deadline) -> list[tuple[Head, int]]:
    """The heading block of each table and the first line that is the table's own."""
    heads = _heads(text, every, deadline)
    groups: list[list[Head]] = []
    for head in heads:
        if groups and _same(groups[-1], head):
            groups[-1].append(head)
        else:
            groups.append([head])
    regions: list[tuple[Head, int]] = []
    for at, group in enumerate(groups):
        until = groups[at + 1][0].first if at + 1 < len(groups) else len(every)
        begin = group[0].first
        if regions:
            begin = _above(every, begin)
        regions.append((_main(every, group, until), begin))
    return regions


def _same(group: Sequence[Head], head: Head) -> bool:
    """Whether a heading block is one of the group's printed again, whole or cut."""
    words = {token for other in group for token in other.tokens}
    shared = sum(token in words for token in head.tokens)
    covered = sum(token in set(head.tokens) for token in words)
    return shared * 5 >= len(head.tokens) * 4 or covered * 5 >= len(words) * 4


def _above(every: Sequence[Line], first: int) -> int:
    """The first of the lines above a later table's headings that name it."""
    at = first
    for back in range(first - 1, max(-1, first - 8), -1):
        line = every[back]
        if not line.text:
            continue
        chapter = numbered(line.text)
        heads = chapter is not None and chapter.rank <= _CHAPTER
        if line.width <= _WIDEST and (heads or phrase("tables", "names_table").search(line.text)):
            at = back
        else:
            break
    return at


def _main(every: Sequence[Line], heads: Sequence[Head], until: int) -> Head:
    """The heading block that the table is read by: the first of those printed most often.

    A block that another follows at once is the end of a page cut short.
    """
    whole = []
    for head, after in zip(heads, [*heads[1:], None], strict=True):
        stop = after.first if after else until
        if sum(bool(line.text) for line in every[head.after : stop]) >= _MIN_BODY:
            whole.append(head)
    texts = Counter(tuple(column.heading.text for column in head.columns) for head in whole or heads)
    often = max(texts.values())
    return next(h for h in whole or heads if texts[tuple(column.heading.text for column in h.columns)] == often)


def _heads(text: str, every: Sequence[Line], deadline: Deadline) -> list[Head]:
    heads: list[Head] = []
    at = 0
    while at < len(every):
        if at % 512 == 0:
            deadline.check()
        head = find_head(text, every, at) if every[at].text else None
        if head is not None:
            heads.append(head)
        at = head.after if head is not None else at + 1
    return heads
