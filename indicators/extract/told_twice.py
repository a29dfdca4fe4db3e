"""A list told twice over, as promised and as it came out: 干线210万方、支线80万方，完成干线213万方、支线54万方.

Nothing but the opening of the second telling says which of the two was promised, so the first is read as it stands
and mended when the sentence is read.
"""

from __future__ import annotations

from collections.abc import Sequence

from indicators.extract import names
from indicators.extract.model import UNSURE, Mention
from indicators.extract.reading import Reading
from indicators.extract.roles import SAID
from indicators.quantities.years import named_years
from indicators.rulebook import phrase

_TWICE = "told-twice"
_LIST = 2
"""Figures that make a list."""
_LONGEST = 16
"""Figures of a sentence beyond which nobody keeps in mind what was told first."""
_WORD = 2
"""Characters by which a thing is called again."""
_FAR = 2
"""How many times one figure may be the other, and still be its answer."""
_MARKS = tuple("，,；;：:。—（(")
_Pairs = list[tuple[Mention, Mention]]


def mark_told_twice(own: Sequence[Mention], state: Reading) -> None:
    """Turns one of two tellings of a list into promises; ``own`` are the mentions of a sentence."""
    told = [m for m in own if m.role == "actual" and m.rule in UNSURE]
    if not told or not _LIST <= len(own) <= _LONGEST:
        return
    if any(m.rule == SAID for m in own):
        _spread(own, state)
        return
    if len(told) < len([m for m in own if m.role != "other"]):
        return
    if len(told) > _LIST and _mark_beside(told, state):
        return
    for split in range(1, len(told)):
        between = _between(told[split - 1], told[split])
        if not between.startswith(_MARKS):
            continue
        if _opens_promise(between):
            if _mark_second(told[:split], told[split:], state):
                return
        elif split >= _LIST and _mark_first(told[:split], told[split:], state):
            return


def _spread(own: Sequence[Mention], state: Reading) -> None:
    """合同签的是14万担，上等烟65%: behind a promise told in plain words the rest of its list, or of what was told."""
    last: Mention | None = None
    for at, mention in enumerate(own):
        if mention.role == "target" and mention.rule in (SAID, _TWICE):
            last = mention
            continue
        if last is None or mention.role != "actual" or mention.rule not in UNSURE:
            last = None
            continue
        between = mention.part.passage.text[last.end : mention.start]
        behind = names.only_verbs(names.strip_lead(mention.left)[0])  # 全年要动工64个，完工21个 answers
        earlier = [m for m in own[:at] if m.role == "actual" and not behind]
        same = next((m for m in earlier if _same_thing(m, mention) and _near(m, mention)), None)
        if phrase("answers", "told_again").search(mention.left) is not None or not (
            between.startswith("、") or (same is not None and between[:1] in ("，", ","))
        ):
            last = None
            continue
        state.mentions.turn_to_promise(mention, _TWICE)
        if same is not None:
            state.mentions.give_topic(mention, same)
        last = mention


def _opens_promise(between: str) -> bool:
    """；立项时盼的是签: whether the second telling opens as the promise; 承包书上就这两条，交了 opens as the answer."""
    if phrase("answers", "told_of_promise").search(between) is None:
        return False
    last = between[max(between.rfind(mark) for mark in _MARKS) + 1 :]
    return phrase("answers", "told_of_promise").search(last) is not None or not _opens_answer(last)


def _mark_beside(told: Sequence[Mention], state: Reading) -> bool:
    """售水2600万吨报2538万吨，产销差14%报12.7%: the same word of telling between the two figures of every pair."""
    if len(told) % _LIST:
        return False
    text, pairs = told[0].part.passage.text, list(zip(told[::2], told[1::2], strict=True))
    words = [text[a.end : b.start].lstrip("，,") for a, b in pairs]
    beside = all(phrase("answers", "told_beside").fullmatch(word) is not None for word in words)
    if not beside or len({word[0] for word in words}) > 1 or not all(_near(a, b) for a, b in pairs):
        return False
    _join([m for m, _ in pairs], pairs, state)
    return True


def _mark_first(first: Sequence[Mention], rest: Sequence[Mention], state: Reading) -> bool:
    """The first telling was promised, where the second opens as its answer; what comes behind it may tell of else."""
    text = first[0].part.passage.text[first[0].sentence[0] : first[-1].end]
    if phrase("answers", "looks_at_stock").search(text) is not None or len(set(named_years(text))) >= _LIST:
        return False
    answered = _opens_answer(_between(first[-1], rest[0]))
    for size in range(min(len(rest), len(first)), 0, -1):
        pairs = _pairs(first, rest[:size])
        if not answered and (size <= _LIST or not _same_again(first, pairs)):
            return False
        if pairs and (size > 1 or (len(first) == _LIST and len(rest) == 1)):
            _join(first, pairs, state)
            return True
    return False


def _mark_second(first: Sequence[Mention], rest: Sequence[Mention], state: Reading) -> bool:
    """全园新签41个，开建26个；立项时盼的是签35个、建30个: the second telling opens as the promise."""
    pairs = _pairs(first, rest)
    if not pairs:
        return False
    for answer, promise in pairs:
        state.mentions.turn_to_promise(promise, _TWICE)
        state.mentions.give_topic(promise, answer)
    return True


def _between(last: Mention, following: Mention) -> str:
    """What stands between two figures."""
    return following.part.passage.text[last.end : following.start]


def _same_again(first: Sequence[Mention], pairs: _Pairs) -> bool:
    """锅炉大修45天，汽机38天，管道30天；锅炉43天，汽机38天，管道36天: the same things, with no word that is new."""
    again = len(pairs) == len(first) and all(a is b for (a, _), b in zip(pairs, first, strict=True))
    told = [(names.strip_tail(a.left), names.strip_tail(b.left)) for a, b in pairs]
    return again and all(word and word in thing for thing, word in told)


def _join(first: Sequence[Mention], pairs: Sequence[tuple[Mention, Mention]], state: Reading) -> None:
    for promise in first:
        state.mentions.turn_to_promise(promise, _TWICE)
    for promise, answer in pairs:
        answer.rule = _TWICE
        state.mentions.give_topic(answer, promise)


def _opens_answer(between: str) -> bool:
    """，测下来…；完成…: whether what stands between the two tellings opens the answer."""
    opens = phrase("answers", "told_again").search(between)
    return opens is not None and phrase("answers", "told_of_else").search(between) is None


def _pairs(first: Sequence[Mention], second: Sequence[Mention]) -> _Pairs:
    """Which figure of the first telling each of the second is of; none where one of them is of nothing."""
    if len(second) > len(first) or any(phrase("answers", "told_of_else").search(m.left) for m in second):
        return []
    alike = len(second) >= _LIST and [m.quantity.unit for m in first] == [m.quantity.unit for m in second]
    if alike:
        pairs = list(zip(first, second, strict=True))
        nameless = all(not names.strip_tail(names.strip_lead(b.left)[0]) or _same_thing(a, b) for a, b in pairs[1:])
        if nameless and all(_near(a, b) for a, b in pairs):
            return pairs
    found: _Pairs = []
    for other in second:
        free = [m for m in first if all(m is not taken for taken, _ in found)]
        same = next((m for m in free if _same_thing(m, other) and _near(m, other)), None)
        if same is None:
            return []
        found.append((same, other))
    return found


def _near(one: Mention, other: Mention) -> bool:
    a, b = one.quantity.value, other.quantity.value
    if one.quantity.unit != other.quantity.unit or a is None or b is None:
        return False
    return a == b or (min(a, b) >= 0 and max(a, b) <= _FAR * min(a, b))


def _same_thing(one: Mention, other: Mention) -> bool:
    """报到册上小学, 换了: the thing of a figure comes again in front of another, or its verb alone."""
    thing, told = names.strip_tail(one.left), names.strip_tail(other.left)
    if not thing or not told:
        return False
    short, long = sorted((thing, told), key=len)
    words = {short[at : at + _WORD] for at in range(len(short) - _WORD + 1)} or {short}
    return any(word in long for word in words) or told[-1] in thing[-3:]
