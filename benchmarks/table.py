"""A Markdown table of figures."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Table:
    """Numbers print with thousands separators, texts as they are."""

    title: str
    head: tuple[str, ...]
    rows: list[tuple[object, ...]] = field(default_factory=list)
    note: str = ""

    def add(self, *cells: object) -> None:
        """One row; as many cells as the head has."""
        if len(cells) != len(self.head):
            raise ValueError(f"{len(cells)} cells for {len(self.head)} columns")
        self.rows.append(cells)

    def markdown(self) -> str:
        """Heading, table and note."""
        lines = [f"## {self.title}", "", _line(self.head), _line(["---"] * len(self.head))]
        lines += [_line([_shown(cell) for cell in row]) for row in self.rows]
        if self.note:
            lines += ["", self.note]
        return "\n".join(lines) + "\n"


def _line(cells: object) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"  # type: ignore[call-overload]


def _shown(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:.2f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
