"""Columns that a printed rate of completion ties together: 12 | 13.2 | 110.0 are a promise, its answer and their rate.

What stands in the cells tells the columns of a table of progress whatever its headings are called.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import permutations

_FIGURE = re.compile(r"[≥≤><=＝]?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<percent>[%％]?)[^\d%％]{0,6}")
_LEAST_ROWS = 3
_ROUNDED = 0.006
"""How far a printed rate may lie from what it is of, in parts of it: both are rounded."""
_LOWEST, _HIGHEST = 1.0, 1000.0
_MOST_COLUMNS = 16

Triple = tuple[int, int, int]
"""The columns of a promise, of its answer, and of their rate, by place."""


def rated_columns(columns: Sequence[Sequence[str]]) -> list[Triple]:
    """Every triple of columns of which nine rows in ten, three at least, bear the rate out; no column is in two."""
    told = [[_figure(text) for text in column] for column in columns[:_MOST_COLUMNS]]
    held = [i for i, figures in enumerate(told) if sum(figure is not None for figure in figures) >= _LEAST_ROWS]
    found: list[Triple] = []
    taken: set[int] = set()
    for rate in held:
        if rate in taken or not _may_be_rate(told[rate]):
            continue
        for promise, answer in sorted(permutations(held, 2), key=lambda pair: _order(pair, rate)):
            if (
                rate not in (promise, answer)
                and not {promise, answer} & taken
                and _borne_out(told, promise, answer, rate)
            ):
                found.append((promise, answer, rate))
                taken |= {promise, answer, rate}
                break
    return found


def _order(pair: tuple[int, int], rate: int) -> tuple[bool, int]:
    """The promise stands first, and both right in front of the rate, if anything is to be chosen."""
    promise, answer = pair
    return promise > answer, abs(rate - promise) + abs(rate - answer)


def _may_be_rate(figures: Sequence[float | None]) -> bool:
    return all(figure is None or _LOWEST <= figure <= _HIGHEST for figure in figures) and len(set(figures)) > 1


def _borne_out(told: Sequence[Sequence[float | None]], promise: int, answer: int, rate: int) -> bool:
    rows = [
        (goal, done, share)
        for goal, done, share in zip(told[promise], told[answer], told[rate], strict=True)
        if goal and done is not None and share is not None
    ]
    fits = sum(abs(done / goal * 100 - share) <= max(_ROUNDED * share, 0.06) for goal, done, share in rows)
    return len(rows) >= _LEAST_ROWS and fits * 10 >= len(rows) * 9


def _figure(text: str) -> float | None:
    match = _FIGURE.fullmatch(text.strip())
    return float(match["number"].replace(",", "")) if match else None
