"""Whether an actual can answer a target at all: dimension, change, level, stage, flow or stock, scope, period."""

from __future__ import annotations

import re
from decimal import Decimal

from indicators.extract import lexicon
from indicators.extract.model import Mention, Name
from indicators.extract.names import only_verbs
from indicators.linking.why import A_PART, ONE_KIND, OTHER_LEVEL, OTHER_SUBJECT
from indicators.quantities import comparable
from indicators.quantities.rates import points_off
from indicators.rulebook import phrase

_BUILD_STAGES = ("sign", "land", "start", "frame", "finish", "operate", "arrive")
_QUARTER = re.compile(r"(?<!前)([一二三四])季度")
_QUOTES = re.compile(r"[“”\"《》]")
_MARCH = 3
_KIND_END = 3
_FAR = 0.3
_ROUNDED = Decimal("0.05")
"""How far a told distance may lie from the true one, in parts of it, for the figures are rounded, too."""
_JOINT = {"provincial-municipal": {"provincial", "municipal", "national"}}


def obstacle(target: Mention, actual: Mention, *, same_task: bool, month: int | None = None) -> str | None:
    """Why the actual cannot answer the target, in a few Chinese words; ``None`` where nothing stands against it.

    ``month``: up to when the report tells, for in March the first quarter is all of the year so far.
    """
    t, a = target.name, actual.name
    if not comparable(target.quantity.unit, actual.quantity.unit) and not _unit_left_out(target, actual):
        return f"单位不同（{target.quantity.unit or '无'}／{actual.quantity.unit or '无'}）"
    if (t.change is None) != (a.change is None):
        return "一为增减幅度，一为水平值"
    if _against_print(target, actual):
        return "与所印完成率相去太远"
    if _against_gap(target, actual):
        return "与所述差距不符"
    if why := _ratio(target, actual):
        return why
    if _in_all(t) != _in_all(a) and t.text[-2:] == a.text[-2:]:
        return "总投资不是当年投资"
    if (actual.role == "compare") != _compares(target):
        return "比较的基准不同"
    if why := _quarter(target, actual, month):
        return why
    if why := _level(t, a):
        return why
    if target.quantity.kind == "count" and _of_other_size(t.text, a.text):
        return "门槛不同"
    if (why := _stage(t, a)) or (why := _agreed_only(t, a)):
        return why
    if t.flow == "flow" and a.flow == "stock":
        return "目标为新增，实际为累计"
    if t.flow == "stock" and a.flow == "flow":
        return "目标为累计，实际为新增"
    if not same_task and bool(t.subject) and bool(a.subject) and t.subject != a.subject:
        return OTHER_SUBJECT
    if t.subject and a.subject and t.subject[:4] != a.subject[:4] and not _overlaps(t.subject, a.subject):
        return OTHER_SUBJECT
    if _is_part(t, a) or phrase("answers", "beside_it").match(actual.left):
        return A_PART  # 开放14个，另有3个主体完工: the others are beside the answer
    if target.quantity.kind == "count" and _is_one_kind(t, a):
        return ONE_KIND
    return None


def _in_all(name: Name) -> bool:
    """Whether it is what a project costs in all, over the years."""
    return phrase("names", "invested_in_all").search(name.text) is not None


def _unit_left_out(target: Mention, actual: Mention) -> bool:
    """A bare number answers a count or share whose unit the other side prints."""
    units = (target.quantity.unit, actual.quantity.unit)
    return "" in units and (
        target.quantity.kind == actual.quantity.kind or "number" in (target.quantity.kind, actual.quantity.kind)
    )


def _compares(target: Mention) -> bool:
    return target.rule == "compare.in-promise"


def _against_print(target: Mention, actual: Mention) -> bool:
    """A printed rate of completion that is nowhere near actual over target speaks of another promise."""
    goal, value = target.quantity.value, actual.quantity.value
    if actual.stated_share is None or not goal or value is None or target.part.role == "schedule":
        return False
    return abs(float(value / goal) - actual.stated_share) > _FAR * max(actual.stated_share, 0.1)


def _against_gap(target: Mention, actual: Mention) -> bool:
    """A figure that is told to lie so far from its promise speaks of no promise that lies otherwise."""
    gap, goal, value = actual.stated_gap, target.quantity.value, actual.quantity.value
    size = gap.value if gap is not None else None
    if gap is None or size is None or goal is None or value is None:
        return False
    points = gap.unit in ("%", "百分点") and actual.quantity.unit in ("%", "百分点")
    if not points and (gap.unit == "%" or not comparable(gap.unit, actual.quantity.unit)):
        return False
    return abs(abs(goal - value) - size) > max(_ROUNDED * size, points_off(1))


def _ratio(target: Mention, actual: Mention) -> str | None:
    """A thing is not its share: 服务业增加值 against 服务业增加值占比."""
    if target.quantity.unit != "%" or target.whole or actual.whole or target.name.change or actual.name.change:
        return None
    shares = (phrase("links", "share").search(target.name.text), phrase("links", "share").search(actual.name.text))
    return "一为比率，一为本身" if (shares[0] is None) != (shares[1] is None) else None


def _quarter(target: Mention, actual: Mention, month: int | None) -> str | None:
    """A quarter's promise is answered by that quarter's figure, a year's by no single quarter's or month's.

    Where the report closes the promise's quarter, what it tells without naming one is that quarter's.
    """
    # What the first item of a list says of time holds for the whole list.
    wanted, told = _QUARTER.findall(target.in_front), _QUARTER.findall(actual.left)
    if wanted and wanted[-1:] != told[-1:] and not _told_of_its_quarter(wanted[-1], told, actual, month):
        return "不是同一季度"
    if (
        told
        and not wanted
        and not (told[-1] == "一" and month == _MARCH)
        and not phrase("links", "so_far_in_quarter").search(actual.left)
        and target.part.role != "schedule"
    ):
        return "实际只是一个季度"
    return "实际只是一个月" if target.part.role != "schedule" and only_one_month(target, actual) else None


def _told_of_its_quarter(wanted: str, named: list[str], actual: Mention, month: int | None) -> bool:
    """Whether a report that closes a quarter tells a figure of it without naming it, and none since January."""
    if named or month != _MARCH * ("一二三四".index(wanted) + 1):
        return False
    text, (begin, end) = actual.part.passage.text, (actual.sentence[0], actual.start)
    return not any(phrase("links", told).search(text, begin, end) for told in ("since_january", "so_far_told"))


def only_one_month(target: Mention, actual: Mention) -> bool:
    """Whether an actual tells a single month and the promise is for more."""
    opened = phrase("links", "opening_month").match(actual.in_front) if actual.part.role == "prose" else None
    holiday = actual.part.role == "prose" and phrase("links", "opening_holiday").match(actual.in_front)
    alone = (
        phrase("links", "one_month").search(actual.left)
        or holiday
        or (opened and not phrase("links", "so_far_told").search(actual.in_front, opened.end()))
    )
    return bool(
        alone
        and not phrase("links", "one_month").search(target.left)
        and not phrase("links", "so_far_in_month").search(actual.left)
    )


def _of_other_size(target: str, actual: str) -> bool:
    """引进10亿元以上项目3个 …… 引进5亿元以上项目9个: each counts from a size of its own."""
    sizes = [{match["size"] for match in phrase("links", "from_size").finditer(text)} for text in (target, actual)]
    return bool(sizes[0]) and bool(sizes[1]) and not sizes[0] & sizes[1]


def _level(t: Name, a: Name) -> str | None:
    if t.level is None or a.level is None or t.level == a.level:
        return None
    if a.level in _JOINT.get(t.level, set()) or t.level in _JOINT.get(a.level, set()):
        return None
    return OTHER_LEVEL


def _stage(t: Name, a: Name) -> str | None:
    if a.stage == "apply" and t.stage != "apply":
        return "申报或推荐不等于认定"
    if t.stage == "apply" and a.stage not in ("apply", None):
        return None
    if t.stage == "finish" and a.stage == "operate":
        return None  # 建成食堂30家 …… 运营33家: what is in use has been built
    if t.stage in _BUILD_STAGES and a.stage in _BUILD_STAGES and t.stage != a.stage:
        return "所处阶段不同"
    return None


def _agreed_only(t: Name, a: Name) -> str | None:
    """协议资金 against 到位资金: money agreed upon is not the money that came."""
    agreed = [phrase("links", "agreed_money").search(name.text) is not None for name in (t, a)]
    other = a if agreed[0] else t
    return "协议数不是到位数" if agreed[0] != agreed[1] and other.stage == "arrive" else None


def _overlaps(a: str, b: str) -> bool:
    return a in b or b in a


def _is_part(t: Name, a: Name) -> bool:
    """市经开区汽车产业产值 answers no target of the whole city."""
    verb = lexicon.verb_at_start().match(a.text)
    found = phrase("links", "part_of_region").match(a.text, verb.end() if verb else 0)
    return found is not None and found.group() not in t.text and found.group() not in t.subject


def _is_one_kind(t: Name, a: Name) -> bool:
    """A promise for "绿色工厂和绿色园区" together is not answered by one of the two."""
    kinds = [
        kind
        for kind in phrase("links", "kinds").split(_QUOTES.sub("", t.text))
        if len(kind) >= 2 and not only_verbs(kind)
    ]
    if len(kinds) < 2:
        return False
    text = _QUOTES.sub("", a.text)
    ends = [kind[-_KIND_END:] for kind in kinds]
    told = [end in text or kind[:_KIND_END] in text for kind, end in zip(kinds, ends, strict=True)]
    return any(told) and not all(told) and len(set(ends)) > 1
