"""Targets of a plan, or of an earlier report, answered by a later report."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from indicators.comparing.drift import drifted, same_figure
from indicators.comparing.match import Answer, basis, best_answers, restatements
from indicators.comparing.years import Told, Years
from indicators.extract.model import Mention
from indicators.judging.assess import assess
from indicators.judging.audit import audit
from indicators.judging.tasks import tasks_of
from indicators.learning import document_features
from indicators.linking.model import Candidate, Pair
from indicators.linking.similarity import alike
from indicators.pipeline import find_pairs
from indicators.rulebook import phrase
from indicators.schema.report import Assessment, Report, Task
from indicators.schema.source import Source
from indicators.tasks.build import find_tasks
from indicators.tasks.model import Context, TaskUnit

Given = Source | str | os.PathLike[str]
_REPEATS = 0.6


@dataclass(frozen=True, slots=True)
class _Document:
    source: Source
    units: list[TaskUnit]
    context: Context
    pairs: list[Pair]
    years: Years
    reviews: bool
    """Whether headings part what was done from what is planned."""

    def looks_back(self, mention: Mention) -> bool:
        """Whether a mention stands where the document tells what was done."""
        return mention.part.tense != "plan" or self.context.is_plan


def compare(plan: Given, report: Given, *, as_of: date | None = None) -> Report:
    """The targets that ``plan`` sets for the year of ``report``, answered by what ``report`` tells of that year.

    ``plan`` and ``report`` are sources or paths; ``as_of`` overrides the date up to which ``report`` tells actuals.
    The result is a report on the plan: targets keep their offsets into ``Report.text``, actuals carry
    ``Fact.source`` and offsets into ``Report.actual_text``. Raises :class:`indicators.ReadError` like ``read``.
    """
    promise, answer = _read(plan, None), _read(report, as_of)
    year = answer.years.year or (promise.years.year and promise.years.year + promise.reviews)
    warnings = [*promise.source.warnings, *answer.source.warnings]
    targets = _targets(promise, year)
    if not targets:
        warnings.append(
            f"no target for {year or 'the year'} of {answer.source.name} was found in {promise.source.name}"
        )
    told = [Answer(pair) for pair in answer.pairs if _tells(pair, answer, year)]
    chosen = best_answers(targets, told)
    restated = [p.target for p in answer.pairs if p.target and not p.milestone and _restates(p.target, answer, year)]
    drifts = _drifts([pair.target for pair in targets if pair.target], restated)
    _name_next_year(targets, answer, year)
    rows: dict[int, Assessment] = {}
    for index, pair in enumerate(targets):
        assert pair.target is not None
        later = drifts.get(id(pair.target))
        row = _assessed(pair, chosen.get(index), answer)
        rows[id(pair)] = row if later is None else drifted(row, pair.target, later)
    until = answer.context.as_of or (date(year, 12, 31) if year else None)
    result = Report(
        source=promise.source.name,
        title=promise.source.title,
        as_of=until.isoformat() if until else None,
        period=f"{year}-01/{until:%Y-%m}" if until else None,
        sha256=promise.source.sha256,
        tasks=_tasks(promise, targets, rows),
        warnings=warnings,
        text=promise.source.text,
        actual_source=answer.source.name,
        actual_text=answer.source.text,
    )
    return result.model_copy(update={"findings": audit(result)})


def _read(given: Given, as_of: date | None) -> _Document:
    if not isinstance(given, Source):
        from indicators.readers import read

        given = read(given)
    units, context = find_tasks(given, as_of)
    reviews = any(part.tense == "review" for unit in units for part in unit.parts)
    return _Document(given, units, context, find_pairs(units, context), Years(units, context), reviews)


def _targets(promise: _Document, year: int | None) -> list[Pair]:
    """The plan's targets for ``year``, each once, still unanswered."""
    found: list[Pair] = []
    for pair in promise.pairs:
        if pair.target is None or pair.milestone or not _for_year(promise.years.due(pair.target), year):
            continue
        if not any(_repeats(pair, earlier) for earlier in found):
            found.append(Pair(pair.unit, pair.target))
    return found


def _for_year(told: Told, year: int | None) -> bool:
    return told != "several" and (told is None or year is None or told == year)


def _repeats(pair: Pair, earlier: Pair) -> bool:
    """A narrative names its main targets again where it explains them."""
    a, b = pair.target, earlier.target
    if a is None or b is None or not same_figure(a, b) or a.quantity.unit != b.quantity.unit:
        return False
    if a.name.level != b.name.level or a.name.change != b.name.change or a.name.subject != b.name.subject:
        return False
    return alike(a.name.core, b.name.core) >= (_REPEATS if pair.unit.form != "table" else 1.0)


def _tells(pair: Pair, answer: _Document, year: int | None) -> bool:
    """Whether a pair of the later report tells what was reached in ``year``."""
    members = [*pair.actuals, *(m for m in (pair.gap, pair.stated_by) if m)]
    if not members or not all(answer.looks_back(m) for m in members):
        return False
    return all(_for_year(answer.years.of(m), year) for m in members)


def _restates(target: Mention, answer: _Document, year: int | None) -> bool:
    """Whether the later report tells this target as one of the year that it looks back on."""
    if target.part.role == "prose" and answer.reviews:
        sentence = target.part.passage.text[target.sentence[0] : target.end]
        if phrase("comparing", "proposes").search(sentence):
            return False
    return answer.looks_back(target) and _for_year(answer.years.of(target), year)


def _drifts(targets: Sequence[Mention], restated: Sequence[Mention]) -> dict[int, Mention]:
    """By target: the later report's wording of it at another figure, where no wording keeps the figure."""
    wordings = {id(target): restatements(target, restated) for target in targets}
    kept = {id(m) for target in targets for m in wordings[id(target)] if same_figure(target, m)}
    found: dict[int, Mention] = {}
    for target in targets:
        if not any(same_figure(target, m) for m in wordings[id(target)]):
            other = next((m for m in wordings[id(target)] if id(m) not in kept), None)
            if other is not None:
                found[id(target)] = other
    return found


def _name_next_year(targets: Sequence[Pair], answer: _Document, year: int | None) -> None:
    """Where only the next year's target is told of an indicator, the row says so."""
    if year is None:
        return
    ahead = [m for p in answer.pairs if (m := p.target) and isinstance(told := answer.years.of(m), int) and told > year]
    for pair in targets:
        if pair.target is None:
            continue
        for mention in restatements(pair.target, ahead)[:1]:
            likeness = alike(pair.target.name.core, mention.name.core)
            pair.rivals.insert(0, Candidate(mention, likeness, f"是{answer.years.of(mention)}年的目标"))


def _assessed(pair: Pair, chosen: tuple[Answer, float] | None, answer: _Document) -> Assessment:
    """The row of a target; what the earlier report claimed of its task is no claim of the later one."""
    if chosen is None:
        joined = replace(pair, unit=replace(pair.unit, claimed=None))
    else:
        found, likeness = chosen
        joined = replace(
            pair,
            unit=replace(pair.unit, claimed=found.pair.unit.claimed),
            actuals=found.pair.actuals,
            completion=found.pair.completion,
            claim=found.pair.claim,
            control=found.pair.control,
            stated_by=found.pair.stated_by,
            score=likeness,
            how="across",
        )
    row = assess(joined, answer.context, document_features(answer.pairs, answer.source.text))
    name = answer.source.name
    actual = row.actual.model_copy(update={"source": name}) if row.actual else None
    trace = row.trace
    if chosen is not None and pair.target is not None:
        told = basis(pair.target, chosen[0])
        trace = [step.model_copy(update={"text": told}) if step.stage == "link" else step for step in trace]
    return row.model_copy(update={"actual": actual, "trace": trace})


def _tasks(promise: _Document, targets: Sequence[Pair], rows: dict[int, Assessment]) -> list[Task]:
    """The plan's tasks that set a target, in its order; what the plan says became of them is no claim of the report."""
    told = {id(pair.unit) for pair in targets}
    tasks = tasks_of([unit for unit in promise.units if id(unit) in told], targets, rows)
    return [task.model_copy(update={"claimed": None}) for task in tasks]
