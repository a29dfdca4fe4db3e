"""``indicators batch``: a folder of reports into a folder of rows, resumable at any point."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from indicators._version import __version__
from indicators.corrections import default_store
from indicators.errors import UsageError
from indicators.export import frames
from indicators.export.about import models_digest, rules_digest
from indicators.learning import store
from indicators.run.arrow import from_bytes
from indicators.run.durable import replace
from indicators.run.local import Pool, track, usable_cores
from indicators.run.manifest import Entry, Folder
from indicators.run.outcome import Failure, Outcome, Progress
from indicators.run.reports import FileRows, Format, RowScoring
from indicators.run.signals import held_back
from indicators.run.worker import Function, Scoring
from indicators.settings import DEFAULT_TIMEOUT, MODEL_VARIABLE

SUFFIXES: dict[Format, str] = {"parquet": ".parquet", "jsonl": ".jsonl"}
_PART_DOCUMENTS = 256
_PART_SECONDS = 10.0
_WINDOW = 256


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """What a run did. ``scored`` and ``failed`` count every document that is now done, earlier runs included."""

    documents: int
    scored: int
    failed: int
    resumed: int
    """Documents that an earlier run had done already."""
    rows: int
    seconds: float
    codes: dict[str, int]
    """How many documents failed with each code, most frequent first."""


def run_batch(
    paths: Sequence[str],
    out: str | Path,
    *,
    workers: int | None = None,
    format: Format = "parquet",
    resume: bool = False,
    timeout: float | None = DEFAULT_TIMEOUT,
    as_of: str | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    scorer: Function | str | None = None,
    part_documents: int = _PART_DOCUMENTS,
) -> BatchSummary:
    """Scores ``paths`` into the folder ``out`` (layout: :mod:`indicators.run.manifest`) and returns a summary.

    With ``resume`` documents that an earlier run of the same rules, model and options has done are left alone;
    the rows are then those of an unbroken run. Raises :class:`~indicators.errors.UsageError` where ``out`` holds a
    run and ``resume`` is not given, :class:`~indicators.errors.BatchError` where the disk is full or the folder is
    in use; what was committed stays. On ``KeyboardInterrupt`` finished documents are committed before it is raised.
    """
    _check_format(format)
    target = scorer if scorer is not None else "indicators.run.reports:reports_of"
    scoring = Scoring(target, {} if as_of is None else {"as_of": as_of})
    paths = list(dict.fromkeys(paths))
    begun = time.monotonic()
    with Folder(Path(out)) as folder:
        if not resume:
            folder.refuse_used()
        version = version_key(target, as_of)
        done = folder.recover(paths, version, SUFFIXES[format])
        todo = [path for path in paths if path not in done]
        pool = _pool(RowScoring(scoring, format), workers, timeout, len(todo))
        _write_all(pool, todo, _PartWriter(folder, format, version, part_documents), on_progress)
        folder.write_errors()
        entries = [entry for part in folder.parts.values() for entry in part]
    return _summary(entries, resumed=len(done), seconds=time.monotonic() - begun)


def _check_format(format: Format) -> None:
    """An unknown format, or one whose extra is missing, is refused before the first document is scored."""
    if format not in SUFFIXES:
        raise UsageError(f"unknown format '{format}'", hint="choose parquet or jsonl")
    if format == "parquet":
        frames.arrow_schema()


def _pool(score: RowScoring, workers: int | None, timeout: float | None, documents: int) -> Pool:
    # A process for three documents costs more than it saves.
    size = max(1, min(workers or usable_cores(), documents))
    return Pool(score, workers=size, timeout=timeout, window=max(_WINDOW, 16 * size))


def _write_all(
    pool: Pool, paths: Sequence[str], writer: _PartWriter, on_progress: Callable[[Progress], None] | None
) -> None:
    """Writes the outcomes of all paths. Where the run is broken off, the processes end and what is finished is kept."""
    try:
        with closing(pool):
            for outcome in track(pool.run(paths), len(paths), on_progress, _failure):
                writer.add(outcome)
    except KeyboardInterrupt:
        writer.commit()
        raise
    writer.commit()


def _summary(entries: Sequence[Entry], *, resumed: int, seconds: float) -> BatchSummary:
    failures = Counter(entry.failure.code for entry in entries if entry.failure is not None)
    return BatchSummary(
        documents=len(entries),
        scored=len(entries) - failures.total(),
        failed=failures.total(),
        resumed=resumed,
        rows=sum(entry.rows for entry in entries),
        seconds=seconds,
        codes=dict(failures.most_common()),
    )


@dataclass
class _PartWriter:
    """Gathers outcomes and commits them a part at a time."""

    folder: Folder
    format: Format
    version: str
    size: int
    _part: list[Outcome[FileRows]] = field(default_factory=list, init=False)
    _since: float = field(default_factory=time.monotonic, init=False)

    def add(self, outcome: Outcome[FileRows]) -> None:
        if not self._part:
            self._since = time.monotonic()
        self._part.append(outcome)
        # By time as well: a killed run loses ten seconds of work, however slow its documents are.
        if len(self._part) >= self.size or time.monotonic() - self._since > _PART_SECONDS:
            self.commit()

    def commit(self) -> None:
        if not self._part:
            return
        number = self.folder.next_part()
        with held_back(signal.SIGINT, signal.SIGTERM):
            files = self._write_rows(f"part-{number:05d}{SUFFIXES[self.format]}")
            self.folder.commit(number, [self._entry(outcome, number, files) for outcome in self._part])
            self._part = []

    def _entry(self, outcome: Outcome[FileRows], number: int, files: list[str]) -> Entry:
        count = outcome.result.count if outcome.result else 0
        return Entry(
            outcome.path, outcome.sha256, self.version, number, len(self._part), count, files, _failure(outcome)
        )

    def _write_rows(self, name: str) -> list[str]:
        pieces = [piece for outcome in self._part if outcome.result for piece in outcome.result.pieces]
        if self.format == "jsonl":
            return [self._write(name, [content for _, content in pieces])] if pieces else []
        by_year: dict[str, list[bytes]] = defaultdict(list)
        for as_of, content in pieces:
            by_year[partition(as_of)].append(content)
        return [self._write(f"year={year}/{name}", contents) for year, contents in sorted(by_year.items())]

    def _write(self, name: str, contents: list[bytes]) -> str:
        fill = _fill_lines if self.format == "jsonl" else _fill_parquet
        replace(self.folder.rows / name, lambda temporary: fill(temporary, contents))
        return f"rows/{name}"


def _failure(outcome: Outcome[FileRows]) -> Failure | None:
    """Why a document failed, or some of the reports in an archive."""
    return outcome.failure or (outcome.result.failure if outcome.result else None)


def _fill_lines(path: Path, contents: list[bytes]) -> None:
    path.write_bytes(b"".join(contents))


def _fill_parquet(path: Path, contents: list[bytes]) -> None:
    from pyarrow import parquet

    parquet.write_table(from_bytes(contents), path, compression="zstd")


def partition(as_of: str | None) -> str:
    """The year of an as-of date; the name that Hive, DuckDB and Spark read as null where there is none."""
    return as_of[:4] if as_of else "__HIVE_DEFAULT_PARTITION__"


def version_key(target: Function | str, as_of: str | None) -> str:
    """Fingerprint of all that rows depend on beside the document: library, rules, model, corrections and options."""
    name = target if isinstance(target, str) else f"{target.__module__}:{target.__qualname__}"
    options = [__version__, name, as_of, os.environ.get(MODEL_VARIABLE), rules_digest(), models_digest()]
    found = hashlib.sha256(json.dumps(options).encode())
    for folder, pattern in [(store.own_folder(), "*.json"), (default_store(), "*.jsonl")]:
        for file in sorted(folder.glob(pattern)) if folder else ():
            found.update(file.name.encode() + hashlib.sha256(file.read_bytes()).digest())
    return f"{__version__}-{found.hexdigest()[:16]}"
