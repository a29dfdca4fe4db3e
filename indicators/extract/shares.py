"""Bare shares: rates of completion that no word calls so, known by where they stand."""

from __future__ import annotations

from indicators.extract import names
from indicators.extract.model import Mention
from indicators.extract.reading import Reading
from indicators.rulebook import phrase


def is_bare_rate(mention: Mention, separator: str, state: Reading) -> bool:
    """Whether a share that names nothing tells how much of a promise was done."""
    return (
        _bare_share_in_bracket(mention, separator, state)
        or _rate_of_pair(mention, separator, state)
        or _bare_share_beside(mention, separator, state)
    )


def _of_share(mention: Mention, state: Reading) -> bool:
    """12个照料站建设已完成9个（75%）: the share that told the first figure to be a promise."""
    last = state.last
    if last is None or last.sentence != mention.sentence:
        return False
    return any(m.rule == "target.of-share" for m in state.mentions.of_topic(last.topic))


def _rate_of_pair(mention: Mention, separator: str, state: Reading) -> bool:
    """完成比例居前的是：云山县86亿元、81%: the rate beside an amount, in a list whose label says what the rates are."""
    before = state.mentions[-1] if state.mentions else None
    if before is None or before.sentence != mention.sentence or before.role != "actual" or mention.left:
        return False
    if separator not in ("、", "，", ","):
        return False
    if mention.quantity.unit != "%" or before.quantity.unit in names.RATES or before.end + 1 != mention.start:
        return False
    text = mention.part.passage.text
    return phrase("figures", "amounts_with_rates").search(text, mention.sentence[0], before.start) is not None


def _bare_share_beside(mention: Mention, separator: str, state: Reading) -> bool:
    """搬迁42.3万人，84.6%: a bare share right behind an amount is of what was promised."""
    before = state.mentions[-1] if state.mentions else None
    if before is None or before.sentence != mention.sentence or before.role != "actual":
        return False
    if any(m.quantity.unit == "%" for m in (*state.seeds, *state.mentions.of_sentence(mention.sentence))):
        told = state.completion_seen is not None
        if state.seeds or not told:
            return False  # 调处率98% | 调处144起，98%: a rate was promised
    if mention.quantity.unit != "%" or mention.right or separator not in ("，", ",") or mention.quantity.bound:
        return False
    bare = before.end + 1 + len(mention.left) == mention.start and mention.left in ("", "只", "才")
    return bare and before.quantity.unit not in names.RATES and before.name.change is None


def _bare_share_in_bracket(mention: Mention, separator: str, state: Reading) -> bool:
    """国省道41亿元(93%) after sentences that told rates of completion: the same in short."""
    before = state.last
    done = (
        before is not None
        and before.sentence == mention.sentence
        and phrase("answers", "done_said").search(before.left) is not None
    )
    in_bracket = done and before is not None and before.in_bracket  # （完成200个，85%）
    in_cell = mention.part.role == "result" and done and before is not None and before.quantity.unit not in names.RATES
    return (
        mention.quantity.unit == "%"
        and not mention.left
        and not mention.right
        and (separator in ("（", "(") or (separator in ("，", ",") and in_bracket))
        and (
            state.completion_seen is not None
            or (state.rates_above and before is not None and before.sentence == mention.sentence)
            or in_cell
            or in_bracket
            or _of_share(mention, state)
        )
    )
