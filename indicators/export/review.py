"""Reads back the marks that an auditor set in the Rows sheet of our workbook."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path
from typing import Any

from indicators.errors import MissingExtraError, UsageError
from indicators.export.labels import SYMBOLS, word
from indicators.export.rowkey import RowKey
from indicators.schema.report import VERDICTS

REVIEW = ("mark", "new_actual", "new_verdict", "new_indicator", "note")
"""Columns that an auditor fills in; their headings are the words of these keys."""
HIDDEN = (*RowKey._fields, "source")
"""Hidden columns: the key of the row and the path of its document."""
_NOTHING = "无"
"""Typed as the new actual: the report gives none."""
_OFFSETS = ("target_start", "target_end", "actual_start", "actual_end")


def read_marks(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """For each marked row its sheet row (from 1) and the fields of an annotation.

    Columns are known by their headings, so they may be moved; rows may be sorted or taken out. Raises
    :class:`UsageError` where the file is no workbook of ours or a cell holds something else than was offered, and
    :class:`MissingExtraError` without the extra ``office``.
    """
    heads, rows = _sheet(path)
    columns = {name: heads.index(name) for name in HIDDEN if name in heads}
    # The words of the review columns may also head columns of the report's own: ours stand last.
    review = {key: len(heads) - 1 - heads[::-1].index(word(key)) for key in REVIEW if word(key) in heads}
    missing = [name for name in ("sha256", "indicator") if name not in columns] + [word("mark")] * (
        "mark" not in review
    )
    if missing:
        raise _refused(path, f"sheet 'Rows' has no column '{missing[0]}'", "keep the hidden columns of the workbook")
    shown = heads.index(word("indicator")) if word("indicator") in heads else None
    found = []
    for number, row in enumerate(rows, 2):
        values = {key: _text(row[at]) for key, at in review.items()}
        if any(values.values()):
            key = {name: row[at] for name, at in columns.items()}
            if shown is not None and (row[shown] or "") != (key["indicator"] or ""):
                raise _refused(
                    path,
                    f"row {number}: '{row[shown]}' stands beside the hidden key of '{key['indicator']}'",
                    "sort whole rows only, and name another indicator in its own column",
                )
            found.append((number, _fields(key, values, path, number)))
    return found


def _sheet(path: Path) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The headings and rows of the sheet Rows, every row as long as the headings."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise MissingExtraError.for_extra("office", "reading a marked workbook", path=str(path)) from None
    with warnings.catch_warnings():
        # What openpyxl does not know (data bars) does not matter for reading.
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(path, read_only=True, data_only=True)
        except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError, EOFError):
            raise UsageError(
                "is not a readable workbook", path=str(path), hint="save it as .xlsx", code="U010"
            ) from None
        try:
            if "Rows" not in book.sheetnames:
                raise _refused(path, "has no sheet 'Rows'", "use a workbook of --format xlsx")
            rows = list(book["Rows"].iter_rows(values_only=True))
        finally:
            book.close()
    heads = [str(head) if head is not None else "" for head in rows[0]] if rows else []
    return heads, [row + (None,) * (len(heads) - len(row)) for row in rows[1:]]


def _refused(path: Path, message: str, hint: str | None = None) -> UsageError:
    return UsageError(message, path=str(path), hint=hint, code="U011")


def _fields(key: dict[str, Any], values: dict[str, str], path: Path, number: int) -> dict[str, Any]:
    fields: dict[str, Any] = {name: None if value in (None, "") else str(value) for name, value in key.items()}
    for name in _OFFSETS:
        if fields.get(name) is not None:
            try:
                fields[name] = int(float(fields[name]))
            except ValueError:
                raise _refused(path, f"row {number}: '{fields[name]}' in the hidden column '{name}'") from None
    fields["indicator"] = fields["indicator"] or ""
    fields["source"] = fields.get("source") or ""
    news: dict[str, Any] = {}
    if actual := values.get("new_actual"):
        news["new_actual_text"] = "" if actual == _NOTHING else actual
    if verdict := values.get("new_verdict"):
        news["new_verdict"] = _chosen(verdict, {f"v_{name}": name for name in VERDICTS}, path, number)
    if indicator := values.get("new_indicator"):
        news["new_indicator"] = indicator
    marks = {f"mark_{name}": name for name in ("right", "wrong", "corrected")}
    # What was filled in beside a mark says more than the mark.
    mark = "corrected" if news else _chosen(values.get("mark") or word("mark_corrected"), marks, path, number)
    return fields | {"mark": mark, "note": values.get("note", ""), **news}


def _chosen(value: str, offered: dict[str, str], path: Path, number: int) -> str:
    bare = value.strip("".join(SYMBOLS.values()) + " ").lower()
    for key, name in offered.items():
        if bare in (name, word(key).lower(), word(key, "en").lower()):
            return name
    choices = "、".join(word(key) for key in offered)
    raise _refused(path, f"row {number}: '{value}' is none of {choices}")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return str(value).strip()
