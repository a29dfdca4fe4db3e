"""Which figures of a sentence say something of their own."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import regex

from indicators.extract import lexicon, names, roles
from indicators.extract.clauses import AND, HARD, Span
from indicators.extract.governing import governor
from indicators.extract.scope import is_scope
from indicators.quantities import find_quantities
from indicators.quantities.rates import makes
from indicators.rulebook import phrase, rare
from indicators.schema.quantity import Quantity

_SHARE_PRINTED = re.compile(r"[（(](\d+(?:\.\d+)?)[%％][)）]")
_LEFT = 400
"""Characters in front of a figure that tell whether it says something of its own: a list of thousands is no clause."""
"""Per cent that a printed share may lie off: it is often cut and not rounded."""
_STARTS_NOUN = regex.compile(r"[\p{Han}“\"A-Za-z]")
_BRACKET = re.compile(r"[（(][^（）()]*[)）]")
_JOINS = ("", "的")
"""What may stand between a threshold and how many pass it: 10亿元以上的40个."""
_SEVERAL = 2
_COMMAS = ("，", ",")
_SIGNS = frozenset("≥≤=＝><＞＜≧≦")
_ASIDE = re.compile(r"[（(][^（）()\d]{1,16}[)）](?=的)")
_WALL = re.compile(r"[，,；;：:。！？、（）()]")


def with_wholes(text: str, span: Span, quantities: list[Quantity]) -> list[Quantity]:
    """全覆盖 stands for 100 % where no figure says so."""
    if rare("figures", "stands_for_all").search(text, *span) is None:
        return quantities
    found = []
    for match in phrase("figures", "stands_for_all").finditer(text, span[0], span[1]):
        if any(abs(q.end - match.start()) < 3 or abs(q.start - match.end()) < 5 for q in quantities):
            continue
        hundred = Decimal(100)
        found.append(
            Quantity(match.group(), match.start(), match.end(), hundred, hundred, "%", "ratio", bound="exactly")
        )
    return sorted([*quantities, *found], key=lambda q: q.start)


def shifted(quantities: list[Quantity], by: int) -> list[Quantity]:
    """The quantities of a stretch by their places in the text that it begins in at ``by``."""
    if not by:
        return quantities
    return [
        replace(q, start=q.start + by, end=q.end + by, number_start=q.number_start + by, number_end=q.number_end + by)
        for q in quantities
    ]


def live_quantities(
    text: str, span: Span, quantities: list[Quantity], *, cell: bool = False, units: bool = False
) -> list[Quantity]:
    """Quantities that say something of their own; sizes inside names and subject counts are left in the text.

    ``cell``: the text is a table's cell, whose first bare figure is the row's own ("27（其中外资4）").
    ``units``: a line above states the units, so that bare figures measure something.
    """
    candidates = []
    quantities = [q for i, q in enumerate(quantities) if not _is_threshold(text, quantities, i)]
    for index, quantity in enumerate(quantities):
        # 100个小区的二次管网进行改造: an idiom is no figure that the words behind another one end at
        stop = next((q.start for q in quantities[index + 1 :] if not _is_idiom(q)), span[1])
        behind = _ASIDE.match(text, quantity.end, stop)  # 16岁以上（不含学生）的居民: the bracket parts nothing
        right = _WALL.split(text[behind.end() if behind else quantity.end : stop], maxsplit=1)[0]
        left = text[max(span[0], quantity.start - _LEFT) : quantity.start]
        inside = text[quantity.end : quantity.end + 2] in ("）的", ")的") and left[-1:] in "（("
        if inside and not phrase("figures", "whole_in_brackets").search(left):
            # 占全市民宿总数（120家）的35%: the whole stands in brackets inside the name of its share.
            continue
        if text[quantity.end : quantity.end + 2] in ("）：", "):", "）:", ")：") and left[-1:] in "（(" and left:
            continue  # 省考断面（24个）：达标率87.5%: how many the label speaks of
        if right == "的" and text[quantity.end + 1 : quantity.end + 2] in _COMMAS:
            bound = quantity.text[: quantity.number_start - quantity.start]
            if phrase("figures", "which_qualify").search(f"{left}{bound}"):
                continue
        own = cell and index == 0 and not right and not text[: quantity.start].strip()
        own = own or (
            quantity.kind == "number" and ((units and not right) or bool(phrase("figures", "told_bare").search(left)))
        )
        own = own or (index > 0 and beside_sign(text, quantities[index - 1], quantity))
        if is_scope(quantity, left, right, prose=not own):
            continue
        candidates.append(quantity)
    idle = _of_tasks_in_all(text, span, quantities, candidates)
    return [q for i, q in enumerate(candidates) if i not in idle and not _counts_subject(text, span, candidates, i)]


def _of_tasks_in_all(text: str, span: Span, quantities: list[Quantity], candidates: list[Quantity]) -> set[int]:
    """妇女45项、儿童49项，一共94项指标: where all tasks are no figure of their own, what adds up to them is none."""
    idle: set[int] = set()
    for total in quantities:
        if total.unit != names.TASKS or phrase("figures", "sums_up").search(text, span[0], total.start) is None:
            continue
        before = [i for i, q in enumerate(candidates) if q.end <= total.start and q.unit == names.TASKS]
        for first in range(len(before) - _SEVERAL, -1, -1):
            parts = before[first:]
            if sum(candidates[i].value or 0 for i in parts) == total.value:
                if not any(_tells_step(text, span, candidates[i]) for i in parts):
                    idle.update(parts)  # 办结19项、在办3项，共22项: how many came how far is told
                idle.update(i for i, q in enumerate(candidates) if q is total)
                break
    return idle


def _tells_step(text: str, span: Span, quantity: Quantity) -> bool:
    """Whether the clause of a count tells where they stand: 达标89项, 4项没够标."""
    left = _WALL.split(text[span[0] : quantity.start])[-1]
    right = _WALL.split(text[quantity.end : span[1]], maxsplit=1)[0]
    if right and not phrase("answers", "status_noun").fullmatch(right):
        return True
    return bool(lexicon.verb_pattern().search(left) or phrase("figures", "step_told").search(left))


def uncompared(quantity: Quantity) -> Quantity:
    """低于95%以上的考核目标: how the actual stands to the promise is no bound of the promise, 以上 behind it is."""
    compared = phrase("figures", "set_against_figure").match(quantity.text)
    printed = find_quantities(quantity.text[compared.end() :]) if compared else []
    if compared is None or len(printed) != 1:
        return quantity
    promise = shifted(printed, quantity.start + compared.end())[0]
    return replace(promise, period=quantity.period)


def _is_idiom(quantity: Quantity) -> bool:
    """二次, 一批: few of something, which count nothing."""
    return quantity.kind in roles.MEASURES and phrase("figures", "idiom").match(quantity.text) is not None


def is_signed(quantity: Quantity) -> bool:
    """Whether a sign of bound stands in front of the figure, as only promises have it: ≥120户."""
    return quantity.text[:1] in _SIGNS


def beside_sign(text: str, before: Quantity, quantity: Quantity) -> bool:
    """改造农村户厕 ≥120户 127: behind a promise with its sign, nothing between, a row that lost its columns answers."""
    fits = quantity.unit == before.unit or (quantity.kind == "number" and not quantity.unit)
    return (
        is_signed(before) and fits and bool(phrase("figures", "told_beside").match(text[before.end : quantity.start]))
    )


def _is_threshold(text: str, quantities: list[Quantity], at: int) -> bool:
    """其中10亿元以上40个, 1个以上超20亿元: beside a count a bound on money or size tells which ones are counted."""
    quantity = quantities[at]
    if _tells_which(text, quantities, at) or _tells_who(text, quantities, at):
        return True
    if quantity.kind in roles.MEASURES or quantity.bound not in ("at_least", "at_most"):
        return False
    if phrase("figures", "bound_behind").search(quantity.text) and at + 1 < len(quantities):
        after = quantities[at + 1]
        return after.kind == "count" and text[quantity.end : after.start].strip() in _JOINS
    if at + 1 < len(quantities) and quantities[at + 1].kind == "count" and quantity.text[0] in "超过":
        # 营收超5亿元企业有3家, 投资超5亿元的3个项目
        between = text[quantity.end : quantities[at + 1].start]
        return between == "的" or bool(phrase("figures", "counted_behind").fullmatch(between))
    before = quantities[at - 1] if at else None
    bare = before is not None and not text[before.end : quantity.start].strip()
    return bare and before is not None and before.kind == "count" and quantity.text.startswith("超")


def _tells_which(text: str, quantities: list[Quantity], at: int) -> bool:
    """25项指标进度超过75%, 7个县增速在10%以上: a bound on the rate of those that a count tells of."""
    counted = quantities[at - 1] if at else None
    if counted is None or counted.kind != "count" or counted.bound or quantities[at].unit not in ("%", "百分点"):
        return False
    between = text[counted.end : quantities[at].start]
    if phrase("figures", "counted_past").fullmatch(f"{between}|{quantities[at].text}") is not None:
        return True  # 4个过了80%, 25个县还在30%以下
    bounded = quantities[at].bound in ("at_least", "at_most")
    return bounded and phrase("figures", "counted_by_rate").fullmatch(between) is not None


def _tells_who(text: str, quantities: list[Quantity], at: int) -> bool:
    """16—24岁15.8%: the ages of those of whom the figure right behind tells."""
    quantity, after = quantities[at], quantities[at + 1] if at + 1 < len(quantities) else None
    if quantity.kind != "age" or after is None or after.kind == "age":
        return False
    return phrase("figures", "who_is_told_of").fullmatch(text[quantity.end : after.start]) is not None


def is_share_of_it(text: str, whole: Quantity, part: Quantity) -> bool:
    """Whether a bracket behind ``part`` prints which share of ``whole`` it is."""
    printed = _SHARE_PRINTED.match(text, part.end)
    if printed is None or part.unit != whole.unit:
        return False
    return makes(part.value, whole.value, Decimal(printed.group(1)), 0)


def _counts_subject(text: str, span: Span, candidates: list[Quantity], index: int) -> bool:
    """36个断面优良水质占91%: the count belongs to the subject of the figure that follows in its clause."""
    quantity = candidates[index]
    if index + 1 >= len(candidates) or quantity.kind != "count" or is_signed(quantity):
        return False
    between = _BRACKET.sub("", text[quantity.end : candidates[index + 1].start])
    if not between or not _STARTS_NOUN.match(between) or any(c in HARD or c in "、（()）" for c in between):
        return False
    noun = names.noun_behind(between)
    if not noun or (phrase("names", "promise_ahead").match(between) and "中" not in between):
        return False
    if candidates[index + 1].unit == quantity.unit and phrase("answers", "done_of_so_many").fullmatch(between):
        return False  # 示范村24个做成22个: how many were to be done, and how many were
    left = text[span[0] : quantity.start]
    wall = max((left.rfind(c) for c in "，,；;：:。、（("), default=-1)
    verb = names.ends_in_verb(left[wall + 1 :])
    if between.endswith(AND) and candidates[index + 1].unit == quantity.unit:
        return False  # 50所小学和100所幼儿园: two things of one list
    joined = f"{between}|"
    if candidates[index + 1].unit == "%" and phrase("figures", "share_right_behind").fullmatch(f"{between}|"):
        return False  # 户厕改了10.1万户为任务的101%: a line that lost its columns
    if phrase("figures", "share_follows").match(joined) and roles.whole_of_share(left, joined, quantity.unit):
        return False  # 完成全年1000套开工任务的57%: what the share is of was promised
    if phrase("answers", "promise_to_change").search(left):
        return False  # 目标由20家调整为26家
    if is_share_of_it(text, quantity, candidates[index + 1]):
        return False  # 12个照料站建设已完成9个（75%）: the share tells that the first figure was promised
    if governor(left[wall + 1 :], None, None) is not None and phrase("figures", "done_beside_promise").search(between):
        # 计划建设的20个菜市场仅完工13个: one clause tells the promise and what was done.
        return False
    following = candidates[index + 1]
    said = lexicon.verb_said(verb)
    if said is not None and following.kind == "count":
        return said.sense == "scope"
    return not verb or following.kind != "count"
