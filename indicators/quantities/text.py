"""Folds a text for matching without moving a single offset."""

from __future__ import annotations

import re

from indicators import rulebook


def half_width(kept: str) -> dict[str, str]:
    """Full-width forms of Latin letters, digits and marks with their half-width ones, but for those in ``kept``."""
    return {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in kept}


_BLANKS = "\u3000\xa0\u2002\u2003\u2009\u202f\ufeff\u200b\u200c\u200d\u2060\xad"
# Clause marks stay as they are: folded, "，" would look like a thousands separator.
_FOLD = half_width(kept="，；！？")
_FOLD |= {
    char: to for rule in rulebook.load("numerals")["fold"] for char, to in zip(rule["chars"], rule["to"], strict=True)
}
_FOLD |= dict.fromkeys(_BLANKS, " ")
# Few characters of a text need folding; str.translate would look every one of them up.
_FOLDABLE = re.compile("[" + re.escape("".join(_FOLD)) + "]")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]++")
# Commas are in every sentence, full-width digits in few.
_WIDE_DIGIT = re.compile("[０-９]")
_WIDE_SEPARATOR = re.compile(r"([０-９])，(?=[０-９]{3}(?![０-９]))")


def fold(text: str) -> str:
    """Half-width, simplified characters for matching; ``len(fold(text)) == len(text)``."""
    if "http" in text or "www." in text:
        # The figures of a web address are none: 30%25 is an escaped character.
        text = _ADDRESS.sub(lambda match: "|" * len(match[0]), text)
    if text.isascii():
        return text
    if "，" in text and _WIDE_DIGIT.search(text):
        text = _WIDE_SEPARATOR.sub(r"\1,", text)
    return _FOLDABLE.sub(lambda match: _FOLD[match[0]], text)
