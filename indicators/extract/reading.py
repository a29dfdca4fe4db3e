"""What the words of a passage leave behind for the words that follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from indicators.extract import names
from indicators.extract.clauses import Span
from indicators.extract.model import Mention, Name
from indicators.extract.roles import Mode

_LABEL = regex.compile(r"^(?:\s*)([^，,。；;：:（）()]{2,24}?)[:：]")
_MARKED = regex.compile(r"(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[)）]、?|[.、．]))\s*$")
_HEAD = regex.compile(r"^([\p{Han}A-Za-z“”]{3,16}?)(?<!工作|方面)[。.：:]?\s*$")
_SUBJECT_HEAD = regex.compile(
    r"(?:项目|产业|工程|企业|公司|集团|[县市区镇乡州]|基地|园区?|车间|装置|方面|医院|学院|学校|线|段|期|厂|街道|分局|平台|中心|队|板块|行业|领域)$"
)
_NO_SUBJECT = regex.compile(
    r"目标|任务|要求|定的|结果|其中|预期|实绩|说法|如下|包括|分别|目前|截至|情况|\d|做到|方面$|一是|二是|下达|完成|项是$|有$"
)


@dataclass(slots=True)
class Reading:
    """What earlier words of the passage leave behind for later ones."""

    mode: Mode
    subject: str = ""
    label: str = ""
    """The label of the sentence being read, which bare verbs speak of."""
    completion_seen: str = ""
    """The verb of the last rate of completion told."""
    topics: int = 0
    last: Mention | None = None
    mentions: list[Mention] = field(default_factory=list)
    seeds: Sequence[Mention] = ()
    heading: str = ""
    promising: bool = False
    """The sentence before was a list of promises behind a colon; its paragraph may go on with them."""
    head: str = ""
    """What an item of running text is about, told in front of its first sentence: "1.农村公路。计划新建…"."""


def open_topic(state: Reading, mention: Mention, name: Name) -> None:
    """Gives the mention a name and opens a topic with it."""
    mention.name = name
    mention.topic = state.topics
    state.topics += 1


def note_label(state: Reading, text: str, span: Span) -> str:
    """A label that opens a sentence ("电池项目：") names whose figures follow."""
    match = _LABEL.match(text[span[0] : span[1]])
    if not match:
        return ""
    label = match.group(1)
    if _NO_SUBJECT.search(label) or (len(label) > 6 and not _SUBJECT_HEAD.search(label)):
        return ""
    state.subject = names.strip_lead(label)[0] or label
    return state.subject


def note_head(state: Reading, text: str, span: Span) -> None:
    """The thing that a numbered item opens with, a sentence of its own: "2.技术改造投资。目标120亿元…"."""
    if _MARKED.search(text[max(0, span[0] - 6) : span[0]]):
        match = _HEAD.match(text[span[0] : span[1]])
        state.head = "" if not match or _NO_SUBJECT.search(match.group(1)) else str(match.group(1))
