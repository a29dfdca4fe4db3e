"""What is shipped is what lies in the tree, and the house's own rules hold for every file."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata, resources
from pathlib import Path

import pytest

import indicators

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUPTOOLS = PROJECT["tool"]["setuptools"]
MODULES = sorted((ROOT / "indicators").rglob("*.py"))
MAX_LINES = 400


def test_every_package_is_shipped() -> None:
    folders = {path.parent.relative_to(ROOT) for path in MODULES}
    packages = {".".join(folder.parts) for folder in folders}
    assert packages <= set(SETUPTOOLS["packages"])
    places = {name: SETUPTOOLS["package-dir"].get(name, name.replace(".", "/")) for name in SETUPTOOLS["packages"]}
    assert all((ROOT / place).is_dir() for place in places.values())


def test_every_data_file_of_a_package_is_shipped() -> None:
    places = {
        name: ROOT / SETUPTOOLS["package-dir"].get(name, name.replace(".", "/")) for name in SETUPTOOLS["packages"]
    }
    for name, folder in places.items():
        matched = {path for glob in SETUPTOOLS["package-data"].get(name, []) for path in folder.glob(glob)}
        inner = [place for place in places.values() if place != folder and folder in place.parents]
        for path in folder.rglob("*"):
            elsewhere = "__pycache__" in path.parts or any(place in path.parents for place in inner)
            if path.is_file() and path.suffix not in (".py", ".pyc") and not elsewhere:
                assert path in matched, f"{path.relative_to(ROOT)} is not in package-data of {name}"


def test_a_tree_reads_its_own_rules_and_models(tmp_path: Path) -> None:
    # Whoever stands in a checkout while another copy is installed must not get code of one and rules of the other.
    for name in ("indicators", "rules", "models"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "rules" / "only_here.toml").write_text("", encoding="utf-8")
    code = "from indicators import rulebook, shipped; print('only_here' in rulebook.names(), shipped.models())"
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    printed = subprocess.check_output([sys.executable, "-c", code], cwd=tmp_path, env=env, text=True)
    assert printed == f"True {tmp_path / 'models'}\n"


def test_version_stands_in_one_place() -> None:
    assert SETUPTOOLS["dynamic"]["version"]["attr"] == "indicators._version.__version__"
    assert metadata.version("indicators") == indicators.__version__
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"[{indicators.__version__}]" in changelog


def test_core_dependencies_are_the_five() -> None:
    names = {re.split(r"[<>=!~\[ ]", line)[0] for line in PROJECT["project"]["dependencies"]}
    assert names == {"spacy", "jieba", "regex", "pydantic", "cn2an"}


def test_types_are_shipped() -> None:
    assert resources.files("indicators").joinpath("py.typed").is_file()


def test_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert PROJECT["project"]["license"] == "Apache-2.0"


def test_public_names_exist() -> None:
    assert sorted(indicators.__all__) == sorted(set(indicators.__all__))
    for name in indicators.__all__:
        assert getattr(indicators, name) is not None


def test_constraints_pin_every_requirement() -> None:
    pinned = {
        line.partition("==")[0].lower().replace("_", "-")
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line
    }
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = [*PROJECT["project"]["dependencies"], *(line for name in extras if name != "ray" for line in extras[name])]
    names = {re.split(r"[<>=!~\[ ;]", line)[0].lower().replace("_", "-") for line in wanted} - {"indicators"}
    assert names <= pinned, f"run make lock: {sorted(names - pinned)}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_stay_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES
