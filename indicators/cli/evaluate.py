"""``indicators evaluate``: rules, model and both, measured on documents not trained on."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from indicators.cli.messages import say
from indicators.cli.status import OK
from indicators.cli.training import existing, generated, models


def run(args: argparse.Namespace) -> int:
    """Prints the table of proof; with ``--card`` writes it down."""
    dataset, evaluate, proof = models("dataset"), models("evaluate"), models("proof")
    sets = {f"corpus {args.split}": dataset.load(existing(args.corpus), [args.split])}
    shared = evaluate.shared_folder(args.shared)
    if shared is not None:
        sets["shared gold"] = evaluate.shared_documents(shared)
    else:
        say("no folder of real reports: the corpus alone is measured (set INDICATORS_SHARED)")
    weights = existing(args.weights) if args.weights else proof.WEIGHTS
    training = dataset.load(existing(args.corpus), ["train", "dev"]) if args.full else []
    with tempfile.TemporaryDirectory() as scratch:
        made = generated(150, Path(scratch)) if args.full else []
        found = proof.prove(sets, weights, training=training, generated=made, say=say)
    print(proof.table(found), proof.forms_table(found), sep="\n\n")
    if found["curve"]:
        print(proof.curve_table(found))
    if args.card:
        models("card").write(found, weights, Path(args.card))
    return OK
