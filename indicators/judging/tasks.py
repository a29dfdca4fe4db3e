"""The rows of a report as tasks: a task for each row or item of the report, in running text for each sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from indicators.judging.rollup import rolled_up
from indicators.linking.model import Pair
from indicators.schema.report import Assessment, Task
from indicators.tasks.model import TaskUnit


def tasks_of(units: Iterable[TaskUnit], pairs: Iterable[Pair], rows: Mapping[int, Assessment]) -> list[Task]:
    """The tasks of these units, in their order; ``rows`` are the assessments of the pairs, by their identity.

    A table's row and a numbered item are tasks even where no pair is theirs; running text without one gives none.
    """
    by_unit: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_unit[id(pair.unit)].append(pair)
    tasks: list[Task] = []
    for unit in units:
        own = by_unit[id(unit)]
        if unit.number is not None or unit.is_row:
            tasks.append(_task(unit, [rows[id(pair)] for pair in own]))
        else:
            tasks.extend(_sentences(own, rows))
    return tasks


def _task(unit: TaskUnit, rows: list[Assessment]) -> Task:
    return Task(
        number=unit.number,
        text=unit.text,
        responsible=unit.responsible,
        claimed=unit.claimed,
        verdict=rolled_up(rows),
        assessments=rows,
        start=unit.start,
        end=unit.end,
    )


def _sentences(pairs: Sequence[Pair], rows: Mapping[int, Assessment]) -> Iterable[Task]:
    """In running text the sentence that holds the target, or the actual that stands alone, is the task."""
    groups: dict[tuple[int, tuple[int, int]], list[Pair]] = {}
    for pair in pairs:
        if (lead := pair.lead) is not None:
            groups.setdefault((id(lead.part), lead.sentence), []).append(pair)
    for (_, sentence), group in groups.items():
        lead = group[0].lead
        assert lead is not None
        passage = lead.part.passage
        start, end = passage.span(*sentence)
        own = [rows[id(pair)] for pair in group]
        yield Task(text=passage.text[slice(*sentence)], verdict=rolled_up(own), assessments=own, start=start, end=end)
