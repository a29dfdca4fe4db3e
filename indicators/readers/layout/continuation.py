"""Whether a line goes on where the line before it broke off: what punctuation, width, blank lines and indents tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indicators.readers.layout.lines import Line

_STATUS = re.compile(r"[^【】]【[^【】]{2,12}】$")
"""How an item ends that prints what became of it in brackets: 完成验收。【完成80%】."""
_STATUS_CHARS = 15
_CLOSERS = "”’」』）)】"
_FULL_STOPS = tuple("。！？!?；;")
_STOPS = (*_FULL_STOPS, "：", ":", "…")
_GOES_ON = re.compile(r"[，,、（(《“‘「『【—-]$")
_LEAD = re.compile(r"第?[一二三四五六七八九十]{1,3}[是要]")
_CONTINUES = re.compile(r"[，、。；：！？,;）)》”’」』】%％]")
_CLAUSE = re.compile(r"[，。；,;]")
_INNER_STOP = re.compile(r"[。；！？].")
_CUT_CHARS = 40
# What stood between two tags (a link, a footnote mark) is short.
_PIECE_CHARS = 16
_HEADING_CHARS = 30
_NARROWEST, _WIDEST = 30, 130
"""Columns of a page whose lines are wrapped."""
_FULL_LINES = 4
"""Lines of one width that tell of a page's width, where they are fewer than half."""
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8}[：:]")
_DASH = re.compile(r"[—–―]{1,2}")
_FIGURE = re.compile(r"\d$")
_DIGIT = re.compile(r"\d")
_SCALE = re.compile(r"[多余]?[万亿]|[多余]|个?百分点|[%％]")
_ZERO_WIDTH = "\u200b"


def ends(text: str) -> bool:
    """Whether a line ends with a sentence, or with what opens a list."""
    return _ends_on(text, _STOPS)


def _stops(text: str) -> bool:
    """Whether a line ends with a whole sentence."""
    return _ends_on(text, _FULL_STOPS)


def _ends_on(text: str, stops: tuple[str, ...]) -> bool:
    if text.rstrip(_CLOSERS).endswith(stops):
        return True
    return text.endswith("】") and _STATUS.search(text[-_STATUS_CHARS:]) is not None


def is_soft(text: str, line: Line) -> bool:
    """Whether a blank line is what removed markup left behind: zero-width blanks and nothing else."""
    return not line.text and text[line.start : line.start + 1] == _ZERO_WIDTH


@dataclass(frozen=True, slots=True)
class Habits:
    """How the writer of a stretch of lines sets paragraphs."""

    wrap: int
    """The width at which lines are wrapped, 0 where they are not."""
    stops: bool
    """Paragraphs end with a full stop: a line that has none was cut."""
    marked: bool
    """Paragraphs begin behind a blank line or with an indent: a line with neither begins none."""
    soft: bool
    """Lines of zero-width blanks stand in mid-sentence: they part no paragraphs."""


@dataclass(slots=True)
class Opened:
    """The paragraph under way, as far as it has been read."""

    last: Line
    first: bool
    """It has one line so far."""
    numbered: bool
    clause: bool
    """It holds a comma or a stop: it is no heading."""
    inner: bool
    """It holds a whole sentence already."""
    behind: bool
    """It stands right behind the end of a sentence, without a blank line; or, begun with a dash, with one."""
    listed: bool
    """It stands right behind a colon: it may be a list's first line."""
    ends: bool
    """A full stop comes before the next blank line."""

    def take(self, line: Line) -> None:
        """Adds a line that goes on the paragraph."""
        self.last, self.first = line, False
        self.clause = self.clause or _CLAUSE.search(line.text) is not None
        self.inner = self.inner or _INNER_STOP.search(line.text) is not None


def opened(line: Line, before: Line | None, gap: bool, numbered: bool, ends: bool) -> Opened:
    """A paragraph that begins with ``line``; ``before`` is the line above it, ``gap`` a blank line between them."""
    above = before.text if before is not None else ""
    return Opened(
        line,
        True,
        numbered,
        _CLAUSE.search(line.text) is not None,
        _INNER_STOP.search(line.text) is not None,
        _stops(above) and (not gap or _DASH.match(line.text) is not None),
        not gap and above.endswith(("：", ":")),
        ends,
    )


def habits(text: str, lines: Sequence[Line]) -> Habits:
    """How paragraphs are set in these lines."""
    pairs = _pairs(text, lines)
    soft = _soft(pairs)
    return Habits(_wrap_width(lines), not _leaves_open(lines, pairs), _marks(pairs), soft)


def _pairs(text: str, lines: Sequence[Line]) -> list[tuple[Line, Line, bool, bool]]:
    """Neighbours among the lines that hold text: whether a blank line parts them, and one of zero-width blanks."""
    filled = [at for at, line in enumerate(lines) if line.text]
    made = []
    for a, b in pairwise(filled):
        between = lines[a + 1 : b]
        soft = bool(between) and all(is_soft(text, line) for line in between)
        made.append((lines[a], lines[b], bool(between) and not soft, soft))
    return made


def _soft(pairs: Sequence[tuple[Line, Line, bool, bool]]) -> bool:
    ended = [ends(before.text) for before, _, _, soft in pairs if soft]
    return sum(ended) * 4 < len(ended)


def _marks(pairs: Sequence[tuple[Line, Line, bool, bool]]) -> bool:
    told = [gap or line.indent >= 2 for before, line, gap, _ in pairs if _stops(before.text)]
    return len(told) >= 3 and sum(told) * 10 >= len(told) * 7


def _leaves_open(lines: Sequence[Line], pairs: Sequence[tuple[Line, Line, bool, bool]]) -> bool:
    """Whether paragraphs end without a full stop: then no stop missing tells of a cut sentence."""
    long = [line for line in lines if len(line.text) >= _CUT_CHARS]
    if _marks(pairs):
        last = {before.start for before, line, gap, _ in pairs if gap or line.indent >= 2}
        long = [line for line in long if line.start in last]
    if len(long) < 3:
        # A short list leaves its items open, long and short ones alike.
        long = [
            line for line in lines if _CLAUSE.search(line.text) is not None and _DIGIT.search(line.text) is not None
        ]
        return len(long) >= 4 and sum(not ends(line.text) for line in long) * 4 >= len(long) * 3
    return sum(not ends(line.text) for line in long) * 5 >= len(long) * 2


def _wrap_width(lines: Sequence[Line]) -> int:
    """The width at which the lines were wrapped, 0 where they were not: many lines of nearly the same width."""
    widths = sorted(line.width for line in lines if line.text)
    if len(widths) < 4:
        return 0
    wide = widths[int(len(widths) * 0.9)]
    if not _NARROWEST <= wide <= _WIDEST:
        return 0
    full = sum(wide * 0.88 <= w <= wide * 1.08 for w in widths)
    # A few lines of a short list may be of like length by chance.
    return wide if full * 10 >= len(widths) * 3 and (full >= _FULL_LINES or full * 2 >= len(widths)) else 0


def goes_on(now: Opened, line: Line, gap: bool, soft: bool, habit: Habits) -> bool:
    """Whether ``line`` carries on the paragraph ``now``; ``gap`` and ``soft`` tell of blank lines between."""
    before = now.last
    if _CONTINUES.match(line.text):
        return True
    if _GOES_ON.search(before.text) or (not gap and _LEAD.fullmatch(before.text)):
        return True
    if ends(before.text):
        return False
    if not gap and _FIGURE.search(before.text) and _SCALE.match(line.text):
        return True
    if line.indent > before.indent + 2 and not gap:
        return False
    if now.first and _LABEL.match(before.text) and _LABEL.match(line.text):
        return False  # 任务：税收8亿元 above 措施：以票控税: each line has a label of its own
    if habit.wrap:
        return before.width >= habit.wrap * 0.8
    if now.numbered and not now.clause:
        return False
    if not habit.stops:
        return False
    if len(before.text) >= _CUT_CHARS and _CLAUSE.search(before.text) is not None:
        # A sentence cut by a page break goes on after its line.
        return True
    return not gap and _unwrapped(now, line, soft, habit)


def _unwrapped(now: Opened, line: Line, soft: bool, habit: Habits) -> bool:
    """Whether a line broken off in mid-sentence by a link or markup taken out goes on in ``line``."""
    if now.inner or (soft and now.clause):
        return True
    if not habit.marked or line.indent >= 2 or now.listed or not now.ends:
        return False
    if now.behind:
        return now.clause or len(now.last.text) <= _PIECE_CHARS
    # A short line above a whole paragraph is its heading.
    whole = len(line.text) >= _CUT_CHARS and _stops(line.text)
    return now.clause and not (whole and now.first and len(now.last.text) <= _HEADING_CHARS)
