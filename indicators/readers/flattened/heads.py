"""Heading rows of a flattened table: which words name its columns, and where they are printed again on later pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from indicators import rulebook
from indicators.readers.layout.lines import Line
from indicators.readers.layout.pieces import pieces_of
from indicators.readers.tables.heading_row import FIGURES, groups
from indicators.readers.tables.headings import ColumnRole, column_role, is_category, is_listed, is_unit
from indicators.schema.source import Passage, join

_SENTENCE = re.compile(r"[。，；！？]")
_HEADS = re.compile(r"[\u4e00-\u9fff]|^[Nn][Oo]\.?$")
_UNCLOSED = re.compile(r"[（(][^）)]*$")
_SMALL = re.compile(r"\d{1,3}[.、．]?$")
_MAX_TOKENS = 60
_MAX_PIECE = 4
_CHILDREN: frozenset[ColumnRole] = frozenset(("done_mark", "notdone_mark"))
_LEAVES = FIGURES | {"gap", "rank"}
_PARENTS: frozenset[ColumnRole] = frozenset(("result", "status"))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a flattened table; ``parent`` is its upper heading where it has one."""

    role: ColumnRole
    heading: Passage
    parent: Passage | None = None


class Token(NamedTuple):
    """A stretch without white space, at ``[start, end)`` of the source, on line ``line`` of the part.

    A named tuple, as every line of a document is cut into these: a frozen dataclass takes three times as long to make.
    """

    text: str
    start: int
    end: int
    line: int


@dataclass
class Head:
    """A heading block: lines ``first`` to ``after`` of the part, and the columns that it names."""

    first: int
    after: int
    columns: list[Column]
    tokens: list[str] = field(default_factory=list)


@lru_cache(maxsize=_MAX_TOKENS)
def _tokens_of(line: Line, at: int) -> tuple[Token, ...]:
    """The stretches of a line, without the blanks that part their characters; kept, as the lines above ask, too."""
    pieces = pieces_of(line)
    return tuple(Token("".join(line.text[a:b].split()), line.start + a, line.start + b, at) for a, b in pieces)


def _is_bracketed_unit(text: str) -> bool:
    """Whether a word is a unit in brackets: it belongs to the heading before it."""
    return text[:1] in "(（" and text[-1:] in ")）" and is_unit(text[1:-1])


def _collect(part: Sequence[Line], first: int, most: int) -> list[Token]:
    """Tokens from line ``first`` on that may still be headings: short, no sentence, no bare small number.

    What stands in brackets is one token, blanks and line ends in it or not.
    """
    found: list[Token] = []
    for at in range(first, min(len(part), first + _MAX_TOKENS)):
        tokens = _tokens_of(part[at], at)
        for i, token in enumerate(tokens):
            if found and (_UNCLOSED.search(found[-1].text) or _is_bracketed_unit(token.text)):
                opened = found[-1]
                found[-1] = Token(opened.text + token.text, opened.start, token.end, token.line)
                if len(found[-1].text) > 30:
                    return found[:-1]
                continue
            after = tokens[i + 1].text[:1] if i + 1 < len(tokens) else ""
            bare = _SMALL.match(token.text) and after not in ("月", "季", "年", "日")
            if bare or len(token.text) > 16 or _SENTENCE.search(token.text) or len(found) >= most:
                return found
            found.append(token)
    return found


def _join_cost(tokens: Sequence[Token]) -> float:
    """Cost of reading several tokens as one heading: high where each is a heading of its own."""
    if len(tokens) == 1:
        return 0.0
    text = "".join(token.text for token in tokens)
    roles = [column_role(token.text) for token in tokens]
    cost = 0.0
    if "other" not in roles:
        # Each is a heading of its own. The whole is likelier where the lexicon lists it (目标 / 任务) or where it only
        # says more of the first (四季度 / 计划); never where each part is long.
        short = min(len(token.text) for token in tokens) < 3
        likely = short and (is_listed(text) or column_role(text) == roles[0])
        cost = 0.2 if likely else 1.5
    # Blanks on one line part columns, but for a heading spread over its cell (序 号).
    same_line = any(a.line == b.line for a, b in pairwise(tokens))
    return cost + (2.0 if same_line and max(len(token.text) for token in tokens) > 1 else 0.0)


def _segment(tokens: Sequence[Token]) -> list[tuple[int, int, ColumnRole]]:
    """Tokens read as headings, wrapped ones joined: the best-scoring run from the first token on."""
    best: list[tuple[float, int]] = [(0.0, -1)] + [(float("-inf"), -1)] * len(tokens)
    roles: dict[tuple[int, int], ColumnRole] = {}
    for j in range(1, len(tokens) + 1):
        for i in range(max(0, j - _MAX_PIECE), j):
            text = "".join(token.text for token in tokens[i:j])
            role = roles[i, j] = "other" if is_category(text) else column_role(text)
            if role != "other":
                gain = len(text) - 0.5 - _join_cost(tokens[i:j])
            elif j - i == 1:
                gain = -3.0
            else:
                continue
            if best[i][0] + gain > best[j][0]:
                best[j] = (best[i][0] + gain, i)
    end = max(range(len(best)), key=lambda j: best[j][0])
    pieces: list[tuple[int, int, ColumnRole]] = []
    while end > 0:
        begin = best[end][1]
        pieces.append((begin, end, roles[begin, end]))
        end = begin
    pieces.reverse()
    while len(pieces) > 3 and (pieces[-2][2] == "other" or _names_row(tokens, pieces)):
        # A known word after an unknown one, or a row's label, is the first cell below the headings.
        pieces.pop()
        while pieces[-1][2] == "other":
            pieces.pop()
    return pieces


def _names_row(tokens: Sequence[Token], pieces: Sequence[tuple[int, int, ColumnRole]]) -> bool:
    begin, end, role = pieces[-1]
    labelled = any(piece[2] == "label" for piece in pieces)
    return labelled and role == "schedule" and _is_label("".join(token.text for token in tokens[begin:end]))


def _is_label(text: str) -> bool:
    return text in rulebook.words("headings", "label")


def _columns(text: str, tokens: Sequence[Token], pieces: Sequence[tuple[int, int, ColumnRole]]) -> list[Column]:
    """Columns in printed order: a second heading row (已完成 未完成) is put under the heading it belongs to."""
    made = [Column(role, join(text, [(token.start, token.end) for token in tokens[i:j]])) for i, j, role in pieces]
    grouped = _grouped(made)
    if grouped is not None:
        return grouped
    children = [column for column in made if column.role in _CHILDREN]
    parents = [at for at, column in enumerate(made) if column.role in _PARENTS]
    if len(children) < 2 or not parents:
        return made
    first_child = next(at for at, column in enumerate(made) if column.role in _CHILDREN)
    before = [at for at in parents if at < first_child]
    if not before or len(parents) == 1:
        return made  # 完成情况 已完成 未完成: without another column for what was done, the words stand below the first
    # 完成情况 | 落实情况 / 已完成 未完成: the marks stand under the first, the words under the second.
    parent = before[0]
    under = [Column(child.role, child.heading, made[parent].heading) for child in children]
    rest = [column for column in made if column.role not in _CHILDREN]
    at = rest.index(made[parent])
    return [*rest[:at], *under, *rest[at + 1 :]]


def _grouped(made: list[Column]) -> list[Column] | None:
    """Figures of several things side by side: 县区 | 工业 | 投资 / 目标 | 完成 | 目标 | 完成.

    The lower headings start a group where one comes again; the headings just before them name the groups.
    """
    begin = len(made)
    while begin > 0 and made[begin - 1].role in _LEAVES:
        begin -= 1
    leaves = made[begin:]
    found = groups([leaf.role for leaf in leaves], [leaf.heading.text for leaf in leaves])
    lead = begin - len(found)
    if len(found) < 2 or lead < 1 or min(map(len, found)) < 2:
        return None
    names = made[lead:begin]
    if any(name.role not in ("other", "indicator", "category", "task") for name in names):
        return None
    under = [
        Column(leaves[i].role, leaves[i].heading, name.heading)
        for name, group in zip(names, found, strict=True)
        for i in group
    ]
    return [*made[:lead], *under]


def find_head(text: str, part: Sequence[Line], first: int) -> Head | None:
    """The heading block that begins at line ``first``; ``None`` where there is none with three known columns.

    It begins further down where the lines at the top are a title's last words: never at a line looked at before.
    """
    at = first
    while True:
        found = _head_at(text, part, at)
        if not isinstance(found, int):
            return found
        at = found


def _head_at(text: str, part: Sequence[Line], first: int) -> Head | int | None:
    """The heading block that begins at this very line, or the line below at which it does."""
    opening = part[first].text.split(maxsplit=1)[0] if part[first].text else ""
    if not opening or len(opening) > 14 or _SENTENCE.search(opening) or not _HEADS.search(opening):
        return None
    tokens = _collect(part, first, _MAX_PIECE)
    starts = ("".join(token.text for token in tokens[:count]) for count in range(1, len(tokens) + 1))
    if all(column_role(text) == "other" for text in starts):
        return None
    tokens = _collect(part, first, _MAX_TOKENS)
    pieces = _segment(tokens)
    if not pieces or pieces[0][2] == "other" or sum(role != "other" for *_, role in pieces) < 3:
        return None
    if len({role for *_, role in pieces}) < 3:
        return None
    numbered = next((tokens[begin].line for begin, _, role in pieces if role == "number"), first)
    if numbered > first:
        return numbered  # known words above the number's heading are a title's last line; beside it they are a heading
    lines = Counter(tokens[begin].line for begin, _, role in pieces if role != "other")
    fullest, most = lines.most_common(1)[0]
    if most >= 4 and most * 5 >= len(pieces) * 3 and pieces[0][2] != "number" and first < fullest:
        return fullest  # headings on one line need no others: what stands above are words at the table's side
    used = tokens[: pieces[-1][1]]
    columns = _columns(text, tokens, pieces)
    return Head(first, used[-1].line + 1, columns, [token.text for token in used])


def repeats(part: Sequence[Line], heads: Sequence[Head]) -> list[tuple[int, int]]:
    """Runs of lines made of nothing but the headings' words: the headings printed again, whole, cut or broken anew."""
    words = {token for head in heads for token in head.tokens}
    words |= {column.heading.text for head in heads for column in head.columns}
    firsts = {word[0] for word in words if word}
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(part):
        if not part[at].text or part[at].text[0] not in firsts:
            at += 1
            continue
        after, count = _run(part, at, words)
        if count >= 3:
            runs.append((at, after))
        at = max(after, at + 1)
    return runs


def _run(part: Sequence[Line], first: int, words: set[str]) -> tuple[int, int]:
    """The line after the last that belongs to headings begun at ``first``, and how many words they have."""
    after, count, here = first, 0, first
    while here < len(part):
        if not part[here].text:
            here += 1
            continue
        taken = _covered(part, here, words)
        if taken is None:
            break
        here, found = taken
        after = here
        count += found
    return after, count


def _covered(part: Sequence[Line], first: int, words: set[str]) -> tuple[int, int] | None:
    """Lines from ``first`` on whose tokens, up to four joined, are headings: the line after, how many tokens."""
    tokens: list[str] = []
    here = first
    while here < len(part) and here < first + _MAX_PIECE * 2:
        if part[here].text:
            for token in part[here].text.split():
                if tokens and _UNCLOSED.search(tokens[-1]):
                    tokens[-1] += token
                else:
                    tokens.append(token)
            if len(tokens) > _MAX_TOKENS:
                return None
            if _parses(tokens, words):
                return here + 1, len(tokens)
            if len(tokens) > len(part[first].text.split()) + _MAX_PIECE:
                return None
        here += 1
    return None


def _parses(tokens: Sequence[str], words: set[str]) -> bool:
    reached = [True] + [False] * len(tokens)
    for end in range(1, len(tokens) + 1):
        for begin in range(max(0, end - _MAX_PIECE), end):
            if reached[begin] and "".join(tokens[begin:end]) in words:
                reached[end] = True
                break
    return reached[-1]
