"""Command line of the generator."""

from __future__ import annotations

import argparse
from pathlib import Path

from corpus.generator import SEED, write


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m corpus.generator", description="Generate annotated documents")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=SEED)
    args = parser.parse_args()
    write(args.folder, args.count, args.seed)
    print(f"{args.count} documents in {args.folder}")


main()
