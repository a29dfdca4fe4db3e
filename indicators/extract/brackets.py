"""Promises and wholes in brackets: what the clause around them says, and what stands right behind them."""

from __future__ import annotations

from indicators.extract import lexicon, names
from indicators.extract.clauses import Frame
from indicators.extract.model import Mention
from indicators.extract.reading import Reading
from indicators.rulebook import phrase
from indicators.schema.quantity import Quantity

SHARE_BEHIND = ("）的", ")的")
"""What ends a bracket that holds the whole of the share behind it: 完成年度任务（90亿元）的38%."""


def outside_brackets(frame: Frame, quantity: Quantity, left: str) -> str:
    """The clause around brackets that holds the noun for the promise that stands in them, "" where there is none."""
    opened = _bracket_around(frame, quantity, left)
    if opened is None or opened <= frame.start:
        return ""
    text = frame.text
    outer = text[frame.left_wall(opened) : opened]
    promise = lexicon.promise_tail().search(outer)
    spoken = phrase("figures", "compared_to").match(outer) or text.startswith(SHARE_BEHIND, quantity.end)
    return outer if promise is not None and promise.group() and spoken else ""


def joined_on(state: Reading, frame: Frame, at: int) -> Mention | None:
    """The mention that the words from ``at`` on join on to; what a bracket adds to it stands between.

    占任务1000万元（其中出口200万元）的32.6%
    """
    if frame.text[at - 1 : at] in ("）", ")"):
        at = max(frame.text.rfind("（", frame.start, at), frame.text.rfind("(", frame.start, at))
    own = state.mentions.of_sentence((frame.start, frame.end))
    return next((m for m in reversed(own) if m.end == at), None)


def whole_in_brackets(state: Reading, frame: Frame, quantity: Quantity) -> Mention | None:
    """完成年度任务（90亿元）的38%: the promise in the bracket that the share behind it is of."""
    last = state.mentions[-1] if state.mentions else None
    if last is None or last.rule != "target.in-brackets" or last.sentence != (frame.start, frame.end):
        return None
    return last if frame.text[last.end : quantity.start] in SHARE_BEHIND else None


def _bracket_around(frame: Frame, quantity: Quantity, left: str) -> int | None:
    """Where the bracket opens that a figure stands in, or that closed right in front of it.

    Its own words in the bracket may tell no more than a change or a sum: （下降3.5%）, （本级加专项，共12亿元）.
    """
    text, at = frame.text, quantity.start - 1
    opened = max(text.rfind("（", frame.start, quantity.start), text.rfind("(", frame.start, quantity.start))
    if opened < 0 or at == opened or behind_bracket(frame, quantity, left):
        return opened if opened >= 0 else None
    closed = any(c in "）)" for c in text[opened:at])
    thing = names.split_change(left, quantity.unit)[0]
    bare = bool(left) and not names.strip_tail(names.strip_lead(thing)[0])
    alone = at - len(left) == opened or text.startswith(SHARE_BEHIND, quantity.end)
    return opened if not closed and bare and alone else None


def behind_bracket(frame: Frame, quantity: Quantity, left: str) -> bool:
    """低于年度目标（7%左右）0.9个百分点: whether the words of a figure stand right behind a bracket that closed."""
    at = quantity.start - len(left) - 1
    return at >= frame.start and frame.text[at] in "）)"
