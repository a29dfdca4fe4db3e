"""``indicators explain``: the words, rules and rejected rivals behind each verdict."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from indicators.cli.messages import warn
from indicators.cli.scoring import Failures, scored
from indicators.cli.status import FAILED, OK
from indicators.dates import as_date
from indicators.errors import UsageError
from indicators.export.evidence import fact_spans
from indicators.export.labels import verdict_label, word
from indicators.export.plain import in_context, printable
from indicators.export.terminal import in_colour, paint
from indicators.export.titles import task_line
from indicators.schema.report import Assessment, Fact, Report, Rival, Step, Task, percent


def run(args: argparse.Namespace) -> int:
    """Explain one task of ``args.path``, or all of them."""
    failures = Failures()
    report = next((report for report, _ in scored([args.path], as_date(args.as_of), failures)), None)
    if report is None:
        return FAILED
    tasks = [task for task in report.tasks if args.task is None or is_named(task, args.task)]
    if not tasks:
        numbers = " ".join(task.number for task in report.tasks if task.number)
        hint = f"its tasks: {numbers}" if numbers else "give the words its text starts with"
        raise UsageError(f"no task {args.task!r}", path=args.path, hint=hint, code="U004")
    colour = in_colour(sys.stdout)
    for line in explain(report, tasks, colour):
        print(line)
    if not any(task.assessments for task in tasks):
        warn("nothing quantified was found here")
    return OK


def is_named(task: Task, wanted: str) -> bool:
    """Whether ``wanted`` is the task's printed number, or the beginning of its text."""
    return wanted == task.number or (len(wanted) > 1 and task.text.startswith(wanted))


def explain(report: Report, tasks: list[Task], colour: bool = False) -> Iterator[str]:
    """Lines for people; everything from the report is made printable."""
    for task in tasks:
        yield printable(f"{word('task')} {task_line(task)}")
        facts = [f"{word('responsible')} {'、'.join(task.responsible)}"] if task.responsible else []
        if task.claimed:
            facts.append(f"{word('claimed')} {word(f'c_{task.claimed}')}")
        if task.verdict:
            facts.append(f"依数据 {verdict_label(task.verdict)}")
        if facts:
            yield printable("  " + " · ".join(facts))
        for number, assessment in enumerate(task.assessments, 1):
            yield ""
            yield from _assessment(report, number, assessment, colour)
        yield ""


def _assessment(report: Report, number: int, a: Assessment, colour: bool) -> Iterator[str]:
    kind = "（进度目标）" if a.kind == "milestone" else ""
    told = printable(f"  [{number}] {a.indicator}{kind}  ")
    yield told + paint(verdict_label(a.verdict), a.verdict, colour) + f"  置信度 {a.confidence:.2f}"
    if a.reason:
        yield printable(f"      理由  {a.reason}")
    if a.completion is not None:
        yield f"      完成率  {percent(a.completion)}"
    if a.target:
        yield from _fact(report, word("target"), a.target, word(f"b_{a.bound}") if a.bound else "")
    if a.actual:
        yield from _fact(report, word("actual"), a.actual, "")
    elif a.target:
        yield "      实际  未找到可比的完成数"
    if a.flags:
        yield f"      标记  {' '.join(a.flags)}"
    for step in a.trace:
        yield printable("      " + _step(step))
    for rival in a.rivals:
        yield printable("      " + _rival(rival))


def _fact(report: Report, name: str, fact: Fact, bound: str) -> Iterator[str]:
    spans = fact_spans(fact, len(report.text))
    where = [fact.place] if fact.place else []
    where += [f"字符 {start}–{end}" for start, end in spans]
    period = f"（{fact.period}）" if fact.period else ""
    sense = f"  {bound}" if bound else ""
    yield printable(f"      {name}  {fact.text}{sense}{period}  {' · '.join(where)}")
    for start, end in spans:
        yield printable(f"            {in_context(report.text, start, end)}")


def _step(step: Step) -> str:
    score = f" {step.score:.2f}" if step.score is not None else ""
    return f"{word(f's_{step.stage}')}  {step.rule}{score}  {_said(step.text)}".rstrip()


def _said(code: str) -> str:
    """The word for what a step may tell as a bare code: a verdict, or the part that a figure plays."""
    key = code if code in ("target", "actual") else f"v_{code}"
    return word(key) if word(key) != key else code


def _rival(rival: Rival) -> str:
    of = f"（{rival.indicator}）" if rival.indicator else ""
    return f"未取  {rival.text}{of}  得分 {rival.score:.2f}：{rival.why}"
