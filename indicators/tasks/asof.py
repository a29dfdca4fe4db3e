"""Finds up to when a report tells actuals: from its title, else from its first words, else from its dateline."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache, partial

import regex

from indicators import rulebook
from indicators.quantities import find_quantities
from indicators.quantities.numerals import parse_numeral
from indicators.quantities.periods import plan_ends
from indicators.quantities.years import YEAR
from indicators.readers.numbering import chinese_int
from indicators.rulebook import phrase
from indicators.tasks.model import Context

_YEAR = regex.compile(rf"(?<!\d)({YEAR})(?:年|(?=[-—~～至]\d{{0,2}}月))")
_YEAR_BARE = regex.compile(rf"(?<![\d.])({YEAR})(?![\d.,，]|[十百千万亿]|\p{{Han}}{{1,3}}(?:[，。；、,;:]|$)|[%％])")
_DATELINE = regex.compile(rf"({YEAR})[-年/.](1[0-2]|0?[1-9])[-月/.](3[01]|[12]\d|0?[1-9])日?")
_HAN_YEAR = regex.compile(r"([一二][〇零○九][〇零○一二三四五六七八九]{2})年")
_BEFORE_YEAR = regex.compile(r"(?<=\d)\s+(?=(?:19|20)\d{2}年)")
"""附表2 2011年: the blank that parts a number from the year behind it."""
_BARE_HEADING = regex.compile(r"((?:19|20)\d{2})年?")
_HEAD_CHARS = 600
_DEADLINES = 3
_ASSIGNMENTS = 2
_OPENING = 60
"""Characters in which a text says of itself what it looks back on."""
_OPENING_CHARS = 60
_ADDRESS = 100
"""Characters in which whoever reads a report out says whose report it is."""
_SHORT = 40
"""Characters of a heading at most."""
_FULLWIDTH = {ord("０") + i: str(i) for i in range(10)} | {ord("－"): "-"}
_WIDE_DIGIT = regex.compile("[０-９－]")


_phrase = partial(phrase, "periods_of_reports")


@cache
def _spans() -> list[tuple[regex.Pattern[str], int | None]]:
    return [(regex.compile(rule["pattern"]), rule.get("month")) for rule in rulebook.load("periods_of_reports")["span"]]


def _plain(text: str) -> str:
    text = "".join(_BEFORE_YEAR.sub("、", text).split())
    if _WIDE_DIGIT.search(text):
        text = text.translate(_FULLWIDTH)
    return _HAN_YEAR.sub(lambda match: f"{parse_numeral(match.group(1).replace('○', '〇'))}年", text)


def _number(text: str) -> int:
    """3, 三 or 十二 as an integer; 0 for anything else."""
    return int(text) if text.isdecimal() else chinese_int(text) or 0


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
    match = _phrase("one_month").search(title)
    return int(next(group for group in match.groups() if group)) if match else None


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _day(year: int, month: int, opening: str) -> date:
    """The day that the figures of the last month were taken on, where the text tells it, else that month's last."""
    last = _month_end(year, month)
    told = _phrase("up_to_day").search(opening)
    if told is None or int(told["m"]) != month or not 0 < int(told["d"]) <= last.day:
        return last
    return last.replace(day=int(told["d"]))


def find_context(title: str, paragraphs: Iterable[str], dateline: str = "", as_of: date | None = None) -> Context:
    """What the document says of its own time.

    ``title`` is the document's title, ``paragraphs`` its text in order, ``dateline`` the date of publication
    where the format carries one. ``as_of`` given by the caller overrides everything.
    """
    title = _plain(title)
    body = [_plain(paragraph) for paragraph in paragraphs]
    text = "".join(body)
    head = text[:_HEAD_CHARS]
    is_plan = bool(_phrase("plan").search(title)) and not _phrase("report").search(title)
    is_plan = (is_plan and len(_phrase("answered").findall(text)) < _ANSWERS) or _promises_only(title, text)
    if as_of is not None:
        return Context(as_of.year, as_of.month, as_of, is_plan, title)

    year = max(map(int, _phrase("actual_year").findall(title)), default=None) or _first_year(title)
    month = last_month(title) or _single_month(title)
    is_plan = is_plan or (year is None and _opens_on_plan(body))
    if is_plan:
        return Context(year or _first_year(head), None, None, True, title)
    if year and month is None and _phrase("report").search(title):
        # 2016年投资计划执行情况：至10月末，…: what the first words say outweighs the title's word for a year.
        opens_so_far = _phrase("opens_so_far").match(text.removeprefix(title))
        whole = _phrase("whole_year").search(title) and not opens_so_far
        # 2014年度……督查通报：截至11月底，…: 年度 says whose year it is, not that it is over.
        stands = _phrase("stands_at").search(head) if whole and not _phrase("closes_year").search(title) else None
        month = _number(stands["m"]) if stands is not None else 12 if whole else last_month(head)
    review = next((m for short in body if len(short) < _SHORT and (m := _phrase("review_year").search(short))), None)
    if review and (year is None or int(review.group(1) or review.group(2)) == year - 1):
        # A report of January is named after the new year and looks back on the old one.
        year, month = int(review.group(1) or review.group(2)), 12
    if not review and (read_in := _read_out_in(title, head, body)) is not None:
        year, month = read_in - 1, 12
    elif not review and year is not None and _opens_a_year_before(text, title, year):
        year, month = year - 1, 12
    elif year is None and (ahead := _year_ahead(body)) is not None:
        year, month = ahead - 1, 12
    elif year is None and (reached := _latest_reached(body)) is not None:
        year, month = reached, 12
    if year is None and (told := _latest_told(body)) is not None:
        year, month = told, 12
    if month is None:
        month = last_month(head)
    if year is None and not _plan_progress(f"{title}{head[:_SHORT]}"):
        year, month = _plan_closed(f"{title}{head[:_OPENING]}"), month or 12
    if year is None:
        year = _first_year(head)
        late = month is None or month >= _LATE  # a report of nine months still promises for its own year
        if year is not None and late and _told_before_planned(text, year):
            year, month = year - 1, month or 12
    if month is not None and month < 12 and _closes_year(text, year):
        month = 12
    published = _DATELINE.search(dateline)
    if published and year is not None and int(published.group(1)) > year:
        # Published in a later year: the year told is over, even where its latest figures stop at November.
        month = 12
    if year is not None and month is None:
        month = 12
    when = _day(year, month, f"{title}{head}") if year and month else None
    if (season := _phrase("season").search(f"{title}{head}")) is not None:
        year, month = int(season["year"]), 12  # the season is over, and so is what was promised for it
        when = _month_end(year, _MARCH)
    return Context(year, month, when, False, title, _plan_progress(f"{title}{head[:_SHORT]}"))


_MARCH = 3
_LATE = 11
"""From this month on a report may promise for the year to come."""
_HEADING = 16
"""Characters of a column's heading at most."""
_ANSWERS = 3


def _plan_progress(opening: str) -> float | None:
    """How much of a five-year plan is over in a document that opens as a review amid it."""
    if not _phrase("five_years").search(opening):
        return None
    if _phrase("midway").search(opening):
        return 0.5
    match = _phrase("first_years").search(opening)
    return _number(match.group(1)) / 5 if match else None


def _plan_closed(opening: str) -> int | None:
    """The last year of a five-year plan that a document opens on as over: “十一五”末, “十三五”……全面完成."""
    match = _phrase("plan_over").search(opening)
    return plan_ends(10 + _number(match.group("plan"))) if match else None


def _promises_only(title: str, text: str) -> bool:
    """A text of deadlines that tells nothing reached is a plan, whatever its title."""
    if _phrase("reached").search(text) or _phrase("report").search(title):
        return False
    if len(_phrase("assigned").findall(text)) >= _ASSIGNMENTS or len(_phrase("intent").findall(text)) >= _DEADLINES:
        return True
    return len(_phrase("deadline").findall(text)) >= _DEADLINES or bool(
        _phrase("opens_ahead").match(text) and not _phrase("answered").search(text)
    )


def _opens_on_plan(body: Sequence[str]) -> bool:
    """A text whose headings plan the year (二、今年主要任务) and never look back: the second half of a report."""
    short = [text for text in body if len(text) < _SHORT]
    opened = next((text for text in short if _phrase("plans_own_year").search(text)), None)
    return opened is not None and not any(
        _phrase("looks_back").search(text) or _phrase("report").search(text) for text in short
    )


def _latest_told(cells: Sequence[str]) -> int | None:
    """The latest year that a heading of actuals prints: 2010年实际 | 2015年规划 | 2015年实际; 2015 | 2020目标."""
    short = [text for text in cells if len(text) < _HEADING]
    years = [int(year) for text in short for year in _phrase("actual_year").findall(text)]
    ahead = [int(match.group(1)) for text in short if (match := _phrase("goal_year").fullmatch(text))]
    bare = [int(match.group(1)) for text in short if (match := _BARE_HEADING.fullmatch(text))] if ahead else []
    return max([*years, *(year for year in bare if year < max(ahead))], default=None)


def _read_out_in(title: str, head: str, body: Sequence[str]) -> int | None:
    """The year in which a government's work report is read out: at its start, looking back on the year before."""
    spoken = _phrase("work_report").search(title + head[:_SHORT]) or _phrase("reads_out").search(head[:_ADDRESS])
    if not spoken or _phrase("report").search(title) or _latest_reached(body) is not None:
        return None
    if not any(_phrase("looks_back").search(text) for text in body if len(text) < _SHORT):
        return None
    if (named := _first_year(title)) is not None:
        return named
    # 一、去年工作回顾 2015年，…: a year named only behind such a heading is the one looked back on.
    opened = _phrase("last_year").search(head)
    told = None if opened is None or _first_year(head[: opened.start()]) else _first_year(head[opened.end() :])
    return told + 1 if told is not None else _first_year(head)


def _latest_reached(body: Sequence[str]) -> int | None:
    """The latest year that a review of several years tells figures of: 由2015年的50%提高到2020年的60%."""
    if not any(_phrase("years_back").search(text) for text in body if len(text) < _SHORT):
        return None
    return max((int(year) for text in body for year in _phrase("reached_in").findall(text)), default=None)


def _opens_a_year_before(text: str, title: str, year: int) -> bool:
    """A text named after one year that first tells the year before and then promises for its own."""
    text = text.removeprefix(title)
    return _first_year(text[:_HEAD_CHARS]) == year - 1 and bool(_phrase("promises_own_year", year).search(text))


def _year_ahead(body: Sequence[str]) -> int | None:
    """The year that a heading plans (三、2011年的工作) in a report of which another heading looks back."""
    short = [text for text in body if len(text) < _SHORT]
    if not any("回顾" in text or "总结" in text for text in short):
        return None
    return next((int(match.group(1)) for text in short if (match := _phrase("plan_year").search(text))), None)


def _told_before_planned(text: str, year: int) -> bool:
    """A text that tells what was reached without a year and names one only where it goes on to promise for it."""
    at = [match.start() for match in regex.finditer(rf"{year}年", text)]
    if not at or not _phrase("told_first").search(text, 0, at[0]):
        return False
    return all(_phrase("planned_for").match(text, place + len(f"{year}年")) for place in at)


def _closes_year(text: str, year: int | None) -> bool:
    """A text that looks back on a year that is past, or promises for the next, tells a year that is over."""
    told = _phrase("whole_year_told").search(text) and not _phrase("whole_year_ahead").search(text)
    if told or year is None:
        return bool(told)
    return bool(_phrase("year_over", year).search(text) or _phrase("promises_next_year", year + 1).search(text))


def _first_year(text: str) -> int | None:
    text = _phrase("year_to_come").sub("", text)
    met = _phrase("meeting_year").search(text)
    told = _YEAR.search(text, met.end()) if met is not None else None
    if met is not None and told is not None and int(told.group(1)) == int(met.group(1)) - 1:
        return int(told.group(1))  # 2023年全国…工作会议公布，2022年…
    match = _YEAR.search(text) or next(_bare_years(text[:_OPENING_CHARS]), None)
    return int(match.group(1)) if match else None


def _bare_years(text: str) -> Iterator[regex.Match[str]]:
    """2023 without 年 at the front of a text, where it counts nothing: 2000公顷 is no year."""
    for match in _YEAR_BARE.finditer(text):
        if not any(quantity.number_start == match.start() for quantity in find_quantities(text)):
            yield match
