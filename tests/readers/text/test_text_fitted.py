"""Tables dealt to their headings by what fits best, and lines that print every cell behind its heading."""

from __future__ import annotations

import pytest

from indicators.readers import read_text
from indicators.schema.source import Table

HEADS = ["序号", "项目名称", "总投资", "年度目标", "完成值", "完成率（%）"]
ROWS = [
    ["1", "西堤加固", "900", "40", "46", "115"],
    ["2", "东港清淤", "730", "18", "16.2", "90"],
    ["3", "北坡造林", "1200", "25", "25", "100"],
    ["4", "南塘引水", "64", "3000", "3420", "114"],
]


def tables(text: str) -> list[list[list[str]]]:
    found = [block for block in read_text(text).blocks if isinstance(block, Table)]
    return [[[cell.passage.text if cell else "" for cell in row] for row in table.grid()] for table in found]


def test_a_heading_that_the_lexicon_does_not_know_shifts_no_row() -> None:
    assert tables("\n".join(cell for row in [HEADS, *ROWS] for cell in row)) == [[HEADS, *ROWS]]


def test_a_note_between_rows_belongs_to_none() -> None:
    lines = ["\n".join(row) for row in [HEADS, *ROWS]]
    assert tables("\n".join([*lines[:3], "（以上两项为续建）", *lines[3:]])) == [[HEADS, *ROWS]]


def test_a_lost_cell_leaves_its_column_blank() -> None:
    short = [row[:2] + row[3:] if row[0] == "3" else row for row in ROWS]
    told = tables("\n".join(cell for row in [HEADS, *short] for cell in row))
    assert told == [[HEADS, *([*row[:2], "", *row[3:]] if row[0] == "3" else row for row in ROWS)]]


@pytest.mark.parametrize("form", ["{}：{}；", "{}：{} ", "【{}】{}"])
def test_every_cell_behind_its_heading(form: str) -> None:
    lines = ["".join(form.format(head, cell) for head, cell in zip(HEADS, row, strict=True)) for row in ROWS]
    assert tables("\n".join(lines)) == [[HEADS, *ROWS]]
