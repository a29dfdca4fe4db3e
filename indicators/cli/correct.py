"""``indicators correct``: keep what auditors marked, so that scoring honours it."""

from __future__ import annotations

import argparse

from indicators.cli.messages import warn
from indicators.cli.status import FAILED, OK
from indicators.corrections import CorrectionStore, read_corrections
from indicators.errors import IndicatorsError
from indicators.export.plain import printable


def run(args: argparse.Namespace) -> int:
    """Run the command; a file is stored whole or not at all. Returns the exit status."""
    store = CorrectionStore(args.store)
    failed = False
    for name in args.files:
        try:
            annotations = read_corrections(name)
            added = store.add(annotations)
        except IndicatorsError as error:
            warn(str(error))
            failed = True
            continue
        print(printable(f"{name}: {added.new} new, {added.replaced} replaced in {store.folder}"))
    return FAILED if failed else OK
