"""Charts of reports with matplotlib: completion by task, verdicts by unit, an indicator over time.

Every function returns a ``matplotlib.figure.Figure`` of its own and touches no global state of matplotlib;
``save(figure, "chart.svg")`` writes it as PNG, SVG or PDF by its ending.
"""

from __future__ import annotations

import math
import os
import warnings
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from indicators.errors import MissingExtraError, UsageError
from indicators.export.evidence import assessments
from indicators.export.files import whole
from indicators.export.labels import COLORS, word
from indicators.export.titles import report_title
from indicators.schema.report import VERDICT_LABELS, VERDICTS, Report, Verdict, percent
from indicators.settings import FONT_VARIABLE

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Microsoft YaHei",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Heiti SC",
    "SimHei",
    "Noto Sans CJK JP",
    "Noto Sans CJK TC",
    "Droid Sans Fallback",
    "Arial Unicode MS",
    "SimSun",
)
"""Families tried in order when ``INDICATORS_FONT`` names none."""
MISSING_FONT = (
    "no Chinese font found, so Chinese text shows as boxes: install one (Debian: apt install fonts-noto-cjk) "
    f"or set {FONT_VARIABLE} to the path of a .ttf, .otf or .ttc file"
)
_INK, _SOFT, _LINE = "#1D2530", "#566072", "#E4E2DC"
_WASH = (1.0, 1.0, 1.0, 0.32)
_NAME_LIMIT = 26
_HATCH: dict[Verdict | None, str] = {"missed": "xxx", "behind": "///", "unreported": "..."}
"""Patterns for what needs attention, so that colour is not the only sign."""


@cache
def chinese_font(named: str | None = None) -> str | None:
    """The path of a font with Chinese characters: the file or family ``named``, else one of :data:`CHINESE_FONTS`.

    ``None`` where there is none. Raises :class:`UsageError` where a font was named that cannot be found, and
    :class:`MissingExtraError` without the extra ``report``.
    """
    try:
        from matplotlib import font_manager
    except ImportError:
        raise MissingExtraError.for_extra("report", "a chart") from None
    if named and Path(named).is_file():
        return named
    for family in (named,) if named else CHINESE_FONTS:
        try:
            return font_manager.findfont(font_manager.FontProperties(family=family), fallback_to_default=False)
        except ValueError:
            continue
    if named:
        raise UsageError(f"the font '{named}' is not installed", hint=f"{FONT_VARIABLE} takes a path or a family")
    return None


def completion_by_task(report: Report, *, most: int = 40) -> Figure:
    """Horizontal bars of completion, one for each indicator with one, its task's number before its name.

    The line at 100 % is the target. Beyond ``most`` bars the worst are kept.
    """
    rows = [(task, a) for task, a in assessments(report) if a.completion is not None and a.target is not None]
    if len(rows) > most:
        keep = {id(a) for _, a in sorted(rows, key=lambda row: row[1].completion or 0.0)[:most]}
        rows = [row for row in rows if id(row[1]) in keep]
    names = [_short(f"{task.number} {a.indicator}" if task.number else a.indicator) for task, a in rows]
    values = [100 * (a.completion or 0.0) for _, a in rows]
    figure, axes = _figure(max(2.2, 1.2 + 0.34 * len(rows)))
    end = max(130.0, min(210.0, max(values, default=0.0) * 1.12))
    bars = axes.barh(range(len(rows)), [min(value, end) for value in values], height=0.56,
                     color=[COLORS[a.verdict] for _, a in rows], hatch=[_HATCH.get(a.verdict, "") for _, a in rows],
                     edgecolor=_WASH, linewidth=0)  # fmt: skip
    for bar, value, (_, assessment) in zip(bars, values, rows, strict=True):
        label = percent(assessment.completion or 0.0)
        if value > end:
            label += " »"
        _text(
            axes,
            min(value, end) + end * 0.01,
            bar.get_y() + bar.get_height() / 2,
            label,
            color=COLORS[assessment.verdict],
        )
    axes.axvline(100, color=_INK, linewidth=1.2)
    axes.set_xlim(0, end * 1.12)
    _categories(axes, names)
    _title(axes, f"{report_title(report)} · {word('completion')}")
    _legend(axes, [verdict for verdict in VERDICTS if any(a.verdict == verdict for _, a in rows)])
    return figure


def verdicts_by_unit(reports: Report | Sequence[Report], *, most: int = 30) -> Figure:
    """Stacked horizontal bars: for each responsible unit how many rows have each verdict; busiest units first."""
    several = [reports] if isinstance(reports, Report) else reports
    by_unit: dict[str, Counter[Verdict]] = {}
    for report in several:
        for task, assessment in assessments(report):
            if assessment.verdict is not None:
                for unit in task.responsible or [word("none")]:
                    by_unit.setdefault(unit, Counter())[assessment.verdict] += 1
    units = sorted(by_unit, key=lambda unit: (-by_unit[unit].total(), unit))[:most]
    figure, axes = _figure(max(2.2, 1.2 + 0.36 * len(units)))
    reached = [0] * len(units)
    for verdict in VERDICTS:
        counts = [by_unit[unit][verdict] for unit in units]
        axes.barh(range(len(units)), counts, left=reached, height=0.6, color=COLORS[verdict],
                  hatch=_HATCH.get(verdict, ""), edgecolor=_WASH, linewidth=0)  # fmt: skip
        for at, count in enumerate(counts):
            if count:
                _text(axes, reached[at] + count / 2, at, str(count), color="white", ha="center", behind=COLORS[verdict])
        reached = [left + count for left, count in zip(reached, counts, strict=True)]
    _categories(axes, [_short(unit) for unit in units])
    _title(axes, f"{word('responsible')} · {word('verdict')}")
    _legend(axes, [verdict for verdict in VERDICTS if any(by_unit[unit][verdict] for unit in units)])
    return figure


class PointLike(Protocol):
    """A point of :class:`SeriesLike`: ISO date, actual and target in the series' unit, verdict."""

    @property
    def as_of(self) -> str | None: ...
    @property
    def value(self) -> float | None: ...
    @property
    def target(self) -> float | None: ...
    @property
    def verdict(self) -> Verdict | None: ...


class SeriesLike(Protocol):
    """What ``indicators.series`` returns: an indicator, its unit, and its points by date."""

    @property
    def indicator(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def points(self) -> Sequence[PointLike]: ...


def over_time(series: SeriesLike) -> Figure:
    """One indicator over several reports: its actuals as a line coloured by verdict, its targets as dashes.

    Raises :class:`UsageError` where the series has neither an actual nor a target.
    """
    points = series.points
    actuals = [float("nan") if point.value is None else point.value for point in points]
    targets = [float("nan") if point.target is None else point.target for point in points]
    if all(math.isnan(value) for value in actuals + targets):
        raise UsageError(f"'{series.indicator}' has no figure to draw")
    figure, axes = _figure(4.2)
    at = range(len(points))
    axes.plot(at, targets, linestyle="none", marker="_", markersize=34, markeredgewidth=2.2, color=_INK)
    axes.plot(at, actuals, color=COLORS["on_track"], linewidth=2, zorder=2)
    for x, value, point in zip(at, actuals, points, strict=True):
        if not math.isnan(value):
            axes.plot([x], [value], marker="o", markersize=9, color=COLORS[point.verdict], zorder=3)
            _text(axes, x, value, _told(value, series.unit), ha="center", lift=9)
    axes.set_xticks(list(at), [point.as_of or "—" for point in points])
    axes.set_xlim(-0.5, len(points) - 0.5)
    axes.margins(y=0.18)
    axes.yaxis.set_major_formatter(lambda value, _: _told(value, ""))
    axes.tick_params(axis="x", labelbottom=True)
    _fonts(axes.get_xticklabels())
    _fonts(axes.get_yticklabels())
    unit = f"（{series.unit}）" if series.unit else ""
    _title(axes, f"{series.indicator}{unit} · {word('target')} — · {word('actual')} ●")
    return figure


def _told(value: float, unit: str) -> str:
    """350亿元 for 35000000000: magnitudes as reports print them."""
    for size, name in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= size:
            return f"{value / size:.6g}{name}{unit}"
    return f"{value:.6g}{unit}"


def save(figure: Figure, path: str | os.PathLike[str]) -> Path:
    """Write ``figure`` as PNG (150 dots an inch), SVG or PDF by the ending of ``path``; returns the path."""
    path = Path(path)
    ending = path.suffix.lower().lstrip(".")
    if ending not in ("png", "svg", "pdf"):
        raise UsageError("charts are written as .png, .svg or .pdf", path=str(path))
    with whole(path) as part:
        figure.savefig(part, format=ending, dpi=150, facecolor="white")
    return path


def _figure(height: float) -> tuple[Figure, Any]:
    try:
        from matplotlib.figure import Figure
        from matplotlib.layout_engine import ConstrainedLayoutEngine
    except ImportError:
        raise MissingExtraError.for_extra("report", "a chart") from None
    figure = Figure(figsize=(9, min(height, 60)), layout=ConstrainedLayoutEngine(w_pad=0.18, h_pad=0.14))
    axes = figure.add_subplot()
    for side in ("top", "right", "bottom", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["left"].set(visible=True, color=_LINE)
    axes.tick_params(length=0, labelbottom=False, colors=_SOFT)
    if chinese_font(os.environ.get(FONT_VARIABLE)) is None:
        warnings.warn(MISSING_FONT, UserWarning, stacklevel=3)
    return figure, axes


def _font(size: float) -> FontProperties:
    from matplotlib.font_manager import FontProperties

    path = chinese_font(os.environ.get(FONT_VARIABLE))
    return FontProperties(fname=path, size=size) if path else FontProperties(size=size)


def _fonts(labels: Sequence[Any], size: float = 10) -> None:
    for label in labels:
        label.set_fontproperties(_font(size))


def _text(
    axes: Any,
    x: float,
    y: float,
    text: str,
    *,
    color: str = _SOFT,
    ha: str = "left",
    behind: str = "white",
    lift: int = 0,
) -> None:
    # A dollar sign in a report is a dollar sign, not the start of a formula.
    axes.annotate(
        text,
        (x, y),
        xytext=(0, lift),
        textcoords="offset points",
        color=color,
        ha=ha,
        va="bottom" if lift else "center",
        fontproperties=_font(9),
        parse_math=False,
        bbox={"boxstyle": "square,pad=0.12", "color": behind, "linewidth": 0},
    )


def _categories(axes: Any, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    _fonts(axes.get_yticklabels())
    for label in axes.get_yticklabels():
        label.set(color=_INK, parse_math=False)


def _title(axes: Any, text: str) -> None:
    axes.set_title(_short(text, 46), loc="left", color=_INK, pad=14, fontproperties=_font(13), parse_math=False)


def _legend(axes: Any, verdicts: Sequence[Verdict]) -> None:
    from matplotlib.patches import Patch

    if not verdicts:
        return
    handles = [
        Patch(facecolor=COLORS[verdict], hatch=_HATCH.get(verdict, ""), edgecolor=_WASH, linewidth=0,
              label=VERDICT_LABELS[verdict])
        for verdict in verdicts
    ]  # fmt: skip
    axes.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, -0.02), ncols=6, frameon=False, prop=_font(9))


def _short(text: str, limit: int = _NAME_LIMIT) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
