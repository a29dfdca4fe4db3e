"""The role of a figure read a second time, by the words around it alone.

The rules' own word, the neighbours' roles and the kind of document are kept from the model, so that it errs in other
places than the rules do. Where it is nearly sure that a promise was taken for an actual, or the other way round, it has
its way; everywhere else its doubts only make a row less sure (:mod:`indicators.learning.confidence`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indicators.extract.model import Mention, Role
from indicators.learning import store
from indicators.learning.words import word_features

CLASS_OF: dict[Role, str] = {
    "target": "target",
    "actual": "actual",
    "compare": "actual",
    "scope": "none",
    "other": "none",
    "baseline": "none",
    "denominator": "none",
}
"""The roles that the model may overturn, by the class it knows them under. Printed rates of completion, gaps and
ranks are told by their words and stay as they are; so does what the headings of a table of figures say."""
_ROLE_OF: dict[str, Role] = {"target": "target", "actual": "actual", "none": "other"}
MODEL_RULE = "model.roles"
_TAKEN_OVER = ("mode.", "answered")
"""Rules by which a figure has its role from what was said before it; where its own words gave it, they stand."""


def _open_to_model(mention: Mention) -> bool:
    """Whether the model has a say in the role of this mention."""
    return mention.role in CLASS_OF and mention.rule != "column"


def rescore_roles(mentions: Sequence[Mention]) -> None:
    """Gives every mention, in place, the chances that its words alone give it; overturns roles that are surely wrong.

    An overturned mention gets the rule ``model.roles`` and its chance as score. Does nothing without a model.
    """
    model = store.model("roles")
    if model is None:
        return
    needed = model.settings["margin"]
    for mention, features in role_features(mentions):
        chances = mention.by_words = model.scorer(features)
        best = max(chances, key=lambda name: chances[name])
        now = CLASS_OF[mention.role]
        sure = chances[best] - chances[now] >= needed.get(f"{now}>{best}", needed["*"])
        if best != now and sure and _may_be_overturned(mention) and not _promised_by_plan(mention, best):
            mention.role, mention.rule, mention.score = _ROLE_OF[best], MODEL_RULE, round(chances[best], 3)


def _may_be_overturned(mention: Mention) -> bool:
    """Cells have their part from headings, which the model does not see."""
    return mention.part.role == "prose" and mention.rule.startswith(_TAKEN_OVER)


def _promised_by_plan(mention: Mention, best: str) -> bool:
    """投资14亿元，增40% in a plan: what a section promises the words alone cannot take for told."""
    return mention.part.tense == "plan" and best == "actual" and mention.role == "target"


def role_features(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, dict[str, float]]]:
    """The mentions that the model may decide on, each with its named features."""
    for mention in mentions:
        if _open_to_model(mention):
            yield mention, word_features(mention)
