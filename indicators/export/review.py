"""Reads back the marks that an auditor set in the Rows sheet of our workbook."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indicators.errors import MissingExtraError, UsageError
from indicators.export.labels import SYMBOLS, word
from indicators.export.rowkey import RowKey
from indicators.schema.report import VERDICTS

REVIEW = ("mark", "new_actual", "new_verdict", "new_indicator", "note")
"""Columns that an auditor fills in; their headings are the words of these keys."""
NOTHING = "无"
"""Typed as the new actual: the report gives none."""
_OFFSETS = ("target_start", "target_end", "actual_start", "actual_end")


def read_marks(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """For each marked row its sheet row (from 1) and the fields of an annotation.

    Columns are known by their headings, so they may be moved; rows may be sorted or taken out. Raises
    :class:`UsageError` where the file is no workbook of ours or a cell holds something else than was offered, and
    :class:`MissingExtraError` without the extra ``office``.
    """
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise MissingExtraError.for_extra("office", "reading a marked workbook", path=str(path)) from None
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError, EOFError):
        raise UsageError("is not a readable workbook", path=str(path), hint="save it as .xlsx", code="U010") from None
    try:
        if "Rows" not in book.sheetnames:
            raise UsageError("has no sheet 'Rows'", path=str(path), hint="use a workbook of --format xlsx", code="U011")
        rows = book["Rows"].iter_rows(values_only=True)
        heads = [str(head) if head is not None else "" for head in next(rows, ())]
        columns = {name: heads.index(name) for name in RowKey._fields if name in heads}
        review = {key: heads.index(word(key)) for key in REVIEW if word(key) in heads}
        # The words for the mark and for an indicator's name may also head other columns: ours stand last.
        review = {key: len(heads) - 1 - heads[::-1].index(word(key)) for key in review}
        missing = [name for name in ("sha256", "indicator") if name not in columns] + ["mark"] * ("mark" not in review)
        if missing:
            raise UsageError(
                f"sheet 'Rows' has no column '{missing[0]}'",
                path=str(path),
                hint="keep the hidden columns of the workbook",
                code="U011",
            )
        shown = heads.index(word("indicator")) if word("indicator") in heads else None
        for number, row in enumerate(rows, 2):
            values = {key: _text(row[at]) if at < len(row) else "" for key, at in review.items()}
            if any(values.values()):
                key = {name: row[at] if at < len(row) else None for name, at in columns.items()}
                if shown is not None and (row[shown] or "") != (key["indicator"] or ""):
                    raise UsageError(
                        f"row {number}: '{row[shown]}' stands beside the hidden key of '{key['indicator']}'",
                        path=str(path),
                        hint="sort whole rows only, and name another indicator in its own column",
                        code="U011",
                    )
                yield number, _fields(key, values, path, number)
    finally:
        book.close()


def _fields(key: dict[str, Any], values: dict[str, str], path: Path, number: int) -> dict[str, Any]:
    fields: dict[str, Any] = {name: None if value in (None, "") else str(value) for name, value in key.items()}
    for name in _OFFSETS:
        if fields.get(name) is not None:
            fields[name] = int(float(fields[name]))
    fields["indicator"] = fields["indicator"] or ""
    news: dict[str, Any] = {}
    if actual := values.get("new_actual"):
        news["new_actual_text"] = "" if actual == NOTHING else actual
    if verdict := values.get("new_verdict"):
        news["new_verdict"] = _chosen(verdict, {f"v_{name}": name for name in VERDICTS}, path, number)
    if indicator := values.get("new_indicator"):
        news["new_indicator"] = indicator
    mark = values.get("mark") or "corrected"
    marks = {f"mark_{name}": name for name in ("right", "wrong", "corrected")}
    fields |= {"mark": _chosen(mark, marks, path, number), "note": values.get("note", ""), **news}
    if news:
        fields["mark"] = "corrected"
    return fields


def _chosen(value: str, offered: dict[str, str], path: Path, number: int) -> str:
    bare = value.strip("".join(SYMBOLS.values()) + " ").lower()
    for key, name in offered.items():
        if bare in (name, word(key).lower(), word(key, "en").lower()):
            return name
    choices = "、".join(word(key) for key in offered)
    raise UsageError(f"row {number}: '{value}' is none of {choices}", path=str(path), code="U011")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return str(value).strip()
