"""Possessive quantifiers as atomic groups, which say the same.

Python before 3.11.5 loses groups inside a possessive repeat (``SystemError: The span of capturing group is wrong``,
CPython issue 101955); atomic groups it reads well. Patterns are written with ``X*+``, which is easier to read.
"""

from __future__ import annotations

import re

_QUANTIFIER = re.compile(r"(?:[*+?]|\{\d*,?\d*\})")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)


def atomic(pattern: str) -> str:
    """``(?:ab)*+c`` as ``(?>(?:ab)*)c``. No verbose patterns, no comments."""
    open_groups: list[list[str]] = [[]]
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "(":
            open_groups.append([char])
            at += 1
            continue
        if char == ")":
            piece = "".join(open_groups.pop()) + char
        elif char == "[" and (found := _CLASS.match(pattern, at)) is not None:
            at, piece = found.end() - 1, found.group()
        elif char == "\\":
            at, piece = at + 1, pattern[at : at + 2]
        else:
            piece = char
        at += 1
        quantifier = None if piece == "|" else _QUANTIFIER.match(pattern, at)
        if quantifier is not None:
            at = quantifier.end()
            piece += quantifier.group()
            if pattern.startswith("+", at):
                at, piece = at + 1, f"(?>{piece})"
            elif pattern.startswith("?", at):
                at, piece = at + 1, piece + "?"
        open_groups[-1].append(piece)
    return "".join(open_groups[0])
