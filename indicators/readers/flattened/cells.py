"""One row of a flattened table: its atoms dealt out to the columns, in reading order, by what each column holds.

A Viterbi search over (atom, column). An atom's fit to a column comes from the column's role and width; staying in
a cell or leaving it comes from how the text goes on. Widths are learned from the table itself in a few passes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from indicators.readers.flattened.atoms import Atom
from indicators.readers.flattened.fit import (
    MARKED,
    UNIT_ROLES,
    Evidence,
    enter,
    fills,
    fit,
    goes_on,
    is_terminal,
    learned_fits,
    may_fill,
)
from indicators.readers.flattened.heads import Column
from indicators.readers.tables.headings import ColumnRole

_NEVER = -1e9
_FAR = 1e8
_ECHO = 3
_NEAR = 12
_WORDS = re.compile(rf"[\u4e00-\u9fff]{{{_ECHO}}}")

_SKIP: dict[ColumnRole, float] = {
    "task": 6.0,
    "indicator": 6.0,
    "label": 3.0,
    "responsible": 2.5,
    "target": 2.5,
    "actual": 2.0,
    "result": 1.5,
    "unit": 1.5,
    "remark": 0.2,
    "reason": 0.2,
    "next": 0.3,
}


def _skipped(roles: Sequence[ColumnRole], begin: int, end: int) -> float:
    """Cost of leaving the columns ``begin`` to ``end`` (not included) empty."""
    cost = 0.0
    for role in roles[begin:end]:
        cost += 0.4 if role in MARKED else _SKIP.get(role, 1.0)
    return cost


def deal(atoms: Sequence[Atom], columns: Sequence[Column], evidence: Evidence, *, wraps: int = -1) -> list[int]:
    """The column of each atom. Columns only go forward, but for a row label, a page break, and a new row.

    ``wraps``: where the atoms hold many rows, the last column that a row may begin with; -1 for a single row.
    """
    if not atoms:
        return []
    search = _Search(atoms, columns, evidence, wraps)
    for at in range(1, len(atoms)):
        search.advance(at)
    return search.best_way()


@dataclass(slots=True)
class _Step:
    """What is the same for every way to one atom, whichever column it comes from and goes to."""

    atom: Atom
    origins: list[int]
    """The columns in which the atom before may lie."""
    stays: list[float]
    """By column of the atom before: how much says that this one is still of its cell."""
    mid_line: float
    """Cost of a new row: none begins in the middle of a line."""
    carries: dict[int, float]
    """By column begun before the page break: how well the atom carries on its last line."""
    resumed: dict[int, dict[int, float]]
    """At the page break itself, the same for the best way to each origin."""


class _Search:
    """The best way to each column, from the first atom on; its score and where it came from."""

    def __init__(self, atoms: Sequence[Atom], columns: Sequence[Column], evidence: Evidence, wraps: int):
        self._atoms, self._evidence, self._wraps = atoms, evidence, wraps
        self._roles = tuple(column.role for column in columns)
        self._count = count = len(columns)
        self._label = next((place for place, role in enumerate(self._roles) if role == "label"), -1)
        self._costs = costs = _steps(self._roles, self._label, wraps)
        self._reach = _reach(self._roles, self._label, wraps)
        self._open_to = _open_to(atoms, count, self._label if wraps < 0 else -1)
        _weigh(atoms, columns, evidence, self._open_to)
        self._cut = next((at for at, atom in enumerate(atoms) if at and atom.page), 0) if wraps < 0 else 0
        """Where a page break cuts the one row."""
        self._paged = False
        self._carried: dict[int, Atom] = {}
        """By column: its last atom before the page break, where it may still be carried on."""
        self._back: list[list[int]] = [[-1] * count]
        self._scores = [_NEVER] * count
        first, places = atoms[0], self._open_to[0]
        for p, learned in zip(places, learned_fits(first, places, evidence), strict=True):
            self._scores[p] = first.fits[p] + learned - costs[-1][p] + first.enters[p]

    def advance(self, at: int) -> None:
        """Goes on to the atom at this place."""
        step = self._step(at)
        scores, origins = [_NEVER] * self._count, [0] * self._count
        places, fits = self._open_to[at], step.atom.fits
        for p, learned in zip(places, learned_fits(step.atom, places, self._evidence), strict=True):
            plain = p != self._label and not step.atom.page and p not in step.carries
            best, origins[p] = self._best_onward(p, step) if plain else self._best_anew(p, step)
            if best > _NEVER:
                scores[p] = best + fits[p] + learned
        self._scores = scores
        self._back.append(origins)

    def best_way(self) -> list[int]:
        """The columns of the best way to the last atom; columns that it leaves empty behind that one cost."""
        scores, count = self._scores, self._count
        place = max(range(count), key=lambda p: scores[p] - _skipped(self._roles, p + 1, count))
        return _trace(self._back, place)

    def _step(self, at: int) -> _Step:
        before, atom = self._atoms[at - 1], self._atoms[at]
        origins = [q for q in self._open_to[at - 1] if self._scores[q] > _NEVER] or list(self._open_to[at - 1])
        # Each cell of a row that a page cuts breaks off in mid-sentence.
        stays = [atom.joined * 0.4 if atom.joined > 0 and at < self._cut else atom.joined] * self._count
        if may_fill(before, atom):
            for q in origins:
                stays[q] += fills(before, self._evidence.widths.get(q))
        resumed: dict[int, dict[int, float]] = {}
        if atom.page:
            self._paged = True
            resumed = {q: self._resumed(at, q) for q in origins}
        if atom.page or atom.kind == "label":
            self._note_carried(at, origins)
        carries = {p: _carry(last, atom, self._evidence, p) for p, last in self._carried.items()}
        return _Step(atom, origins, stays, 0.0 if atom.first else 2.0, carries, resumed)

    def _note_carried(self, at: int, origins: Sequence[int]) -> None:
        """Behind a page break every column begun may be carried on; behind a label, those in front of it."""
        atom = self._atoms[at]
        if atom.page and self._wraps < 0:
            self._carried = self._last_of(at, max(origins, key=lambda q: self._scores[q]))
        elif atom.kind == "label":
            self._carried = {p: last for p, last in self._carried.items() if p < self._label}

    def _best_onward(self, p: int, step: _Step) -> tuple[float, int]:
        """Score and origin of the best way to column ``p`` where the atom stays in its cell or begins one ahead."""
        scores, stays, mid_line = self._scores, step.stays, step.mid_line
        best, best_from = _NEVER, step.origins[0]
        entering = step.atom.enters[p]
        for q, cost in self._reach[p]:
            score = scores[q]
            if score <= _NEVER:
                continue
            score += stays[q] if p == q else entering - stays[q] - cost - (mid_line if p < q else 0.0)
            if score > best:
                best, best_from = score, q
        return best, best_from

    def _best_anew(self, p: int, step: _Step) -> tuple[float, int]:
        """The same where a label or a page break lets the atom go back to a column passed or begun before."""
        best, best_from = _NEVER, step.origins[0]
        for q in step.origins:
            move = self._move(q, p, step)
            if self._scores[q] + move > best:
                best, best_from = self._scores[q] + move, q
        return best, best_from

    def _move(self, q: int, p: int, step: _Step) -> float:
        cost, stay = self._costs[q][p], step.stays[q]
        if p == self._label:
            # Columns passed over may have been filled before the page break.
            return _NEVER if p == q else -cost if q < p and not self._paged else 0.0
        begins_row = p <= self._wraps and p < q
        if step.atom.page and not begins_row:
            # After a page break each cell of the row may go on, or the next one begin.
            if p in step.resumed[q]:
                return step.resumed[q][p] - (0.0 if p >= q else 0.5)
            return -stay * 0.25 - cost - 1.0
        if p == q:
            return stay
        if p > q and p in step.carries:
            return step.carries[p] - stay * 0.5
        return step.atom.enters[p] - stay - cost - (step.mid_line if p < q else 0.0)

    def _resumed(self, at: int, place: int) -> dict[int, float]:
        """For each column begun before the page break: how well the atom carries on its last line."""
        return {p: _carry(last, self._atoms[at], self._evidence, p) for p, last in self._last_of(at, place).items()}

    def _last_of(self, at: int, place: int) -> dict[int, Atom]:
        """The last atom of each column on the best way to ``place`` before the page break."""
        return {p: atom for atom, p in zip(self._atoms[:at], _trace(self._back, place), strict=False)}


def _weigh(
    atoms: Sequence[Atom], columns: Sequence[Column], evidence: Evidence, open_to: Sequence[Sequence[int]]
) -> None:
    """Fills in what stays the same in every pass: fits, bonuses for beginning a cell, how the text goes on."""
    if all(atom.fits for atom in atoms):
        return
    seen: dict[str, int] = {}
    for at, atom in enumerate(atoms):
        # What was done is told in the words of what was promised: 新建泵站9座 | 新建泵站7座.
        opening = atom.text[:_ECHO] if atom.kind == "text" and not atom.body else ""
        echo = at - seen.get(opening, -_NEAR) < _NEAR and _WORDS.fullmatch(opening) is not None
        seen[opening] = at
        if not atom.fits:
            atom.fits, atom.enters = [0.0] * len(columns), [0.0] * len(columns)
            for p in open_to[at]:
                atom.fits[p], atom.enters[p] = fit(atom, columns[p], evidence), enter(columns[p], atom)
            atom.joined = goes_on(atoms[at - 1], atom, evidence) - (1.5 if echo else 0.0) if at else 0.0


def _open_to(atoms: Sequence[Atom], count: int, label: int) -> list[Sequence[int]]:
    """The columns that each atom may lie in: what stands before the first label lies before the label column."""
    if label < 0 or all(atom.kind != "label" for atom in atoms):
        every = [p for p in range(count) if p != label]
        return [every] * len(atoms)
    before, behind = range(label), range(label + 1, count)
    both = [*before, *behind]
    places: list[Sequence[int]] = []
    now: Sequence[int] = before
    for atom in atoms:
        if atom.kind == "label":
            places.append((label,))
            now = behind
            continue
        if atom.page and now is behind:
            now = both
        places.append(now if now else both)
    return places


def _trace(back: Sequence[Sequence[int]], place: int) -> list[int]:
    path = [place]
    for origin in back[:0:-1]:
        place = origin[place]
        path.append(place)
    return path[::-1]


def _carry(before: Atom, atom: Atom, evidence: Evidence, place: int) -> float:
    score = goes_on(before, atom, evidence)
    if may_fill(before, atom):
        score += fills(before, evidence.widths.get(place))
    return score - 0.6 if is_terminal(before.text) and atom.list_number is None else score


@lru_cache(maxsize=64)
def _reach(roles: tuple[ColumnRole, ...], label: int, wraps: int) -> list[list[tuple[int, float]]]:
    """For each column: the columns that it may be reached from, and what the step costs."""
    costs, places = _steps(roles, label, wraps), range(len(roles))
    return [[(q, costs[q][p]) for q in places if q == p or costs[q][p] < _FAR] for p in places]


@lru_cache(maxsize=64)
def _steps(roles: tuple[ColumnRole, ...], label: int, wraps: int) -> list[list[float]]:
    """Cost of going from column q to column p, but for the text's own evidence; the last row is for a start."""
    count = len(roles)
    steps = []
    for q in [*range(count), -1]:
        row = []
        for p in range(count):
            if p > q:
                # What stands behind the label column is entered through the label only; groups span rows.
                skipped = _skipped(roles, q + 1, p) if q >= 0 or p > wraps else 0.0
                row.append(skipped + (4.0 if q < label < p else 0.0))
            elif p < q and roles[q] == "contact" and roles[p] in UNIT_ROLES:
                # A telephone number stands beside the first of several units, and the others below it.
                row.append(1.0)
            elif p < q and p <= wraps:
                row.append(_skipped(roles, q + 1, count))
            else:
                row.append(-_NEVER)
        steps.append(row)
    return steps
