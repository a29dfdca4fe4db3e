"""Real reports, where they lie beside the repository, and the written corpus: floors below which nothing may fall."""

from __future__ import annotations

import importlib.util
import json
import os
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import regex

import indicators
from indicators.schema.report import Report, Row

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("INDICATORS_SHARED", ROOT.parent / "shared"))
CORPUS = ROOT / "corpus"
REPORTS = {
    "anqing-2022q4": (16, "2022-12-31"),
    "anqing-2024q2": (17, "2024-06-30"),
    "anhui-2023": (33, "2023-12-31"),
    "bozhou-2021": (None, "2021-12-31"),
    "luan-2021": (None, None),
}
"""How many tasks the table of a report prints, and up to when it tells."""
FORMATS = ("docx", "xlsx", "html", "pdf", "gb18030.txt")
NO_QUANTITIES = {
    "telephone": regex.compile(r"(?<!\d)(?:0\d{2,3}-?)?\d{7,8}(?![\d.%]|\s*[\p{Han}A-Za-z])|(?<!\d)1[3-9]\d{9}(?!\d)"),
    "document": regex.compile(r"[〔\[（(](?:19|20)\d{2}[〕\]）)]\s*\d+\s*号"),
    "year": regex.compile(r"(?<!\d)(?:19|20)\d{2}\s*年(?!\s*[均产])"),
    "name": regex.compile(r"(?<![\dA-Za-z.])[345]G(?![A-Za-z])|PM\s*(?:2\.5|10)|(?<!\d)12345(?!\d)"),
    "list": regex.compile(r"(?m)^\s*\d{1,2}\s*[.、](?!\d)"),
}
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="no shared reports here (INDICATORS_SHARED)")


@cache
def scored(name: str) -> Report:
    return indicators.score(SHARED / "reports" / name)


@cache
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_rows", SHARED / "eval" / "score_rows.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def plain(report: Report) -> list[dict[str, Any]]:
    return [json.loads(row.model_dump_json()) for row in report.rows()]


@needs_shared
@pytest.mark.parametrize("name", REPORTS)
def test_tasks_and_time(name: str) -> None:
    tasks, as_of = REPORTS[name]
    report = scored(f"{name}.txt")
    assert report.as_of == as_of
    if tasks is not None:
        numbers = [int(task.number or 0) for task in report.tasks]
        assert len(numbers) == tasks
        assert numbers == sorted(set(numbers))


@needs_shared
@pytest.mark.parametrize("name", REPORTS)
def test_nothing_else_is_a_quantity(name: str) -> None:
    report = scored(f"{name}.txt")
    found = [
        (kind, match.group(), report.text[start:end])
        for task in report.tasks
        for assessment in task.assessments
        for fact in (assessment.target, assessment.actual)
        if fact is not None and "counted" not in assessment.flags
        for start, end in fact.spans
        for kind, pattern in NO_QUANTITIES.items()
        for match in pattern.finditer(report.text, max(0, start - 24), min(len(report.text), end + 24))
        if match.start() < end and start < match.end()
    ]
    assert found == []


@needs_shared
@pytest.mark.parametrize("name", REPORTS)
def test_every_text_stands_where_it_says(name: str) -> None:
    report = scored(f"{name}.txt")
    for task in report.tasks:
        for assessment in task.assessments:
            for fact in (assessment.target, assessment.actual):
                if fact is not None and "derived" not in assessment.flags:
                    parts = ["".join(report.text[start:end].split()) for start, end in fact.spans]
                    assert "+".join(parts) == fact.text


@needs_shared
def test_two_runs_are_equal() -> None:
    path = SHARED / "reports" / "anqing-2024q2.txt"
    assert indicators.score(path).to_json() == scored(path.name).to_json()


def _told(row: Row) -> tuple[object, ...]:
    target = (row.target_text, row.target_low, row.target_high, row.target_unit, row.bound, row.direction)
    return (row.task, row.indicator, row.kind, *target, row.actual_text, str(row.actual_value), row.verdict)


@needs_shared
@pytest.mark.parametrize("form", FORMATS)
def test_formats_give_equal_rows(form: str) -> None:
    text, other = scored("anqing-2022q4.txt"), scored(f"anqing-2022q4.{form}")
    assert other.as_of == text.as_of
    ours, theirs = Counter(map(_told, text.rows())), Counter(map(_told, other.rows()))
    assert ours - theirs == Counter()
    assert theirs - ours == Counter()


@needs_shared
def test_gold() -> None:
    gold = scorer().load(str(SHARED / "gold"))
    total: Counter[str] = Counter()
    for name, rows in gold.items():
        folder = "" if (SHARED / "reports" / f"{name}.txt").is_file() else "snippets/"
        counts, _ = scorer().score(rows, plain(scored(f"{folder}{name}.txt")))
        total.update(counts)
    assert total["t_tp"] > 100
    told = scorer().line("ALL", total)
    floors = {"target_f1": 0.97, "audit_f1": 0.94, "link": 0.96, "verdict": 0.96, "actual_f1": 0.85}
    assert {name: told[name] for name, floor in floors.items() if told[name] < floor} == {}


@needs_shared
def test_two_reports_compared() -> None:
    folder = SHARED / "reports" / "state-council"
    report = indicators.compare(folder / "2016.txt", folder / "2017.txt")
    gold = scorer().load(str(SHARED / "gold" / "pairs"))["2016-2017"]
    counts, _ = scorer().score(gold, plain(report))
    assert scorer().line("2016-2017", counts)["link"] >= 0.9
    silent = {
        (tuple(scorer().target_of(row, True)), scorer().unit(row["target_unit"]), row["target_text"])
        for row in gold
        if row["verdict"] == "unreported" and not row["ambiguous"]
    }
    answered = {
        (tuple(scorer().target_of(row, True)), scorer().unit(row["target_unit"]), row["target_text"])
        for row in gold
        if row["verdict"] != "unreported" or row["ambiguous"]
    }
    linked = [
        (row["indicator"], row["target_text"], row["actual_text"])
        for row in plain(report)
        if row["actual_text"]
        and (value := scorer().target_of(row, False)) is not None
        and (key := (tuple(value), scorer().unit(row["target_unit"]), row["target_text"])) in silent
        and key not in answered
    ]
    assert linked == []


def _dev() -> list[dict[str, Any]]:
    lines = [
        line
        for index in sorted(CORPUS.glob("index-*.jsonl"))
        for line in index.read_text(encoding="utf-8").splitlines()
    ]
    return [entry for line in lines if (entry := json.loads(line))["split"] == "dev"]


@needs_shared
def test_corpus_dev() -> None:
    """A floor, so that a regression is seen; not the figure the corpus is measured by."""
    total: Counter[str] = Counter()
    for entry in _dev():
        report = indicators.score(CORPUS / "documents" / f"{entry['name']}.txt")
        gold = [
            json.loads(line)
            for line in (CORPUS / "gold" / f"{entry['name']}.gold.jsonl").read_text(encoding="utf-8").splitlines()
            if line.strip()
        ]
        counts, _ = scorer().score(gold, plain(report))
        total.update(counts)
    told = scorer().line("dev", total)
    # Lowered when batch ai, hardly understood at first sight, joined the documents.
    floors = {"target_f1": 0.94, "audit_f1": 0.90, "link": 0.96, "verdict": 0.955, "actual_f1": 0.88}
    assert {name: told[name] for name, floor in floors.items() if told[name] < floor} == {}


def _prints_a_year(name: str) -> bool:
    """Whether the document tells its year at all: many clippings tell months only."""
    return bool(regex.search(r"(?:19|20)\d\d年", (CORPUS / "documents" / f"{name}.txt").read_text(encoding="utf-8")))


@needs_shared
def test_corpus_dates() -> None:
    told = {
        entry["name"]: indicators.score(CORPUS / "documents" / f"{entry['name']}.txt").as_of
        for entry in _dev()
        if entry.get("as_of") and _prints_a_year(entry["name"])
    }
    wrong = [entry["name"] for entry in _dev() if entry["name"] in told and told[entry["name"]] != entry["as_of"]]
    # 55 of 817 when the bound was set; most are clippings whose day or year stands nowhere in the text.
    assert len(wrong) * 817 <= 55 * len(told), wrong
