"""How worker processes come to be: forked from a server that has loaded the pipeline, or each started from nothing."""

from __future__ import annotations

import multiprocessing
import os
import sys
from multiprocessing.context import ForkServerContext, SpawnContext

from indicators import rulebook
from indicators.learning import store

_server_of: int | None = None
"""The process that has told the server what to load."""


def context(workers: int, preload: tuple[str, ...]) -> ForkServerContext | SpawnContext:
    """The way to start ``workers`` processes that need the modules ``preload``, which are safe to fork.

    Loading the pipeline takes a process more than a second. A server that loads it once and is forked saves that for
    every worker but the first, and they share its memory. It lives as long as this process. There is none

    - for one worker, which has nobody to share with;
    - outside Linux: Windows has no fork, and libraries of macOS start threads that no fork survives;
    - where the user has rules or weights of his own, which may change from run to run;
    - in a process that was itself forked from one that has a server: it cannot watch over its parent's.
    """
    global _server_of
    own = rulebook.user_folders() or store.own_folder()
    if workers == 1 or not preload or sys.platform != "linux" or own or _server_of not in (None, os.getpid()):
        return multiprocessing.get_context("spawn")
    found = multiprocessing.get_context("forkserver")
    if _server_of is None:
        found.set_forkserver_preload(list(preload))
        _server_of = os.getpid()
    return found
