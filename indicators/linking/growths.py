"""A promised growth is answered by the growth told beside the figure that answers its level."""

from __future__ import annotations

from indicators.extract.model import Mention
from indicators.linking.model import Pair


def tie_growths(pairs: list[Pair]) -> list[Pair]:
    """固投86.2亿元，增速12%。……完成投资75.59亿元，同比增长2.1%: once the levels are tied, so are their growths."""
    open_growths = [p for p in pairs if p.target is not None and p.target.name.change and p.is_open and not p.milestone]
    if not open_growths:
        return pairs
    alone = [p for p in pairs if p.target is None and len(p.actuals) == 1 and p.how == "alone"]
    for pair in open_growths:
        target = pair.target
        assert target is not None
        level = next((p for p in pairs if p.target is not None and p.actuals and _grows(target, p.target)), None)
        found = [p for p in alone if _grows(p.actuals[0], level.actuals[0])] if level is not None else []
        if level is None or len(found) != 1 or found[0].actuals[0].quantity.unit != target.quantity.unit:
            continue
        pair.actuals, pair.score, pair.how, pair.claim = found[0].actuals, level.score, "growth", found[0].claim
        pairs = [p for p in pairs if p is not found[0]]
        alone.remove(found[0])
    return pairs


def _grows(growth: Mention, level: Mention) -> bool:
    """Whether a rate of change stands right behind the level of the same thing."""
    if growth.name.change is None or level.name.change is not None or growth.part is not level.part:
        return False
    near = growth.sentence == level.sentence and level.end < growth.start
    return near and growth.name.core == level.name.core and growth.wall == level.end
