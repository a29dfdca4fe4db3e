"""The chain with the learned steps hooked in, for training and evaluation: nothing of the chain is copied.

A step that the chain already calls itself is left to it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from indicators import pipeline
from indicators.extract.model import Mention
from indicators.judging import assess as assessing
from indicators.learning import store
from indicators.linking import link as linking
from indicators.linking.learned import link_by_model
from indicators.linking.model import Located, Pair
from indicators.schema.report import Assessment
from indicators.settings import MODEL_VARIABLE
from indicators.tasks.model import Context, TaskUnit

_LINK_RULES = ("_same_topic", "_sum_alternatives", "_only_candidates", "_by_claim", "tie_by_arithmetic")
_LINKERS = ("link_unit", "link_text")
_NAME_RULES = linking._by_name
Linker = Callable[..., list[Pair]]


def _first(then: Callable[[list[Mention]], None], link: Linker) -> Linker:
    """``link_unit`` or ``link_text`` with a look at the mentions before they are linked."""

    def linked(first: Any, second: Any, *rest: Any) -> list[Pair]:
        if isinstance(first, TaskUnit):
            then(list(second))
        else:
            then([mention for _, mention in first])
        return link(first, second, *rest)

    return linked


@contextmanager
def model_set_to(value: str) -> Iterator[None]:
    """``INDICATORS_MODEL`` with another value for a while."""
    before = os.environ.get(MODEL_VARIABLE)
    os.environ[MODEL_VARIABLE] = value
    store.forget()
    try:
        yield
    finally:
        if before is None:
            del os.environ[MODEL_VARIABLE]
        else:
            os.environ[MODEL_VARIABLE] = before
        store.forget()


@contextmanager
def watched(then: Callable[[list[Mention]], None]) -> Iterator[None]:
    """Shows ``then`` the mentions before they are linked: as the rules leave them, if the model is switched off."""
    with ExitStack() as stack:
        for name in _LINKERS:
            stack.enter_context(mock.patch.object(pipeline, name, _first(then, getattr(pipeline, name))))
        yield


@contextmanager
def hooked(
    *,
    observe: Callable[[list[Pair], Sequence[Located], set[int], Context, float], None] | None = None,
    assessed: Callable[[Pair, Assessment, Mapping[str, float]], None] | None = None,
    alone: bool = False,
) -> Iterator[None]:
    """Runs the chain with the learned steps that ``INDICATORS_MODEL`` leaves on.

    ``observe`` is called before names decide on links, ``assessed`` with every pair, its assessment and the features
    that all rows of its document share. ``alone``
    takes the linking rules out, so that the model links by itself.
    """

    def by_name(
        targets: list[Pair], actuals: list[Located], used: set[int], context: Context, threshold: float
    ) -> None:
        if observe is not None:
            observe(targets, actuals, used, context, threshold)
        if not link_by_model(targets, actuals, used, context, threshold):
            _NAME_RULES(targets, actuals, used, context, threshold)

    assess = assessing.assess

    def weighed(pair: Pair, context: Context, document: Mapping[str, float]) -> Assessment:
        made = assess(pair, context, document)
        if assessed is not None:
            assessed(pair, made, document)
        return made

    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(pipeline, "assess", weighed))
        stack.enter_context(mock.patch.object(linking, "_by_name", by_name))
        if alone:
            for name in _LINK_RULES:
                if hasattr(linking, name):
                    stack.enter_context(mock.patch.object(linking, name, lambda *rest: rest[0]))
        yield
