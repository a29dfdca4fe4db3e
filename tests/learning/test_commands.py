"""``indicators train`` and ``indicators evaluate`` from end to end, on a corpus generated for the purpose."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.generator import write
from indicators.cli.parser import build_parser
from indicators.errors import UsageError
from models.train import CONFIG


def run(*arguments: str) -> int:
    args = build_parser().parse_args(arguments)
    status: int = args.command(args)
    return status


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    write(folder, count=12, seed=3)
    return folder


@pytest.fixture(scope="module")
def weights(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sklearn")
    folder = tmp_path_factory.mktemp("weights")
    config = json.loads(CONFIG.read_text(encoding="utf-8"))
    config["folds"] = 2
    for step in ("roles", "links", "confidence"):
        config[step]["boosted"] |= {"rounds": 5, "min_examples": 3, "leaf_examples": 3}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    out = folder / "out"
    assert run("train", "--corpus", str(corpus), "--config", str(folder / "config.json"), "--out", str(out)) == 0
    return out


def test_training_says_what_it_learned_from(weights: Path) -> None:
    metrics = json.loads((weights / "metrics.json").read_text(encoding="utf-8"))
    assert metrics["documents"] == 12
    assert len(metrics["data"]) == 16
    assert set(metrics["cross_validation"]) == {"none", "roles", "links", "roles,links"}
    assert (weights / "confidence.json").is_file()
    assert {path.stem for path in weights.glob("*.json")} == {*metrics["shipped"], "metrics"}


def test_evaluation_prints_the_table_and_writes_the_card(
    corpus: Path, weights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("INDICATORS_SHARED", raising=False)
    arguments = (
        "--corpus",
        str(corpus),
        "--split",
        "train",
        "--weights",
        str(weights),
        "--card",
        str(tmp_path / "card"),
    )
    assert run("evaluate", *arguments) == 0
    printed = capsys.readouterr().out
    assert "| corpus train | rules |" in printed
    assert "| corpus train | hybrid |" in printed
    card = (tmp_path / "card" / "CARD.md").read_text(encoding="utf-8")
    metrics = json.loads((weights / "metrics.json").read_text(encoding="utf-8"))
    assert metrics["data"] in card
    assert "zero" in card
    assert (tmp_path / "card" / "calibration.svg").read_text(encoding="utf-8").startswith("<svg")
    told = json.loads((tmp_path / "card" / "evaluation.json").read_text(encoding="utf-8"))
    assert told["systems"]["corpus train"]["rules"]["documents"] == 12


def test_a_corpus_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        run("train", "--corpus", str(tmp_path / "nowhere"))
