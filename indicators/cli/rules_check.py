"""``indicators rules check``: every mistake in a folder of one's own rules, with file and line."""

from __future__ import annotations

import argparse

from indicators.cli.messages import say
from indicators.cli.status import FAILED, OK
from indicators.export.plain import printable
from indicators.rulecheck import check_folder
from indicators.settings import RULES_VARIABLE


def run(args: argparse.Namespace) -> int:
    """Print the problems; 1 when there are any."""
    problems = check_folder(args.folder)
    for problem in problems:
        print(printable(str(problem)))
    if problems:
        say(f"{len(problems)} problem{'s' if len(problems) > 1 else ''}")
        return FAILED
    say(f"no problems; use these rules with {RULES_VARIABLE}={args.folder}")
    return OK
