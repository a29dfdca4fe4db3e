"""Fifteen tables in every layout: what came out right when benchmarks/layouts/right.txt was written still does."""

from __future__ import annotations

import pytest

from benchmarks.layouts.__main__ import RIGHT, read, sheets, text_of
from benchmarks.layouts.writing import LAYOUTS

HEAD, *LINES = [line.split() for line in RIGHT.read_text(encoding="utf-8").splitlines()]
SHEETS = {sheet.name: sheet for sheet in sheets()}


def test_every_table_and_layout_is_held() -> None:
    assert HEAD[1:] == list(SHEETS)
    assert [line[0] for line in LINES] == list(LAYOUTS)


@pytest.mark.parametrize("line", LINES, ids=lambda line: str(line[0]))
def test_a_layout_gives_what_it_gave(line: list[str]) -> None:
    name, *held = line
    fallen = []
    for sheet, told in zip(SHEETS.values(), held, strict=True):
        text = text_of(sheet, name)
        assert (text is None) == (told == ".")
        if text is None:
            continue
        reading = read(sheet, text)
        right, extra = told.partition("/")[0], told.partition("+")[2]
        if reading.right < int(right) or (reading.right == int(right) and reading.extra > int(extra or 0)):
            fallen.append(f"{sheet.name}: {reading}, was {told}")
    assert not fallen, f"python -m benchmarks.layouts --show {name} TABLE"
