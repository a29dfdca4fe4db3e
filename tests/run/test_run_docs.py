"""docs/batch.md does what it says: its queries and its Python example are executed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from indicators.readers.folder import documents
from indicators.run import run_batch

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/batch.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"^([^\n]+)\n\n```sql\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE)

DOCUMENTS = {
    "a-2022.txt": "@year 2022\n企业,10,9,√\n项目,20,15\n投资,5,5\n",
    "b-2022.txt": "@year 2022\n园区,4,1\n基地,3,3\n",
    "a-2021.txt": "@year 2021\n企业,10,2\n项目,20,30\n",
    "undated.txt": "@year none\n企业,10,2\n",
}
ANSWERS = {
    "Which units missed what in 2022?": [
        ("商务局", "1", "园区", "4家", "1家", 0.25),
        ("商务局", "1", "企业", "10家", "9家", 0.9),
        ("工信局", "1", "园区", "4家", "1家", 0.25),
        ("工信局", "1", "企业", "10家", "9家", 0.9),
    ],
    "How did each unit do, year by year?": [
        ("发改委", 2022, 1, 1, 100.0),
        ("商务局", 2021, 1, 0, 0.0),
        ("商务局", 2022, 2, 0, 0.0),
        ("商务局", None, 1, 0, 0.0),
        ("工信局", 2021, 1, 0, 0.0),
        ("工信局", 2022, 2, 0, 0.0),
        ("工信局", None, 1, 0, 0.0),
    ],
    "Where does a report claim more than its figures say?": [
        ("in/a-2022.txt", "1", "企业", "completed", "missed", "实际9家，目标10家"),
    ],
}


@pytest.mark.parametrize(("question", "query"), QUERIES, ids=[question for question, _ in QUERIES])
def test_queries(question: str, query: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    for name, text in DOCUMENTS.items():
        Path("in", name).write_text(text, encoding="utf-8")
    run_batch(documents("in"), "out", workers=1, scorer="run_standin:score", part_documents=2)
    assert duckdb.sql(query).fetchall() == ANSWERS[question]


def test_a_query_for_one_year_reads_that_years_files_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    for name, text in DOCUMENTS.items():
        Path("in", name).write_text(text, encoding="utf-8")
    run_batch(documents("in"), "out", workers=1, scorer="run_standin:score")
    for file in Path("out/rows/year=2022").iterdir():
        file.write_bytes(b"not Parquet")
    found = duckdb.sql("SELECT count(*) FROM 'out/rows/*/*.parquet' WHERE year = 2021").fetchall()
    assert found == [(2,)]


def test_the_python_example(tmp_path: Path) -> None:
    [example] = re.findall(r"```python\n(from indicators.run import score_many.*?)```", PAGE, re.DOTALL)
    (tmp_path / "example.py").write_text(example, encoding="utf-8")
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("今年目标是新增企业80家。截至12月底，新增企业91家。", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "example.py"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.splitlines() == [
        "a.txt 1",
        "b.txt 1",
        "none.txt R007 cannot be opened: No such file or directory",
    ]


def test_the_options_named_are_those_there_are() -> None:
    from indicators.cli.parser import build_parser

    parser = build_parser()
    for option in re.findall(r"^\| `(--[a-z-]+)", PAGE, re.MULTILINE):
        assert option in parser.format_help() + _help(parser), option


def _help(parser: object) -> str:
    [commands] = [a for a in parser._actions if a.dest == "==SUPPRESS=="]  # type: ignore[attr-defined]
    return commands.choices["batch"].format_help()  # type: ignore[no-any-return]
