"""Compiles a marked document (``corpus/marked``) into its text, gold rows and spans.

A marked file has three parts parted by lines of ``---``: a header of ``key: value`` lines, the text with
marks, and one line a row. ``{3t:180家以上}`` marks the target of row 3, ``{3a:197户}`` its actual (several are
parts of a sum), ``{3,4a:...}`` an actual shared by two rows, ``{3c:97%}`` the
completion the text states; ``{b:...}`` ``{r:...}`` ``{s:...}`` ``{l:...}``
``{o:...}`` mark a baseline, rank, scope, limit or other number that belongs to no row.

A row line reads ``3 TASK|indicator|codes;note``. TASK ``*`` stands for the first twelve characters of the
sentence. Codes, parted by blanks: the bound (``>`` ``<`` ``~`` ``..`` ``=``), ``-`` for an actual without a target,
``s`` for a verdict that is only stated; a verdict (``ex met miss ont beh unr``) where it is not the computed
one; ``up``/``dn``, ``ms`` (milestone), ``amb``, ``c=`` completion, ``p=`` share of the target's period passed,
``tt= tv= tu= at= av= au=`` for what the text does not print, ``level`` for a figure that does not grow with the year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.tools.figures import read, squash
from corpus.tools.verdicts import is_rate, verdicts

ROLES = {"b": "baseline", "r": "rank", "s": "scope", "l": "limit", "o": "other"}
BOUNDS = {">": "at_least", "<": "at_most", "~": "about", "..": "range", "=": "exactly"}
VERDICTS = {
    "ex": "exceeded", "met": "met", "miss": "missed", "ont": "on_track", "beh": "behind", "unr": "unreported",
}  # fmt: skip
MARK = re.compile(r"\{((?:\d+[tac]?,?)+[tac]|[brslo]):")
KINDS = {"t": "target", "a": "actual", "c": "completion"}
HEADER = ("form", "region", "as_of", "share", "split")


class MarkError(ValueError):
    """A marked file that does not compile; the message names file, row and reason."""


@dataclass
class Span:
    start: int
    end: int
    text: str
    roles: list[tuple[str, int | None]]


@dataclass
class Marked:
    name: str
    header: dict[str, str]
    text: str
    spans: list[Span]
    rows: list[dict[str, Any]] = field(default_factory=list)


def parts(name: str, raw: str) -> tuple[dict[str, str], str, list[str]]:
    """Header, marked text and row lines of a marked file."""
    pieces = re.split(r"(?m)^---$\n?", raw)
    if len(pieces) < 3:
        raise MarkError(f"{name}: expected three parts between lines of ---, found {len(pieces)}")
    header = dict(line.split(":", 1) for line in pieces[0].splitlines() if line.strip())
    header = {key.strip(): value.strip() for key, value in header.items()}
    missing = [key for key in HEADER if key not in header]
    if missing:
        raise MarkError(f"{name}: header lacks {', '.join(missing)}")
    text = "---\n".join(pieces[1:-1])  # a document may hold such lines itself
    return header, text, [line for line in pieces[-1].splitlines() if line.strip()]


def strip(name: str, marked: str) -> tuple[str, list[Span]]:
    """The text without marks, and every marked span with offsets into it."""
    out: list[str] = []
    spans: list[Span] = []
    length, position, opened = 0, 0, None
    while position < len(marked):
        match = MARK.match(marked, position)
        if match:
            if opened:
                raise MarkError(f"{name}: a mark inside a mark at {marked[position : position + 20]!r}")
            opened, position = (length, match.group(1)), match.end()
            continue
        char = marked[position]
        position += 1
        if char == "}" and opened:
            text = "".join(out)[opened[0] :]
            spans.append(Span(opened[0], length, text, roles(opened[1])))
            opened = None
            continue
        if char in "{}":
            raise MarkError(f"{name}: stray brace at {marked[position - 1 : position + 20]!r}")
        out.append(char)
        length += 1
    if opened:
        raise MarkError(f"{name}: mark {opened[1]} is not closed")
    return "".join(out), spans


def roles(code: str) -> list[tuple[str, int | None]]:
    if code in ROLES:
        return [(ROLES[code], None)]
    found: list[tuple[str, int | None]] = []
    letter = code[-1]
    for item in code.split(","):
        kind = item[-1] if item[-1] in KINDS else letter
        found.append((KINDS[kind], int(item.rstrip("tac"))))
    return found


def pointer(text: str, start: int) -> str:
    """First twelve characters of the sentence around ``start``, white space removed."""
    before = max(text.rfind(stop, 0, start) for stop in "。！？\n")
    after = min((text.find(stop, start) for stop in "。！？\n" if text.find(stop, start) >= 0), default=len(text))
    return squash(text[before + 1 : after])[:12]


def number(values: tuple[float, ...]) -> float | int | list[float | int]:
    plain = [int(v) if v == int(v) else v for v in values]
    return plain[0] if len(plain) == 1 else list(plain)


def amounts(raw: str) -> tuple[float, ...]:
    return tuple(float(part) for part in raw.split(","))


def side(
    found: list[Span], codes: dict[str, str], letter: str
) -> tuple[str | None, tuple[float, ...] | None, str | None]:
    """Text, values and unit of the target (t) or actual (a) side of a row."""
    text = codes.get(f"{letter}t") or ("+".join(squash(s.text) for s in found) or None)
    values: tuple[float, ...] | None
    unit: str | None
    if f"{letter}v" in codes:
        values = None if codes[f"{letter}v"] == "null" else amounts(codes[f"{letter}v"])
        unit = None if values is None else codes.get(f"{letter}u", "")
        return text, values, unit
    if not found:
        return text, None, None
    figures = [read(span.text) for span in found]
    values = figures[0].values if len(figures) == 1 else (round(sum(f.values[0] for f in figures), 6),)
    return text, values, codes.get(f"{letter}u", figures[0].unit)


@dataclass(frozen=True)
class RowLine:
    """A row line taken apart: ``ID TASK | indicator | codes ; note``."""

    identity: int
    task: str
    indicator: str
    codes: dict[str, str]
    """What codes with a value say (p=0.5)."""
    flags: list[str]
    """Codes without one."""
    note: str

    @classmethod
    def of(cls, document: Marked, line: str) -> RowLine:
        """Raises :class:`MarkError` where the line is none."""
        head, _, note = line.partition(";")
        try:
            left, indicator, codes_text = (piece.strip() for piece in head.split("|"))
            number_text, _, task = left.partition(" ")
            identity = int(number_text)
        except ValueError as error:
            raise MarkError(f"{document.name}: row line {line!r} is not ID TASK|indicator|codes") from error
        tokens = codes_text.split()
        codes = dict(token.split("=", 1) for token in tokens if "=" in token and len(token) > 1)
        flags = [token for token in tokens if token == "=" or "=" not in token]
        return cls(identity, task, indicator, codes, flags, note.strip())

    def one_of(self, meanings: Mapping[str, str]) -> str | None:
        """What the first flag with one of these meanings means."""
        return next((meanings[flag] for flag in self.flags if flag in meanings), None)


def verdict_of(
    told: RowLine,
    bound: str | None,
    target: tuple[float, ...] | None,
    actual: tuple[float, ...] | None,
    unit: str | None,
    share: float,
) -> str | None:
    """The verdict that the line gives, or the one that follows from its figures."""
    verdict = told.one_of(VERDICTS)
    if verdict is not None or target is None:
        return verdict
    if actual is None:
        return "unreported"
    assert bound is not None
    rate = True if "level" in told.flags else is_rate(unit)
    return next(iter(verdicts(bound, direction_of(told, bound), target, actual, unit, share, rate)))


def direction_of(told: RowLine, bound: str | None) -> str:
    return "down" if "dn" in told.flags or (bound == "at_most" and "up" not in told.flags) else "up"


def completion_of(document: Marked, told: RowLine) -> float | None:
    """The rate of completion that the line gives, or that a marked span prints, 1.0 for 100 %."""
    if "c" in told.codes:
        return float(told.codes["c"])
    printed = next((s for s in document.spans if ("completion", told.identity) in s.roles), None)
    if printed is None:
        return None
    figure = read(printed.text)
    return round(figure.values[0] / (100 if figure.unit == "%" else 1), 6)


def row(document: Marked, line: str) -> dict[str, Any]:
    """One gold row from a row line."""
    told = RowLine.of(document, line)
    where, flags, codes = f"{document.name} row {told.identity}", told.flags, told.codes
    targets = [s for s in document.spans if ("target", told.identity) in s.roles]
    actuals = [s for s in document.spans if ("actual", told.identity) in s.roles]
    if not targets and not actuals:
        raise MarkError(f"{where}: no span is marked with it")
    target_text, target, target_unit = side(targets, codes, "t")
    actual_text, actual, actual_unit = side(actuals, codes, "a")
    bound = told.one_of(BOUNDS)
    alone, stated = "-" in flags, "s" in flags
    if target is None and not (alone or stated):
        raise MarkError(f"{where}: no target; write - or s")
    if target is not None and bound is None:
        raise MarkError(f"{where}: a target without a bound")
    share = float(codes.get("p", document.header["share"] or 0))
    verdict = verdict_of(told, bound, target, actual, target_unit, share)
    if stated and verdict is None:
        raise MarkError(f"{where}: a stated row needs its verdict")
    anchor = (targets or actuals)[0].start
    result: dict[str, Any] = {
        "task": pointer(document.text, anchor) if told.task in ("", "*") else told.task,
        "indicator": told.indicator,
        "target_text": target_text,
        "target_value": None if target is None else number(target),
        "target_unit": target_unit,
        "bound": bound,
        "direction": direction_of(told, bound),
        "actual_text": actual_text,
        "actual_value": None if actual is None else number(actual),
        "actual_unit": actual_unit,
    }
    if (completion := completion_of(document, told)) is not None:
        result["completion"] = completion
    kind = None if alone else "milestone" if "ms" in flags else "headline"
    result |= {"verdict": verdict, "kind": kind, "ambiguous": "amb" in flags, "note": told.note}
    result["as_of"] = document.header["as_of"] or None
    if "p" in codes:
        result["period_passed"] = share
    if "level" in flags:
        result["level"] = True
    result["target_span"] = [targets[0].start, targets[0].end] if targets else None
    result["actual_spans"] = [[s.start, s.end] for s in actuals]
    return result


def compile_document(name: str, raw: str) -> Marked:
    """Text, spans and gold rows of one marked file; MarkError names what is wrong."""
    header, marked, lines = parts(name, raw)
    text, spans = strip(name, marked)
    document = Marked(name, header, text, spans)
    document.rows = [row(document, line) for line in lines]
    known = {int(line.split()[0].split("|")[0]) for line in lines}
    used = {identity for span in spans for _, identity in span.roles if identity is not None}
    if used - known or len(known) != len(lines):
        raise MarkError(f"{name}: marks without a row {sorted(used - known)}, or a row number twice")
    return document
