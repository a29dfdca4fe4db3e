"""Messages for people, on stderr; nothing that a report or a file name holds reaches the terminal raw."""

from __future__ import annotations

import sys

from indicators.export.plain import printable


def say(message: str) -> None:
    """One line on stderr."""
    print(printable(message), file=sys.stderr, flush=True)


def warn(message: str) -> None:
    """One line on stderr, marked as the program's own."""
    say(f"indicators: {message}")


class Progress:
    """A counter that overwrites itself on a terminal; silent elsewhere, so that logs hold only what matters."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._shown = total > 1 and sys.stderr.isatty()

    def at(self, number: int, name: str) -> None:
        """Say that document ``number`` (from 1) is being read."""
        if self._shown:
            print(f"\r\x1b[K[{number}/{self._total}] {printable(name)[-60:]}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Wipe the counter, so that what follows starts on a clean line."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
