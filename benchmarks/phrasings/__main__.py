"""How many notes come out right, by the way they say it: ``python -m benchmarks.phrasings [--show ID] [--write]``."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from typing import TYPE_CHECKING

from benchmarks.phrasings.notes import HERE, Note, Template, Wanted, load, value
from indicators import score_text

if TYPE_CHECKING:
    from indicators import Row

RIGHT = HERE / "right.txt"
HELD = "(held)"


def fits(row: Row, wanted: Wanted) -> bool:
    """Whether a row says what was wanted, figures by their value."""
    bound = row.target_low if row.target_low is not None else row.target_high
    return (
        _figure(bound, wanted.target)
        and _figure(row.actual_value, wanted.actual)
        and any(told in ("*", row.verdict or "-") for told in wanted.verdict.split("/"))
        and (wanted.completion == "*" or _near(row.completion, value(wanted.completion) / 100, 0.006))
    )


def _figure(found: float | None, wanted: str) -> bool:
    return any(
        told == "*" or (found is None if told == "-" else _near(found, value(told), 1e-6 * value(told)))
        for told in wanted.split("/")
    )


def _near(found: float | None, wanted: float, within: float) -> bool:
    return found is not None and abs(found - wanted) <= within


def right(note: Note) -> bool:
    """Every row wanted is found, and no other that promises or judges; where none is wanted, no row at all."""
    rows = list(score_text(note.text).rows())
    if not note.rows:
        return not rows
    for wanted in note.rows:
        found = next((row for row in rows if fits(row, wanted)), None)
        if found is None:
            return False
        rows.remove(found)
    return not any(row.target_text or row.target_low is not None or row.verdict for row in rows)


def readings() -> dict[Template, tuple[int, int]]:
    """Of each template, the notes that come out right and all."""
    facts, groups, templates = load()
    every = {template: [right(note) for note in template.notes(facts, groups)] for template in templates}
    return {template: (sum(came), len(came)) for template, came in every.items()}


def page(read: dict[Template, tuple[int, int]]) -> str:
    """What right.txt holds: each open template, and the held ones together."""
    held = [came for template, came in read.items() if template.held]
    lines = [f"{template.id} {good}/{all_}" for template, (good, all_) in read.items() if not template.held]
    return "\n".join([*lines, f"{HELD} {sum(good for good, _ in held)}/{sum(all_ for _, all_ in held)}"]) + "\n"


def grid(read: dict[Template, tuple[int, int]]) -> str:
    """Right of all by group, the open templates beside the held ones."""
    sums: dict[str, Counter[str]] = {}
    for template, (good, all_) in read.items():
        part = "held" if template.held else "open"
        for group in (template.group, "all"):
            sums.setdefault(group, Counter()).update({part: good, f"{part} of": all_})
    sums["all"] = sums.pop("all")
    lines = ["group".ljust(12) + "open".rjust(10) + "held".rjust(10)]
    for group, told in sums.items():
        cells = [f"{told[part]}/{told[f'{part} of']}".rjust(10) for part in ("open", "held")]
        lines.append(group.ljust(12) + "".join(cells))
    return "\n".join(lines) + "\n"


def show(name: str, held: bool) -> int:
    """Prints the notes of one template, the rows wanted and the rows found."""
    facts, groups, templates = load()
    template = next((template for template in templates if template.id == name), None)
    if template is None or (template.held and not held):
        print(f"{name}: " + ("no such template" if template is None else "held out; --held shows it all the same"))
        return 2
    for note in template.notes(facts, groups):
        print(note.text, end="")
        for wanted in note.rows:
            print("  wanted", wanted.target, wanted.actual, wanted.verdict, wanted.completion, sep=" | ")
        for row in score_text(note.text).rows():
            cells = (row.indicator, row.target_text, row.actual_text, row.verdict, row.completion, row.flags)
            print("  found ", *cells, sep=" | ")
        print("  right" if right(note) else "  WRONG", end="\n\n")
    return 0


def main() -> int:
    """Prints the figures by group, or the notes of one template."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.phrasings", description=__doc__)
    parser.add_argument("--show", metavar="ID")
    parser.add_argument("--held", action="store_true", help="let --show show a template that is held out")
    parser.add_argument("--write", action="store_true", help=f"write {RIGHT.name}, which the tests hold")
    args = parser.parse_args()
    if args.show:
        return show(args.show, args.held)
    read = readings()
    print(grid(read), end="")
    for part, held in (("open", False), ("held", True)):
        came = [came for template, came in read.items() if template.held is held]
        good, all_ = (sum(column) for column in zip(*came, strict=True))
        print(f"{part}: {good} of {all_} right ({good / all_:.1%})")
    if args.write:
        RIGHT.write_text(page(read), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
