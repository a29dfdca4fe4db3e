"""Damaged files end in one of our errors or in a Source, never in anything else. Longer runs: ``fuzzing.py``."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .fuzzing import attempt, mutate, seeds

SUFFIXES = (".html", ".docx", ".xlsx", ".pdf", ".zip")


@pytest.fixture(scope="module")
def files() -> dict[str, list[bytes]]:
    return seeds()


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix != ".pdf"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), pick=st.integers(0, 2))
def test_damaged_files(files: dict[str, list[bytes]], suffix: str, seed: int, pick: int) -> None:
    some = files[suffix]
    assert attempt(mutate(suffix, some[pick % len(some)], random.Random(seed)), suffix) is None


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), pick=st.integers(0, 1))
def test_damaged_pdf(files: dict[str, list[bytes]], seed: int, pick: int) -> None:
    """Fewer: the fonts of these files are not embedded, so that each takes a process of its own."""
    some, suffix = files[".pdf"], ".pdf"
    assert attempt(mutate(suffix, some[pick % len(some)], random.Random(seed)), suffix) is None


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes(suffix: str, data: bytes) -> None:
    assert attempt(data, suffix) is None


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_seeds_are_valid(files: dict[str, list[bytes]], suffix: str) -> None:
    from io import BytesIO

    from indicators.readers import read_all

    for data in files[suffix]:
        assert all(source.blocks for source in read_all(BytesIO(data), name=f"好{suffix}"))
