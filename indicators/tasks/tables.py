"""Tables as tasks: a row of words (what was promised, what was done) or a row of figures (target, actual, rate)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.readers.tables.alternating import pair_up
from indicators.readers.tables.columns import resolve_headings
from indicators.readers.tables.headings import ColumnRole, Heading
from indicators.readers.tables.turned import turn_round
from indicators.readers.tables.unfold import unfold
from indicators.rulebook import phrase
from indicators.schema.source import Passage, Table
from indicators.tasks.bodies import responsible
from indicators.tasks.by_cells import promised_by_words, told_by_cells
from indicators.tasks.model import Context, Part, PartRole, TaskUnit
from indicators.tasks.promised import promised_by_row
from indicators.tasks.rows import Row, cell_of, text_of
from indicators.tasks.subtotals import name_subtotals
from indicators.tasks.ticks import claimed
from indicators.tasks.unheaded import unheaded
from indicators.tasks.untold import told_around
from indicators.tasks.values import is_share, is_value, row_name, tells_change, tells_figure, value_parts

_NUMBER = re.compile(r"\d+(?:[.-]\d+)*|[一二三四五六七八九十]+")
_DIGIT = re.compile(r"\d")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_SENTENCE = 10
_LONGEST_NUMBER = 4
"""Characters of a row's number at most: what is longer is what the rows are about."""
_BESIDE: tuple[ColumnRole, ...] = ("remark", "status", "score", "other", "done_mark", "notdone_mark", "deadline")
_WORDY: tuple[tuple[ColumnRole, PartRole], ...] = (
    ("task", "target"),
    ("target", "target"),
    ("schedule", "schedule"),
    ("result", "result"),
    ("actual", "result"),
)


def table_tasks(table: Table, context: Context, closing: str = "") -> list[TaskUnit]:
    """The tasks of one table in row order; ``[]`` for a table that says nothing of promises or figures.

    ``closing``: the line right below, which may say what the figures are.
    """
    table = unfold(turn_round(pair_up(table)))
    grid = table.grid()
    resolved = resolve_headings(table)
    if not table.header_rows:
        resolved = unheaded(resolved, grid, table.caption.text)
    headings, rows = promised_by_row(resolved, grid[table.header_rows :])
    rows = name_subtotals(rows, headings)
    headings = told_by_cells(headings, rows)
    headings = told_around(headings, rows, f"{table.caption.text or context.title}\n{closing}", context)
    headings = promised_by_words(headings, rows, table.caption.text)
    roles = [heading.role for heading in headings]
    headless = not table.header_rows and {"other"}.issuperset(roles)
    if headless or not set(roles) & {"task", "indicator", "region", "target", "actual", "result", "schedule"}:
        return _wordy_cells(table, context)
    units = [_unit(group, headings, table, context) for group in _groups(rows, roles)]
    return [unit for unit in units if unit.parts]


def _wordy_cells(table: Table, context: Context) -> list[TaskUnit]:
    """A layout table, or one without headings that say anything: its cells are running text."""
    units = []
    for cell in table.cells:
        if cell.header or len(cell.passage.text) < 8:
            continue
        unit = TaskUnit(None, "", form="prose")
        unit.parts.append(Part("prose", cell.passage, tense="plan" if context.is_plan else None, place=cell.place))
        _place(unit, cell.passage)
        units.append(unit)
    return units


def _groups(rows: Sequence[Row], roles: Sequence[ColumnRole]) -> list[list[Row]]:
    """Rows of one task: those that share the cell of its number or its text."""
    keys = [i for i, role in enumerate(roles) if role in ("number", "task")]
    groups: list[list[Row]] = []
    before: set[int] = set()
    for row in rows:
        shared = [cell for i in keys if (cell := row[i]) is not None and cell.passage.text and cell.rowspan > 1]
        own = {id(cell) for cell in shared}
        tells = any(tells_figure(cell.passage.text) for cell in shared if len(cell.passage.text) > _LONGEST_NUMBER)
        alone = not tells and any(_answers_itself(one, roles) for one in (row, *(group[-1] for group in groups[-1:])))
        if groups and own & before and not alone:
            groups[-1].append(row)
        else:
            groups.append([row])
        before = own
    return groups


def _answers_itself(row: Row, roles: Sequence[ColumnRole]) -> bool:
    """Whether a row has a promise and a bare figure that answers it of its own, whatever heading cell it shares."""
    cells = ((role, cell) for role, cell in zip(roles, row, strict=True) if cell is not None and cell.rowspan == 1)
    own = [(role, cell.passage.text) for role, cell in cells]
    promises = any(role in ("target", "task") and _DIGIT.search(text) for role, text in own)
    return promises and any(role == "result" and is_value(text) for role, text in own)


def _unit(rows: list[Row], headings: list[Heading], table: Table, context: Context) -> TaskUnit:
    """The task of rows that share its number or its text; without parts where they tell nothing."""
    first = rows[0]
    number = text_of(first, headings, "number")
    task = cell_of(first, headings, "task")
    indicator = cell_of(first, headings, "indicator")
    title = task or indicator
    unit = TaskUnit(
        number=match.group() if number and (match := _NUMBER.search(number)) else None,
        text=title.passage.text if title else "",
        form="table",
    )
    if title is not None:
        _place(unit, title.passage)
    unit.responsible = responsible(rows, headings)
    unit.claimed = claimed(rows, headings)
    figures = value_parts(rows, headings, table, context)
    if figures:
        unit.form = "values"
        unit.parts.extend(figures)
        if unit.text == "":
            unit.text = row_name(rows[0], headings) or figures[0].indicator
        if unit.start is None:
            _place(unit, figures[0].passage)
    taken = {id(part.passage) for part in figures}
    promised = any(part.role == "target_value" for part in figures)
    for role, part_role in _WORDY:
        aside = phrase("tables", "own_money").sub("", unit.text) if indicator is not None else unit.text
        if role == "task" and promised and not tells_figure(_BRACKETS.sub("", aside)):
            continue  # 增值税（25%）: what brackets behind a name tell is of the name where the promise has its column
        unit.parts.extend(_wordy(rows, headings, role, part_role, taken))
    told = {part.role for part in unit.parts}
    if "actual_value" in told:
        beside = _wordy(rows, headings, "remark", "result", taken)
        unit.parts.extend(part for part in beside if not phrase("tables", "remark_aside").match(part.passage.text))
    if not figures or ("actual_value" not in told and ("result" in told or _answers_empty(first, headings))):
        unit.completion = _share_done(first, headings)
    answered = any(part.role == "result" and _answers_in_words(part.passage.text) for part in unit.parts)
    open_promise = {part.role for part in figures} == {"target_value"}
    if not answered and (not figures or (open_promise and _answers_empty(first, headings))):
        unit.parts.extend(_answers_beside(rows, headings, taken))
    return unit


def _answers_beside(rows: list[Row], headings: list[Heading], taken: set[int]) -> list[Part]:
    """What answers a flattened row whose ticks pushed the answer on, or one whose cell for it is empty."""
    parts = [part for role in _BESIDE for part in _wordy(rows, headings, role, "result", taken)]
    return [part for part in parts if _answers_in_words(part.passage.text)]


def _answers_empty(row: Row, headings: list[Heading]) -> bool:
    """Whether a row leaves its column of results empty: 除险加固 | 5座 | | 完工3座."""
    cells = [row[i] for i, heading in enumerate(headings) if heading.role == "actual"]
    return bool(cells) and all(cell is None or not cell.passage.text.strip("—-–/ ") for cell in cells)


def _answers_in_words(text: str) -> bool:
    """Whether a cell tells a figure that is no date, and words with it."""
    return len(text) >= _SENTENCE and tells_figure(text)


def _share_done(row: Row, headings: list[Heading]) -> float | None:
    """The rate of completion that a row of words prints beside its answer, 1.0 for 100 %."""
    index = next((i for i, heading in enumerate(headings) if heading.role == "completion"), None)
    cell = row[index] if index is not None else None
    if index is None or cell is None or not is_share(cell.passage.text.strip()):
        return None
    told = cell.passage.text.strip().rstrip("%％")
    return float(told) / 100 if told != cell.passage.text.strip() or "%" in headings[index].unit else None


def _wordy(
    rows: list[Row], headings: list[Heading], role: ColumnRole, part_role: PartRole, taken: set[int]
) -> list[Part]:
    parts = []
    for row in rows:
        label = text_of(row, headings, "label")
        for i, heading in enumerate(headings):
            cell = row[i]
            if heading.role != role or cell is None or not cell.passage.text or id(cell.passage) in taken:
                continue
            if phrase("tables", "tick").fullmatch(cell.passage.text) or (
                is_value(cell.passage.text) and role != "result" and not tells_change(cell.passage.text)
            ):
                continue
            taken.add(id(cell.passage))
            parts.append(Part(part_role, cell.passage, label=label, place=cell.place))
    return parts


def _place(unit: TaskUnit, passage: Passage) -> None:
    unit.start, unit.end = passage.span(0, len(passage.text))
