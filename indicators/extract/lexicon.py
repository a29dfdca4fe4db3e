"""The lexicons of ``rules/`` compiled once: words, cues and name parts that the extraction reads by.

Lists of words are compiled by ``re``, which tells by its first character that no word begins at a place: five to ten
times as fast with the verbs. Written patterns need ``regex``, for ``\\p{Han}`` and look-behinds of no fixed width.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import Any, Literal

import regex

from indicators import rulebook
from indicators.extract.endings import AtEnd, Pattern, Words, alternation, at_end, last_of
from indicators.schema.report import Verdict
from indicators.sieve import Rare, Sieve

_IN_FRONT, _BEHIND = ("before", "around", "joined", "bracket"), ("after", "whole")
"""Where cues stand beside their figure."""
_NEAR = 128
"""Answers kept: the steps to a figure's role ask for the same cue of the same words in turn."""
_BLANKS = " \t\n\r\u3000\xa0"
Form = Literal[
    "", "noun-behind", "noun-ahead", "against", "whole", "names-promise", "names-nothing", "subject", "bounds-share",
    "arranges", "of-promise", "rate-noun", "short", "than-others", "behind", "for-each",
]  # fmt: skip


@dataclass(frozen=True)
class Cue:
    """A cue of ``rules/cues.toml``."""

    id: str
    section: str
    source: str
    where: str
    spread: str = ""
    """How far the cue governs what follows: ``sentence``, ``clause`` (up to a semicolon), or not at all."""
    whole: bool = False
    units: tuple[str, ...] = ()
    verdict: Verdict | None = None
    form: Form = ""
    """How the words stand to the figure, where that settles more than its role (the head of ``rules/cues.toml``)."""
    ahead: bool = False
    """Only where the section does not look back."""
    back: bool = False
    """Only where the section does not promise."""

    @cached_property
    def pattern(self) -> Pattern:
        """The cue's words, compiled when a text may hold them for the first time."""
        return regex.compile(self.source)

    def fits(self, unit: str) -> bool:
        """Whether the cue speaks of figures with this unit."""
        return not self.units or unit in self.units


@dataclass(frozen=True, slots=True)
class Verb:
    """What a verb of ``rules/words.toml`` says."""

    word: str
    sense: str
    flow: str | None
    stage: str | None


def _any_word(section: str) -> str:
    """A regex alternation of the words of a section of ``rules/words.toml``."""
    return alternation(rulebook.words("words", section))


@cache
def cues(section: str) -> tuple[Cue, ...]:
    """The cues of one section, in file order."""
    return tuple(_cue(section, rule) for rule in rulebook.load("cues").get(section, []))


@cache
def _forms() -> dict[str, Form]:
    return {cue.id: cue.form for section in rulebook.load("cues") for cue in cues(section) if cue.form}


def form_of(rule: str) -> Form:
    """How the words of the rule ``target.promise-behind`` stand to their figure; nothing where that settles no more."""
    return _forms().get(rule, "")


@cache
def _sieved(section: str) -> tuple[tuple[Cue, ...], Sieve]:
    found = cues(section)
    return found, Sieve(cue.source for cue in found)


def cues_in(section: str, text: str) -> list[Cue]:
    """The cues of a section that may stand in ``text``: it holds their words."""
    found, sieve = _sieved(section)
    return [found[place] for place in sieve.held(text)]


@cache
def _beside(*, behind: bool) -> tuple[list[Cue], Sieve]:
    """The cues of all sections that govern nothing and stand in front of a figure, or behind it."""
    every = (cue for section in rulebook.load("cues") for cue in cues(section))
    found = [cue for cue in every if not cue.spread and cue.where in (_BEHIND if behind else _IN_FRONT)]
    return found, Sieve(cue.source for cue in found)


@lru_cache(maxsize=_NEAR)
def _cues_in_front(text: str) -> dict[tuple[str, str], list[Cue]]:
    """The cues that the words in front of a figure may hold, by section and place."""
    return _cues_beside(text, behind=False)


@lru_cache(maxsize=_NEAR)
def _cues_behind(text: str) -> dict[tuple[str, str], list[Cue]]:
    """The cues that the words behind a figure may hold, by section and place."""
    return _cues_beside(text, behind=True)


def _cues_beside(text: str, *, behind: bool) -> dict[tuple[str, str], list[Cue]]:
    every, sieve = _beside(behind=behind)
    found: dict[tuple[str, str], list[Cue]] = {}
    for place in sieve.held(text):
        cue = every[place]
        found.setdefault((cue.section, cue.where), []).append(cue)
    return found


def cue_in(section: str, text: str, unit: str, where: str) -> Cue | None:
    """The first cue of a section that stands ``where`` to a figure with this unit, governing nothing behind it."""
    held = (_cues_behind if where in _BEHIND else _cues_in_front)(text).get((section, where))
    if held is None:
        return None  # nearly every text
    return next((cue for cue in held if cue.fits(unit) and cue.pattern.search(text)), None)


@cache
def _governing(tense: str | None) -> tuple[tuple[Cue, ...], Sieve]:
    """The cues that govern what follows them, in a part of the report that looks ahead or back."""
    unfit = {"review": "ahead", "plan": "back"}.get(tense or "", "")
    every = (cue for section in ("target", "actual") for cue in cues(section))
    found = tuple(cue for cue in every if cue.spread and not (unfit and getattr(cue, unfit)))
    return found, Sieve(cue.source for cue in found)


def governing_in(text: str, tense: str | None) -> list[Cue]:
    """The cues in ``text`` that govern what follows them, those of promises first."""
    found, sieve = _governing(tense)
    return [found[place] for place in sieve.held(text)]


def _cue(section: str, rule: dict[str, Any]) -> Cue:
    whole = rule.get("whole", False)
    source = f"^(?:{rule['pattern']})$" if whole else rule["pattern"]
    spread = rule.get("spread", "")
    return Cue(
        id=f"{section}.{rule['id']}",
        section=section,
        source=source,
        where=rule["where"],
        spread=spread,
        whole=whole,
        units=tuple(rule.get("unit", ())),
        verdict=rule.get("verdict"),
        form=rule.get("form", ""),
        ahead=rule.get("ahead", False),
        back=rule.get("back", False),
    )


_NEW = "新"
_ASPECT = "了过"
"""Particles of what is over, behind a verb."""
_STEPS = frozenset({"sign", "start", "operate"})
"""Steps short of the finish that 新 leaves as they are; 新建 and 新认定 name the adding itself."""


@cache
def verbs() -> dict[str, Verb]:
    """Every verb by its word; where two rules name one, the first that gives it a stage or flow wins."""
    found: dict[str, Verb] = {}
    for rule in rulebook.load("words")["verb"]:
        for word in rule["words"]:
            verb = Verb(word, rule["sense"], rule.get("flow"), rule.get("stage"))
            old = found.get(word)
            if old is None or (old.stage is None and old.flow is None and (verb.stage or verb.flow)):
                found[word] = verb
    for word, verb in found.items():
        base = found.get(word.removeprefix(_NEW))
        if verb.stage is None and base is not None and base.stage in _STEPS:
            found[word] = replace(verb, stage=base.stage)  # 新开工 is a flow, and a start all the same
    return found


def verb_said(text: str) -> Verb | None:
    """The verb that ``text`` is, with 了 or 过 behind it."""
    return verbs().get(text.rstrip(_ASPECT))


@cache
def verb_pattern() -> Words:
    """Any verb, the longest first."""
    return re.compile(alternation(verbs()))


@cache
def verb_at_end() -> AtEnd:
    """A verb at the end of a text, with 了 or 过 behind it."""
    endings = rulebook.words("words", "verb_ending")
    return at_end(f"(?P<verb>{alternation(verbs())})(?:{alternation(endings)})?$", verbs(), endings)


@cache
def verb_at_start() -> Words:
    """A verb at the start of a text, adverbs in front of it allowed."""
    return re.compile(f"^(?:{_any_word('verb_opening')})*(?P<verb>{alternation(verbs())})")


@cache
def lead_pattern() -> Words:
    """One word at the front of a name that says where, when or how."""
    return re.compile(f"^(?:{_any_word('lead')}|[，,、；;。:：\\s])")


@cache
def cause_words() -> frozenset[str]:
    """Verbs at the front that only push what is measured."""
    return frozenset(word for rule in rulebook.load("words")["lead"] if rule["id"] == "cause" for word in rule["words"])


@cache
def tail_pattern() -> AtEnd:
    """One linking word at the end of a name."""
    return at_end(f"(?:{_any_word('tail')}|[{_BLANKS}])$", [*rulebook.words("words", "tail"), *_BLANKS])


@cache
def generic_names() -> frozenset[str]:
    """Attributes that borrow their thing from the name before."""
    return frozenset(rulebook.words("words", "generic"))


@cache
def promise_nouns() -> frozenset[str]:
    """Nouns for a promise."""
    return frozenset(rulebook.words("words", "promise"))


@cache
def promise_tail() -> AtEnd:
    """A noun for the promise at the end of a name, with what qualifies it."""
    nouns, particles = rulebook.words("words", "promise"), rulebook.words("words", "promise_particle")
    noun, particle = alternation(nouns), alternation(particles)
    pattern = f"(?:(?:{_any_word('promise_qualifier')}|{noun})*(?:{noun})(?:{particle})*)$"
    return at_end(pattern, nouns, particles, repeated=True)


@cache
def change_words() -> dict[str, str]:
    """Change words with the sign of the change."""
    return {word: rule["sign"] for rule in rulebook.load("names")["change"] for word in rule["words"]}


@cache
def plain_changes() -> frozenset[str]:
    """Change words that tell a change only where nothing but a comparison stands in front: 掉4个百分点."""
    return frozenset(word for rule in rulebook.load("names")["change"] if rule.get("alone") for word in rule["words"])


@cache
def change_at_end() -> AtEnd:
    """A change word at the end of a text, with what it is compared to."""
    words, particles = change_words(), rulebook.words("words", "change_particle")
    base = rulebook.source("names", "change_base")
    pattern = f"(?P<base>(?:{base})*)(?P<word>{alternation(words)})(?:{alternation(particles)})*$"
    return AtEnd(regex.compile(pattern), last_of(words, particles))


@cache
def levels() -> tuple[tuple[str, Pattern], ...]:
    """Level ids with their patterns, the joint levels first."""
    found = []
    for rule in rulebook.load("names")["level"]:
        parts = [alternation(rule["words"])] + ([rule["pattern"]] if "pattern" in rule else [])
        found.append((rule["id"], regex.compile("|".join(parts))))
    return tuple(sorted(found, key=lambda item: item[0] != "provincial-municipal"))


@cache
def aliases() -> tuple[tuple[Pattern, str], ...]:
    """Patterns of words that mean the same, each with the one that stands for all."""
    found = []
    for rule in rulebook.load("names")["alias"]:
        words = rule["words"]
        shortest = min(words, key=len)
        patterns = [alternation(words), *([rule["pattern"]] if "pattern" in rule else [])]
        found.append((regex.compile("|".join(patterns)), shortest))
    return tuple(found)


@cache
def _any_level() -> tuple[Words, Rare | None]:
    """The words of all levels, and the patterns written beside them."""
    patterns = [rule["pattern"] for rule in rulebook.load("names")["level"] if "pattern" in rule]
    written = Rare(patterns) if patterns else None
    return re.compile(alternation(rulebook.words("names", "level"))), written


def holds_level(text: str) -> bool:
    """What holds no word of :func:`levels` is told apart by one search instead of one for each."""
    words, patterns = _any_level()
    return words.search(text) is not None or (patterns is not None and patterns.search(text) is not None)


@cache
def any_alias() -> Rare:
    """What holds no word of :func:`aliases` is told apart by one search instead of one for each."""
    return Rare([pattern.pattern for pattern, _ in aliases()])


@cache
def units_of(section: str) -> frozenset[str]:
    """The units that a section of ``rules/words.toml`` lists: of tasks, of stretches of a year, of times."""
    return frozenset(rulebook.words("words", section))


@cache
def inert_units() -> frozenset[str]:
    """Units of counts that are no indicators: 届, 周年."""
    return frozenset(rulebook.words("words", "inert"))


@cache
def inert_follower() -> Words:
    """What follows a number that is part of a name: 1#厂房, 六次会议."""
    after = {word for rule in rulebook.load("words")["inert"] for word in rule.get("after", [])}
    return re.compile(alternation(after))


@cache
def set_against_tail() -> Pattern:
    """What sets a figure against a promise, at the end of a name: 低于省里, 是年初."""
    verb, whose = rulebook.source("names", "set_against_verb"), rulebook.source("names", "set_against_whose")
    return regex.compile(f"(?:{verb})?(?:{whose})*$")


@cache
def promise_said() -> Rare:
    """Plain words for a promise right in front of its figure, with a word of change: 喊的是, 定的调子是涨."""
    opening, ending = rulebook.source("names", "said_change_opening"), rulebook.source("names", "said_change_ending")
    changed = f"(?:{opening})*(?:{alternation(change_words())})(?:{ending})?"
    said = [rule["pattern"] for rule in rulebook.load("names")["promise_said"]]
    return Rare(said, behind=f"(?P<moves>{changed})?$")


@cache
def total_noun() -> Words:
    """Nouns whose count is the scope of a report: 132项任务."""
    return re.compile(f"^(?:{_any_word('total_kind')})*(?:{_any_word('total')})")


@cache
def whole_words() -> frozenset[str]:
    """Words whose last character looks like a linking word (签约)."""
    return frozenset(rulebook.words("words", "whole"))


@cache
def only_verbs() -> Words:
    """A text made of verbs alone: 主体完工, 交付入住."""
    return re.compile(f"(?:{alternation(verbs())}|{_any_word('verb_beside')})+")


@cache
def self_named() -> frozenset[str]:
    """Verbs with their thing inside them: 减贫, 造林."""
    return frozenset(rulebook.words("words", "self_named"))


@cache
def unsplit() -> Words:
    """Openings that no lead word may be taken from (实施, 能源), the longest first."""
    return re.compile(_any_word("unsplit"))
