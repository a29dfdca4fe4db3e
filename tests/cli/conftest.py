"""The command line is tested with a report made by hand, apart from the chain behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from cli_report import make_report

from indicators.cli import main
from indicators.errors import ReadError
from indicators.schema.report import Report
from indicators.schema.source import Source


@pytest.fixture
def fake_score(monkeypatch: pytest.MonkeyPatch) -> None:
    """``indicators.score`` gives the hand-made report; texts that name an error raise it."""

    def score(source: Source, *, as_of: date | None = None, nlp: object = None) -> Report:
        if "@bad" in source.text:
            raise ReadError("cannot be scored", path=source.name, hint="mend it")
        if "@bug" in source.text:
            raise ZeroDivisionError("oops")
        return make_report(source.name, as_of.isoformat() if as_of else "2023-12-31")

    monkeypatch.setattr("indicators.score", score, raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command line in this process; returns exit status, stdout and stderr."""

    def call(*argv: str) -> tuple[int, str, str]:
        status = main(list(argv))
        out, err = capsys.readouterr()
        return status, out, err

    return call
