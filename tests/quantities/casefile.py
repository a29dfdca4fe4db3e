"""Reads the case files: ``input => span | value | unit | flags ;; span | ...`` or ``input => -``.

A value is written ``30`` (plain), ``>=30``, ``<=30``, ``~30`` (about), ``=30`` (exactly), ``2..3`` (range);
``inf`` never occurs. Flags: ``approx``, ``up``, ``down``, ``to``, ``from=5``, ``name``, ``kind=...``,
``period=...``, ``number=...`` (figure and unit where it is not the whole span). A unit of ``""`` is written ``-``.
In an input ``\\n`` and ``\\t`` stand for a line break and a tab.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indicators.schema.quantity import Quantity

FOLDER = Path(__file__).parent / "cases"
_SIGNS = {"at_least": ">=", "at_most": "<=", "about": "~", "exactly": "="}


def unescape(text: str) -> str:
    return text.replace("\\n", "\n").replace("\\t", "\t")


def _plain(value: object) -> str:
    text = format(value, "f") if value is not None else ""
    return text.rstrip("0").rstrip(".") if "." in text else text


def written(quantity: Quantity, flags: set[str]) -> str:
    """The quantity as the case files write it, with the flags that the case asks for and those that are set."""
    if quantity.bound == "range":
        value = f"{_plain(quantity.low)}..{_plain(quantity.high)}"
    else:
        value = _SIGNS.get(quantity.bound or "", "") + _plain(quantity.value)
    more = []
    if quantity.approximate and quantity.bound != "about":
        more.append("approx")
    if quantity.change:
        more.append(quantity.change)
    if quantity.origin is not None:
        more.append(f"from={_plain(quantity.origin)}")
    if quantity.part_of_name:
        more.append("name")
    if "kind" in flags:
        more.append(f"kind={quantity.kind}")
    if "period" in flags:
        more.append(f"period={quantity.period.text if quantity.period else ''}")
    if "number" in flags:
        more.append(f"number={quantity.number_text}")
    text = quantity.text.replace("\n", "\\n").replace("\t", "\\t")
    return " | ".join([text, value, quantity.unit or "-", *([" ".join(more)] if more else [])])


def cases(name: str) -> Iterator[tuple[str, list[str]]]:
    """Every (input, quantities as written) of a file."""
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        text, arrow, told = line.partition(" => ")
        assert arrow, f"{name}: no arrow in {line!r}"
        yield unescape(text), [] if told.strip() == "-" else [part.strip() for part in told.split(" ;; ")]


def flags_of(told: list[str]) -> set[str]:
    return {flag for flag in ("kind", "period", "number") if any(f"{flag}=" in part for part in told)}
