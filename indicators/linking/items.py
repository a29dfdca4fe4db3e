"""Numbered items that first promise and then tell, without a label between: 新建学位3000个。已建成3200个。"""

from __future__ import annotations

from collections.abc import Sequence

from indicators.extract.model import Mention
from indicators.linking.compat import obstacle
from indicators.linking.model import Located
from indicators.linking.similarity import answers
from indicators.rulebook import phrase

_ALIKE = 0.6


def find_promises(located: Sequence[Located]) -> None:
    """Turns the first of two like figures of an item into a target where only the second says that it is done."""
    units = {id(unit): unit for unit, _ in located if unit.form == "item" and unit.number is not None}
    for key in units:
        own = [m for u, m in located if id(u) == key and m.role == "actual" and m.rule.startswith("mode.")]
        for i, first in enumerate(own):
            if _says_done(first):
                continue
            for second in own[i + 1 :]:
                if first.sentence != second.sentence and _answered(first, second):
                    first.role, first.rule, first.score = "target", "item.promise", 0.7
                    break


def _says_done(mention: Mention) -> bool:
    text = mention.part.passage.text[mention.sentence[0] : mention.start]
    return bool(phrase("links", "told").search(text)) or mention.name.change is not None


def _answered(first: Mention, second: Mention) -> bool:
    if first.quantity.unit != second.quantity.unit or not _says_done(second) or second.name.change is not None:
        return False
    if obstacle(first, second, same_task=True) is not None:
        return False
    return first.topic == second.topic or answers(first.name.core, second.name.core) >= _ALIKE
