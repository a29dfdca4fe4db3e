"""``indicators train``: weights from annotated documents."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from indicators.cli.messages import say
from indicators.cli.status import OK
from indicators.cli.training import existing, generated, models


def run(args: argparse.Namespace) -> int:
    """Trains and writes weights; prints what was measured on documents not trained on."""
    dataset, training = models("dataset"), models("train")
    config = json.loads(Path(args.config or training.CONFIG).read_text(encoding="utf-8"))
    written = dataset.load(existing(args.corpus), config["splits"])
    for folder in args.add:
        written += dataset.load(existing(folder), config["splits"], origin=folder)
    with tempfile.TemporaryDirectory() as scratch:
        made = generated(args.generated, Path(scratch))
        metrics = training.train(written, made, out=Path(args.out), config=config, say=say)
    sure = metrics["confidence"]
    print(f"weights of {', '.join(metrics['shipped'])} in {args.out}, trained on {metrics['documents']} documents")
    for steps, figures in metrics["cross_validation"].items():
        print(f"  documents not trained on, {steps}: audit F1 {figures['audit_f1']:.4f}")
    print(f"  rows at 0.9 or more: {sure['sure']} of {sure['rows']}, {sure['sure_right']} of them right")
    return OK
