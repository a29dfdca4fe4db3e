"""Makes the text that PDF-to-text makes of a table, and tells how much of the table a reader finds again."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from indicators.readers.layout.lines import width
from indicators.schema.source import Source, Table

TABLES = Path(__file__).parent / "tables"


@dataclass(frozen=True)
class Spec:
    """A table as it was before it was flattened: headings with their column's width, and rows of cells."""

    name: str
    title: str
    columns: list[tuple[str, int]]
    rows: list[list[str]]
    label: str | None = None
    merged: tuple[str, ...] = ()
    """Headings of columns whose equal neighbours are one cell, printed once."""

    @property
    def headings(self) -> list[str]:
        return [heading for heading, _ in self.columns]

    def head_lines(self) -> list[str]:
        """The headings as lines: upper ones first, ``工业投资/年度目标`` being two levels."""
        levels = [(heading.split("/") if "/" in heading else [heading], size) for heading, size in self.columns]
        upper: list[tuple[str, int]] = []
        for parts, size in levels:
            if not upper or len(parts) == 1 or upper[-1][0] != parts[0]:
                upper.append((parts[0], size))
            else:
                upper[-1] = (parts[0], upper[-1][1] + size)
        lower = [(parts[1], size) for parts, size in levels if len(parts) == 2]
        return [line for heading, size in [*upper, *lower] for line in wrap(heading, max(size - 2, 4))]

    def printed(self) -> list[list[str]]:
        """The rows with each merged cell standing only where it begins."""
        out: list[list[str]] = []
        for i, row in enumerate(self.rows):
            hidden = {
                heading
                for c, heading in enumerate(self.headings)
                if heading in self.merged and i and self.rows[i - 1][: c + 1] == row[: c + 1]
            }
            out.append(["" if h in hidden else cell for h, cell in zip(self.headings, row, strict=True)])
        return out


def load(name: str) -> Spec:
    data = tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8"))
    columns = [(heading, size) for heading, size in data["columns"]]
    return Spec(name, data["title"], columns, data["rows"], data.get("label"), tuple(data.get("merged", ())))


def names() -> list[str]:
    return sorted(path.stem for path in TABLES.glob("*.toml"))


def wrap(text: str, size: int) -> list[str]:
    """Lines of at most ``size`` columns, as a PDF breaks them: numbers stay whole, no closing mark begins a line."""
    lines: list[str] = []
    line = ""
    for paragraph in re.split(r"(?<=[。；])(?=\d\.|措施 )", text):
        for piece in re.findall(r"[\d.,%A-Za-z]+|.", paragraph):
            if width(line + piece) > size and line and piece not in "，。；、：）”%":
                lines.append(line)
                line = ""
            line += piece
        lines.append(line)
        line = ""
    return [line for line in lines if line]


def blanks_by_digits(line: str) -> str:
    """The line with a blank between Chinese characters and figures, as most writers of PDF leave it."""
    line = re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)", " ", line)
    return re.sub(r"(?<=\d)(?=[\u4e00-\u9fff])", " ", line)


def flatten(
    spec: Spec, *, spacing: str = "\n", page_lines: int = 0, heading_again: bool = True, blanks: bool = False
) -> str:
    """The table cell after cell in reading order, each cell's wrapped lines below one another.

    ``spacing`` parts lines; ``page_lines`` begins a new page after about so many lines, with the headings again.
    """
    head = spec.head_lines()
    out = [spec.title, "", *head]
    used = 0
    for row in spec.printed():
        cells = [line for cell, (_, size) in zip(row, spec.columns, strict=True) for line in wrap(cell, size - 2)]
        if page_lines and used + len(cells) > page_lines:
            out += ["", "- 7 -", *(head if heading_again else [])]
            used = 0
        out += [blanks_by_digits(line) for line in cells] if blanks else cells
        used += len(cells)
    return spacing.join(out) + "\n"


def cut_row(spec: Spec, at: int, keep: int) -> str:
    """The table with a page break through row ``at``: ``keep`` lines of each cell stand on the first page."""
    head = spec.head_lines()
    out = [spec.title, "", *head]
    for i, row in enumerate(spec.printed()):
        cells = [wrap(cell, size - 2) for cell, (_, size) in zip(row, spec.columns, strict=True)]
        if i == at:
            out += [line for cell in cells for line in cell[:keep]]
            out += ["- 2 -", "\f" + head[0], *head[1:]]
            out += [line for cell in cells for line in cell[keep:]]
        else:
            out += [line for cell in cells for line in cell]
    return "\n".join(out) + "\n"


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def found_rows(source: Source) -> list[list[str]]:
    """The rows of the document's only table below its headings; a spanning cell in every place it covers."""
    tables = [block for block in source.blocks if isinstance(block, Table)]
    assert len(tables) == 1, f"{len(tables)} tables"
    table = tables[0]
    return [[squeezed(cell.passage.text) if cell else "" for cell in row] for row in table.grid()[table.header_rows :]]


def expected_rows(spec: Spec) -> list[list[str]]:
    """The rows as they should come out: the cells before the label column stand in each row of their task."""
    label = spec.headings.index(spec.label) if spec.label else 0
    rows: list[list[str]] = []
    for row in spec.rows:
        cells = [squeezed(cell) for cell in row]
        if label and not cells[0] and rows:
            cells[:label] = rows[-1][:label]
        rows.append(cells)
    return rows


def wrong_cells(source: Source, spec: Spec) -> list[tuple[int, str, str, str]]:
    """Every cell that differs: (row, heading, expected, found). Missing rows count as empty ones."""
    expected, found = expected_rows(spec), found_rows(source)
    wrong = []
    for i, row in enumerate(expected):
        got = found[i] if i < len(found) else [""] * len(row)
        for heading, want, have in zip(spec.headings, row, [*got, *[""] * len(row)], strict=False):
            if want != have:
                wrong.append((i, heading, want, have))
    return wrong
