"""``indicators batch``: a folder of reports into a folder of rows, with progress and summary."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from indicators.cli.messages import say, warn
from indicators.cli.status import FAILED, INTERRUPTED, OK
from indicators.dates import as_date
from indicators.readers.folder import documents
from indicators.run.batch import BatchSummary, run_batch
from indicators.run.outcome import Progress

_PLAIN_EVERY = 10.0


def run(args: argparse.Namespace) -> int:
    """Runs the command; returns the exit status and prints progress and summary on standard error."""
    as_of = as_date(args.as_of)
    paths = documents(args.input, outside=args.output)
    try:
        with _terminated_like_interrupted(), _shown(len(paths)) as show:
            summary = run_batch(
                paths,
                args.output,
                workers=args.workers,
                format=args.format,
                resume=args.resume,
                timeout=args.timeout,
                as_of=as_of.isoformat() if as_of else None,
                on_progress=show,
            )
    except KeyboardInterrupt:
        warn("interrupted; what is done is kept, go on with --resume")
        return INTERRUPTED
    for line in summary_lines(summary, args.output):
        say(line)
    return FAILED if summary.failed else OK


def summary_lines(summary: BatchSummary, out: str) -> list[str]:
    """The summary of a run, for people."""
    fresh = summary.documents - summary.resumed
    rate = f", {fresh / summary.seconds * 60:,.0f} documents a minute" if fresh and summary.seconds > 0 else ""
    before = f" ({summary.resumed:,} of them by an earlier run)" if summary.resumed else ""
    lines = [
        f"{summary.documents:,} documents{before}: {summary.scored:,} scored, {summary.failed:,} failed, "
        f"{summary.rows:,} rows in {clock(summary.seconds)}{rate}"
    ]
    if summary.failed:
        codes = ", ".join(f"{code} {count:,}" for code, count in summary.codes.items())
        lines.append(f"failed: {codes}; see {Path(out) / 'errors.jsonl'}")
    return lines


def clock(seconds: float) -> str:
    """``h:mm:ss`` or ``m:ss``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def progress_line(progress: Progress) -> str:
    """One line on how far the run has come."""
    of = f"/{progress.total:,}" if progress.total is not None else ""
    left = f", {clock(progress.seconds_left)} left" if progress.seconds_left is not None else ""
    return f"{progress.done:,}{of} documents, {progress.failed:,} failed, {progress.rate:.1f}/s{left}"


@contextmanager
def _shown(total: int) -> Iterator[Any]:
    if sys.stderr.isatty():
        try:
            with _rich_progress(total) as show:
                yield show
            return
        except ImportError:
            pass
    yield _PlainProgress()


class _PlainProgress:
    """A line every ten seconds and one at the end."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._last >= _PLAIN_EVERY or progress.done == progress.total:
            self._last = now
            say(progress_line(progress))


@contextmanager
def _rich_progress(total: int) -> Iterator[Any]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=total)

        def show(progress: Progress) -> None:
            left = f", {clock(progress.seconds_left)} left" if progress.seconds_left is not None else ""
            text = f"{progress.failed:,} failed, {progress.rate:.1f}/s{left}"
            bar.update(task, completed=progress.done, total=progress.total, description=text)

        yield show


@contextmanager
def _terminated_like_interrupted() -> Iterator[None]:
    """SIGTERM ends the run as cleanly as Ctrl-C."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not the main thread: signals are somebody else's business
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
