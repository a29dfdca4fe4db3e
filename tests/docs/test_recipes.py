"""The recipes of ``docs/extending.md`` that change the library, followed word for word in a copy of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import markdown_blocks as md
import pytest

PAGE = (md.ROOT / "docs" / "extending.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the library to which every file, copy and edit of the page was made."""
    root = tmp_path_factory.mktemp("clone")
    for name in ("indicators", "rules", "models", "docs"):
        shutil.copytree(md.ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for block in md.blocks(PAGE):
        md.place_file(block, root)
        if block.language == "diff":
            md.edit(block, root)
        for line in block.body.splitlines() if block.language == "sh" else ():
            if line.startswith("cp "):
                shutil.copy(*(root / name for name in line.split()[1:]))
    return root


def printed(root: Path, start: str) -> str:
    """What the command of the page that starts like this prints in the changed library."""
    lines = [line for block in md.blocks(PAGE) if block.language == "sh" for line in block.body.splitlines()]
    command = next(line for line in lines if line.startswith(start)).split()
    env = {key: value for key, value in os.environ.items() if not key.startswith("INDICATORS_")}
    return subprocess.check_output(
        [sys.executable, "-m", "indicators", *command[1:]],
        cwd=root,
        env={**env, "PYTHONPATH": str(root)},
        encoding="utf-8",
    )


def test_the_new_exporter_is_a_format_of_the_command_line(changed: Path) -> None:
    lines = printed(changed, "indicators score docs/samples/claims.txt").splitlines()
    assert lines[0].startswith("| task | indicator |")
    assert "| 1 | 新建农村公路 | 80公里 | 76公里 | missed |" in lines


def test_the_new_form_of_table_is_read(changed: Path) -> None:
    out = printed(changed, "indicators score parks.txt")
    assert [line.split() for line in out.splitlines() if "万亩" in line or "公里" in line] == [
        ["绿化", "绿化", "3万亩", "3.4万亩", "113.3%", "▲", "超额完成"],
        ["新修步道", "新修步道", "20公里", "18公里", "90%", "✖", "未完成"],
    ]


def test_what_the_page_adds_passes_make_check(changed: Path) -> None:
    added = [line.split()[2] for block in md.blocks(PAGE) for line in block.body.splitlines() if line.startswith("cp ")]
    assert len(added) == 2
    for command in (["ruff", "check"], ["ruff", "format", "--check"], ["mypy", "--strict"]):
        settings = ["--config", str(md.ROOT / "pyproject.toml")] if command[0] == "ruff" else []
        done = subprocess.run(
            [sys.executable, "-m", *command, *settings, *added], cwd=changed, capture_output=True, encoding="utf-8"
        )
        assert done.returncode == 0, done.stdout + done.stderr
