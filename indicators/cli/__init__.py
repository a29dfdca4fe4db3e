"""The command line. This module and :mod:`indicators.cli.parser` import nothing slow: ``--help`` is instant."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status: 0 all done, 1 a document failed, 2 wrong usage."""
    from indicators.cli.run import run

    return run(argv)
