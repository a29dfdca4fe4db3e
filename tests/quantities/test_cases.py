"""Every line of the case files: spans, values, units, bounds, periods, and what is no quantity."""

from __future__ import annotations

import pytest
from casefile import FOLDER, cases, flags_of, written

from indicators.quantities import find_periods, find_quantities

_QUANTITIES = [path.stem for path in sorted(FOLDER.glob("*.txt")) if path.stem != "periods"]
_CASES = [(name, text, told) for name in _QUANTITIES for text, told in cases(name)]


@pytest.mark.parametrize(("name", "text", "told"), _CASES, ids=[f"{name}: {text!r}" for name, text, _ in _CASES])
def test_quantities(name: str, text: str, told: list[str]) -> None:
    found = find_quantities(text)
    assert [written(quantity, flags_of(told)) for quantity in found] == told
    for quantity in found:
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.start <= quantity.number_start < quantity.number_end <= quantity.end


@pytest.mark.parametrize(("text", "told"), list(cases("periods")))
def test_periods(text: str, told: list[str]) -> None:
    """Resolved against a report of 2022."""
    found = find_periods(text, year=2022)
    written_periods = []
    for period in found:
        words = [period.kind, period.relative or "", "cumulative" if period.cumulative else ""]
        interval = f"{period.first or ''}/{period.last or ''}"
        written_periods.append(" | ".join([period.text, interval, " ".join(filter(None, words))]))
        assert text[period.start : period.end] == period.text
    assert written_periods == told


def test_there_are_as_many_cases_as_promised() -> None:
    negatives = sum(not told for _, _, told in _CASES)
    assert len(_CASES) >= 1200
    assert negatives >= 600
