"""Tables whose headings say neither promise nor answer: caption, closing line and times against the report's date do.

三年怎么走 over 2023 | 2024 | 2025, 县里给乡镇派的活 over 油菜(亩) | 低改(亩), 三年账本 over 粮食(万吨) | 肉类(万吨).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indicators.quantities.numerals import small_int
from indicators.quantities.years import printed_years
from indicators.readers.tables.headings import ColumnRole, Heading
from indicators.rulebook import phrase
from indicators.tasks.asof.month import last_month
from indicators.tasks.model import Context
from indicators.tasks.rows import Row
from indicators.tasks.values import is_value

_TELLING = frozenset(
    ("target", "actual", "result", "completion", "done_mark", "notdone_mark", "status", "score", "weight")
)
"""Columns that say themselves what the table is about."""
_ANSWERS = frozenset(("actual", "result", "completion"))
_MAY_HOLD = frozenset(("other", "period", "schedule", "baseline", "label"))
"""What a column of figures may be headed as whose kind something else tells."""
_NAMES = frozenset(("indicator", "task", "region", "other", "category", "responsible", "leader", "period"))
"""What the column of names may be headed as."""
_NONE = "—–-－/ "
_PLAN: frozenset[ColumnRole] = frozenset(("target", "baseline", "nature"))
_UNIT = re.compile(r"[(（][^()（）]*[)）]$")
_LAST_MONTH = 12
_LEAST_ROWS = 2
_LEAST_STEPS = 3
"""Years at least that follow one another in a plan told year by year."""


@dataclass(frozen=True, slots=True)
class Told:
    """What stands around a table."""

    words: str
    """Caption, or the title of the document where there is none, and the closing line."""
    context: Context

    @property
    def promises(self) -> bool:
        """Whether the words say that all figures are promised."""
        return phrase("tables", "all_promised").search(self.words) is not None and not self.answers

    @property
    def answers(self) -> bool:
        """Whether the words say that all figures were reached."""
        return phrase("tables", "all_reached_of").search(self.words) is not None

    def is_of_steps(self, times: int) -> bool:
        """Whether each of so many times is promised, the first one, too: three columns of 三年怎么走."""
        steps = phrase("tables", "step_by_step").search(self.words)
        return steps is not None and small_int(steps["count"]) == times


def told_around(headings: list[Heading], rows: Sequence[Row], words: str, context: Context) -> list[Heading]:
    """The headings with the roles that words and times around them tell; as they are where a heading tells its own.

    ``words``: caption and closing line.
    """
    told = Told(words, context)
    headings = _in_doubt(_first_step(_over(headings, told), told), told)
    at = _figure_columns(headings, rows)
    if not at or len(rows) < _LEAST_ROWS or {h.role for h in headings} & _TELLING:
        return headings
    if any(phrase("tables", "reached_in_heading").search(headings[i].text) for i in at):
        return headings
    times = [_time(headings[i], context) for i in at]
    ahead = any(time is not None and time > 0 for time in times)
    if all(time is None for time in times):
        role: ColumnRole | None = "target" if told.promises else "actual" if told.answers else None
        return headings if role is None else [_given(h, role) if i in at else h for i, h in enumerate(headings)]
    if not ahead and not told.promises:
        return headings if None in times else _reached(headings, at, times)
    found, steps = list(headings), told.is_of_steps(len(at))
    for i, time in zip(at, times, strict=True):
        past = (time is not None and time < 0) or (time is None and headings[i].role == "baseline")
        found[i] = _given(headings[i], "baseline" if past and not steps else "target")
    return found


def _reached(headings: list[Heading], at: Sequence[int], times: Sequence[int | None]) -> list[Heading]:
    """2020 | 2021 | 2022 in a table that promises nothing, or 去年一季 | 今年一季: what each of the times gave."""
    if len(at) == 1 and headings[at[0]].role != "period":
        return headings
    return [_given(h, "actual") if i in at and h.role != "baseline" else h for i, h in enumerate(headings)]


def _in_doubt(headings: list[Heading], told: Told) -> list[Heading]:
    """到年底 of a year that is not over, 到位资金 below words that promise all: what seemed reached is not known."""
    roles = {h.role for h in headings} & _TELLING
    if roles != {"actual"}:
        return headings
    ahead = [h.role == "actual" and (_time(h, told.context) or 0) > 0 for h in headings]
    if not any(ahead) and not (told.promises and any(h.role == "other" and h.unit for h in headings)):
        return headings
    return [replace(h, role="other") if h.role == "actual" else h for h in headings]


def _over(headings: list[Heading], told: Told) -> list[Heading]:
    """行动计划三年实施结果 over 2020 | 2021 | 2022: years that are over, told as reached, promise nothing."""
    years = [max(printed_years(h.text), default=0) for h in headings if h.role in ("baseline", "target")]
    day = told.context.as_of
    if not years or day is None or not told.answers or min(years) == 0 or any(h.role in _ANSWERS for h in headings):
        return headings
    if max(years) > day.year - (day.month < _LAST_MONTH):
        return headings
    plain = all(phrase("tables", "bare_time").fullmatch(h.text) for h in headings if h.role in ("baseline", "target"))
    return [replace(h, role="actual") if h.role in ("baseline", "target") and plain else h for h in headings]


def _first_step(headings: list[Heading], told: Told) -> list[Heading]:
    """2021 | 2022 | 2023 of a plan: the first of years in a row is where it starts only if it is over."""
    planned = [i for i, h in enumerate(headings) if h.role in ("baseline", "target") and h.period]
    years = {i: year for i in planned if (year := max(printed_years(headings[i].text), default=0))}
    first = min(years, key=lambda i: years[i], default=None)
    if first is None or len(years) < _LEAST_STEPS or headings[first].role != "baseline":
        return headings
    if any(b - a != 1 for a, b in pairwise(sorted(years.values()))) or {h.role for h in headings} & _ANSWERS:
        return headings
    if not told.is_of_steps(len(years)) and (told.context.as_of is None or years[first] < told.context.as_of.year):
        return headings
    return [replace(h, role="target") if i == first else h for i, h in enumerate(headings)]


def _given(heading: Heading, role: ColumnRole) -> Heading:
    """The heading with a role; what is no time names what its figures measure."""
    times = (
        heading.period
        or heading.role in ("period", "baseline")
        or phrase("tables", "bare_time").fullmatch(heading.text)
    )
    return replace(heading, role=role, group=heading.group if times else heading.group or _UNIT.sub("", heading.text))


def _figure_columns(headings: list[Heading], rows: Sequence[Row]) -> list[int]:
    """Columns behind the names that hold figures alone and that may be promised or reached; ``[]`` if any does not."""
    if len(headings) < _LEAST_ROWS or headings[0].role not in _NAMES:
        return []
    found = []
    for i, heading in enumerate(headings):
        cells = [cell.passage.text.strip() for row in rows if (cell := row[i]) is not None]
        cells = [text for text in cells if text.strip(_NONE)]
        if i and heading.text and cells and all(map(is_value, cells)) and heading.role in _MAY_HOLD:
            found.append(i)
    return found


def _time(heading: Heading, context: Context) -> int | None:
    """Whether the time of a heading lies behind the report (-1), is its own (0) or ahead (1); ``None``: no time."""
    text = heading.text
    if phrase("tables", "time_ahead").search(text):
        return 1
    if phrase("tables", "time_past").search(text):
        return -1
    year = max(printed_years(text), default=0)
    now = context.as_of.year if context.as_of is not None else context.year
    if year and now:
        return (year > now) - (year < now)
    span = phrase("tables", "bare_time").fullmatch(_UNIT.sub("", text))
    if span is None:
        return None
    month = last_month(text) or 0
    today = context.as_of.month if context.as_of is not None else context.month
    return int(bool(today) and month > (today or _LAST_MONTH))
