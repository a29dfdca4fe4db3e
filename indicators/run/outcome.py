"""What comes back for each document: its result, or a failure that says where and why."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import Generic, TypeVar

from indicators.errors import IndicatorsError, MissingExtraError, ReadError

T = TypeVar("T")

TIMED_OUT = "B001"
WORKER_DIED = "B002"
UNEXPECTED = "E999"

_STAGES = ("readers", "tasks", "quantities", "extract", "linking", "judging", "export")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document has no result; one line of ``errors.jsonl``."""

    file: str
    stage: str
    """``readers``, ``tasks``, ``quantities``, ``extract``, ``linking``, ``judging``, ``export``; ``score`` where
    the step is unknown; ``worker`` where the process died or ran out of time."""
    code: str
    """The code of the :class:`~indicators.errors.IndicatorsError`; ``B001`` out of time, ``B002`` the worker
    died, ``E999`` an exception that is a fault of the library, not of the document."""
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """One document's outcome: exactly one of ``result`` and ``failure`` is set."""

    index: int
    """Place in the input, from 0."""
    path: str
    result: T | None
    failure: Failure | None
    sha256: str = ""
    """Hash of the file's bytes; empty where the file could not be read."""
    seconds: float = 0.0
    """Time in the worker."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come; ``total`` is ``None`` where the input has no known length."""

    done: int
    failed: int
    total: int | None
    elapsed: float
    """Seconds since the run began."""

    @property
    def rate(self) -> float:
        """Documents a second so far."""
        return self.done / self.elapsed if self.elapsed > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Estimated from the mean rate; ``None`` while nothing is known."""
        if self.total is None or not self.done:
            return None
        return max(0, self.total - self.done) / self.rate if self.rate else None


def failure_of(error: BaseException, path: str) -> Failure:
    """The failure line of an exception that scoring ``path`` raised."""
    stage = _stage_of(error)
    if isinstance(error, IndicatorsError):
        return Failure(path, stage, error.code, error.message, error.hint)
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    if isinstance(error, OSError) and error.filename is not None:
        return Failure(path, "readers", "R000", error.strerror or str(error), "check that the file can be read")
    if isinstance(error, MemoryError):
        return Failure(path, stage, UNEXPECTED, "out of memory", "use fewer workers, or split the document")
    hint = "a fault of the library: please report it with this line"
    return Failure(path, stage, UNEXPECTED, f"{type(error).__name__}: {error}{where}"[:2000], hint)


def _stage_of(error: BaseException) -> str:
    if isinstance(error, (ReadError, MissingExtraError)):
        return "readers"
    stage = "score"
    step = error.__traceback__
    while step is not None:
        parts = str(step.tb_frame.f_globals.get("__name__", "")).split(".")
        if len(parts) > 1 and parts[0] == "indicators" and parts[1] in _STAGES:
            stage = parts[1]
            # The first step entered is the stage; what it calls below is its own affair.
            break
        step = step.tb_next
    return stage
