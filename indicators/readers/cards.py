"""Cards: one block of "label：value" lines for each indicator, the same labels in every block; read as a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from indicators.readers.heading_row import NAMES, HeadingRow
from indicators.readers.headings import column_role
from indicators.readers.lines import Line
from indicators.readers.pieces import Fragments
from indicators.readers.scan import Found, Scan
from indicators.schema.source import Table

_FIELD = re.compile(r"(?:[-*•●]\s*)?(?P<label>[^：:，。；]{1,16}?)\s*[：:]\s*(?P<value>.*)")
_MIN_CARDS = 2


@dataclass(frozen=True, slots=True)
class _Card:
    first: int
    after: int
    fields: dict[str, tuple[Fragments, Fragments]]
    """Label to the fragments of the label and of its value."""


def _card(every: Sequence[Line], at: int) -> _Card | None:
    """The card that opens at line ``at`` with the name of what it measures."""
    fields: dict[str, tuple[Fragments, Fragments]] = {}
    here = at
    while here < len(every) and (found := _FIELD.fullmatch(every[here].text)) is not None:
        label, start = found["label"], every[here].start
        if label in fields or (fields and column_role(label) in NAMES):
            break
        begin, end = found.span("value")
        a, b = found.span("label")
        fields[label] = ([(start + a, start + b)], [(start + begin, start + end)] if begin < end else [])
        here += 1
    heads = HeadingRow.of(fields)
    if len(fields) < 2 or not _opens_with_name(heads) or not (heads.promises or heads.tells):
        return None
    return _Card(at, here, fields)


def _opens_with_name(heads: HeadingRow) -> bool:
    """任务：新增停车位 above 目标：4000个: a second promise in the card makes the first the name of both."""
    first, *rest = heads.roles
    return first in NAMES or (first == "target" and "target" in rest)


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
    return common.promises and (common.tells or "period" in common.kinds)


def find_tables(scan: Scan) -> Found:
    """Runs of cards, blank lines between them."""
    return scan.tables(lambda at: _table(scan, at), opens=_is_field)


def _is_field(line: Line) -> bool:
    """Whether a label may stand in the line: what opens a card."""
    return "：" in line.text or ":" in line.text


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
