"""The folder that a batch run writes, and how it stays right when the run is killed.

::

    OUT/rows/year=2022/part-00000.parquet   (or OUT/rows/part-00000.jsonl)
    OUT/manifest.jsonl                      one line a document that is done, also where it failed
    OUT/errors.jsonl                        one line a document that failed

Documents are committed in *parts*: first the part's row files, each written whole under its final name, then its
lines in the manifest. A part counts when all its lines stand there (each says how many there are); whatever else
lies in ``rows/`` was cut short and is removed by the next run. A document is current when its bytes and the version
of rules, model and options are those of its line; a part that holds any other document is done again as a whole.
``errors.jsonl`` is built from the manifest, so it needs no protection of its own.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from indicators.errors import BatchError, UsageError
from indicators.run.durable import append_text, json_line, replace_text, writing
from indicators.run.outcome import Failure
from indicators.run.worker import digest


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of ``manifest.jsonl``: a document that is done."""

    path: str
    sha256: str
    version: str
    part: int
    of: int
    """Documents in the part."""
    rows: int
    files: list[str]
    """The part's row files, relative to ``OUT``."""
    failure: Failure | None = None

    def line(self) -> str:
        """The entry as a line of JSON."""
        return json_line(asdict(self))


def parse_entry(line: str) -> Entry | None:
    """The entry of a line; ``None`` where the line is torn."""
    try:
        data = json.loads(line)
        failure = data.pop("failure")
        return Entry(**data, failure=Failure(**failure) if failure else None)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


@dataclass
class Folder:
    """``OUT``: what is committed there, and how more is committed. Use as a context manager: it locks the folder."""

    path: Path
    parts: dict[int, list[Entry]] = field(default_factory=dict, init=False)
    _lock: IO[str] | None = field(default=None, init=False)

    @property
    def manifest(self) -> Path:
        """``OUT/manifest.jsonl``."""
        return self.path / "manifest.jsonl"

    @property
    def errors(self) -> Path:
        """``OUT/errors.jsonl``."""
        return self.path / "errors.jsonl"

    @property
    def rows(self) -> Path:
        """``OUT/rows``."""
        return self.path / "rows"

    def __enter__(self) -> Folder:
        with writing(self.path):
            self.rows.mkdir(parents=True, exist_ok=True)
            self._lock = (self.path / ".lock").open("w")
        try:
            import fcntl

            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            pass
        except OSError:
            self._lock.close()
            raise BatchError("another run is writing there", path=str(self.path), hint="wait for it to end") from None
        return self

    def __exit__(self, *_: object) -> None:
        if self._lock is not None:
            self._lock.close()

    def refuse_used(self) -> None:
        """Raises where the folder already holds a run."""
        if (self.manifest.exists() and self.manifest.stat().st_size) or any(self.rows.rglob("part-*")):
            hint = "add --resume to go on with it, or name another folder"
            raise UsageError("already holds a run", path=str(self.path), hint=hint)

    def recover(self, paths: Iterable[str], version: str, suffix: str) -> set[str]:
        """Keeps what is committed and current, removes what is not, and returns the paths that are done.

        ``paths`` is the whole input of this run: a document that is no longer in it counts as not current.
        """
        wanted = set(paths)
        committed = self._read()
        for entries in committed.values():
            for name in entries[0].files:
                if not name.endswith(suffix):
                    raise UsageError(
                        f"holds rows as {name.rsplit('.', 1)[-1]}, not {suffix[1:]}",
                        path=str(self.path),
                        hint="resume with the same --format, or name another folder",
                    )
        self.parts = {number: part for number, part in committed.items() if self._is_current(part, wanted, version)}
        # The manifest goes first: a part is gone once its lines are gone, its files are then mere leavings.
        replace_text(self.manifest, "".join(e.line() for part in self.parts.values() for e in part))
        self._sweep()
        self.write_errors()
        return {entry.path for part in self.parts.values() for entry in part}

    def _read(self) -> dict[int, list[Entry]]:
        if not self.manifest.exists():
            return {}
        found: dict[int, list[Entry]] = defaultdict(list)
        for line in self.manifest.read_text(encoding="utf-8", errors="replace").split("\n"):
            entry = parse_entry(line)
            if entry is not None:
                found[entry.part].append(entry)
        return {n: part for n, part in sorted(found.items()) if len(part) == part[0].of}

    def _is_current(self, part: list[Entry], wanted: set[str], version: str) -> bool:
        return all((self.path / name).is_file() for name in part[0].files) and all(
            e.path in wanted and e.version == version and e.sha256 == digest(e.path) for e in part
        )

    def _sweep(self) -> None:
        kept = {name for part in self.parts.values() for name in part[0].files}
        with writing(self.rows):
            for file in self.rows.rglob("*"):
                if file.is_file() and file.relative_to(self.path).as_posix() not in kept:
                    file.unlink()
            for folder in sorted((f for f in self.rows.rglob("*") if f.is_dir()), reverse=True):
                if not any(folder.iterdir()):
                    folder.rmdir()

    def next_part(self) -> int:
        """The number for the next part."""
        return max(self.parts, default=-1) + 1

    def commit(self, number: int, entries: list[Entry]) -> None:
        """Makes a part count. Its files must lie there already."""
        append_text(self.manifest, "".join(entry.line() for entry in entries))
        self.parts[number] = entries
        failures = [entry.failure for entry in entries if entry.failure is not None]
        if failures:
            append_text(self.errors, "".join(_error_line(failure) for failure in failures))

    def write_errors(self) -> None:
        """Builds ``errors.jsonl`` from the manifest."""
        failures = (entry.failure for part in self.parts.values() for entry in part)
        replace_text(self.errors, "".join(_error_line(failure) for failure in failures if failure is not None))


def _error_line(failure: Failure) -> str:
    return json_line(asdict(failure))
