"""Puts a pipeline together."""

from __future__ import annotations

import os

import spacy
from spacy.language import Language

from indicators.errors import UsageError
from indicators.pipes.factories import QUANTITIES, SCORE
from indicators.pipes.names import savable


def assemble(name_or_path: str | os.PathLike[str] | None) -> Language:
    """See :func:`indicators.pipes.load`."""
    nlp = spacy.blank("zh") if name_or_path is None else _open(name_or_path)
    for factory in (QUANTITIES, SCORE):
        if not any(nlp.get_pipe_meta(name).factory == savable(factory) for name in nlp.pipe_names):
            nlp.add_pipe(savable(factory))
    return nlp


def _open(name_or_path: str | os.PathLike[str]) -> Language:
    try:
        return spacy.load(str(name_or_path))
    except OSError as error:
        hint = "give a folder that nlp.to_disk wrote, or an installed spaCy package"
        raise UsageError("no such pipeline", path=str(name_or_path), hint=hint, code="U006") from error
