"""Items of running text that promise and then tell what was done: such an item reads like a completion table's row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from indicators.quantities import find_quantities
from indicators.readers.layout.numbering import numbered
from indicators.rulebook import phrase, rare
from indicators.schema.source import Paragraph
from indicators.tasks.model import TaskUnit
from indicators.tasks.ticks import claimed_by

_COLON = re.compile("[：:]")
_PROMISE_CHARS = 60
"""Where the colon behind a promise stands at the latest."""
_LIST = 3
"""Items of one form that show how a list is written."""
_NEAR = 8
"""Answers kept: a paragraph is asked about as one of its own, as an answer to the one above, and in its unit."""


def with_answer(unit: TaskUnit) -> TaskUnit:
    """An item that promises and, behind a label, tells what was done: promise and answer become parts of a row."""
    if unit.form != "item":
        return unit
    for index, part in enumerate(unit.parts):
        at = inline_answer(part.passage.text, opens=index > 0)
        if at is not None:
            return _parted(unit, index, at)
    return unit


def inline_answer(text: str, *, opens: bool) -> int | None:
    """Where, inside an item, what was done begins ("……。完成情况：……"); ``None`` where no label says so.

    ``opens``: the label may stand at the very front, what was promised standing in an earlier paragraph.
    """
    label = _answer_label(text)
    return label[1] if label and (opens or label[0] > 4) else None


@lru_cache(maxsize=_NEAR)
def _answer_label(text: str) -> tuple[int, int] | None:
    match = rare("sections", "answer").search(text)
    return match.span() if match else None


def _parted(unit: TaskUnit, index: int, at: int) -> TaskUnit:
    """The unit as a row: what stands before character ``at`` of part ``index`` promises, the rest tells."""
    part = unit.parts[index]
    before = [replace(p, role="target") for p in unit.parts[:index]]
    before.append(replace(part, role="target", passage=part.passage.slice(0, at)))
    after = [replace(part, role="result", passage=part.passage.slice(at, len(part.passage.text)))]
    after += [replace(p, role="result") for p in unit.parts[index + 1 :]]
    unit.parts, unit.form = [p for p in before + after if p.passage], "table"
    unit.text = before[0].passage.text
    return _without_tag(unit)


def _without_tag(unit: TaskUnit) -> TaskUnit:
    """The row without the status that its answer ends on, which is what a column for it would say: 【已完成】."""
    last = unit.parts[-1]
    tag = phrase("sections", "status_tag").search(last.passage.text)
    if tag is None or not tag.start():
        return unit
    unit.parts[-1] = replace(last, passage=last.passage.slice(0, tag.start()))
    unit.claimed = claimed_by(tag["status"])
    told = [q for q in find_quantities(tag["status"]) if q.unit == "%"]
    if len(told) == 1 and told[0].value is not None:
        unit.completion = float(told[0].value) / 100
    return unit


def answers_behind_colons(paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    """Where the answer begins in the items of a list that is written 粮食总产量60万吨以上：全年61.2万吨.

    By the place of the item among ``paragraphs``. One such line could as well list the parts of its figure
    (新建公厕60座：城区40座); most of a list must go on with words that tell what became of a promise.
    """
    found = {at: end for at, p in enumerate(paragraphs) if (end := _promise_end(p.passage.text)) is not None}
    told = [
        at for at, end in found.items() if phrase("answers", "behind_colon").match(paragraphs[at].passage.text[end:])
    ]
    return found if len(told) >= _LIST and len(told) * 2 > len(found) else {}


def _promise_end(text: str) -> int | None:
    """The place behind the first colon of a paragraph, where a figure ends right in front of it."""
    colon = _COLON.search(text, 0, _PROMISE_CHARS)
    if colon is None or colon.end() == len(text):
        return None
    marker = numbered(text)
    begin = marker.end if marker else 0
    promised = find_quantities(text[begin : colon.start()])
    closed = bool(promised) and begin + promised[-1].end == colon.start()
    return colon.end() if closed and promised[0].start > 0 else None


def as_row(unit: TaskUnit, at: int) -> TaskUnit:
    """A unit of one paragraph whose answer begins at character ``at``, as a row."""
    return _parted(unit, 0, at)
