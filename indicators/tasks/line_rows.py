"""Lines of a list that print a promise and its figure, then the answer and its: 添公交车 要116辆 到了96辆(82.8%).

Such a line reads like a row of a table of figures. Another way to write it puts a colon behind the promise:
高山搬迁50万人(2013—2017)：累计42.3万人. Or a tick parts the two: 新建幼儿园 12所 √ 已开9所.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from indicators.quantities import find_quantities
from indicators.readers.layout.numbering import numbered
from indicators.rulebook import phrase, rare
from indicators.schema.quantity import Quantity
from indicators.schema.source import EMPTY, Paragraph, Passage
from indicators.tasks.model import Part, TaskUnit

_SEVERAL = 2
"""Lines of one form that show how a list is written."""
_LONGEST = 120
"""Characters of such a line at most."""
_COLON = re.compile(r"[（(][^（）()]*(?:19|20)\d{2}[^（）()]*[)）][：:]")
"""The years of a plan in brackets behind a promise, and the colon behind them."""
_MARK = regex.compile(r"^[·•*\-—－●○◆▪\s]+")
_NUMBER = regex.compile(r"\d{1,3}\s*(?=\p{Han})")
"""The bare number of a row."""
_BARE = re.compile(r"\d+(?:\.\d+)?(?!\d)")
_RATES = frozenset("%％")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as a row: what it names, and where its figures stand."""

    name: str
    promise: tuple[int, int]
    answer: tuple[int, int]
    rate: tuple[int, int] | None
    rest: tuple[tuple[int, int], ...]
    """What else the line tells, in front of the answer and behind it."""


def lines_as_rows(paragraphs: Sequence[Paragraph]) -> dict[int, Line]:
    """The lines of a list that is written so, by place of the paragraph."""
    short = {at: p.passage.text for at, p in enumerate(paragraphs) if len(p.passage.text) <= _LONGEST}
    wanted = {at: line for at, text in short.items() if (line := _wanted(text)) is not None}
    spanned = {at: line for at, text in short.items() if (line := _spanned(text)) is not None}
    ticked = {at: line for at, text in short.items() if (line := _ticked(text)) is not None}
    return {at: line for form in (wanted, spanned, ticked) if len(form) >= _SEVERAL for at, line in form.items()}


def as_values(paragraph: Paragraph, line: Line, title: str) -> TaskUnit:
    """The line as a row of a table of figures; ``title`` may say that what is promised must not be passed."""
    passage = paragraph.passage
    start, end = passage.span(0, len(passage.text))
    unit = TaskUnit(paragraph.number, line.name, start=start, end=end, form="values")

    def part(role: str, place: tuple[int, int], rate: Passage = EMPTY) -> Part:
        cell = passage.slice(*place)
        capped = role == "target_value" and phrase("answers", "capped").search(f"{title}\n{passage.text}") is not None
        own = {
            "operator": "≤" if capped else "",
            "indicator": line.name,
            "group": f"{id(paragraph)}:line",
            "completion": rate,
        }
        return Part(role, cell, place=paragraph.place, **own)  # type: ignore[arg-type]

    unit.parts.append(part("target_value", line.promise))
    unit.parts.append(part("actual_value", line.answer, passage.slice(*line.rate) if line.rate else EMPTY))
    for place in line.rest:
        unit.parts.append(Part("result", passage.slice(*place), place=paragraph.place))
    return unit


def _wanted(text: str) -> Line | None:
    """添公交车 要116辆 到了96辆: a name, a word that wants, its figure, and right behind what came of it."""
    marker = numbered(text)
    opening = rare("answers", "line_promise").match(text, marker.end if marker else 0)
    if opening is None:
        return None
    promised = _first(text, opening.end())
    told = phrase("answers", "line_told").match(text, promised.end) if promised is not None else None
    answer = _first(text, told.end()) if told is not None else None
    if answer is None and told is not None and promised is not None and (bare := _BARE.match(text, told.end())):
        answer = replace(promised, start=bare.start(), end=bare.end(), unit="")  # 做完470 在做30
    if promised is None or answer is None or not promised.unit or not _alike(promised, answer):
        return None
    return _line(text, opening["name"], promised, answer, ())


def _spanned(text: str) -> Line | None:
    """高山搬迁50万人(2013—2017)：累计42.3万人: a promise for the years of a plan, and how far it came."""
    colon = _COLON.search(text)
    mark = _MARK.match(text)
    begin = mark.end() if mark else 0
    marker = numbered(text[begin:])
    begin += marker.end if marker else 0
    promised = _own(find_quantities(text[begin : colon.start()]), begin) if colon is not None else []
    if colon is None or len(promised) != 1:
        return None
    goal = promised[0]
    ahead, behind = text[begin : goal.start], text[goal.end : colon.start()]
    if ahead and behind:
        return None
    told = [q for q in _own(find_quantities(text[colon.end() :]), colon.end()) if _alike(goal, q)]
    answer = next((q for q in told if phrase("answers", "in_all").search(text, colon.end(), q.start)), None)
    answer = answer or next(iter(told), None)
    if answer is None:
        return None
    first = told[0] if told[0] is not answer else None
    lead = ((colon.end(), first.end),) if first is not None else ()
    return _line(text, (ahead or behind).strip("的 "), goal, answer, lead)


def _ticked(text: str) -> Line | None:
    """1 新建幼儿园 12所 √ 已开9所: a tick whose column is lost parts the promise from what came of it."""
    tick = phrase("answers", "tick_between").search(text)
    if tick is None:
        return None
    marker, number = numbered(text), _NUMBER.match(text)
    begin = marker.end if marker else number.end() if number else 0
    told = _own(find_quantities(text[begin : tick.start()]), begin)
    promised = told[-1] if told and told[-1].end == tick.start() else None
    answer = _first(text, tick.end())
    if promised is None or answer is None or not promised.unit or not _alike(promised, answer):
        return None
    return _line(text, text[begin : promised.start], promised, answer, ()) if promised.start > begin else None


def _line(text: str, name: str, promised: Quantity, answer: Quantity, lead: tuple[tuple[int, int], ...]) -> Line | None:
    """The line, unless it goes on with rates that only its words tell what they are of."""
    rate = phrase("answers", "line_rate").match(text, answer.end)
    after = rate.end() if rate is not None else answer.end
    more = find_quantities(text[after:])
    if any(quantity.unit in _RATES for quantity in more):
        return None
    rest = (*lead, *(((after, len(text)),) if more else ()))
    return Line(
        name.strip(),
        (promised.start, promised.end),
        (answer.start, answer.end),
        rate.span("rate") if rate is not None else None,
        rest,
    )


def _first(text: str, at: int) -> Quantity | None:
    """The quantity that begins right at a place."""
    found = _own(find_quantities(text[at:]), at)
    return found[0] if found and found[0].start == at else None


def _own(found: Sequence[Quantity], at: int) -> list[Quantity]:
    """Quantities of a stretch that begins at ``at``, by their places in the whole."""
    return [replace(q, start=q.start + at, end=q.end + at) for q in found]


def _alike(promised: Quantity, answer: Quantity) -> bool:
    """Whether two figures may be of one thing: of one unit, or the answer prints none."""
    return promised.unit == answer.unit or (not answer.unit and promised.unit not in _RATES)
