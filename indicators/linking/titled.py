"""Names after the title what a clipping tells without a name: 云泽港集装箱, and below 前10个月209万标箱.

Links are made before, by the words that the text itself has.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from indicators.extract import lexicon, names
from indicators.extract.model import Mention, Name
from indicators.linking.model import Pair
from indicators.rulebook import phrase

_LONGEST = 24
"""Characters of a title at most: a first line that is longer tells something of its own."""
_SHORTEST, _MOST = 2, 12
"""Characters of what a title is about."""
_BRACKETS = regex.compile(r"[(（][^()（）]*[)）]")
_CLAUSE = regex.compile(r"[，,：:；;]")


def name_by_title(pairs: Sequence[Pair], title: str) -> None:
    """Gives what the title is about to the mentions of running text that name nothing, or a step of it alone."""
    thing = title_thing(title)
    if not thing:
        return
    for pair in pairs:
        told = [m for m in (pair.target, *pair.actuals, pair.stated_by) if m is not None]
        for mention in told if not pair.unit.is_row else ():
            bare = _nameless(mention)
            whose = mention.name.subject
            if bare is not None and (not whose or phrase("names", "part_of_work").fullmatch(whose)):
                mention.name = _named(mention.name, f"{thing}{whose}{bare}")


def title_thing(title: str) -> str:
    """集装箱 of 2021年集装箱进度; "" where the title names none, or tells figures of its own."""
    front = _CLAUSE.split(_BRACKETS.sub("", title))[0]
    if len(front) > _LONGEST or "。" in title:
        return ""
    text = phrase("names", "title_front").sub("", front)
    text = phrase("names", "title_end").sub("", text)
    names_thing = _SHORTEST <= len(text) <= _MOST and not phrase("names", "title_names_none").search(text)
    return text if names_thing else ""


def _nameless(mention: Mention) -> str | None:
    """What a name tells beside the thing, where it tells no thing: a step, a batch, or nothing; else ``None``."""
    name = mention.name
    word = _change_word(name)
    bare = name.text[: len(name.text) - len(word)]
    if not bare or phrase("names", "part_of_work").fullmatch(bare):
        return bare
    return None


def _change_word(name: Name) -> str:
    """The word for the change at the end of a name."""
    if name.change is None:
        return ""
    return max((word for word in lexicon.change_words() if name.text.endswith(word)), key=len, default="")


def _named(name: Name, text: str) -> Name:
    return names.build(text, change=name.change, word=_change_word(name), anchor=text)
