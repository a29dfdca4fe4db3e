"""Folding: full-width and traditional characters to half-width and simplified ones, one character for one.

A folded text has the length of the text it was made from, so an offset found in one is an offset in the other.
"""

from __future__ import annotations

import re
from functools import cache

from indicators import rulebook
from indicators.quantities.text import half_width

_FIGURES, _RAISED = "0123456789-+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺"


def raised(text: str) -> str:
    """A figure set above the line (m with a 2) as it stays above it in plain text: m². Other raised text as it is."""
    return text if text.strip(_FIGURES) else text.translate(str.maketrans(_FIGURES, _RAISED))


def _widths() -> dict[int, str]:
    # Chinese punctuation stays: it is no wider form of a Latin mark, but the text's own.
    table = {ord(wide): narrow for wide, narrow in half_width(kept="，；：？！").items()}
    table[0x3000] = " "
    table[0xA0] = " "
    table |= dict.fromkeys(map(ord, "﹪٪"), "%") | {ord("﹣"): "-", ord("−"): "-"}
    return table


@cache
def _table() -> dict[int, str]:
    table = _widths()
    if "traditional" in rulebook.names():
        for rule in rulebook.load("traditional").get("characters", []):
            table.update(zip(map(ord, rule["traditional"]), rule["simplified"], strict=True))
    return table


@cache
def _foldable() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(map(chr, _table())))}]")


def fold(text: str) -> str:
    """The text in half-width simplified form; same length, so offsets stay true."""
    # Few headings hold anything to fold; translate would look up every character.
    return text.translate(_table()) if _foldable().search(text) else text
