"""Finds up to when a report tells actuals: from its title, else from its first words, else from its dateline."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

import regex

from indicators import rulebook
from indicators.tasks.model import Context

_YEAR = regex.compile(r"(?<!\d)((?:19|20)\d{2})(?:年|(?=[-—~～至]\d{0,2}月))")
_YEAR_BARE = regex.compile(r"(?<![\d.])((?:19|20)\d{2})(?![\d.,，]|[十百千万亿]|\p{Han}{1,3}(?:[，。；、,;:]|$)|[%％])")
_REVIEW_YEAR = regex.compile(
    r"((?:19|20)\d{2})年(?:度)?(?:的)?\p{Han}{0,8}?(?:回顾|总结|完成情况|执行情况)|(?:回顾|总结)((?:19|20)\d{2})年"
)
_PLAN_YEAR = regex.compile(r"((?:19|20)\d{2})年[^，。]{0,12}(?:工作|任务|目标|安排|部署|建议|要求)")
_WORK_REPORT = regex.compile(r"政府工作报告(?!.{0,6}(?:任务|重点|确定|分解|责任))")
_LOOKS_BACK = regex.compile(r"回顾|总结|过去一年|(?:上一?|去)年工作")
_WHOLE_YEAR = regex.compile(r"总结|公报|年度|全年|自评|决算|盘点|年报|年末")
_DATELINE = regex.compile(r"((?:19|20)\d{2})[-年/.](1[0-2]|0?[1-9])[-月/.](3[01]|[12]\d|0?[1-9])日?")
_DIGITS = {
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "十一": 11,
    "十二": 12,
}
_HAN_YEAR = regex.compile(r"([一二][〇零○九][〇零○一二三四五六七八九]{2})年")
_HAN_DIGITS = {ord(char): str(i) for i, char in enumerate("〇一二三四五六七八九")} | {ord("零"): "0", ord("○"): "0"}
_HEAD_CHARS = 600
_DEADLINES = 3
_ASSIGNMENTS = 2
_SHORT = 40
"""Characters of a heading at most."""
_FULLWIDTH = {ord("０") + i: str(i) for i in range(10)} | {ord("－"): "-"}


@cache
def _spans() -> list[tuple[regex.Pattern[str], int | None]]:
    return [(regex.compile(rule["pattern"]), rule.get("month")) for rule in rulebook.load("periods_of_reports")["span"]]


@cache
def _any(section: str) -> regex.Pattern[str]:
    return regex.compile("|".join(rule["pattern"] for rule in rulebook.load("periods_of_reports")[section]))


def _plain(text: str) -> str:
    text = regex.sub(r"\s+", "", text).translate(_FULLWIDTH)
    return _HAN_YEAR.sub(lambda match: f"{match.group(1).translate(_HAN_DIGITS)}年", text)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _DIGITS.get(text, 0)


def last_month(text: str) -> int | None:
    """The last month that a phrase covers ("前三季度" -> 9), or ``None``."""
    best: tuple[int, int] | None = None
    for pattern, month in _spans():
        if match := pattern.search(text):
            groups = match.groupdict()
            if groups.get("q"):
                month = 3 * _number(groups["q"])
            elif groups.get("m"):
                month = _number(groups["m"])
            if month and (best is None or match.start() < best[0]):
                best = (match.start(), month)
        if best and best[0] == 0:
            break
    return best[1] if best else None


def _single_month(title: str) -> int | None:
    """2023年9月份工业运行情况: a bulletin of one month tells what was reached by its end."""
    match = _ONE_MONTH.search(title)
    return int(next(group for group in match.groups() if group)) if match else None


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def find_context(title: str, paragraphs: Iterable[str], dateline: str = "", as_of: date | None = None) -> Context:
    """What the document says of its own time.

    ``title`` is the document's title, ``paragraphs`` its text in order, ``dateline`` the date of publication
    where the format carries one. ``as_of`` given by the caller overrides everything.
    """
    title = _plain(title)
    body = [_plain(paragraph) for paragraph in paragraphs]
    head = "".join(body)[:_HEAD_CHARS]
    is_plan = bool(_any("plan").search(title)) and not _any("report").search(title)
    text = "".join(body)
    is_plan = (is_plan and len(_ANSWERED.findall(text)) < _ANSWERS) or _promises_only(title, text)
    if as_of is not None:
        return Context(as_of.year, as_of.month, as_of, is_plan, title)

    year = _first_year(title)
    month = last_month(title) or _single_month(title)
    if is_plan:
        return Context(year or _first_year(head), None, None, True, title)
    if year and month is None and _any("report").search(title):
        month = 12 if _WHOLE_YEAR.search(title) else last_month(head)
    review = next((m for text in body if len(text) < _SHORT and (m := _REVIEW_YEAR.search(text))), None)
    if review and (year is None or int(review.group(1) or review.group(2)) == year - 1):
        # A report of January is named after the new year and looks back on the old one.
        year, month = int(review.group(1) or review.group(2)), 12
    if not review and (read_in := _read_out_in(title, head, body)) is not None:
        year, month = read_in - 1, 12
    elif not review and year is not None and _opens_a_year_before("".join(body), title, year):
        year, month = year - 1, 12
    elif year is None and (ahead := _year_ahead(body)) is not None:
        year, month = ahead - 1, 12
    if year is None and (told := _latest_told(body)) is not None:
        year, month = told, 12
    if month is None:
        month = last_month(head)
    if year is None:
        year = _first_year(head)
        if year is not None and _told_before_planned("".join(body), year):
            year, month = year - 1, month or 12
    if year is not None and month is not None and month < 12 and _closes_year("".join(body), year):
        month = 12
    published = _DATELINE.search(dateline)
    if published and year is not None and int(published.group(1)) > year:
        # Published in a later year: the year told is over, even where its latest figures stop at November.
        month = 12
    if year is not None and month is None:
        month = 12
    when = _month_end(year, month) if year and month else None
    return Context(year, month, when, False, title, _plan_progress(f"{title}{head[:_SHORT]}"))


_DEADLINE = regex.compile(r"(?:月底|年底|年末|月末)前|到20\d\d年|(?:行动|攻坚|实施)?方案[:：]")
_ASSIGNED = regex.compile(r"[（(](?:责任|牵头|承办|实施)(?:单位|部门)[:：]")
"""A numbered list that ends its items with who is to do them promises."""
_INTENT = regex.compile("力争|确保|力求|努力实现")
_ONE_MONTH = regex.compile(
    r"(?:19|20)\d{2}年(1[0-2]|[1-9])月(?:份|(?!\d|[底末]))|(?<!\d)(1[0-2]|[1-9])月份?(?:周?月?[报简快]报?|通报|进度)|"
    r"[（(](1[0-2]|[1-9])月\d{1,2}日[)）]$"
)
_ACTUAL_YEAR = regex.compile(r"((?:19|20)\d{2})年?(?:度|底|末)?(?:实际|实绩|完成|实现)")
_REACHED = regex.compile(r"同比|累计|完成|实现|共|比上年|较上年")
_PLANNED_FOR = regex.compile(r"[^。；]{0,12}?(?:初步安排|要|将|力争|确保|计划(?!完成)|拟|打算|预期|目标)")
_HEADING = 16
"""Characters of a column's heading at most."""
_FIVE_YEARS = regex.compile(r"十[一二三四五六]五|五年(?:规划|计划)")
_MIDWAY = regex.compile(r"中期(?:评估|监测|检查)|走到一半|过半|半程")
_FIRST_YEARS = regex.compile(r"[头前]([一二三四1-4])年")
_ANSWERED = regex.compile(r"(?:实际|实绩|结果)(?:完成|达到?|为|是)?\d|[：:，,；;]完成(?:了)?\d|完成率")
"""A figure told as the answer to a promise; a text with several tells results, whatever its title promises."""
_ANSWERS = 3
_TOLD = regex.compile(
    r"已|完成了|年底一?算|年终|最终|未能|没有|实际|截至|目前|同比|比上年|较上年|结果|完成率(?:为|达)?\d|去年|回顾|预算|进度|(?:目标|任务|计划)(?:为|是)?\d|"
    r"(?:超过|低于|高于|好于|优于|未达|比|较|完成)[^，。；]{0,8}(?:规划|目标|计划|要求|任务)"
)
_AHEAD = regex.compile(
    r"到20\d\d年(?:底|末)?[，,]|[^，。；:：]{0,16}(?:(?:盘子|担子|任务)[:：]|力争|计划|安排|打算|预期目标|主要目标|工作目标|要求)"
)
"""How a text opens that looks ahead; with nothing told as reached in it, it is a plan."""


def _plan_progress(opening: str) -> float | None:
    """How much of a five-year plan is over in a document that opens as a review amid it."""
    if not _FIVE_YEARS.search(opening):
        return None
    if _MIDWAY.search(opening):
        return 0.5
    match = _FIRST_YEARS.search(opening)
    return _DIGITS.get(match.group(1), int(match.group(1)) if match.group(1).isdigit() else 0) / 5 if match else None


def _promises_only(title: str, text: str) -> bool:
    """A text of deadlines that tells nothing reached is a plan, whatever its title."""
    if _TOLD.search(text) or _any("report").search(title):
        return False
    if len(_ASSIGNED.findall(text)) >= _ASSIGNMENTS or len(_INTENT.findall(text)) >= _DEADLINES:
        return True
    return len(_DEADLINE.findall(text)) >= _DEADLINES or bool(_AHEAD.match(text) and not _ANSWERED.search(text))


def _latest_told(cells: Sequence[str]) -> int | None:
    """The latest year that a heading of actuals prints: 2010年实际 | 2015年规划 | 2015年实际."""
    years = [int(year) for text in cells if len(text) < _HEADING for year in _ACTUAL_YEAR.findall(text)]
    return max(years, default=None)


def _read_out_in(title: str, head: str, body: Sequence[str]) -> int | None:
    """The year in which a government's work report is read out: at its start, looking back on the year before."""
    if not _WORK_REPORT.search(title + head[:_SHORT]) or _any("report").search(title):
        return None
    if not any(_LOOKS_BACK.search(text) for text in body if len(text) < _SHORT):
        return None
    return _first_year(title) or _first_year(head)


def _opens_a_year_before(text: str, title: str, year: int) -> bool:
    """A text named after one year that first tells the year before and then promises for its own."""
    text = text.removeprefix(title)
    return _first_year(text[:_HEAD_CHARS]) == year - 1 and bool(
        regex.search(rf"(?:^|[。；：！])[^。]{{0,6}}{year}年[^。]{{0,20}}(?:将|要|目标|力争|确保|打算|安排|思路)", text)
    )


def _year_ahead(body: Sequence[str]) -> int | None:
    """The year that a heading plans (三、2011年的工作) in a report of which another heading looks back."""
    short = [text for text in body if len(text) < _SHORT]
    if not any("回顾" in text or "总结" in text for text in short):
        return None
    return next((int(match.group(1)) for text in short if (match := _PLAN_YEAR.search(text))), None)


def _told_before_planned(text: str, year: int) -> bool:
    """A text that tells what was reached without a year and names one only where it goes on to promise for it."""
    at = [match.start() for match in regex.finditer(rf"{year}年", text)]
    if not at or not _REACHED.search(text, 0, at[0]):
        return False
    return all(_PLANNED_FOR.match(text, place + len(f"{year}年")) for place in at)


def _closes_year(text: str, year: int) -> bool:
    """A text that looks back on a year that is past, or promises for the next, tells a year that is over."""
    return bool(
        regex.search(rf"过去的{year}年|(?:过去|刚刚过去)的?一年", text)
        or regex.search(rf"(?:^|[。；，]){year + 1}年[^。]{{0,40}}(?:力争|确保|将|要|计划|目标|预期)", text)
        or (
            regex.search(
                r"(?<!力争|确保|预计|完成)全年(?:累计|共|净增|新增|实现|完成|新认定|新建)(?![^，。]{0,12}(?:目标|任务|以上))",
                text,
            )
            and not regex.search(r"预计全年|力争全年|确保全年|全年目标|全年任务", text)
        )
    )


def _first_year(text: str) -> int | None:
    match = _YEAR.search(text) or _YEAR_BARE.search(text[:60])
    return int(match.group(1)) if match else None
