"""``indicators score``: documents in, rows out, one document at a time."""

from __future__ import annotations

import argparse

from indicators.cli.outputs import choose_format, open_writer
from indicators.cli.scoring import Failures, scored
from indicators.cli.status import FAILED, OK
from indicators.dates import as_date


def run(args: argparse.Namespace) -> int:
    """Score ``args.paths`` and write them in ``args.format``."""
    as_of = as_date(args.as_of)
    form = choose_format(args.format, args.output)
    failures = Failures()
    with open_writer(form, args.output) as writer:
        for report, source in scored(args.paths, as_of, failures):
            writer.add(report, source)
    return FAILED if failures.count else OK
