"""What the rules said of documents when they first met them: ``python -m models.first_met NAME...`` writes it down.

To be run as soon as documents are annotated, before anyone reads them to better the rules by: afterwards the rules know
them by heart, and nothing tells any more how far they are to be believed on what they have never seen.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from indicators import pipeline
from indicators.extract.model import Mention
from indicators.learning.around import Said
from indicators.learning.roles import role_features, said_of
from indicators.readers import read

from . import hooks
from .dataset import FIRST_MET, Document, Offsets, load


def met_now(document: Document) -> dict[Offsets, Said]:
    """What the rules at hand say of the figures of a document that the model may decide on."""
    found: dict[Offsets, Said] = {}

    def note(mentions: list[Mention]) -> None:
        found.update((mention.span, said_of(mention)) for mention, _ in role_features(mentions))

    with hooks.model_set_to("none"), hooks.watched(note):
        pipeline.score_source(read(document.path), as_of=document.as_of)
    return found


def write_down(folder: Path, names: tuple[str, ...]) -> int:
    """Adds the documents of a corpus whose names begin so, and that have no line yet; returns how many those are."""
    new = [d for d in load(folder, ("train", "dev")) if d.name.startswith(names) and not d.first_met]
    with (folder / FIRST_MET).open("a", encoding="utf-8") as out:
        for document in new:
            figures = [[*span, *said] for span, said in sorted(met_now(document).items())]
            line = {"name": document.name, "figures": figures}
            out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    return len(new)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="+", help="how the names of documents begin that nobody has read")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    told = parser.parse_args(argv)
    print(f"{write_down(told.corpus, tuple(told.names))} documents written down in {told.corpus / FIRST_MET}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
