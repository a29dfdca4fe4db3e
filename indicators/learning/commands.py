"""What ``indicators train`` and ``indicators evaluate`` do: training code lies beside the weights, in ``models/``."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from indicators import shipped
from indicators.errors import UsageError
from indicators.learning.cli import existing

Say = Callable[[str], None]
_ROOT = Path(str(shipped.models())).parent


def _models(name: str) -> Any:
    """A module of the training code: inside the package where a wheel put it, else beside it in the checkout."""
    if Path(__file__).resolve().parents[1] == _ROOT:
        return import_module(f"indicators.models.{name}")
    return _checkout(f"models.{name}")


def _checkout(module: str) -> Any:
    """A module that lies in the checkout beside ``indicators``."""
    if str(_ROOT) not in sys.path:
        sys.path.append(str(_ROOT))
    return import_module(module)


def _generated(count: int, folder: Path) -> list[Any]:
    """``count`` generated documents, as a corpus folder of their own."""
    if not count:
        return []
    if not (_ROOT / "corpus" / "generator").is_dir():
        raise UsageError("the generator is not at hand", hint="run from a checkout of the repository")
    _checkout("corpus.generator").write(folder, count=count)
    loaded: list[Any] = _models("dataset").load(folder, ["train"], origin="generated")
    return loaded


def train_command(args: argparse.Namespace, say: Say) -> int:
    """Trains and writes weights; prints what was measured on documents not trained on."""
    dataset, training = _models("dataset"), _models("train")
    config = json.loads(Path(args.config or training.CONFIG).read_text(encoding="utf-8"))
    written = dataset.load(existing(args.corpus), config["splits"])
    for folder in args.add:
        written += dataset.load(existing(folder), config["splits"], origin=folder)
    with tempfile.TemporaryDirectory() as scratch:
        generated = _generated(args.generated, Path(scratch))
        metrics = training.train(written, generated, out=Path(args.out), config=config, say=say)
    sure = metrics["confidence"]
    print(f"weights of {', '.join(metrics['shipped'])} in {args.out}, trained on {metrics['documents']} documents")
    for steps, figures in metrics["cross_validation"].items():
        print(f"  documents not trained on, {steps}: audit F1 {figures['audit_f1']:.4f}")
    print(f"  rows at 0.9 or more: {sure['sure']} of {sure['rows']}, {sure['sure_right']} of them right")
    return 0


def evaluate_command(args: argparse.Namespace, say: Say) -> int:
    """Prints the table of proof; with ``--card`` writes it down."""
    dataset, evaluate, proof = _models("dataset"), _models("evaluate"), _models("proof")
    sets = {f"corpus {args.split}": dataset.load(existing(args.corpus), [args.split])}
    shared = evaluate.shared_folder(args.shared)
    if shared is not None:
        sets["shared gold"] = evaluate.shared_documents(shared)
    else:
        say("no folder of real reports: the corpus alone is measured (set INDICATORS_SHARED)")
    weights = existing(args.weights) if args.weights else proof.WEIGHTS
    training = dataset.load(existing(args.corpus), ["train", "dev"]) if args.full else []
    with tempfile.TemporaryDirectory() as scratch:
        generated = _generated(150, Path(scratch)) if args.full else []
        found = proof.prove(sets, weights, training=training, generated=generated, say=say)
    print(proof.table(found), proof.forms_table(found), sep="\n\n")
    if found["curve"]:
        print(proof.curve_table(found))
    if args.card:
        _models("card").write(found, weights, Path(args.card))
    return 0
