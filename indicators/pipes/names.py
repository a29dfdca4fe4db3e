"""Dotted component names, which spaCy accepts in memory and cannot save.

spaCy refuses a dot in ``@Language.factory`` and its config files read ``[components.indicators.score]`` as two levels.
So the factories are ``indicators_quantities`` and ``indicators_score``; the dotted names are aliases for ``add_pipe``,
and a component that was added under one takes the name with ``_`` when its pipeline is saved.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from spacy.language import FactoryMeta, Language
from spacy.tokens import Doc
from spacy.util import registry

Pipe = Callable[[Doc], Doc]


def savable(name: str) -> str:
    """``name`` as a config file can hold it."""
    return name.replace(".", "_")


def alias(dotted: str, factory: Callable[..., Pipe]) -> None:
    """Let ``nlp.add_pipe(dotted)`` run ``factory``, which was registered as ``savable(dotted)``."""
    meta = Language.get_factory_meta(savable(dotted))
    registry.factories.register(dotted, func=factory)
    Language.set_factory_meta(dotted, FactoryMeta(**vars(meta)))


class SavedByName:
    """Base of our pipes: nothing to save but the config; the name is made savable just before that is written.

    ``Language.to_disk`` and ``to_bytes`` ask each component whether it has such a method before they write the
    config; that is the moment at which the component can be renamed.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self._nlp = weakref.ref(nlp)
        self.name = name

    def _make_savable(self) -> None:
        nlp = self._nlp()
        if nlp is not None and "." in self.name and self.name in nlp.component_names:
            nlp.rename_pipe(self.name, savable(self.name))
            self.name = savable(self.name)

    @property
    def to_disk(self) -> Callable[..., None]:
        """spaCy's hook: called with a path, writes nothing."""
        self._make_savable()
        return _write_nothing

    @property
    def to_bytes(self) -> Callable[..., bytes]:
        """spaCy's hook: no state of its own."""
        self._make_savable()
        return _no_bytes

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> SavedByName:
        """spaCy's hook: there is no state to read."""
        return self

    def __getstate__(self) -> dict[str, Any]:
        # Worker processes get the pipes, not the pipeline.
        return {**self.__dict__, "_nlp": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, _nlp=_gone)


def _gone() -> None:
    return None


def _write_nothing(path: Path, *, exclude: Iterable[str] = ()) -> None:
    return None


def _no_bytes(*, exclude: Iterable[str] = ()) -> bytes:
    return b""
