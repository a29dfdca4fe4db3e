"""Lists whose legend names the parts of a line ("格式：指标——目标；完成"): read as tables with those headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout.lines import Line
from indicators.readers.layout.pieces import Fragments
from indicators.readers.tables.heading_row import TOLD
from indicators.readers.tables.headings import column_role

_JOIN = r"\s*(?:—{1,2}|－－|--)\s*"
_PART = r"\s*(?:[；;|]|→|⇒|->)\s*"
_LEGEND = re.compile(rf"(?P<name>\w{{2,8}}){_JOIN}(?P<target>\w{{2,8}}){_PART}(?P<actual>\w{{2,8}})")
_ITEM = re.compile(rf"(?:[-*•●▲○◆]\s*)?(?P<name>[^；;|→⇒。]{{2,40}}?){_JOIN}(?P<target>\S.*?){_PART}(?P<actual>\S.*)")
_DASHES = ("—", "－－", "--")
"""One of these stands in every legend; most lines hold none."""
_MIN_ITEMS = 3
_SPOKEN = frozenset({"indicator", "task"}), frozenset({"target"}), TOLD


def _cells(found: re.Match[str], line: Line) -> list[Fragments]:
    spans = (found.span(part) for part in ("name", "target", "actual"))
    return [[(line.start + a, line.start + b)] for a, b in spans]


def _legend(line: Line) -> list[Fragments] | None:
    found = _LEGEND.search(line.text) if any(dash in line.text for dash in _DASHES) else None
    if found is None:
        return None
    roles = [column_role(found[part]) for part in ("name", "target", "actual")]
    return _cells(found, line) if all(r in wanted for r, wanted in zip(roles, _SPOKEN, strict=True)) else None


def _runs(every: Sequence[Line], first: int) -> Iterator[tuple[int, int, list[list[Fragments]]]]:
    """Runs of items from line ``first`` on; a heading between two runs belongs to neither."""
    begun, rows, idle = first, list[list[Fragments]](), 0
    for at in range(first, len(every)):
        found = _ITEM.fullmatch(every[at].text)
        if found is not None:
            begun = begun if rows else at
            rows.append(_cells(found, every[at]))
            idle = 0
            continue
        if rows:
            yield begun, at, rows
            rows = []
        idle += bool(every[at].text)
        if idle > 1 and begun > first:
            return
    if rows:
        yield begun, len(every), rows


def find_tables(scan: Scan) -> Found:
    """Lists below a legend, one table for each run of lines."""
    found: Found = []
    for place, line in enumerate(scan.every):
        heads = _legend(line) if line.text else None
        if heads is None or not scan.without(found).is_free(place):
            continue
        runs = list(_runs(scan.every, place + 1))
        if sum(len(rows) for *_, rows in runs) < _MIN_ITEMS:
            continue
        for first, after, rows in runs:
            if not scan.meets(first, after):
                found.append((first, after, scan.build([heads, *rows], first)))
    return found
