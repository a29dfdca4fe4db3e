"""The commands and their options. Each command's module is imported when the command runs."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import Any

from indicators._version import __version__
from indicators.cli.formats import FORMATS
from indicators.learning.cli import add_learning_commands
from indicators.run.cli import add_batch_command
from indicators.run.correct_cli import add_correct_command

_EPILOG = """\
examples:
  indicators score report.txt                     the verdict table
  indicators score reports/ --format jsonl        one JSON object a row
  cat report.txt | indicators score -             from standard input
  indicators explain report.txt --task 12         why task 12 got its verdicts
exit status: 0 everything was done, 1 some document failed (named on stderr), 2 wrong usage
"""


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = argparse.ArgumentParser(
        prog="indicators",
        description="Targets and actuals of Chinese reports, linked and judged / 中文报告的目标、完成与结论",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"indicators {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_score(commands)
    _add_explain(commands)
    _add_audit(commands)
    _add_compare(commands)
    _add_rules(commands)
    _command(commands, "doctor", "indicators.cli.doctor", "say what is installed and what is missing")
    add_batch_command(commands)
    add_correct_command(commands)
    add_learning_commands(commands)
    return parser


def _command(commands: Any, name: str, module: str, text: str) -> argparse.ArgumentParser:
    """Add a command whose ``run(args) -> int`` stands in ``module``."""

    def run(args: argparse.Namespace) -> int:
        status: int = import_module(module).run(args)
        return status

    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=text, description=text[0].upper() + text[1:], allow_abbrev=False
    )
    parser.set_defaults(command=run)
    return parser


def _add_as_of(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        help="date up to which the report tells actuals (2022-12-31); found in the report when left out",
    )


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=FORMATS, help="default: table, or what the ending of --output says")
    parser.add_argument("--output", "-o", metavar="FILE", help="write there instead of to standard output")


def _add_score(commands: Any) -> None:
    parser = _command(commands, "score", "indicators.cli.score", "score reports: targets, actuals and verdicts")
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a report, a folder of reports, or - for stdin")
    _add_as_of(parser)
    _add_output(parser)


def _add_explain(commands: Any) -> None:
    text = "show the words, the rules and the rejected rivals behind each verdict"
    parser = _command(commands, "explain", "indicators.cli.explain", text)
    parser.add_argument("path", metavar="PATH", help="a report, or - for stdin")
    parser.add_argument("--task", metavar="NUMBER", help="only this task: its printed number, or how its text starts")
    _add_as_of(parser)


def _add_audit(commands: Any) -> None:
    text = "list what an auditor should look at, worst first"
    parser = _command(commands, "audit", "indicators.cli.audit", text)
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a report, a folder of reports, or - for stdin")
    _add_as_of(parser)


def _add_compare(commands: Any) -> None:
    text = "answer a plan's targets with the actuals of a later report"
    parser = _command(commands, "compare", "indicators.cli.compare", text)
    parser.add_argument("plan", metavar="PLAN", help="the report that states the targets")
    parser.add_argument("report", metavar="REPORT", help="the later report that tells the actuals")
    _add_as_of(parser)
    _add_output(parser)


def _add_rules(commands: Any) -> None:
    rules = commands.add_parser("rules", help="list or check rules", description="List or check rules")
    actions = rules.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = _command(actions, "list", "indicators.cli.rules_list", "list every rule with its meaning")
    listing.add_argument("name", nargs="?", metavar="FILE", help="only this rule file (units, headings, …)")
    check = _command(actions, "check", "indicators.cli.rules_check", "validate a folder of your own rules")
    check.add_argument("folder", metavar="FOLDER")
