"""The part of a laid-out form that sets a goal told in words beside what became of it: 预期目标 | 实际完成情况.

Both run over several lines side by side; what stands left of them (年度, 总体, 目标) heads the part and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout.lines import Line, width
from indicators.readers.layout.pieces import Fragments, parts, words_of
from indicators.readers.layout.places import printed_at
from indicators.readers.tables.heading_row import HeadingRow
from indicators.schema.source import Table

_DIGIT = re.compile(r"\d")
_SIDES = 2
_LEFT = 6
"""Characters at most of what stands left of the goal."""
_MOST_LINES = 30


def find_tables(scan: Scan) -> Found:
    """One-row tables of a goal and what became of it."""
    return scan.tables(lambda at: _table(scan, at), lambda line: "  " in line.text and _heads(line))


def _heads(line: Line) -> bool:
    """Whether a line holds two headings: of a promise, and of what became of it."""
    words = words_of(line, parts(line))
    if len(words) != _SIDES:
        return False
    heads = HeadingRow.of(words)
    return heads.roles[0] in ("target", "task") and heads.roles[1] in ("result", "actual")


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    """The table headed by line ``at`` and the line after it."""
    every, head = scan.every, scan.every[at]
    after = at + 1
    while after < min(len(every), at + _MOST_LINES) and every[after].text and scan.is_free(after):
        if HeadingRow.of(words_of(every[after], parts(every[after]))).known > 1:
            break
        after += 1
    body = every[at + 1 : after]
    goal, done = _sides(head, body)
    told = all(any(_DIGIT.search(scan.text, a, b) for a, b in side) for side in (goal, done))
    if not told:
        return None
    heads: list[Fragments] = [[(head.start + a, head.start + b)] for a, b in parts(head)]
    return scan.build([heads, [goal, done]], at, header=1), after


def _sides(head: Line, body: Sequence[Line]) -> tuple[Fragments, Fragments]:
    """What stands below each of the headings, from all lines."""
    left, right = (sum(printed_at(head, piece, width)) for piece in parts(head))
    goal: Fragments = []
    done: Fragments = []
    margin = 0
    for line in body:
        for a, b in parts(line):
            begin, end = printed_at(line, (a, b), width)
            if abs(begin + end - right) < abs(begin + end - left):
                done.append((line.start + a, line.start + b))
            elif b - a > _LEFT or (goal and begin >= margin):
                margin = begin if not goal else min(margin, begin)
                goal.append((line.start + a, line.start + b))
    return goal, done
