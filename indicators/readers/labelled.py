"""Lines that print each figure behind its own heading: "项目资金(万元) 全年预算数 180 全年执行数 176.4 执行率 98%"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.readers.grid import Fragments
from indicators.readers.headings import column_role
from indicators.readers.lines import Line
from indicators.readers.scan import Found, Scan
from indicators.schema.source import Table

_TOKEN = re.compile(r"[^\s:：\d]+(?=\d[\d,.]*[%％]?(?:\s|$))|(?<=[^\s:：\d])\d[\d,.]*[%％]?(?=\s|$)|[^\s:：]+")
_FIGURE = re.compile(r"-?\d[\d,.]*[%％]?")
_HEADED = re.compile(r"[\u4e00-\u9fff)）][:：]?\s*-?\d[\d,.]*[%％]?(?=\s|$)")
_ROLES = frozenset({"target", "actual", "completion", "score", "weight", "baseline"})
_LONGEST = 200
"""Characters of such a line at most."""

Span = tuple[int, int]


def find_tables(scan: Scan) -> Found:
    """One-row tables of such lines."""
    return scan.tables(lambda at: _table(scan, at), _may_be_row)


def _may_be_row(line: Line) -> bool:
    """Whether two figures stand alone behind words; in nearly every line there are none."""
    return len(line.text) <= _LONGEST and len(_HEADED.findall(line.text)) >= 2


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    line = scan.every[at]
    tokens = [found.span() for found in _TOKEN.finditer(line.text)]
    words = [line.text[a:b] for a, b in tokens]
    first = next((i for i in range(len(words)) if _pairs(words, i)), None)
    if first is None or not first:
        return None
    pairs = _pairs(words, first)
    roles = {column_role(words[head]) for head, _ in pairs}
    if not {"target", "actual"} <= roles:
        return None
    # What opens the line (the document's name, its year) stays in the text as the heading of the names.
    opening = [_fragment((tokens[0][0], tokens[first - 2][1]), line.start)] if first > 1 else [[]]
    heads: list[Fragments] = [*opening, *(_fragment(tokens[head], line.start) for head, _ in pairs)]
    row: list[Fragments] = [
        _fragment(tokens[first - 1], line.start),
        *(_fragment(tokens[value], line.start) for _, value in pairs),
    ]
    return scan.build([heads, row], at), at + 1


def _pairs(words: Sequence[str], at: int) -> list[tuple[int, int]]:
    """Places of headings with the places of their figures, one right behind the other from ``at`` on."""
    pairs = []
    while at + 1 < len(words) and column_role(words[at]) in _ROLES and _FIGURE.fullmatch(words[at + 1]):
        pairs.append((at, at + 1))
        at += 2
    return pairs


def _fragment(span: Span, start: int) -> Fragments:
    return [(start + span[0], start + span[1])]
