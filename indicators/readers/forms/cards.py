"""Cards: one block of "label：value" lines for each indicator, the same labels in every block; read as a table.

A card opens with the label of its name (指标：…), or with a numbered line that is its name (【1】…). A line may hold
several labels, parted by blanks or semicolons, or set in brackets (【目标】40座【完成】42座).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile

from indicators.readers.forms.scan import Found, Scan
from indicators.readers.layout.lines import Line
from indicators.readers.layout.pieces import Fragments
from indicators.readers.tables.heading_row import NAMES, HeadingRow
from indicators.readers.tables.headings import column_role
from indicators.schema.source import Table

_FIELD = re.compile(r"(?:[-*•●]\s*)?(?P<label>[^：:，。；]{1,16}?)\s*[：:]\s*(?P<value>.*)")
_LABEL = re.compile(r"(?:(?:^|[；;\s])\s*|【)(?P<label>[^：:，。；;\s【】]{2,10})\s*(?:[：:]|】[：:]?)")
_TITLE = re.compile(
    r"(?:【\d{1,3}】|[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)、.．])\s*(?P<name>[^：:。；;]{2,30})"
)
_OPENING = frozenset("【（(一二三四五六七八九十123456789")
_TOLD = frozenset(("period", "done_mark"))
"""Headings that tell what was done where no other does: 9月, 已完成."""
_LEADING = frozenset(("number", "category", "label"))
"""Fields that may stand in front of a card's name."""
_MIN_CARDS = 2
_MIN_LABELS = 2
"""Known labels at least that make a line hold several fields."""


@dataclass(frozen=True, slots=True)
class _Card:
    first: int
    after: int
    fields: dict[str, tuple[Fragments, Fragments]]
    """Label to the fragments of the label and of its value."""


def _card(every: Sequence[Line], at: int) -> _Card | None:
    """The card that opens at line ``at`` with the name of what it measures."""
    title = _TITLE.fullmatch(every[at].text)
    fields: dict[str, tuple[Fragments, Fragments]] = {}
    if title is not None:
        begin, end = title.span("name")
        fields[""] = ([], [(every[at].start + begin, every[at].start + end)])
    here = at + len(fields)
    while here < len(every) and (told := _fields(every[here])):
        if any(label in fields for label, *_ in told) or (fields and column_role(told[0][0]) in NAMES):
            break
        if title is not None and all(column_role(label) == "other" for label, *_ in told):
            break  # 汇总：6个项目…: what sums up the cards is no field of the last
        fields |= {label: (head, value) for label, head, value in told}
        here += 1
    heads = HeadingRow.of(fields)
    named = title is not None or (bool(fields) and _opens_with_name(heads))
    if len(fields) < 2 or not named or not (heads.promises or heads.tells):
        return None
    return _Card(at, here, fields)


def _opens_with_name(heads: HeadingRow) -> bool:
    """任务：新增停车位 above 目标：4000个: a second promise in the card makes the first the name of both."""
    first, *rest = list(dropwhile(_LEADING.__contains__, heads.roles)) or ["other"]
    return first in NAMES or (first == "target" and "target" in rest)


def _fields(line: Line) -> list[tuple[str, Fragments, Fragments]]:
    """The labels of a line with where each and its value stand."""
    labels = [found for found in _LABEL.finditer(line.text) if column_role(found["label"]) != "other"]
    if len(labels) < _MIN_LABELS or _LABEL.match(line.text) is None:
        found = _FIELD.fullmatch(line.text)
        return [_field(line, found["label"], found.span("label"), found.span("value"))] if found else []
    first = _LABEL.match(line.text)
    assert first is not None
    labels = [first, *(found for found in labels if found.start() > first.start())]
    ends = [*(found.start() for found in labels[1:]), len(line.text)]
    return [
        _field(line, found["label"], found.span("label"), (found.end(), end))
        for found, end in zip(labels, ends, strict=True)
    ]


def _field(line: Line, label: str, head: tuple[int, int], value: tuple[int, int]) -> tuple[str, Fragments, Fragments]:
    begin, end = value
    told: Fragments = [(line.start + begin, line.start + end)] if line.text[begin:end].strip() else []
    return label, [(line.start + head[0], line.start + head[1])], told


def _row(card: _Card, labels: Sequence[str]) -> list[Fragments]:
    return [card.fields[label][1] if label in card.fields else [] for label in labels]


def _build(scan: Scan, cards: Sequence[_Card]) -> Table:
    labels = list(dict.fromkeys(label for card in cards for label in card.fields))
    heads = [next(card.fields[label][0] for card in cards if label in card.fields) for label in labels]
    return scan.build([heads, *(_row(card, labels) for card in cards)], cards[0].first)


def _agree(cards: Sequence[_Card]) -> bool:
    """Whether the cards share a promise and what became of it."""
    shared = Counter(label for card in cards for label in card.fields)
    common = HeadingRow.of(label for label, count in shared.items() if count * 2 > len(cards))
    return common.promises and (common.tells or not common.kinds.isdisjoint(_TOLD))


def find_tables(scan: Scan) -> Found:
    """Runs of cards, blank lines between them."""
    return scan.tables(lambda at: _table(scan, at), opens=_is_field)


def _is_field(line: Line) -> bool:
    """Whether a label may stand in the line, or a number in front: what opens a card."""
    return "：" in line.text or ":" in line.text or line.text[:1] in _OPENING


def _table(scan: Scan, at: int) -> tuple[Table, int] | None:
    """The run of cards that begins at line ``at`` and the line after it."""
    every = scan.every
    cards: list[_Card] = []
    here = at
    while here < len(every) and scan.is_free(here):
        if not every[here].text and cards:
            here += 1
            continue
        card = _card(every, here) if every[here].text else None
        if card is None:
            break
        cards.append(card)
        here = card.after
    return (_build(scan, cards), cards[-1].after) if len(cards) >= _MIN_CARDS and _agree(cards) else None
