"""From a finished row back to its name and quantity, so that rows can be set against each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from indicators.extract import names
from indicators.extract.model import Mention, Name, Role
from indicators.quantities import find_periods, unit_kind
from indicators.quantities.periods import is_comparison
from indicators.schema.quantity import Bound, Period, Quantity
from indicators.schema.report import Assessment, Fact
from indicators.schema.source import Passage
from indicators.tasks.model import Part

_BRACKET = re.compile(r"[（(]([^（）()]*)[）)]")
_CLAUSE_END = re.compile(r"[，,；;。：:]")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of a row with its name taken apart."""

    mention: Mention
    fact: Fact
    brackets: frozenset[str]
    """What the name says in brackets (不含农户): names that differ there measure different things."""

    @property
    def name(self) -> Name:
        """The indicator, taken apart."""
        return self.mention.name


def unbracketed(indicator: str) -> str:
    """A name without what it says in brackets."""
    return _BRACKET.sub("", indicator)


def _name_of(assessment: Assessment, unit: str) -> Name:
    """The name of a row's indicator, its words of change told apart."""
    thing, change, word = names.split_change(unbracketed(assessment.indicator), unit)
    if len(thing) < 2:
        thing, change, word = assessment.indicator, None, ""
    return names.build(thing, change=change, word=word, context=thing)


def told(assessment: Assessment, fact: Fact, role: Role) -> Told:
    """``fact`` as a mention again; its passage is only the clause that the fact kept."""
    unit = fact.unit
    quantity = Quantity(
        text=fact.text,
        start=0,
        end=len(fact.text),
        low=_decimal(fact.low if fact.low is not None else fact.value),
        high=_decimal(fact.high if fact.high is not None else fact.value),
        unit=unit,
        kind=unit_kind(unit),
        bound=_bound(assessment, fact),
    )
    context = fact.context or assessment.indicator
    part = Part("prose", Passage(context, range(len(context))))
    mention = Mention(
        quantity=quantity,
        part=part,
        start=0,
        end=0,
        sentence=(0, len(context)),
        left="",
        right="",
        role=role,
        name=_name_of(assessment, unit),
    )
    return Told(mention, fact, frozenset(_BRACKET.findall(assessment.indicator)))


def _bound(assessment: Assessment, fact: Fact) -> Bound | None:
    return assessment.bound if fact is assessment.target else None


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(repr(value))


def figure(fact: Fact) -> Decimal | None:
    """The one figure of a fact; ``None`` for a range."""
    if fact.low is not None and fact.high is not None and fact.low != fact.high:
        return None
    for value in (fact.value, fact.low, fact.high):
        if value is not None:
            return Decimal(repr(value))
    return None


def _at(fact: Fact) -> int:
    """Where a fact stands in its clause; -1 where that cannot be told, since the same figure stands there twice."""
    if not fact.text:
        return -1
    found, at = -1, fact.context.find(fact.text)
    while at >= 0:
        if at == 0 or fact.context[at - 1] not in "0123456789.":
            if found >= 0:
                return -1
            found = at
        at = fact.context.find(fact.text, at + 1)
    return found


def before(fact: Fact) -> str:
    """The words of its sentence in front of a fact, as far as the fact kept them."""
    return fact.context[: max(_at(fact), 0)]


def own_clause(fact: Fact) -> str:
    """The clause that a fact stands in, up to the fact."""
    return _CLAUSE_END.split(before(fact))[-1]


def label(fact: Fact) -> str:
    """What a colon in front of a fact says its figures are of (污水厂二期：总体完成率90%)."""
    return before(fact).rpartition("：")[0].rpartition("；")[2].rpartition("。")[2]


def bare_clause(fact: Fact) -> str:
    """The clause in front of a fact without words of place and time."""
    return names.strip_lead(own_clause(fact))[0]


def _whole_clause(fact: Fact) -> str:
    """The clause that a fact stands in, the fact itself left out."""
    at = _at(fact)
    behind = fact.context[at + len(fact.text) :] if at >= 0 else ""
    return own_clause(fact) + _CLAUSE_END.split(behind)[0]


def is_named(fact: Fact, core: str) -> bool:
    """Whether the clause of a figure itself prints what it measures, so that no name was lent by its neighbours."""
    clause = names.core_of(_whole_clause(fact))
    return all(core[i : i + 2] in clause for i in range(len(core) - 1))


def period_of(fact: Fact, year: int | None) -> Period | None:
    """The period that governs a fact in its sentence; ``None`` where none is told."""
    found = [p for p in find_periods(before(fact), year=year) if not is_comparison(p)]
    return found[-1] if found else None
