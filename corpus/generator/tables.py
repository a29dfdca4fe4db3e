"""Tables with wordy cells from the generator's sentences, to be flattened: headings and rows of texts, no marks."""

from __future__ import annotations

import random
import re

from corpus.generator import lexicon
from corpus.generator.forms import Writer, distractor, growth, lone_actual, lone_target, promise_and_answer

_MARK = re.compile(r"\{[^:{}]*:([^{}]*)\}")
_HEADS = (
    ("序号", "目标任务", "责任单位", "完成情况"),
    ("序号", "重点工作", "牵头单位", "完成时限", "进展情况"),
    ("序号", "目标任务", "责任单位", "完成情况", "完成与否"),
    ("序号", "任务名称", "年度目标", "责任单位", "完成情况"),
    ("序号", "目标任务", "责任单位", "进度安排", "完成情况", "备注"),
)
_DEADLINES = ("12月底", "11月底", "全年", "长期", "6月底", "年底前")
Known = tuple[str, tuple[str, ...], list[list[str]]]


def table(dice: random.Random) -> Known:
    """Title, headings and rows of one invented table."""
    writer = Writer(dice, "flattened")
    head = dice.choice(_HEADS)
    first = dice.choice((1, 1, 1, 5, 11))
    rows = [[_cell(writer, heading, first + at) for heading in head] for at in range(dice.randint(5, 11))]
    return f"{writer.place}{writer.year}年重点工作{writer.span}完成情况表", head, rows


def _cell(writer: Writer, heading: str, number: int) -> str:
    dice = writer.dice
    if heading == "序号":
        return str(number)
    if heading in ("责任单位", "牵头单位"):
        return "、".join(dice.sample(lexicon.UNITS, dice.choice((1, 1, 1, 2))))
    if heading == "完成时限":
        return dice.choice(_DEADLINES)
    if heading == "完成与否":
        return dice.choice("√√√×")
    if heading == "备注":
        return dice.choice(("", "", "", dice.choice(lexicon.FILLER)))
    if heading in ("任务名称", "重点工作") and dice.random() < 0.5:
        thing = writer.thing()
        return f"{thing.verb}{thing.name}" if thing in lexicon.COUNTS else thing.name
    if heading in ("完成情况", "进展情况"):
        makes = [dice.choice((lone_actual, lone_actual, promise_and_answer, growth)) for _ in range(dice.randint(1, 3))]
        told = [plain(make(writer)) for make in makes] + [plain(distractor(writer))] * (dice.random() < 0.3)
        if len(told) > 1 and dice.random() < 0.4:
            return "".join(f"{at}.{text}" for at, text in enumerate(told, 1))
        return "".join(told)
    text = plain("".join(lone_target(writer) for _ in range(dice.choice((1, 1, 2)))))
    return text if dice.random() < 0.6 else text.rstrip("。")


def plain(marked: str) -> str:
    """A marked text without its marks."""
    return _MARK.sub(r"\1", marked)
