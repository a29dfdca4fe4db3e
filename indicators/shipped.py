"""Where the data that comes with the code lies: the rule files and the models of the same tree as this file.

A wheel holds both inside the package; in a checkout they lie beside it. They are found from here and not by import:
who stands in a checkout while another copy is installed would otherwise run the code of the one with the rules of the
other, or find no rules at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

_PACKAGE = resources.files("indicators")


def rules() -> Traversable:
    """The folder of the shipped rule files, ``<name>.toml`` each."""
    return _folder("rules")


def models() -> Traversable:
    """The folder of the shipped weights, configurations and model card."""
    return _folder("models")


def model_files() -> list[tuple[str, bytes]]:
    """Path below :func:`models` (parted by ``/``) and content of every file that a score may depend on, by path."""
    return sorted(_below(models(), ""))


def _folder(name: str) -> Traversable:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else Path(__file__).resolve().parents[1] / name


def _below(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for item in folder.iterdir():
        if item.is_dir() and not item.name.startswith((".", "__")):
            yield from _below(item, f"{prefix}{item.name}/")
        elif item.name.endswith((".json", ".npz", ".cfg")):
            yield f"{prefix}{item.name}", item.read_bytes()
