"""Columns that a printed rate of completion ties together: 12 | 13.2 | 110.0 are a promise, its answer and their rate.

What stands in the cells tells the columns of a table of progress whatever its headings are called. Readers ask for all
columns that a rate ties, tasks whether a column so headed is the rate of two others; the arithmetic is here for both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import permutations

from indicators.quantities.rates import PART, points_off

_FIGURE = re.compile(r"[≥≤><=＝]?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<percent>[%％]?)[^\d%％]{0,6}")
_LEAST_ROWS = 3
"""Rows that show a rate among columns of which no heading tells anything."""
_LOWEST, _HIGHEST = 1.0, 1000.0
_MOST_COLUMNS = 16
_SIZE = 3
"""How many times the other a promise or its answer is at most."""

Triple = tuple[int, int, int]
"""The columns of a promise, of its answer, and of their rate, by place."""


def rated_columns(columns: Sequence[Sequence[str]], least: int = _LEAST_ROWS) -> list[Triple]:
    """Every triple of columns of which nine rows in ten, ``least`` at least, bear the rate out; no column is in two."""
    told = [[_figure(text) for text in column] for column in columns[:_MOST_COLUMNS]]
    held = [i for i, figures in enumerate(told) if sum(figure is not None for figure in figures) >= least]
    found: list[Triple] = []
    taken: set[int] = set()
    # Promise and rate make the answer in the same way: the rate is what prints a percent sign, or stands last.
    for rate in sorted(held, key=lambda i: (not any("%" in text or "％" in text for text in columns[i]), -i)):
        if rate in taken or not (_may_be_rate(told[rate]) or least < _LEAST_ROWS):
            continue
        for promise, answer in sorted(permutations(held, 2), key=lambda pair: _order(pair, rate)):
            if (
                rate not in (promise, answer)
                and not {promise, answer} & taken
                and _borne_out(told[promise], told[answer], told[rate], least)
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


def is_rate_of(promises: Sequence[str], answers: Sequence[str], rates: Sequence[str]) -> bool:
    """Whether a column that its heading calls a rate is that of an answer over a promise, in nine rows of ten."""
    if not len(promises) == len(answers) == len(rates):
        return False
    told = [[_figure(text) for text in column] for column in (promises, answers, rates)]
    return all(None not in figures for figures in told) and _borne_out(told[0], told[1], told[2], 1)


def is_rate_where_told(promises: Sequence[str], answers: Sequence[str], rates: Sequence[str]) -> bool:
    """The same of columns row by row, some of whose cells are empty: 税收 | — | 8103 | —."""
    told = [[_figure(text) for text in column] for column in (promises, answers, rates)]
    return _borne_out(told[0], told[1], told[2], 1)


def _borne_out(
    promises: Sequence[float | None], answers: Sequence[float | None], rates: Sequence[float | None], least: int
) -> bool:
    """Whether nine rows in ten, of ``least`` that tell all three, have the rate that their figures make."""
    rows = [
        (goal, done, share)
        for goal, done, share in zip(promises, answers, rates, strict=True)
        if goal and done is not None and share is not None
    ]
    least_off = float(points_off(1))
    fits = sum(abs(done / goal * 100 - share) <= max(float(PART) * share, least_off) for goal, done, share in rows)
    return len(rows) >= least and fits * 10 >= len(rows) * 9


def of_one_size(promises: Sequence[str], answers: Sequence[str]) -> bool:
    """Whether two columns of figures may be a promise and its answer, row by row: 1200 | 900 and 1086 | 948."""
    told = [(_figure(a), _figure(b)) for a, b in zip(promises, answers, strict=False)]
    alike = [a and b and a <= _SIZE * b and b <= _SIZE * a for a, b in told]
    return len(promises) == len(answers) and len(told) >= _LEAST_ROWS and all(alike)


def _figure(text: str) -> float | None:
    match = _FIGURE.fullmatch(text.strip())
    return float(match["number"].replace(",", "")) if match else None
