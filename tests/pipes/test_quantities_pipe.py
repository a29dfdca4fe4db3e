"""The pipe ``indicators.quantities``: what it finds, how it is saved, and what survives a trip through processes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from indicators.pipes.extensions import quantity_from_dict, quantity_to_dict
from indicators.quantities import find_quantities

TEXT = "全年新增规上工业企业1,234家以上，能耗下降3.5%，投资2.3亿元。"
KEY = "indicators.quantities"
NAMES = ("indicators.quantities", "indicators_quantities")


@pytest.fixture
def nlp() -> Language:
    nlp = spacy.blank("zh")
    nlp.add_pipe("indicators.quantities")
    return nlp


def found(doc: Doc) -> list[tuple[str, Decimal | None, str]]:
    return [(span.text, span._.quantity.value, span._.quantity.unit) for span in doc.spans[KEY]]


EXPECTED = [("1,234家以上", Decimal(1234), "家"), ("3.5%", Decimal("3.5"), "%"), ("2.3亿元", Decimal(230000000), "元")]


@pytest.mark.parametrize("name", NAMES)
def test_both_names_add_the_pipe(name: str) -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe(name)
    doc = nlp(TEXT)
    assert found(doc) == EXPECTED
    assert [span.label_ for span in doc.spans[KEY]] == ["count", "ratio", "money"]


def test_quantities_are_those_of_the_library_alone(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert [span._.quantity for span in doc.spans[KEY]] == find_quantities(TEXT)


def test_plain_data_holds_decimals_as_strings(nlp: Language) -> None:
    doc = nlp(TEXT)
    data = doc.spans[KEY][2]._.quantity_data
    assert Decimal(data["low"]) == 230000000
    assert isinstance(data["low"], str)


def test_other_spans_have_no_quantity(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert doc[0:2]._.quantity is None


def test_dictionary_round_trip() -> None:
    quantities = find_quantities("2022年1-11月投资增长12.5%，由5%降至3%，新建2-3个")
    assert len(quantities) >= 3
    for quantity in quantities:
        assert quantity_from_dict(quantity_to_dict(quantity)) == quantity


def test_saved_and_loaded_under_its_dotted_name(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert again.pipe_names == ["indicators_quantities"]
    doc = again(TEXT)
    assert found(doc) == EXPECTED


def test_saving_does_not_stop_the_pipeline(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    doc = nlp(TEXT)
    assert found(doc) == EXPECTED


def test_bytes_round_trip(nlp: Language) -> None:
    again = spacy.blank("zh")
    again.add_pipe("indicators_quantities")
    again.from_bytes(nlp.to_bytes())
    doc = again(TEXT)
    assert found(doc) == EXPECTED


def test_docbin_round_trip(nlp: Language) -> None:
    bin_ = DocBin(store_user_data=True, docs=[nlp(TEXT)])
    (doc,) = DocBin().from_bytes(bin_.to_bytes()).get_docs(spacy.blank("zh").vocab)
    assert found(doc) == EXPECTED


def test_two_processes_give_the_same_in_order(nlp: Language) -> None:
    texts = [f"完成{n}项，投资{n}.5亿元" for n in range(1, 41)]
    parallel = [found(doc) for doc in nlp.pipe(texts, n_process=2, batch_size=10)]
    assert parallel == [found(doc) for doc in nlp.pipe(texts)]
    assert [rows[0][1] for rows in parallel] == [Decimal(n) for n in range(1, 41)]


def test_words_longer_than_a_quantity_are_covered() -> None:
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "indicators.JiebaTokenizer.v1"}}})
    nlp.add_pipe("indicators.quantities")
    doc = nlp(TEXT)
    for span in doc.spans[KEY]:
        quantity = span._.quantity
        assert span.start_char <= quantity.start
        assert span.end_char >= quantity.end
    assert len(doc.spans[KEY]) == len(EXPECTED)


def test_own_span_group(tmp_path: Path) -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("indicators.quantities", config={"spans_key": "figures"})
    doc = nlp(TEXT)
    assert len(doc.spans["figures"]) == len(EXPECTED)
    assert KEY not in doc.spans
