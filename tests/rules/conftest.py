"""The short row notation of ``tests/chain`` serves the rules too."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "chain"))


@pytest.fixture(autouse=True)
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule is shown to matter by the rules alone: learned links make up for many a missing alias."""
    from indicators.learning import store
    from indicators.settings import MODEL_VARIABLE

    monkeypatch.setenv(MODEL_VARIABLE, "none")
    store.forget()
