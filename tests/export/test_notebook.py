"""What a notebook shows of a report."""

from __future__ import annotations

from spacy import displacy

from indicators.export.notebook import displacy_colors, to_displacy, to_html

from .sample import long_report, report
from .test_hostile import hostile_report


def test_the_table_tells_counts_rows_and_what_is_left_out() -> None:
    html = to_html(long_report(40), shown=30)
    assert html.count("<tr>") == 31
    assert "另有 10 条" in html
    assert "✖ 未完成" in html


def test_text_of_a_report_stays_text() -> None:
    html = to_html(hostile_report())
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def test_displacy_draws_the_spans() -> None:
    drawn = to_displacy(report())
    marked = [(drawn["text"][ent["start"] : ent["end"]], ent["label"]) for ent in drawn["ents"]]
    assert marked[:2] == [("200根以上", "目标 ▲"), ("236根", "实际 ▲")]
    starts = [ent["start"] for ent in drawn["ents"]]
    assert starts == sorted(starts)
    assert all(a["end"] <= b["start"] for a, b in zip(drawn["ents"], drawn["ents"][1:], strict=False))
    html = displacy.render(drawn, style="ent", manual=True, options={"colors": displacy_colors()}, jupyter=False)
    assert html.count("<mark") == len(drawn["ents"])
    assert "#E3ECFA" in html
