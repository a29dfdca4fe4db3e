"""A row of words taken for the headings of columns: what they say together, and what is put together or apart again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indicators.quantities.years import YEAR
from indicators.readers.layout.lines import Line
from indicators.readers.layout.pieces import Piece, pieces_of
from indicators.readers.tables.headings import ColumnRole, column_role, is_listed, squeeze
from indicators.rulebook import phrase

NAMES: frozenset[ColumnRole] = frozenset(("task", "indicator", "region"))
"""Columns that say what a row speaks of."""
TOLD: frozenset[ColumnRole] = frozenset(("actual", "result"))
"""Columns that say what became of it."""
FIGURES: frozenset[ColumnRole] = frozenset(("target", "actual", "completion", "baseline", "growth"))
"""Columns that hold figures of what is promised and done."""
POINTS: frozenset[ColumnRole] = frozenset(("score", "weight"))
"""Columns that hold points."""
MEASURED: frozenset[ColumnRole] = FIGURES | POINTS
"""Columns that hold figures of any kind."""
BODIES: frozenset[ColumnRole] = frozenset(("responsible", "leader", "assistant", "contact"))
"""Columns that say who answers for a row."""

_MONEY: dict[str, ColumnRole] = {"told": "actual", "rate": "completion", "score": "score", "target": "target"}
_THING = 4
"""Characters at least of what two headings share, to be taken for the thing that they measure."""
_BRACKETS = re.compile(r"[（(][^()（）]*[)）]$")
_PAIR = 2
_ASIDE = 0.05
"""What each place costs that a heading goes on aside of where it began."""
_LONGEST = 24
"""Characters of a heading at most."""
_HEADING = re.compile(rf"{YEAR} 年\S*|\S+")


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """Words that may head the columns of a table, one a column."""

    words: tuple[str, ...]
    roles: tuple[ColumnRole, ...]

    @classmethod
    def of(cls, words: Iterable[str]) -> HeadingRow:
        """These words with what the lexicon, and what they say together, tell of them."""
        words = tuple(words)
        return cls(words, _roles(words))

    @property
    def kinds(self) -> frozenset[ColumnRole]:
        """What its columns hold, as far as the lexicon knows."""
        return frozenset(self.roles) - {"other"}

    @property
    def known(self) -> int:
        """How many of its words the lexicon knows."""
        return len(self.roles) - self.roles.count("other")

    def knows(self, most: int, of: int) -> bool:
        """Whether the lexicon knows ``most`` in ``of`` of its words."""
        return self.known * of >= len(self.words) * most

    @property
    def names(self) -> bool:
        """Whether a column says what a row speaks of."""
        return not NAMES.isdisjoint(self.roles)

    @property
    def promises(self) -> bool:
        """Whether a column holds what was promised."""
        return "target" in self.roles

    @property
    def tells(self) -> bool:
        """Whether a column says what became of it."""
        return not TOLD.isdisjoint(self.roles)


@lru_cache(maxsize=1024)
def _roles(words: tuple[str, ...]) -> tuple[ColumnRole, ...]:
    """Kept: each form of table looks at the same lines for headings."""
    roles = [column_role(word) for word in words]
    for promise, told, _ in twins(words, roles):
        roles[promise], roles[told] = "target", "actual"
    for promise, told in verb_twins(words, roles):
        roles[promise], roles[told] = "target", "actual"
    return tuple(roles)


def twins(words: Sequence[str], roles: Sequence[ColumnRole]) -> Iterator[tuple[int, int, str]]:
    """能耗降低目标(%) | 能耗降低率(%): the one promises what the other tells; ``(promise, told, thing)`` by place."""
    for i, word in enumerate(words):
        stem = _thing_promised(word) if roles[i] == "other" and len(word) > _THING else ""
        if len(stem) < _THING:
            continue
        told = [j for j, other in enumerate(words) if j != i and roles[j] == "other" and other.startswith(stem)]
        if len(told) == 1:
            yield i, told[0], stem


def verb_twins(words: Sequence[str], roles: Sequence[ColumnRole]) -> Iterator[tuple[int, int]]:
    """要巡(次) | 巡了(次): what is to be done and the same verb done, whatever verb it is; by place."""
    promised = {i: stem for i, word in enumerate(words) if (stem := _stem("promised_stem", word))}
    for i, stem in promised.items():
        told = [j for j, word in enumerate(words) if j != i and j not in promised and _stem("told_stem", word) == stem]
        known = len(told) == 1 and {roles[i], roles[told[0]]}
        if known and "other" in known and roles[i] in ("other", "target") and roles[told[0]] in ("other", "actual"):
            yield i, told[0]


@lru_cache(maxsize=4096)
def _stem(rule: str, word: str) -> str:
    """巡 of 要巡(次) or 巡了(次); "" where a heading names no such verb."""
    found = phrase("tables", rule).fullmatch(_BRACKETS.sub("", word))
    return found["stem"] if found is not None else ""


@lru_cache(maxsize=4096)
def _thing_promised(word: str) -> str:
    """能耗降低 of 能耗降低目标(%); "" where the heading promises nothing."""
    promise = phrase("tables", "promise_of_thing").search(word)
    return word[: promise.start()] if promise else ""


def is_heading_row(row: Sequence[str]) -> bool:
    """Whether a row's cells read as headings: short, most of them known, none a sentence."""
    heads = HeadingRow.of(text for text in row if text.strip())
    count = len(heads.words)
    if not count or any(len(squeeze(word)) > _LONGEST or "。" in word for word in heads.words):
        return False
    alone = count == 1 and len(row) > 1
    return heads.known >= max(1 if alone else 2, (count + 1) // 2) or (heads.known == count and len(row) > 1)


def heading_pieces(line: Line) -> list[Piece]:
    """The headings of a line; one that blanks spread out (单 位, 备  注) or cut (2020 年目标) is put together again."""
    found: list[Piece] = []
    apart = pieces_of(line, _HEADING)
    for a, b in _spread_out(line, apart):
        joined = line.text[found[-1][0] : b].split() if found and b - a == 1 else []
        if joined and len(joined[0]) == 1 and column_role("".join(joined)) != "other":
            found[-1] = (found[-1][0], b)
        else:
            found.append((a, b))
    return found


def _spread_out(line: Line, pieces: Sequence[Piece]) -> list[Piece]:
    """The stretches with runs of more than two single characters put together that make a heading: 指 标 名 称."""
    found: list[Piece] = []
    at = 0
    while at < len(pieces):
        end = at
        while end < len(pieces) and pieces[end][1] - pieces[end][0] == 1:
            end += 1
        whole = "".join(line.text[a:b] for a, b in pieces[at:end])
        if end - at > _PAIR and column_role(whole) != "other":
            found.append((pieces[at][0], pieces[end - 1][1]))
        else:
            end = max(end, at + 1)
            found += pieces[at:end]
        at = end
    return found


def groups(roles: Sequence[ColumnRole], words: Sequence[str]) -> list[list[int]]:
    """Lower headings (目标 | 完成 | 目标 | 完成) by place: a group starts where a heading comes again."""
    found: list[list[int]] = []
    seen: set[str] = set()
    for i, (role, word) in enumerate(zip(roles, words, strict=True)):
        if not found or role in seen or word in seen:
            found.append([])
            seen = set()
        found[-1].append(i)
        seen |= {role, word} - {"other"}
    return found


def told_anew(words: Sequence[str]) -> bool:
    """Whether words head columns under several upper headings: they are told again (小计 | 国税 | 小计 | 国税)."""
    times = Counter(word for word in words if len(word) >= _PAIR)
    return len(times) >= _PAIR and sum(count for count in times.values() if count >= _PAIR) * 3 > len(words) * 2


def wrapped(
    upper: Sequence[str], lower: Sequence[str], places: tuple[Sequence[int], Sequence[int]] | None = None
) -> list[int] | None:
    """Under which heading of a line each of the next line goes on: 年度 | 实际 | 完成 over 目标 | 完成 | 率.

    ``None`` where the lower line does not go on so: three in four of the headings put together must be known, and more
    of them than are on the upper line alone. ``places``: where those of each line stand.
    """
    if not 0 < len(lower) <= len(upper):
        return None
    # By how many of the lower headings are placed: what is known so far, and where they stand.
    best: list[tuple[float, list[int]] | None] = [(0.0, [])] + [None] * len(lower)
    for i, above in enumerate(upper):
        alone = _worth(above)
        step: list[tuple[float, list[int]] | None] = []
        for j, own in enumerate(best):
            kept = (own[0] + alone, own[1]) if own is not None else None
            before = best[j - 1] if j else None
            apart = abs(places[0][i] - places[1][j - 1]) if places is not None and j else 0
            worth = _worth(above + lower[j - 1]) - _ASIDE * apart if j else 0.0
            put = (before[0] + worth, [*before[1], i]) if before is not None else None
            step.append(max((way for way in (kept, put) if way is not None), default=None, key=lambda way: way[0]))
        best = step
    found = best[-1]
    if found is None:
        return None
    words = [above + "".join(lower[j] for j, at in enumerate(found[1]) if at == i) for i, above in enumerate(upper)]
    heads = HeadingRow.of(words)
    return found[1] if heads.knows(3, of=4) and heads.known > HeadingRow.of(upper).known else None


def money_role(word: str) -> ColumnRole:
    """What a label of a line of money says, which heads no column: 年初, 调整, 支出, 执行."""
    role = column_role(word)
    label = phrase("tables", "money_label").fullmatch(word)
    if label is None or role not in ("other", "actual"):
        return role
    return _MONEY.get(label.lastgroup or "", role)


def _worth(word: str) -> float:
    """How good a heading a word is: one that the lexicon lists is surer than one that only fits a pattern."""
    return 0.0 if column_role(word) == "other" else 1.0 + is_listed(_BRACKETS.sub("", word)) / 2
