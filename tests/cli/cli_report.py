"""A report made by hand, hostile in every text field."""

from __future__ import annotations

from indicators.schema.report import Assessment, Fact, Finding, Report, Rival, Step, Task

ESCAPE = "\x1b[31m红\x1b[0m\x9b2J\u202e"
TEXT = "新增规上工业企业45家以上。全年新增规上工业企业52家。失业率控制在4%以内。年末3.1%。" + ESCAPE


def place(words: str) -> tuple[int, int]:
    at = TEXT.index(words)
    return at, at + len(words)


def fact(words: str, value: float | None, unit: str, low: float | None = None, high: float | None = None) -> Fact:
    start, end = place(words)
    return Fact(text=words, value=value, unit=unit, low=low, high=high, start=start, end=end, place="第1段")


def make_report(source: str = "report.txt", as_of: str | None = "2023-12-31") -> Report:
    firms = Assessment(
        indicator="新增规上工业企业",
        target=fact("45家以上", 45, "家", low=45),
        bound="at_least",
        direction="up",
        actual=fact("52家", 52, "家", low=52, high=52),
        completion=52 / 45,
        verdict="exceeded",
        confidence=0.97,
        reason="52家多于45家，完成率115.6%。",
        rivals=[Rival(text="3.1%", indicator="失业率", score=0.02, why="量纲不同")],
        trace=[Step(stage="link", rule="assignment", score=0.98, text="指标名称相同")],
    )
    jobless = Assessment(
        indicator="城镇登记失业率" + ESCAPE,
        target=fact("4%以内", 4, "%", high=4),
        bound="at_most",
        direction="down",
        verdict="unreported",
        flags=["claim_conflict"],
        reason="未找到可比的完成数。",
    )
    milestone = Assessment(indicator="=cmd()", kind="milestone", actual=fact("3.1%", 3.1, "%", low=3.1, high=3.1))
    return Report(
        source=source,
        title="某县四季度完成情况" + ESCAPE,
        as_of=as_of,
        text=TEXT,
        tasks=[
            Task(number="3", text="新增规上工业企业45家以上", responsible=["县工信局"], assessments=[firms]),
            Task(number="8", text="失业率控制在4%以内", claimed="completed", assessments=[jobless, milestone]),
            Task(number="9", text="加强宣传" + ESCAPE),
        ],
        findings=[
            Finding(
                flag="claim_conflict",
                severity=3,
                task="8",
                indicator="失业率" + ESCAPE,
                message="自称完成而未见数据" + ESCAPE,
                spans=[place("4%以内")],
            )
        ],
        warnings=["表格缺少表头" + ESCAPE],
    )
