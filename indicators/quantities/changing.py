"""Change words: a figure that grew or fell by so much, or was brought to it, and where from."""

from __future__ import annotations

import re
from decimal import Decimal

from indicators.quantities import patterns
from indicators.quantities.atom import last_char
from indicators.quantities.draft import Draft
from indicators.quantities.years import YEAR
from indicators.schema.quantity import Change, Period, Quantity

_CHANGE = patterns.change_pattern()
_CHANGES: dict[str, Change] = {"up": "up", "down": "down", "to": "to"}
_CHANGE_LAST = frozenset(word[-1] for word in patterns.change_words()) | frozenset(patterns.CHANGE_LINKS)
_AND = ("、", "和", "及", "与")
_ORIGIN = re.compile(rf"[由从自](?:[^，。；,;0-9]|{YEAR}年){{0,10}}\Z")
_SENTENCE_END = re.compile(r"[。；;\n]")


def change_of(
    text: str, draft: Draft, found: list[Quantity], floor: int, period: Period | None
) -> tuple[Change | None, Decimal | None]:
    """The change told before a figure, and the figure that it changed from."""
    end = draft.change_end
    brought = period is not None and 0 <= end - period.end <= 1 and period.text[0] in "到至"
    if brought and period is not None:
        end = period.start  # 提高到2025年的45%: the period stands between the change word and the figure
    change: Change | None = None
    word = None
    if last_char(text, end, floor) in _CHANGE_LAST:
        word = _CHANGE.search(text, max(floor, end - 8), end)
    if word:
        change = "to" if brought else _CHANGES[word.lastgroup or ""]
    elif draft.last.unit_text == "倍" and text.startswith("翻", draft.first.start):
        change = "up"
    elif found and text[found[-1].end : draft.start] in _AND and found[-1].unit == draft.unit:
        change = found[-1].change  # 分别增长5.1%、5.5%
    if change != "to" and not brought and text[end - 1 : end] not in ("到", "至", "为", "达"):
        return change, None
    origin = _origin(text, found, draft.start, draft.unit)
    return ("to" if origin is not None else change), origin


def _origin(text: str, found: list[Quantity], start: int, unit: str) -> Decimal | None:
    """From where a figure was brought here: the 5 of 由5%降至3%."""
    if not found:
        return None
    earlier = found[-1]
    if (earlier.unit not in (unit, "") and unit != "") or start - earlier.end > 16:
        return None
    if _SENTENCE_END.search(text, earlier.end, start):
        return None
    return earlier.value if _ORIGIN.search(text, max(0, earlier.start - 16), earlier.start) else None
