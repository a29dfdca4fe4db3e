"""Target drift: a later wording restates a target at another figure."""

from __future__ import annotations

from decimal import Decimal

from indicators.extract.model import Mention
from indicators.quantities import comparable, convert
from indicators.schema.report import Assessment, Step


def same_figure(a: Mention, b: Mention) -> bool:
    """Whether two quantities print the same figure, units converted; bound words do not count."""
    if not comparable(a.quantity.unit, b.quantity.unit):
        return False
    return _figures(a, b.quantity.unit) == _figures(b, b.quantity.unit)


def _figures(mention: Mention, unit: str) -> tuple[Decimal | None, Decimal | None]:
    q = mention.quantity
    ends = [end if end is None or not q.unit or not unit else convert(end, q.unit, unit) for end in (q.low, q.high)]
    low, high = ends
    return (low if low is not None else high, high if high is not None else low)


def drifted(row: Assessment, target: Mention, later: Mention) -> Assessment:
    """The row with the flag and a sentence that shows both figures."""
    note = f"计划定为{target.quantity.text}，后一份报告写作{later.quantity.text}"
    reason = row.reason[:-1] if row.reason.endswith("。") else row.reason
    return row.model_copy(
        update={
            "flags": [*row.flags, "target_drift"],
            "reason": f"{reason}；目标前后不一：{note}。",
            "trace": [*row.trace, Step(stage="judge", rule="target_drift", text=note)],
        }
    )
