"""A snapshot of the names that others write into their configs: changing one breaks their pipelines."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points

import spacy
from spacy.util import registry

FACTORIES = {"indicators.quantities", "indicators.score", "indicators_quantities", "indicators_score"}
TOKENIZERS = {"indicators.JiebaTokenizer.v1"}


def ours(group: str) -> set[str]:
    return {point.name for point in entry_points(group=group) if point.value.startswith("indicators.")}


def test_names_of_entry_points() -> None:
    assert ours("spacy_factories") == FACTORIES
    assert ours("spacy_tokenizers") == TOKENIZERS


def test_spacy_knows_them() -> None:
    nlp = spacy.blank("zh")
    assert all(nlp.has_factory(name) for name in FACTORIES)
    assert all(name in registry.tokenizers for name in TOKENIZERS)


def test_default_configs() -> None:
    nlp = spacy.blank("zh")
    assert nlp.get_factory_meta("indicators_quantities").default_config == {"spans_key": "indicators.quantities"}
    assert nlp.get_factory_meta("indicators_score").default_config == {"spans_key": "indicators", "as_of": None}


def test_spacy_blank_pays_only_for_spacy() -> None:
    code = "import sys, spacy; spacy.blank('zh'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "indicators.pipes.factories" in loaded
    assert loaded.isdisjoint({"pandas", "polars", "pyarrow", "ray", "pdfplumber", "pypdfium2", "lxml", "jieba"})
    assert loaded.isdisjoint({"indicators.readers", "indicators.pipeline", "indicators.schema.report"})
