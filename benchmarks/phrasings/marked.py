"""How many phrases have every figure understood: ``python -m benchmarks.phrasings.marked [--show N]``.

The files of ``marked/`` hold a phrase a line, written by people who had seen neither rules nor code; ``[T:…]`` marks
what was promised, ``[A:…]`` what came of it. Every third line is held back from whoever teaches the rules.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.phrasings.notes import HERE
from indicators import pipeline
from indicators.extract.model import Mention
from indicators.readers import read_text
from models.hooks import watched

FOLDER = HERE / "marked"
_MARK = re.compile(r"\[(?P<role>[TA]):(?P<figure>[^\[\]]+)\]")
_ROLES = {"T": ("target",), "A": ("actual", "compare")}
_HELD = 3


@dataclass(frozen=True)
class Phrase:
    """A line without its marks."""

    file: str
    line: int
    text: str
    marks: tuple[tuple[str, int, int], ...]
    """``T`` or ``A`` and the offsets of the figure."""

    @property
    def held(self) -> bool:
        return self.line % _HELD == 0

    @classmethod
    def of(cls, file: str, line: int, marked: str) -> Phrase:
        """Takes the marks out of a line."""
        text, marks, at = "", [], 0
        for mark in _MARK.finditer(marked):
            text += marked[at : mark.start()]
            marks.append((mark["role"], len(text), len(text) + len(mark["figure"])))
            text, at = text + mark["figure"], mark.end()
        return cls(file, line, text + marked[at:], tuple(marks))


def load() -> list[Phrase]:
    """The phrases of all files."""
    return [
        Phrase.of(path.stem, line, told)
        for path in sorted(FOLDER.glob("*.txt"))
        for line, told in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    ]


def misread(phrase: Phrase) -> Iterator[str]:
    """The figures whose role is not the one marked, and what is taken for a promise without being marked."""
    mentions = _mentions(phrase.text)
    for mark, start, end in phrase.marks:
        role = next((m.role for m in mentions if m.span[0] < end and start < m.span[1]), "nothing")
        if role not in _ROLES[mark]:
            yield f"{phrase.text[start:end]} {role}"
    for mention in mentions:
        unmarked = not any(mention.span[0] < end and start < mention.span[1] for _, start, end in phrase.marks)
        if unmarked and mention.role == "target":
            yield f"{mention.quantity.text} target"


def _mentions(text: str) -> list[Mention]:
    seen: list[Mention] = []
    with watched(seen.extend):
        pipeline.score_source(read_text(text + "\n"))
    return seen


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print so many open phrases that are misread")
    left = parser.parse_args().show
    right = dict.fromkeys(("open", "held"), 0)
    every = dict.fromkeys(right, 0)
    for phrase in load():
        kind = "held" if phrase.held else "open"
        wrong = list(misread(phrase))
        every[kind] += 1
        right[kind] += not wrong
        if wrong and kind == "open" and left > 0:
            left -= 1
            print(f"{phrase.file}:{phrase.line} {phrase.text}  [{'; '.join(wrong)}]")
    for kind, count in right.items():
        print(f"{kind}: {count} of {every[kind]} right ({count / every[kind]:.1%})")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
