"""``indicators compare``: a plan's targets answered by a later report."""

from __future__ import annotations

import argparse

from indicators.cli.messages import warn
from indicators.cli.outputs import choose_format, open_writer
from indicators.cli.status import OK
from indicators.dates import as_date


def run(args: argparse.Namespace) -> int:
    """Write the plan's rows with the actuals of the report, in ``args.format``."""
    from indicators import compare

    as_of = as_date(args.as_of)
    form = choose_format(args.format, args.output)
    with open_writer(form, args.output) as writer:
        report = compare(args.plan, args.report, as_of=as_of)
        for warning in report.warnings:
            warn(f"{args.plan}: {warning}")
        writer.add(report)
    return OK
