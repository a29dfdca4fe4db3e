"""Charts: what is drawn, that Chinese shows, and what is said when it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

import indicators
from indicators.errors import UsageError
from indicators.export import plot
from indicators.schema.report import Report, Verdict

from .sample import report

pytest.importorskip("matplotlib")

needs_font = pytest.mark.skipif(plot.chinese_font() is None, reason="no Chinese font on this machine")


def texts(figure) -> list[str]:
    axes = figure.axes[0]
    ticks = [label.get_text() for label in axes.get_yticklabels()]
    return ticks + [text.get_text() for text in axes.texts]


@dataclass(frozen=True)
class Point:
    as_of: str | None
    value: float | None
    target: float | None
    verdict: Verdict | None = "on_track"


@dataclass(frozen=True)
class Series:
    points: list[Point]
    indicator: str = "新建公共充电桩"
    unit: str = "根"


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
def test_a_series_shows_actuals_targets_and_dates() -> None:
    points = [Point("2023-03-31", 60, 200), Point("2023-06-30", None, 200), Point("2023-12-31", 23600, 200, "exceeded")]
    figure = plot.over_time(Series(points))
    targets, actuals = figure.axes[0].lines[:2]
    assert list(targets.get_ydata()) == [200, 200, 200]
    assert [value for value in actuals.get_ydata() if value == value] == [60, 23600]
    assert [label.get_text() for label in figure.axes[0].get_xticklabels()] == [
        "2023-03-31",
        "2023-06-30",
        "2023-12-31",
    ]
    assert [text.get_text() for text in figure.axes[0].texts] == ["60根", "2.36万根"]


def test_a_series_without_a_figure_is_refused() -> None:
    with pytest.raises(UsageError, match="新建公共充电桩"):
        plot.over_time(Series([Point("2023-03-31", None, None)]))


@needs_font
def test_the_series_of_the_library_can_be_drawn() -> None:
    reports = [report().model_copy(update={"as_of": as_of}) for as_of in ("2023-06-30", "2023-12-31")]
    drawn = [plot.over_time(series) for series in indicators.series(reports)]
    assert len(drawn) >= 5


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


def test_charts_have_a_public_name() -> None:
    from indicators import plot as public

    assert all(getattr(public, name) is getattr(plot, name) for name in public.__all__)
