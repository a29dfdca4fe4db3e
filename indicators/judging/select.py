"""Which pairs become rows: targets always; lone actuals where they report an outcome."""

from __future__ import annotations

from indicators.extract import lexicon
from indicators.extract.model import Mention
from indicators.linking.model import Pair


def worth_a_row(pair: Pair) -> bool:
    """Targets and statements always; in completion tables a lone actual only where it is an outcome."""
    if pair.target is not None or pair.completion is not None or pair.gap is not None:
        return True
    mention = pair.actuals[0]
    return not (mention.part.role == "result" and _is_activity(mention))


def _is_activity(mention: Mention) -> bool:
    """Held, issued, inspected, trained, recommended: work done, not an outcome."""
    words = [lexicon.verbs()[m.group()] for m in lexicon.verb_pattern().finditer(mention.left)]
    main = lexicon.verbs().get(mention.name.verb)
    return (main is not None and main.sense == "activity") or any(v.sense == "activity" for v in words[:1])
