"""Tables without headings: the line above tells what the columns hold, or what stands in the cells does.

各县动工(个)及占任务的比例: over 东河 | 120 | 80%; or 数量 | 培训人次 | ≥300 | 320 | 10 | 10, with points at the end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indicators.readers.tables.headings import ColumnRole, Heading, is_category, parse_heading
from indicators.rulebook import phrase
from indicators.tasks.rows import Row
from indicators.tasks.values import is_value

_LEAST_ROWS = 3
_SENTENCE = re.compile("[。；;]")
_NONE = re.compile("[—–/-]*")
_NAMED = 2
"""Columns of a table that tells one thing of each."""
_FORM: tuple[ColumnRole, ...] = ("category", "indicator", "target", "actual", "weight", "score")
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_POINTS = re.compile(r"\d{1,3}(?:\.\d+)?")


def unheaded(headings: list[Heading], rows: Sequence[Row], caption: str) -> list[Heading]:
    """Headings for the columns of a table that prints none; as they are where nothing tells what the columns hold."""
    columns = [[cell.passage.text for row in rows if (cell := row[i]) is not None] for i in range(len(headings))]
    if len(rows) < _LEAST_ROWS or any(h.text for h in headings):
        return headings
    return (
        _of_points(headings, columns)
        or _of_caption(headings, columns, caption)
        or _of_title(headings, columns, caption)
        or headings
    )


def _of_title(headings: list[Heading], columns: Sequence[Sequence[str]], caption: str) -> list[Heading] | None:
    """2011年各省物价涨幅控制目标: over 青海 | 5.5%左右, the title says what stands behind each name.

    A word may stand where one has no figure (没报数), if most have one.
    """
    told = phrase("tables", "title_promises").search(_BRACKETED.sub("", caption).strip())
    if told is None or len(columns) != _NAMED or any(map(is_value, columns[0])):
        return None
    figures = sum(map(is_value, columns[1]))
    if figures <= len(columns[1]) - figures:
        return None
    return [replace(headings[0], role="region"), replace(headings[1], role="target")]


def _of_caption(headings: list[Heading], columns: Sequence[Sequence[str]], caption: str) -> list[Heading] | None:
    """What the pieces of a caption say of the columns of figures, one piece a column."""
    named = not any(map(is_value, columns[0]))
    told = [all(is_value(text) or _is_word(text) for text in column) for column in columns[1:]]
    pieces = _pieces(caption)
    if not (named and told and all(told)) or len(pieces) < len(told):
        return None
    found = [replace(headings[0], role="region")]
    for piece in pieces[: len(told)]:
        own = parse_heading(piece)
        if own.role in ("target", "actual", "completion", "growth"):
            found.append(own)
        elif own.role in ("other", "schedule", "period") and phrase("tables", "handed_out").search(piece):
            found.append(replace(own, role="target"))
        elif own.role == "other":
            found.append(replace(own, role="actual"))
        else:
            return None
    if len(found) == _NAMED and found[-1].role == "growth":
        found[-1] = replace(found[-1], role="actual", group=found[-1].text)  # growth is all that the table tells
    return found


def _pieces(caption: str) -> list[str]:
    """What a caption says of each column, from where it says whom it tells of: 各县动工及占任务的比例."""
    each_of = phrase("tables", "each_of")
    own = _SENTENCE.split(caption.rstrip("。；;"))[-1]
    pieces = [piece for piece in phrase("tables", "between_columns").split(own) if piece]
    first = next((i for i, piece in enumerate(pieces) if each_of.match(piece)), 0)
    return [own for piece in pieces[first:] if (own := each_of.sub("", piece, count=1))]


def _is_word(text: str) -> bool:
    """Whether a cell holds no figure but says that all is done, or that there is none."""
    return bool(phrase("tables", "all_done").fullmatch(text) or _NONE.fullmatch(text))


def _of_points(headings: list[Heading], columns: Sequence[Sequence[str]]) -> list[Heading] | None:
    """数量 | 培训人次 | ≥300 | 320 | 10 | 10: a group, a name, its promise and answer, points to earn and earned."""
    if len(columns) != len(_FORM):
        return None
    group, _, promise, answer, most, got = columns
    points = [(float(a), float(b)) for a, b in zip(most, got, strict=False) if _is_points(a) and _is_points(b)]
    if len(points) < len(most) or any(own > full for full, own in points):
        return None
    if not all(map(is_category, group)) or not any(map(is_value, promise)) or not any(map(is_value, answer)):
        return None
    return [replace(h, role=role) for h, role in zip(headings, _FORM, strict=True)]


def _is_points(text: str) -> bool:
    return _POINTS.fullmatch(text) is not None
