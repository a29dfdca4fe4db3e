"""The chain: source → tasks → mentions → pairs → assessments → report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from indicators.extract.mentions import find_mentions
from indicators.extract.model import Mention
from indicators.extract.values import share_named_unit, share_scales, value_mention
from indicators.judging.assess import assess
from indicators.judging.crosscheck import cross_check
from indicators.judging.select import worth_a_row
from indicators.judging.tasks import tasks_of
from indicators.learning import document_features, rescore_roles
from indicators.linking.link import link_text, link_unit
from indicators.linking.model import Pair
from indicators.linking.places import name_places
from indicators.linking.titled import name_by_title
from indicators.schema.report import Report
from indicators.schema.source import Source
from indicators.tasks.build import find_tasks
from indicators.tasks.heading import heading_of
from indicators.tasks.model import Context, Part, TaskUnit


def score_source(source: Source, *, as_of: date | None = None) -> Report:
    """Scores one document."""
    units, context = find_tasks(source, as_of)
    pairs = find_pairs(units, context)
    rows = [pair for pair in pairs if worth_a_row(pair)]
    document = document_features(rows, source.text)
    tasks = tasks_of(units, rows, {id(pair): assess(pair, context, document) for pair in rows})
    return cross_check(
        Report(
            source=source.name,
            title=source.title,
            as_of=context.as_of.isoformat() if context.as_of else None,
            period=f"{context.year}-01/{context.as_of:%Y-%m}" if context.as_of else None,
            sha256=source.sha256,
            tasks=tasks,
            warnings=list(source.warnings),
            text=source.text,
        )
    )


def find_pairs(units: Sequence[TaskUnit], context: Context) -> list[Pair]:
    """Every pair of a document: tables task by task, running text as a whole."""
    pairs: list[Pair] = []
    text: list[tuple[TaskUnit, Mention]] = []
    topic = 0
    above: Sequence[Mention] = ()
    for unit in units:
        mentions: list[Mention] = []
        heading = heading_of(unit)
        for part in unit.parts:
            if part.is_value:
                mention = value_mention(part, context, topic)
                topic += 1
                if mention is not None:
                    mentions.append(mention)
                continue
            seeds = _promised_before(unit, part, mentions)
            found = find_mentions(part, context, first_topic=topic, seeds=seeds, heading=heading, above=above)
            above = found or above
            topic = max([topic, *(m.topic + 1 for m in found)])
            mentions.extend(found)
        if unit.is_row:
            _join_columns(mentions)
            share_scales(mentions)
            share_named_unit(mentions)
            rescore_roles(mentions)
            pairs.extend(link_unit(unit, mentions, context))
        else:
            text.extend((unit, mention) for mention in mentions)
    rescore_roles([mention for _, mention in text])
    told = link_text(text, context)
    name_places(told)
    name_by_title(told, context.title)
    return pairs + told


def _promised_before(unit: TaskUnit, part: Part, mentions: Sequence[Mention]) -> list[Mention]:
    """The promises that a part may speak of without a name: its row's, or what its item promised right in front."""
    if unit.form == "prose":
        return []
    promised = [m for m in mentions if m.role == "target"]
    if part.role != "prose":
        return promised
    at = next(i for i, p in enumerate(unit.parts) if p is part)
    near = [id(p) for p in unit.parts[max(0, at - 1) : at]]
    return [m for m in promised if id(m.part) in near]


def _join_columns(mentions: Sequence[Mention]) -> None:
    """Figures of one row and column group are one topic: the columns answer each other."""
    topics: dict[str, int] = {}
    for mention in mentions:
        if mention.part.group:
            mention.topic = topics.setdefault(mention.part.group, mention.topic)
