"""``score_batch``: an Arrow table of documents in, an Arrow table of rows out. Ray Data and Spark call it as it is."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicators.errors import UsageError
from indicators.export import frames
from indicators.run.outcome import Failure, failure_of
from indicators.run.worker import Function, resolve

if TYPE_CHECKING:
    import pyarrow as pa

    from indicators.schema.report import Report

_ERRORS = {f"error_{field.name}": field.name for field in fields(Failure) if field.name != "file"}


def batch_schema() -> pa.Schema:
    """The columns of :func:`score_batch`: those of the rows, then ``error_stage``, ``error_code``, ``error_message``
    and ``error_hint``, null but where a document failed."""
    import pyarrow as pa

    schema = frames.arrow_schema()
    for name in _ERRORS:
        schema = schema.append(pa.field(name, pa.string()))
    return schema


def record_table(records: Sequence[dict[str, Any]], schema: pa.Schema | None = None) -> pa.Table:
    """Records of :func:`indicators.export.frames.records` as a table; absent keys are null.

    Built by columns: ten times as fast as ``Table.from_pylist``.
    """
    import pyarrow as pa

    schema = schema or frames.arrow_schema()
    columns = {name: [record.get(name) for record in records] for name in schema.names}
    table: pa.Table = pa.Table.from_pydict(columns, schema=schema)
    return table


def to_bytes(table: pa.Table) -> bytes:
    """The table as an Arrow stream."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def from_bytes(contents: Iterable[bytes]) -> pa.Table:
    """One table of several streams of :func:`to_bytes`."""
    import pyarrow as pa

    return pa.concat_tables([pa.ipc.open_stream(content).read_all() for content in contents])


def score_batch(table: pa.Table, *, as_of: str | None = None, scorer: Function | str = "indicators:score") -> pa.Table:
    """Scores the documents of ``table`` in this process; the same rows, in order, as :func:`indicators.score` gives.

    ``table`` has a column ``path``, and ``bytes`` with the files' content where the paths are not readable from here
    (``ray.data.read_binary_files(..., include_paths=True)`` gives both). Returns a table of :func:`batch_schema`: the
    rows of each document, or one row with ``source`` and the ``error_…`` columns for a document that failed; it never
    raises for a document. The time that one document may take is the scheduler's to limit, not limited here.
    Raises :class:`~indicators.errors.UsageError` where there is no column ``path``.
    """
    if "path" not in table.column_names:
        raise UsageError(f"no column 'path' among {table.column_names}", hint="name the documents in a column 'path'")
    function = resolve(scorer)
    paths = table.column("path").to_pylist()
    contents = table.column("bytes") if "bytes" in table.column_names else None
    records: list[dict[str, Any]] = []
    for number, path in enumerate(paths):
        content = contents[number].as_py() if contents is not None else None
        records.extend(_records(function, path, content, {} if as_of is None else {"as_of": as_of}))
    return record_table(records, batch_schema())


def _records(function: Function, path: str, content: bytes | None, options: dict[str, Any]) -> Iterator[dict[str, Any]]:
    try:
        report = function(path, **options) if content is None else _from_bytes(function, path, content, options)
        yield from frames.records([report])
    except Exception as error:
        failure = asdict(failure_of(error, path))
        yield {"source": path} | {column: failure[name] for column, name in _ERRORS.items()}


def _from_bytes(function: Any, path: str, content: bytes, options: dict[str, Any]) -> Report:
    with tempfile.TemporaryDirectory(prefix="indicators-") as folder:
        # The name tells the format, so it is kept; the folder is not, so the report gets the true path back.
        file = Path(folder, Path(path).name)
        file.write_bytes(content)
        report: Report = function(str(file), **options)
    return report.model_copy(update={"source": path})
