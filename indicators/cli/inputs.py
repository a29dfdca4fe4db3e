"""Which documents the paths of a command line name, and how each is read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from indicators.errors import IndicatorsError

if TYPE_CHECKING:
    from indicators.schema.source import Source

STDIN = "-"


def documents(paths: Iterable[str]) -> tuple[list[str], list[IndicatorsError]]:
    """Every document named, folders walked, each once; and an error for each path that names none."""
    from indicators.readers.folder import documents as below

    found: dict[str, None] = {}
    missing: list[IndicatorsError] = []
    for path in paths:
        try:
            found.update(dict.fromkeys([path] if path == STDIN else below(path)))
        except IndicatorsError as error:
            missing.append(error)
    return list(found), missing


def sources(name: str) -> Iterator[Source]:
    """The document ``name``, standard input for ``-``, or each report of an archive."""
    from indicators.readers import read_all

    if name == STDIN:
        yield from read_all(sys.stdin.buffer, name=STDIN)
    else:
        yield from read_all(name)
