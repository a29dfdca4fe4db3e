"""Runs other people's recognisers over a text, in their own environment: ``peer-python peers.py TEXTFILE NAME``.

Prints one JSON object: ``name``, ``chars``, ``seconds``, ``found``, ``start`` (seconds to the first answer) and ``mib``
(peak resident memory), or ``name`` and ``absent``. Imports nothing of this repository.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Find = Callable[[str], int]


def bare_regex() -> Find:
    """The floor: digits and nothing else."""
    pattern = re.compile(r"\d+(?:\.\d+)?")
    return lambda text: sum(1 for _ in pattern.finditer(text))


def recognizers_text() -> Find:
    """Microsoft Recognizers-Text: its four Chinese models."""
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension
    from recognizers_text import Culture

    models = (recognize_number, recognize_percentage, recognize_currency, recognize_dimension)
    return lambda text: sum(len(model(text, Culture.Chinese)) for model in models)


def jionlp() -> Find:
    """JioNLP: extract_money alone, the part that is about quantities."""
    import jionlp as jio

    return lambda text: len(jio.ner.extract_money(text))


def jieba_posseg() -> Find:
    """jieba.posseg: words with part of speech, numerals counted; no quantity is put together."""
    import jieba
    import jieba.posseg

    jieba.setLogLevel(60)
    return lambda text: sum(1 for word in jieba.posseg.cut(text) if word.flag == "m")


PEERS: dict[str, Callable[[], Find]] = {
    "bare regex (digits only)": bare_regex,
    "jieba.posseg": jieba_posseg,
    "JioNLP extract_money": jionlp,
    "Recognizers-Text (4 models)": recognizers_text,
}


def lines(text: str) -> Iterator[str]:
    """Non-empty lines: every peer is fed line by line, long ones slow some of them down out of proportion."""
    return (line for line in text.splitlines() if line.strip())


def run(name: str, text: str) -> dict[str, Any]:
    """One peer over the text."""
    begun = time.perf_counter()
    try:
        find = PEERS[name]()
    except ImportError as error:
        return {"name": name, "absent": str(error)}
    find("全年新增企业12家。")
    start = time.perf_counter() - begun
    begun = time.perf_counter()
    found = sum(find(line) for line in lines(text))
    seconds = time.perf_counter() - begun
    mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"name": name, "chars": len(text), "seconds": seconds, "found": found, "start": start, "mib": mib}


if __name__ == "__main__":
    # JioNLP greets on standard output; the last line is the answer.
    print("\n" + json.dumps(run(sys.argv[2], Path(sys.argv[1]).read_text(encoding="utf-8"))))
