"""How far the name of an indicator reaches: candidate windows beside the name that the rules built, with features.

Candidates are windows of what stands at hand, never words put together: the rules' own name shortened at one end, and
windows of the clause in front of the figure and of the clauses before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from indicators.extract import lexicon, names
from indicators.extract.model import Mention

_WALL = regex.compile(r"[，,；;：:。！？（）()、\s]")
_FIGURE_BEHIND = regex.compile(r"[\d.．,]+.{0,3}$")
_WORDS = regex.compile(
    r"年初|全年|今年|本年|去年|年底|月底|计划|目标|任务|预期|要|力争|实际|已|了|达到?|为|完成|实现|的"
)
_PLACE = regex.compile(r"(?:省|市|县|区|州|盟|旗|镇|乡|村|局|厅|委|办|院|公司|集团|园区|中心)$")
LONGEST = 24
"""Characters of a clause that are looked at, those nearest to the figure."""
_WINDOW = 16
_EARLIER = 3
"""Clauses of the sentence in front of the figure's own that are looked at."""
LEAST = 2


@dataclass(frozen=True, slots=True)
class Window:
    """A candidate: ``base[start:end]``, where ``base`` is the rules' name or a clause."""

    base: str
    start: int
    end: int
    source: str
    """rules (the name as it is), short (shortened), clause, before1, before2… (how many clauses in front)."""

    @property
    def text(self) -> str:
        """The name that it would give."""
        return self.base[self.start : self.end]


def extent_features(shown: str, lead: Mention, other: Mention | None) -> Iterator[tuple[Window, dict[str, float]]]:
    """Every candidate but ``shown``, the rules' own name, each once with its named features.

    ``other`` is the actual beside a target: what both clauses print is likelier the name.
    """
    common = _common(shown, lead, other)
    passage = lead.part.passage.text
    seen = {shown}
    for window in windows(shown, lead):
        text = window.text
        if text not in seen:
            seen.add(text)
            yield window, common | _of_window(window, shown, other) | {"printed": float(min(passage.count(text), 3))}


def windows(shown: str, lead: Mention) -> Iterator[Window]:
    """The candidates, the rules' own name first; the same text may come twice."""
    size = len(shown)
    yield Window(shown, 0, size, "rules")
    for start in range(1, size - LEAST + 1):
        yield Window(shown, start, size, "short")
    for end in range(LEAST, size):
        yield Window(shown, 0, end, "short")
    for back, clause in enumerate(_clauses(lead)):
        source = f"before{back}" if back else "clause"
        for end in sorted(_ends(clause)):
            for start in range(max(0, end - _WINDOW), end - LEAST + 1):
                yield Window(clause, start, end, source)


def _clauses(lead: Mention) -> Sequence[str]:
    """The clause in front of the figure, then those before it in its sentence, nearest first, without their figures."""
    told = lead.part.passage.text[lead.sentence[0] : max(lead.sentence[0], lead.start - len(lead.left))]
    before = [_FIGURE_BEHIND.sub("", clause)[-_WINDOW:] for clause in _WALL.split(told) if len(clause) >= LEAST]
    return [lead.left[-LONGEST:], *before[: -_EARLIER - 1 : -1]]


def _ends(clause: str) -> set[int]:
    """Where a name may end in a clause: at its end, before linking words, promise nouns, words of change, a verb."""
    bare = names.strip_tail(clause)
    unpromised = names.strip_tail(lexicon.promise_tail().cut(bare))
    unchanged, _, _ = names.split_change(unpromised, "%")
    found = {len(clause), len(bare), len(unpromised), len(unchanged)}
    if (verb := lexicon.verb_at_end().search(unpromised)) is not None:
        found.add(verb.start())
    return {end for end in found if end >= LEAST}


def _common(shown: str, lead: Mention, other: Mention | None) -> dict[str, float]:
    """What is told of the figure and of the rules' name, the same for all candidates."""
    return {
        f"role={lead.role}": 1.0,
        f"rule={lead.rule}": 1.0,
        f"part={lead.part.role}": 1.0,
        f"kind={lead.quantity.kind}": 1.0,
        f"unit={lead.quantity.unit}": 1.0,
        "answered": float(other is not None),
        "subject": float(bool(lead.name.subject)),
        "bare": float(not lead.left),
        "rules_length": min(len(shown), 30) / 10,
        "rules_unknown": float(bool(regex.search(r"[\d，,“”（）()]", shown))),
        f"rules_s1={shown[:1]}": 1.0,
        f"rules_s2={shown[:2]}": 1.0,
        f"rules_e1={shown[-1:]}": 1.0,
        f"rules_e2={shown[-2:]}": 1.0,
    }


def _of_window(window: Window, shown: str, other: Mention | None) -> dict[str, float]:
    text = window.text
    front, behind = window.base[: window.start], window.base[window.end :]
    found: dict[str, float] = {
        f"source={window.source}": 1.0,
        "length": min(len(text), 30) / 10,
        "longer": max(-20, min(20, len(text) - len(shown))) / 10,
        "inside": float(text in shown),
        "around": float(shown in text),
        f"s1={text[:1]}": 1.0,
        f"s2={text[:2]}": 1.0,
        f"e1={text[-1:]}": 1.0,
        f"e2={text[-2:]}": 1.0,
        f"cut={front[-1:]}|{text[:1]}": 1.0,
        f"{window.source}:front1={front[-1:]}": 1.0,
        f"{window.source}:front2={front[-2:]}": 1.0,
        f"behind1={behind[:1]}": 1.0,
        f"behind2={behind[:2]}": 1.0,
        "front_length": min(len(front), 12) / 4,
        "behind_length": min(len(behind), 12) / 4,
        "front_place": float(bool(_PLACE.search(front))),
        "front_words": float(bool(front) and not _WORDS.sub("", front)),
        "behind_words": float(bool(behind) and not _WORDS.sub("", behind)),
        "front_verb": float(bool(front) and names.ends_in_verb(front) != ""),
        "front_only_verbs": float(bool(front) and names.only_verbs(front)),
        "behind_verb": float(bool(behind) and names.only_verbs(behind)),
        "verb_in_front": float(lexicon.verb_at_start().match(text) is not None),
        "generic": float(names.is_generic(text)),
        "lead_left": float(names.strip_lead(text)[0] != text),
        "tail_left": float(names.strip_tail(text) != text),
        "level": float(names.level_of(text) is not None),
        "wall": float(_WALL.search(text) is not None),
    }
    if 0 < len(front) <= 6:
        found[f"front={front}"] = 1.0
    if 0 < len(behind) <= 6:
        found[f"behind={behind}"] = 1.0
    if other is not None:
        theirs = f"{other.name.text}|{other.left}"
        found["in_other"] = float(text in theirs)
        found["front_in_other"] = float(bool(front) and front[-2:] in theirs)
        found["behind_in_other"] = float(bool(behind) and behind[:2] in theirs)
        found["rules_in_other"] = float(shown in theirs)
    return found
