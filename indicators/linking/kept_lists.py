"""Lists whose stretches promise and tell right behind it: 助餐点2个，已揭牌1个；公厕20座，15座完工；活动室5间，在备料。

No word calls the first figure a promise, and a stretch alone could tell of two things. That most stretches of a list
are written so shows it; fewer will do where the title says that promises are gone through (实事项目，5月底走到哪了).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from indicators.extract import names
from indicators.extract.answering import said_as_answer
from indicators.extract.clauses import SEMICOLON
from indicators.extract.model import UNSURE, Mention
from indicators.rulebook import phrase

_LEAST, _LEAST_ANNOUNCED = 3, 2
"""Stretches at least that promise and answer, to show what kind of list it is; with a title that says so."""
_MOST = 3
"""How many times its promise an answer is at most."""
_RULE = "list.answered"


def follow_kept_list(items: Sequence[Sequence[Mention]], title: str) -> None:
    """Turns what opens the stretches of a list into promises where most stretches show it; see the module."""
    stretches = [stretch for item in items for stretch in _stretches(item)]
    announced = phrase("answers", "title_of_promises").search(title) is not None
    kinds = [_kind(stretch) for stretch in stretches]
    count = Counter(kinds)
    shown = count["kept"] + count["answered"]
    if shown < (_LEAST_ANNOUNCED if announced else _LEAST) or 2 * count["told"] > shown:
        return
    if not announced and count["open"] + count["bare"] > shown:
        return
    for stretch, kind in zip(stretches, kinds, strict=True):
        if kind in ("answered", "open"):
            _promise(stretch, kind)


def _promise(stretch: Sequence[Mention], kind: str) -> None:
    first = stretch[0]
    for mention in _with_listed(stretch):
        mention.role, mention.rule, mention.score = "target", _RULE, 0.7
    answer = _answer(stretch) if kind == "answered" else None
    told = answer.topic if answer is not None else None
    for mention in stretch:
        if mention.topic == told:
            mention.topic = first.topic  # the answer, and the rate told of it
    for mention in stretch[1:] if kind == "open" else ():
        if mention.role == "actual" and phrase("answers", "not_yet").search(mention.right):
            mention.role, mention.rule = "other", _RULE  # 新添床位300张：两处都还在装修


def _stretches(item: Iterable[Mention]) -> list[list[Mention]]:
    """The figures of an item by the semicolons and sentences between them; what only tells of a part is left out."""
    found: list[list[Mention]] = []
    for mention in item:
        if mention.aside or mention.role not in ("target", "actual", "completion", "gap"):
            continue
        last = found[-1][-1] if found else None
        beside = last is not None and last.part is mention.part and last.sentence == mention.sentence
        if beside and last is not None and not SEMICOLON.search(mention.part.passage.text, last.end, mention.start):
            found[-1].append(mention)
        else:
            found.append([mention])
    return found


def _kind(stretch: Sequence[Mention]) -> str:
    """What a stretch shows of its list: ``kept``, ``answered``, ``open`` (nothing done yet), ``told`` or ``bare``."""
    first = stretch[0]
    if first.role == "target":
        return "kept" if len(stretch) > 1 or first.claim is not None else "promised"
    if first.role != "actual" or first.rule != "mode.none" or phrase("links", "told_surely").search(first.in_front):
        return "told"
    if first.name.change is not None or first.quantity.unit in names.RATES:
        return "told"
    if _answer(stretch) is not None:
        return "answered"
    text, last = first.part.passage.text, _with_listed(stretch)[-1]
    wall = SEMICOLON.search(text, last.end, last.sentence[1])
    behind = text[last.end : wall.start() if wall is not None else last.sentence[1]]
    return "open" if phrase("answers", "not_yet").search(behind) else "bare"


def _answer(stretch: Sequence[Mention]) -> Mention | None:
    """The figure of a stretch that tells how much of the first one is done: its unit again, a bare word of doing."""
    first = stretch[0]
    listed = _with_listed(stretch)
    following = stretch[len(listed)] if len(stretch) > len(listed) == 1 else None
    if following is None or following.quantity.unit != first.quantity.unit or following.rule not in UNSURE:
        return None
    size, done = first.quantity.figure, following.quantity.value
    if not size or done is None or done > Decimal(_MOST) * size or following.role != "actual":
        return None
    return following if _says_done(following) else None


def _says_done(mention: Mention) -> bool:
    left = mention.left
    if not left:
        return phrase("answers", "done_behind").match(mention.right) is not None
    bare = phrase("answers", "done_plainly").fullmatch(left) or phrase("answers", "done_as_meant").fullmatch(left)
    return bare is not None or said_as_answer(mention)


def _with_listed(stretch: Sequence[Mention]) -> list[Mention]:
    """The first figure of a stretch with those that a 、 ties to it: 新建7个、改造5个."""
    found = [stretch[0]]
    for mention in stretch[1:]:
        between = mention.part.passage.text[found[-1].end : mention.start]
        tied = between.startswith("、") and not any(mark in between for mark in "，,：:")
        if not tied or mention.role != "actual" or mention.rule != "mode.none":
            break
        found.append(mention)
    return found
