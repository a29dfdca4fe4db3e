"""A small scorer with the interface of ``indicators.score``, and with every way in which one can go wrong.

A document is lines of ``indicator,target,actual`` with an optional ``,√`` where it claims completion; its
first line may be ``@year 2022`` or a misdeed.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from indicators.errors import LimitError, ReadError
from indicators.run.worker import Scoring
from indicators.schema.report import Assessment, Fact, Report, Task, Verdict


def score(path: str, as_of: str | None = None) -> Report:
    """Reads the file and judges every line: ``missed`` below the target, ``met`` otherwise."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    if not lines:
        raise ReadError("the file is empty", path=path, hint="check the export", code="R001")
    year = "2022"
    if lines[0].startswith("@"):
        order, _, value = lines.pop(0)[1:].partition(" ")
        if order == "year":
            year = value
        else:
            _misbehave(order, value, path)
    tasks = [_task(number, line) for number, line in enumerate(lines, 1)]
    return Report(source=path, as_of=as_of or (f"{year}-12-31" if year != "none" else None), tasks=tasks)


def _misbehave(order: str, value: str, path: str) -> None:
    if order == "die":
        os.kill(os.getpid(), getattr(signal, value))
    elif order == "exit":
        os._exit(int(value))
    elif order == "sleep":
        time.sleep(float(value))
    elif order == "bug":
        raise RuntimeError(value)
    elif order == "limit":
        raise LimitError("too long", path=path)
    elif order == "noise":
        print(value * 100_000, file=sys.stderr)


def _task(number: int, line: str) -> Task:
    name, target, actual, *claim = line.split(",")
    verdict: Verdict = "missed" if float(actual) < float(target) else "met"
    assessment = Assessment(
        indicator=name,
        target=Fact(text=f"{target}家", low=float(target), unit="家"),
        bound="at_least",
        direction="up",
        actual=Fact(text=f"{actual}家", value=float(actual), unit="家"),
        completion=float(actual) / float(target),
        verdict=verdict,
        flags=["claim_conflict"] if claim and verdict == "missed" else [],
        reason=f"实际{actual}家，目标{target}家",
    )
    units = [["发改委"], ["工信局", "商务局"], []][number % 3]
    return Task(
        number=str(number),
        text=f"{name}{target}家",
        responsible=units,
        claimed="completed" if claim else None,
        verdict=verdict,
        assessments=[assessment],
    )


def no_start() -> None:
    """For a worker that cannot be loaded."""
    raise RuntimeError("the model is missing")


def pid(path: str) -> int:
    """Which process answered."""
    return os.getpid()


def die_on_load(path: str) -> int:
    """Never called: see ``DieOnLoad``."""
    return 0


class DieOnLoad:
    """A setup whose process ends before it is ready."""

    def __call__(self) -> None:
        os._exit(7)


def interruptible(path: str) -> bool:
    """Whether Ctrl-C would reach the process that this runs in."""
    return signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


class Forked(Scoring):
    """A scorer of these whose workers are forked from a server, as those of ``indicators.score`` are."""

    @property
    def preload(self) -> tuple[str, ...]:
        """The pipeline, which this scorer does not need: the server is that of real runs."""
        return ("indicators.run.preloaded",)


def where(path: str) -> tuple[int, int, str | None]:
    """The process that started this one, how many threads it has, and a variable of the environment."""
    parent = os.getppid()
    return parent, len(os.listdir(f"/proc/{parent}/task")), os.environ.get("INDICATORS_STANDIN")
