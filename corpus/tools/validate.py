"""Checks the written corpus: ``python -m corpus.tools.validate``. Prints every fault and exits 1 if there is one."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from corpus.tools.figures import Figure, read, squash
from corpus.tools.verdicts import verdicts

CORPUS = Path(__file__).resolve().parents[1]
SPLITS = {"train", "dev", "test"}
VERDICTS = {"exceeded", "met", "missed", "on_track", "behind", "unreported", None}
BOUNDS = {"at_least", "at_most", "about", "range", "exactly"}
FIELDS = (
    "task", "indicator", "target_text", "target_value", "target_unit", "bound", "direction",
    "actual_text", "actual_value", "actual_unit", "verdict", "kind", "ambiguous", "note",
)  # fmt: skip
SCALES = (1.0, 1e3, 1e4, 1e6, 1e7, 1e8)
TOO_ALIKE = 0.4
"""Share of eight-character pieces two documents may have in common across splits (tables repeat their headings)."""

Row = dict[str, Any]


def jsonl(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def index() -> list[Row]:
    """The entries of every ``index-*.jsonl``."""
    return [entry for path in sorted(CORPUS.glob("index-*.jsonl")) for entry in jsonl(path)]


def values(value: Any) -> tuple[float, ...] | None:
    if value is None:
        return None
    return tuple(float(v) for v in value) if isinstance(value, list) else (float(value),)


def close(left: tuple[float, ...], right: tuple[float, ...]) -> bool:
    return len(left) == len(right) and all(
        abs(a - b) <= 1e-9 * max(1.0, abs(a), abs(b)) for a, b in zip(left, right, strict=True)
    )


def agrees(text: str, value: tuple[float, ...], unit: str) -> bool:
    """Whether a printed text can mean this value: a scale or unit that only the table prints is allowed for."""
    parts = [part for part in text.split("+") if part]
    try:
        figures = [read(part) for part in parts]
    except ValueError:
        return any(mark in text for mark in "全零清、；")
    figure = figures[0]
    if len(figures) > 1:
        figure = Figure((sum(f.values[0] for f in figures),), figure.unit)
    if text.startswith("零") or (text[:1] in "+-－" and close(tuple(abs(v) for v in figure.values), value)):
        return True
    if "全" in text and close(value, (100.0,)):
        return True
    if figure.unit and unit and not (figure.unit in unit or figure.unit.startswith(unit) or text.startswith("全部")):
        return False
    factors = SCALES if not figure.unit or figure.unit not in text else (1.0,)
    return any(close(tuple(v * factor for v in figure.values), value) for factor in factors) or "、" in text


def row_faults(row: Row, text: str, squashed: str, share: float) -> Iterator[str]:
    """What is wrong with one gold row; ``share`` is the part of the annual period passed at the as-of date."""
    missing = [key for key in FIELDS if key not in row]
    if missing:
        yield f"lacks {', '.join(missing)}"
        return
    target, actual = values(row["target_value"]), values(row["actual_value"])
    note = row["note"] or ""
    free = any(word in note for word in ("derived", "slip", "counted"))
    if row["verdict"] not in VERDICTS or row["direction"] not in {"up", "down"}:
        yield f"unknown verdict {row['verdict']!r} or direction {row['direction']!r}"
    if target is None:
        if row["bound"] is not None or row["target_unit"] is not None:
            yield "bound or unit without a target"
        if row["verdict"] is None and row["kind"] is not None:
            yield "kind without target or verdict"
    elif row["bound"] not in BOUNDS or row["kind"] not in {"headline", "milestone"}:
        yield f"target with bound {row['bound']!r}, kind {row['kind']!r}"
    if target is not None and (len(target) == 2) != (row["bound"] == "range"):
        yield "two values go with bound range, and only with it"
    if target is None and actual is None and "completion" not in row and row["verdict"] is None:
        yield "neither target nor actual"
    for side, value in (("target", target), ("actual", actual)):
        printed = row[f"{side}_text"]
        if printed is not None:
            absent = [part for part in printed.split("+") if part and squash(part) not in squashed]
            if absent and "derived" not in note:
                yield f"{side}_text {absent[0]!r} does not stand in the document"
            if value is not None and not free and not agrees(printed, value, row[f"{side}_unit"] or ""):
                yield f"{side}_value {row[f'{side}_value']} {row[f'{side}_unit']} does not agree with {printed!r}"
        elif value is not None and not (side == "target" and "derived" in note):
            yield f"{side}_value without {side}_text"
    if target and actual and row.get("completion") is not None and target[0] and "conflict" not in note:
        ratio = actual[0] / target[0]
        if abs(ratio - row["completion"]) > 0.006:
            yield f"completion {row['completion']}, figures give {ratio:.3f}; a report's own slip is noted as conflict"
    spans = [row["target_span"]] if row.get("target_span") else []
    if spans and squash(text[spans[0][0] : spans[0][1]]) != squash(row["target_text"] or "") and "derived" not in note:
        yield f"target_span holds {text[spans[0][0] : spans[0][1]]!r}"
    yield from verdict_faults(row, target, actual, share)


def verdict_faults(
    row: Row, target: tuple[float, ...] | None, actual: tuple[float, ...] | None, share: float
) -> Iterator[str]:
    verdict, share = row["verdict"], row.get("period_passed", share)
    if row["ambiguous"]:
        return
    if target is not None and actual is not None:
        rate = True if row.get("level") else None
        allowed = verdicts(row["bound"], row["direction"], target, actual, row["target_unit"], share, rate)
        if share >= 1 and row["target_unit"] == "元" and abs(actual[0] - target[0]) <= 0.01 * target[0]:
            allowed.add("met")  # money spent within 1 % of its budget (settled case 21)
        if verdict not in allowed:
            yield f"verdict {verdict}, figures say {'/'.join(sorted(allowed))}"
    elif (
        target is not None
        and "completion" not in row
        and verdict not in {"unreported"}
        and "claimed" not in (row["note"] or "")
    ):
        yield f"target without actual, verdict {verdict}"
    elif target is None and verdict is not None and "completion" in row:
        bound = "at_most" if row["direction"] == "down" else "at_least"
        allowed = verdicts(bound, row["direction"], (1.0,), (row["completion"],), None, share)
        if verdict not in allowed:
            yield f"verdict {verdict}, completion says {'/'.join(sorted(allowed))}"


def passed(entry: Row) -> float:
    """Share of an annual target's period passed: as the index says, else by the month of the as-of date."""
    if entry.get("share") is not None:
        return float(entry["share"])
    return int(entry["as_of"][5:7]) / 12 if entry.get("as_of") else 0.0


def pieces(text: str) -> set[str]:
    clean = squash(text)
    return {clean[i : i + 8] for i in range(max(0, len(clean) - 7))}


def split_faults(entries: list[Row], texts: dict[str, str]) -> Iterator[str]:
    """Families torn apart, and documents of different splits that are too much alike."""
    families: dict[str, set[str]] = {}
    for entry in entries:
        families.setdefault(entry.get("family") or entry["name"], set()).add(entry["split"])
    for family, splits in families.items():
        if len(splits) > 1:
            yield f"family {family} lies in {', '.join(sorted(splits))}"
    shingles = {entry["name"]: pieces(texts[entry["name"]]) for entry in entries if entry["name"] in texts}
    for left, right in combinations([e for e in entries if e["name"] in shingles], 2):
        if left["split"] == right["split"]:
            continue
        one, two = shingles[left["name"]], shingles[right["name"]]
        alike = len(one & two) / max(1, min(len(one), len(two)))
        if alike > TOO_ALIKE:
            yield f"{left['name']} ({left['split']}) and {right['name']} ({right['split']}) share {alike:.0%}"


def faults() -> list[str]:
    """Every fault of the corpus, one line each."""
    entries = index()
    names = Counter(entry["name"] for entry in entries)
    found = [f"{name}: {count} index entries" for name, count in names.items() if count > 1]
    stems = {path.stem for path in (CORPUS / "documents").glob("*.txt")}
    found += [f"{name}: document without index entry" for name in sorted(stems - set(names))]
    texts: dict[str, str] = {}
    for entry in entries:
        name = entry["name"]
        document, gold = CORPUS / "documents" / f"{name}.txt", CORPUS / "gold" / f"{name}.gold.jsonl"
        if entry["split"] not in SPLITS:
            found.append(f"{name}: split {entry['split']!r}")
        if not document.exists() or not gold.exists():
            found.append(f"{name}: document or gold file is missing")
            continue
        text = texts[name] = document.read_text(encoding="utf-8")
        squashed, share = squash(text), passed(entry)
        for number, row in enumerate(jsonl(gold), 1):
            found += [
                f"{name} row {number} ({row.get('indicator')}): {fault}"
                for fault in row_faults(row, text, squashed, share)
            ]
    return found + list(split_faults(entries, texts))


def summary() -> str:
    """Documents, rows and quantities a split."""
    count: Counter[tuple[str, str]] = Counter()
    for entry in index():
        for row in jsonl(CORPUS / "gold" / f"{entry['name']}.gold.jsonl"):
            count[entry["split"], "rows"] += 1
            count[entry["split"], "quantities"] += (row["target_text"] is not None) + (row["actual_text"] is not None)
        count[entry["split"], "documents"] += 1
    keys = ("documents", "rows", "quantities")
    return "\n".join(f"{split}: " + ", ".join(f"{count[split, key]} {key}" for key in keys) for split in sorted(SPLITS))


def main() -> int:
    found = faults()
    print("\n".join([*found, summary(), f"{len(found)} faults"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
