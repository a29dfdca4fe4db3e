"""Reports as data frames: one typed row per indicator, the same columns and types whatever a report holds."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from indicators._version import __version__
from indicators.errors import MissingExtraError
from indicators.export.files import whole
from indicators.schema.report import SCHEMA_VERSION, Report

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Kind = Literal["text", "number", "offset", "small", "texts"]

COLUMNS: dict[str, Kind] = {
    "schema_version": "small",
    "source": "text",
    "as_of": "text",
    "task": "text",
    "task_text": "text",
    "responsible": "texts",
    "claimed": "text",
    "indicator": "text",
    "kind": "text",
    "target_text": "text",
    "target_low": "number",
    "target_high": "number",
    "target_unit": "text",
    "bound": "text",
    "direction": "text",
    "target_start": "offset",
    "target_end": "offset",
    "actual_text": "text",
    "actual_value": "number",
    "actual_low": "number",
    "actual_high": "number",
    "actual_unit": "text",
    "actual_start": "offset",
    "actual_end": "offset",
    "actual_period": "text",
    "completion": "number",
    "verdict": "text",
    "confidence": "number",
    "flags": "texts",
    "reason": "text",
}
"""Columns in order. As in the output contract, but that ``actual_value`` is null where the actual is a range:
``actual_low`` and ``actual_high`` hold its ends, and for a single figure both are that figure."""


def records(reports: Iterable[Report]) -> list[dict[str, Any]]:
    """The rows of all reports as dictionaries with the keys of :data:`COLUMNS`."""
    found = []
    for report in reports:
        for row in report.rows():
            record = row.model_dump(mode="python")
            value = record["actual_value"]
            low, high = value if isinstance(value, list) else (value, value)
            record |= {
                "actual_value": None if isinstance(value, list) else value,
                "actual_low": low,
                "actual_high": high,
            }
            found.append({name: _typed(record[name], kind) for name, kind in COLUMNS.items()})
    return found


def _typed(value: Any, kind: Kind) -> Any:
    if value is None:
        return None
    if kind == "number":
        return float(value)
    if kind == "texts":
        return list(value)
    return value


def to_polars(reports: Report | Sequence[Report]) -> pl.DataFrame:
    """A polars frame: text as ``String``, numbers ``Float64``, offsets ``Int64``, ``responsible`` and ``flags`` lists.

    Raises :class:`MissingExtraError` without the extra ``frames``.
    """
    try:
        import polars as pl
    except ImportError:
        raise MissingExtraError.for_extra("frames", "a polars frame") from None
    types: dict[Kind, Any] = {
        "text": pl.String(),
        "number": pl.Float64(),
        "offset": pl.Int64(),
        "small": pl.Int16(),
        "texts": pl.List(pl.String()),
    }
    rows = records(_several(reports))
    return pl.DataFrame(
        {name: [row[name] for row in rows] for name in COLUMNS},
        schema={name: types[kind] for name, kind in COLUMNS.items()},
    )


def to_pandas(reports: Report | Sequence[Report]) -> pd.DataFrame:
    """A pandas frame with nullable types (``string``, ``Float64``, ``Int64``); lists stand in ``object`` columns.

    ``frame.attrs`` holds the schema version. Raises :class:`MissingExtraError` without the extra ``frames``.
    """
    try:
        import pandas as pd
    except ImportError:
        raise MissingExtraError.for_extra("frames", "a pandas frame") from None
    types: dict[Kind, str] = {
        "text": "string",
        "number": "Float64",
        "offset": "Int64",
        "small": "Int16",
        "texts": "object",
    }
    rows = records(_several(reports))
    columns = {
        name: pd.Series([row[name] for row in rows], dtype=types[kind], name=name) for name, kind in COLUMNS.items()
    }
    frame = pd.DataFrame(columns)
    frame.attrs.update(_metadata())
    return frame


def arrow_schema() -> pa.Schema:
    """The Arrow schema of :func:`to_arrow` and :func:`write_parquet`, schema version in its metadata."""
    pa = _arrow()
    types: dict[Kind, Any] = {
        "text": pa.string(),
        "number": pa.float64(),
        "offset": pa.int64(),
        "small": pa.int16(),
        "texts": pa.list_(pa.string()),
    }
    return pa.schema([pa.field(name, types[kind]) for name, kind in COLUMNS.items()], metadata=_metadata())


def to_arrow(reports: Report | Sequence[Report]) -> pa.Table:
    """An Arrow table of :func:`arrow_schema`. Raises :class:`MissingExtraError` without the extra ``frames``."""
    table: pa.Table = _arrow().Table.from_pylist(records(_several(reports)), schema=arrow_schema())
    return table


def write_parquet(reports: Report | Sequence[Report], path: str | os.PathLike[str]) -> None:
    """Write all rows to one Parquet file; its metadata tells the versions of schema and program."""
    table = to_arrow(reports)
    import pyarrow.parquet as pq

    with whole(Path(path)) as part:
        pq.write_table(table, part, compression="zstd")


def _several(reports: Report | Sequence[Report]) -> Sequence[Report]:
    return [reports] if isinstance(reports, Report) else reports


def _metadata() -> dict[str, str]:
    return {"indicators.schema_version": str(SCHEMA_VERSION), "indicators.version": __version__}


def _arrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise MissingExtraError.for_extra("frames", "Parquet and Arrow output") from None
    return pyarrow
