"""Charts: what is drawn, that Chinese shows, and what is said when it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicators.errors import UsageError
from indicators.export import plot
from indicators.schema.report import Report

from .sample import report

pytest.importorskip("matplotlib")

needs_font = pytest.mark.skipif(plot.chinese_font() is None, reason="no Chinese font on this machine")


def texts(figure) -> list[str]:
    axes = figure.axes[0]
    ticks = [label.get_text() for label in axes.get_yticklabels()]
    return ticks + [text.get_text() for text in axes.texts]


def quarters() -> list[Report]:
    several = []
    for as_of, value in (("2023-12-31", 236.0), ("2023-03-31", 60.0), ("2023-06-30", 118.0)):
        whole = report()
        first = whole.tasks[0].assessments[0]
        assert first.actual is not None
        actual = first.actual.model_copy(update={"value": value, "text": f"{value:g}根"})
        task = whole.tasks[0].model_copy(update={"assessments": [first.model_copy(update={"actual": actual})]})
        several.append(whole.model_copy(update={"as_of": as_of, "tasks": [task]}))
    return several


@needs_font
def test_completion_has_a_bar_for_each_indicator_with_a_completion(recwarn) -> None:
    figure = plot.completion_by_task(report())
    shown = texts(figure)
    assert shown[:2] == ["1 新建公共充电桩", "2 改造老旧小区"]
    assert "98.3%" in shown
    assert len(figure.axes[0].patches) == 5
    assert not recwarn.list


@needs_font
def test_only_the_worst_are_kept_when_there_are_many() -> None:
    assert texts(plot.completion_by_task(report(), most=2))[:2] == ["2 改造老旧小区", "2 惠及居民户数"]


@needs_font
def test_units_are_stacked_by_verdict_busiest_first() -> None:
    figure = plot.verdicts_by_unit([report(), report()])
    shown = texts(figure)
    assert shown[0] == "市住建局"
    widths = [bar.get_width() for bar in figure.axes[0].patches if bar.get_y() < 0.5]
    assert sum(widths) == 4


@needs_font
def test_an_indicator_over_time_follows_the_dates() -> None:
    figure = plot.indicator_over_time(quarters(), "新建公共充电桩")
    line = next(line for line in figure.axes[0].lines if len(line.get_xdata()) == 3 and line.get_linestyle() == "-")
    assert list(line.get_ydata()) == [60, 118, 236]
    assert [label.get_text() for label in figure.axes[0].get_xticklabels()] == [
        "2023-03-31",
        "2023-06-30",
        "2023-12-31",
    ]


def test_an_unknown_indicator_is_refused() -> None:
    with pytest.raises(UsageError, match="没有这个"):
        plot.indicator_over_time(quarters(), "没有这个")


@needs_font
@pytest.mark.parametrize(("ending", "magic"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_charts_are_written_with_every_character(tmp_path: Path, ending: str, magic: bytes, recwarn) -> None:
    path = plot.save(plot.verdicts_by_unit(report()), tmp_path / f"chart.{ending}")
    assert path.read_bytes().startswith(magic)
    assert [str(warning.message) for warning in recwarn.list if "Glyph" in str(warning.message)] == []


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="png"):
        plot.save(plot.verdicts_by_unit(Report(source="x")), tmp_path / "chart.bmp")


def test_text_of_a_report_is_never_read_as_a_formula(tmp_path: Path) -> None:
    whole = report()
    task = whole.tasks[0].model_copy(update={"responsible": ["$\\frac{局$"]})
    figure = plot.verdicts_by_unit(whole.model_copy(update={"tasks": [task], "title": "$\\bad{$"}))
    assert plot.save(figure, tmp_path / "chart.svg").stat().st_size > 0


def test_without_a_chinese_font_a_hint_says_what_to_do(monkeypatch) -> None:
    monkeypatch.setattr(plot, "CHINESE_FONTS", ("No Such Family",))
    plot.chinese_font.cache_clear()
    try:
        with pytest.warns(UserWarning, match="fonts-noto-cjk"):
            plot.verdicts_by_unit(report())
    finally:
        plot.chinese_font.cache_clear()


def test_a_named_font_that_is_not_there_is_refused(monkeypatch) -> None:
    monkeypatch.setenv("INDICATORS_FONT", "No Such Family")
    with pytest.raises(UsageError, match="not installed"):
        plot.verdicts_by_unit(report())
