"""What the tests of all formats ask of a Source."""

from __future__ import annotations

import os
from pathlib import Path

from indicators.schema.source import Paragraph, Passage, Source, Table

SHARED = Path(os.environ.get("INDICATORS_SHARED") or Path(__file__).resolve().parents[4] / "shared")


def bare(text: str) -> str:
    """Text without white space."""
    return "".join(text.split())


def tables(source: Source) -> list[Table]:
    return [block for block in source.blocks if isinstance(block, Table)]


def texts(source: Source) -> list[str]:
    """The paragraphs' clean texts."""
    return [block.passage.text for block in source.blocks if isinstance(block, Paragraph)]


def grid(source: Source, at: int = 0) -> list[list[str]]:
    """A table's texts by row and column, spanning cells in every place they cover."""
    return [["" if cell is None else bare(cell.passage.text) for cell in row] for row in tables(source)[at].grid()]


def spans(source: Source, at: int = 0) -> dict[str, tuple[int, int]]:
    """Row and column spans of the cells that have any, by text."""
    return {
        bare(cell.passage.text): (cell.rowspan, cell.colspan)
        for cell in tables(source)[at].cells
        if (cell.rowspan, cell.colspan) != (1, 1)
    }


def check(source: Source) -> Source:
    """Asserts what holds of every Source: characters stand where their offsets say, cells lie in their table."""

    def traced(passage: Passage) -> None:
        assert len(passage.text) == len(passage.offsets)
        for char, offset in zip(passage.text, passage.offsets, strict=True):
            assert source.text[offset] == char or (char == " " and source.text[offset].isspace())

    for block in source.blocks:
        if isinstance(block, Paragraph):
            assert block.passage.text
            traced(block.passage)
            continue
        traced(block.caption)
        assert 0 <= block.header_rows < max(block.n_rows, 1)
        taken = set()
        for cell in block.cells:
            traced(cell.passage)
            assert cell.row + cell.rowspan <= block.n_rows
            assert cell.col + cell.colspan <= block.n_cols
            places = {(cell.row + r, cell.col + c) for r in range(cell.rowspan) for c in range(cell.colspan)}
            assert not places & taken, "cells overlap"
            taken |= places
    return source
