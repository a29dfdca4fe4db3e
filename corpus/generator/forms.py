"""Forms of documents: each builds the marked text (``corpus/tools/marks.py``) of one document."""

from __future__ import annotations

import random
from collections.abc import Callable

from corpus.generator import lexicon
from corpus.generator.lexicon import Thing

PERIODS = ((6, "上半年", 0.5), (9, "前三季度", 0.75), (12, "全年", 1.0), (12, "全年", 1.0))


class Writer:
    """Collects text and rows of one document; draws figures and words."""

    def __init__(self, dice: random.Random, form: str, *, plan: bool = False):
        self.dice = dice
        self.form = form
        self.place = dice.choice(lexicon.PLACES)
        self.year = dice.randint(2017, 2025)
        self.month, self.span, self.share = (0, "全年", 0.0) if plan else dice.choice(PERIODS)
        self.rows: list[str] = []
        self.text: list[str] = []
        self.used: set[str] = set()

    def thing(self, *kinds: tuple[Thing, ...]) -> Thing:
        """An indicator not used in this document yet."""
        every = [t for kind in kinds or ALL for t in kind]
        free = [t for t in every if t.name not in self.used] or every
        chosen = self.dice.choice(free)
        self.used.add(chosen.name)
        return chosen

    def figure(self, thing: Thing, near: float | None = None, ratio: float = 1.0) -> float:
        """A figure in the thing's range, or ``ratio`` times another one."""
        value = self.dice.uniform(thing.low, thing.high) if near is None else near * ratio
        value = round(value, thing.digits)
        if not thing.digits and value > 100 and near is None:
            value = round(value, -1)
        return max(value, 10.0**-thing.digits)

    def pair(self, thing: Thing) -> tuple[float, float]:
        """Target and actual so that every verdict occurs."""
        target = self.figure(thing)
        if thing.rate:
            ratio = self.dice.choice((1.0, self.dice.uniform(1.005, 1.06), self.dice.uniform(0.93, 0.995)))
        else:
            ratio = self.share * self.dice.choice((1.0, self.dice.uniform(1.01, 1.3), self.dice.uniform(0.6, 0.98)))
        actual = self.figure(thing, target, ratio)
        if thing.unit == "%":
            actual = min(actual, 100.0)
        return target, actual

    def row(self, indicator: str, codes: str, task: str = "*") -> int:
        """Adds a row; returns its number."""
        number = len(self.rows) + 1
        self.rows.append(f"{number} {task}|{indicator}|{codes}")
        return number

    def done(self, title: str) -> str:
        """The marked file."""
        as_of = f"{self.year}-{self.month:02d}-{30 if self.month in (6, 9) else 31}" if self.month else ""
        name = f"generated-{self.form}"
        head = f"form: {name}\nregion: {self.place}\nas_of: {as_of}\nshare: {self.share}\nsplit: train"
        return f"{head}\n---\n{title}\n{''.join(self.text)}\n---\n" + "\n".join(self.rows) + "\n"


ALL = (lexicon.COUNTS, lexicon.MONEY, lexicon.RATES, lexicon.CEILINGS)


def show(value: float, thing: Thing) -> str:
    """The figure with its unit."""
    return f"{value:.{thing.digits}f}{thing.unit}"


def bound(writer: Writer, thing: Thing, text: str) -> tuple[str, str]:
    """The target's text with bound words, and the code of the bound."""
    if thing.down:
        return writer.dice.choice(((f"{text}以内", "<"), (f"不超过{text}", "<"), (f"{text}以下", "<")))
    return writer.dice.choice(((text, ">"), (text, ">"), (f"{text}以上", ">"), (f"不低于{text}", ">")))


def called(thing: Thing) -> str:
    """The indicator's name in the gold row."""
    return f"{thing.verb}{thing.name}" if thing in lexicon.COUNTS else thing.name


def promise_and_answer(writer: Writer) -> str:
    """One sentence with a target and its actual, in one of many wordings."""
    dice, thing = writer.dice, writer.thing()
    target, actual = writer.pair(thing)
    shown, code = bound(writer, thing, show(target, thing))
    number = writer.row(called(thing), f"{code}{' dn' if thing.down else ''}")
    t, a = f"{{{number}t:{shown}}}", f"{{{number}a:{show(actual, thing)}}}"
    plain = f"{{{number}t:{show(target, thing)}}}"
    rate = f"{{o:{round(100 * actual / target, 1)}%}}"
    verb = "" if thing.rate else thing.verb
    name = f"{thing.verb}{thing.name}" if thing in lexicon.COUNTS else thing.name
    if code == "<" and shown != show(target, thing):
        plain = t
    wordings = [
        f"{name}年度目标{t}，{writer.span}实际{'为' if thing.rate else '完成'}{a}。",
        f"年初要求{name}达到{t}，目前{'为' if thing.rate else '已完成'}{a}。",
        f"{name}目标任务{t}，{dice.choice(lexicon.FILLER)}，{writer.span}{name}{a}。",
        f"{name}{a}（年度目标{t}）。",
        f"{writer.span}{name}{a}，年度计划为{t}。",
        f"力争{name}{t}。{dice.choice(lexicon.FILLER)}。截至{writer.month}月底，{name}{a}。",
    ]
    if not thing.rate and shown == show(target, thing):
        wordings += [
            f"{name}{a}，完成年度任务{plain}的{rate}。",
            f"{name}{a}，为年度目标{plain}的{rate}。",
            f"全年计划{verb}{thing.name}{plain}，已{verb}{a}，完成率{rate}。",
            f"{verb}{thing.name}{plain}的年度任务，{writer.span}落实{a}。",
        ]
    return dice.choice(wordings)


def growth(writer: Writer) -> str:
    """A rate of growth set against its target, the level beside it an actual of its own."""
    dice, thing = writer.dice, writer.thing(lexicon.GROWTH)
    target, actual = writer.pair(thing)
    number = writer.row(f"{thing.name}增长", ">")
    t, a = f"{{{number}t:{show(target, thing)}}}", f"{{{number}a:{show(actual, thing)}}}"
    gap = round(actual - target, 1)
    told = f"{'高于' if gap > 0 else '低于'}年度目标{{o:{abs(gap)}个百分点}}" if gap else "与年度目标持平"
    return dice.choice(
        (
            f"{thing.name}增长{a}，年初预期目标为增长{t}。",
            f"{thing.name}增长目标{t}，{writer.span}增长{a}，{told}。",
            f"年初确定{thing.name}增长{t}，实际增长{a}。",
        )
    )


def lone_actual(writer: Writer) -> str:
    """An actual without a target, often with its growth and the year before."""
    dice, thing = writer.dice, writer.thing(lexicon.MONEY, lexicon.COUNTS)
    value = writer.figure(thing)
    number = writer.row(called(thing), "-")
    text = f"{writer.span}{thing.verb}{thing.name}{{{number}a:{show(value, thing)}}}"
    kind = dice.randrange(4)
    if kind == 0:
        rate = writer.row(f"{thing.name}增长", "-")
        text += f"，同比增长{{{rate}a:{round(dice.uniform(1, 20), 1)}%}}"
    elif kind == 1:
        text += f"，去年同期为{{b:{show(writer.figure(thing, value, 0.9), thing)}}}"
    elif kind == 2:
        text += f"，居全省第{{r:{dice.randint(2, 15)}}}位"
    return text + "。"


def lone_target(writer: Writer) -> str:
    """A target that nothing answers."""
    dice, thing = writer.dice, writer.thing()
    shown, code = bound(writer, thing, show(writer.figure(thing), thing))
    number = writer.row(called(thing), f"{code}{' dn' if thing.down else ''}")
    t = f"{{{number}t:{shown}}}"
    name = f"{thing.verb}{thing.name}" if thing in lexicon.COUNTS else thing.name
    return dice.choice((f"力争全年{name}{t}。", f"确保{name}{t}。", f"到年底，{name}要达到{t}。"))


def distractor(writer: Writer) -> str:
    """Figures that belong to no row."""
    dice = writer.dice
    return dice.choice(
        (
            f"会议传达了{{o:{dice.randint(2, 6)}份}}文件精神，{dice.choice(lexicon.FILLER)}。",
            f"年产{{o:{dice.randint(2, 60)}万吨}}新型材料项目前期工作加快。",
            f"对主营业务收入{{l:{dice.choice((500, 1000, 2000))}万元以上}}的企业实行专人联系。",
            f"工作覆盖{{s:{dice.randint(5, 30)}个}}乡镇，{dice.choice(lexicon.FILLER)}。",
            f"对认定的企业每户奖励{{o:{dice.choice((10, 20, 50))}万元}}。",
            f"{dice.choice(lexicon.FILLER)}。",
        )
    )


def narrative(dice: random.Random) -> str:
    """Paragraphs of running text."""
    writer = Writer(dice, "narrative")
    for section in dice.sample(lexicon.SECTIONS, 3):
        sentences = [promise_and_answer(writer), dice.choice((growth, promise_and_answer))(writer)]
        sentences += [lone_actual(writer), distractor(writer)]
        dice.shuffle(sentences)
        writer.text.append(f"{section}方面。{''.join(sentences)}\n")
    return writer.done(f"{writer.place}{writer.year}年{writer.span}重点工作进展")


def bulletin(dice: random.Random) -> str:
    """Numbered points, each a sentence or two."""
    writer = Writer(dice, "bulletin")
    for number in range(1, dice.randint(6, 9)):
        make = dice.choice((promise_and_answer, promise_and_answer, growth, lone_actual))
        tail = distractor(writer) if dice.random() < 0.3 else ""
        writer.text.append(f"{number}.{make(writer)}{tail}\n")
    return writer.done(f"{writer.place}{writer.year}年1-{writer.month}月目标任务完成情况通报")


def tab_table(dice: random.Random) -> str:
    """A tab-separated completion table: target, unit in charge, what was done."""
    writer = Writer(dice, "tab-table")
    writer.text.append("序号\t目标任务\t责任单位\t完成情况\n")
    for number in range(1, dice.randint(6, 10)):
        thing = writer.thing()
        target, actual = writer.pair(thing)
        shown, code = bound(writer, thing, show(target, thing))
        row = writer.row(called(thing), f"{code}{' dn' if thing.down else ''}", str(number))
        name = f"{thing.verb}{thing.name}" if thing in lexicon.COUNTS else thing.name
        other = dice.choice(("", f"{dice.choice(lexicon.FILLER)}，", f"先后召开调度会{{o:{dice.randint(2, 9)}次}}，"))
        answer = dice.choice((f"已完成{{{row}a:{show(actual, thing)}}}", f"{name}{{{row}a:{show(actual, thing)}}}"))
        if thing.rate:
            answer = f"{thing.name}{{{row}a:{show(actual, thing)}}}"
        unit = dice.choice(lexicon.UNITS)
        writer.text.append(f"{number}\t{name}{{{row}t:{shown}}}\t{unit}\t{other}{answer}。\n")
    return writer.done(f"{writer.place}{writer.year}年重点工作{writer.span}完成情况")


def two_columns(dice: random.Random) -> str:
    """A tab-separated table of bare figures."""
    writer = Writer(dice, "figures-table")
    writer.text.append("序号\t指标\t单位\t年度目标\t完成数\n")
    for number in range(1, dice.randint(6, 10)):
        thing = writer.thing(lexicon.COUNTS, lexicon.MONEY, lexicon.RATES)
        target, actual = writer.pair(thing)
        scale = {"亿元": 1e8, "万元": 1e4, "亿美元": 1e8, "万亩": 1e4}.get(thing.unit, 1)
        bare = {"亿元": "元", "万元": "元", "亿美元": "美元", "万亩": "亩"}.get(thing.unit, thing.unit)
        codes = f"> tv={round(target * scale, 4)} tu={bare} av={round(actual * scale, 4)} au={bare}"
        row = writer.row(called(thing), codes, str(number))
        cells = (f"{target:.{thing.digits}f}", f"{actual:.{thing.digits}f}")
        writer.text.append(f"{number}\t{called(thing)}\t{thing.unit}\t{{{row}t:{cells[0]}}}\t{{{row}a:{cells[1]}}}\n")
    return writer.done(f"{writer.place}{writer.year}年主要指标{writer.span}完成情况表")


def plan(dice: random.Random) -> str:
    """A plan: promises, scope, no answers."""
    writer = Writer(dice, "plan", plan=True)
    for number, section in enumerate(dice.sample(lexicon.SECTIONS, 4), 1):
        sentences = [lone_target(writer), lone_target(writer), distractor(writer)]
        dice.shuffle(sentences)
        writer.text.append(f"{number}.{section}。{''.join(sentences)}\n")
    return writer.done(f"{writer.place}{writer.year}年重点工作计划")


def apart(dice: random.Random) -> str:
    """All promises in the first paragraph, all answers in the second, not in the same order."""
    writer = Writer(dice, "apart")
    promises, answers = [], []
    for _ in range(dice.randint(4, 6)):
        thing = writer.thing()
        target, actual = writer.pair(thing)
        shown, code = bound(writer, thing, show(target, thing))
        row = writer.row(called(thing), f"{code}{' dn' if thing.down else ''}")
        name = f"{thing.verb}{thing.name}" if thing in lexicon.COUNTS else thing.name
        promises.append(f"{name}{{{row}t:{shown}}}")
        answers.append(f"{name}{{{row}a:{show(actual, thing)}}}")
    dice.shuffle(answers)
    opening = dice.choice(("年初提出的目标是：", f"{writer.year}年的主要预期目标为：", "按照年度责任书，要求"))
    writer.text.append(f"{opening}{'，'.join(promises)}。\n")
    writer.text.append(f"{writer.span}，{'，'.join(answers)}。{distractor(writer)}\n")
    return writer.done(f"{writer.place}{writer.year}年目标完成情况汇报")


FORMS: dict[str, Callable[[random.Random], str]] = {
    "narrative": narrative,
    "bulletin": bulletin,
    "tab-table": tab_table,
    "figures-table": two_columns,
    "plan": plan,
    "apart": apart,
}
