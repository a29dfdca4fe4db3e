"""Whether a document only promises, and how much of a plan of five years is over."""

from __future__ import annotations

from indicators.quantities.periods import plan_ends
from indicators.rulebook import phrase
from indicators.tasks.asof.words import Words, number, time_phrase

_ANSWERS = 3
"""Answers that make a report of what calls itself a plan."""
_DEADLINES = 3
"""Deadlines, or words of intent, that make a plan of a text that tells nothing reached; so do two assignments."""
_ASSIGNMENTS = 2


def is_plan(words: Words) -> bool:
    """Whether title or text promise and tell nothing reached."""
    if annexed(words):
        return False  # below the plan stands how it was kept
    called = bool(time_phrase("plan").search(words.title)) and not words.is_report
    answered = len(time_phrase("answered").findall(words.text)) >= _ANSWERS or _tells_of_a_plan(words)
    return (called and not answered) or _promises_only(words)


def _tells_of_a_plan(words: Words) -> bool:
    """三年行动方案提出：…, and below 截至2022年底，…: the text tells what a plan says, and then what became of it."""
    named = time_phrase("plan_says").search(words.title)
    return named is not None and any(phrase("sections", "opens_told").match(text) for text in words.body)


def annexed(words: Words) -> list[str]:
    """The openings of what stands below a plan and tells how it was kept: 附：实施情况, 【2020年12月期末总结】."""
    report = time_phrase("annexed_report")
    found = (report.match(text) for text in words.body)
    return [match.group() for match in found if match is not None]


def _promises_only(words: Words) -> bool:
    """A text of deadlines that tells nothing reached is a plan, whatever its title."""
    text = words.text
    if time_phrase("reached").search(text) or words.is_report:
        return False
    if (
        len(time_phrase("assigned").findall(text)) >= _ASSIGNMENTS
        or len(time_phrase("intent").findall(text)) >= _DEADLINES
    ):
        return True
    return len(time_phrase("deadline").findall(text)) >= _DEADLINES or bool(
        time_phrase("opens_ahead").match(text) and not time_phrase("answered").search(text)
    )


def opens_on_plan(words: Words) -> bool:
    """A text whose headings plan the year (二、今年主要任务) and never look back: the second half of a report."""
    headings = words.headings
    if annexed(words):
        return False
    opened = next((text for text in headings if time_phrase("plans_own_year").search(text)), None)
    return opened is not None and not any(
        time_phrase("looks_back").search(text) or time_phrase("report").search(text) for text in headings
    )


def plan_progress(words: Words) -> float | None:
    """How much of a five-year plan is over in a document that opens as a review amid it."""
    opening = words.first_line
    if not time_phrase("five_years").search(opening) or plan_closed(words) is not None:
        return None
    if time_phrase("midway").search(opening):
        return 0.5
    match = time_phrase("first_years").search(opening)
    return number(match.group(1)) / 5 if match else None


def season_over(words: Words) -> bool:
    """Whether a report on one season's work says that the season is over: its promises were for no longer."""
    named = time_phrase("named_season").search(words.title)
    return named is not None and any(
        over["season"] == named["season"] for over in time_phrase("season_over").finditer(words.text)
    )


def middle_year(words: Words) -> int | None:
    """The third year of the five-year plan that a document opens on as half over: “十四五”过半 speaks of 2023."""
    named = time_phrase("five_years").search(words.first_line)
    if named is None or not named["plan"] or not time_phrase("midway").search(words.first_line):
        return None
    return plan_ends(f"十{named['plan']}") - 2


def plan_closed(words: Words) -> int | None:
    """The last year of a plan that a document opens on as over: “十一五”末, “十三五”……全面完成, （2001—2010年）收官."""
    match = time_phrase("plan_over").search(words.opening)
    if match is not None:
        return plan_ends(f"十{match['plan'] or ''}")
    term = time_phrase("term_over").search(words.opening)
    return int(term["year"]) if term is not None else None
