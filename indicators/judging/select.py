"""Which pairs become rows: targets always; lone actuals where they report an outcome."""

from __future__ import annotations

from indicators.extract import lexicon
from indicators.extract.model import Mention
from indicators.linking.model import Pair
from indicators.rulebook import phrase


def worth_a_row(pair: Pair) -> bool:
    """Targets and statements always; in completion tables a lone actual only where it is an outcome."""
    if pair.target is not None or pair.stated_by is not None or pair.gap is not None:
        return True
    mention = pair.actuals[0]
    return not (mention.part.role == "result" and _is_activity(mention))


def _is_activity(mention: Mention) -> bool:
    """Held, issued, inspected, trained, recommended: work done, not an outcome."""
    if phrase("figures", "came_of_it").search(mention.left):
        return False
    first = lexicon.verb_pattern().search(mention.left)
    main = lexicon.verbs()[first.group()] if first else lexicon.verbs().get(mention.name.verb)
    if main is not None and main.sense in ("activity", "scope"):
        return True
    # 通过对8家实施节能诊断: what is done to the counted things stands behind them.
    if phrase("figures", "acts_upon").search(mention.left) is None:
        return False
    return any(lexicon.verbs()[m.group()].sense == "activity" for m in lexicon.verb_pattern().finditer(mention.right))
