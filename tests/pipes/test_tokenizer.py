"""The jieba tokenizer: its words stay its own, offsets stay true."""

from __future__ import annotations

import pickle
from pathlib import Path

import jieba
import pytest
import spacy
from spacy.language import Language

from indicators.pipes.tokenizer import JiebaTokenizer

WORD = "临港数智产业带"
TEXT = f"推进{WORD}建设，新增1,234.5万元"
CONFIG = {"nlp": {"tokenizer": {"@tokenizers": "indicators.JiebaTokenizer.v1", "words": [WORD]}}}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("zh", config=CONFIG)


def words(nlp: Language, text: str) -> list[str]:
    return [token.text for token in nlp.make_doc(text)]


def test_added_words_and_figures_stay_whole(nlp: Language) -> None:
    assert WORD in words(nlp, TEXT)
    assert "1,234.5" in words(nlp, TEXT)


def test_added_words_reach_no_one_else(nlp: Language) -> None:
    assert WORD in words(nlp, TEXT)
    assert WORD not in jieba.lcut(TEXT)
    other = JiebaTokenizer(spacy.blank("zh").vocab)
    assert WORD not in [token.text for token in other(TEXT)]
    assert not jieba.dt.user_word_tag_tab


@pytest.mark.parametrize("text", ["", " ", "一\n\n 二\t三", "二〇二五年　目标 OK", "\u200b\r\n甲", "1,234.56,7"])
def test_text_is_kept(nlp: Language, text: str) -> None:
    doc = nlp.make_doc(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_saved_with_the_pipeline(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert isinstance(again.tokenizer, JiebaTokenizer)
    assert again.tokenizer.words == (WORD,)
    assert words(again, TEXT) == words(nlp, TEXT)


def test_words_added_later_are_saved_too(tmp_path: Path) -> None:
    nlp = spacy.blank("zh", config=CONFIG)
    assert isinstance(nlp.tokenizer, JiebaTokenizer)
    nlp.tokenizer.add_words(["双招双引", WORD])
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert isinstance(again.tokenizer, JiebaTokenizer)
    assert again.tokenizer.words == (WORD, "双招双引")
    assert "双招双引" in words(again, "深入开展双招双引工作")


def test_pickled(nlp: Language) -> None:
    again = pickle.loads(pickle.dumps(nlp.tokenizer))
    assert [token.text for token in again(TEXT)] == words(nlp, TEXT)
