"""``indicators batch``: options, progress and summary. Imports nothing slow until the command runs."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from indicators.dates import as_date
from indicators.errors import IndicatorsError, UsageError

if TYPE_CHECKING:
    from indicators.run.batch import BatchSummary
    from indicators.run.outcome import Progress

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
_PLAIN_EVERY = 10.0
_DESCRIPTION = """\
Score a folder of reports into a folder of rows: OUT/rows/ (Parquet by year, or JSON lines),
OUT/errors.jsonl (one line a failed document), OUT/manifest.jsonl (what is done)."""
_EPILOG = """\
examples:
  indicators batch reports/ out/                       one process a core
  indicators batch reports/ out/ --resume              go on after a stop, or after reports were added
  duckdb -c "SELECT * FROM 'out/rows/**/*.parquet' WHERE verdict = 'missed'"
exit status: 0 every document was scored, 1 some failed or the run was cut short, 2 wrong usage, 130 interrupted
"""


def add_batch_command(subparsers: Any) -> None:
    """Adds ``batch`` to the ``indicators`` command line; the namespace's ``command`` runs it."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "batch",
        help="score thousands of reports, resumable",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("input", metavar="IN", help="a folder of reports, walked, or one report")
    parser.add_argument("output", metavar="OUT", help="the folder for rows, errors and manifest")
    parser.add_argument("--workers", type=_positive_int, metavar="N", help="processes (default: one a core)")
    parser.add_argument("--format", choices=("parquet", "jsonl"), default="parquet", help="of the rows (%(default)s)")
    parser.add_argument("--resume", action="store_true", help="go on with the run that OUT holds")
    parser.add_argument(
        "--timeout", type=_positive_float, default=120.0, metavar="S", help="seconds a document may take (%(default)g)"
    )
    parser.add_argument("--as-of", metavar="DATE", help="date up to which the reports tell actuals (2022-12-31)")
    parser.set_defaults(command=run)


def run(args: argparse.Namespace) -> int:
    """Runs the command; returns the exit status and prints progress and summary on standard error."""
    from indicators.run.batch import run_batch
    from indicators.run.inputs import documents

    try:
        as_of = as_date(args.as_of)
        paths = documents(args.input, outside=args.output)
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
    except UsageError as error:
        _say(f"indicators: {error}")
        return USAGE
    except IndicatorsError as error:
        _say(f"indicators: {error}")
        return FAILED
    except KeyboardInterrupt:
        _say("indicators: interrupted; what is done is kept, go on with --resume")
        return INTERRUPTED
    for line in summary_lines(summary, args.output):
        _say(line)
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
        lines.append(f"failed: {codes}; see {out}/errors.jsonl")
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
            _say(progress_line(progress))


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


def _say(line: str) -> None:
    from indicators.export.plain import printable

    print(printable(line), file=sys.stderr, flush=True)


def _positive_int(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _positive_float(text: str) -> float:
    number = float(text)
    if not 0 < number < 1e7:
        raise argparse.ArgumentTypeError("must be more than 0")
    return number
