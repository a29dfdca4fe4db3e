"""Lines that print each figure behind its own heading: "项目资金(万元) 全年预算数 180 全年执行数 176.4 执行率 98%"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout.lines import Line
from indicators.readers.layout.pieces import Fragments, cells_of, pieces_of, words_of
from indicators.readers.tables.heading_row import POINTS, money_role
from indicators.schema.source import Table

_NUMBER = r"\d[\d,.]*(?:[%％]|[万亿千]?元)?"
_TOKEN = re.compile(rf"[^\s:：\d]+(?={_NUMBER}(?:\s|$))|(?<=[^\s:：\d]){_NUMBER}(?=\s|$)|[^\s:：]+")
_FIGURE = re.compile(rf"-?{_NUMBER}")
_HEADED = re.compile(rf"[\u4e00-\u9fff)）][:：]?\s*-?{_NUMBER}(?=\s|$)")
_MEASURED = POINTS | {"target", "actual", "completion", "baseline"}
_LEAST_UNNAMED = 3
"""Figures at least of a line that names nothing in front of them."""
_LONGEST = 200
"""Characters of such a line at most."""


def find_tables(scan: Scan) -> Found:
    """One-row tables of such lines."""
    return scan.tables(lambda at: _table(scan, at), _may_be_row)


def _may_be_row(line: Line) -> bool:
    """Whether two figures stand alone behind words; in nearly every line there are none."""
    parted = len(line.text.split(maxsplit=1)) > 1  # the first stands in front of a blank
    return parted and len(line.text) <= _LONGEST and len(_HEADED.findall(line.text)) >= 2


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    line = scan.every[at]
    tokens = pieces_of(line, _TOKEN)
    words = words_of(line, tokens)
    first = next((i for i in range(len(words)) if _pairs(words, i)), None)
    if first is None:
        return None
    pairs = _pairs(words, first)
    if not first and len(pairs) < _LEAST_UNNAMED:
        return None
    if not {"target", "actual"} <= {money_role(words[head]) for head, _ in pairs}:
        return None
    # What opens the line (the document's name, its year) stays in the text as the heading of the names.
    opening: list[Fragments] = cells_of(line, [(tokens[0][0], tokens[first - 2][1])]) if first > 1 else [[]]
    heads = opening + cells_of(line, [tokens[head] for head, _ in pairs])
    names: list[Fragments] = cells_of(line, [tokens[first - 1]]) if first else [[]]
    row = names + cells_of(line, [tokens[value] for _, value in pairs])
    return scan.build([heads, row], at, header=1), at + 1


def _pairs(words: Sequence[str], at: int) -> list[tuple[int, int]]:
    """Places of headings with the places of their figures, one right behind the other from ``at`` on."""
    pairs = []
    while at + 1 < len(words) and money_role(words[at]) in _MEASURED and _FIGURE.fullmatch(words[at + 1]):
        pairs.append((at, at + 1))
        at += 2
    return pairs
