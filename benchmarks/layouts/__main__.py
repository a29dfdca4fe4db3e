"""How many cells come out right, table by layout: ``python -m benchmarks.layouts [--show LAYOUT TABLE] [--write]``."""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.layouts.writing import LAYOUTS, Sheet
from indicators import score_text

HERE = Path(__file__).parent
RIGHT = HERE / "right.txt"
_NONE = "."


@dataclass(frozen=True)
class Reading:
    """What came of one table in one layout: pairs of target and actual right, wanted, and told beside them."""

    right: int
    wanted: int
    extra: int

    def __str__(self) -> str:
        return f"{self.right}/{self.wanted}" + (f"+{self.extra}" if self.extra else "")


def sheets() -> list[Sheet]:
    """The tables of tables.toml."""
    return [Sheet.of(table) for table in tomllib.loads((HERE / "tables.toml").read_text(encoding="utf-8"))["table"]]


def text_of(sheet: Sheet, name: str) -> str | None:
    """A report with the table in one layout; ``None`` where the layout cannot hold it."""
    body = LAYOUTS[name](sheet.plain())
    return None if body is None else f"{sheet.title}\n\n{body}\n\n说明：数据由县统计局提供。\n"


def read(sheet: Sheet, text: str) -> Reading:
    """Scores a text of the table."""
    found = Counter(
        ("".join(row.target_text.split()), "".join((row.actual_text or "").split()))
        for row in score_text(text).rows()
        if row.target_text
    )
    wanted = sheet.wanted()
    right = (found & wanted).total()
    return Reading(right, wanted.total(), found.total() - right)


def main() -> int:
    """Prints the grid, or one text with its rows."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.layouts", description=__doc__)
    parser.add_argument("--show", nargs=2, metavar=("LAYOUT", "TABLE"))
    parser.add_argument("--write", action="store_true", help=f"write {RIGHT.name}, which the tests hold")
    args = parser.parse_args()
    every = sheets()
    if args.show:
        text = text_of(next(sheet for sheet in every if sheet.name == args.show[1]), args.show[0]) or ""
        print(text)
        for row in score_text(text).rows():
            print(" ", row.task, row.indicator, row.target_text, row.actual_text, row.verdict, sep=" | ")
        return 0
    lines = [" ".join(["layout".ljust(25), *(sheet.name.rjust(8) for sheet in every)])]
    total: Counter[str] = Counter()
    for name in LAYOUTS:
        cells = []
        for sheet in every:
            text = text_of(sheet, name)
            reading = read(sheet, text) if text is not None else None
            if reading:
                total.update(right=reading.right, wanted=reading.wanted, extra=reading.extra)
            cells.append(str(reading or _NONE).rjust(8))
        lines.append(" ".join([name.ljust(25), *cells]))
    page = "\n".join(lines) + "\n"
    print(page, end="")
    print(
        f"{total['right']} of {total['wanted']} right ({total['right'] / total['wanted']:.1%}), {total['extra']} more"
    )
    if args.write:
        RIGHT.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
