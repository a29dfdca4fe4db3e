"""Decides what part a figure plays: target, actual, baseline, completion, gap, comparison, rank or scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import regex

from indicators.extract import lexicon, names
from indicators.extract.lexicon import Cue
from indicators.extract.model import Role
from indicators.schema.quantity import Quantity
from indicators.tasks.model import Part

Mode = Literal["target", "actual", "plan", "none"]
"""What the words so far say of the figures to come: ``plan`` is a promising section, where a count is only a
target as the object of an achieving verb."""

MEASURES = frozenset({"count", "number"})
_INTENT_IN_RESULT = regex.compile(r"(?:拟|将(?!近)|计划(?!单列|完成|执行)|力争|争取(?!到)|确保|预期|下一步|准备|启动下半年)[^，。；]{0,18}$")
_THRESHOLD_NOUN = regex.compile(r"^(?:的|及以上|以上|以下|以内)*(?=[\p{Han}“\"])(?!左右|上下|，|均|已|为|是|占|居)")
_DISTRIBUTED = regex.compile(r"(各[县市区镇乡地部单]{1,2}(?:[（(][^）)]*[）)])?(?:区|市|镇|位|门|街道)?|每个?[县市区镇乡村企]\S?|每人(?:每年)?|每年|每季度|每月|每户|每个\p{Han}{1,4})")


@dataclass(frozen=True, slots=True)
class Decision:
    """A role with the rule that gave it and how sure that rule is."""

    role: Role
    rule: str
    score: float


def opening_mode(part: Part) -> Mode:
    """The mode in which a passage starts."""
    if part.role in ("target", "schedule"):
        return "target"
    if part.role == "result":
        return "actual"
    if part.tense == "plan":
        return "plan"
    return "actual" if part.tense == "review" else "none"


def spreading_cue(text: str) -> tuple[Mode, str] | None:
    """The last cue in ``text`` that governs what follows it, as a mode."""
    best: tuple[int, Mode, str] | None = None
    for section, mode in (("target", "target"), ("actual", "actual")):
        for cue in lexicon.cues(section):
            if not cue.spread:
                continue
            for match in cue.pattern.finditer(text):
                if best is None or match.start() >= best[0]:
                    best = (match.start(), mode, cue.id)  # type: ignore[assignment]
    return (best[1], best[2]) if best else None


def _matches(section: str, text: str, unit: str, where: str) -> Cue | None:
    for cue in lexicon.cues(section):
        if cue.where == where and not cue.spread and cue.fits(unit) and cue.pattern.search(text):
            return cue
    return None


def is_scope(quantity: Quantity, left: str, right: str) -> bool:
    """Thresholds and sizes inside names: 亿元以上项目, 年产5万吨…, 占地5亩以上."""
    if quantity.part_of_name:
        return True
    if quantity.kind in MEASURES:
        return False
    if quantity.bound in ("at_least", "at_most") and regex.search(r"(?:以上|以下|以内)$", quantity.text):
        return bool(_THRESHOLD_NOUN.match(right)) and not right.startswith(("的目标", "的任务", "的年度", "的增"))
    return False


def decide(quantity: Quantity, left: str, right: str, part: Part, mode: Mode, *, completion_seen: bool) -> Decision:
    """The role of a live quantity from the words of its clause, then from what governs it."""
    unit = quantity.unit
    if quantity.kind == "rank":
        return Decision("rank", "rank", 0.95)
    if _matches("denominator", right, unit, "after"):
        return Decision("denominator", "denominator", 0.85)
    if cue := _matches("baseline", left, unit, "before"):
        return Decision("baseline", cue.id, 0.9)
    if cue := _matches("gap", left, unit, "before"):
        return Decision("gap", cue.id, 0.9)
    if cue := _matches("completion", left, unit, "before"):
        return Decision("completion", cue.id, 0.9)
    if completion_seen and unit == "%" and regex.search(r"(?:^|[^比])(?:占|为|相当于)$", left):
        return Decision("completion", "completion.carried", 0.75)
    if cue := _matches("target", right, unit, "after"):
        return Decision("target", cue.id, 0.9)
    if cue := _matches("target", left, unit, "before"):
        return Decision("target", cue.id, 0.9)
    if cue := _matches("compare", left, unit, "before"):
        if mode in ("target", "plan"):
            return Decision("target", "mode." + mode, 0.85)
        return Decision("compare", cue.id, 0.85)
    return _by_mode(quantity, left, right, part, mode)


def _by_mode(quantity: Quantity, left: str, right: str, part: Part, mode: Mode) -> Decision:
    if part.role == "result":
        if _INTENT_IN_RESULT.search(left):
            return Decision("other", "intent-in-result", 0.8)
        return Decision("actual", "part.result", 0.9)
    if mode == "target":
        if _only_scope(quantity, left, right):
            return Decision("scope", "no-achieving-verb", 0.7)
        return Decision("target", "mode.target", 0.9)
    if mode == "plan":
        if _only_scope(quantity, left, right):
            return Decision("scope", "no-achieving-verb", 0.7)
        return Decision("target", "mode.plan", 0.8)
    return Decision("actual", f"mode.{mode}", 0.85 if mode == "actual" else 0.7)


def _only_scope(quantity: Quantity, left: str, right: str) -> bool:
    """A count without an achieving verb, or a measure in front of a noun, tells what a promise deals with."""
    noun = names.noun_behind(right)
    ending = names.ends_in_verb(left)
    if quantity.kind in MEASURES:
        verb = lexicon.verbs().get(ending.rstrip("了过"))
        if noun and verb is not None:
            return verb.sense == "scope"
        if noun and not ending:
            return not _achieving(left + noun)
        return not _achieving(left) and not _achieving(right) and bool(noun)
    return bool(noun) and not ending and not quantity.bound and quantity.kind not in ("ratio", "points", "multiple")


def _achieving(text: str) -> bool:
    return any(lexicon.verbs()[m.group()].sense == "achieve" for m in lexicon.verb_pattern().finditer(text))


def distributed(text: str) -> str:
    """各县区, 每人: the unit that a target holds for, as printed."""
    match = _DISTRIBUTED.search(text)
    return match.group() if match else ""
