"""Runs the examples of a Markdown page in order, and rewrites their output (``make refresh``).

``console`` blocks hold commands after ``$ `` and what they print; ``pycon`` blocks are doctests sharing one namespace;
a block with ``title="FILE"`` is written to that file first. Everything happens in a folder of its own that holds
``docs/samples``, and the same files as ``reports``. A line ``…`` in an expected output stands for any lines; a block
that shows no output at all must end well, whatever it prints. A line ``?`` asks for the output to be filled in.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
INSTALLS = ("pip ", "python -m pip ", "apt", "make ")
_FENCE = re.compile(r"^( *)```([a-z]+)([^\n]*)\n(.*?)^\1```$", re.M | re.S)
_TITLE = re.compile(r'title="([^"]+)"')


@dataclass
class Block:
    """A fenced block; ``start`` and ``end`` are where its body stands in the page."""

    language: str
    title: str | None
    body: str
    start: int
    end: int


@dataclass
class Command:
    """One command of a ``console`` block and what it should print (stdout and stderr together)."""

    line: str
    expected: str
    shown: bool = True
    printed: str = ""
    status: int = -1

    @property
    def as_expected(self) -> bool:
        if not self.shown:
            return self.status == 0
        parts = [re.escape(part) for part in re.split(r"^…\n", self.expected, flags=re.M)]
        return re.fullmatch(".*".join(parts), self.printed, flags=re.S) is not None


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of ``page`` whose fence stands at the margin or indented."""
    for match in _FENCE.finditer(page):
        title = _TITLE.search(match.group(3))
        yield Block(match.group(2), title.group(1) if title else None, match.group(4), match.start(4), match.end(4))


def commands(body: str) -> list[Command]:
    """The commands of a ``console`` block; a line that ends in ``\\`` goes on."""
    found: list[Command] = []
    for line in body.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append(Command(line[2:].rstrip("\n"), ""))
        elif found and found[-1].line.endswith("\\") and not found[-1].expected:
            found[-1].line += "\n" + line.rstrip("\n")
        elif found:
            found[-1].expected += line
    for command in found:
        command.shown = any(other.expected for other in found)
    return found


def sandbox(folder: Path) -> Path:
    """A folder that looks like the repository's root to an example."""
    shutil.copytree(ROOT / "docs" / "samples", folder / "docs" / "samples")
    shutil.copytree(folder / "docs" / "samples", folder / "reports")
    return folder


def run_command(command: Command, folder: Path) -> None:
    """Run it in ``folder`` and keep what it prints; what would install something is not run."""
    if command.line.startswith(INSTALLS):
        command.status, command.printed = 0, command.expected
        return
    env = {key: value for key, value in os.environ.items() if not key.startswith("INDICATORS_")}
    env |= {"PATH": f"{Path(sys.executable).parent}:{env.get('PATH', '')}", "NO_COLOR": "1", "COLUMNS": "100"}
    done = subprocess.run(
        ["bash", "-c", command.line],
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    command.status = done.returncode
    command.printed = done.stdout if done.stdout.endswith("\n") or not done.stdout else done.stdout + "\n"


def run_python(body: str, names: dict[str, object], folder: Path) -> list[tuple[doctest.Example, str]]:
    """Run the doctests of ``body``; returns those that failed with what they gave."""
    failures: list[tuple[doctest.Example, str]] = []

    class Runner(doctest.DocTestRunner):
        def report_failure(self, out, test, example, got):  # type: ignore[no-untyped-def]
            failures.append((example, got))

        def report_unexpected_exception(self, out, test, example, exc_info):  # type: ignore[no-untyped-def]
            failures.append((example, f"{exc_info[0].__name__}: {exc_info[1]}\n"))

    test = doctest.DocTestParser().get_doctest(body, names, "page", None, 0)
    with chdir(folder), _importable(folder):
        Runner(verbose=False, optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS).run(test, clear_globs=False)
    names.update(test.globs)
    return failures


@contextmanager
def _importable(folder: Path) -> Iterator[None]:
    known = set(sys.modules)
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        for name in set(sys.modules) - known:
            if str(getattr(sys.modules[name], "__file__", None) or "").startswith(str(folder)):
                del sys.modules[name]


def place_file(block: Block, folder: Path) -> None:
    """Write a block that has a title to the file of that name; of a ``diff`` it names the file to edit."""
    if block.title is not None and block.language != "diff":
        path = folder / block.title
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.body, encoding="utf-8")


def edit(block: Block, root: Path) -> None:
    """Edit the file below ``root`` that a ``diff`` block names: what has no ``+`` is looked up, ``@@`` parts edits."""
    path = root / str(block.title)
    text = path.read_text(encoding="utf-8")
    for hunk in re.split(r"^@@.*\n", block.body, flags=re.M):
        lines = hunk.splitlines(keepends=True)
        old, new = ("".join(line[1:] or line for line in lines if line[0] not in skip) for skip in "+-")
        assert text.count(old) == 1, f"{block.title} does not hold once:\n{old}"
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def refreshed(page: str, folder: Path) -> str:
    """``page`` with the outputs that differ replaced by what was printed."""
    names: dict[str, object] = {}
    changes: list[tuple[int, int, str]] = []
    for block in blocks(page):
        place_file(block, folder)
        if block.language == "console":
            body = ""
            for command in commands(block.body):
                run_command(command, folder)
                body += f"$ {command.line}\n" + (command.expected if command.as_expected else _cut(command))
            changes.append((block.start, block.end, body))
        elif block.language == "pycon":
            lines = block.body.splitlines(keepends=True)
            for example, got in reversed(run_python(block.body, names, folder)):
                at = example.lineno + example.source.count("\n")
                lines[at : at + example.want.count("\n")] = [got]
            body = "".join(lines)
            changes.append((block.start, block.end, body))
    for start, end, body in reversed(changes):
        page = page[:start] + body + page[end:]
    return page


def _cut(command: Command) -> str:
    """What was printed, cut where the page cut it."""
    shown = command.expected.splitlines(keepends=True)
    if not shown or shown[-1] != "…\n":
        return command.printed
    return "".join(command.printed.splitlines(keepends=True)[: len(shown) - 1]) + "…\n"


def main(paths: list[str]) -> None:
    """Refresh the pages named, or all."""
    import tempfile

    for path in [Path(name) for name in paths] or pages():
        with tempfile.TemporaryDirectory() as folder:
            old = path.read_text(encoding="utf-8")
            new = refreshed(old, sandbox(Path(folder)))
        if new != old:
            path.write_text(new, encoding="utf-8")
            print(f"refreshed {path.relative_to(ROOT) if path.is_absolute() else path}")


def pages() -> list[Path]:
    """README and every page of the documentation."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


if __name__ == "__main__":
    main(sys.argv[1:])
