"""Without an extra every export says which one to install."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from indicators.corrections import read_corrections
from indicators.errors import MissingExtraError
from indicators.export import frames, page, plot
from indicators.export.workbook import write_xlsx

from .sample import report

CASES: list[tuple[str, str, Callable[[Path], object]]] = [
    ("jinja2", "report", lambda folder: page.write_html([report()], folder / "x.html")),
    ("xlsxwriter", "report", lambda folder: write_xlsx([report()], folder / "x.xlsx")),
    ("matplotlib", "report", lambda folder: plot.completion_by_task(report())),
    ("polars", "frames", lambda folder: frames.to_polars(report())),
    ("pandas", "frames", lambda folder: frames.to_pandas(report())),
    ("pyarrow", "frames", lambda folder: frames.write_parquet(report(), folder / "x.parquet")),
    ("openpyxl", "office", lambda folder: read_corrections(folder / "marked.xlsx")),
]


@pytest.mark.parametrize(("module", "extra", "export"), CASES, ids=[case[0] for case in CASES])
def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch, module: str, extra: str, export) -> None:
    (tmp_path / "marked.xlsx").write_bytes(b"")
    for name in [name for name in sys.modules if name.split(".")[0] == module]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, module, None)
    page._environment.cache_clear()
    plot.chinese_font.cache_clear()
    with pytest.raises(MissingExtraError) as caught:
        export(tmp_path)
    page._environment.cache_clear()
    plot.chinese_font.cache_clear()
    assert caught.value.hint == f"pip install 'indicators[{extra}]'"
    assert [path.name for path in tmp_path.iterdir()] == ["marked.xlsx"]
