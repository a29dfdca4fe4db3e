"""Many documents on one machine: processes started once, order kept, memory bounded, no document lost."""

from __future__ import annotations

import os
import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sized
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from indicators.errors import BatchError, UsageError
from indicators.run import worker as worker_module
from indicators.run.outcome import TIMED_OUT, WORKER_DIED, Failure, Outcome, Progress
from indicators.run.signals import held_back
from indicators.run.starting import context
from indicators.run.worker import Function, Scoring, Setup, digest
from indicators.settings import DEFAULT_TIMEOUT

if TYPE_CHECKING:
    from indicators.schema.report import Report

_START_TIMEOUT = 180.0
_STARTS = 3
_AHEAD = 16
"""Documents that a process has in hand at most: it works on while this one writes and syncs a part."""


def score_many(
    paths: Iterable[str | os.PathLike[str]],
    *,
    workers: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    timeout: float | None = DEFAULT_TIMEOUT,
    as_of: str | None = None,
    window: int | None = None,
    scorer: Function | str | None = None,
) -> Iterator[Outcome[Report]]:
    """Scores documents in ``workers`` processes and yields an :class:`Outcome` for each, in input order.

    ``paths`` may be any iterable and is drawn from only as fast as results are taken: at most ``window``
    documents are under way or waiting to be yielded (default 16 a worker). ``workers`` defaults to the cores
    this process may use. ``timeout`` is in seconds for one document, ``None`` for no limit; a worker that runs
    over it, or dies, is replaced, and its document comes back with a :class:`Failure`. A document that fails
    never raises. ``on_progress`` is called after each document, in this process.

    ``scorer`` replaces :func:`indicators.score`: a top-level function of a path, or its ``"module:name"``.

    Raises :class:`~indicators.errors.BatchError` where no worker can be started. A script that calls this
    needs the ``if __name__ == "__main__":`` guard, as for every ``multiprocessing`` program.
    """
    setup = Scoring(scorer if scorer is not None else "indicators:score", {} if as_of is None else {"as_of": as_of})
    total = len(paths) if isinstance(paths, Sized) else None
    pool = Pool(setup, workers=workers, timeout=timeout, window=window)
    return track(pool.run(os.fspath(path) for path in paths), total, on_progress)


def track(
    outcomes: Iterator[Outcome[Any]],
    total: int | None,
    on_progress: Callable[[Progress], None] | None,
    lost: Callable[[Outcome[Any]], Failure | None] = attrgetter("failure"),
) -> Iterator[Outcome[Any]]:
    """Passes outcomes on and tells ``on_progress`` after each; ``lost`` says why one counts as failed."""
    begun = time.monotonic()
    failed = 0
    for done, outcome in enumerate(outcomes, 1):
        failed += lost(outcome) is not None
        if on_progress is not None:
            on_progress(Progress(done, failed, total, time.monotonic() - begun))
        yield outcome


def usable_cores() -> int:
    """Cores that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Any
    since: float
    """When the process was started or began its document."""
    ready: bool = False
    jobs: deque[tuple[int, str]] = field(default_factory=deque)
    """The document under way, and those it goes on with."""


@dataclass
class Pool:
    """Runs one function over many paths in processes that it watches over; see :func:`score_many`."""

    setup: Setup
    workers: int | None = None
    timeout: float | None = DEFAULT_TIMEOUT
    window: int | None = None
    keep: bool = False
    """The processes wait for the next :meth:`run` where this one came to its end; :meth:`close` ends them."""
    _alive: list[_Worker] = field(default_factory=list, init=False)
    _context: ForkServerContext | SpawnContext = field(init=False)
    _failed_starts: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        if self.workers is not None and self.workers < 1:
            raise UsageError(f"workers must be at least 1, not {self.workers}")
        if self.timeout is not None and self.timeout <= 0:
            raise UsageError(f"timeout must be more than 0 seconds, not {self.timeout}")
        try:
            pickle.dumps(self.setup)
        except Exception as error:
            hint = "give a function defined at the top of a module, or 'module:name'"
            raise UsageError(f"the scorer cannot be sent to a worker: {error}", hint=hint) from None

    def run(self, paths: Iterable[str]) -> Iterator[Outcome[Any]]:
        """Yields the outcomes in input order. At its end, and where the iterator is closed, the processes end."""
        size = self.workers or usable_cores()
        self._context = context(size, getattr(self.setup, "preload", ()))
        window = max(self.window or 16 * size, size)
        feed = enumerate(paths)
        waiting: deque[tuple[int, str]] = deque()
        finished: dict[int, Outcome[Any]] = {}
        drawn = given = 0
        exhausted = done = False
        try:
            while True:
                while not exhausted and drawn - given < window and len(waiting) < _AHEAD * size:
                    item = next(feed, None)
                    if item is None:
                        exhausted = True
                    else:
                        waiting.append(item)
                        drawn += 1
                if given == drawn:
                    done = True
                    return
                self._dispatch(waiting, size)
                for outcome in self._collect(waiting):
                    finished[outcome.index] = outcome
                # Refill before the caller gets its turn: what it does with a result must not leave workers idle.
                self._dispatch(waiting, size)
                while given in finished:
                    outcome = finished.pop(given)
                    given += 1
                    yield outcome
        finally:
            if not (self.keep and done):
                self.close()

    def close(self) -> None:
        """Ends every process, at once."""
        for worker in self._alive:
            worker.connection.close()
            worker.process.kill()
        for worker in self._alive:
            worker.process.join()
            worker.process.close()
        self._alive.clear()

    def _dispatch(self, waiting: deque[tuple[int, str]], size: int) -> None:
        for worker in self._alive:
            if waiting and worker.ready and not worker.jobs:
                self._hand(worker, waiting)
        # Ahead only while all have work, and no more than wait for each: the last documents go to who is free first.
        busy = len(self._alive) == size and all(worker.jobs for worker in self._alive)
        for worker in sorted(self._alive, key=lambda worker: len(worker.jobs)) if busy else ():
            while len(worker.jobs) < min(_AHEAD, len(waiting) // size) and self._hand(worker, waiting):
                pass
        starting = sum(not worker.ready for worker in self._alive)
        while len(self._alive) < size and starting < len(waiting):
            self._alive.append(self._start())
            starting += 1

    def _hand(self, worker: _Worker, waiting: deque[tuple[int, str]]) -> bool:
        """Sends a process the next document; ``False``, and the document waits on, where it has died."""
        job = waiting.popleft()
        try:
            worker.connection.send(job)
        except (BrokenPipeError, ConnectionError):
            # Not this document's doing; _collect buries the process.
            waiting.appendleft(job)
            return False
        if not worker.jobs:
            worker.since = time.monotonic()
        worker.jobs.append(job)
        return True

    def _start(self) -> _Worker:
        here, there = self._context.Pipe()
        process = self._context.Process(
            target=worker_module.main,
            args=(there, self.setup, self.timeout, dict(os.environ)),
            name="indicators-worker",
            daemon=True,
        )
        # The child inherits the signal mask: Ctrl-C reaches the parent only, which then ends the children itself.
        # The tracker that the first start brings up would lift the mask again, so it is up before.
        if hasattr(signal, "pthread_sigmask"):
            resource_tracker.ensure_running()
        with held_back(signal.SIGINT):
            process.start()
        there.close()
        return _Worker(process, here, time.monotonic())

    def _collect(self, waiting: deque[tuple[int, str]]) -> Iterator[Outcome[Any]]:
        """Waits for news from any worker and yields the outcomes among them."""
        if not self._alive:
            return
        wait([handle for w in self._alive for handle in (w.connection, w.process.sentinel)], self._patience())
        for worker in list(self._alive):
            died = not worker.process.is_alive()
            try:
                while worker.connection.poll():
                    outcome = self._heard(worker, *worker.connection.recv())
                    if outcome is not None:
                        yield outcome
            except (EOFError, OSError):
                died = True
            if died:
                yield from self._bury(worker, waiting)
            elif self._late(worker):
                yield from self._bury(worker, waiting, late=True)

    def _heard(self, worker: _Worker, kind: str, content: Any) -> Outcome[Any] | None:
        if kind == worker_module.BROKEN:
            raise BatchError(f"a worker could not load the pipeline: {content}", code="B005")
        if kind == worker_module.READY:
            worker.ready, self._failed_starts = True, 0
            return None
        index, result, failure, sha256, seconds = content
        _, path = worker.jobs.popleft()
        worker.since = time.monotonic()
        return Outcome(index, path, result, failure, sha256, seconds)

    def _bury(self, worker: _Worker, waiting: deque[tuple[int, str]], *, late: bool = False) -> Iterator[Outcome[Any]]:
        self._alive.remove(worker)
        worker.process.kill()
        worker.process.join()
        status = worker.process.exitcode
        worker.process.close()
        worker.connection.close()
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _STARTS:
                hint = 'see what it printed; a script needs the guard if __name__ == "__main__":'
                raise BatchError(f"workers end before they are ready (exit status {status})", hint=hint, code="B005")
        if not worker.jobs:
            return
        index, path = worker.jobs.popleft()
        waiting.extendleft(reversed(worker.jobs))  # those behind it are for the next process
        if late:
            message, hint, code = f"not done after {self.timeout:g} s", "raise --timeout, or split it", TIMED_OUT
        else:
            how = f"killed by signal {-status}" if status is not None and status < 0 else f"exit status {status}"
            message, hint, code = f"the worker process died ({how})", "use fewer workers if memory ran out", WORKER_DIED
        seconds = time.monotonic() - worker.since
        yield Outcome(index, path, None, Failure(path, "worker", code, message, hint), digest(path), seconds)

    def _limit(self, worker: _Worker) -> float | None:
        if not worker.ready:
            return _START_TIMEOUT
        return self.timeout if worker.jobs else None

    def _late(self, worker: _Worker) -> bool:
        limit = self._limit(worker)
        return limit is not None and time.monotonic() - worker.since > limit

    def _patience(self) -> float | None:
        """Seconds until the first worker runs out of time."""
        now = time.monotonic()
        left = [limit - (now - w.since) for w in self._alive if (limit := self._limit(w)) is not None]
        return max(0.0, min(left)) + 0.001 if left else None
