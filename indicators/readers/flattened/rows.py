"""Where the rows of a flattened table begin: numbers that count up, each followed by what a row must hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.readers.flattened.atoms import Atom
from indicators.rulebook import phrase

_FIGURE = re.compile(r"[≥≤><=+\-－—–/]*[\d,.]*(?:%|％)?")
_LOOK_BACK = 300
_TERMINAL = re.compile(r"[。；！？;.][”’）)]?$")


def _weight(atoms: Sequence[Atom], at: int) -> float:
    """How much an integer looks like a row's number, by what stands around it."""
    atom = atoms[at]
    weight = 1.5 if atom.alone else 0.0
    if at + 1 < len(atoms):
        after = atoms[at + 1]
        if after.kind == "text" and phrase("tables", "measure_follows").match(after.text):
            weight -= 1.0 if atom.alone else 3.0
        if after.list_number is not None or after.kind in ("mark", "label", "phone") or _FIGURE.fullmatch(after.text):
            weight -= 2.0
    else:
        weight -= 5.0
    if atom.page or at == 0:
        weight += 1.5
    else:
        before = atoms[at - 1]
        if before.kind in ("mark", "phone") or _TERMINAL.search(before.text):
            weight += 1.0
        elif before.kind == "label":
            weight -= 2.0
        elif before.text[-1] in "，、（(《“：:":
            weight -= 2.5
    return weight


def starts(atoms: Sequence[Atom], labels: Sequence[str], least: int = 2) -> list[int]:
    """Places of the atoms that number the rows: the best chain of integers that count up.

    ``labels`` are the row labels of one task in order (进度安排, 施工图); each row must then hold the first once.
    ``least`` is how many atoms a row has, its number among them.
    """
    candidates = [at for at, atom in enumerate(atoms) if atom.kind == "integer"]
    first = [at for at, atom in enumerate(atoms) if labels and atom.label == labels[0]]
    best: list[tuple[float, int]] = []
    runs: list[int] = []  # how many numbers up to this one followed each other without a gap
    for i, at in enumerate(candidates):
        value = int(atoms[at].text)
        own = _weight(atoms, at)
        # Before the first row there is nothing but headings.
        choice = (own + (1.0 if value == 1 else 0.0) - 0.02 * at - _labels_within(first, -1, at, 0), -1)
        for k in range(i - 1, max(-1, i - 1 - _LOOK_BACK), -1):
            step = value - int(atoms[candidates[k]].text)
            if step <= 0 or at - candidates[k] < least:
                continue
            gain = 1.0 if step == 1 else (0.2 if step <= 20 else -0.8)
            if step > 1 and runs[k] >= 4:
                # Numbers that counted one by one do not begin to leap.
                gain -= min(3.0, 0.5 * step)
            score = best[k][0] + own + gain - _labels_within(first, candidates[k], at, 1)
            if score > choice[0]:
                choice = (score, k)
        best.append(choice)
        behind = choice[1]
        runs.append(runs[behind] + 1 if behind >= 0 and value - int(atoms[candidates[behind]].text) == 1 else 1)
    if not best:
        return []
    last = max(range(len(best)), key=lambda i: best[i][0] - _labels_within(first, candidates[i], len(atoms), 1))
    chain: list[int] = []
    while last >= 0:
        chain.append(candidates[last])
        last = best[last][1]
    return chain[::-1]


def _labels_within(first: Sequence[int], after: int, before: int, expected: int) -> float:
    """Penalty for a stretch that does not hold the first row label as often as a row does."""
    if not first:
        return 0.0
    count = sum(after < at < before for at in first)
    return 6.0 * abs(count - expected)
