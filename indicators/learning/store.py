"""Finds the weights: shipped in ``models/``, or a user's own folder; says which steps are switched on.

``INDICATORS_MODEL`` is read at every call, so that a test or an evaluation may switch steps without a new process:
unset or ``all`` uses every step whose weights are shipped, ``none`` uses none, a list (``roles,confidence``) uses
these; a path (it holds a slash) names a folder with ``roles.json``, ``links.json``, ``confidence.json``.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from indicators import shipped
from indicators.errors import RuleError
from indicators.learning.scorers import Scorer, from_data
from indicators.settings import MODEL_VARIABLE

STEPS = ("roles", "links", "confidence")


class Model:
    """One step's weights with what was chosen in training."""

    def __init__(self, data: dict[str, Any]):
        self.data = data
        self.scorer: Scorer = from_data(data["scorer"])
        self.settings: dict[str, Any] = data["settings"]


def model(step: str) -> Model | None:
    """The model of a step, or ``None`` where it is switched off or none is shipped."""
    chosen = _chosen()
    if chosen == "none":
        return None
    if chosen not in ("", "all"):
        folder = own_folder()
        if folder is not None:
            return _from_folder(step, folder)
        names = [name.strip() for name in chosen.split(",")]
        unknown = [name for name in names if name not in STEPS]
        if unknown:
            raise RuleError(
                f"{MODEL_VARIABLE} names no step '{unknown[0]}'",
                hint=f"use none, all, a folder, or some of {', '.join(STEPS)}",
            )
        if step not in names:
            return None
    return _shipped(step)


def own_folder() -> Path | None:
    """The folder of a user's own weights, or ``None`` where ``INDICATORS_MODEL`` names steps or nothing."""
    chosen = _chosen()
    return Path(chosen) if "/" in chosen or os.sep in chosen else None


def _chosen() -> str:
    return os.environ.get(MODEL_VARIABLE, "").strip()


@cache
def _shipped(step: str) -> Model | None:
    file = shipped.models() / "weights" / f"{step}.json"
    return Model(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None


@cache
def _from_folder(step: str, folder: Path) -> Model | None:
    path = folder / f"{step}.json"
    if not folder.is_dir():
        problem = f"{MODEL_VARIABLE} names a folder that does not exist"
        raise RuleError(problem, path=str(folder), hint="train one, or unset it")
    if not path.is_file():
        return None
    try:
        return Model(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError) as error:
        raise RuleError(f"no weights of this library: {error}", path=str(path), hint="train them anew") from None


def forget() -> None:
    """Weights on disk have changed: read them anew at the next call."""
    _shipped.cache_clear()
    _from_folder.cache_clear()
