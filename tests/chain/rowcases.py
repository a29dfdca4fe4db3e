"""Cases of whole texts and the rows that they give, written short.

A case is a TOML table with ``id``, ``text`` and ``rows``, each row as
``words of the indicator | target | actual | verdict more``. A ``-`` stands for nothing, ``?`` for
anything; several words of the
indicator are parted by blanks and all must stand in its name; ``!word`` must not. ``more`` holds, in any order:

- a bound (``at_least`` … ``exactly``), a direction (``up``, ``down``), a kind (``headline``, ``milestone``)
- ``+flag`` or ``-flag``, ``x0.97`` (completion), ``task=7``, ``claimed=completed``, ``period=2022-01/2022-11``
- ``target=35000000000``, ``low=…``, ``high=…`` and ``actual=…`` for values, ``responsible=甲局+乙局`` for bodies

``as_of`` is what the report must say of its own time, ``given`` overrides it as a caller would; ``any = true`` asks for
the rows named and allows others; ``xfail`` tells why the chain does not give them yet.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest

from indicators import score_text
from indicators.schema.quantity import Bound
from indicators.schema.report import Direction, Kind, Report, Row

Case = dict[str, Any]
_BOUNDS, _DIRECTIONS, _KINDS = (get_args(kind) for kind in (Bound, Direction, Kind))


def cases(folder: Path) -> list[Case]:
    """Every case of the TOML files of ``folder``; ids are unique over all of them."""
    found = [
        {**case, "file": path.stem}
        for path in sorted(folder.glob("*.toml"))
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]
    ids = [(case["file"], case.get("id", case.get("rule"))) for case in found]
    assert len(set(ids)) == len(ids), "an id stands twice"
    return found


def parameters(found: list[Case]) -> list[Any]:
    """The cases for ``pytest.mark.parametrize``; a known disagreement must fail until it is mended."""
    return [
        pytest.param(
            case,
            id=f"{case['file']}-{case['id']}",
            marks=[pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else [],
        )
        for case in found
    ]


def scored(case: Case) -> Report:
    """The report on the case's text."""
    return score_text(case["text"].strip(), as_of=case.get("given"))


def mistakes(case: Case, report: Report) -> list[str]:
    """What of the case does not hold for ``report``, in words; empty where all does."""
    rows = report.rows()
    told = [short(row) for row in rows]
    found = []
    if "as_of" in case and (report.as_of or "-") != case["as_of"]:
        found.append(f"as of {report.as_of}, not {case['as_of']}")
    left = list(rows)
    for line in case["rows"]:
        match = next((row for row in left if not differences(line, row)), None)
        if match is None:
            found.append(f"no row is [{line}]; there are {told}")
        else:
            left.remove(match)
    if left and not case.get("any"):
        found.append(f"not asked for: {[short(row) for row in left]}")
    return found


def short(row: Row) -> str:
    """A row as the case files write it."""
    more = " ".join(
        [row.bound or "", row.direction or "", row.kind, *(f"+{flag}" for flag in row.flags)]
        + ([f"x{row.completion:.4g}"] if row.completion is not None else [])
    )
    told = (row.indicator, row.target_text or "-", row.actual_text or "-", row.verdict or "-", more.strip())
    return " | ".join(told)


def differences(line: str, row: Row) -> list[str]:
    """Where ``row`` is not what ``line`` says."""
    name, target, actual, rest = (part.strip() for part in line.split("|", 3))
    verdict, *more = rest.replace("|", " ").split()
    found = [
        word
        for word in name.replace("?", "").split()
        if (word[1:] in row.indicator if word[0] == "!" else word not in row.indicator)
    ]
    for wanted, told in ((target, row.target_text), (actual, row.actual_text), (verdict, row.verdict)):
        if wanted not in ("?", told or "-"):
            found.append(wanted)
    return found + [word for word in more if not _holds(word, row)]


def _holds(word: str, row: Row) -> bool:
    key, equals, value = word.partition("=")
    if equals:
        return value == _shown(
            {"target": _target(row), "actual": row.actual_value}.get(key, getattr(row, _FIELDS.get(key, key), None))
        )
    if word[0] in "+-":
        return (word[1:] in row.flags) == (word[0] == "+")
    if word[0] == "x":
        return row.completion is not None and abs(row.completion - float(word[1:])) < 0.0006
    for words, told in ((_BOUNDS, row.bound), (_DIRECTIONS, row.direction), (_KINDS, row.kind)):
        if word in words:
            return word == told
    raise AssertionError(f"the case says {word!r}, which means nothing")


_FIELDS = {"low": "target_low", "high": "target_high", "unit": "target_unit", "period": "actual_period"}


def _target(row: Row) -> float | None:
    return row.target_low if row.target_low is not None else row.target_high


def _shown(value: object) -> str:
    if isinstance(value, float | int):
        return f"{value:.12g}"
    if isinstance(value, list):
        return "+".join(value)
    return "-" if value is None else str(value)
