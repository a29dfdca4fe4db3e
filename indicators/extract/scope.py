"""Which figures measure nothing of their own: thresholds, sizes inside names, counts of tasks, quoted names."""

from __future__ import annotations

import re

import regex

from indicators.extract import lexicon, names
from indicators.extract.lexicon import cue_in
from indicators.extract.roles import MEASURES
from indicators.rulebook import phrase, rare
from indicators.schema.quantity import Quantity

_MAGNITUDE = re.compile("[万亿]")
_WALL = re.compile("[，,；;：:。]")
_CLOSED = re.compile("[”》]")
_CLAUSES = re.compile("[，,；;。]")
_WORDS = regex.compile(r"\p{Han}{2}")


def is_scope(quantity: Quantity, left: str, right: str, *, prose: bool) -> bool:
    """Figures that measure nothing of their own: thresholds, sizes inside names, idioms, parts of names."""
    if quantity.part_of_name or lexicon.inert_follower().match(right) or quantity.unit in lexicon.inert_units():
        return True
    if quantity.kind == "number" and prose and not _measures_bare(quantity, left, right):
        return True
    if _in_quotes(left, right) or phrase("figures", "of_all").search(left):
        return True
    if quantity.unit == "年" and not quantity.bound and phrase("figures", "years_of_plan").match(right):
        return True
    if prose and quantity.kind in MEASURES and phrase("figures", "parts_of_all").fullmatch(right):
        return True
    if quantity.unit == "类" and phrase("figures", "kinds_of").match(right):
        return True
    if prose and quantity.kind in MEASURES and phrase("figures", "deals_with").search(left):
        return not phrase("figures", "acted_on").search(right)
    if prose and quantity.kind == "money" and phrase("figures", "cost_of_all").search(left):
        return True
    if quantity.unit == "位" and phrase("figures", "moved_rank").search(left):
        return True
    if left.endswith("前") and quantity.unit in lexicon.units_of("stretch_unit"):
        return True
    if phrase("figures", "one_of_them").search(right[:30]):
        return True
    if quantity.kind in MEASURES:
        return prose and bool(phrase("figures", "idiom").match(quantity.text) or _counts_tasks(quantity, left, right))
    return _is_size(quantity, left, right)


def _counts_tasks(quantity: Quantity, left: str, right: str) -> bool:
    """132项任务: what a report deals with, unless the words behind tell how far so many of them came."""
    named = lexicon.total_noun().match(right) or rare("figures", "total_in_front").search(left)
    if named is None or quantity.unit not in lexicon.units_of("task_unit"):
        return False
    if rare("answers", "status_behind").match(right):
        return False
    cue = cue_in("target", right, quantity.unit, "after")
    return cue is None or not cue.id.endswith("to-be-done")  # 重点项目65个要竣工


def _measures_bare(quantity: Quantity, left: str, right: str) -> bool:
    """Whether a bare figure in running text measures something: a magnitude, a counted noun, a promise go with it."""
    return bool(
        phrase("figures", "counted_noun").match(right)
        or phrase("names", "promise_ahead").match(right)
        or phrase("figures", "held_at").search(left)
        or _MAGNITUDE.search(quantity.text)
        or phrase("figures", "index_before").search(left[-30:])
    )


def _is_size(quantity: Quantity, left: str, right: str) -> bool:
    """20万吨/年制浆装置, 50亿元压缩机基地, 500万元以上项目: a size or threshold of what is named behind the figure."""
    if quantity.unit == "%" and (_share_told(left, right) or cue_in("completion", right, "%", "after")):
        return False
    cue = cue_in("target", right, quantity.unit, "after")
    if phrase("answers", "settled_behind").match(right) or (cue and cue.form == "noun-behind"):
        return False  # 8万亩的造林任务落了空, 48万吨这条线
    promise = phrase("names", "promise_ahead").match(right)
    if quantity.kind == "duration" and quantity.bound and names.noun_behind(right) and not promise:
        # 要有310天以上的优良天数
        wanted = right.startswith("的") and phrase("figures", "wanted_days").search(left) is not None
        return not wanted or phrase("figures", "duration_measured").search(right) is None
    if phrase("figures", "spent_on").search(f"{left}|{right}"):
        return True
    clause = _WALL.split(left)[-1]
    sized = "" if right.startswith("的") else names.noun_behind(right)
    if sized and phrase("figures", "always_size").fullmatch(quantity.unit):
        return True
    if sized and (not clause or (phrase("figures", "sized_thing").search(sized) and not names.ends_in_verb(clause))):
        return True
    if quantity.bound in ("at_least", "at_most") and phrase("figures", "bound_behind").search(quantity.text):
        if promise or phrase("figures", "of_growth").match(right) or phrase("names", "distance").fullmatch(right):
            return False
        return phrase("figures", "threshold_noun").match(right) is not None
    told = cue_in("target", right, quantity.unit, "after") or cue_in("gap", right, quantity.unit, "after")
    if not phrase("figures", "modifies").match(right) or promise or told:
        return False
    return not names.ends_in_verb(left) and not _sets_up(left)


def _share_told(left: str, right: str) -> bool:
    """全县95%的行政村开通公交, 覆盖80%以上的乡镇: how many of all do something, or are reached."""
    does = phrase("figures", "share_does").match(right) and not phrase("figures", "share_of_whole").search(left)
    return bool(
        does or (phrase("figures", "reaches_share").search(left) and phrase("figures", "threshold_noun").match(right))
    )


def _in_quotes(left: str, right: str) -> bool:
    """“年产5万台水泵项目”, “拖欠12.5亿”: figures inside a quoted name."""
    opened = max(left.rfind("“"), left.rfind("《"))
    if opened < 0 or max(left.rfind("”"), left.rfind("》")) > opened:
        return False
    closed = _CLOSED.search(right)
    if closed is not None and not left[:opened].strip() and not right[closed.end() :].strip():
        return False  # 2.“新建城市公厕60座以上”。已建成11座: a sentence that is a quotation says what it says
    inside = left[opened + 1 :] + (right[: closed.start()] if closed else "")
    # A quotation of several clauses says something; only a name stands in quotes as one.
    return closed is not None and bool(_WORDS.search(inside)) and not _CLAUSES.search(inside)


def _sets_up(left: str) -> bool:
    """设立规模5亿元的基金: the whole phrase is the object of an achieving verb."""
    clause = _WALL.split(left)[-1]
    match = lexicon.verb_at_start().match(names.strip_lead(clause)[0])
    return match is not None and lexicon.verbs()[match.group("verb")].sense == "achieve"
