"""Known tables flattened into lines, and the reader with a learned scorer at line ends."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.generator.flatten import broken, flatten
from corpus.generator.tables import plain, table
from indicators.readers import read_text
from indicators.readers.layout.lines import width
from models import breaks, flat
from models.examples import Example
from models.flat import Known

HEAD = ("序号", "目标任务", "责任单位", "完成情况")
TASKS = (
    "新建城区排水管网三十公里并同步完成路面恢复",
    "改造老旧泵站，更新水泵机组，提高汛期排涝能力",
    "疏浚内河河道，清运淤泥，岸线整治同步推进",
    "编制海绵城市建设方案并报市里审定后公布实施",
    "对易涝点逐一排查，建立台账，明确整治时限",
    "推进雨污分流，完成居民小区和单位庭院接户改造",
)
DONE = (
    "已完成二十八公里，余下部分正在施工。",
    "机组全部更换到位，经受住了两轮强降雨考验。",
    "清运淤泥四万方，岸线整治完成过半，沿线栽植树木。",
    "方案已通过专家评审。",
    "排查工作结束，十二处易涝点均已明确责任人和时限。",
    "接户改造完成计划的六成，其余年底前完工。",
)
ROWS = [[str(at), task, "市住建局", done] for at, (task, done) in enumerate(zip(TASKS, DONE, strict=True), 1)]


def known(seed: str = "1") -> Known:
    made = flatten("排水工程进展情况表", HEAD, ROWS, random.Random(seed))
    return Known("k", made.text, flat.line_ends(made.text, made.cell_at))


def test_lines_fill_their_room_and_open_with_no_closing_mark() -> None:
    lines = broken("新建城区排水管网三十公里，同步恢复路面。", 12)
    assert "".join(lines) == "新建城区排水管网三十公里，同步恢复路面。"
    assert all(width(line) <= 14 and line[0] not in "，。" for line in lines)
    assert broken("", 12) == []


@pytest.mark.parametrize("seed", ["1", "2", "3", "4", "5", "6"])
def test_every_character_of_a_flattened_table_is_in_its_cell(seed: str) -> None:
    made = flatten("排水工程进展情况表", HEAD, ROWS, random.Random(seed))
    cells: dict[tuple[int, int], str] = {}
    for at, char in enumerate(made.text):
        cell = made.cell_at(at)
        if cell is not None and not char.isspace():
            cells[cell] = cells.get(cell, "") + char
    assert cells == {(r, c): text for r, row in enumerate(ROWS) for c, text in enumerate(row)}


def test_titles_headings_and_page_numbers_are_of_no_cell() -> None:
    made = flatten("排水工程进展情况表", HEAD, ROWS * 3, random.Random("1"))
    at = made.text.index("- 1 -")
    assert made.text.count("目标任务") >= 2
    assert {made.cell_at(0), made.cell_at(at), made.cell_at(made.text.index("目标任务", at))} == {None}


def test_the_same_seed_gives_the_same_table_and_no_marks_are_left() -> None:
    title, head, rows = table(random.Random("x"))
    assert (title, head, rows) == table(random.Random("x"))
    assert all(len(row) == len(head) for row in rows)
    assert not any(char in text for row in rows for text in row for char in "{}")
    assert plain("目标{3t:45家}，为{o:97%}。") == "目标45家，为97%。"


def test_line_ends_tell_whether_the_cell_goes_on() -> None:
    text = "1\n新建排水\n管网\n市住建局"
    cells = {range(0, 1): (0, 0), range(2, 9): (0, 1), range(10, 14): (0, 2)}
    ends = flat.line_ends(text, lambda at: next((cell for span, cell in cells.items() if at in span), None))
    assert ends == [(0, 2, False), (5, 7, True), (8, 10, False)]


def test_a_workbook_tells_which_lines_of_a_real_report_are_of_one_cell(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (HEAD, *ROWS):
        book.active.append(row)
    book.save(tmp_path / "k.xlsx")
    made = known()
    (tmp_path / "k.txt").write_text(made.text, encoding="utf-8")
    told = flat.real(tmp_path / "k.txt", tmp_path / "k.xlsx")
    assert set(made.ends) <= set(told.ends)


def test_the_reader_is_measured_by_the_line_ends_it_gets_right() -> None:
    made = known()
    right, count = breaks.read_right(made, read_text(made.text, "k.txt"))
    assert count == len(made.ends) > 20
    assert right >= 0.9 * count
    nothing, _ = breaks.read_right(made, read_text("别的文字。", "k.txt"))
    assert nothing == sum(not same for _, _, same in made.ends)


def test_every_line_end_that_the_reader_weighs_is_an_example_with_the_truth() -> None:
    made = known()
    found = breaks.break_examples([made])
    truth = {first: "yes" if same else "no" for _, first, same in made.ends}
    assert found
    assert all(truth[e.info["at"]] == e.label for e in found)
    assert len({e.info["at"] for e in found}) == len(found)
    assert {e.label for e in found} == {"yes", "no"}


def always(chance: float) -> breaks.Decider:
    def decide(examples: Sequence[Example]) -> list[dict[str, float]]:
        return [{"yes": chance, "no": 1 - chance} for _ in examples]

    return decide


def test_the_scorer_takes_the_place_of_the_rules_evidence_and_leaves_it_afterwards() -> None:
    made = known()
    before = flat.cells_of(read_text(made.text, "k.txt"))
    with breaks.judged(always(0.999999), weight=1.0):
        joined = flat.cells_of(read_text(made.text, "k.txt"))
    assert joined != before
    assert flat.cells_of(read_text(made.text, "k.txt")) == before


def test_a_scorer_that_knows_the_truth_reads_no_worse_than_the_rules() -> None:
    made = known("3")
    truth = {first: same for _, first, same in made.ends}

    def knows(examples: Sequence[Example]) -> list[dict[str, float]]:
        return [{"yes": float(truth.get(e.info["at"], False))} for e in examples]

    rules, count = breaks.read_right(made, read_text(made.text, "k.txt"))
    with breaks.judged(knows):
        learned, _ = breaks.read_right(made, read_text(made.text, "k.txt"))
    assert learned >= rules
    assert learned > 0.95 * count
