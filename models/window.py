"""A spaCy text classifier over a candidate's window: the kind of scorer that the boosted one is held against."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .examples import Example

CONFIG = Path(__file__).parent / "configs" / "window.cfg"
_PREFIXES = (
    "rule=",
    "role=",
    "part=",
    "tense=",
    "obstacle=",
    "target_rule=",
    "actual_rule=",
    "levels=",
    "stages=",
    "flows=",
    "source=",
    "kinds=",
)


def words(example: Example) -> list[str]:
    """The tokens the classifier sees: what the rules say, then the characters of the window."""
    told = [name for name in example.features if name.startswith(_PREFIXES)]
    for name in ("name_score", "same_task", "same_topic"):
        if name in example.features:
            told.append(f"{name}={example.features[name]:.1f}")
    for part in example.info["window"]:
        told += [*part, "|"]
    return told


class WindowScorer:
    """Trained with a fixed seed; gives every class a probability."""

    def __init__(self, examples: Sequence[Example], *, seed: int, rounds: int = 8):
        from spacy import util
        from spacy.tokens import Doc
        from spacy.training import Example as Pair

        util.fix_random_seed(seed)  # type: ignore[attr-defined]
        self.nlp = util.load_model_from_config(util.load_config(CONFIG), auto_fill=True)
        self.classes = sorted({e.label for e in examples})
        pairs = []
        for example in examples:
            doc = Doc(self.nlp.vocab, words=words(example))
            gold = {"cats": {name: float(name == example.label) for name in self.classes}}
            pairs.append(Pair.from_dict(doc, gold))
        optimizer = self.nlp.initialize(lambda: pairs)
        dice = random.Random(seed)
        for _ in range(rounds):
            dice.shuffle(pairs)
            for batch in util.minibatch(pairs, 32):  # type: ignore[no-untyped-call]
                self.nlp.update(batch, sgd=optimizer, drop=0.2)

    def __call__(self, examples: Sequence[Example]) -> list[dict[str, float]]:
        """Each one's probability by class."""
        from spacy.tokens import Doc

        docs: list[Any] = [Doc(self.nlp.vocab, words=words(example)) for example in examples]
        pipe = self.nlp.get_pipe("textcat")
        return [dict(doc.cats) for doc in pipe.pipe(docs, batch_size=64)]  # type: ignore[attr-defined]
