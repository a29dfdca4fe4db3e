"""``indicators rules list``: every rule with its id and meaning."""

from __future__ import annotations

import argparse

from indicators import rulebook
from indicators.cli.status import OK
from indicators.errors import UsageError
from indicators.export.plain import pad, printable


def run(args: argparse.Namespace) -> int:
    """Print the rules of one file, or of all."""
    names = rulebook.names()
    if args.name is not None:
        if args.name not in names:
            raise UsageError(f"no rule file {args.name!r}", hint=f"there are: {' '.join(names)}", code="U005")
        names = [args.name]
    for name in names:
        for section, rules in rulebook.load(name).items():
            for rule in rules:
                where = pad(f"{name}/{section}/{rule['id']}", 40)
                print(printable(f"{where}  {rule.get('meaning', '')}").rstrip())
    return OK
