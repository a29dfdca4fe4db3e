"""What a title tells in short and its text tells again is one fact: 一季度投资增长近16%, below it 同比增长15.9%."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import regex

from indicators.extract.model import Mention
from indicators.linking.model import Located
from indicators.linking.similarity import grams
from indicators.quantities import comparable
from indicators.rulebook import phrase
from indicators.tasks.model import Context

_BLANKS = regex.compile(r"\s+")
_LONGEST = 60
"""Characters of a title at most: a report of one paragraph is no title, whatever stands first in it."""
_ROUNDED = Decimal("0.1")
"""How far a rounded figure of a title lies off the one in the text, in parts of that."""


def without_title(located: Sequence[Located], context: Context) -> list[Located]:
    """The mentions of a text without those of its title that the text below repeats."""
    head = [m for _, m in located if _in_title(m, context)]
    if not head:
        return list(located)
    told = [m for _, m in located if not _in_title(m, context)]
    known: dict[object, bool] = {}  # a line that says the same as the title may stand a thousand times
    for m in head:
        if (fact := _fact(m)) not in known:
            known[fact] = any(_tells_again(m, below) for below in told)
    again = {id(m) for m in head if known[_fact(m)]}
    return [(unit, m) for unit, m in located if id(m) not in again]


def _fact(mention: Mention) -> object:
    """What :func:`_tells_again` goes by."""
    quantity = mention.quantity
    return mention.role, mention.name, quantity.unit, quantity.text, quantity.value, quantity.low


def _in_title(mention: Mention, context: Context) -> bool:
    text = mention.part.passage.text
    if len(text) > _LONGEST or text.rstrip().endswith("。"):
        return False
    return bool(context.title) and _BLANKS.sub("", text) == context.title


def _tells_again(short: Mention, full: Mention) -> bool:
    """Whether ``full`` tells the fact of a title: its figure or what it was rounded to."""
    if short.role != full.role or short.name.change != full.name.change:
        return False
    if not comparable(short.quantity.unit, full.quantity.unit):
        return False
    alike = not (grams(short.name.core).keys().isdisjoint(grams(full.name.core)))
    return alike and _same_figure(short, full)


def _same_figure(short: Mention, full: Mention) -> bool:
    a, b = short.quantity.value or short.quantity.low, full.quantity.value
    if a is None or not b:
        return False
    if a == b:
        return True
    return bool(phrase("links", "rounded").search(short.quantity.text)) and abs(a - b) <= _ROUNDED * abs(b)
