"""How sure a row is: the share of rows like it that were right in documents the model had not seen."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol

from indicators.extract.model import Mention
from indicators.learning import store
from indicators.learning.links import times
from indicators.learning.scorers import Steps
from indicators.schema.report import Verdict

_TIMES = re.compile(r"一季度|二季度|三季度|四季度|上半年|全年|年底|去年|上年|明年|力争|预计|其中|累计|\d月")
_ODD_NAME = re.compile(r"[\d，,。；;：:（）()]|^(?:的|在|为|是|和|与|了|其中)|(?:的|为|是|比|占|较)$")
LOWEST, HIGHEST = 0.01, 0.99
NOTHING: Mapping[str, float] = MappingProxyType({})


class Weighed(Protocol):
    """An actual that was weighed for a target."""

    @property
    def score(self) -> float: ...


class Row(Protocol):
    """What is read of a pair: :class:`indicators.linking.model.Pair` fits."""

    target: Mention | None
    actuals: list[Mention]
    score: float
    how: str
    completion: float | None
    gap: Mention | None
    claim: Verdict | None
    milestone: bool
    stated_by: Mention | None

    @property
    def rivals(self) -> Sequence[Weighed]: ...


def calibrated(
    row: Row, verdict: str | None, rules: float, *, flags: Sequence[str] = (), document: Mapping[str, float] = NOTHING
) -> float:
    """The chance, 0.01..0.99, that the row is right; ``rules``, the rules' own estimate, where no model is shipped.

    ``document`` holds the features that all rows of the document share:
    :func:`indicators.learning.documents.document_features`.
    """
    model = store.model("confidence")
    if model is None:
        return rules
    raw = model.scorer({**row_features(row, verdict, rules, flags=flags), **document})["right"]
    curve = model.settings["curve"]
    return round(max(LOWEST, min(HIGHEST, Steps(curve["edges"], curve["values"])(raw))), 3)


def row_features(row: Row, verdict: str | None, rules: float, *, flags: Sequence[str] = ()) -> dict[str, float]:
    """Named features of one row."""
    target, actual = row.target, row.actuals[0] if row.actuals else None
    shape = f"{'target' if target else ''}+{'actual' if actual else ''}"
    if target is None and (row.completion is not None or row.gap is not None or row.claim):
        shape = f"stated{shape}"
    best = row.rivals[0].score if row.rivals else 0.0
    found: dict[str, float] = {
        "rules": rules,
        f"shape={shape}": 1.0,
        f"how={row.how}": 1.0,
        f"verdict={verdict}": 1.0,
        f"shape_verdict={shape}:{verdict}": 1.0,
        "link_score": row.score,
        "best_rival": best,
        "margin": row.score - best,
        "rivals": float(min(len(row.rivals), 5)),
        "milestone": float(row.milestone),
        "completion": float(row.completion is not None),
        "gap": float(row.gap is not None),
        f"claim={row.claim}": 1.0,
        "parts": float(len(row.actuals)),
    }
    for flag in flags:
        found[f"flag={flag}"] = 1.0
    for side, mention in (("target", target), ("actual", actual)):
        if mention is not None:
            _mention(found, side, mention)
    if target is not None and actual is not None:
        _together(found, target, actual)
    lead = target or actual or row.gap or row.stated_by
    if lead is not None:
        found[f"form={lead.part.role}:{shape}"] = 1.0
        name = lead.name.text
        found["name_length"] = min(len(name), 30) / 10
        found["odd_name"] = float(bool(_ODD_NAME.search(name)) or not name)
        found["subject"] = float(bool(lead.name.subject))
        found["distributed"] = float(bool(lead.distributed))
    return found


def _mention(found: dict[str, float], side: str, mention: Mention) -> None:
    quantity = mention.quantity
    start, end = mention.sentence
    found[f"{side}_score"] = mention.score
    found[f"{side}_rule={mention.rule}"] = 1.0
    found[f"{side}_part={mention.part.role}"] = 1.0
    found[f"{side}_kind={quantity.kind}"] = 1.0
    found[f"{side}_unit={quantity.unit}"] = 1.0
    found[f"{side}_bound={quantity.bound}"] = 1.0
    found[f"{side}_change={mention.name.change}"] = 1.0
    found[f"{side}_tense={mention.part.tense}"] = 1.0
    found[f"{side}_approximate"] = float(quantity.approximate)
    found[f"{side}_bare"] = float(not mention.left)
    found[f"{side}_core"] = min(len(mention.name.core), 20) / 10
    found[f"{side}_sentence"] = min(end - start, 200) / 50
    found[f"{side}_place"] = (mention.start - start) / max(1, end - start)
    found[f"{side}_whole"] = float(mention.whole)
    found[f"{side}_forecast"] = float(mention.forecast)
    found[f"{side}_l1={mention.left[-1:]}"] = 1.0
    found[f"{side}_r1={mention.right[:1]}"] = 1.0
    found[f"{side}_end={mention.name.core[-1:]}"] = 1.0
    found[f"{side}_end2={mention.name.core[-2:]}"] = 1.0
    found[f"{side}_stage={mention.name.stage}"] = 1.0
    found[f"{side}_verb={mention.name.verb}"] = 1.0
    _second_reading(found, side, mention)
    for at, word in _times_told(mention.part.passage.text, start, end):
        if at > mention.start:
            break
        found[f"{side}_time={word}"] = 1.0


def _second_reading(found: dict[str, float], side: str, mention: Mention) -> None:
    """How likely the second reading makes the figure what the row takes it for, and how likely the other side."""
    chances = mention.chances
    if chances is not None:
        found[f"{side}_chance"] = chances[side]
        found[f"{side}_chance_other"] = chances["actual" if side == "target" else "target"]
    else:
        found[f"{side}_no_chance"] = 1.0


@lru_cache(maxsize=8)
def _times_told(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """The words of time in a sentence, each with where it ends; every figure of the sentence asks for them."""
    return [(match.end(), match.group()) for match in _TIMES.finditer(text, start, end)]


def _together(found: dict[str, float], target: Mention, actual: Mention) -> None:
    same_part = actual.part is target.part
    found["same_part"] = float(same_part)
    found["same_sentence"] = float(same_part and actual.sentence == target.sentence)
    found["same_topic"] = float(same_part and actual.topic == target.topic)
    found["same_unit"] = float(actual.quantity.unit == target.quantity.unit)
    found[f"times={times(target, actual)}"] = 1.0
    found["same_name"] = float(actual.name.text == target.name.text)
    found["far"] = math.log1p(min(abs(actual.span[0] - target.span[0]), 20000))
    a, b = float(actual.quantity.value or 0), float(target.quantity.value or 0)
    if a > 0 and b > 0:
        found["off_by"] = min(4.0, abs(math.log(a / b)))
        found["log_ratio"] = max(-4.0, min(4.0, math.log(a / b)))
    else:
        found["no_ratio"] = 1.0
