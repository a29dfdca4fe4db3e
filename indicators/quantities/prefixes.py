"""What stands right before a figure and belongs to it: a currency, a scale of temperature, a sign."""

from __future__ import annotations

import re

from indicators import rulebook
from indicators.quantities import patterns
from indicators.quantities.atom import Atom, last_char, unit_of

_PREFIXES = {word: rule for rule in rulebook.load("contexts")["prefix"] for word in rule["words"]}
_PREFIX = re.compile(f"(?P<word>{patterns.trie(_PREFIXES)})[ \\t]*\\Z")
_PREFIX_LAST = frozenset(word[-1] for word in _PREFIXES)
_MINUS_TOLD = next(frozenset(rule["words"]) for rule in rulebook.load("contexts")["minus"] if rule["id"] == "before")
_MINUS_BEFORE = frozenset(")）%‰-—~℃”.")


def take_prefix(text: str, atom: Atom, floor: int) -> int:
    """人民币50元, ￥300, 华氏98.6度: where the figure starts with what tells its unit before it."""
    if last_char(text, atom.start, floor) not in _PREFIX_LAST:
        return atom.start
    match = _PREFIX.search(text, max(floor, atom.start - 8), atom.start)
    if not match:
        return atom.start
    word, rule = match["word"], _PREFIXES[match["word"]]
    if rule.get("degrees"):
        if atom.unit is not None and atom.unit.word not in ("度", "°"):
            return atom.start
        atom.unit, atom.unit_text = unit_of(rule["unit"])
        atom.plain = False
        return match.start()
    if atom.unit_text in ("", rule["unit"]):
        atom.unit, atom.unit_text = unit_of(rule["unit"])
        atom.plain = False
        # A symbol belongs to the figure, a word before it stays outside.
        return match.start() if not "一" <= word[0] <= "鿿" else atom.start
    return atom.start


def sign_of(text: str, start: int, floor: int) -> int:
    """Where the minus or 负 of a figure stands, -1 where it has none (减负18亿元, 2022-12, C-3)."""
    place = start - 1
    while place > floor and text[place] == " " and start - place < 4:
        place -= 1
    if place < floor or text[place] not in "-负" or (text[place] == "-" and place < start - 1 and place > 0):
        return -1
    before = text[place - 1 : place] if place else ""
    if before and before not in _MINUS_TOLD and (before.isalnum() or before in _MINUS_BEFORE):
        return -1
    return place
