"""``indicators doctor``: what is installed, which rules and models load, what is missing and how to get it."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from indicators import rulebook
from indicators._version import __version__
from indicators.cli.status import FAILED, OK
from indicators.errors import IndicatorsError, MissingExtraError, UsageError
from indicators.export.plain import pad, printable
from indicators.learning import store
from indicators.settings import FONT_VARIABLE, MODEL_VARIABLE, RULES_VARIABLE

_PACKAGE = "indicators"
_EXTRAS = {
    "pdf": "reads .pdf",
    "office": "reads .docx and .xlsx",
    "html": "reads web pages",
    "frames": "parquet, polars, pandas, duckdb",
    "report": "html page, workbook, plots",
    "ray": "scores on a Ray cluster",
}


def run(args: argparse.Namespace) -> int:
    """Print the state of this installation; 1 when something that scoring needs is broken."""
    broken = False
    for name, state, good in checks():
        mark = {True: "ok", False: "BROKEN", None: "-"}[good]
        print(f"{pad(mark, 7)} {pad(name, 18)} {printable(state)}")
        broken = broken or good is False
    return FAILED if broken else OK


def checks() -> Iterator[tuple[str, str, bool | None]]:
    """Name, state and verdict of each check: True fine, False broken, None optional and absent."""
    yield "indicators", f"{__version__} in {Path(__file__).parents[1]}", True
    supported = sys.version_info >= (3, 11)
    yield "python", f"{platform.python_version()} {sys.executable}", supported
    yield from _requirements()
    yield from _rules()
    yield from _models()
    yield _fonts()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    yield "chromium", chromium or "not found; only the tests of the page need it", True if chromium else None


def _requirements() -> Iterator[tuple[str, str, bool | None]]:
    needed: dict[str, list[str]] = {}
    for line in metadata.requires(_PACKAGE) or []:
        requirement, _, marker = line.partition(";")
        extra = marker.partition("extra == ")[2].strip(" \"')") if "extra ==" in marker else ""
        needed.setdefault(extra, []).append(_bare(requirement))
    for name in needed.get("", []):
        version = _installed(name)
        yield name, version or "missing: pip install indicators", version is not None
    for extra, purpose in _EXTRAS.items():
        missing = [name for name in needed.get(extra, []) if _installed(name) is None]
        if missing:
            yield f"[{extra}]", f"{purpose}: missing {', '.join(missing)} (pip install 'indicators[{extra}]')", None
        else:
            yield f"[{extra}]", purpose, True


def _bare(requirement: str) -> str:
    end = next((i for i, c in enumerate(requirement) if c in "<>=!~[ ("), len(requirement))
    return requirement[:end].strip()


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _rules() -> Iterator[tuple[str, str, bool | None]]:
    count = 0
    names = rulebook.names()
    for name in names:
        try:
            count += sum(len(rules) for rules in rulebook.load(name).values())
        except IndicatorsError as error:
            yield f"rules/{name}", str(error), False
    yield "rules", f"{count} rules in {len(names)} files", bool(names)
    for folder in rulebook.user_folders():
        exists = folder.is_dir()
        yield "own rules", f"{folder}{'' if exists else ' does not exist ({RULES_VARIABLE})'}", exists
    if not os.environ.get(RULES_VARIABLE):
        yield "own rules", f"none (set {RULES_VARIABLE} to a folder)", None


def _models() -> Iterator[tuple[str, str, bool | None]]:
    try:
        learned = [step for step in store.STEPS if store.model(step) is not None]
    except IndicatorsError as error:
        yield "models", str(error), False
        return
    chosen = os.environ.get(MODEL_VARIABLE)
    switched = f" ({MODEL_VARIABLE}={chosen})" if chosen else ""
    state = f"{', '.join(learned) or 'none'}: learned; rules decide the rest{switched}"
    yield "models", state, True if learned else None


def _fonts() -> tuple[str, str, bool | None]:
    """The font that charts take; a page and a workbook use those of whoever opens them."""
    from indicators.export.plot import MISSING_FONT, chinese_font

    try:
        found = chinese_font(os.environ.get(FONT_VARIABLE))
    except MissingExtraError:
        return "chinese font", "not looked for: charts need the extra [report]", None
    except UsageError as error:
        return "chinese font", str(error), False
    return "chinese font", found or MISSING_FONT, True if found else None
