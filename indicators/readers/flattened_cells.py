"""One row of a flattened table: its atoms dealt out to the columns, in reading order, by what each column holds.

A Viterbi search over (atom, column). An atom's fit to a column comes from the column's role and width; staying in
a cell or leaving it comes from how the text goes on. Widths are learned from the table itself in a few passes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from indicators.readers.flattened_atoms import Atom
from indicators.readers.flattened_fit import (
    MARKED,
    UNIT_ROLES,
    Evidence,
    enter,
    fills,
    fit,
    goes_on,
    is_terminal,
    learned_fit,
    may_fill,
)
from indicators.readers.flattened_heads import Column
from indicators.readers.headings import ColumnRole

NEVER = -1e9
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
    count = len(columns)
    label = next((place for place, column in enumerate(columns) if column.role == "label"), -1)
    roles = tuple(column.role for column in columns)
    steps = _steps(roles, label, wraps)
    open_to = _open_to(atoms, count, label if wraps < 0 else -1)
    _weigh(atoms, columns, evidence, open_to)
    scores = [NEVER] * count
    for p in open_to[0]:
        scores[p] = atoms[0].fits[p] + learned_fit(atoms[0], p, evidence) - steps[-1][p] + atoms[0].enters[p]
    back: list[list[int]] = [[-1] * count]
    paged = False
    carried: dict[int, Atom] = {}
    cut = next((at for at, atom in enumerate(atoms) if at and atom.page), 0) if wraps < 0 else 0
    reach = [[q for q in range(count) if q == p or steps[q][p] < _FAR] for p in range(count)]
    for at in range(1, len(atoms)):
        before, atom = atoms[at - 1], atoms[at]
        paged = paged or atom.page
        # Each cell of a row that a page cuts breaks off in mid-sentence.
        joined = atom.joined * 0.4 if atom.joined > 0 and at < cut else atom.joined
        from_ = [q for q in open_to[at - 1] if scores[q] > NEVER] or list(open_to[at - 1])
        stays = [joined] * count
        if may_fill(before, atom):
            for q in from_:
                stays[q] += fills(before, evidence.widths.get(q))
        new, origin = [NEVER] * count, [0] * count
        if atom.page and wraps < 0:
            carried = _last_of(atoms, back, at, max(from_, key=lambda q: scores[q]))
        elif atom.kind == "label":
            carried = {p: last for p, last in carried.items() if p < label}
        carries = {p: _carry(last, atom, evidence, p) for p, last in carried.items()}
        resumed = {q: _resumed(atoms, back, at, q, evidence) for q in from_} if atom.page else {}
        mid_line = 0.0 if atom.first else 2.0
        for p in open_to[at]:
            best, best_from = NEVER, from_[0]
            plain = p != label and not atom.page and p not in carries
            entering = atom.enters[p]
            for q in reach[p] if plain else from_:
                if plain:
                    if scores[q] <= NEVER:
                        continue
                    # A new row does not begin in the middle of a line.
                    move = stays[q] if p == q else entering - stays[q] - steps[q][p] - (mid_line if p < q else 0.0)
                elif p == label:
                    # Columns passed over may have been filled before the page break.
                    move = NEVER if p == q else -steps[q][p] if q < p and not paged else 0.0
                elif atom.page and not (p <= wraps and p < q):
                    # After a page break each cell of the row may go on, or the next one begin.
                    if p in resumed[q]:
                        move = resumed[q][p] - (0.0 if p >= q else 0.5)
                    else:
                        move = -stays[q] * 0.25 - steps[q][p] - 1.0
                elif p == q:
                    move = stays[q]
                elif p > q and p in carries:
                    move = carries[p] - stays[q] * 0.5
                else:
                    move = entering - stays[q] - steps[q][p] - (mid_line if p < q else 0.0)
                if scores[q] + move > best:
                    best, best_from = scores[q] + move, q
            if best > NEVER:
                new[p] = best + atom.fits[p] + learned_fit(atom, p, evidence)
            origin[p] = best_from
        scores = new
        back.append(origin)
    place = max(range(count), key=lambda p: scores[p] - _skipped(roles, p + 1, count))
    return _trace(back, place)


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


def _resumed(
    atoms: Sequence[Atom], back: Sequence[Sequence[int]], at: int, place: int, evidence: Evidence
) -> dict[int, float]:
    """For each column begun before the page break: how well the atom carries on its last line."""
    last = _last_of(atoms, back, at, place)
    return {p: _carry(before, atoms[at], evidence, p) for p, before in last.items()}


def _last_of(atoms: Sequence[Atom], back: Sequence[Sequence[int]], at: int, place: int) -> dict[int, Atom]:
    """The last atom of each column on the best way to ``place`` before the page break."""
    return {p: atom for atom, p in zip(atoms[:at], _trace(back, place), strict=False)}


def _carry(before: Atom, atom: Atom, evidence: Evidence, place: int) -> float:
    score = goes_on(before, atom, evidence)
    if may_fill(before, atom):
        score += fills(before, evidence.widths.get(place))
    return score - 0.6 if is_terminal(before.text) and atom.list_number is None else score


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
                row.append(-NEVER)
        steps.append(row)
    return steps
