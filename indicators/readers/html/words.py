"""What surrounds an article on its page: index cards, bylines, page tools. The words are in ``rules/webpages.toml``."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import Any

import regex

from indicators import rulebook
from indicators.quantities.years import printed_years
from indicators.readers.html.text import flow_text
from indicators.readers.tables.shape import compact

_BYLINE_CHARS = 200
_CARD_CELLS = 60
_CHROME_CHARS = 80
_LABELLED = regex.compile(r"^([^：:]{2,8})[：:](.+)$")


@cache
def boilerplate_words() -> frozenset[str]:
    """Words of class and id that mark navigation, side columns, headers and footers."""
    return frozenset(rulebook.words("webpages", "boilerplate"))


@cache
def content_words() -> frozenset[str]:
    """Words of class and id that mark the body of an article."""
    return frozenset(rulebook.words("webpages", "content"))


@cache
def _chrome() -> regex.Pattern[str]:
    return regex.compile("|".join(rule["pattern"] for rule in rulebook.load("webpages")["chrome"]))


@cache
def _labels() -> frozenset[str]:
    return frozenset(rulebook.words("webpages", "meta"))


@cache
def _byline() -> regex.Pattern[str]:
    words = "|".join(regex.escape(word) for word in rulebook.words("webpages", "byline"))
    return regex.compile(rf"(?:^|(?<=[\s\p{{P}}\p{{N}}\p{{Han}}]))({words})\s*[:：]\s*")


def is_chrome(line: str) -> bool:
    """Whether a short line is a page tool (上一篇, 打印本页, 版权所有) and no part of the report."""
    bare = compact(line)
    return len(bare) <= _CHROME_CHARS and _chrome().search(bare) is not None


def byline(line: str) -> dict[str, str]:
    """The fields of a byline (发布时间：… 来源：…); empty where the line is none."""
    if len(line) > _BYLINE_CHARS:
        return {}
    found = list(_byline().finditer(line))
    dated = bool(found) and bool(printed_years(line)) and len(compact(line)) < 60
    first_at_start = bool(found) and not compact(line[: found[0].start()]).strip("【[(（")
    alone = dated and first_at_start and found[0].group(1).startswith(tuple(rulebook.words("webpages", "published")))
    if len(found) < 2 and not alone:
        return {}
    if not first_at_start and len(compact(line[: found[0].start()])) > 20:
        return {}
    fields = {}
    for at, match in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(line)
        if value := line[match.end() : end].strip("\u3000\xa0 |｜【[("):
            fields[match.group(1)] = value
    return fields


def meta_table(element: Any) -> dict[str, str]:
    """The fields of an index card (索引号, 发布机构, …); empty where the table is none."""
    if sum(1 for _ in islice(element.iter("td", "th"), _CARD_CELLS + 1)) > _CARD_CELLS:
        return {}
    rows = [[compact(flow_text(cell)) for cell in row.iterchildren("td", "th")] for row in element.iter("tr")]
    cells = [cell for row in rows for cell in row]
    fields: dict[str, str] = {}
    for row in rows:
        for label, value in zip(row, [*row[1:], ""], strict=False):
            if (bare := label.rstrip("：:")) in _labels():
                fields[bare] = value
            elif (found := _LABELLED.match(label)) and found.group(1) in _labels():
                fields[found.group(1)] = found.group(2)
    filled = sum(1 for cell in cells if cell)
    return fields if len(fields) >= 3 and 3 * len(fields) >= filled - len(fields) else {}
