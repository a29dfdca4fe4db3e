"""Numbered items that first promise and then tell, without a label between: 新建学位3000个。已建成3200个。

An item alone shows it by what it tells second; a list shows it by most of its items, and then holds for the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from indicators.extract.clauses import sentences
from indicators.extract.counted import whole_told
from indicators.extract.model import UNSURE, Mention
from indicators.linking.compat import obstacle
from indicators.linking.kept_lists import follow_kept_list
from indicators.linking.model import Located
from indicators.linking.similarity import alike_to_promise
from indicators.rulebook import phrase
from indicators.tasks.model import TaskUnit

_ALIKE = 0.6
_WORDS = 4
"""Characters of a sentence at least."""
_ENDS = ("。", "；", ";", "：", ":")
_SHORTEST = 3
"""Items that a list has at least, to show what kind of list it is."""


def find_promises(located: Sequence[Located], title: str = "") -> list[Located]:
    """Turns the first of two like figures of an item into a target where only the second says that it is done.

    ``title``: the document's, which may say that promises are gone through.

    Returns what is told of all that an item promised, in a sentence without a figure.
    """
    for item in _numbered(located):
        inside = [m for _, m in item]
        own = [m for m in inside if m.role == "actual" and m.rule.startswith("mode.")]
        for i, first in enumerate(own):
            if _narrates(inside, first) or not _may_promise(first):
                continue
            for second in own[i + 1 :]:
                if first.sentence != second.sentence and _answered(first, second):
                    first.role, first.rule, first.score = "target", "item.promise", 0.7
                    break
    for items in _lists(located):
        follow_kept_list(items, title)
        _follow_the_list(items)
    _headings_kept(located)
    return _told_of_all(located)


def _numbered(located: Sequence[Located]) -> list[list[Located]]:
    """What each numbered item tells, in the order of the text."""
    by_unit: dict[int, list[Located]] = defaultdict(list)
    for unit, mention in located:
        if unit.form == "item" and unit.number is not None:
            by_unit[id(unit)].append((unit, mention))
    return list(by_unit.values())


def _told_of_all(located: Sequence[Located]) -> list[Located]:
    """新建驿站15个。目前已全部建成。: items of one sentence with figures, behind which all of it is told done."""
    found: list[Located] = []
    for own in _numbered(located):
        unit, first = own[0]
        promises = [m for _, m in own]
        alike = all(m.sentence == first.sentence and m.part is first.part for m in promises)
        if not alike or not all(m.role == "target" or (m.rule in UNSURE and _may_promise(m)) for m in promises):
            continue
        text = first.part.passage.text
        behind = next((span for span in sentences(text) if span[0] >= first.sentence[1]), None)
        told = whole_told(text, behind, behind, first.part, promises) if behind is not None else []
        for mention in promises if told else ():
            mention.role, mention.rule = "target", mention.rule if mention.role == "target" else "item.kept"
        found += [(unit, mention) for mention in told]
    return found


def _narrates(item: Sequence[Mention], first: Mention) -> bool:
    """二、支出情况 1—6月支出8.6亿元，为预算的69%。教育支出2亿元: what was set against a promise before is no list of
    promises, and a figure that its own promise stands beside is none itself."""
    told = any(m.role in ("completion", "gap") and m.start < first.start and m.part is first.part for m in item)
    same = [m for m in item if m.topic == first.topic and m.part is first.part]
    return told or any(m.role == "target" or _sets_off(m, first) for m in same)


def _sets_off(mention: Mention, first: Mention) -> bool:
    return mention.role in ("completion", "gap") and mention.sentence == first.sentence


def _headings_kept(located: Sequence[Located]) -> None:
    """一、新建幼儿园150所 over 建成192所，完成年度计划的128%: headings whose texts tell rates of completion promise."""
    by_unit: dict[int, list[Mention]] = defaultdict(list)
    for unit, mention in located:
        if unit.form == "item" and len(unit.parts) > 1:
            by_unit[id(unit)].append(mention)
    headed = [(m[0].part, m) for m in by_unit.values() if not m[0].part.passage.text.rstrip().endswith(_ENDS)]
    kept = sum(any(m.role == "completion" and m.part is not part for m in own) for part, own in headed)
    if 2 * kept < len(headed):
        return
    for part, own in headed:
        first = [m for m in own if m.part is part]
        if any(m.role != "actual" or m.rule not in UNSURE or _says_surely(m) for m in first):
            continue
        for mention in first:
            mention.role, mention.rule, mention.score = "target", "item.heading", 0.7


def _lists(located: Sequence[Located]) -> Iterator[list[list[Mention]]]:
    """Runs of numbered items, each as its figures in reading order."""
    run: list[list[Mention]] = []
    unit: TaskUnit | None = None
    for own, mention in located:
        if own.form != "item" or own.number is None:
            yield run
            run = []
        elif own is unit:
            run[-1].append(mention)
        else:
            run.append([mention])
        unit = own
    yield run


def _follow_the_list(items: list[list[Mention]]) -> None:
    """Where most items open with a promise and answer it, what opens the others is a promise, too."""
    items = [[m for m in item if m.role in ("target", "actual")] for item in items]
    items = [item for item in items if item]
    kept = sum(i[0].role == "target" and any(m.role == "actual" or m.claim for m in i) for i in items)
    told = sum(item[0].role == "actual" and _says_surely(item[0]) for item in items)
    if kept < _SHORTEST or kept < 2 * told:
        return
    for item in items:
        first = item[0]
        unsure = first.role == "actual" and first.rule == "mode.none" and not _says_surely(first)
        if unsure and (_answered_later(first, item) or (not told and _tells_more(first, item))):
            for mention in [first, *(m for m in item[1:] if _beside(m, first) and _answered_later(m, item))]:
                mention.role, mention.rule, mention.score = "target", "item.list", 0.7
        _answer_in_place(item)


def _beside(mention: Mention, first: Mention) -> bool:
    """完成铁路投资80亿元、公路投资18亿元: a figure of the first one's sentence that is told no more surely."""
    return mention.sentence == first.sentence and mention.role == "actual" and mention.rule == first.rule


def _answered_later(first: Mention, item: Sequence[Mention]) -> bool:
    later = [m for m in item if m.sentence != first.sentence and _same_unit(m, first)]
    return any(_says_done(m) or _tells_year(m) for m in later)


def _answer_in_place(item: Sequence[Mention]) -> None:
    """减轻企业负担20亿元。全年减税降费23亿元: one promise and one answer in its unit, whatever that is called."""
    promises = [m for m in item if m.role == "target"]
    for promise in promises:
        alone = sum(_same_unit(m, promise) for m in promises) == 1
        told = [m for m in item if m.role == "actual" and _same_unit(m, promise) and m.start > promise.end]
        own = promise.rule.startswith("item.") and promise.name.change is None
        if own and alone and len(told) == 1 and _tells_year(told[0]) and told[0].name.change is None:
            told[0].topic = promise.topic


def _tells_more(first: Mention, item: Sequence[Mention]) -> bool:
    """转化成果1项。正在组织实施。: one figure in the first sentence, and words behind it."""
    own = [m for m in item if m.sentence == first.sentence]
    return len(own) == 1 and len(first.part.passage.text[first.sentence[1] :].strip()) > _WORDS


def _says_surely(mention: Mention) -> bool:
    return bool(phrase("links", "told_surely").search(mention.in_front))


def _says_done(mention: Mention) -> bool:
    told = phrase("links", "told").search(mention.in_front) is not None
    return told or mention.name.change is not None or mention.claim is not None


def _may_promise(mention: Mention) -> bool:
    """Whether nothing in front of a figure tells that it was reached, or what it was measured by."""
    if mention.name.change is None:
        return not (_says_done(mention) or _says_surely(mention))
    return not (phrase("links", "told").search(mention.in_front) or mention.quantity.period)


def _tells_year(mention: Mention) -> bool:
    """全年新增…, 较上年降低…: whether a sentence opens on the year that is over or the year before it."""
    return bool(phrase("links", "told_of_year").search(mention.in_front))


def _same_unit(a: Mention, b: Mention) -> bool:
    return a.quantity.unit == b.quantity.unit


def _all_of_it(first: Mention, second: Mention) -> bool:
    """新建驿站15个。15个站点全部建成: the figure of the promise told again, whatever it counts."""
    return (
        first.quantity.value == second.quantity.value and phrase("links", "all_of_it").match(second.right) is not None
    )


def _answered(first: Mention, second: Mention) -> bool:
    if not _same_unit(first, second) or first.name.change != second.name.change:
        return False
    of_year = _tells_year(second) and not _tells_year(first)
    done = _says_done(second) or _all_of_it(first, second) or second.stated_share is not None
    if not (of_year or (first.name.change is None and done)):
        return False
    if _all_of_it(first, second):
        second.name, second.topic = first.name, first.topic
        return True
    if obstacle(first, second, same_task=True) is not None:
        return False
    return first.topic == second.topic or alike_to_promise(first.name.core, second.name.core) >= _ALIKE
