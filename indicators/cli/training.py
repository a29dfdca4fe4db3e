"""What ``indicators train`` and ``indicators evaluate`` share; the training code lies beside the weights."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from indicators import shipped
from indicators.errors import UsageError

_ROOT = Path(str(shipped.models())).parent


def models(name: str) -> Any:
    """A module of the training code: inside the package where a wheel put it, else beside it in the checkout."""
    if Path(__file__).resolve().parents[1] == _ROOT:
        return import_module(f"indicators.models.{name}")
    return _checkout(f"models.{name}")


def _checkout(module: str) -> Any:
    """A module that lies in the checkout beside ``indicators``."""
    if str(_ROOT) not in sys.path:
        sys.path.append(str(_ROOT))
    return import_module(module)


def generated(count: int, folder: Path) -> list[Any]:
    """``count`` generated documents, written to ``folder`` as a corpus of their own."""
    if not count:
        return []
    if not (_ROOT / "corpus" / "generator").is_dir():
        raise UsageError("the generator is not at hand", hint="run from a checkout of the repository")
    _checkout("corpus.generator").write(folder, count=count)
    loaded: list[Any] = models("dataset").load(folder, ["train"], origin="generated")
    return loaded


def existing(folder: str) -> Path:
    """The folder; raises :class:`UsageError` where there is none."""
    path = Path(folder)
    if not path.is_dir():
        raise UsageError(f"there is no folder '{folder}'", hint="train from a checkout of the repository")
    return path
