"""Every example of README and docs runs and prints what the page shows."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import markdown_blocks as md
import pytest


@pytest.mark.parametrize("page", md.pages(), ids=lambda path: str(path.relative_to(md.ROOT)))
def test_examples(page: Path, tmp_path: Path) -> None:
    folder = md.sandbox(tmp_path)
    names: dict[str, object] = {}
    for block in md.blocks(page.read_text(encoding="utf-8")):
        md.place_file(block, folder)
        if block.language == "console":
            for command in md.commands(block.body):
                md.run_command(command, folder)
                assert command.as_expected, f"$ {command.line}\n{command.printed}\n--- shown:\n{command.expected}"
        elif block.language == "pycon":
            failures = md.run_python(block.body, names, folder)
            assert not failures, "\n".join(f">>> {e.source}{got}--- the page shows:\n{e.want}" for e, got in failures)


def test_readme_shows_the_sample_of_make_score() -> None:
    readme = (md.ROOT / "README.md").read_text(encoding="utf-8")
    started = {" ".join(line.split()[:2]) for block in md.blocks(readme) for line in block.body.splitlines()}
    assert {"make score", "make test"} <= started
    shown = [b for b in md.blocks(readme) if b.language == "console" and "$ indicators score" in b.body]
    assert any("超额完成" in block.body for block in shown)


def test_links_between_pages_lead_somewhere() -> None:
    for page in md.pages():
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_files_that_the_architecture_names_are_there() -> None:
    page = (md.ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"`([\w/]+\.py)`", page)
    assert len(named) > 10
    assert [name for name in named if not list((md.ROOT / "indicators").rglob(name))] == []


def test_every_page_stands_in_the_navigation() -> None:
    navigation = (md.ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    missing = [page.name for page in (md.ROOT / "docs").glob("*.md") if f" {page.name}\n" not in navigation]
    assert missing == []


def test_documentation_builds_without_warnings(tmp_path: Path) -> None:
    pytest.importorskip("material")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)]
    done = subprocess.run(command, cwd=md.ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "index.html").is_file()


def test_a_wrong_output_is_found_and_refreshed(tmp_path: Path) -> None:
    page = "# x\n```console\n$ echo one; echo two\nthree\n```\n```pycon\n>>> 1 + 1\n3\n```\n"
    folder = tmp_path / "a"
    folder.mkdir()
    assert md.refreshed(page, folder) == page.replace("three", "one\ntwo").replace("\n3\n", "\n2\n")
    command = md.commands("$ echo one; echo two\n…\ntwo\n")[0]
    md.run_command(command, folder)
    assert command.as_expected


def modules_with_examples() -> list[str]:
    files = sorted((md.ROOT / "indicators").rglob("*.py"))
    return [
        ".".join(path.relative_to(md.ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in files
        if ">>> " in path.read_text(encoding="utf-8")
    ]


@pytest.mark.parametrize("name", modules_with_examples())
def test_docstrings(name: str) -> None:
    results = doctest.testmod(import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert results.attempted > 0
    assert results.failed == 0
