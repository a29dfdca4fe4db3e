"""The learned half: small scorers over named features that ride on the rules.

Each function leaves its input as it is where no weights are shipped for its step, or where the environment
variable ``INDICATORS_MODEL`` switches the step off (``none``: rules only; ``roles,links``: only these steps).
"""

from indicators.learning.confidence import calibrated
from indicators.learning.links import PairFacts, choose_pairs, pair_scorer
from indicators.learning.roles import rescore_roles

__all__ = ["PairFacts", "calibrated", "choose_pairs", "pair_scorer", "rescore_roles"]
