"""Reports written by hand, with every verdict, flag and shape of evidence, for the tests of the exports."""

from __future__ import annotations

import hashlib

from indicators.schema.report import Assessment, Fact, Finding, Report, Rival, Step, Task

TEXT = """2023年度重点工作完成情况表
1 新建公共充电桩200根以上 市能源局 全年建成充电桩236根，其中快充桩90根，超额完成。
2 改造老旧小区45个，惠及居民1.2万户 市住建局 已改造老旧小区45个，惠及居民11800户。
3 单位工业增加值能耗控制在0.8吨标煤以内 市发改委 全年单位能耗0.86吨标煤，已完成。
4 引进高层次人才30-40名 市人社局 引进高层次人才36名，另有推荐人选52名。
5 开通公交线路6条 市交通局 正在开展线路调研。
"""


def fact(
    text: str,
    printed: str,
    value: float | None,
    unit: str,
    *,
    low: float | None = None,
    high: float | None = None,
    after: int = 0,
    place: str | None = None,
    period: str | None = None,
) -> Fact:
    """The fact printed as ``printed`` at its first place in ``text`` from ``after`` on."""
    start = text.index(printed, after)
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    return Fact(
        text=printed,
        value=value,
        low=low,
        high=high,
        unit=unit,
        start=start,
        end=start + len(printed),
        spans=[(start, start + len(printed))],
        context=text[line_start : line_end if line_end >= 0 else len(text)],
        place=place,
        period=period,
    )


def report(source: str = "充电桩等重点工作.txt") -> Report:
    """Five tasks, seven rows: exceeded, met, missed (two), a range, a milestone, unreported; one finding."""
    t = TEXT
    tasks = [
        Task(
            number="1",
            text="新建公共充电桩200根以上",
            responsible=["市能源局"],
            claimed="completed",
            verdict="exceeded",
            assessments=[
                Assessment(
                    indicator="新建公共充电桩",
                    target=fact(t, "200根以上", 200, "根", low=200),
                    bound="at_least",
                    direction="up",
                    actual=fact(t, "236根", 236, "根", low=236, high=236, place="第3行", period="2023-01/2023-12"),
                    completion=1.18,
                    verdict="exceeded",
                    confidence=0.97,
                    reason="实际236根，目标不低于200根，完成118%。",
                    rivals=[
                        Rival(
                            text="90根",
                            start=t.index("90根"),
                            end=t.index("90根") + 3,
                            indicator="快充桩",
                            score=0.21,
                            why="只是其中一部分",
                        )
                    ],
                    trace=[
                        Step(stage="link", rule="link.same_name", score=0.93, text="指标名称一致"),
                        Step(stage="judge", rule="judge.at_least", text="236 ≥ 200"),
                    ],
                ),
            ],
        ),
        Task(
            number="2",
            text="改造老旧小区45个，惠及居民1.2万户",
            responsible=["市住建局"],
            claimed="completed",
            verdict="missed",
            assessments=[
                Assessment(
                    indicator="改造老旧小区",
                    target=fact(t, "45个", 45, "个", low=45),
                    bound="at_least",
                    direction="up",
                    actual=fact(t, "45个", 45, "个", low=45, high=45, after=t.index("已改造")),
                    completion=1.0,
                    verdict="met",
                    confidence=0.95,
                    reason="实际45个，等于目标45个。",
                ),
                Assessment(
                    indicator="惠及居民户数",
                    target=fact(t, "1.2万户", 12000, "户", low=12000),
                    bound="at_least",
                    direction="up",
                    actual=fact(t, "11800户", 11800, "户", low=11800, high=11800),
                    completion=0.9833,
                    verdict="missed",
                    confidence=0.88,
                    flags=["claim_conflict"],
                    reason="实际11800户，目标12000户，完成98.3%。",
                ),
            ],
        ),
        Task(
            number="3",
            text="单位工业增加值能耗控制在0.8吨标煤以内",
            responsible=["市发改委", "市统计局"],
            claimed="completed",
            verdict="missed",
            assessments=[
                Assessment(
                    indicator="单位工业增加值能耗",
                    target=fact(t, "0.8吨标煤以内", 0.8, "吨标煤", high=0.8),
                    bound="at_most",
                    direction="down",
                    actual=fact(t, "0.86吨标煤", 0.86, "吨标煤", low=0.86, high=0.86),
                    completion=1.075,
                    verdict="missed",
                    confidence=0.91,
                    flags=["claim_conflict"],
                    reason="实际0.86吨标煤，高于上限0.8吨标煤。",
                ),
            ],
        ),
        Task(
            number="4",
            text="引进高层次人才30-40名",
            responsible=["市人社局"],
            verdict="met",
            assessments=[
                Assessment(
                    indicator="引进高层次人才",
                    target=fact(t, "30-40名", None, "名", low=30, high=40),
                    bound="range",
                    direction="up",
                    actual=fact(t, "36名", 36, "名", low=36, high=36),
                    completion=1.2,
                    verdict="met",
                    confidence=0.82,
                    flags=["forecast"],
                    reason="实际36名，在30至40名之间。",
                ),
            ],
        ),
        Task(
            number="5",
            text="开通公交线路6条",
            responsible=["市交通局"],
            claimed="in_progress",
            verdict="unreported",
            assessments=[
                Assessment(
                    indicator="开通公交线路",
                    target=fact(t, "6条", 6, "条", low=6),
                    bound="at_least",
                    direction="up",
                    verdict="unreported",
                    confidence=0.55,
                    reason="没有找到可比的实际数据。",
                ),
                Assessment(indicator="完成线路调研", kind="milestone", confidence=0.4, reason=""),
            ],
        ),
    ]
    energy = tasks[2].assessments[0]
    assert energy.target
    assert energy.actual
    return Report(
        source=source,
        title="2023年度重点工作完成情况表",
        as_of="2023-12-31",
        period="2023-01/2023-12",
        sha256=hashlib.sha256(t.encode()).hexdigest(),
        tasks=tasks,
        text=t,
        findings=[
            Finding(
                flag="claim_conflict",
                severity=3,
                task="3",
                indicator="单位工业增加值能耗",
                message="报告称已完成，但实际高于上限。",
                spans=[
                    (energy.target.start or 0, energy.target.end or 0),
                    (energy.actual.start or 0, energy.actual.end or 0),
                ],
            )
        ],
        warnings=["第2行的列不完整"],
    )


def long_report(n: int) -> Report:
    """``n`` tasks of one row each, verdicts and units taken in turn."""
    verdicts = ("exceeded", "met", "missed", "unreported", "on_track", "behind")
    lines: list[str] = []
    tasks: list[Task] = []
    at = 0
    for i in range(n):
        verdict = verdicts[i % len(verdicts)]
        actual_value = {"exceeded": 130, "met": 100, "missed": 80, "unreported": 0, "on_track": 60, "behind": 40}[
            verdict
        ]
        target_text, actual_text = "100项", f"{actual_value}项"
        line = f"{i + 1} 第{i + 1}号工程建设{target_text} 第{i % 17 + 1}局 全年建成"
        if verdict != "unreported":
            line += f"{actual_text}，进展有序。"
        target_at = at + line.index(target_text)
        actual_at = at + line.index("全年建成") + 4
        spans = [(target_at, target_at + len(target_text)), (actual_at, actual_at + len(actual_text))]
        target = Fact(
            text=target_text,
            value=100,
            low=100,
            unit="项",
            start=spans[0][0],
            end=spans[0][1],
            spans=spans[:1],
            context=line,
        )
        actual = (
            None
            if verdict == "unreported"
            else Fact(
                text=actual_text,
                value=actual_value,
                low=actual_value,
                high=actual_value,
                unit="项",
                start=spans[1][0],
                end=spans[1][1],
                spans=spans[1:],
                context=line,
            )
        )
        tasks.append(
            Task(
                number=str(i + 1),
                text=f"第{i + 1}号工程建设{target_text}",
                responsible=[f"第{i % 17 + 1}局"],
                verdict=verdict,
                assessments=[
                    Assessment(
                        indicator=f"第{i + 1}号工程",
                        target=target,
                        bound="at_least",
                        direction="up",
                        actual=actual,
                        completion=None if actual is None else actual_value / 100,
                        verdict=verdict,
                        confidence=0.5 + (i % 50) / 100,
                        reason=f"实际{actual_text}，目标{target_text}。",
                    )
                ],
            )
        )
        lines.append(line)
        at += len(line) + 1
    text = "\n".join(lines) + "\n"
    return Report(
        source=f"第{n}项工程.txt",
        title=f"{n}项工程建设情况",
        as_of="2023-12-31",
        text=text,
        tasks=tasks,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
