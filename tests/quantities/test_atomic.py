"""Possessive quantifiers written as atomic groups match the same; Python before 3.11.5 cannot read the former."""

from __future__ import annotations

import re

import pytest

from indicators.quantities.atomic import atomic
from indicators.quantities.patterns import master


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a*+b", "(?>a*)b"),
        (r"[0-9]++(?:\.[0-9]+)?+", r"(?>[0-9]+)(?>(?:\.[0-9]+)?)"),
        ("(?:(?P<n>ab){0,2}+)?+", "(?>(?:(?>(?P<n>ab){0,2}))?)"),
        (r"[]a]\+++c+?|d{2}e+", r"[]a](?>\++)c+?|d{2}e+"),
        ("(?<=a)(?!b)c", "(?<=a)(?!b)c"),
    ],
)
def test_atomic(written: str, read: str) -> None:
    assert atomic(written) == read


@pytest.mark.parametrize("pattern", ["a*+a", "(?:ab|a)++b", "(a{1,3}+)(a?)"])
def test_the_same_is_matched(pattern: str) -> None:
    for text in ("aaa", "abab", "aab", "b", ""):
        first, second = re.search(pattern, text), re.search(atomic(pattern), text)
        assert (first and first.regs) == (second and second.regs)


def test_no_possessive_repeat_is_left_where_groups_are_read() -> None:
    assert re.search(r"(?<!\\)[*+?}]\+", master().pattern) is None
