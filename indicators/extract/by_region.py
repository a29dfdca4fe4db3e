"""Lists of how far each region came: 各县完成率分别为：云山县76%、青河县0、…, or 进度较快的有云山县（76%）、….

Each figure is a rate of completion, or of growth where the heading says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import regex

from indicators.extract import names
from indicators.extract.clauses import Span
from indicators.extract.model import Mention
from indicators.extract.reading import Reading, open_topic
from indicators.rulebook import phrase, source
from indicators.schema.quantity import Quantity
from indicators.tasks.model import Part

_WHO = r"(?P<who>[\p{Han}（）()·]{2,16}?)"
_NAME = r"(?P<who>[\p{Han}·]{2,12})"
_RATE = r"\d+(?:\.\d+)?\s*[%％]"
_NO_MORE = r"(?![\d.%％\p{Han}])"
"""What may not stand behind an item's figure: it would go on, or be of a thing."""
_SHARES = regex.compile(r"(?:\d[%％]|0)\s*[、，,；;]\s*[\p{Han}（）()·]{2,16}(?:\d|0)")
_FEWEST = 2
_THING = {"rates_by_region": (0, 30), "regions_ahead": (2, 20)}
"""Characters of what a heading says is measured, at least and at most."""
_WALLS = "，,。；;：:"
_RATE_PRINTED = re.compile("[%％0]")


class _Forms(NamedTuple):
    """How regions (who) and rates (value) may be written in such a list."""

    item: regex.Pattern[str]
    listed: regex.Pattern[str]
    """An item of those ahead, or of those behind, in front of whose first stands what opens them."""
    bracketed: regex.Pattern[str]
    part: regex.Pattern[str]
    value: regex.Pattern[str]
    two_in_brackets: regex.Pattern[str]
    two_rates: regex.Pattern[str]
    """Two rates side by side, as regions that stand together have them."""
    together: regex.Pattern[str]
    between: regex.Pattern[str]


@cache
def _forms() -> _Forms:
    comma, did = source("lists", "region_and"), f"(?:{source('lists', 'region_did')})?"
    between = f"{comma}|{source('lists', 'any_and')}"
    further, rate, turn = (source("lists", name) for name in ("regions_further", "region_rate", "rates_in_turn"))
    patterns = (
        rf"\s*[、，,；;]?\s*{_WHO}{did}(?P<value>{_RATE}|0){_NO_MORE}",
        rf"\s*(?:{further}|[；;]|{comma})?\s*{_WHO}{did}(?P<value>{_RATE}){_NO_MORE}",
        rf"\s*(?:\p{{Han}}{{0,8}}[；;]|{comma})?\s*{_NAME}[（(](?P<lead>[^（）()\d]{{0,12}})(?P<value>{_RATE})[）)]",
        rf"\s*[、，,；;]?\s*(?P<who>\p{{Han}}{{1,7}}[省市县区州旗盟镇乡])(?:{rate})?{did}(?P<value>{_RATE})",
        rf"\s*(?:{comma})?\s*(?P<value>{_RATE})",
        rf"[（(][^（）()\d]{{0,12}}{_RATE}[）)]\s*(?:{comma})?\s*[\p{{Han}}·]{{2,12}}[（(]\d",
        rf"{_RATE}\s*(?:{comma})?\s*\d",
        rf"(?P<regions>(?:\p{{Han}}{{2,8}}?(?:{between}))+\p{{Han}}{{2,8}}?)(?:{turn})(?=\d)",
        between,
    )
    return _Forms(*map(regex.compile, patterns))


@dataclass(frozen=True, slots=True)
class Item:
    """One region's rate."""

    who: str
    value: str
    start: int
    """Where the printed rate begins."""
    end: int

    @classmethod
    def of(cls, match: regex.Match[str]) -> Item:
        return cls(match["who"], match["value"], *match.span("value"))


@dataclass(frozen=True, slots=True)
class RegionList:
    """A list of rates: where it begins, what its heading says is measured, its items."""

    start: int
    end: int
    thing: str
    """"" where the heading names only the regions."""
    items: Sequence[Item]
    grows: bool = False
    """The figures are rates of growth, and no rates of completion."""


@dataclass(frozen=True, slots=True)
class _Heading:
    """What opens a list of rates, and the thing that its clause names in front."""

    thing: str
    start: int
    end: int

    @classmethod
    def find(cls, section: str, text: str, span: Span) -> _Heading | None:
        """The first that the rules of ``section`` know, the words in front of it of the length that they need."""
        fewest, most = _THING[section]
        for match in phrase("lists", section).finditer(text, span[0], span[1]):
            start = max(span[0], match.start() - most, _wall_before(text, span[0], match.start()))
            if match.start() - start >= fewest:
                return cls(text[start : match.start()], start, match.end())
        return None


def _wall_before(text: str, first: int, at: int) -> int:
    """Where the clause begins that holds what stands right before ``at``."""
    return max((place + 1 for mark in _WALLS if (place := text.rfind(mark, first, at)) >= 0), default=first)


def region_list(text: str, span: Span) -> RegionList | None:
    """The list of rates of completion by region that the sentence ends in, ``None`` where there is none."""
    # Nearly every sentence has no such list: two figures right behind names, the first in per cent, tell that at once.
    if _RATE_PRINTED.search(text, span[0], span[1]) is None:
        return None
    if _SHARES.search(text, span[0], span[1]) is None:
        if _forms().two_in_brackets.search(text, span[0], span[1]) is not None:
            return _in_brackets(text, span)
        return _named_together(text, span) if _forms().two_rates.search(text, span[0], span[1]) is not None else None
    for form in (_parts_of_whole, _ahead_and_behind, _behind_heading, _foremost):
        if (listed := form(text, span)) is not None:
            return listed
    return None


def _behind_heading(text: str, span: Span) -> RegionList | None:
    """各县完成率分别为：云山县76%、青河县0: the heading says that the figures are rates of completion."""
    head = _Heading.find("rates_by_region", text, span)
    items = _items(_forms().item, text, head.end, span[1]) if head is not None else []
    if head is None or len(items) < _FEWEST or not any("%" in item.value or "％" in item.value for item in items):
        return None
    everyone = phrase("lists", "everyone").match(head.thing)
    thing = "" if everyone else names.strip_tail(names.strip_lead(head.thing)[0])
    return RegionList(head.start, items[-1].end, thing, items)


def _ahead_and_behind(text: str, span: Span) -> RegionList | None:
    """占任务比例较高的有：云山县99%、青河县88%；较低的有：白水县71%、…: those ahead and those behind in one list."""
    head = _Heading.find("regions_ahead", text, span)
    items = _items(_forms().listed, text, head.end, span[1]) if head is not None else []
    if head is None or len(items) < _FEWEST:
        return None
    grows = phrase("lists", "rate_of_growth").search(head.thing) is not None
    if not grows and phrase("lists", "rate_of_promise").search(text, span[0], head.end) is None:
        return None
    return RegionList(head.start, items[-1].end, "", items, grows)


def _parts_of_whole(text: str, span: Span) -> RegionList | None:
    """完成任务的122.5%，其中云山县142.9%，青河县108.6%: behind the whole's rate each region's own."""
    head = phrase("lists", "of_which").search(text, span[0], span[1])
    items = _items(_forms().part, text, head.end(), span[1]) if head is not None else []
    return RegionList(head.start(), items[-1].end, "", items) if head is not None and len(items) >= _FEWEST else None


def _in_brackets(text: str, span: Span) -> RegionList | None:
    """开工进展较快的有云山县（占年度计划的96%）、青河县（88%）; 增速居前的是云山县（12%）、青河县（11%）."""
    head = _Heading.find("regions_ahead", text, span) or _Heading.find("rates_by_region", text, span)
    items = _items(_forms().bracketed, text, head.end, span[1]) if head is not None else []
    if head is None or len(items) < _FEWEST:
        return None
    lead = _forms().bracketed.match(text, head.end, span[1])
    share = phrase("lists", "rate_of_promise").search((lead["lead"] if lead else "") or text[head.start : head.end])
    grows = phrase("lists", "rate_of_growth").search(head.thing)
    if share is None and grows is None:
        return None
    return RegionList(head.start, items[-1].end, "", items, grows=share is None)


def _named_together(text: str, span: Span) -> RegionList | None:
    """云山县、青河县完成率分别为76.4%和75.6%: the regions stand together, and so do their rates."""
    head = phrase("lists", "regions_together").search(text, span[0], span[1])
    if head is None:
        return _foremost(text, span)
    items = _paired(head["regions"], text, head.end(), span[1])
    return RegionList(head.start(), items[-1].end, head["thing"], items) if items else None


def _foremost(text: str, span: Span) -> RegionList | None:
    """增速居前三位的是云山县、青河县、白水县，分别为9.5%、9.2%和9%: the foremost are named, then their rates told."""
    head = _Heading.find("regions_ahead", text, span)
    together = _forms().together.match(text, head.end, span[1]) if head is not None else None
    items = _paired(together["regions"], text, together.end(), span[1]) if together is not None else []
    if head is None or not items:
        return None
    grows = phrase("lists", "rate_of_growth").search(head.thing) is not None
    if not grows and phrase("lists", "rate_of_promise").search(head.thing) is None:
        return None
    return RegionList(head.start, items[-1].end, "", items, grows)


def _paired(named: str, text: str, at: int, end: int) -> Sequence[Item]:
    """Each of the regions with its rate, nothing where their numbers differ."""
    regions = [name for name in _forms().between.split(named) if name]
    items: list[Item] = []
    while (value := _forms().value.match(text, at, end)) is not None and len(items) < len(regions):
        items.append(Item(regions[len(items)], value["value"], *value.span("value")))
        at = value.end()
    return items if len(items) == len(regions) >= _FEWEST else []


def read_region_list(state: Reading, part: Part, text: str, span: Span, listed: RegionList) -> None:
    """A rate of completion for each region. What the heading leaves out is the thing told last."""
    thing = listed.thing
    if not thing:
        thing = (state.last.name.anchor or state.last.name.text) if state.last is not None else state.heading
    for item in listed.items:
        mention = _mention(state, part, text, span, item, thing)
        if listed.grows:
            mention.role, mention.rule = "actual", "growth.by-region"
            mention.name = names.build(f"{item.who}{thing}", subject=item.who, change="up")
        state.mentions.append(mention)


def _items(pattern: regex.Pattern[str], text: str, at: int, end: int) -> Sequence[Item]:
    items: list[Item] = []
    while (item := pattern.match(text, at, end)) is not None:
        items.append(Item.of(item))
        at = item.end()
    return items


def _mention(state: Reading, part: Part, text: str, span: Span, item: Item, thing: str) -> Mention:
    start, end = item.start, item.end
    share = Decimal(item.value.rstrip("%％ "))
    quantity = Quantity(text[start:end], start, end, share, share, "%", "ratio", number_start=start, number_end=end)
    mention = Mention(
        quantity, part, start, end, span, item.who, "", role="completion", rule="completion.by-region", score=0.85
    )
    open_topic(state, mention, names.build(f"{item.who}{thing}", subject=item.who))
    return mention
