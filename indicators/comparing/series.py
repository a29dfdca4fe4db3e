"""One indicator over several reports."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Point:
    """x"""


@dataclass
class Series:
    """x"""


def series(x: object) -> list[Series]:
    """x"""
    raise NotImplementedError
