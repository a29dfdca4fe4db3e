"""Runs the Spark recipe of docs/batch.md over a folder and compares: ``run_on_spark.py FOLDER``."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import run_standin
from pyarrow import parquet
from pyspark.sql import SparkSession

from indicators import run

DOCS = Path(__file__).parents[2] / "docs" / "batch.md"


def main(folder: str) -> None:
    """The recipe as printed; only the scorer is the stand-in."""
    [recipe] = re.findall(r"```python\n(def score_frames.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    exec(recipe.replace("score_batch(pa.", "score_batch(scorer='run_standin:score', table=pa."), names)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    out = str(Path(folder, "spark-rows"))
    try:
        score = names["score_with_spark"]
        assert callable(score)
        score(spark, f"{folder}/*.txt").write.parquet(out)
    finally:
        spark.stop()
    paths = sorted(str(path) for path in Path(folder).glob("*.txt"))
    local = run.score_batch(pa.table({"path": paths}), scorer=run_standin.score).to_pylist()
    found = parquet.read_table(out).to_pylist()
    for row in found:
        row["source"] = row["source"].removeprefix("file:")
    for one, other in zip(sorted(found, key=_order), sorted(local, key=_order), strict=True):
        assert one == other, f"{one} is not {other}"
    failures = sum(row["error_code"] is not None for row in found)
    print(f"{len(found) - failures} rows and {failures} failure as on one machine")


def _order(row: dict[str, Any]) -> tuple[str, str]:
    return row["source"], row["task"] or ""


if __name__ == "__main__":
    main(sys.argv[1])
