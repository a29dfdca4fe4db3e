"""A flattened table from the lines of its region: rows found, atoms dealt out to columns, what follows cut off."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import log
from operator import add

from indicators.readers.files.guard import Deadline
from indicators.readers.flattened.atoms import Atom, cut, is_tick
from indicators.readers.flattened.build import assemble
from indicators.readers.flattened.cells import deal
from indicators.readers.flattened.fit import Evidence, is_figure
from indicators.readers.flattened.heads import Column, Head
from indicators.readers.flattened.rows import starts
from indicators.readers.layout.lines import Line
from indicators.readers.layout.numbering import numbered
from indicators.readers.layout.pieces import Fragments
from indicators.readers.tables import grid
from indicators.rulebook import phrase
from indicators.schema.source import Passage, Table
from indicators.settings import Limits

_PASSES = 4
_TERMINAL = re.compile(r"[。！？.)）√×%％\d]$")
_MOST_ODDS = 0.8
_HAN = re.compile(r"[\u4e00-\u9fff]")
_OPTIONAL = frozenset(
    ("remark", "reason", "next", "deadline", "contact", "notdone_mark", "done_mark", "leader", "assistant")
)
_KEYS = ("indicator", "task", "region")


def read_table(
    text: str, body: Sequence[Line], layout: set[int], head: Head, limits: Limits, deadline: Deadline
) -> tuple[Table, int] | None:
    """The table and the place of the first line of ``body`` behind it; ``None`` where no rows can be told.

    ``layout`` holds places in ``body`` of lines that are headings printed again or page numbers.
    """
    roles = [column.role for column in head.columns]
    figures = _holds_figures(body, layout, roles)
    atoms = cut(
        body,
        layout,
        figures=figures,
        phones="contact" in roles,
        labels="label" in roles,
    )
    if not atoms:
        return None
    if "number" in roles:
        made = _numbered_rows(text, atoms, head, figures, deadline)
        if made is not None:
            return made[0], _line_after(body, atoms, made[1])
        return None
    kept = _before_notes(atoms)
    table = _keyed_rows(text, kept, head, figures, limits, deadline)
    return (table, _line_after(body, atoms, len(kept))) if table is not None else None


_BARE = re.compile(r"(?:^|\s)[≥≤><=＝+\-－]?\d[\d,.]*(?:%|％)?(?:\s*[\u4e00-\u9fff/²³㎡A-Za-z]{1,6})?(?=\s|$)")


def _holds_figures(body: Sequence[Line], layout: set[int], roles: Sequence[str]) -> bool:
    """Whether the table has columns of bare figures: then a blank beside a figure may part two cells."""
    if not any(role in ("unit", "actual", "completion", "score", "target", "baseline") for role in roles):
        return False
    kept = [line.text for at, line in enumerate(body) if line.text and at not in layout]
    bare = sum(_BARE.match(text) is not None and _BARE.sub("", text).strip() == "" for text in kept)
    several = sum(len(_BARE.findall(text)) >= 2 for text in kept)
    return (bare + several) * 4 >= len(kept)


def _line_after(body: Sequence[Line], atoms: Sequence[Atom], count: int) -> int:
    return atoms[count].line if count < len(atoms) else len(body)


def _numbered_rows(
    text: str, atoms: Sequence[Atom], head: Head, figures: bool, deadline: Deadline
) -> tuple[Table, int] | None:
    """A table whose rows are numbered, and how many atoms it takes."""
    number = next(at for at, column in enumerate(head.columns) if column.role == "number")
    columns = _told_by_content([column for column in head.columns if column.role != "number"], atoms)
    labels = _label_cycle(atoms) if any(column.role == "label" for column in columns) else []
    least = max(2, sum(column.role not in _OPTIONAL for column in columns) // 2 + 1)
    begins = starts(atoms, labels, least)
    if len(begins) < 2:
        return None
    last = _before_notes(atoms[begins[-1] :])
    rows = [_glued(atoms[a:b]) for a, b in pairwise(begins)] + [_glued(last)]
    dealt, evidence = _deal(rows, columns, figures, deadline)
    taken = _running_text(rows[-1], dealt[-1], evidence)
    if taken < len(rows[-1]):
        stop = next(i for i, atom in enumerate(last) if atom.start >= rows[-1][taken].start)
        rows[-1], last = rows[-1][:taken], last[:stop]
        dealt[-1] = deal(rows[-1][1:], columns, evidence)
    return assemble(text, rows, dealt, columns, head, number), begins[-1] + len(last)


def _before_notes(atoms: Sequence[Atom]) -> Sequence[Atom]:
    """The atoms of a table's last row without the notes, signatures and chapters below the table."""
    for at, atom in enumerate(atoms[1:], start=1):
        if not atom.first:
            continue
        chapter = numbered(atom.text)
        if phrase("tables", "note").match(atom.text) or phrase("tables", "signed_below").match(atom.text):
            return atoms[:at]
        if chapter is not None and chapter.rank <= 2 and atom.alone and _TERMINAL.search(atoms[at - 1].text):
            return atoms[:at]
    return atoms


def _running_text(row: Sequence[Atom], places: Sequence[int], evidence: Evidence) -> int:
    """Where text wider than the table's columns begins behind the last row."""
    for at in range(2, len(row)):
        wide = evidence.widths.get(places[at - 1])
        if wide and row[at].first and row[at].width > wide * 1.3 + 6 and _TERMINAL.search(row[at - 1].text):
            return at
    return len(row)


def _keyed_rows(
    text: str, atoms: Sequence[Atom], head: Head, figures: bool, limits: Limits, deadline: Deadline
) -> Table | None:
    """A table without numbers: a row begins where the columns begin again."""
    columns = _told_by_content(head.columns, atoms)
    key = next((at for at, column in enumerate(columns) if column.role in _KEYS), None)
    if key is None:
        return None
    evidence = _learn([list(atoms)], len(atoms) // max(len(columns), 1), figures)
    places: list[int] = []
    for _ in range(_PASSES):
        deadline.check()
        places = deal(atoms, columns, evidence, wraps=key)
        evidence.widths = _widths([atoms], [places])
        evidence.homes = _homes([atoms], [places])
        evidence.traits = _traits([atoms], [places])
        evidence.wordy = _wordy([atoms], [places], columns)
    rows: list[list[Fragments]] = []
    before = len(columns)
    for atom, place in zip(atoms, places, strict=True):
        if place < before and not (atom.page and rows and place > key):
            rows.append([[] for _ in columns])
        rows[-1][place].append((atom.start, atom.end))
        before = place
    full = sum(bool(row[key]) and sum(map(bool, row[key + 1 :])) * 2 >= len(columns) - key - 1 for row in rows)
    if len(rows) < 2 or full * 10 < len(rows) * 7:
        return None
    return grid.build(text, [*_heading_rows(head), *rows], limits, deadline.name, head.first + 1)


def _heading_rows(head: Head) -> list[list[Fragments]]:
    """The heading row, or two where headings stand under others; a spanning heading in its first place."""

    def fragments(heading: Passage) -> Fragments:
        return [(offset, offset + 1) for offset in heading.offsets]

    if all(column.parent is None for column in head.columns):
        return [[fragments(column.heading) for column in head.columns]]
    upper: list[Fragments] = []
    lower: list[Fragments] = []
    parent: Passage | None = None
    for column in head.columns:
        if column.parent is None:
            upper.append(fragments(column.heading))
            lower.append([])
        else:
            upper.append([] if column.parent is parent else fragments(column.parent))
            lower.append(fragments(column.heading))
        parent = column.parent
    return [upper, lower]


def _told_by_content(columns: list[Column], atoms: Sequence[Atom]) -> list[Column]:
    """Which of the columns headed as results or remarks holds the ticks, told by what follows the ticks.

    完成情况 | 落实情况 and 完成情况 | 备注 have the tick before the words, 完成情况 | 自评 behind them.
    """
    results = [at for at, column in enumerate(columns) if column.role == "result"]
    marks = [at for at, atom in enumerate(atoms) if atom.kind == "mark"]
    marked = any(column.role in ("done_mark", "notdone_mark", "status") for column in columns)
    if marked or not results or len(marks) < 2:
        return columns
    ends = sum(at + 1 == len(atoms) or atoms[at + 1].kind in ("integer", "mark") for at in marks) * 2 > len(marks)
    if not ends and not any(is_tick(atoms[at].text) for at in marks):
        return columns
    made = list(columns)
    if len(results) >= 2:
        place = results[-1] if ends else results[0]
        made[place] = replace(columns[place], role="status")
    elif not ends and results[0] + 1 < len(columns) and columns[results[0] + 1].role == "remark":
        made[results[0]] = replace(columns[results[0]], role="status")
        made[results[0] + 1] = replace(columns[results[0] + 1], role="result")
    return made


def _glued(row: Sequence[Atom]) -> list[Atom]:
    """The row with figures that number nothing joined to the text after them on their line (260 户以上)."""
    made = [row[0]]
    for atom in row[1:]:
        last = made[-1]
        if last.kind == "integer" and last is not row[0] and not atom.first and atom.kind == "text":
            made[-1] = replace(last, text=last.text + atom.text, end=atom.end, kind="text")
            made[-1].width = last.width + (atom.start - last.end) + atom.width
        else:
            made.append(atom)
    return made


def _label_cycle(atoms: Sequence[Atom]) -> list[str]:
    labels = [atom.label for atom in atoms if atom.kind == "label"]
    return list(dict.fromkeys(labels)) if labels else []


def _deal(
    rows: Sequence[Sequence[Atom]], columns: Sequence[Column], figures: bool, deadline: Deadline
) -> tuple[list[list[int]], Evidence]:
    """The column of each atom of each row but its number, in passes that learn from one another."""
    bodies = [row[1:] for row in rows]
    evidence = _learn(bodies, len(rows), figures)
    dealt: list[list[int]] = []
    before: list[list[int]] = []
    for _ in range(_PASSES):
        dealt = []
        for body in bodies:
            deadline.check()
            dealt.append(deal(body, columns, evidence))
        if dealt == before:
            break
        before = dealt
        evidence.widths = _widths(bodies, dealt)
        evidence.homes = _homes(bodies, dealt)
        evidence.traits = _traits(bodies, dealt)
        evidence.wordy = _wordy(bodies, dealt, columns)
    return dealt, evidence


def _learn(bodies: Sequence[Sequence[Atom]], rows: int, figures: bool) -> Evidence:
    """What the text itself tells before any atom is dealt: atoms that recur, characters that follow one another."""
    evidence = Evidence(rows=rows, figures=figures)
    for body in bodies:
        words = [atom.text for atom in body if atom.kind == "text"]
        evidence.recurring.update(words if len(bodies) == 1 else set(words))
        for atom in body:
            evidence.pairs.update(map(add, atom.text, atom.text[1:]))
    return evidence


def _traits(bodies: Sequence[Sequence[Atom]], dealt: Sequence[Sequence[int]]) -> dict[int, float]:
    """How much more often than in the whole table each column's atoms hold a figure: a name seldom does."""
    counts: dict[int, list[int]] = {}
    for body, places in zip(bodies, dealt, strict=True):
        for atom, place in zip(body, places, strict=True):
            seen = counts.setdefault(place, [1, 1])
            seen[0 if atom.figured else 1] += 1
    usual = sum(seen[0] for seen in counts.values()) / max(1, sum(sum(seen) for seen in counts.values()))
    odds = {place: log(seen[0] / sum(seen) / usual) for place, seen in counts.items()}
    return {place: max(-_MOST_ODDS, min(_MOST_ODDS, own)) for place, own in odds.items()}


def _wordy(
    bodies: Sequence[Sequence[Atom]], dealt: Sequence[Sequence[int]], columns: Sequence[Column]
) -> frozenset[int]:
    """The columns headed as targets whose lines are words more often than bare figures."""
    bare = {at: 0 for at, column in enumerate(columns) if column.role == "target"}
    for body, places in zip(bodies, dealt, strict=True):
        for atom, place in zip(body, places, strict=True):
            if place in bare:
                bare[place] += 1 if is_figure(atom.text) else -1
    return frozenset(at for at, count in bare.items() if count < 0)


def _homes(bodies: Sequence[Sequence[Atom]], dealt: Sequence[Sequence[int]]) -> dict[str, int]:
    """Where atoms that recur in three rows or more lie most of the time."""
    seen: dict[str, Counter[int]] = {}
    for body, places in zip(bodies, dealt, strict=True):
        for atom, place in zip(body, places, strict=True):
            if _HAN.search(atom.text):
                seen.setdefault(atom.text, Counter())[place] += 1
    homes = {}
    for word, counts in seen.items():
        place, times = counts.most_common(1)[0]
        if times >= 3 and times * 4 >= counts.total() * 3:
            homes[word] = place
    return homes


def _widths(bodies: Sequence[Sequence[Atom]], dealt: Sequence[Sequence[int]]) -> dict[int, int]:
    """The width of each column: what most of its full lines have."""
    seen: dict[int, Counter[int]] = {}
    for body, places in zip(bodies, dealt, strict=True):
        for atom, place, after in zip(body, places, places[1:], strict=False):
            if place == after:
                seen.setdefault(place, Counter())[atom.width] += 1
    widths = {}
    for place, counts in seen.items():
        values = sorted(counts.elements())
        if len(values) >= 3:
            widths[place] = values[min(len(values) - 1, int(len(values) * 0.9))]
    return widths
