"""What the words of a passage leave behind for the words that follow."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from indicators.extract import names
from indicators.extract.clauses import Span
from indicators.extract.model import Mention, Mode, Name
from indicators.extract.told import Told
from indicators.rulebook import phrase

_LABEL = re.compile(r"[\s◆◇●○■□★☆▲△•·▪]*([^，,。；;：:（）()]{2,24}?)[:：]")
_MARKED = re.compile(r"(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[)）]、?|[.、．]))\s*$")


@dataclass(frozen=True, slots=True)
class Triple:
    """A rate, the amount that it is of, and the one that was done; by their places among the figures of a sentence."""

    rate: int
    whole: int | None
    done: int | None
    """``None`` where an earlier sentence told it, the whole or what was done."""
    told: Mention | None = None


@dataclass(slots=True)
class Reading:
    """What earlier words of the passage leave behind for later ones."""

    mode: Mode
    subject: str = ""
    label: str = ""
    """The label of the sentence being read, which bare verbs speak of."""
    completion_seen: str | None = None
    """The verb of the last rate of completion told (:func:`~indicators.extract.roles.share_verb`)."""
    rates_above: bool = False
    """The passage above told rates of completion, which bare shares in brackets go on with."""
    topics: int = 0
    last: Mention | None = None
    mentions: Told = field(default_factory=Told)
    seeds: Sequence[Mention] = ()
    heading: str = ""
    year_open: bool = False
    """The report tells of a part of its year, so that a figure of all the year is no actual."""
    promising: bool = False
    """The last sentence with figures was a list of promises behind a colon; its paragraph may go on with them."""
    reckoned: Mapping[int, Triple] = field(default_factory=dict)
    """What arithmetic tells of the figures of the sentence being read, by their places."""
    by_place: dict[str, Mention] = field(default_factory=dict)
    """What one figure promised for each of several places: 东乡、西乡各建5个."""
    head: str = ""
    """What an item of running text is about, told in front of its first sentence: "1.农村公路。计划新建…"."""


def open_topic(state: Reading, mention: Mention, name: Name) -> None:
    """Gives the mention a name and opens a topic with it."""
    mention.name = name
    mention.topic = state.topics
    state.topics += 1


def note_label(state: Reading, text: str, span: Span) -> str:
    """A label that opens a sentence ("电池项目：") names whose figures follow."""
    match = _LABEL.match(text, span[0], span[1])
    if not match:
        return ""
    label = match.group(1)
    if phrase("names", "no_subject").search(label) or (
        len(label) > 6 and not phrase("names", "subject_head").search(label)
    ):
        return ""
    state.subject = names.strip_lead(label)[0] or label
    return state.subject


def note_head(state: Reading, text: str, span: Span) -> None:
    """The thing that a numbered item opens with, a sentence of its own: "2.技术改造投资。目标120亿元…"."""
    if span[0] and _MARKED.search(text[max(0, span[0] - 6) : span[0]]):
        match = phrase("names", "item_head").match(text[span[0] : span[1]])
        state.head = "" if not match or phrase("names", "no_subject").search(match.group(1)) else str(match.group(1))
