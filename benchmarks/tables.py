"""How many small tables are understood whatever their headings: ``python -m benchmarks.tables [--show N]``.

The files of ``corpus/tables/`` hold a table a block, written by people who had seen neither rules nor code, every
figure marked for what it is: ``{T:120}`` promised, ``{A:97}`` reached, ``{B:…}`` what a promise starts from, ``{C:…}``
the share of it done, ``{G:…}`` its distance, ``{R:…}`` growth, ``{X:…}`` none of these. Every third table is held back
from whoever teaches the rules.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from indicators.pipeline import score_source
from indicators.readers import read_text
from indicators.schema.report import Report

FOLDER = Path(__file__).parents[1] / "corpus" / "tables"
_BETWEEN = re.compile(r"^====\s*\n", re.MULTILINE)
_MARK = re.compile(r"\{(?P<kind>[TABCGRX]):(?P<figure>[^{}]*)\}")
_HELD = 3
Offsets = tuple[int, int]


@dataclass(frozen=True)
class Marked:
    """A table without its marks."""

    file: str
    number: int
    as_of: date | None
    text: str
    marks: tuple[tuple[str, int, int], ...]
    """The kind of each figure and its offsets."""

    @property
    def held(self) -> bool:
        return self.number % _HELD == 0

    @classmethod
    def of(cls, file: str, number: int, block: str) -> Marked:
        """Takes the marks out of a block, whose first line tells its date (``as_of: 2024-06-30`` or ``as_of:``)."""
        head, _, marked = block.strip("\n").partition("\n")
        day = head.removeprefix("as_of:").strip()
        text, marks, at = "", [], 0
        for mark in _MARK.finditer(marked):
            text += marked[at : mark.start()]
            marks.append((mark["kind"], len(text), len(text) + len(mark["figure"])))
            text, at = text + mark["figure"], mark.end()
        own = date.fromisoformat(day) if day else None
        return cls(file, number, own, f"{text}{marked[at:]}\n", tuple(marks))


def load(folder: Path = FOLDER) -> list[Marked]:
    """The tables of all files."""
    return [
        Marked.of(path.stem, number, block)
        for path in sorted(folder.glob("*.txt"))
        for number, block in enumerate(_BETWEEN.split(path.read_text(encoding="utf-8")), 1)
    ]


def misread(table: Marked) -> Iterator[str]:
    """The promised and reached figures that are not told as such, and what is told as promised and is not."""
    report = score_source(read_text(table.text, f"{table.file}-{table.number}.txt"), as_of=table.as_of)
    told = {"T": set(_spans(report, "target")), "A": set(_spans(report, "actual"))}
    for kind, start, end in table.marks:
        found = {role for role, spans in told.items() if any(a < end and start < b for a, b in spans)}
        if kind in told and kind not in found:
            yield f"{kind} {table.text[start:end]} missed"
        if kind != "T" and "T" in found:
            yield f"{kind} {table.text[start:end]} promised"


def _spans(report: Report, which: str) -> Iterator[Offsets]:
    for task in report.tasks:
        for assessment in task.assessments:
            fact = getattr(assessment, which)
            if fact is not None:
                yield from ((a, b) for a, b in fact.spans)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print so many open tables that are misread")
    left = parser.parse_args().show
    count: Counter[str] = Counter()
    for table in load():
        kind = "held" if table.held else "open"
        wrong = list(misread(table))
        count[kind] += 1
        count[f"{kind} right"] += not wrong
        count[f"{kind} promised"] += sum(mark == "T" for mark, _, _ in table.marks)
        count[f"{kind} missed"] += sum(w.startswith("T") for w in wrong)
        count[f"{kind} false"] += sum(w.endswith("promised") for w in wrong)
        if wrong and kind == "open" and left > 0:
            left -= 1
            print(f"{table.file}:{table.number} {'; '.join(wrong)[:300]}\n{table.text}")
    for kind in ("open", "held"):
        tables, promised = count[kind], count[f"{kind} promised"]
        found = promised - count[f"{kind} missed"]
        print(
            f"{kind}: {count[f'{kind} right']} of {tables} tables right ({count[f'{kind} right'] / tables:.1%}), "
            f"{found} of {promised} promises found ({found / promised:.1%}), {count[f'{kind} false']} false"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
