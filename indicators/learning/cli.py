"""``indicators train`` and ``indicators evaluate``: they need the corpus and, to train, the extra ``dev``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any


def add_learning_commands(commands: Any) -> None:
    """Both commands."""
    add_train_command(commands)
    add_evaluate_command(commands)


def add_train_command(commands: Any) -> None:
    """``indicators train``."""
    text = "train the learned steps on annotated documents"
    parser = commands.add_parser("train", help=text, description=text.capitalize(), allow_abbrev=False)
    _add_corpus(parser)
    parser.add_argument(
        "--add",
        action="append",
        default=[],
        metavar="FOLDER",
        help="learn from this corpus folder too (repeatable)",
    )
    parser.add_argument(
        "--generated", type=int, default=0, metavar="N", help="learn from N generated documents too (default: none)"
    )
    parser.add_argument("--config", metavar="FILE", help="settings; default: those shipped")
    parser.add_argument(
        "--out", default="models/weights", metavar="FOLDER", help="where the weights go (default: models/weights)"
    )
    parser.set_defaults(command=_train)


def add_evaluate_command(commands: Any) -> None:
    """``indicators evaluate``."""
    text = "measure rules, model and both on documents not trained on"
    parser = commands.add_parser("evaluate", help=text, description=text.capitalize(), allow_abbrev=False)
    _add_corpus(parser)
    parser.add_argument("--split", default="test", metavar="NAME", help="part of the corpus to measure (default: test)")
    parser.add_argument(
        "--shared", metavar="FOLDER", help="folder with reports/ and gold/ of real reports (default: INDICATORS_SHARED)"
    )
    parser.add_argument("--weights", metavar="FOLDER", help="weights to measure (default: those shipped)")
    parser.add_argument("--full", action="store_true", help="train again for the learning curve and the other variants")
    parser.add_argument("--card", metavar="FOLDER", help="write metadata, card and calibration curve there")
    parser.set_defaults(command=_evaluate)


def _add_corpus(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--corpus", default="corpus", metavar="FOLDER", help="annotated documents (default: corpus)")


def _train(args: argparse.Namespace) -> int:
    from indicators.learning.commands import train_command

    return train_command(args, _say)


def _evaluate(args: argparse.Namespace) -> int:
    from indicators.learning.commands import evaluate_command

    return evaluate_command(args, _say)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def existing(folder: str) -> Path:
    """The folder; raises :class:`UsageError` where there is none."""
    from indicators.errors import UsageError

    path = Path(folder)
    if not path.is_dir():
        raise UsageError(f"there is no folder '{folder}'", hint="train from a checkout of the repository")
    return path
