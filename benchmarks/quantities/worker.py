"""One contender in a process of its own: ``python worker.py NAME TEXTFILE CASEFILE`` prints one JSON object.

Runs under the peers' own Python; imports nothing of this repository but the library where NAME is ``indicators``.
A contender gives, for a sentence, what it read as (low, high, unit, bound), numbers as decimal strings.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path

Reading = tuple[str | None, str | None, str, str | None]
Read = Callable[[str], list[Reading]]


def indicators() -> Read:
    from indicators.quantities import find_quantities

    def read(text: str) -> list[Reading]:
        return [(_text(q.low), _text(q.high), q.unit, q.bound) for q in find_quantities(text)]

    return read


def recognizers() -> Read:
    """Microsoft Recognizers-Text, its four Chinese models: number, percentage, currency, dimension."""
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension
    from recognizers_text import Culture

    names = {
        "Chinese yuan": "元", "United States dollar": "美元", "Mu": "亩", "Ton": "吨", "Kilometer": "公里",
        "Cubic meter": "立方米", "Hectare": "公顷", "Kilowatt": "千瓦", "Kilowatt hour": "千瓦时", "Day": "天",
    }  # fmt: skip

    def read(text: str) -> list[Reading]:
        found: list[Reading] = []
        for recognize in (recognize_number, recognize_percentage, recognize_currency, recognize_dimension):
            for result in recognize(text, Culture.Chinese):
                resolution = result.resolution or {}
                value = str(resolution.get("value") or "")
                unit = str(resolution.get("unit") or "")
                if value.endswith("%"):
                    value, unit = value[:-1], "%"
                if value:
                    found.append((value, value, names.get(unit, unit), None))
        return found

    return read


def jionlp() -> Read:
    """JioNLP: extract_money, the part that reads quantities out of a text."""
    import jionlp as jio

    bounds = {"大于": "at_least", "小于": "at_most", "约": "about", "blur": "about", "accurate": None}

    def read(text: str) -> list[Reading]:
        found: list[Reading] = []
        for money in jio.ner.extract_money(text):
            detail = money["detail"]
            number = detail["num"]
            low, high = (number, number) if isinstance(number, str) else (number[0], number[1])
            bound = "range" if not isinstance(number, str) else bounds.get(detail.get("definition"))
            found.append((low, high, str(detail.get("case")), bound))
        return found

    return read


def jieba_glued() -> Read:
    """jieba.posseg with the glue that one would write by hand: numerals joined, the next word taken as the unit."""
    import jieba
    import jieba.posseg

    jieba.setLogLevel(60)
    scales = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "万亿": 10**12}
    before = {"不低于": "at_least", "不少于": "at_least", "超过": "at_least", "突破": "at_least", "至少": "at_least",
              "不超过": "at_most", "约": "about", "近": "about", "≥": "at_least", "≤": "at_most"}  # fmt: skip
    after = {"以上": "at_least", "以内": "at_most", "以下": "at_most", "左右": "about"}
    figure = re.compile(r"([0-9]+(?:\.[0-9]+)?)(万亿|[十百千万亿])?$")

    def read(text: str) -> list[Reading]:
        words = [(word.word, word.flag) for word in jieba.posseg.cut(text)]
        found: list[Reading] = []
        index = 0
        while index < len(words):
            word, flag = words[index]
            if flag not in ("m", "x") or not re.search(r"[0-9]", word):
                index += 1
                continue
            first, joined = index, word
            while index + 1 < len(words) and words[index + 1][1] in ("m", "x") and words[index + 1][0] in scales:
                index += 1
                joined += words[index][0]
            match = figure.match(joined)
            unit = words[index + 1][0] if index + 1 < len(words) else ""
            if match:
                value = str(Decimal(match[1]) * scales.get(match[2] or "", 1))
                bound = before.get(words[first - 1][0]) if first else None
                if index + 2 < len(words):
                    bound = after.get(words[index + 2][0], bound)
                low = None if bound == "at_most" else value
                high = None if bound == "at_least" else value
                found.append((low, high, unit, bound))
            index += 1
        return found

    return read


def edsnlp() -> Read:
    """EDS-NLP's quantities pipe, every kind it knows, behind its own tokeniser; written for French notes."""
    import logging

    import edsnlp.pipes as eds
    from edsnlp import blank

    logging.disable()
    nlp = blank("eds")
    for pipe in (eds.normalizer(), eds.sentences(), eds.quantities(quantities="all", use_tables=False)):
        nlp.add_pipe(pipe)

    def read(text: str) -> list[Reading]:
        values = [span._.value for span in nlp(text).spans.get("quantities", [])]
        return [(str(v.value), str(v.value), str(v.unit), None) for v in values if hasattr(v, "unit")]

    return read


CONTENDERS: dict[str, Callable[[], Read]] = {
    "indicators": indicators,
    "Recognizers-Text": recognizers,
    "JioNLP": jionlp,
    "jieba.posseg": jieba_glued,
    "EDS-NLP": edsnlp,
}


DOCUMENTS = frozenset({"EDS-NLP"})


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _same(a: str | None, b: str | None) -> bool:
    if a is None or b is None:
        return a is b
    try:
        return abs(Decimal(a) - Decimal(b)) <= abs(Decimal(b)) * Decimal("1e-9")
    except InvalidOperation:
        return False


def expected(line: str) -> tuple[str, Reading | None]:
    """The sentence and what is to be read: low, high, unit, bound."""
    text, _, told = line.rstrip("\n").partition(" => ")
    if told.strip() == "-":
        return text, None
    _, value, unit = (part.strip() for part in told.split("|"))
    unit = "" if unit == "-" else unit
    if ".." in value:
        low, high = value.split("..")
        return text, (low, high, unit, "range")
    for sign, bound in ((">=", "at_least"), ("<=", "at_most"), ("~", "about")):
        if value.startswith(sign):
            number = value[len(sign) :]
            return text, (
                None if bound == "at_most" else number,
                None if bound == "at_least" else number,
                unit,
                bound,
            )
    return text, (value, value, unit, None)


def score(read: Read, lines: list[str]) -> dict[str, int]:
    """``right``: value or both ends, unit and bound; ``figure``: the figure alone; ``false``: negatives with a find."""
    total = {"quantities": 0, "right": 0, "figure": 0, "negatives": 0, "false": 0}
    for line in lines:
        text, wanted = expected(line)
        found = read(text)
        if wanted is None:
            total["negatives"] += 1
            total["false"] += bool(found)
            continue
        total["quantities"] += 1
        low, high, unit, bound = wanted
        total["right"] += any(
            _same(got[0], low) and _same(got[1], high) and got[2] == unit and got[3] == bound for got in found
        )
        ends = [end for end in (low, high) if end is not None]
        total["figure"] += all(any(_same(got[0], end) or _same(got[1], end) for got in found) for end in ends)
    return total


def main(name: str, text_file: str, case_file: str) -> None:
    text = Path(text_file).read_text(encoding="utf-8")
    lines = [line for line in Path(case_file).read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    begin = time.perf_counter()
    try:
        read = CONTENDERS[name]()
    except ImportError as error:
        print(json.dumps({"name": name, "absent": str(error)}))
        return
    read("新增企业12家，投资3亿元，增长5%")
    cold = time.perf_counter() - begin
    # A pipe for documents gets the document: a call for each line would be charged for its calls.
    paragraphs = [text] if name in DOCUMENTS else [line for line in text.splitlines() if line.strip()]
    begin, cpu = time.perf_counter(), time.process_time()
    found = sum(len(read(paragraph)) for paragraph in paragraphs)
    seconds, busy = time.perf_counter() - begin, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {
        "name": name,
        "chars": len(text),
        "seconds": seconds,
        "cpu": busy,
        "found": found,
        "cold": cold,
        "mib": memory,
    }
    print(json.dumps(told | score(read, lines)))


if __name__ == "__main__":
    main(*sys.argv[1:4])
