"""``indicators correct``: keep what auditors marked, so that scoring honours it. Imports nothing slow until it runs."""

from __future__ import annotations

import argparse
import sys
from typing import Any

_DESCRIPTION = """\
Store corrections as annotations in a folder of your own: a .jsonl file downloaded from the HTML page,
or a workbook of --format xlsx whose review columns were filled in. A stored correction is honoured at once
for the same row of the same document; of two marks for one row the later stored one counts."""
_EPILOG = """\
examples:
  indicators correct report.corrections.jsonl
  indicators correct marked.xlsx --store audit/corrections
exit status: 0 every file was stored, 1 some file could not be used (named on stderr), 2 wrong usage
"""


def add_correct_command(subparsers: Any) -> None:
    """Add ``correct`` to the ``indicators`` command line; the namespace's ``command`` runs it."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "correct",
        help="store an auditor's corrections",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="corrections: .jsonl or .xlsx")
    parser.add_argument(
        "--store",
        metavar="FOLDER",
        help="where to keep them (default: the folder named by INDICATORS_CORRECTIONS, else ./corrections)",
    )
    parser.set_defaults(command=run)


def run(args: argparse.Namespace) -> int:
    """Run the command; a file is stored whole or not at all. Returns the exit status."""
    from indicators.corrections import CorrectionStore, read_corrections
    from indicators.errors import IndicatorsError
    from indicators.export.plain import printable

    store = CorrectionStore(args.store)
    failed = False
    for name in args.files:
        try:
            annotations = read_corrections(name)
            added = store.add(annotations)
        except IndicatorsError as error:
            print(printable(f"indicators: {error}"), file=sys.stderr)
            failed = True
            continue
        print(printable(f"{name}: {added.new} new, {added.replaced} replaced in {store.folder}"))
    return 1 if failed else 0
