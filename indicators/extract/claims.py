"""Clauses without figures that claim: 超额完成年度目标任务, 按时完成."""

from __future__ import annotations

from indicators.extract import lexicon
from indicators.extract.clauses import HARD, Frame
from indicators.extract.model import Mention
from indicators.tasks.model import Part


def note_claims(mentions: list[Mention], frame: Frame, part: Part) -> None:
    """A clause without figures that claims (超额完成年度目标任务) speaks of the figures in front of it."""
    for start, end in frame.clauses_without_figures():
        clause = frame.text[start:end]
        before = [m for m in mentions if m.end <= start and m.role in ("actual", "compare")]
        kept = next((cue for cue in lexicon.cues("claim_of_target") if cue.pattern.search(clause)), None)
        if kept is not None and part.role == "prose" and before and before[-1].rule == "mode.none":
            for mention in _with_siblings(before, before[-1:]):
                if not any(m.topic == mention.topic and m is not mention for m in mentions):
                    mention.role, mention.rule, mention.claim = "target", kept.id, kept.verdict
            continue
        cue = next((cue for cue in lexicon.cues("claim") if cue.pattern.search(clause)), None)
        if cue is None:
            continue
        after = [m for m in mentions if m.start >= end and m.role in ("actual", "compare")]
        chosen = before[-1:] or after[:1]
        for mention in _with_siblings(before, chosen):
            mention.claim = cue.verdict


def _with_siblings(before: list[Mention], chosen: list[Mention]) -> list[Mention]:
    """The mention that a claim follows, with those that a 、 ties to it."""
    if not chosen or not before:
        return chosen
    found = [chosen[0]]
    for mention in reversed(before[:-1]):
        between = mention.part.passage.text[mention.end : found[-1].start]
        if "、" not in between or any(c in HARD for c in between):
            break
        found.append(mention)
    return found
