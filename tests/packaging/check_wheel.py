"""Run by .ci/run with the Python of an empty environment that holds the wheel and its core dependencies only.

Warnings that our own modules cause are errors; those of other packages are left to them.
"""

import sys
import warnings

warnings.filterwarnings("error", module=r"indicators(\.|$)")


EXTRAS = {"pypdfium2", "pdfplumber", "docx", "openpyxl", "xlsxwriter", "lxml", "charset_normalizer"} | {
    "polars",
    "pandas",
    "pyarrow",
    "duckdb",
    "jinja2",
    "matplotlib",
    "rich",
    "ray",
}


def main(sample: str) -> None:
    import importlib
    import pkgutil
    from pathlib import Path

    import indicators

    home = Path(indicators.__file__).parent
    assert "site-packages" in home.parts, f"not the installed wheel: {home}"

    needs_extra = set()
    for module in pkgutil.walk_packages(indicators.__path__, "indicators."):
        if module.name.endswith("__main__"):
            continue
        try:
            importlib.import_module(module.name)
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] not in EXTRAS:
                raise
            needs_extra.add(module.name)

    from indicators import rulebook

    names = rulebook.names()
    assert names, "the wheel holds no rules"
    rules = sum(len(entries) for name in names for entries in rulebook.load(name).values())

    report = indicators.score(sample)
    rows = report.rows()
    assert any(row.verdict for row in rows), "the sample got no verdict"
    nlp = indicators.load()
    print(f"wheel: {len(names)} rule files, {rules} rules, {len(rows)} rows, pipes {nlp.pipe_names}")
    print(f"modules that only an extra can import: {sorted(needs_extra) or 'none'}")


if __name__ == "__main__":
    main(sys.argv[1])
