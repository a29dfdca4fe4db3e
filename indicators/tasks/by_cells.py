"""What the columns of a table hold, told by their cells where the headings do not say it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from indicators.readers.tables.heading_row import NAMES, twins
from indicators.readers.tables.headings import Heading, is_category
from indicators.readers.tables.parts import told_by_parts
from indicators.readers.tables.rates import of_one_size
from indicators.readers.tables.turned import promised_by_caption
from indicators.rulebook import phrase
from indicators.tasks.asof.month import last_month
from indicators.tasks.figure_columns import tells_side
from indicators.tasks.lacking import told_by_gaps
from indicators.tasks.rated import promised_beside, rates_among_answers, told_by_figures, told_by_rates, told_by_stages
from indicators.tasks.rows import Row
from indicators.tasks.values import is_share, is_value, tells_figure

_SIGNS = frozenset("≥≤＞＜><=＝≧≦")
_BOUNDS = frozenset("≥≤≧≦")
_MAY_PROMISE = frozenset(("actual", "baseline"))
"""What a column of figures with bounds may be headed as by mistake."""
_MAY_SIGN = frozenset(("nature", "other", "operator"))
"""What a column of signs may be headed as."""
_NAMING = NAMES | {"other", "category"}
_CALLED = NAMES | {"other", "actual", "completion", "category", "period"}
"""What the columns may be headed as where the caption calls all figures promised."""
_LEAST_NAMED = 2
"""Columns of a table whose caption says that all its figures are promised: who or when, and how much."""
_LEAST_ROWS = 2
_TELLING = frozenset(("actual", "result", "completion", "status", "done_mark", "baseline", "growth", "gap", "score"))
"""What stands beside a promise that tells more of it than its answer."""
_NO_FIGURE = "—–-－/ "
_SIGNED = re.compile(r"[%％]$")
_UNIT = re.compile(r"[(（].*[)）]$")


def told_by_cells(headings: list[Heading], rows: Sequence[Row]) -> list[Heading]:
    """The headings, one a column, with what the cells tell: 目标任务 over figures alone is a column of figures."""
    headings = rates_among_answers(told_by_figures(headings, rows), rows)
    told = [[cell.passage.text for row in rows if (cell := row[i]) is not None] for i in range(len(headings))]
    columns = [[text for text in texts if text.strip(_NO_FIGURE)] for texts in told]

    def only_figures(at: int) -> bool:
        return bool(columns[at]) and all(is_value(text) for text in columns[at])

    def mostly_figures(at: int) -> bool:
        """Most cells are figures; a word says where nothing is counted yet (施工中)."""
        return bool(columns[at]) and 2 * sum(is_value(text) for text in columns[at]) > len(columns[at])

    def nearly_figures(at: int) -> bool:
        """All cells but one in five are figures: a word stands where a promise has none (应补尽补)."""
        return bool(columns[at]) and 5 * sum(is_value(text) for text in columns[at]) >= 4 * len(columns[at])

    headings = _behind_signs(_named_by_first(headings, columns), columns, only_figures)
    named = sum(h.role in _NAMING for h in headings) > 1
    promised = any(h.role == "target" and only_figures(i) for i, h in enumerate(headings))
    found = list(headings)
    for i, heading in enumerate(headings):
        if heading.role in _MAY_SIGN and columns[i] and all(map(_is_sign, columns[i])):
            found[i] = replace(heading, role="operator")
        if heading.role == "task" and named and (heading.group or not promised) and nearly_figures(i):
            found[i], promised = replace(heading, role="target"), True
        elif heading.role in ("result", "done_mark") and promised and mostly_figures(i):
            found[i] = replace(heading, role="actual")
    for i, j, stem in twins([h.text for h in found], [h.role for h in found]):
        if only_figures(i) and only_figures(j):
            found[i] = replace(found[i], role="target", group=stem)
            found[j] = replace(found[j], role="actual", group=stem)
    found = promised_beside(found, [texts if only_figures(i) else [] for i, texts in enumerate(columns)])
    found = told_by_rates(_figures_for_words(found, columns), columns)
    found = told_by_stages(found, [texts if only_figures(i) else [] for i, texts in enumerate(columns)])
    found = _amounts_beside_shares(found, [texts if only_figures(i) else [] for i, texts in enumerate(columns)])
    found = told_by_gaps(found, [[c.passage.text if (c := row[i]) else "" for row in rows] for i in range(len(found))])
    found = _lone_answer(found, [texts if only_figures(i) else [] for i, texts in enumerate(columns)])
    found = told_by_parts(_promised_in_signs(found, columns), [only_figures(i) for i in range(len(found))])
    return _latest_only(_amounts_for_rates(_rates_beside_amounts(found, columns), columns))


def _amounts_beside_shares(headings: list[Heading], figures: Sequence[Sequence[str]]) -> list[Heading]:
    """新开工(个) | 占年计划, 死亡 | 比进度少: what stands before a share of an unprinted promise was reached."""
    told = {h.group for h in headings if h.role in ("target", "actual", "result", "task")}
    found = list(headings)
    for i in range(1, len(headings)):
        share, own = headings[i], headings[i - 1]
        if not _of_promise(share):
            continue
        if own.role == "other" and figures[i - 1] and not {own.group, share.group} & told:
            group = share.group or _UNIT.sub("", own.text)
            found[i - 1], found[i] = replace(own, role="actual", group=group), replace(share, group=group)
    return found


def _promised_in_signs(headings: list[Heading], columns: Sequence[Sequence[str]]) -> list[Heading]:
    """2023年达到 | 2024年达到 over ≥85% | ≥90%: what is reached has no bound, what is promised may."""
    if any(h.role == "target" for h in headings):
        return headings
    signed = [len(texts) >= _LEAST_ROWS and all(text[0] in _BOUNDS for text in texts) for texts in columns]
    return [
        replace(h, role="target") if own and h.role in _MAY_PROMISE else h
        for h, own in zip(headings, signed, strict=True)
    ]


def _lone_answer(headings: list[Heading], figures: Sequence[Sequence[str]]) -> list[Heading]:
    """学校 | 任务 | 报到: all that a table tells beside its promise, figures of the same size, is what came of it."""
    promises = [i for i, h in enumerate(headings) if h.role == "target"]
    if len(promises) != 1 or headings[promises[0]].group or any(h.role in _TELLING for h in headings):
        return headings
    at = promises[0] + 1
    beside = [i for i, h in enumerate(headings) if h.role == "other" and figures[i] and i]
    if beside != [at] or headings[at].group or phrase("tables", "part_row").match(headings[at].text):
        return headings
    if {headings[at].unit, headings[at - 1].unit} - {"", headings[at].unit}:
        return headings
    if not of_one_size(figures[at - 1], figures[at]):
        return headings
    return [replace(h, role="actual") if i == at else h for i, h in enumerate(headings)]


def _named_by_first(headings: list[Heading], columns: Sequence[Sequence[str]]) -> list[Heading]:
    """性质 | 年度目标 | 完成投资 over 新建, 续建: where no column else names the rows, the words of the first do."""
    if any(h.role in _NAMING for h in headings) or not columns[0] or any(map(is_value, columns[0])):
        return headings
    if headings[0].role != "nature" or any(map(is_category, columns[0])):
        return headings
    return [replace(headings[0], role="indicator"), *headings[1:]]


def _is_sign(text: str) -> bool:
    return text in _SIGNS or phrase("tables", "sign").fullmatch(text) is not None


def _behind_signs(
    headings: list[Heading], columns: Sequence[Sequence[str]], only_figures: Callable[[int], bool]
) -> list[Heading]:
    """预算 | 看什么 | 比较 | 数 | 单位: the figures behind the signs are promised, and what stands before is put in."""
    signs = (i for i, h in enumerate(headings) if h.role in _MAY_SIGN and columns[i] and all(map(_is_sign, columns[i])))
    at = next(signs, None)
    if at is None or at + 1 == len(headings) or headings[at + 1].role != "other" or not only_figures(at + 1):
        return headings
    found = [replace(h, role="other") if h.role == "target" and i < at else h for i, h in enumerate(headings)]
    found[at] = replace(headings[at], role="operator")
    found[at + 1] = replace(headings[at + 1], role="target")
    return found


def _figures_for_words(headings: list[Heading], columns: Sequence[Sequence[str]]) -> list[Heading]:
    """改造护理床位420张 | 386: where promises are told in words with their figure, the bare figure is their answer."""
    promised = [i for i, h in enumerate(headings) if h.role == "target"]
    told = [i for i, h in enumerate(headings) if h.role == "actual"]
    if len(promised) != 1 or len(told) != 1:
        return headings
    cells = columns[promised[0]]
    worded = sum(not is_value(text) and tells_figure(text) for text in cells)
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
        if len(results) > 1 and columns[i] and all(map(is_share, columns[i])):
            found[i] = replace(found[i], role="completion")  # 目前进展 | 形象进度, the second in per cent
    return found


def _amounts_for_rates(headings: list[Heading], columns: Sequence[Sequence[str]]) -> list[Heading]:
    """目标任务 | 完成进度 over 8所 | 6所: where nothing else answers, what is headed as a rate and is none does."""
    if {h.role for h in headings} & {"actual", "result"}:
        return headings
    found = list(headings)
    for i, heading in enumerate(headings):
        told = [text for text in columns[i] if text.strip(_NO_FIGURE)]
        if heading.role == "completion" and 2 * sum(map(_is_amount, told)) > len(told):
            found[i] = replace(heading, role="actual" if all(map(is_value, told)) else "result")
    return found


def _is_amount(text: str) -> bool:
    """Whether a cell tells a figure that is no rate: one with a unit of its own, or a sentence around it."""
    return not is_share(text) and tells_figure(text) and _SIGNED.search(text) is None


def _is_progress(heading: Heading) -> bool:
    own = heading.text.removeprefix(heading.group)
    return phrase("tables", "progress").fullmatch(own) is not None


def _of_promise(heading: Heading) -> bool:
    """Whether a heading names a promise and how far what stands in front of it came: 占年计划, 比进度少."""
    if heading.role == "gap":
        return tells_side(heading)
    return heading.role == "completion" and phrase("tables", "names_promise").search(heading.text) is not None


def _latest_only(headings: list[Heading]) -> list[Heading]:
    """1-10月进展 | 1-11月进展: what was told earlier is overtaken by the later column."""
    months = {i: month for i, h in enumerate(headings) if h.role == "result" and (month := last_month(h.text))}
    if len(months) < 2 or len(set(months.values())) < len(months):
        return headings
    latest = max(months, key=lambda i: months[i])
    return [replace(h, role="other") if i in months and i != latest else h for i, h in enumerate(headings)]


def promised_by_words(headings: list[Heading], rows: Sequence[Row], caption: str) -> list[Heading]:
    """Each column of figures promises where the caption says so of all figures below: 每月结案率不得低于下面的数."""
    if not promised_by_caption(caption) or not {h.role for h in headings}.issubset(_CALLED):
        return headings
    figures = all(
        (cell := row[i]) is not None and is_value(cell.passage.text) for row in rows for i in range(1, len(row))
    )
    if not figures or len(headings) < _LEAST_NAMED or len(rows) < _LEAST_ROWS or _tells_times(rows):
        return headings
    first = headings[0] if headings[0].role in _NAMING else replace(headings[0], role="indicator")
    return [first, *(replace(h, role="target", group=h.text) for h in headings[1:])]


def _tells_times(rows: Sequence[Row]) -> bool:
    """Whether a row holds times, which nobody promises: 月份 | 3 | 6 | 9."""
    label = phrase("tables", "time_label")
    return any((cell := row[0]) is not None and label.fullmatch(cell.passage.text) for row in rows)
