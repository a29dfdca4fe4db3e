"""Runs one command and turns what may end it into an exit status."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import cast

from indicators.cli.messages import warn
from indicators.cli.parser import build_parser
from indicators.cli.status import FAILED, INTERRUPTED, OK, USAGE
from indicators.errors import IndicatorsError, UsageError


def run(argv: Sequence[str] | None) -> int:
    """Parse ``argv`` (``sys.argv`` when ``None``) and run its command; never shows a traceback for bad input."""
    _speak_utf8()
    parser = build_parser()
    try:
        args = parser.parse_args(argv)
        command = cast("Callable[[object], int] | None", getattr(args, "command", None))
        if command is None:
            parser.print_help(sys.stderr)
            return USAGE
        status = command(args)
        sys.stdout.flush()
        return status
    except SystemExit as stop:  # argparse: 0 after --help and --version, 2 after wrong usage
        return stop.code if isinstance(stop.code, int) else USAGE
    except UsageError as error:
        warn(str(error))
        return USAGE
    except IndicatorsError as error:
        warn(str(error))
        return FAILED
    except BrokenPipeError:
        _forget_stdout()
        return OK
    except KeyboardInterrupt:
        warn("interrupted")
        return INTERRUPTED


def _speak_utf8() -> None:
    # Under LANG=C Python would refuse to print Chinese; a report may also hold lone surrogates.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _forget_stdout() -> None:
    # `indicators score … | head` closed the pipe: the interpreter must not try to flush it at exit.
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
    except (OSError, ValueError, io.UnsupportedOperation):
        pass
