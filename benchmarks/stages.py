"""Where the time of the whole chain goes: every call from one stage into the next is timed."""

from __future__ import annotations

import functools
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

STAGES = ("readers", "tasks", "extract", "linking", "judging")


class StageClock:
    """Seconds spent in each stage, calls of one stage from within another counted for the inner one."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._open: list[tuple[str, float]] = []

    def wrap(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """``function`` with its time counted for ``stage``."""

        @functools.wraps(function)
        def timed(*args: Any, **options: Any) -> Any:
            now = time.process_time()
            if self._open:
                outer, since = self._open[-1]
                self.seconds[outer] += now - since
            self._open.append((stage, now))
            try:
                return function(*args, **options)
            finally:
                now = time.process_time()
                _, since = self._open.pop()
                self.seconds[stage] += now - since
                if self._open:
                    self._open[-1] = (self._open[-1][0], now)

        return timed


@contextmanager
def clocked() -> Iterator[StageClock]:
    """Times the functions that :mod:`indicators.pipeline` and the readers' front door bring in from the stages."""
    import indicators.extract.mentions
    import indicators.pipeline
    import indicators.readers

    clock = StageClock()
    saved: list[tuple[Any, str, Any]] = []
    for module in (indicators.pipeline, indicators.extract.mentions):
        for name, value in list(vars(module).items()):
            parts = getattr(value, "__module__", "").split(".")
            stage = parts[1] if len(parts) > 1 and parts[0] == "indicators" else ""
            timed = STAGES if module is indicators.pipeline else ("quantities",)
            if stage in timed and callable(value) and not isinstance(value, type):
                saved.append((module, name, value))
                setattr(module, name, clock.wrap(stage, value))
    saved.append((indicators.readers, "read", indicators.readers.read))
    indicators.readers.read = clock.wrap("readers", indicators.readers.read)
    try:
        yield clock
    finally:
        for module, name, value in saved:
            setattr(module, name, value)
