"""Tables as tasks: a row of words (what was promised, what was done) or a row of figures (target, actual, rate)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import regex

from indicators.readers.tables.columns import resolve_headings
from indicators.readers.tables.heading_row import NAMES, twins
from indicators.readers.tables.headings import ColumnRole, Heading, is_category
from indicators.readers.tables.turned import turn_round
from indicators.readers.tables.unfold import unfold
from indicators.rulebook import phrase
from indicators.schema.source import Passage, Table
from indicators.tasks.asof.month import last_month
from indicators.tasks.bodies import responsible
from indicators.tasks.model import Context, Part, PartRole, TaskUnit
from indicators.tasks.promised import promised_by_row
from indicators.tasks.rated import told_by_figures, told_by_rates, told_by_stages
from indicators.tasks.rows import Row, cell_of, text_of
from indicators.tasks.subtotals import name_subtotals
from indicators.tasks.ticks import claimed
from indicators.tasks.values import is_value, row_name, value_parts

_NUMBER = regex.compile(r"\d+(?:[.-]\d+)*|[一二三四五六七八九十]+")
_DATES = regex.compile(r"\d{1,4}[年月日号]|[(（]\d+[)）]|\b\d+[.、]")
_DIGIT = regex.compile(r"\d")
_BRACKETS = regex.compile(r"[(（][^()（）]*[)）]")
_SENTENCE = 10
_LONGEST_NUMBER = 4
"""Characters of a row's number at most: what is longer is what the rows are about."""
_SIGNS = frozenset("≥≤＞＜><=＝≧≦")
_NAMING = NAMES | {"other", "category"}
_ANSWERING = frozenset(("target", "actual", "result", "completion", "schedule", "baseline"))
_LEAST_SHARED = 3
"""Columns at least of a table that hands promises out."""
_LEAST_ROWS = 2
_SIGNED = regex.compile(r"[%％]$")
_SHARE = regex.compile(r"\d{1,4}(?:\.\d+)?[%％]?")
_BESIDE: tuple[ColumnRole, ...] = ("remark", "status", "score", "other", "done_mark", "notdone_mark", "deadline")
_WORDY: tuple[tuple[ColumnRole, PartRole], ...] = (
    ("task", "target"),
    ("target", "target"),
    ("schedule", "schedule"),
    ("result", "result"),
    ("actual", "result"),
)


def table_tasks(table: Table, context: Context) -> list[TaskUnit]:
    """The tasks of one table in row order; ``[]`` for a table that says nothing of promises or figures."""
    table = unfold(turn_round(table))
    grid = table.grid()
    headings, rows = promised_by_row(resolve_headings(table), grid[table.header_rows :])
    rows = name_subtotals(rows, headings)
    headings = _columns_of_figures(headings, rows)
    headings = _promised_to_each(headings, rows, table, context)
    roles = [heading.role for heading in headings]
    if not table.header_rows or not (set(roles) & {"task", "indicator", "target", "actual", "result", "schedule"}):
        return _wordy_cells(table, context)
    units: list[TaskUnit] = []
    for group in _groups(rows, roles):
        unit = _unit(group, headings, table, context)
        if unit is not None and unit.parts:
            units.append(unit)
    return units


def _columns_of_figures(headings: list[Heading], rows: Sequence[Row]) -> list[Heading]:
    """目标任务 over nothing but figures is a column of figures, and so is 完成情况 beside it."""
    headings = told_by_figures(headings, rows)
    told = [[cell.passage.text for row in rows if (cell := row[i]) is not None] for i in range(len(headings))]
    columns = [[text for text in texts if text] for texts in told]

    def only_figures(at: int) -> bool:
        return bool(columns[at]) and all(is_value(text) for text in columns[at])

    def mostly_figures(at: int) -> bool:
        """Most cells are figures; a word says where nothing is counted yet (施工中)."""
        return bool(columns[at]) and 2 * sum(is_value(text) for text in columns[at]) > len(columns[at])

    def nearly_figures(at: int) -> bool:
        """All cells but one in five are figures: a word stands where a promise has none (应补尽补)."""
        return bool(columns[at]) and 5 * sum(is_value(text) for text in columns[at]) >= 4 * len(columns[at])

    headings = _named_by_first(headings, columns)
    named = sum(h.role in _NAMING for h in headings) > 1
    promised = any(h.role == "target" and only_figures(i) for i, h in enumerate(headings))
    found = list(headings)
    for i, heading in enumerate(headings):
        if heading.role in ("nature", "other") and columns[i] and _SIGNS.issuperset(columns[i]):
            found[i] = replace(heading, role="operator")
        if heading.role == "task" and named and (heading.group or not promised) and nearly_figures(i):
            found[i], promised = replace(heading, role="target"), True
        elif heading.role in ("result", "done_mark") and promised and mostly_figures(i):
            found[i] = replace(heading, role="actual")
    for i, j, stem in twins([h.text for h in found], [h.role for h in found]):
        if only_figures(i) and only_figures(j):
            found[i] = replace(found[i], role="target", group=stem)
            found[j] = replace(found[j], role="actual", group=stem)
    found = told_by_rates(_figures_for_words(found, columns), columns)
    found = told_by_stages(found, [texts if only_figures(i) else [] for i, texts in enumerate(columns)])
    return _latest_only(_rates_beside_amounts(found, columns))


def _figures_for_words(headings: list[Heading], columns: Sequence[Sequence[str]]) -> list[Heading]:
    """改造护理床位420张 | 386: where promises are told in words with their figure, the bare figure is their answer."""
    promised = [i for i, h in enumerate(headings) if h.role == "target"]
    told = [i for i, h in enumerate(headings) if h.role == "actual"]
    if len(promised) != 1 or len(told) != 1:
        return headings
    cells = columns[promised[0]]
    worded = sum(not is_value(text) and _tells(text) for text in cells)
    if 2 * worded <= len(cells):
        return headings
    return [replace(h, role="result") if i == told[0] else h for i, h in enumerate(headings)]


def _rates_beside_amounts(headings: list[Heading], columns: Sequence[Sequence[str]]) -> list[Heading]:
    """进度 beside a rate of its own tells how much was done; one of several columns of results may be a rate."""
    found = list(headings)
    rates = Counter(h.group for h in found if h.role == "completion")
    if any(count > 1 for count in rates.values()):
        # 目标任务 | 进度 | 完成比例, under each upper heading or none: beside a rate of its own 进度 is what was done.
        told = [_is_progress(h) and not any(map(_SIGNED.search, columns[i])) for i, h in enumerate(found)]
        found = [replace(h, role="actual") if done else h for h, done in zip(found, told, strict=True)]
    results = [i for i, heading in enumerate(found) if heading.role == "result"]
    for i in results:
        if len(results) > 1 and columns[i] and all(_SHARE.fullmatch(text) for text in columns[i]):
            found[i] = replace(found[i], role="completion")  # 目前进展 | 形象进度, the second in per cent
    return found


def _named_by_first(headings: list[Heading], columns: Sequence[Sequence[str]]) -> list[Heading]:
    """性质 | 年度目标 | 完成投资 over 新建, 续建: where no column else names the rows, the words of the first do."""
    if any(h.role in _NAMING for h in headings) or not columns[0] or any(map(is_value, columns[0])):
        return headings
    if headings[0].role != "nature" or any(map(is_category, columns[0])):
        return headings
    return [replace(headings[0], role="indicator"), *headings[1:]]


def _promised_to_each(headings: list[Heading], rows: Sequence[Row], table: Table, context: Context) -> list[Heading]:
    """指标 | 全市 | 东城区 | 西河区 in a table that hands out promises: each column of figures promises for its own."""
    told = {h.role for h in headings} & _ANSWERING
    if told or not phrase("tables", "hands_out").search(f"{context.title}\n{table.caption.text}"):
        return headings
    unknown = all(h.role in ("other", "region") for h in headings[1:])
    figures = all(
        (cell := row[i]) is not None and is_value(cell.passage.text) for row in rows for i in range(1, len(row))
    )
    if not unknown or not figures or len(headings) < _LEAST_SHARED or len(rows) < _LEAST_ROWS:
        return headings
    first = headings[0] if headings[0].role in _NAMING else replace(headings[0], role="indicator")
    return [first, *(replace(h, role="target", group=h.text) for h in headings[1:])]


def _is_progress(heading: Heading) -> bool:
    own = heading.text.removeprefix(heading.group)
    return phrase("tables", "progress").fullmatch(own) is not None


def _latest_only(headings: list[Heading]) -> list[Heading]:
    """1-10月进展 | 1-11月进展: what was told earlier is overtaken by the later column."""
    months = {i: month for i, h in enumerate(headings) if h.role == "result" and (month := last_month(h.text))}
    if len(months) < 2 or len(set(months.values())) < len(months):
        return headings
    latest = max(months, key=lambda i: months[i])
    return [replace(h, role="other") if i in months and i != latest else h for i, h in enumerate(headings)]


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
        tells = any(_tells(cell.passage.text) for cell in shared if len(cell.passage.text) > _LONGEST_NUMBER)
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


def _unit(rows: list[Row], headings: list[Heading], table: Table, context: Context) -> TaskUnit | None:
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
        if role == "task" and promised and not _tells(_BRACKETS.sub("", unit.text)):
            continue  # 增值税（25%）: what brackets behind a name tell is of the name where the promise has its column
        unit.parts.extend(_wordy(rows, headings, role, part_role, taken))
    told = {part.role for part in unit.parts}
    if "actual_value" in told:
        beside = _wordy(rows, headings, "remark", "result", taken)
        unit.parts.extend(part for part in beside if not phrase("tables", "remark_aside").match(part.passage.text))
    if not figures or ("result" in told and "actual_value" not in told):
        unit.completion = _share_done(first, headings)
    answered = any(part.role == "result" and _tells_figures(part.passage.text) for part in unit.parts)
    open_promise = {part.role for part in figures} == {"target_value"}
    if not answered and (not figures or (open_promise and _answers_empty(first, headings))):
        # A flattened row whose ticks pushed the answer on, or whose cell for the answer is empty: the text with figures
        # beside it is the answer.
        for role in _BESIDE:
            unit.parts.extend(
                p for p in _wordy(rows, headings, role, "result", taken) if _tells_figures(p.passage.text)
            )
    return unit


def _answers_empty(row: Row, headings: list[Heading]) -> bool:
    """Whether a row leaves its column of results empty: 除险加固 | 5座 | | 完工3座."""
    cells = [row[i] for i, heading in enumerate(headings) if heading.role == "actual"]
    return bool(cells) and all(cell is None or not cell.passage.text.strip("—-–/ ") for cell in cells)


def _tells_figures(text: str) -> bool:
    """Whether a cell tells a figure that is no date."""
    return len(text) >= _SENTENCE and _tells(text)


def _tells(text: str) -> bool:
    """Whether the text has a figure that is no date."""
    return _DIGIT.search(_DATES.sub("", text)) is not None


def _share_done(row: Row, headings: list[Heading]) -> float | None:
    """The rate of completion that a row of words prints beside its answer, 1.0 for 100 %."""
    index = next((i for i, heading in enumerate(headings) if heading.role == "completion"), None)
    cell = row[index] if index is not None else None
    if index is None or cell is None or not _SHARE.fullmatch(cell.passage.text.strip()):
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
                is_value(cell.passage.text) and role != "result"
            ):
                continue
            taken.add(id(cell.passage))
            parts.append(Part(part_role, cell.passage, label=label, place=cell.place))
    return parts


def _place(unit: TaskUnit, passage: Passage) -> None:
    unit.start, unit.end = passage.span(0, len(passage.text))
