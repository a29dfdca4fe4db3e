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
    check_missing_extras(sample)
    print(f"wheel: {len(names)} rule files, {rules} rules, {len(rows)} rows, pipes {nlp.pipe_names}")
    print(f"modules that only an extra can import: {sorted(needs_extra) or 'none'}")


def check_missing_extras(sample: str) -> None:
    """Whatever needs an extra that is not here says which one to install, and nothing else goes wrong."""
    import contextlib
    import importlib.util
    import io
    import zipfile

    import indicators
    from indicators.cli import main as run

    for suffix, extra, package in (("pdf", "pdf", "pypdfium2"), ("html", "html", "lxml"), ("docx", "office", "docx")):
        if importlib.util.find_spec(package) is not None:
            continue
        name = f"needs-{extra}.{suffix}"
        if suffix == "docx":
            with zipfile.ZipFile(name, "w") as archive:
                archive.writestr("[Content_Types].xml", "<Types/>")
                archive.writestr("word/document.xml", "<document/>")
        else:
            with open(name, "wb") as file:
                file.write({"pdf": b"%PDF-1.7\n", "html": "<html><body><p>新增45家</p></body></html>".encode()}[suffix])
        try:
            indicators.score(name)
        except indicators.MissingExtraError as error:
            if f"indicators[{extra}]" not in str(error):
                raise
        else:
            raise SystemExit(f"{name} was read without {package}")
    for output, package in (("out.xlsx", "xlsxwriter"), ("out.parquet", "pyarrow")):
        if importlib.util.find_spec(package) is None:
            said = io.StringIO()
            with contextlib.redirect_stderr(said):
                status = run(["score", sample, "--output", output])
            if status != 1 or "pip install 'indicators[" not in said.getvalue():
                raise SystemExit(f"{output} without {package}: status {status}, {said.getvalue()}")


if __name__ == "__main__":
    main(sys.argv[1])
