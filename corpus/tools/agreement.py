"""How far two annotators agree: ``python -m corpus.tools.agreement [--show N]``.

Compares every file of ``corpus/second`` with its namesake in ``corpus/gold``. A row is agreed on when target
(value, unit, bound), actual (value, unit) and verdict are all the same; rows are paired by their figures first
and by the likeness of their indicator names second.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.tools.validate import CORPUS, jsonl, values

Row = dict[str, Any]
SAME_UNIT = frozenset("家户个座处所项名条只款种例次期场")


@dataclass
class Agreement:
    """Counts over one document: ``rows`` is the union of both annotators' rows, ``open_rows`` those nobody marks."""

    rows: int = 0
    agreed: int = 0
    open_rows: int = 0
    open_agreed: int = 0

    def add(self, agreed: bool, is_open: bool) -> None:
        self.rows += 1
        self.agreed += agreed
        self.open_rows += is_open
        self.open_agreed += agreed and is_open

    def __iadd__(self, other: Agreement) -> Agreement:
        self.rows += other.rows
        self.agreed += other.agreed
        self.open_rows += other.open_rows
        self.open_agreed += other.open_agreed
        return self

    def line(self, name: str) -> str:
        whole, settled = self.agreed / max(1, self.rows), self.open_agreed / max(1, self.open_rows)
        return f"{name}\t{self.rows} rows\t{whole:.1%} agreed\t{self.open_rows} not ambiguous\t{settled:.1%} agreed"


def unit(value: Any) -> str:
    text = str(value or "").removeprefix("个")
    return "*" if text == "" or text in SAME_UNIT else text


def figures(row: Row, side: str) -> tuple[Any, ...]:
    value = values(row[f"{side}_value"])
    if value is None:
        return (None,)
    return (tuple(float(f"{v:.9g}") for v in value), unit(row[f"{side}_unit"]))


def content(row: Row) -> tuple[Any, ...]:
    """What has to be the same: the stated completion stands in where there are no figures."""
    completion = row.get("completion") if row["target_value"] is None else None
    return (figures(row, "target"), row["bound"], figures(row, "actual"), row["verdict"], completion)


def likeness(left: Row, right: Row) -> float:
    one, two = (Counter(str(row["indicator"])) for row in (left, right))
    name = 2 * sum((one & two).values()) / max(1, sum(one.values()) + sum(two.values()))
    figure = sum(figures(left, side) == figures(right, side) != (None,) for side in ("target", "actual"))
    return figure + name + (content(left) == content(right)) + 0.5 * (str(left["task"]) == str(right["task"]))


def pairs(first: list[Row], second: list[Row]) -> list[tuple[Row | None, Row | None]]:
    """One-to-one pairs, best first; what has no counterpart is paired with None. A pair shares a figure or its name."""
    scored = sorted(
        (
            (score, -i, -j)
            for i, left in enumerate(first)
            for j, right in enumerate(second)
            if (score := likeness(left, right)) >= 1.2
        ),
        reverse=True,
    )
    found: list[tuple[Row | None, Row | None]] = []
    left_used: set[int] = set()
    right_used: set[int] = set()
    for _, i, j in scored:
        if i not in left_used and j not in right_used:
            left_used.add(i)
            right_used.add(j)
            found.append((first[-i], second[-j]))
    found += [(row, None) for i, row in enumerate(first) if -i not in left_used]
    return found + [(None, row) for j, row in enumerate(second) if -j not in right_used]


def compare(name: str) -> tuple[Agreement, list[str]]:
    """Agreement on one document, and a line for every row that the annotators see differently."""
    result, differences = Agreement(), []
    first, second = (jsonl(CORPUS / folder / f"{name}.gold.jsonl") for folder in ("gold", "second"))
    for left, right in pairs(first, second):
        agreed = left is not None and right is not None and content(left) == content(right)
        is_open = not any(row["ambiguous"] for row in (left, right) if row)
        result.add(agreed, is_open)
        if not agreed:
            differences.append(
                f"{name}{'' if is_open else ' (ambiguous)'}\n   first  {brief(left)}\n   second {brief(right)}"
            )
    return result, differences


def brief(row: Row | None) -> str:
    if row is None:
        return "-"
    keys = ("task", "indicator", "target_text", "bound", "actual_text", "completion", "verdict", "note")
    return " | ".join(str(row.get(key)) for key in keys)


def names() -> list[str]:
    folder: Path = CORPUS / "second"
    return sorted(path.name.removesuffix(".gold.jsonl") for path in folder.glob("*.gold.jsonl"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--show", type=int, default=0, help="print the first N rows that differ")
    show: int = parser.parse_args().show
    total, lines = Agreement(), []
    for name in names():
        result, differences = compare(name)
        total += result
        lines += differences
        print(result.line(name))
    print(total.line(f"{len(names())} documents"))
    print("\n".join(lines[:show]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
