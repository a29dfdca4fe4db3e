"""The commands and their options. Each command's module is imported when the command runs."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import Any

from indicators._version import __version__
from indicators.cli.formats import FORMATS
from indicators.settings import DEFAULT_TIMEOUT

_BATCH = """\
Score a folder of reports into a folder of rows: OUT/rows/ (Parquet by year, or JSON lines),
OUT/errors.jsonl (one line a failed document), OUT/manifest.jsonl (what is done)."""
_BATCH_EXAMPLES = """\
examples:
  indicators batch reports/ out/                       one process a core
  indicators batch reports/ out/ --resume              go on after a stop, or after reports were added
  duckdb -c "SELECT * FROM 'out/rows/**/*.parquet' WHERE verdict = 'missed'"
exit status: 0 every document was scored, 1 some failed or the run was cut short, 2 wrong usage, 130 interrupted
"""
_CORRECT = """\
Store corrections as annotations in a folder of your own: a .jsonl file downloaded from the HTML page,
or a workbook of --format xlsx whose review columns were filled in. A stored correction is honoured at once
for the same row of the same document; of two marks for one row the later stored one counts."""
_CORRECT_EXAMPLES = """\
examples:
  indicators correct report.corrections.jsonl
  indicators correct marked.xlsx --store audit/corrections
exit status: 0 every file was stored, 1 some file could not be used (named on stderr), 2 wrong usage
"""
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
    _add_batch(commands)
    _add_correct(commands)
    _add_train(commands)
    _add_evaluate(commands)
    return parser


def _command(
    commands: Any, name: str, module: str, text: str, *, more: str = "", epilog: str = ""
) -> argparse.ArgumentParser:
    """Add a command whose ``run(args) -> int`` stands in ``module``; ``more`` tells what ``text`` leaves out."""

    def run(args: argparse.Namespace) -> int:
        status: int = import_module(module).run(args)
        return status

    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=text,
        description=more or text[0].upper() + text[1:],
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter if more else argparse.HelpFormatter,
        allow_abbrev=False,
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


def _add_batch(commands: Any) -> None:
    text = "score thousands of reports, resumable"
    parser = _command(commands, "batch", "indicators.cli.batch", text, more=_BATCH, epilog=_BATCH_EXAMPLES)
    parser.add_argument("input", metavar="IN", help="a folder of reports, walked, or one report")
    parser.add_argument("output", metavar="OUT", help="the folder for rows, errors and manifest")
    parser.add_argument("--workers", type=_positive_int, metavar="N", help="processes (default: one a core)")
    parser.add_argument("--format", choices=("parquet", "jsonl"), default="parquet", help="of the rows (%(default)s)")
    parser.add_argument("--resume", action="store_true", help="go on with the run that OUT holds")
    text = "seconds a document may take (%(default)g)"
    parser.add_argument("--timeout", type=_positive_float, default=DEFAULT_TIMEOUT, metavar="S", help=text)
    parser.add_argument("--as-of", metavar="DATE", help="date up to which the reports tell actuals (2022-12-31)")


def _add_correct(commands: Any) -> None:
    text = "store an auditor's corrections"
    parser = _command(commands, "correct", "indicators.cli.correct", text, more=_CORRECT, epilog=_CORRECT_EXAMPLES)
    parser.add_argument("files", nargs="+", metavar="FILE", help="corrections: .jsonl or .xlsx")
    parser.add_argument(
        "--store",
        metavar="FOLDER",
        help="where to keep them (default: the folder named by INDICATORS_CORRECTIONS, else ./corrections)",
    )


def _add_train(commands: Any) -> None:
    parser = _command(commands, "train", "indicators.cli.train", "train the learned steps on annotated documents")
    _add_corpus(parser)
    text = "learn from this corpus folder too (repeatable)"
    parser.add_argument("--add", action="append", default=[], metavar="FOLDER", help=text)
    text = "learn from N generated documents too (default: none)"
    parser.add_argument("--generated", type=int, default=0, metavar="N", help=text)
    parser.add_argument("--config", metavar="FILE", help="settings; default: those shipped")
    text = "where the weights go (default: models/weights)"
    parser.add_argument("--out", default="models/weights", metavar="FOLDER", help=text)


def _add_evaluate(commands: Any) -> None:
    text = "measure rules, model and both on documents not trained on"
    parser = _command(commands, "evaluate", "indicators.cli.evaluate", text)
    _add_corpus(parser)
    parser.add_argument("--split", default="test", metavar="NAME", help="part of the corpus to measure (default: test)")
    text = "folder with reports/ and gold/ of real reports (default: INDICATORS_SHARED)"
    parser.add_argument("--shared", metavar="FOLDER", help=text)
    parser.add_argument("--weights", metavar="FOLDER", help="weights to measure (default: those shipped)")
    parser.add_argument("--full", action="store_true", help="train again for the learning curve and the other variants")
    parser.add_argument("--card", metavar="FOLDER", help="write metadata, card and calibration curve there")


def _add_corpus(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--corpus", default="corpus", metavar="FOLDER", help="annotated documents (default: corpus)")


def _positive_int(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _positive_float(text: str) -> float:
    number = float(text)
    if not 0 < number < 1e7:
        raise argparse.ArgumentTypeError("must be more than 0")
    return number
