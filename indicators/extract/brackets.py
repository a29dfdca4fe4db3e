"""Promises and wholes in brackets: what the clause around them says, and what stands right behind them."""

from __future__ import annotations

from indicators.extract import lexicon, names
from indicators.extract.clauses import HARD, Frame
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


def split_up(state: Reading, frame: Frame, index: int) -> Mention | None:
    """任务26万亩（新建18万亩、改造8万亩）: the figure in front of the bracket whose figures add up to it.

    ``None`` where the bracket tells how far its parts came (已完成60套、在建40套).
    """
    text, at = frame.text, frame.live[index].start
    opened = max(text.rfind("（", frame.start, at), text.rfind("(", frame.start, at))
    if opened < 0 or any(c in "）)" for c in text[opened:at]):
        return None
    closed = next((i for i in range(at, frame.end) if text[i] in "）)"), None)
    if closed is None:
        return None
    own = state.mentions.of_sentence((frame.start, frame.end))
    whole = next((m for m in reversed(own) if m.end <= opened), None)
    if whole is None or any(c in HARD or c == "、" for c in text[whole.end : opened]):
        return None
    parts = [q for q in frame.live if opened < q.start < closed and q.unit == whole.quantity.unit]
    values = [q.value for q in parts if q.value is not None]
    adds_up = len(parts) == len(values) > 1 and sum(values) == whole.quantity.value
    told = any(_tells_done(text[opened + 1 : q.start]) for q in parts)
    return whole if adds_up and not told and frame.live[index] in parts else None


def _tells_done(left: str) -> bool:
    """Whether the words in front of a part, or of one before it in its bracket, tell how far it came."""
    return bool(
        phrase("links", "told").search(left)
        or phrase("answers", "done_verb").search(left[-3:])
        or phrase("answers", "part_under_way").search(left)
    )
