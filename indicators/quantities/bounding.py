"""Bound words around a figure: before and behind it, touching or parted."""

from __future__ import annotations

import re

from indicators.quantities import patterns
from indicators.quantities.atom import last_char
from indicators.quantities.draft import Draft
from indicators.quantities.patterns import squeeze
from indicators.schema.quantity import Bound

_BEFORE_CHARS = 14
_FAR_CHARS = 18
_BEFORE = patterns.before_pattern()
_FAR = patterns.far_before_pattern()
_BEFORE_WORDS = patterns.bound_words("before")
_BEFORE_LAST = frozenset(word[-1] for word in _BEFORE_WORDS) | frozenset(patterns.BOUND_LINKS)
_FAR_FIRST = re.compile(f"[{''.join(sorted({word[0] for word in patterns.far_words()}))}]")
_AFTER = patterns.after_pattern()
_AFTER_WORDS = patterns.bound_words("after")
_AFTER_FIRST = frozenset(word[0] for word in _AFTER_WORDS) | frozenset(" \t\n\r")


def add_before(text: str, draft: Draft, floor: int) -> None:
    """Takes the bound words before the figure into the draft."""
    if draft.start <= floor or last_char(text, draft.start, floor) not in _BEFORE_LAST:
        return
    draft.start, word, about, draft.change_end = _take_before(text, draft.start, floor)
    draft.approximate = draft.approximate or about
    if draft.bound is None:
        draft.bound = word


def add_after(text: str, draft: Draft, ceiling: int) -> None:
    """Takes the bound word behind the figure into the draft; 约…以上 is at least, 控制在…左右 about.

    ``ceiling``: where the next figure begins, whose words are its own.
    """
    if draft.end >= len(text) or text[draft.end] not in _AFTER_FIRST:
        return
    behind = _AFTER.match(text, draft.end, ceiling)
    if not behind:
        return
    rule = _AFTER_WORDS[squeeze(behind["word"])]
    if rule.kinds and draft.kind not in rule.kinds:
        return
    draft.end = behind.end()
    loose_cap = draft.bound == "at_most" and draft.start == draft.number_start
    if rule.bound == "about":
        draft.approximate = True
        if draft.bound is None or loose_cap:
            draft.bound = "about"
    elif draft.bound in (None, "about") or loose_cap:
        draft.bound = rule.bound


def far_bound(text: str, start: int, floor: int) -> Bound | None:
    """The bound word that only what the figure is compared with parts from it (不低于上年水平的95%)."""
    window = max(floor, start - _FAR_CHARS)
    if start <= floor or not _FAR_FIRST.search(text, window, start):
        return None
    match = _FAR.search(text, window, start)
    return _BEFORE_WORDS[match["word"]].bound if match else None


def _take_before(text: str, start: int, floor: int) -> tuple[int, Bound | None, bool, int]:
    """Bound words that end at ``start``: where they start, the bound, whether about, where change words end."""
    bound: Bound | None = None
    about = False
    first = cursor = start
    for _ in range(2):
        found = _BEFORE.search(text, max(floor, cursor - _BEFORE_CHARS), cursor)
        if not found:
            break
        rule = _BEFORE_WORDS[squeeze(found["word"])]
        about = about or rule.bound == "about"
        cursor = found.start()
        if rule.in_text:
            first = cursor
        if bound is None or bound == "about":
            bound = rule.bound
        if not rule.in_text:
            break
    return first, bound, about, cursor
