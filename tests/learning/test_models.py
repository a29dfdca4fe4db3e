"""Training, labels and scoring; the shipped weights."""

from __future__ import annotations

import importlib.util
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indicators.errors import ReadError
from indicators.learning import store
from indicators.learning.scorers import Steps, from_data
from models import choose, dataset, examples, first_met, proof, scoring
from models.fit import fit
from models.hooks import model_set_to
from models.train import train, worth_shipping

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("INDICATORS_SHARED", ROOT.parent / "shared"))
CONTRACT = SHARED / "eval" / "score_rows.py"


def test_the_shipped_weights_fit_in_their_limit_and_can_be_read() -> None:
    files = sorted((ROOT / "models" / "weights").glob("*.json"))
    assert sum(path.stat().st_size for path in files) < 15_000_000
    for step in store.STEPS:
        path = ROOT / "models" / "weights" / f"{step}.json"
        if path.is_file():
            data = json.loads(path.read_text(encoding="utf-8"))
            assert set(from_data(data["scorer"])({}).values()) != set()


def test_the_test_split_is_not_trained_on(tmp_path: Path) -> None:
    documents = dataset.load(ROOT / "corpus", ["test"])
    with pytest.raises(ValueError, match="test split"):
        train(documents, out=tmp_path)


def test_a_folder_that_is_no_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="index"):
        dataset.load(tmp_path, ["train"])


def test_folds_keep_families_together_and_lose_nothing() -> None:
    documents = dataset.load(ROOT / "corpus", ["train", "dev"])
    dealt = dataset.folds(documents, 5)
    assert sum(len(names) for names in dealt) == len(documents)
    of = {name: number for number, names in enumerate(dealt) for name in names}
    families: dict[str, set[int]] = {}
    for document in documents:
        families.setdefault(document.family, set()).add(of[document.name])
    assert all(len(numbers) == 1 for numbers in families.values())


@pytest.mark.parametrize("kind", ["linear", "boosted"])
def test_what_is_written_down_decides_as_scikit_learn_taught_it(kind: str) -> None:
    pytest.importorskip("sklearn")
    told = [({"x": float(n % 7), "unit=%": float(n % 2)}, "yes" if n % 7 > 3 and n % 2 else "no") for n in range(280)]
    settings = {"c": 5.0, "min_examples": 2, "rounds": 30, "rate": 0.2, "leaves": 4, "leaf_examples": 4, "seed": 1}
    scorer = from_data(json.loads(json.dumps(fit(kind, [f for f, _ in told], [label for _, label in told], settings))))
    right = sum(max(c, key=lambda n: c[n]) == label for f, label in told for c in [scorer(f)])
    assert right == 280 if kind == "boosted" else right > 230


def test_a_step_ships_where_it_gains_enough_beside_the_others() -> None:
    measured = {"none": 0.90, "roles": 0.899, "links": 0.91, "roles,links": 0.908}
    told = {steps: {"audit_f1": value} for steps, value in measured.items()}
    assert worth_shipping(told, {"roles": -0.003, "links": 0.001}) == ["roles", "links"]
    assert worth_shipping(told, {"roles": 0.0, "links": 0.001}) == ["links"]
    assert worth_shipping(told, {"roles": 0.0, "links": 0.02}) == []


def met(rule: str, said: str, label: str, target: float, document: str) -> tuple[examples.Example, dict[str, float]]:
    chances = {"actual": 1 - target, "none": 0.0, "target": target}
    return examples.Example({}, label, said, document, {"said": rule}), chances


def test_a_margin_is_chosen_by_the_documents_it_helps() -> None:
    helped = [met("mode.none", "actual", "target", 0.9, f"d{n}") for n in range(5)]
    one_list = [met("mode.none", "actual", "actual", 0.7, "list") for _ in range(9)]
    harmed = [met("quoted", "actual", "actual", 0.9, f"d{n}") for n in range(5)]
    margins = choose.role_margins(helped + one_list + harmed, [0.1, 0.3, 0.5, 0.9], 1.0, 5)
    assert margins == {"*": choose.NEVER, "mode.none:actual>target": 0.5}
    changed = choose.role_changes(helped + one_list + harmed, margins)
    assert changed == {"met": 19, "right_at_first": 14, "mended": 5, "spoilt": 0}
    assert choose.role_margins(helped[:4], [0.1], 1.0, 5) == {"*": choose.NEVER}
    assert choose.role_margins(harmed, [0.1], 1.0, 1) == {"*": choose.NEVER}


def test_of_margins_that_do_nearly_as_much_the_most_careful_is_chosen() -> None:
    sure = [met("mode.none", "actual", "target", 0.8, f"d{n}") for n in range(9)]
    less_sure = [met("mode.none", "actual", "target", 0.6, "one more")]
    half_sure = [met("mode.none", "actual", "target", 0.6, f"more{n}") for n in range(5)]
    grid = [0.1, 0.3, 0.5]
    assert choose.role_margins(sure + less_sure, grid, 1.0, 5)["mode.none:actual>target"] == 0.5
    assert choose.role_margins(sure + half_sure, grid, 1.0, 5)["mode.none:actual>target"] == 0.1


def test_the_longest_texts_are_no_measure_of_length() -> None:
    assert choose.usual_length([f"d{n}" for n in range(19)] + ["long"] * 40, 0.9) == 1
    assert choose.usual_length(["a", "b", "b"], 1.0) == 2
    assert choose.usual_length([], 0.95) == 0


def test_what_the_rules_said_at_first_is_written_down_once(tmp_path: Path) -> None:
    for folder in ("documents", "gold", "spans"):
        (tmp_path / folder).mkdir()
    entry = {"name": "n-01", "form": "note", "split": "dev"}
    (tmp_path / "index-n.jsonl").write_text(json.dumps(entry) + "\n", encoding="utf-8")
    text = "年初定下改造管网36公里，如今修好29公里，完成80%。\n"
    (tmp_path / "documents" / "n-01.txt").write_text(text, encoding="utf-8")
    assert first_met.main(["n-", "--corpus", str(tmp_path)]) == 0
    (document,) = dataset.load(tmp_path, ["dev"])
    told = {text[start:end]: said.role for (start, end), said in document.first_met.items()}
    assert told == {"36公里": "target", "29公里": "actual"}
    before = (tmp_path / dataset.FIRST_MET).read_text(encoding="utf-8")
    first_met.main(["n-", "--corpus", str(tmp_path)])
    assert (tmp_path / dataset.FIRST_MET).read_text(encoding="utf-8") == before
    (seen, _) = examples.role_examples([document], examples.sources([document]))
    assert (seen.rules, seen.info["first_met"], seen.features["role=target"]) == ("target", True, 1.0)
    unmet = replace(document, first_met={})
    (blind, _) = examples.role_examples([unmet], examples.sources([document]))
    assert seen.features.keys() - blind.features.keys() == {
        name for name in seen.features if name.startswith(proof.BLIND["roles"])
    }


def test_the_record_of_first_meetings_is_of_documents_that_may_be_learned_from() -> None:
    documents = dataset.load(ROOT / "corpus", ["train", "dev", "test"])
    kept_apart = {document.name for document in documents if document.split == "test"}
    lengths = {d.name: len(d.path.read_text(encoding="utf-8")) for d in documents if d.first_met}
    assert len(lengths) > 800
    assert not kept_apart & set(lengths)
    assert all(0 <= a < b <= lengths[d.name] for d in documents for a, b in d.first_met)


def test_the_loss_is_small_where_the_chances_are_right() -> None:
    assert choose.log_loss([0.9, 0.1], [True, False]) == pytest.approx(0.105, abs=0.001)
    assert choose.log_loss([0.9, 0.1], [False, False]) > 1.0


def test_the_curve_promises_nine_tenths_only_where_the_promise_was_kept() -> None:
    raw = [n / 1000 for n in range(1000)]
    right = [n >= 500 or n % 2 == 0 for n in range(1000)]
    curve = choose.confidence_curve(raw, right, [0.99], 0.3, 20)
    steps = Steps(curve["edges"], curve["values"])
    values = [steps(score) for score in raw]
    assert values == sorted(values)
    sure = [good for value, good in zip(values, right, strict=True) if value >= 0.9]
    assert len(sure) > 450
    assert sum(sure) / len(sure) >= 0.99
    assert 0.4 < steps(0.2) < 0.6


def test_hooked_in_or_not_the_rules_give_the_same_rows() -> None:
    from indicators import score_text

    text = "今年目标是新增企业80家，建成公园6个。截至12月底，新增企业91家，建成公园5个。"
    document = dataset.Document("t", Path("t.txt"), "snippet", "train", "t", None, (), ())
    with model_set_to("none"):
        from indicators.readers import read_text

        ran = examples.run(document, read_text(text, "t.txt"))
        told = [row.model_dump(mode="json") for row in score_text(text, name="t.txt").rows()]
    assert ran.rows == told
    assert [row["verdict"] for row in ran.rows] == ["exceeded", "missed"]


def _contract() -> Any:
    spec = importlib.util.spec_from_file_location("score_rows", CONTRACT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not CONTRACT.is_file(), reason="the contract's scorer is not at hand")
def test_rows_are_counted_as_the_contract_counts_them() -> None:
    contract = _contract()
    documents = dataset.load(ROOT / "corpus", ["train"])[:14]
    for document in documents:
        from indicators import score

        rows = [row.model_dump(mode="json") for row in score(document.path).rows()]
        theirs, _ = contract.score([dict(row) for row in document.gold], rows)
        ours = scoring.compare(document.gold, rows).counts
        names = ("t_tp", "t_fp", "t_fn", "link", "verdict", "audit", "a_tp", "a_fp", "a_fn", "s_tp", "s_fp", "s_fn")
        assert {n: ours[n] for n in names} == {n: theirs[n] for n in names}, document.name
        assert ours["name_millionths"] / 1e6 == pytest.approx(theirs["name"], abs=1e-3), document.name
