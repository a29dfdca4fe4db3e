"""One Chinese sentence per row that an auditor can check, arithmetic included."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.judging.goal import Goal
from indicators.linking.model import Pair
from indicators.schema.report import VERDICT_LABELS, Fact, Flag, Verdict

_RELATION = {
    ("exceeded", "up"): "高于",
    ("exceeded", "down"): "低于",
    ("missed", "up"): "低于",
    ("missed", "down"): "高于",
}
_NOTES: dict[Flag, str] = {
    "forecast": "实际为预计数",
    "partial_period": "实际为部分时段数",
    "summed": "实际为各部分合计",
    "counted": "实际按所列名单计数",
    "derived": "目标由差额推算",
    "claim_conflict": "与报告自称的完成情况不符",
    "completion_conflict": "与报告所印完成率不符",
}


def explain(
    pair: Pair,
    target: Fact | None,
    actual: Fact | None,
    aim: Goal | None,
    verdict: Verdict | None,
    arithmetic: str,
    flags: Sequence[Flag],
) -> str:
    """The reason of a row."""
    notes = "；".join(_NOTES[flag] for flag in flags if flag in _NOTES)
    tail = f"（{notes}）" if notes else ""
    label = VERDICT_LABELS[verdict]
    if target is not None and actual is not None and aim is not None and verdict is not None:
        relation = _RELATION.get((verdict, aim.direction), "达到" if verdict == "met" else "对照")
        middle = f"实际{actual.text}{relation}目标{target.text}"
        if arithmetic:
            middle = f"{middle}，{arithmetic}"
        return f"{middle}，判为{label}{tail}。"
    if target is not None and verdict == "unreported":
        best = f"，最接近的“{pair.rivals[0].actual.quantity.text}”{pair.rivals[0].why}" if pair.rivals else ""
        return f"目标{target.text}，报告中未见可比的实际数{best}。"
    if target is not None and verdict is not None:
        return f"目标{target.text}，报告称{arithmetic or label}，判为{label}{tail}。"
    if verdict is not None and arithmetic:
        return f"报告未印目标数，称{arithmetic}，判为{label}{tail}。"
    if verdict is not None:
        return f"报告未印目标数，自称{label}，实际{actual.text if actual else '未列'}{tail}。"
    return f"报告了实际{actual.text if actual else ''}，未见对应目标{tail}。"
