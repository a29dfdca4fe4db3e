"""Tables told by their bodies: rows of a name and as many figures each tell how many columns there are.

The rows stand on a line each, parted by blanks, or their cells on lines of their own. The words above them are the
headings where they come out as many as the columns, be they broken or of two levels (``dealt_headings.py``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from indicators.readers.forms.bodied_rows import LEAST_FIGURES, LONGEST, Rows, Shape, figures_in, has_unit, is_numbered
from indicators.readers.forms.dealt_headings import MOST_WORDS, Dealt, deal_headings
from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout.lines import Line, is_layout
from indicators.readers.layout.pieces import Fragments
from indicators.readers.layout.words import Word, bound, is_figure, joined, words_of
from indicators.readers.tables.headings import column_role
from indicators.schema.source import Table

_ROW = re.compile(r"[ \t\u3000][^\s\w]?\d\S*[ \t\u3000]+(?:[^\s\w]?\d|[—–\-－])", re.M)
_CELL = re.compile(r"^[ \t\u3000]*[^\s\w]?\d[\d,.]*[^\s\w]?[ \t\u3000\r]*$", re.M)
_LEAST_LINES = 3
_LEAST_CELLS = 6
_LEAST_ROWS = 2
_LEAST_LED = 3
_LONGEST_LEAD = 6
"""Characters at most of a word that stands before the number of a row."""
_FEW_MISSED = 4
"""Rows found at least for each that could not be told."""
_MOST_TRAIL = 3
"""Words at most behind the figures of a row."""
_NAME_LINES = 2
"""Lines at most that a name runs on in front of its figures."""
_MOST_BLANK = 2
"""Columns at most in which no row of cells on lines of their own prints anything."""
_ANEW = 3
"""Headings that the lexicon knows at least where a table begins anew."""
_SENTENCE = tuple("。；：:;，")
_FIGURE_OPENS = frozenset("≥≤><=＝≧≦＜＞约[〔【+-－—–/ ─━═┄┈_")
"""What a figure may begin with beside a digit, and a line drawn in front of it."""
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]")


@dataclass(frozen=True, slots=True)
class _Entry:
    """The words of a line, or of the cells on lines of their own up to the end of a run of figures."""

    first: int
    after: int
    words: Sequence[Word]

    @property
    def shape(self) -> Shape:
        """What a row that prints just this looks like."""
        figures = figures_in(self.words)
        return Shape(is_numbered(self.words), len(figures), len(self.words) - figures.stop, has_unit(self.words))


@dataclass(frozen=True, slots=True)
class _Body:
    """The rows of a table, the line behind the last, and how many entries they take."""

    rows: list[list[Fragments]]
    after: int
    taken: int


def find_tables(scan: Scan) -> Found:
    """Tables whose rows tell the columns."""
    found: Found = []
    # Most texts hold no such rows: one search over the whole tells that sooner than a look at each line.
    for pattern, least, celled in ((_ROW, _LEAST_LINES, False), (_CELL, _LEAST_CELLS, True)):
        if sum(1 for _ in islice(pattern.finditer(scan.text), least)) == least:
            rest = scan.without(found)
            for first, after in _stretches(rest):
                if _may_hold_rows(rest.every[first:after], celled=celled):
                    entries = _runs(rest, first, after) if celled else _lines(rest, first, after)
                    found += _tables(rest, entries, celled=celled)
    return found


def _stretches(scan: Scan) -> list[tuple[int, int]]:
    """The lines between sentences and tables, from the first to the one behind the last."""
    found: list[tuple[int, int]] = []
    begin = 0
    for at in range(len(scan.every) + 1):
        if at == len(scan.every) or not scan.is_free(at) or _ends(scan.every[at].text):
            if at - begin > _LEAST_ROWS:
                found.append((begin, at))
            begin = at + 1
    return found


def _may_hold_rows(lines: Sequence[Line], *, celled: bool) -> bool:
    """Whether enough lines begin like a figure, or have several words, as the figures of the rows must: few do."""
    if celled:
        openings = (line.text[:1] for line in lines)
        return (
            sum(char.isdecimal() or char in _FIGURE_OPENS for char in openings if char) >= _LEAST_ROWS * LEAST_FIGURES
        )
    return sum(len(line.text.split(maxsplit=1)) > 1 for line in lines) >= _LEAST_ROWS


def _ends(text: str) -> bool:
    return len(text) > 3 * LONGEST or text.endswith(_SENTENCE) or "\t" in text or "|" in text


def _lines(scan: Scan, first: int, after: int) -> list[_Entry]:
    """An entry for each line that holds something."""
    told = [at for at in range(first, after) if scan.every[at].text and not is_layout(scan.every[at])]
    found: list[_Entry] = []
    number = 0
    for at in told:
        words = bound(words_of(scan.every[at]))
        if _leads(words, number + 1):
            words = words[1:]
        number = int(words[0].text) if words and is_numbered(words) else number
        if words:
            found.append(_Entry(at, at + 1, words))
    return found


def _leads(words: Sequence[Word], number: int) -> bool:
    """Whether a word of the column of groups, broken over its rows, stands before the row's number: 健康 | 1 | 床位."""
    if len(words) < _LEAST_LED or len(words[0].text) > _LONGEST_LEAD or is_figure(words[2].text):
        return False
    return words[1].text == str(number) and not any(char.isdigit() for char in words[0].text)


def _runs(scan: Scan, first: int, after: int) -> list[_Entry]:
    """An entry for each run of cells on lines of their own up to its last figure."""
    found: list[_Entry] = []
    own: list[Word] = []
    begin = end = first
    for at in range(first, after):
        line = scan.every[at]
        if not line.text or (is_layout(line) and not is_figure(line.text)):
            continue
        if own and is_figure(own[-1].text) and not is_figure(line.text):
            found.append(_Entry(begin, end, own))
            own, begin = [], at
        own.append(joined(words_of(line)))
        end = at + 1
    return [*found, _Entry(begin, end, own)] if own else found


def _tables(scan: Scan, entries: Sequence[_Entry], *, celled: bool) -> Found:
    """The tables among the entries of a stretch."""
    printed = [entry.shape for entry in entries]
    shapes = Counter(shape for shape in printed if shape.figures >= LEAST_FIGURES and shape.trail <= _MOST_TRAIL)
    found: Found = []
    named: Word | None = None
    at = begin = 0
    while at < len(entries):
        shape = printed[at]
        behind = at > begin and printed[at - 1] == shape and len(entries[at].words) <= shape.width
        may = shapes[shape] >= _LEAST_ROWS and not behind  # right behind a row what is a row begins no table
        made = _table(scan, entries[begin:], at - begin, shape, celled, named) if may else None
        if made is None:
            at += 1
            continue
        found.append(made[0])
        named = made[2]
        begin = at = begin + made[1]
    return found


def _table(
    scan: Scan, entries: Sequence[_Entry], at: int, shape: Shape, celled: bool, named: Word | None
) -> tuple[tuple[int, int, Table], int, Word] | None:
    """The table of which entry ``at`` is a row, how many entries it takes, and its heading of names."""
    units = (True, False) if shape.unit else (False,)
    for unit, wide, back in product(units, range(_MOST_BLANK + 1 if celled else 1), range(_NAME_LINES + 1)):
        full = replace(shape, figures=shape.figures + wide, unit=unit)
        above, rows = _parted(entries, at, back + unit, celled) if celled else _parted(entries, at, back, celled)
        if any(map(_heads, rows[: 1 + back] if back else ())):
            continue
        dealt = deal_headings(_beside(above), full, named=named)
        body = _body(rows, full, dealt, celled) if dealt is not None else None
        if dealt is not None and body is not None:
            line = bisect_right(scan.every, dealt.start, key=lambda line: line.end)
            head = dealt.rows()
            table = scan.build([*head, *body.rows], line, header=len(head))
            return (line, body.after, table), len(entries) - len(rows) + body.taken, dealt.name
    return None


def _heads(entry: _Entry) -> bool:
    """Whether a heading stands before the figures of an entry."""
    return any(column_role(word.text) != "other" for word in entry.words[: figures_in(entry.words).start])


def _parted(entries: Sequence[_Entry], at: int, back: int, celled: bool) -> tuple[list[Word], list[_Entry]]:
    """The words above the first row and the entries from it on, its name ``back`` lines longer than it need be."""
    first = at if celled else max(0, at - back)
    above = [word for entry in entries[max(0, first - MOST_WORDS) : first] for word in entry.words]
    if not celled:
        return above, list(entries[first:])
    own = entries[at].words
    name = max(0, figures_in(own).start - 1 - back)
    return [*above, *own[:name]], [replace(entries[at], words=own[name:]), *entries[at + 1 :]]


def _beside(words: Sequence[Word]) -> list[Word]:
    """The words without what runs down the page beside the first rows, a character a line: 经 | 济."""
    end = len(words)
    while end and len(words[end - 1].text) == 1:
        end -= 1
    return list(words[:end] if len(words) - end > 1 else words)


def _body(entries: Sequence[_Entry], shape: Shape, dealt: Dealt, celled: bool) -> _Body | None:
    """The rows that the entries begin with; ``None`` where too few of them fit."""
    rows = Rows(shape, dealt)
    after = taken = bare = 0
    for i, entry in enumerate(entries):
        told = figures_in(entry.words)
        words = list(entry.words)
        if _heads_anew([*rows.pending, *words[: told.start]]):
            again = _below([*rows.pending, *words], dealt)
            if again is None:
                break
            rows.pending, words = [], again
        if told or celled:
            bare = 0
            if rows.take(words, celled=celled):
                after, taken = entry.after, i + 1
        else:
            bare += len(entry.words[0].text) > 1
            if bare > _NAME_LINES or any(len(word.text) > LONGEST for word in entry.words):
                break
            _begin_name(rows, entry.words)
        if rows.is_lost:
            break
    if rows.end():
        after, taken = entries[-1].after, len(entries)
    least = _LEAST_ROWS if any(dealt.upper) else _LEAST_LINES
    fits = len(rows.found) >= least and rows.missed * _FEW_MISSED <= len(rows.found)
    return _Body(rows.found, after, taken) if fits else None


def _below(words: Sequence[Word], dealt: Dealt) -> list[Word] | None:
    """The words below the headings of the table where these are printed again on another page."""
    printed = "".join(word.text for word in dealt.printed)
    for first in range(len(words)):
        told = ""
        for at in range(first, len(words)):
            told += words[at].text
            if told == printed:
                return list(words[at + 1 :])
            if not printed.startswith(told):
                break
    return None


def _begin_name(rows: Rows, words: Sequence[Word]) -> None:
    """Words alone on their line: the name of the next row, unless they head a section or run down the page."""
    if _SECTION.match(words[0].text):
        rows.pending = []
    elif len(words[0].text) > 1:
        rows.pending += words


def _heads_anew(words: Sequence[Word]) -> bool:
    """Whether headings stand here: another table, or the same on another page."""
    return sum(not is_figure(word.text) and column_role(word.text) != "other" for word in words) >= _ANEW
