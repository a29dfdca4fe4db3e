"""The worker process: loads the pipeline once, then answers one document at a time over its pipe."""

from __future__ import annotations

import gc
import hashlib
import importlib
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from typing import Any

from indicators.errors import UsageError
from indicators.run.outcome import UNEXPECTED, Failure, failure_of

Function = Callable[[str], Any]
Setup = Callable[[], Function]

READY = "ready"
BROKEN = "broken"
_ANSWER = "answer"

_GRACE = 30.0
_WARM_TEXT = "2022年全市新增规上工业企业12家以上，全年实际新增15家。"


@dataclass(frozen=True)
class Scoring:
    """Picklable recipe for the function that a worker runs; calling it loads the pipeline.

    ``target`` is a top-level callable or ``"module:name"``; it takes a path and ``options``.
    """

    target: Function | str = "indicators:score"
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def preload(self) -> tuple[str, ...]:
        """Modules that load what is slow to load and are safe to fork; what a user's function needs is not known."""
        return ("indicators.run.preloaded",) if self._ours else ()

    @property
    def _ours(self) -> bool:
        return isinstance(self.target, str) and self.target.startswith("indicators")

    def __call__(self) -> Function:
        function = resolve(self.target)
        if self._ours:
            # Rules, dictionaries and model weights load on first use: use them before the clock starts.
            resolve("indicators:score_text")(_WARM_TEXT)
        options = dict(self.options)
        return lambda path: function(path, **options)


def resolve(target: Function | str) -> Callable[..., Any]:
    """The callable that ``module:name`` names; a callable is returned as it is."""
    if not isinstance(target, str):
        return target
    module, _, name = target.partition(":")
    try:
        found: object = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise UsageError(f"'{target}' names no function: {error}", hint="write it as module:name") from None
    if not callable(found):
        raise UsageError(f"'{target}' is no function", hint="write it as module:name")
    return found


def digest(path: str) -> str:
    """SHA-256 of the file's bytes; empty where it cannot be read."""
    if not os.path.isfile(path):  # to open a named pipe would wait for ever, even in the process that keeps the time
        return ""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def attempt(function: Function, path: str) -> tuple[Any, Failure | None, str, float]:
    """Result or failure of one document, the hash of its bytes and the seconds it took."""
    begun = time.perf_counter()
    sha256 = digest(path)
    try:
        result, failure = function(path), None
    except Exception as error:
        result, failure = None, failure_of(error, path)
    return result, failure, sha256, time.perf_counter() - begun


def main(connection: Connection, setup: Setup, timeout: float | None, environment: dict[str, str]) -> None:
    """Body of the process. Ends when the parent closes the pipe or dies."""
    # A process forked from a server has the server's environment, which is that of the parent's first run.
    os.environ.clear()
    os.environ.update(environment)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        # One process a core already: threads inside it would only fight for the cores.
        os.environ.setdefault(name, "1")
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    try:
        function = setup()
    except BaseException as error:
        connection.send((BROKEN, f"{type(error).__name__}: {error}"))
        return
    keep_loaded()
    connection.send((READY, None))
    while True:
        try:
            index, path = connection.recv()
        except (EOFError, OSError):
            return
        _alarm(timeout)
        answer = attempt(function, path)
        _alarm(None)
        try:
            connection.send((_ANSWER, (index, *answer)))
        except (BrokenPipeError, ConnectionError):
            return
        except Exception as error:
            failure = Failure(path, "worker", UNEXPECTED, f"result cannot be sent: {error}", None)
            connection.send((_ANSWER, (index, None, failure, answer[2], answer[3])))


def keep_loaded() -> None:
    """Takes what is loaded (rules, dictionaries, weights) out of the garbage collector's rounds.

    It lives as long as the process. To look at all of it again and again takes a twentieth of the time, and writes to
    memory that forked processes share as long as nobody writes to it.
    """
    gc.collect()
    gc.freeze()


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _alarm(timeout: float | None) -> None:
    # The parent keeps the time. Should it be killed while this process hangs in C code, which no thread
    # can interrupt, the kernel's own timer ends the process: a killed run leaves nothing behind.
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, timeout + _GRACE if timeout is not None else 0.0)
