"""The role of a figure read a second time, by the words and figures around it and by what the rules made of them.

How far each kind of rule is to be believed is learned from what the rules said of documents when they first met them,
before anyone had read those (``corpus/first_met.jsonl``): of documents that they were written with they are always
right. The model has its way where it is sure enough, in texts no longer than those it has learned from; its doubts
elsewhere make a row less sure (:mod:`indicators.learning.confidence`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from indicators.extract.model import Mention, Role
from indicators.learning import around, store
from indicators.learning.around import Said
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
_BY_MODE = "mode."


def _open_to_model(mention: Mention) -> bool:
    """Whether the model has a say in the role of this mention."""
    return mention.role in CLASS_OF and mention.rule != "column"


def rescore_roles(mentions: Sequence[Mention]) -> None:
    """Gives every mention, in place, the chances of its roles; overturns roles that are surely wrong.

    An overturned mention gets the rule ``model.roles`` and its chance as score. Does nothing without a model.
    """
    model = store.model("roles")
    if model is None:
        return
    read = list(role_features(mentions))
    may = sum(_in_running_text(mention) for mention, _ in read) <= model.settings["most"]
    for mention, features in read:
        chances = mention.chances = model.scorer(features)
        best = max(chances, key=lambda name: chances[name])
        now = CLASS_OF[mention.role]
        sure = best != now and chances[best] - chances[now] >= _needed(model.settings["margin"], mention, now, best)
        if sure and may and _in_running_text(mention):
            mention.role, mention.rule, mention.score = _ROLE_OF[best], MODEL_RULE, round(chances[best], 3)


def _in_running_text(mention: Mention) -> bool:
    """Cells have their part from headings, which the model does not see."""
    return mention.part.role == "prose"


def _needed(margins: Mapping[str, float], mention: Mention, now: str, best: str) -> float:
    """How far ahead another role must be: rules that are mostly right on what they never met stand firmer."""
    return margins.get(f"{said_of(mention).rule}:{now}>{best}", margins["*"])


def said_of(mention: Mention) -> Said:
    """What the rules made of a mention. Rules by the mode of the words so far are known each, others by family."""
    rule = mention.rule if mention.rule.startswith(_BY_MODE) else mention.rule.partition(".")[0]
    return Said(CLASS_OF[mention.role], rule)


def role_features(
    mentions: Sequence[Mention], said: Callable[[Mention], Said | None] = said_of
) -> Iterator[tuple[Mention, dict[str, float]]]:
    """The mentions that the model may decide on, each with its named features.

    ``said`` tells what the rules made of a mention; ``None`` leaves the features of that out.
    """
    own = [mention for mention in mentions if _open_to_model(mention)]
    told = {id(mention): one for mention in own if (one := said(mention)) is not None}
    around_it = zip(around.in_text(mentions, own), around.by_rules(own, told), strict=True)
    for mention, (in_text, by_rules) in zip(own, around_it, strict=True):
        yield mention, word_features(mention) | in_text | by_rules
