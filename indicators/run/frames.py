"""Rows as Arrow: one typed column a field of the contract, the same in every file whatever it holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from indicators.errors import MissingExtraError
from indicators.schema.report import SCHEMA_VERSION

if TYPE_CHECKING:
    import pyarrow as pa

_TEXT = ("source", "as_of", "task", "task_text")
_NUMBERS = ("target_low", "target_high", "completion", "confidence", "actual_value", "actual_low", "actual_high")
_OFFSETS = ("target_start", "target_end", "actual_start", "actual_end")
_LISTS = ("responsible", "flags")
COLUMNS = (
    "schema_version", "source", "as_of", "task", "task_text", "responsible", "claimed", "indicator", "kind",
    "target_text", "target_low", "target_high", "target_unit", "bound", "direction", "target_start", "target_end",
    "actual_text", "actual_value", "actual_low", "actual_high", "actual_unit", "actual_start", "actual_end",
    "actual_period", "completion", "verdict", "confidence", "flags", "reason",
)  # fmt: skip


def arrow() -> Any:
    """The ``pyarrow`` module, or the error that names the extra."""
    try:
        import pyarrow
    except ImportError:
        raise MissingExtraError.for_extra("frames", "Parquet and Arrow output") from None
    return pyarrow


def row_schema() -> pa.Schema:
    """Columns of the rows. ``actual_value`` is null for a range, whose ends are in ``actual_low`` and ``actual_high``;
    for a single figure both ends are that figure."""
    pa = arrow()
    kinds: dict[str, Any] = {"schema_version": pa.int16()}
    kinds |= dict.fromkeys(_NUMBERS, pa.float64()) | dict.fromkeys(_OFFSETS, pa.int64())
    kinds |= dict.fromkeys(_LISTS, pa.list_(pa.string()))
    fields = [pa.field(name, kinds.get(name, pa.string())) for name in COLUMNS]
    return pa.schema(fields, metadata={"indicators.schema_version": str(SCHEMA_VERSION)})


def record(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the contract as a record of the columns: the actual's range in two columns."""
    value = row["actual_value"]
    low, high = value if isinstance(value, list) else (value, value)
    return row | {"actual_value": None if isinstance(value, list) else value, "actual_low": low, "actual_high": high}


def table(rows: Iterable[dict[str, Any]]) -> pa.Table:
    """Rows of the contract (as JSON-ready dictionaries) as an Arrow table of :func:`row_schema`."""
    pa = arrow()
    records = [record(row) for row in rows]
    schema = row_schema()
    columns = [pa.array([r[field.name] for r in records], type=field.type, from_pandas=False) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)
