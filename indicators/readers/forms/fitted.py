"""Tables whose cells are dealt to the columns where they fit best: what no surer form took.

The headings tell what each column holds, be they broken or of two levels; the words behind them, a cell a line or
several, are dealt to the columns (``fitted_rows.py``). Of several readings of the headings the one is taken under which
the words fit best, and only where promises and answers come out as figures under their headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice

from indicators.readers.forms.fitted_cells import Kind, fits_well, kind_of, look_of, sort_of, sorts_of, worth
from indicators.readers.forms.fitted_heads import Heads, Readings
from indicators.readers.forms.fitted_rows import Dealt, Token, deal
from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout.lines import Line, is_layout
from indicators.readers.layout.pieces import Fragments
from indicators.readers.layout.words import Word, bound, is_figure, joined, words_of
from indicators.readers.tables.heading_row import NAMES
from indicators.readers.tables.headings import ColumnRole, column_role
from indicators.readers.tables.rates import is_rate_of, rated_columns
from indicators.schema.source import Table

_MOST_HEADS, _LEAST_HEADS = 40, 4
_MOST_WORDS = 1500
_GLANCE = 60
"""Words that are dealt first, to tell which reading of the headings fits."""
_MOST_READINGS = 8
_MOST_NAME = 7
"""Words at most that stand in front of the first figure of the first row."""
_LONGEST, _LONGEST_HEADING = 60, 20
_TITLES = 3
"""Lines at most that name the table right above its headings."""
_FIGURES: frozenset[Kind] = frozenset(("bare", "rate", "value", "none", "sign"))
_OPEN, _CLOSE = re.compile(r"[（(][^）)]{0,12}$"), re.compile(r"[^（(]{0,12}[）)]")
"""A bracket that a line end broke."""
_CLOSES = re.compile(r"[）)]")
_TIED = 3.0
"""What it is worth that the printed rates of a column bear its headings out."""
_LEAST_ROWS = 3
_SURE, _GOOD = 0.75, 0.45
"""The share of rows that must be named and told, and what a word fits at least by the mean."""
_BETTER = 1.05
"""How much better a table fits that is taken instead of another reading of the same lines."""
_NEVER_BLANK = frozenset(("number", "name", "unit", "promise", "figure", "rate", "result", "year", "other", "points"))
"""Columns in which some row has something."""
_FIRST: frozenset[ColumnRole] = NAMES | {"number", "category"}
"""What the first heading of a table says, most often."""
_RATED: tuple[ColumnRole, ...] = ("target", "actual", "completion")
_Cut = tuple[list[Token], list[Token]] | None
"""The words of a line where it follows at once and where a blank line parts it; ``None`` where no table goes on."""


def find_tables(scan: Scan) -> Found:
    """Tables dealt out by what fits."""
    lines = _Lines(scan)
    return scan.tables(lambda at: _table(lines, at), lambda line: _opens(line.text))


def doubtful(tables: Found) -> Found:
    """Those whose cells fit so badly that another reading of their lines is looked for."""
    return [one for one in tables if not fits_well(one[2])]


def is_better(table: Table, rivals: Sequence[Table]) -> bool:
    """Whether the cells of a table fit better than those of other readings of its lines."""
    least = sum(map(worth, rivals))
    if [(table.n_rows, table.n_cols)] == [(rival.n_rows, rival.n_cols) for rival in rivals]:
        return worth(table) > least + 1
    return worth(table) > least * _BETTER + 1


def _opens(text: str) -> bool:
    """Whether the first word of a line is a heading."""
    return _first_role(text) != "other"


def _first_role(text: str) -> ColumnRole:
    word = text.split(maxsplit=1)[0] if text else ""
    return column_role(word.removesuffix("|")) if 0 < len(word) <= _LONGEST_HEADING else "other"


def _table(lines: _Lines, at: int) -> tuple[Table, int] | None:
    scan = lines.scan
    if at and scan.is_free(at - 1) and _first_role(scan.every[at - 1].text) in _FIRST:
        return None  # looked at from the line before
    opening = [token.word for token in lines.tokens(at, _LEAST_HEADS)[:_LEAST_HEADS]]
    if _first(opening, _FIGURES):
        return None  # a figure stands where headings would
    heads = None if _amid(scan, at, lines) else _heads(lines, at)
    if heads is None:
        return None
    body = lines.tokens(at, _MOST_WORDS)[heads.taken :]
    sorts = sorts_of(heads.roles)
    dealt = deal(body, sorts)
    looks = [look_of(_own(cells)) for cells in zip(*dealt.rows, strict=True)]
    dealt = max(dealt, deal(body, sorts, looks), key=lambda one: one.score)
    if not _holds(dealt, heads):
        return None
    rows: list[list[Fragments]] = [[[p for t in cell for p in t.word.cell] for cell in row] for row in dealt.rows]
    head = heads.cells()
    return scan.build([*head, *rows], at, header=len(head)), body[dealt.after - 1].at + 1


def _own(cells: Sequence[Sequence[Token]]) -> list[str]:
    """What the cells of a column say that are one word each."""
    return [cell[0].word.text for cell in cells if len(cell) == 1]


def _texts(dealt: Dealt) -> list[list[str]]:
    """What the cells of each column say."""
    return [["".join(t.word.text for t in cell) for cell in column] for column in zip(*dealt.rows, strict=True)]


def _amid(scan: Scan, at: int, lines: _Lines) -> bool:
    """Whether cells on lines of their own stand right above, more than name the table: its headings begin there."""
    above = [line.text.removesuffix("|").strip() for line in scan.every[max(0, at - _TITLES - 1) : at]]
    if len(above) <= _TITLES or not all(text and len(text) <= _LONGEST_HEADING for text in above):
        return False
    tokens = lines.tokens(at, 1)
    return len(tokens) > 1 and tokens[1].opens and not any(map(is_figure, above))


def _heads(lines: _Lines, at: int) -> Heads | None:
    """The reading of the headings under which the words behind them fit best."""
    tokens = lines.tokens(at, _MOST_HEADS + _GLANCE)
    words = [token.word for token in tokens[:_MOST_HEADS]]
    ways: list[Heads] = []
    for first in dict.fromkeys((_first(words, _FIGURES), _first(words, _FIGURES | {"told"}))):
        readings = Readings(words[:first])
        for taken in range(first, max(_LEAST_HEADS, first - _MOST_NAME + 1) - 1, -1):
            ways += islice(readings.of(taken), _MOST_READINGS)
    ways = [heads for heads in ways if not _takes_name(heads, tokens)]
    if not ways:
        return None

    @cache  # readings that differ in what broke a heading deal the same words to the same columns
    def dealt(taken: int, sorts: tuple[str, ...]) -> Dealt:
        return deal(tokens[taken : taken + _GLANCE], sorts)

    return max(ways, key=lambda heads: _worth(heads, dealt(heads.taken, tuple(sorts_of(heads.roles)))))


def _takes_name(heads: Heads, tokens: Sequence[Token]) -> bool:
    """Whether the last heading, which says nothing, opens the line of the first row: it is that row's name."""
    if heads.roles[-1] != "other" or heads.taken >= len(tokens):
        return False
    first, before, last, after = (tokens[i] for i in (0, heads.taken - 2, heads.taken - 1, heads.taken))
    return last.opens and last.at == after.at and first.at == before.at


def _worth(heads: Heads, dealt: Dealt) -> float:
    """How well the words behind the headings fit under them."""
    return dealt.score - heads.cost + _ties(dealt, heads)


def _first(words: Sequence[Word], kinds: frozenset[Kind]) -> int:
    """The first word that is no heading but holds a figure."""
    return next((i for i, w in enumerate(words) if kind_of(w.text) in kinds and column_role(w.text) == "other"), 0)


def _ties(dealt: Dealt, heads: Heads) -> float:
    """What printed rates say to the headings: the columns that they tie are a promise, its answer and their rate."""
    ties = [tuple(heads.roles[i] for i in triple) for triple in rated_columns(_texts(dealt))]
    return sum(_TIED if told == _RATED else -_TIED for told in ties)


class _Lines:
    """The words of each line, cut once: every line that may open a table reads those below it again."""

    def __init__(self, scan: Scan) -> None:
        self.scan = scan
        self._kept: tuple[dict[int, _Cut], dict[int, _Cut]] = ({}, {})
        self._words: dict[int, list[Word]] = {}

    def tokens(self, at: int, most: int) -> list[Token]:
        """The words from line ``at`` on up to a sentence or another table; whole lines where they hold a cell each."""
        found: list[Token] = []
        apart = False
        celled = len(self.scan.every[at].text.split()) == 1
        kept = self._kept[celled]
        for i in range(at, len(self.scan.every)):
            if i not in kept:
                kept[i] = self._cut(i, celled)
            told = kept[i]
            if len(found) > most or told is None:
                break
            own = told[apart]
            if not own:
                apart = apart or not self.scan.every[i].text
            elif found and _is_broken(found[-1], own[0]):
                found[-1:] = _mended([found[-1], *own])
                apart = False
            else:
                found += own
                apart = False
        return found

    def _cut(self, at: int, celled: bool) -> _Cut:
        line = self.scan.every[at]
        if not self.scan.is_free(at) or "\t" in line.text or "。" in line.text[:-1]:
            return None
        if at not in self._words:
            self._words[at] = _words(line)
        words = self._words[at]
        if celled and _is_one_cell(words):
            words = [joined(words)]
        if any(len(word.text) > _LONGEST for word in words):
            return None
        own = [Token(word, at, not j, False) for j, word in enumerate(words)]
        if _CLOSES.search(line.text) is not None:
            own = _mended(own)
        return own, [Token(token.word, at, True, True) for token in own[:1]] + own[1:]


def _mended(tokens: Sequence[Token]) -> list[Token]:
    """The words with those put together whose brackets were broken."""
    found = list(tokens[:1])
    for token in tokens[1:]:
        if _is_broken(found[-1], token):
            found[-1] = found[-1]._replace(word=joined([found[-1].word, token.word]))
        else:
            found.append(token)
    return found


def _is_broken(before: Token, after: Token) -> bool:
    """Whether a bracket opens in one word and closes in the next."""
    return _CLOSE.match(after.word.text) is not None and _OPEN.search(before.word.text) is not None


def _words(line: Line) -> list[Word]:
    """The words of a line without the bar at its end."""
    if not line.text or (is_layout(line) and kind_of(line.text) not in ("bare", "none")):
        return []
    words = [word for word in bound(words_of(line)) if word.text != "|"]
    if words and words[-1].text.endswith("|"):
        *before, (start, end) = words[-1].at
        words[-1] = words[-1]._replace(text=words[-1].text[:-1], at=(*before, (start, end - 1)))
    return words


def _is_one_cell(words: Sequence[Word]) -> bool:
    """Whether a line that may be a cell is one: few words, and not two figures or a row's number among them."""
    if not 1 < len(words) < _LEAST_HEADS or _is_led(words):
        return False
    return sum(kind_of(word.text) in _FIGURES for word in words) < 2


def _is_led(words: Sequence[Word]) -> bool:
    """Whether the row's number stands before its name: 1 | 城北污水处理厂."""
    return words[0].text.isdigit() and kind_of(words[1].text) not in ("unit", "bare") and len(words[1].text) > 2


def _holds(dealt: Dealt, heads: Heads) -> bool:
    """Whether the cells came out well: figures under promise and answer, a name for each row, and rates that are so."""
    rows = len(dealt.rows)
    if rows < _LEAST_ROWS or dealt.score < _GOOD * dealt.after:
        return False
    texts = _texts(dealt)
    named = [texts[i] for i, role in enumerate(heads.roles) if role in NAMES]
    if sum(map(any, zip(*named, strict=True))) < _SURE * rows or not _is_numbered(texts, heads):
        return False
    if any(sort_of(role) in _NEVER_BLANK and not any(told) for role, told in zip(heads.roles, texts, strict=True)):
        return False
    bare = [text for i, own in enumerate(texts) if heads.roles[i] == "target" for text in own if text]
    figured = [text for text in bare if kind_of(text) in _FIGURES]
    if 2 * len(figured) < len(bare) and not _is_full(texts, heads):
        return False
    for role in ("target", "actual"):
        columns = [own for i, own in enumerate(texts) if heads.roles[i] == role]
        told = [text for own in columns for text in own if text]
        figures = sum(any(char.isdigit() for char in text) or kind_of(text) == "none" for text in told)
        if columns and (figures < _SURE * len(told) or len(told) < _SURE * rows):
            return False
    return _rated(texts, heads)


def _is_numbered(texts: Sequence[Sequence[str]], heads: Heads) -> bool:
    """Whether most rows print their number, where the table has a column for it."""
    numbers = [texts[i] for i, role in enumerate(heads.roles) if role == "number"]
    return all(sum(map(bool, column)) >= _SURE * len(column) for column in numbers)


def _is_full(texts: Sequence[Sequence[str]], heads: Heads) -> bool:
    """Whether every row prints all its cells but remarks: words alone do not tell where one is missing."""
    return all(
        all(own) for own, role in zip(texts, heads.roles, strict=True) if sort_of(role) in _NEVER_BLANK | {"body"}
    )


def _rated(texts: Sequence[Sequence[str]], heads: Heads) -> bool:
    """Whether no printed rate tells otherwise."""
    if any(heads.roles.count(role) != 1 for role in _RATED):
        return True
    columns = [texts[heads.roles.index(role)] for role in _RATED]
    told = [row for row in zip(*columns, strict=True) if all(kind_of(word) in ("bare", "rate") for word in row)]
    fits = sum(is_rate_of([promise], [answer], [rate]) for promise, answer, rate in told)
    return len(told) < _LEAST_ROWS or fits * 2 >= len(told)
