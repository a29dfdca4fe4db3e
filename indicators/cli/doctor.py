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
from indicators.errors import IndicatorsError
from indicators.export.plain import pad, printable
from indicators.learning import store

_PACKAGE = "indicators"
_EXTRAS = {
    "pdf": "reads .pdf",
    "office": "reads .docx and .xlsx",
    "html": "reads web pages",
    "frames": "parquet, polars, pandas, duckdb",
    "report": "html page, workbook, plots",
    "ray": "scores on a Ray cluster",
}
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts", "/Library/Fonts")
_FONT_NAMES = (
    "notosanscjk",
    "notoserifcjk",
    "sourcehan",
    "wqy",
    "simhei",
    "simsun",
    "msyh",
    "pingfang",
    "uming",
    "ukai",
)


def run(args: argparse.Namespace) -> int:
    """Print the state of this installation; 1 when something that scoring needs is broken."""
    broken = False
    for name, state, good in checks():
        mark = {True: "ok", False: "BROKEN", None: "-"}[good]
        print(f"{pad(mark, 7)} {pad(name, 18)} {printable(state)}")
        broken = broken or good is False
    return 1 if broken else 0


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
        yield "own rules", f"{folder}{'' if exists else ' does not exist (INDICATORS_RULES)'}", exists
    if not os.environ.get("INDICATORS_RULES"):
        yield "own rules", "none (set INDICATORS_RULES to a folder)", None


def _models() -> Iterator[tuple[str, str, bool | None]]:
    try:
        learned = [step for step in store.STEPS if store.model(step) is not None]
    except IndicatorsError as error:
        yield "models", str(error), False
        return
    chosen = os.environ.get(store.VARIABLE)
    switched = f" ({store.VARIABLE}={chosen})" if chosen else ""
    state = f"{', '.join(learned) or 'none'}: learned; rules decide the rest{switched}"
    yield "models", state, True if learned else None


def _fonts() -> tuple[str, str, bool | None]:
    for folder in _FONT_FOLDERS:
        for item in Path(folder).expanduser().rglob("*.[to]t[fc]"):
            if item.name.lower().replace("-", "").startswith(_FONT_NAMES):
                return "chinese font", str(item), True
    return "chinese font", "none found; plots need one (apt-get install fonts-noto-cjk)", None
