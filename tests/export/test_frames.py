"""Frames: the same typed columns whatever a report holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicators.export.frames import COLUMNS, arrow_schema, to_arrow, to_pandas, to_polars, write_parquet
from indicators.schema.report import Report, Row

from .sample import report

EMPTY = Report(source="empty.txt")


def test_the_columns_are_those_of_the_contract_and_the_ends_of_the_actual() -> None:
    assert set(COLUMNS) == set(Row.model_fields) | {"actual_low", "actual_high"}


def test_polars_types_do_not_depend_on_the_rows() -> None:
    pytest.importorskip("polars")
    full, empty = to_polars(report()), to_polars(EMPTY)
    assert full.schema == empty.schema
    assert (full.height, empty.height) == (7, 0)
    assert full["actual_value"].to_list() == [236, 45, 11800, 0.86, 36, None, None]
    assert full["responsible"].to_list()[3] == ["市发改委", "市统计局"]


def test_pandas_types_do_not_depend_on_the_rows() -> None:
    pytest.importorskip("pandas")
    full, empty = to_pandas(report()), to_pandas(EMPTY)
    assert list(full.dtypes) == list(empty.dtypes)
    assert full.attrs["indicators.schema_version"] == "1"
    assert full["target_start"].dtype == "Int64"
    assert full["target_start"].isna().sum() == 1


def test_a_range_fills_both_ends_and_no_value() -> None:
    pytest.importorskip("pyarrow")
    changed = report()
    first = changed.tasks[0].assessments[0]
    assert first.actual is not None
    ranged = first.model_copy(
        update={"actual": first.actual.model_copy(update={"value": None, "low": 2.0, "high": 3.0})}
    )
    task = changed.tasks[0].model_copy(update={"assessments": [ranged]})
    row = to_arrow(changed.model_copy(update={"tasks": [task]})).to_pylist()[0]
    assert (row["actual_value"], row["actual_low"], row["actual_high"]) == (None, 2.0, 3.0)


def test_parquet_tells_its_schema_version_and_reads_back(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "rows.parquet"
    write_parquet([report(), EMPTY], path)
    table = parquet.read_table(path)
    assert table.schema.metadata[b"indicators.schema_version"] == b"1"
    assert table.schema.equals(arrow_schema())
    assert table.to_pylist() == to_arrow(report()).to_pylist()
