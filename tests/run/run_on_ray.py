"""Scores a folder under Ray Data on a local cluster of two nodes and compares: ``run_on_ray.py FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow as pa
import ray
import run_standin
from ray.cluster_utils import Cluster

from indicators.run import score_batch


def score(table: pa.Table) -> pa.Table:
    """The rows, and on which node they were made."""
    rows = score_batch(table, scorer=run_standin.score, timeout=60)
    return rows.append_column("node", pa.array([ray.get_runtime_context().get_node_id()] * rows.num_rows, pa.string()))


def main(folder: str) -> None:
    """One CPU a node, one document a batch, so that both nodes must work."""
    paths = sorted(str(path) for path in Path(folder).glob("*.txt"))
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    cluster.add_node(num_cpus=1)
    cluster.wait_for_nodes()
    ray.init(address=cluster.address, log_to_driver=False)
    try:
        documents = ray.data.read_binary_files(folder, include_paths=True, file_extensions=["txt"])
        made = documents.repartition(len(paths)).map_batches(
            score, batch_format="pyarrow", batch_size=1, num_cpus=1, scheduling_strategy="SPREAD"
        )
        table = pa.concat_tables(ray.get(made.to_arrow_refs()), promote_options="permissive")
    finally:
        ray.shutdown()
        cluster.shutdown()
    local = score_batch(pa.table({"path": paths}), scorer=run_standin.score)
    order = [("source", "ascending"), ("task", "ascending")]
    got = table.select(local.column_names).cast(local.schema).sort_by(order)
    assert got.to_pylist() == local.sort_by(order).to_pylist(), "the rows differ"
    failures = got.num_rows - got["error_code"].null_count
    nodes = len(set(table["node"].to_pylist()))
    print(f"{nodes} nodes worked, {got.num_rows - failures} rows and {failures} failure as on one machine")


if __name__ == "__main__":
    main(sys.argv[1])
