"""The learned half: small scorers over named features that ride on the rules.

Each function leaves its input as it is where no weights are shipped for its step, or where the environment
variable ``INDICATORS_MODEL`` switches the step off (``none``: rules only; ``roles,links``: only these steps).
"""

from indicators.learning.confidence import NOTHING, calibrated
from indicators.learning.documents import document_features
from indicators.learning.links import PairFacts, choose_pairs, pair_scorer
from indicators.learning.roles import rescore_roles

__all__ = [
    "NOTHING",
    "PairFacts",
    "calibrated",
    "choose_pairs",
    "document_features",
    "pair_scorer",
    "rescore_roles",
]
