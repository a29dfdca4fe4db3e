"""One command, one page of figures: ``python -m benchmarks [--peers PYTHON] [--only PART] [--write]``."""

from __future__ import annotations

import argparse
import compileall
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks import chain, scaling, start
from benchmarks.measure import machine
from benchmarks.table import Table
from benchmarks.texts import ROOT, Documents, sets
from indicators._version import __version__

_HOW = """\
Made by `python -m benchmarks --write`. Figures on one core are CPU seconds, those of whole runs wall time, which a busy
machine lengthens. The peers live in an environment of their own and are never dependencies of the project:

```console
$ python3 -m venv /tmp/peers && /tmp/peers/bin/pip install recognizers-text-suite "emoji<2" jionlp jieba edsnlp
$ python -m benchmarks --peers /tmp/peers/bin/python --write
$ python -m benchmarks.quantities                # the number grammar alone, with what each finds of sixty quantities
$ python -m benchmarks.layouts                   # fifteen tables in every way that plain text writes them
$ python -m benchmarks.phrasings                 # what was promised and what came of it, told in hundreds of ways
$ python -m benchmarks.tables                    # 328 small tables, every figure marked, whatever their headings
$ python -m benchmarks.kills --documents 10000   # a run killed five times gives the rows of an unbroken one
$ python -m benchmarks.soak --minutes 10         # a tenth of the documents hostile
```
"""
RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> int:
    """Measures, prints Markdown, and with ``--write`` puts it into RESULTS.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--peers",
        metavar="PYTHON",
        help="a Python with recognizers-text-suite, jionlp, jieba and edsnlp (never installed into the project's own)",
    )
    parser.add_argument("--only", choices=("chain", "workers", "growth", "start"), action="append")
    parser.add_argument("--quick", action="store_true", help="growth up to 1,000 documents")
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.name}")
    args = parser.parse_args()
    # As pip does when it installs: otherwise, where byte code is not written, every process compiles all sources anew.
    compileall.compile_dir(ROOT / "indicators", quiet=2)
    some = sets()
    parts: dict[str, Callable[[], list[Table]]] = {
        "chain": lambda: chain.run(some, args.peers),
        "workers": lambda: [scaling.by_workers(_mixed(some), 1000 if not args.quick else 200)],
        "growth": lambda: [scaling.by_documents(some[0], [10, 100, 1000] + ([] if args.quick else [10_000]))],
        "start": lambda: [start.run()],
    }
    page = [f"# Benchmarks\n\nindicators {__version__}, {date.today()}, {machine()}.\n\n{_HOW}"]
    for name, part in parts.items():
        if args.only is None or name in args.only:
            for table in part():
                page.append(table.markdown())
                print(page[-1], flush=True)
    if args.write:
        RESULTS.write_text("\n".join(page), encoding="utf-8")
    return 0


def _mixed(some: list[Documents]) -> Documents:
    return Documents(
        " + ".join(s.name for s in some), sum((s.paths for s in some), ()), sum((s.texts for s in some), ())
    )


if __name__ == "__main__":
    sys.exit(main())
