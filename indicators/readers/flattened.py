"""Tables flattened by PDF-to-text: lines in reading order back into the cells they came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from indicators.readers import flattened_atoms, flattened_cells, flattened_heads, flattened_rows
from indicators.readers.flattened_atoms import Atom
from indicators.readers.flattened_cells import Evidence
from indicators.readers.flattened_heads import Column, Head
from indicators.readers.lines import Line
from indicators.schema.source import Cell, Passage, Place, Table, join
from indicators.settings import Limits

_PASSES = 3


@dataclass
class Found:
    """Tables as (first line, line after, table), by place in the lines given; and the lines that are layout."""

    tables: list[tuple[int, int, Table]] = field(default_factory=list)
    layout: set[int] = field(default_factory=set)
    """Offsets where lines begin that are headings printed again, or page numbers."""
    warnings: list[str] = field(default_factory=list)

    def outside(self, part: Sequence[Line]) -> list[Line]:
        """The lines of ``part`` that are no layout."""
        return [line for line in part if line.start not in self.layout or not line.text]


def find_tables(text: str, every: Sequence[Line], limits: Limits, name: str) -> Found:
    """The flattened tables among the lines."""
    heads = _heads(text, every)
    found = Found()
    if not heads:
        return found
    main = _main(every, heads)
    runs = flattened_heads.repeats(every, [main])
    layout = {at for first, after in runs for at in range(first, after) if every[at].text}
    layout |= set(range(main.first, main.after))
    layout |= _page_numbers(every, layout)
    body = [
        line if at >= main.after else Line("", line.start, line.start, line.number) for at, line in enumerate(every)
    ]
    table = _table(text, body, layout, main)
    if table is None:
        found.warnings.append("a table's headings were found but not its rows: read as paragraphs")
        return found
    found.layout = {every[at].start for at in layout}
    first = min([a for a, b in runs if b <= main.first and b + 3 >= main.first], default=main.first)
    found.tables.append((first, len(every), table))
    return found


def _main(every: Sequence[Line], heads: Sequence[Head]) -> Head:
    """The heading block that the table is read by: the first of those printed most often.

    A block that another follows at once is the end of a page cut short.
    """
    whole = []
    for head, after in zip(heads, [*heads[1:], None], strict=True):
        until = after.first if after else len(every)
        if sum(bool(line.text) for line in every[head.after : until]) >= 4:
            whole.append(head)
    texts = Counter(tuple(column.heading.text for column in head.columns) for head in whole or heads)
    often = max(texts.values())
    return next(h for h in whole or heads if texts[tuple(column.heading.text for column in h.columns)] == often)


def _heads(text: str, every: Sequence[Line]) -> list[Head]:
    heads: list[Head] = []
    at = 0
    while at < len(every):
        head = flattened_heads.find_head(text, every, at) if every[at].text else None
        if head is not None:
            heads.append(head)
        at = head.after if head is not None else at + 1
    return heads


def _page_numbers(every: Sequence[Line], layout: set[int]) -> set[int]:
    """Lines such as ``- 3 -`` and 第3页 共8页."""
    import re

    pattern = re.compile(
        r"[-—–－·]\s*\d{1,4}\s*[-—–－·]|第\s*\d{1,4}\s*页(?:[，,\s/]*共\s*\d{1,4}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
    )
    return {at for at, line in enumerate(every) if at not in layout and pattern.fullmatch(line.text)}


def _table(text: str, body: Sequence[Line], layout: set[int], head: Head) -> Table | None:
    roles = [column.role for column in head.columns]
    atoms = flattened_atoms.cut(
        body,
        layout,
        figures=any(role in ("unit", "actual", "completion", "score") for role in roles),
        phones="contact" in roles,
        labels="label" in roles,
    )
    if "number" not in roles or not atoms:
        return None
    number = roles.index("number")
    columns = _told_by_content([column for column in head.columns if column.role != "number"], atoms)
    labels = _label_cycle(atoms) if "label" in roles else []
    begins = flattened_rows.starts(atoms, labels)
    if len(begins) < 2:
        return None
    rows = [_glued(atoms[a:b]) for a, b in zip(begins, [*begins[1:], len(atoms)], strict=True)]
    dealt = _deal(rows, columns)
    return _assemble(text, rows, dealt, columns, head, number)


def _told_by_content(columns: list[Column], atoms: Sequence[Atom]) -> list[Column]:
    """Of two columns headed as results, the first holds the ticks where the table has ticks (完成情况 | 落实情况)."""
    results = [at for at, column in enumerate(columns) if column.role == "result"]
    marked = any(column.role in ("done_mark", "notdone_mark", "status") for column in columns)
    if len(results) < 2 or marked or not any(flattened_atoms.is_tick(atom.text) for atom in atoms):
        return columns
    first = results[0]
    return [*columns[:first], replace(columns[first], role="status"), *columns[first + 1 :]]


def _glued(row: Sequence[Atom]) -> list[Atom]:
    """The row with figures that number nothing joined to the text after them on their line (260 户以上)."""
    made = [row[0]]
    for atom in row[1:]:
        last = made[-1]
        if last.kind == "integer" and last is not row[0] and not atom.first and atom.kind == "text":
            between = " " * (atom.start - last.end)
            made[-1] = replace(last, text=last.text + between + atom.text, end=atom.end, kind="text")
            made[-1].width = last.width + len(between) + atom.width
        else:
            made.append(atom)
    return made


def _label_cycle(atoms: Sequence[Atom]) -> list[str]:
    labels = [atom.label for atom in atoms if atom.kind == "label"]
    return list(dict.fromkeys(labels)) if labels else []


def _deal(rows: Sequence[Sequence[Atom]], columns: Sequence[Column]) -> list[list[int]]:
    """The column of each atom of each row but its number, in passes that learn from one another."""
    bodies = [row[1:] for row in rows]
    evidence = Evidence(rows=len(rows))
    for body in bodies:
        evidence.recurring.update({atom.text for atom in body if atom.kind == "text"})
        for atom in body:
            evidence.pairs.update(a + b for a, b in zip(atom.text, atom.text[1:], strict=False))
    dealt: list[list[int]] = []
    for _ in range(_PASSES):
        dealt = [flattened_cells.deal(body, columns, evidence) for body in bodies]
        evidence.widths = _widths(bodies, dealt)
        evidence.homes = _homes(bodies, dealt)
    return dealt


def _homes(bodies: Sequence[Sequence[Atom]], dealt: Sequence[Sequence[int]]) -> dict[str, int]:
    """Where atoms that recur in three rows or more lie most of the time."""
    seen: dict[str, Counter[int]] = {}
    for body, places in zip(bodies, dealt, strict=True):
        for atom, place in zip(body, places, strict=True):
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


def _assemble(
    text: str,
    rows: Sequence[Sequence[Atom]],
    dealt: Sequence[Sequence[int]],
    columns: Sequence[Column],
    head: Head,
    number: int,
) -> Table:
    """Cells in reading order. Cells before the label column span the lines of their task."""
    place_of = [at for at, column in enumerate(head.columns) if column.role != "number"]
    label = next((p for p, column in enumerate(columns) if column.role == "label"), -1)
    marks = [p for p, column in enumerate(columns) if column.role in ("done_mark", "notdone_mark") and column.parent]
    merged = marks if len(marks) == 2 and marks[1] == marks[0] + 1 else []
    two_levels = any(column.parent is not None for column in head.columns)
    cells = _heading_cells(head, two_levels)
    at_row = 2 if two_levels else 1
    header_rows = at_row
    for row, places in zip(rows, dealt, strict=True):
        lines: list[dict[int, list[tuple[int, int]]]] = [{}]
        lead: dict[int, list[tuple[int, int]]] = {}
        for atom, place in zip(row[1:], places, strict=True):
            if label >= 0 and place < label:
                lead.setdefault(place, []).append((atom.start, atom.end))
                continue
            if place == label and lines[-1]:
                lines.append({})
            target = merged[0] if place in merged else place
            lines[-1].setdefault(target, []).append((atom.start, atom.end))
        tall = len(lines)
        made: list[tuple[int, int, int, int, Passage]] = [
            (at_row, number, tall, 1, join(text, [(row[0].start, row[0].end)]))
        ]
        for p in range(max(label, 0)):
            made.append((at_row, place_of[p], tall, 1, join(text, lead.get(p, []))))
        for i, line in enumerate(lines):
            for p in range(max(label, 0), len(columns)):
                if p in merged[1:]:
                    continue
                wide = 2 if p in merged else 1
                made.append((at_row + i, place_of[p], 1, wide, join(text, line.get(p, []))))
        for r, c, rowspan, colspan, passage in sorted(made, key=lambda one: one[:2]):
            cells.append(Cell(r, c, passage, rowspan, colspan, place=Place(cell=f"r{r + 1}c{c + 1}")))
        at_row += tall
    return Table(tuple(cells), at_row, len(head.columns), header_rows, place=Place(line=head.first + 1))


def _heading_cells(head: Head, two_levels: bool) -> list[Cell]:
    cells: list[Cell] = []
    under: list[Cell] = []
    parent: Passage | None = None
    for at, column in enumerate(head.columns):
        if column.parent is not None:
            under.append(Cell(1, at, column.heading, header=True, place=Place(cell=f"r2c{at + 1}")))
            if column.parent is parent:
                continue
            parent = column.parent
            wide = sum(other.parent is parent for other in head.columns)
            cells.append(Cell(0, at, parent, 1, wide, True, Place(cell=f"r1c{at + 1}")))
        else:
            cells.append(Cell(0, at, column.heading, 2 if two_levels else 1, 1, True, Place(cell=f"r1c{at + 1}")))
    return cells + under
