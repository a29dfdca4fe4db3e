"""Sets the rows of a report against each other: one indicator with two figures, one promise with two targets."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import regex

from indicators.judging import recall
from indicators.judging.audit import audit
from indicators.judging.conflict import Conflict, Place
from indicators.judging.recall import Told
from indicators.judging.sections import Sections
from indicators.linking.similarity import alike
from indicators.linking.why import NEARER
from indicators.quantities import comparable, convert
from indicators.rulebook import phrase
from indicators.schema.quantity import Period
from indicators.schema.report import Assessment, Fact, Flag, Report

_CORE_CHARS = 4
"""Shorter names (投资, 产值) stand for many things in one report."""
_ENDING = 4
_SAME_PROMISE = 0.8
_MOST = 100
"""Figures of one name, or promises of one task, that are set against one another at most: of more, the first."""
_NUMBER = regex.compile(r"\d[\d,，]*(?:\.(?P<decimals>\d+))?\s*(?P<scale>万亿|千亿|百亿|亿|千万|百万|万|千)?")
_SCALES = {
    "万亿": 12, "千亿": 11, "百亿": 10, "亿": 8, "千万": 7, "百万": 6, "万": 4, "千": 3,
}  # fmt: skip
_KEPT_ALONE: frozenset[Flag] = frozenset({"summed", "counted", "forecast", "derived"})


@dataclass(frozen=True, slots=True)
class _Entry:
    place: Place
    told: Told
    when: str
    side: Literal["target", "actual"]

    @property
    def fact(self) -> Fact:
        return self.told.fact


def cross_check(report: Report) -> Report:
    """``report`` with ``figure_conflict`` and ``target_drift`` in the flags of the rows concerned, and its findings."""
    conflicts = [*_figure_conflicts(report), *_target_drifts(report)]
    notes: dict[Place, list[tuple[Flag, str]]] = defaultdict(list)
    for conflict in conflicts:
        for place in (conflict.first, conflict.second):
            notes[place].append((conflict.flag, conflict.note))
    if notes:
        tasks = [
            task.model_copy(
                update={"assessments": [_flagged(a, notes.get((t, i), ())) for i, a in enumerate(task.assessments)]}
            )
            for t, task in enumerate(report.tasks)
        ]
        report = report.model_copy(update={"tasks": tasks})
    return report.model_copy(update={"findings": audit(report, conflicts)})


def _flagged(assessment: Assessment, notes: Sequence[tuple[Flag, str]]) -> Assessment:
    if not notes:
        return assessment
    flags = list(assessment.flags)
    for flag, _ in notes:
        if flag not in flags:
            flags.append(flag)
    reason = assessment.reason
    notes = [(flag, note) for flag, note in notes if note not in reason]
    if not notes:
        return assessment.model_copy(update={"flags": flags})
    end = "。" if reason.endswith("。") else ""
    told = "；".join(dict.fromkeys(note for _, note in notes))
    return assessment.model_copy(update={"flags": flags, "reason": f"{reason.removesuffix('。')}（{told}）{end}"})


def _figure_conflicts(report: Report) -> Iterator[Conflict]:
    """Pairs of rows whose actuals tell one indicator, level, stage and period with different figures."""
    entries = list(_entries(report, "actual"))
    groups: dict[object, list[_Entry]] = defaultdict(list)
    for entry in entries:
        groups[(entry.told.name.core, _sense(entry))].append(entry)
    seen: set[frozenset[Place]] = set()
    for first, second in itertools.chain(_within(groups.values()), _passed_over(report, entries)):
        places = frozenset((first.place, second.place))
        if places not in seen:
            seen.add(places)
            note = f"同一指标前后不一：一处为{first.fact.text}，一处为{second.fact.text}"
            yield Conflict("figure_conflict", first.place, second.place, note)


def _sense(entry: _Entry) -> tuple[object, ...]:
    name = entry.told.name
    return (name.level, name.stage, name.flow, name.change, entry.told.brackets, entry.when)


def _within(groups: Iterable[list[_Entry]]) -> Iterator[tuple[_Entry, _Entry]]:
    """The first contradiction of every group of figures with one name."""
    for group in groups:
        for first, second in _pairs(group[:_MOST]):
            if _contradict(first, second, first.told.name.core):
                yield first, second
                break


def _pairs(group: Sequence[_Entry]) -> Iterator[tuple[_Entry, _Entry]]:
    """Pairs of one name in reading order; a short name carries a conflict only within a task, or printed in full."""
    if len(group[0].told.name.core) >= _CORE_CHARS:
        yield from itertools.combinations(group, 2)
        return
    kin: dict[object, list[int]] = defaultdict(list)
    for at, entry in enumerate(group):
        for key in _kin(entry):
            kin[key].append(at)
    for at, entry in enumerate(group):
        for other in sorted({place for key in _kin(entry) for place in kin[key] if place > at}):
            yield entry, group[other]


def _kin(entry: _Entry) -> list[object]:
    """What a figure with a short name must share with another one: its task, or a longer printed name."""
    printed = entry.told.name.text
    return [entry.place[0], printed] if len(printed) > _CORE_CHARS else [entry.place[0]]


def _passed_over(report: Report, entries: Sequence[_Entry]) -> Iterator[tuple[_Entry, _Entry]]:
    """An actual that could have answered a target as well as the one that did, and tells another figure."""
    by_span = {entry.fact.spans[0]: entry for entry in entries if entry.fact.spans}
    for entry in entries:
        assessment = report.tasks[entry.place[0]].assessments[entry.place[1]]
        if assessment.target is None:
            continue
        for rival in assessment.rivals:
            if rival.why != NEARER or rival.score < _SAME_PROMISE or rival.start is None or rival.end is None:
                continue
            other = by_span.get((rival.start, rival.end))
            if (
                other is not None
                and _sense(entry)[-3:] == _sense(other)[-3:]
                and _contradict(entry, other, other.told.name.core)
            ):
                yield entry, other
                break


def _target_drifts(report: Report) -> Iterator[Conflict]:
    """Pairs of rows in which one task sets the same promise for the year at two figures."""
    by_task: dict[int, list[_Entry]] = defaultdict(list)
    for entry in _entries(report, "target"):
        by_task[entry.place[0]].append(entry)
    for group in by_task.values():
        for i, first in enumerate(group):
            second = next((e for e in group[i + 1 : i + _MOST] if _drift(report, first, e)), None)
            if second is not None:
                note = f"同一目标前后不一：一处为{first.fact.text}，一处为{second.fact.text}"
                yield Conflict("target_drift", first.place, second.place, note)
                break


def _entries(report: Report, side: Literal["target", "actual"]) -> Iterator[_Entry]:
    """The figures that may clash with another one, names taken apart; those of most rows cannot."""
    year = int(report.as_of[:4]) if report.as_of else None
    sections = Sections(report)
    for place, assessment, fact in _worth_a_look(report, side):
        found = recall.told(assessment, fact, side)
        if len(found.name.core) >= 2:
            when = sections.of(fact) + _when(recall.period_of(fact, year), report, year)
            yield _Entry(place, found, when, side)


def _worth_a_look(report: Report, side: Literal["target", "actual"]) -> Iterator[tuple[Place, Assessment, Fact]]:
    """Figures whose name ends like another's: taking names apart costs more than all else here."""
    kept: dict[object, list[tuple[Place, Assessment, Fact]]] = defaultdict(list)
    for t, task in enumerate(report.tasks):
        for i, assessment in enumerate(task.assessments):
            fact = assessment.actual if side == "actual" else assessment.target
            if fact is None or recall.figure(fact) is None or set(assessment.flags) & _KEPT_ALONE:
                continue
            if side == "actual":
                clause = recall.own_clause(fact)
                # 1334万人参保: whose count it is stands elsewhere.
                if assessment.kind == "milestone" or not clause or phrase("audit", "part").search(clause):
                    continue
            ending = recall.unbracketed(assessment.indicator)[-_ENDING:]
            kept[ending if side == "actual" else (t, ending)].append(((t, i), assessment, fact))
    found = [row for rows in kept.values() if len(rows) > 1 for row in rows]
    yield from sorted(found, key=lambda row: row[0])


def _when(period: Period | None, report: Report, year: int | None) -> str:
    """The period of a figure; "" where it is that of the report."""
    if period is None or period.relative in ("this_year", "to_date"):
        return ""
    if report.as_of and period.last and (period.first or "").startswith(str(year)):
        whole = period.kind in ("year", "until") or period.cumulative
        if whole and report.as_of.startswith(period.last[:7]):
            return ""
    return period.iso or period.relative or period.text


def _contradict(a: _Entry, b: _Entry, core: str) -> bool:
    if not comparable(a.fact.unit, b.fact.unit) or _spans(a) & _spans(b):
        return False
    # In one sentence two figures of one name are as a rule two things, the second name left out.
    if a.fact.text in b.fact.context or b.fact.text in a.fact.context:
        return False
    if recall.label(a.fact) != recall.label(b.fact):
        return False
    if not all(recall.is_named(e.fact, core) for e in (a, b)) and not _same_words(a, b):
        return False
    return not _agree(a.fact, b.fact)


def _same_words(a: _Entry, b: _Entry) -> bool:
    """签约1187户……截至目前共签约1178户: one task, one verb, the thing left out both times."""
    words = [phrase("audit", "total").sub("", recall.bare_clause(e.fact)) for e in (a, b)]
    return a.place[0] == b.place[0] and len(words[0]) >= 2 and words[0] == words[1]


def _spans(entry: _Entry) -> set[tuple[int, int]]:
    return set(entry.fact.spans)


def _agree(a: Fact, b: Fact) -> bool:
    """Whether two printed figures may be one: equal, rounded, or told with 多, 近, 超."""
    x, y = recall.figure(a), recall.figure(b)
    # Ranges were left out before names were taken apart.
    assert x is not None
    assert y is not None
    if a.unit and b.unit:
        y = convert(y, b.unit, a.unit)
    if x == y:
        return True
    slack = max(_step(a), _step(b))
    if phrase("verdicts", "vague").search(a.text) or phrase("verdicts", "vague").search(b.text):
        slack = max(slack, max(abs(x), abs(y)) / 10)
    return abs(x - y) <= slack


def _step(fact: Fact) -> Decimal:
    """The worth of the last printed digit: 1.31万 is told to the hundred."""
    match = _NUMBER.search(fact.text)
    if match is None:
        return Decimal(0)
    scale = _SCALES.get(match.group("scale") or "", 0)
    return Decimal(10) ** (scale - len(match.group("decimals") or "")) if scale else Decimal(0)


def _drift(report: Report, a: _Entry, b: _Entry) -> bool:
    if not comparable(a.fact.unit, b.fact.unit) or _agree(a.fact, b.fact):
        return False
    x, y = a.told.name, b.told.name
    if (x.level, x.stage, x.flow, x.change) != (y.level, y.stage, y.flow, y.change):
        return False
    if a.told.brackets != b.told.brackets or alike(x.core, y.core) < _SAME_PROMISE:
        return False
    # 增长5%，力争6%: one breath, two marks.
    if a.fact.text in b.fact.context or b.fact.text in a.fact.context:
        return False
    kinds = {report.tasks[e.place[0]].assessments[e.place[1]].kind for e in (a, b)}
    if kinds == {"headline"}:
        named = recall.is_named(a.fact, x.core) and recall.is_named(b.fact, y.core)
        again = any(phrase("audit", "restated").search(recall.before(e.fact)) for e in (a, b))
        return (
            again
            and named
            and x.core == y.core
            and not any(phrase("audit", "within_year").search(recall.before(e.fact)) for e in (a, b))
        )
    if kinds == {"milestone"}:
        return False
    line = next(e for e in (a, b) if report.tasks[e.place[0]].assessments[e.place[1]].kind == "milestone")
    words = recall.before(line.fact)
    return bool(phrase("audit", "closing").search(words)) and not phrase("audit", "within_year").search(words)
