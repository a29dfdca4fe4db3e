"""The learned half: three small scorers over named features that ride on the rules.

Each function leaves its input as it is where no weights are shipped for its step, or where the environment
variable ``INDICATORS_MODEL`` switches the step off (``none``: rules only; ``roles,links``: only these steps).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from indicators.learning.confidence import calibrated
    from indicators.learning.links import PairFacts, choose_pairs, pair_scorer
    from indicators.learning.roles import rescore_roles

__all__ = ["PairFacts", "calibrated", "choose_pairs", "pair_scorer", "rescore_roles"]

_LAZY = {
    "PairFacts": "links",
    "calibrated": "confidence",
    "choose_pairs": "links",
    "pair_scorer": "links",
    "rescore_roles": "roles",
}


def __getattr__(name: str) -> Any:
    # The command line imports indicators.learning.cli for --help and must pay for nothing else.
    if name in _LAZY:
        return getattr(import_module(f"indicators.learning.{_LAZY[name]}"), name)
    raise AttributeError(f"module 'indicators.learning' has no attribute {name!r}")
