"""Characters by pdfplumber for pages where pdfium loses some: fonts that are not in the file.

pdfium measures a text object by its glyphs. Without the font, an object of a single character (a tick, a row's
number, each in its cell) measures nothing and is dropped. pdfplumber takes widths from the file and keeps it.
"""

from __future__ import annotations

import importlib.util
import json
import math
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from indicators.readers.files.guard import Deadline
from indicators.readers.pdf.page import Char, PageContent

_MEMORY = 1_024
"""MiB that the other process may take."""
_SECONDS = 60
_SECONDS_A_PAGE = 3
_BATCH = 500


def look_again(data: bytes, pages: Sequence[PageContent], deadline: Deadline) -> list[int]:
    """Replaces the characters of ``pages`` by those that pdfplumber finds, where these are more.

    It runs in a process of its own, which is stopped when it takes too much. The numbers of the pages that it did
    not get to are returned.
    """
    waiting = {page.number: page for page in pages if not page.turned}
    missed = [page.number for page in pages if page.turned]
    if waiting and importlib.util.find_spec("pdfplumber") is not None:
        for line in _run(data, list(waiting)[:_BATCH], deadline).splitlines():
            try:
                found = json.loads(line)
                page = waiting.pop(found["page"])
                chars = [Char(*char) for char in found["chars"]]
            except (ValueError, KeyError, TypeError):  # a line cut off when the process was stopped
                continue
            chars = [char for char in chars if _sane(char)]
            if _told(chars) >= _told(page.chars):
                page.chars = chars
    return sorted([*missed, *waiting])


def _run(data: bytes, pages: Sequence[int], deadline: Deadline) -> str:
    seconds = max(1, min(_SECONDS, 5 + _SECONDS_A_PAGE * len(pages), int(deadline.left())))
    # -P: the worker's folder holds modules named like those of the standard library.
    command = [sys.executable, "-P", str(Path(__file__).with_name("worker.py")), str(_MEMORY), str(seconds)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        done = subprocess.run(
            [*command, *map(str, pages)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as stopped:
        return (stopped.stdout or b"").decode("utf-8", "replace")
    except (OSError, ValueError):  # no interpreter to start, no process to be had
        return ""
    return done.stdout.decode("utf-8", "replace")


def _told(chars: Sequence[Char]) -> int:
    return sum(1 for char in chars if not char.text.isspace())


def _sane(char: Char) -> bool:
    places = (char.x0, char.x1, char.top, char.bottom, char.base, char.size)
    return len(char.text) == 1 and all(math.isfinite(value) for value in places) and 0.5 < char.size <= 2000
