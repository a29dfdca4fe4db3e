"""Imported by the server that worker processes are forked from: loads the pipeline, once for all of them.

A fork copies one thread of a process; a lock that another thread holds stays locked in the copy for ever. Here there is
no other thread: the server runs ``multiprocessing``'s loop alone, imports this module before it forks, and the pipeline
starts none. pyarrow does when it is imported, so every worker imports it after the fork.
"""

from __future__ import annotations

from contextlib import suppress

from indicators.run.worker import Scoring, keep_loaded

# What is wrong here is wrong in the worker as well, which tells the parent; an error here would end the server.
with suppress(Exception):
    Scoring()()
    keep_loaded()
