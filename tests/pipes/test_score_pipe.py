"""The pipe ``indicators.score``: spans and report, saved, sent through processes and DocBin."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import indicators
from indicators.errors import UsageError

TEXT = "2023年，目标是新增规上工业企业45家以上。截至12月底，全市新增规上工业企业52家。"


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("zh")
    nlp.add_pipe("indicators.score")
    return nlp


def told(doc: Doc) -> list[tuple[str, str, str]]:
    return [(span.text, span.label_, span.id_) for span in doc.spans["indicators"]]


def test_target_and_actual_of_one_row_share_an_id(nlp: Language) -> None:
    doc = nlp(TEXT)
    rows = doc._.indicators_report.rows()
    (row,) = [number for number, row in enumerate(rows) if row.verdict == "exceeded"]
    assert ("45家以上", "TARGET", str(row)) in told(doc)
    assert ("52家", "ACTUAL", str(row)) in told(doc)


def test_report_is_that_of_the_library_alone(nlp: Language) -> None:
    report = nlp(TEXT)._.indicators_report
    assert report == indicators.score_text(TEXT, name="<doc>")
    assert report.text == TEXT


def test_docbin_and_two_processes_keep_the_report(nlp: Language) -> None:
    texts = [TEXT.replace("52", str(n)) for n in range(46, 58)]
    docs = list(nlp.pipe(texts, n_process=2, batch_size=3))
    assert [doc._.indicators_report for doc in docs] == [doc._.indicators_report for doc in nlp.pipe(texts)]
    data = DocBin(store_user_data=True, docs=docs).to_bytes()
    again = list(DocBin().from_bytes(data).get_docs(spacy.blank("zh").vocab))
    assert [told(doc) for doc in again] == [told(doc) for doc in docs]
    assert [doc._.indicators_report for doc in again] == [doc._.indicators_report for doc in docs]
    assert len({row[0] for doc in docs for row in told(doc) if row[1] == "ACTUAL"}) == len(texts)


def test_as_of_is_saved_with_the_pipeline(tmp_path: Path) -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("indicators.score", config={"as_of": "2023-06-30"})
    nlp.to_disk(tmp_path)
    doc = spacy.load(tmp_path)(TEXT)
    assert doc._.indicators_report.as_of == "2023-06-30"


def test_a_file_is_scored_as_the_pipeline_is_set(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text("指标,目标,完成\n新增企业,45家,30家\n", encoding="utf-8")
    nlp = spacy.blank("zh")
    nlp.add_pipe("indicators.score", config={"as_of": "2023-06-30"})
    report = indicators.score(path, nlp=nlp)
    assert (report.as_of, [row.verdict for row in report.rows()]) == ("2023-06-30", ["on_track"])
    assert indicators.score(path, nlp=nlp, as_of="2023-12-31").as_of == "2023-12-31"
    assert indicators.score(path).as_of is None


def test_a_pipeline_that_does_not_score_is_named() -> None:
    with pytest.raises(UsageError, match=r"U007.*no pipe indicators\.score"):
        indicators.score("docs/samples/claims.txt", nlp=spacy.blank("zh"))


def test_bad_date_is_named() -> None:
    with pytest.raises(UsageError, match="no date"):
        spacy.blank("zh").add_pipe("indicators.score", config={"as_of": "soon"})


def test_load(tmp_path: Path) -> None:
    nlp = indicators.load()
    doc = nlp(TEXT)
    assert doc.spans["indicators.quantities"]
    assert doc.spans["indicators"]
    nlp.to_disk(tmp_path)
    again = indicators.load(tmp_path)
    assert again.pipe_names == nlp.pipe_names
    doc_again = again(TEXT)
    assert told(doc_again) == told(doc)


def test_load_adds_what_is_missing(tmp_path: Path) -> None:
    spacy.blank("zh").to_disk(tmp_path)
    assert indicators.load(tmp_path).pipe_names == ["indicators_quantities", "indicators_score"]


def test_load_names_what_is_not_there() -> None:
    with pytest.raises(UsageError, match="no such pipeline"):
        indicators.load("no_such_pipeline_here")


def test_document_without_quantities(nlp: Language) -> None:
    doc = nlp("加强学习，改进作风。")
    assert list(doc.spans["indicators"]) == []
    assert doc._.indicators_report.rows() == []
    assert spacy.blank("zh")("一")._.indicators_report is None
